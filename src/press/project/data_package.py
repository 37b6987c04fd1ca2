"""The book's Frictionless Data Package, `data/datapackage.json`."""

from functools import cache
from pathlib import Path

from press.errors import PressError
from press.project.json_file import read_json
from press.project.root import find_root


@cache
def load_data_package(root: Path) -> dict:
    """Return the book's Frictionless Data Package, `data/datapackage.json`."""
    return read_json(root / "data" / "datapackage.json", "Re-make it with `make refresh`.")


def resource(name: str, root: Path | None = None) -> dict:
    """Return one table's entry in the data package."""
    entries = {entry["name"]: entry for entry in load_data_package(root or find_root())["resources"]}
    if name not in entries:
        raise PressError("data/datapackage.json", f"no table {name!r}.", f"Choose one of {', '.join(entries)}.")
    return entries[name]


def credit(name: str, root: Path | None = None) -> str:
    """Return the source line of one table: publisher, title (vintage), license."""
    entry = resource(name, root)
    license = entry["licenses"][0]
    return f"{entry['publisher']}, {entry['title']} ({entry['vintage']}), {license.get('title') or license['name']}"
