"""The only door to ``data/``: tables that have been checked before anybody computes with them.

>>> from alliance import data
>>> contributions = data.load("sma_contributions")
>>> contributions.attrs["table"]
'sma_contributions'
>>> contributions.attrs["units"]["amount_bn_krw"]
'billion KRW, current'

``python -m alliance.data`` checks the package and every table and names all faults.
"""

import difflib
import functools
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from alliance import schema
from alliance.schema import DataError, Description

__all__ = ["DATA", "DataError", "check", "describe", "load", "package", "tables"]

DATA = Path(__file__).resolve().parents[2] / "data"
PACKAGE = "datapackage.json"
JOURNAL = ".refresh/journal.json"  # stands here only while tables are being replaced
# What the book needs to know about each table.
DESCRIPTION = [
    *["name", "path", "title", "description", "publisher", "short", "sources", "licenses", "license_note"],
    *["vintage", "coverage", "caveats", "schema", "rows", "bytes", "hash"],
]


def package(folder: Path | str = DATA) -> Description:
    """Read the data package's description, ``datapackage.json``, as a dict.

    Raises
    ------
    DataError
        The file is missing, is not JSON, or lacks a property that the book relies on.
    """
    path, place = Path(folder) / PACKAGE, f"{Path(folder).name}/{PACKAGE}"
    if (Path(folder) / JOURNAL).exists():
        raise DataError(
            Path(folder).name,
            "a refresh was cut off, and tables of two states stand side by side",
            "tables change together or not at all.",
            "run python -m alliance.collect --recover, which puts the old state back.",
        )
    content = _read(path, place)
    try:
        described = json.loads(content)
    except ValueError as error:
        raise DataError(place, f"not JSON: {error}", "the data package is UTF-8 JSON.", "restore the file.") from None
    _check_package(content, place)
    return described


@functools.lru_cache(maxsize=4)
def _check_package(content: bytes, place: str) -> None:
    """Check a description as far as the book relies on it; what has once been found sound is not checked again."""
    described = json.loads(content)
    _require(described, ["name", "title", "version", "created", "licenses", "resources"], place)
    names = [
        _described(resource, f"{place}, resource {n}") for n, resource in enumerate(described["resources"], start=1)
    ]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise _bad_description(place, f"{', '.join(twice)} is described twice", "each table is described once.")


def _described(resource: Description, place: str) -> str:
    """Check one table's description as far as the book relies on it, and return the table's name."""
    if isinstance(resource, dict):
        place = f"{place} ({resource.get('name', 'without name')})"
    _require(resource, DESCRIPTION, place)
    table = resource["schema"]
    _require(table, ["fields", "primaryKey"], f"{place}, schema")
    if Path(resource["path"]).name != resource["path"]:
        raise _bad_description(
            place, f"the path {resource['path']} leads elsewhere", "a table lies beside its description."
        )
    for field in table["fields"]:
        _require(field, ["name", "type", "description"], f"{place}, a field")
        if field["type"] not in schema.TYPES:
            rule = f"types are {', '.join(schema.TYPES)}."
            raise _bad_description(f"{place}, field {field['name']}", f"the type {field['type']} is unknown", rule)
    if unknown := set(table["primaryKey"]) - {field["name"] for field in table["fields"]}:
        raise _bad_description(place, f"the key has {', '.join(sorted(unknown))}", "the key consists of columns.")
    return str(resource["name"])


def _require(described: Description, properties: Iterable[str], place: str) -> None:
    rule = f"it has {', '.join(properties)}."
    if not isinstance(described, dict):
        raise _bad_description(place, f"it is {str(described)[:30]!r}, not a description", rule)
    if missing := [name for name in properties if described.get(name) in (None, "", [])]:
        raise _bad_description(place, f"the description lacks {', '.join(missing)}", rule)


def _bad_description(place: str, problem: str, rule: str) -> DataError:
    return DataError(place, problem, rule, "describe it, or restore the file.")


def tables(folder: Path | str = DATA) -> list[str]:
    """List the names of all tables, in the order of the data package."""
    return [resource["name"] for resource in package(folder)["resources"]]


class Table(Description):
    """What the data package says about one table: a dict, which Jupyter shows as a summary."""

    def _repr_markdown_(self) -> str:
        """Return what it holds, whose it is, its columns with units, and its caveats."""
        facts = {
            "Publisher": self["publisher"],
            "Coverage": self["coverage"],
            "Vintage": self["vintage"],
            "License": ", ".join(license.get("title", license["name"]) for license in self["licenses"]),
            "Rows": f"{self['rows']:,}",
        }
        columns = [[field["name"], field.get("unit", ""), field["description"]] for field in self["schema"]["fields"]]
        lines = [f"**{self['title']}** (`{self['name']}`)", "", self["description"], ""]
        lines += [f"* {word}: {fact}" for word, fact in facts.items()]
        lines += ["", "| Column | Unit | What it is |", "|---|---|---|"]
        lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in columns]
        return "\n".join([*lines, "", *(f"* {caveat}" for caveat in self["caveats"])]).replace("$", "\\$")


def describe(name: str, folder: Path | str = DATA) -> Table:
    """Find what the data package says about one table.

    Parameters
    ----------
    name : str
        A name from `tables`.

    Returns
    -------
    Table
        A dict, which Jupyter shows as a summary. It is a Frictionless resource: ``title``, ``publisher``, ``vintage``,
        ``licenses``, ``coverage``, ``caveats``, ``schema`` (with a unit for each field), ``rows``, ``hash``, and more.

    Raises
    ------
    DataError
        There is no such table; the message offers the nearest names.
    """
    resources = {resource["name"]: resource for resource in package(folder)["resources"]}
    if name in resources:
        return Table(resources[name])
    near = difflib.get_close_matches(str(name), resources, n=1)
    remedy = (
        f'did you mean "{near[0]}"?' if near else "use one of these names, or describe the table in datapackage.json."
    )
    raise DataError(
        f"{Path(folder).name}/{PACKAGE}",
        f'there is no table "{name}"',
        f"tables are {', '.join(resources)}.",
        remedy,
    )


def load(name: str, folder: Path | str = DATA) -> pd.DataFrame:
    """Load one table, checked against its schema and its hash.

    Parameters
    ----------
    name : str
        A name from `tables`, such as ``"sma_contributions"``.
    folder : path, optional
        Where the data package lies; other than ``data/`` only in tests.

    Returns
    -------
    pandas.DataFrame
        One row for each row of the CSV, one column for each field of the schema, in that order.
        Missing values are empty cells: not known. ``attrs`` holds ``"table"``, its name, ``"title"``, and for each
        column ``"units"`` and ``"labels"``; `describe` tells the rest.

    Raises
    ------
    DataError
        The first fault found, with table, row, column, value, rule and remedy.
    """
    resource = describe(name, folder)
    content, place = _table(resource, folder)
    for problem in schema.problems(content, resource, place):
        raise problem
    frame = schema.frame(content, resource)
    fields = resource["schema"]["fields"]
    frame.attrs |= {
        "table": name,
        "title": resource["title"],
        "units": _Shared((field["name"], field["unit"]) for field in fields if "unit" in field),
        "labels": _Shared((field["name"], field.get("title", field["name"])) for field in fields),
    }
    return frame


class _Shared(dict):
    """Words for columns that all frames made from a table share: pandas copies ``attrs`` at each step otherwise."""

    def __deepcopy__(self, memo: dict) -> "_Shared":
        return self


def check(folder: Path | str = DATA) -> list[DataError]:
    """Collect all faults of all tables as a list of `DataError`; empty when the data are sound."""
    faults = []
    for resource in package(folder)["resources"]:
        try:
            content, place = _table(resource, folder)
        except DataError as error:
            faults.append(error)
        else:
            faults.extend(schema.problems(content, resource, place))
    return faults + _strangers(folder)


def _strangers(folder: Path | str) -> list[DataError]:
    """Find the CSV files that the data package does not know."""
    known = {resource["path"] for resource in package(folder)["resources"]}
    return [
        DataError(
            f"{Path(folder).name}/{path.name}",
            "the file is not in the data package",
            "every CSV is described in datapackage.json.",
            "describe the table, or delete the file.",
        )
        for path in sorted(Path(folder).glob("*.csv"))
        if path.name not in known
    ]


def _table(resource: Description, folder: Path | str) -> tuple[bytes, str]:
    """Read the bytes of a table, and name its place."""
    path, place = Path(folder) / resource["path"], f"{Path(folder).name}/{resource['path']}"
    return _read(path, place), place


def _read(path: Path, place: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(
            place, "the file is missing", "every table of the data package is in its folder.", schema.RESTORE
        ) from None
    except OSError as error:
        rule = "tables are plain files that everybody may read."
        raise DataError(place, f"it cannot be read ({error.strerror})", rule, schema.RESTORE) from None


def main() -> int:
    """Check everything, print one line for each table or fault, and return the exit code."""
    try:
        faults = check()
        lines = [f"{resource['rows']:5}  {resource['name']}" for resource in package()["resources"]]
    except DataError as error:
        faults = [error]
    if faults:
        print(*faults, f"{len(faults)} faults", sep="\n", file=sys.stderr)
        return 1
    print(*lines, f"{len(lines)} tables, all sound", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
