"""Tables checked against their Frictionless schemas, cell by cell.

A check names what is wrong, not only that something is: `problems` yields one `DataError` for each
fault, in the order in which a reader would want to mend them.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

INTEGER = re.compile(r"-?\d+", re.ASCII)
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
BOOLEANS = {"true": True, "false": False}


class Kind(NamedTuple):
    """What a Frictionless type is called, the test of a text, and what the text becomes."""

    name: str
    is_valid: Callable[[str], object]
    convert: Callable[[str], Any]


#: The types of Frictionless that the tables use.
TYPES = {
    "integer": Kind("a whole number", INTEGER.fullmatch, int),
    "number": Kind("a number", NUMBER.fullmatch, float),
    "boolean": Kind("true or false", BOOLEANS.__contains__, BOOLEANS.__getitem__),
    "string": Kind("text", lambda text: True, str),
}
#: The entry of a table in ``datapackage.json``, or a part of it.
Description = dict[str, Any]
#: The rows of a CSV file: number of the line, cells.
Rows = list[tuple[int, list[str]]]

MEND_CELL = "correct the cell in the source file and collect the table again, or restore the file."
CHANGED = "restore the file; to see what your change would do to the book, run make what-if."
RESTORE = "restore the file, or write it again with python -m alliance.collect --from DIR."


class DataError(Exception):
    """Data that cannot be trusted: where, what is wrong, the rule, and the remedy.

    Parameters
    ----------
    place : str
        File, and where known row, key and column.
    problem : str
        What is wrong, with the offending value.
    rule, remedy : str
        What must hold, and what to do; one sentence each.
    """

    def __init__(self, place: str, problem: str, rule: str, remedy: str):
        self.place, self.problem, self.rule, self.remedy = place, problem, rule, remedy
        super().__init__(f"{place}: {problem}. Rule: {rule} Remedy: {remedy}")

    def _render_traceback_(self) -> list[str]:
        """Let Jupyter show the message alone: it names the place, and what to do."""
        return [str(self)]


def problems(content: bytes, resource: Description, place: str) -> Iterator[DataError]:
    """Yield what is wrong with the bytes of one table.

    Parameters
    ----------
    content : bytes
        The CSV file.
    resource : dict
        The table's entry in ``datapackage.json``.
    place : str
        Name of the file in messages, such as ``data/gdp.csv``.

    Yields
    ------
    DataError
        First what makes the file unreadable (then nothing else is checked), then faulty cells and
        rows; a changed size or hash only when nothing more telling was found.
    """
    faults = list(_text_problems(content, place))
    if not faults:
        rows, faults = _rows(content, place)
        faults = faults or list(_header_problems(rows[0][1], resource, place))
        if not faults and len(rows) == 1:
            faults = [DataError(place, "the table has a header and no rows", "a table has a header and rows.", RESTORE)]
        faults = faults or list(_row_problems(rows, resource, place))
    yield from faults or _fingerprint_problems(content, resource, place)


def frame(content: bytes, resource: Description) -> pd.DataFrame:
    """Read a table that has no `problems` as a DataFrame.

    Whole numbers are ``int64`` (``Int64`` where a cell may be empty), numbers ``float64``, truth
    values ``bool``, everything else ``str``; an empty cell is missing.
    """
    (_, *rows), _ = _rows(content, resource["path"])
    columns = {}
    for field, texts in zip(resource["schema"]["fields"], zip(*(cells for _, cells in rows), strict=True), strict=True):
        convert = TYPES[field["type"]].convert
        values = [convert(text) if text else None for text in texts]
        columns[field["name"]] = pd.Series(values, dtype=_dtype(field))
    return pd.DataFrame(columns)


def _dtype(field: Description) -> str:
    required = field.get("constraints", {}).get("required", False)
    return {
        "integer": "int64" if required else "Int64",
        "number": "float64",
        "boolean": "bool" if required else "boolean",
        "string": "str",
    }[field["type"]]


def _text_problems(content: bytes, place: str) -> Iterator[DataError]:
    """Find what makes the bytes no plain UTF-8 text of whole lines."""
    if content.startswith(b"PK\x03\x04") or b"\0" in content:
        what = "a workbook or an archive" if content.startswith(b"PK") else "no text: it holds zero bytes"
        yield DataError(place, f"the file is {what}", "tables are CSV.", RESTORE)
    elif content.startswith(b"\xef\xbb\xbf"):
        yield DataError(
            place,
            "the file starts with a byte order mark",
            "tables are UTF-8 without BOM.",
            f"save the file without BOM; after a spreadsheet program, {RESTORE}",
        )
    elif b"\r" in content:
        row = content[: content.index(b"\r")].count(b"\n") + 1
        yield DataError(
            f"{place}, row {row}",
            "the line has a carriage return (CRLF)",
            "lines end with LF alone.",
            f"save the file with LF line ends; after a spreadsheet program, {RESTORE}",
        )
    elif not content:
        yield DataError(place, "the file is empty", "a table has a header and rows.", RESTORE)
    else:
        yield from _encoding_problems(content, place)


def _encoding_problems(content: bytes, place: str) -> Iterator[DataError]:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        yield DataError(
            f"{place}, row {row}",
            f"byte 0x{content[error.start]:02x} is not UTF-8",
            "tables are UTF-8.",
            "save the file as UTF-8.",
        )
        return
    if not content.endswith(b"\n"):
        row, last = content.count(b"\n") + 1, content.rsplit(b"\n", 1)[-1].decode("utf-8")
        yield DataError(
            f"{place}, row {row}",
            f'the last line "{_short(last)}" is truncated: it has no line end',
            "every line ends with LF.",
            RESTORE,
        )


def _rows(content: bytes, place: str) -> tuple[Rows, list[DataError]]:
    """Take the text apart into rows and the faults of the CSV grammar; one line is one row."""
    rows: Rows = []
    for number, line in enumerate(content.decode("utf-8").split("\n")[:-1], start=1):
        try:
            cells = next(csv.reader([line], strict=True), [])
        except csv.Error as error:
            return rows, [
                DataError(
                    f"{place}, row {number}",
                    f'"{_short(line)}" is not a line of CSV ({error})',
                    "one line is one row, quoted as in RFC 4180.",
                    RESTORE,
                )
            ]
        rows.append((number, cells))
    return rows, []


def _header_problems(header: list[str], resource: Description, place: str) -> Iterator[DataError]:
    names = [field["name"] for field in resource["schema"]["fields"]]
    if header == names:
        return
    missing = [name for name in names if name not in header]
    extra = [name for name in header if name not in names]
    parts = []
    if missing:
        parts.append(f"missing {', '.join(missing)}")
    if extra:
        parts.append(f"not known {', '.join(extra)}")
    if header == [";".join(names)]:
        parts = ["semicolons separate the columns, as spreadsheet programs write them in some countries"]
    what = "; ".join(parts) or "the same columns in another order or twice"
    yield DataError(
        f"{place}, row 1",
        f"wrong header: {what}",
        f"the columns are {', '.join(names)}.",
        "rename or reorder the columns, or change the schema in datapackage.json on purpose.",
    )


def _row_problems(rows: Rows, resource: Description, place: str) -> Iterator[DataError]:
    fields, key_names = resource["schema"]["fields"], resource["schema"]["primaryKey"]
    seen: dict[str, int] = {}  # key: row in which it stands first
    sound: dict[str, set[str]] = {field["name"]: set() for field in fields}  # texts without fault are checked once
    for number, cells in rows[1:]:
        if len(cells) != len(fields):
            yield DataError(
                f"{place}, row {number}",
                f"the row has {len(cells)} cells, not {len(fields)}",
                "every row has one cell for each column.",
                RESTORE,
            )
            continue
        row = dict(zip(sound, cells, strict=True))
        key = ", ".join([f"{name} {row[name]}" for name in key_names])
        where = f"{place}, row {number} ({key})"
        for field in fields:
            name, text = field["name"], row[field["name"]]
            if text not in sound[name]:
                faults = list(_cell_problems(text, field, f"{where}, column {name}"))
                yield from faults
                if not faults:
                    sound[name].add(text)
        yield from _choice_problems(row, resource["schema"].get("exactlyOne", []), where)
        if key in seen:
            yield DataError(
                where,
                f"the key {key} stands in row {seen[key]} already",
                f"{' + '.join(key_names)} is unique.",
                "delete or correct one of the two rows.",
            )
        seen.setdefault(key, number)


def _cell_problems(text: str, field: Description, where: str) -> Iterator[DataError]:
    rules = field.get("constraints", {})
    name, is_valid, convert = TYPES[field["type"]]
    if not text:
        if rules.get("required"):
            yield DataError(where, "the cell is empty", "a value is required.", MEND_CELL)
        return
    if not is_valid(text):
        yield DataError(
            where, f'"{_short(text)}" is not {name}', f"the column holds {_bounds(name, rules)}.", MEND_CELL
        )
        return
    value = convert(text)
    if "enum" in rules and value not in rules["enum"]:
        yield DataError(
            where, f'"{_short(text)}" is unknown', f"one of {', '.join(map(str, rules['enum']))}.", MEND_CELL
        )
    if value < rules.get("minimum", value) or value > rules.get("maximum", value):
        yield DataError(where, f"{text} is out of bounds", f"the column holds {_bounds(name, rules)}.", MEND_CELL)
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        yield DataError(
            where, f'"{_short(text)}" has the wrong form', f"the text matches {rules['pattern']}.", MEND_CELL
        )


def _choice_problems(row: dict[str, str], columns: list[str], where: str) -> Iterator[DataError]:
    """Check that one of `columns` is filled and the others are empty."""
    filled = [f"{name} {row[name]}" for name in columns if row[name]]
    if columns and len(filled) != 1:
        yield DataError(
            where,
            f"filled: {' and '.join(filled) or 'none'}",
            f"exactly one of {', '.join(columns)} is filled.",
            MEND_CELL,
        )


def _fingerprint_problems(content: bytes, resource: Description, place: str) -> Iterator[DataError]:
    rows = content.count(b"\n") - 1
    if rows != resource["rows"]:
        yield DataError(
            place,
            f"the table has {rows} rows, not {resource['rows']}",
            "the table is the one described in datapackage.json.",
            CHANGED,
        )
    elif fingerprint(content) != resource["hash"]:
        yield DataError(
            place,
            f"the hash is {fingerprint(content)}, not {resource['hash']}",
            "the table is the one described in datapackage.json.",
            CHANGED,
        )


def fingerprint(content: bytes) -> str:
    """Compute the SHA-256 of bytes as the data package writes it: ``sha256:…``."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _bounds(name: str, rules: Description) -> str:
    low, high = rules.get("minimum"), rules.get("maximum")
    if low is None and high is None:
        return name
    return f"{name} from {low} to {high}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
