"""What a chart is drawn from, as one table: for those who cannot see it, and for those who want its numbers."""

import csv
import io
import json
import re
from dataclasses import dataclass, replace

_PARTS = ("layer", "hconcat", "vconcat", "concat")
_ENCODERS = ("encoding", "transform", "facet", "repeat")  # where a specification names the columns that it draws
_NO_COLUMNS = ("type", "timeUnit", "aggregate", "op", "as", "title", "name", "format")
_CHANNELS = ("facet", "row", "column", "x", "y", "color", "shape", "detail", "x2", "y2")
_FORMULA = "=+-@\t\r\n＝＋－＠"  # what a spreadsheet would take for a formula at the beginning of a cell
_MIDNIGHT = "T00:00:00"


@dataclass(frozen=True)
class Column:
    """A column of the plotted table: its name in the file, its heading on the page, what it holds."""

    name: str
    heading: str
    meaning: str
    numeric: bool


@dataclass(frozen=True)
class DataTable:
    """The table: columns, and rows of numbers, texts and None."""

    columns: list[Column]
    rows: list[list]


def from_spec(spec: dict, fields: dict[str, dict]) -> DataTable:
    """Return the data that a specification draws.

    Columns that nothing in the chart names are left out, those whose names begin with an underscore, which only place
    marks, and datasets that only place labels or repeat rows of another. Several datasets stand below one another; a
    first column then says by which mark each is drawn.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification with its data under `datasets`.
    fields : dict
        Column → its entry in the data package (`title`, `unit`, `description`), as far as there is one.
    """
    parts = _without_helpers(_drawn(spec))
    if len(parts) > 1:
        for part in parts:
            part["columns"] += _constants(part)
    names = sorted({name for part in parts for name in part["columns"]}, key=lambda name: _order(name, parts))
    rows = [
        [row.get(name) if name in part["columns"] else None for name in names] for part in parts for row in part["rows"]
    ]
    rows = [list(row) for row in zip(*[_dates(column) for column in zip(*rows, strict=True)], strict=True)]
    columns = [
        _column(name, [row[place] for row in rows], _title(name, parts), fields.get(name, {}))
        for place, name in enumerate(names)
    ]
    if len(parts) > 1:
        marks = [part["mark"] for part in parts for _ in part["rows"]]
        columns.insert(0, Column("drawn_as", "Drawn as", "Mark of the chart that shows the row.", False))
        rows = [[mark, *row] for mark, row in zip(marks, rows, strict=True)]
    return DataTable(_told_apart(columns), rows)


def _views(spec: dict, data: str | None = None, encoders: tuple = ()):
    """Every single view: the dataset it draws, what names its columns (also above it), its mark."""
    data = (spec.get("data") or {}).get("name", data)
    encoders = (*encoders, {key: spec[key] for key in _ENCODERS if key in spec})
    if "mark" in spec:
        mark = spec["mark"]
        yield data, encoders, mark if isinstance(mark, str) else mark["type"]
    for part in [part for key in _PARTS for part in spec.get(key, [])] + [
        spec[key] for key in ("spec",) if key in spec
    ]:
        yield from _views(part, data, encoders)


def _drawn(spec: dict) -> list[dict]:
    """Each dataset once, in the order of the layers: rows, columns that are named, their titles, marks."""
    parts: dict[str, dict] = {}
    for data, encoders, mark in _views(spec):
        rows = spec.get("datasets", {}).get(data, [])
        known = list(dict.fromkeys(name for row in rows for name in row if not name.startswith("_")))
        part = parts.setdefault(
            data, {"rows": rows, "columns": [], "titles": {}, "mark": mark, "marks": set(), "channels": {}}
        )
        part["marks"].add(mark)
        part["columns"] += [
            name for name in known if name not in part["columns"] and any(_names(name, encoder) for encoder in encoders)
        ]
        for encoder in encoders:
            _note_encoding(encoder.get("encoding", {}) | {"facet": encoder.get("facet")}, part)
    return [part for part in parts.values() if part["rows"] and part["columns"]]


def _note_encoding(encoding: dict, part: dict) -> None:
    for channel, definition in encoding.items():
        if isinstance(definition, dict) and isinstance(field := definition.get("field"), str):
            part["channels"].setdefault(field, channel)
            if isinstance(title := definition.get("title"), str) and title:
                part["titles"].setdefault(field, title)


def _names(column: str, encoder: object) -> bool:
    """Whether a part of a specification names a column: as a field, or within an expression."""
    if isinstance(encoder, str):
        quoted = re.escape(column)
        return encoder == column or bool(re.search(rf"""datum(\.{quoted}\b|\[['"]{quoted}['"]\])""", encoder))
    if isinstance(encoder, dict):
        return any(_names(column, value) for key, value in encoder.items() if key not in _NO_COLUMNS)
    return isinstance(encoder, list) and any(_names(column, value) for value in encoder)


def _without_helpers(parts: list[dict]) -> list[dict]:
    """Leave out what only labels the chart, and what shows rows of another part once more."""
    kept = [
        part
        for part in parts
        if not (part["marks"] == {"text"} or (part["marks"] <= {"text", "rule"} and len(part["rows"]) <= 3))
    ]
    kept = kept or parts
    return [part for part in kept if not any(_within(part, other) for other in kept if other is not part)]


def _constants(part: dict) -> list[str]:
    """Columns that the chart does not name, with one text in all rows: what the part is, where there are several."""
    texts = [name for name, value in part["rows"][0].items() if isinstance(value, str) and name not in part["columns"]]
    return [name for name in texts if len({row.get(name) for row in part["rows"]}) == 1]


def _within(part: dict, other: dict) -> bool:
    if not set(part["columns"]) <= set(other["columns"]) or len(part["rows"]) >= len(other["rows"]):
        return False

    def key(row: dict) -> str:
        return json.dumps([row.get(name) for name in part["columns"]])

    return {key(row) for row in part["rows"]} <= {key(row) for row in other["rows"]}


def _order(name: str, parts: list[dict]) -> tuple:
    """Return what names a row stands before what measures it, each in the order of the chart's channels."""
    values = [row.get(name) for part in parts for row in part["rows"] if row.get(name) is not None]
    channel = next((part["channels"][name] for part in parts if name in part["channels"]), "")
    rank = _CHANNELS.index(channel) if channel in _CHANNELS else len(_CHANNELS)
    return (_measures(values), rank, name)


def _measures(values: list) -> bool:
    """Numbers other than years."""
    numbers = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    return numbers and not all(value == int(value) and 1800 <= value <= 2100 for value in values)


def _dates(values: tuple) -> list:
    """Days without the midnight that charts give them."""
    texts = [value for value in values if value is not None]
    if not texts or not all(isinstance(value, str) and value.endswith(_MIDNIGHT) for value in texts):
        return list(values)
    return [value.removesuffix(_MIDNIGHT) if value else value for value in values]


def _title(name: str, parts: list[dict]) -> str:
    """Return what axes and legends call a column, where they agree."""
    titles = {part["titles"][name] for part in parts if name in part["titles"]}
    return titles.pop() if len(titles) == 1 else ""


def _column(name: str, values: list, title: str, field: dict) -> Column:
    filled = [value for value in values if value is not None]
    numeric = bool(filled) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in filled)
    return Column(name, _heading(name, title, field), field.get("description") or title, numeric)


def _heading(name: str, title: str, field: dict) -> str:
    """Words and unit: from the data package, else from the column's name and the title of its axis."""
    words, unit = field.get("title") or name.replace("_", " "), field.get("unit")
    if unit in ("year", "1"):
        unit = None
    unit = unit or (title if not field else None)
    whole = (
        words
        if not unit or words.lower().endswith(unit.lower())
        else unit
        if words.lower() in unit.lower()
        else f"{words}, {unit}"
    )
    return whole[:1].upper() + whole[1:]


def _told_apart(columns: list[Column]) -> list[Column]:
    """Return a heading that stands before is made of the column's name instead."""
    headings = [column.heading for column in columns]
    return [
        replace(column, heading=column.name.replace("_", " ").capitalize())
        if column.heading in headings[:place]
        else column
        for place, column in enumerate(columns)
    ]


def format_cell(value: object) -> str:
    """Return a value as the page prints it."""
    if value is None:
        return "–"
    if isinstance(value, float):
        value = f"{value:.1f}" if abs(value) >= 1000 else f"{value:.4g}" if abs(value) < 1 else f"{value:.2f}"
        value = value.rstrip("0").rstrip(".") if "." in value and "e" not in value else value
        return value.replace("-", "−")
    return str(value).replace("-", "−") if isinstance(value, int) else str(value)


def csv_text(table: DataTable) -> str:
    """Return the table as a CSV file; no cell of it is a formula to a spreadsheet."""
    file = io.StringIO()
    writer = csv.writer(file)  # lines end as RFC 4180 has it: only so is a carriage return within a cell quoted
    writer.writerow([_harmless(column.name) for column in table.columns])
    writer.writerows([[_harmless(value) for value in row] for row in table.rows])
    return file.getvalue()


def _harmless(value: object) -> object:
    """Return a text that a spreadsheet would calculate begins with an apostrophe, by which it stays a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(tuple(_FORMULA)) else value


def csv_description(table: DataTable, file: str, title: str, about: str, sources: list[dict]) -> dict:
    """Return what stands beside a CSV file (CSV on the Web): title, sources with vintage and license, columns."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file,
        "dc:title": title,
        "dc:description": about,
        "dc:source": sources,
        "tableSchema": {
            "columns": [
                {"name": column.name, "titles": column.heading, "datatype": "number" if column.numeric else "string"}
                | ({"dc:description": column.meaning} if column.meaning else {})
                for column in table.columns
            ]
        },
    }
