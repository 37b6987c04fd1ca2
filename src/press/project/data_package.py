"""The book's Frictionless Data Package, `data/datapackage.json`."""

from functools import cache
from pathlib import Path

from press.errors import PressError
from press.project.json_file import read_json
from press.project.root import find_root

PACKAGE = "data/datapackage.json"


@cache
def load_data_package(root: Path) -> dict:
    """Return the book's Frictionless Data Package, `data/datapackage.json`; one without tables where there is none."""
    path = root / PACKAGE
    return read_json(path, "Mend it there.") if path.exists() else {"resources": []}


def published_data(root: Path) -> list[Path]:
    """Return the files that readers can take: the data package, and the tables that it declares."""
    declared = [root / "data" / entry["path"] for entry in load_data_package(root)["resources"]]
    return [root / PACKAGE, *declared] if (root / PACKAGE).exists() else []


def resource(name: str, root: Path | None = None) -> dict:
    """Return one table's entry in the data package."""
    entries = {entry["name"]: entry for entry in load_data_package(root or find_root())["resources"]}
    if name not in entries:
        remedy = f"Choose one of {', '.join(entries)}." if entries else "Describe it there."
        raise PressError(PACKAGE, f"no table {name!r}.", remedy)
    return entries[name]


def credit(name: str, root: Path | None = None) -> str:
    """Return the source line of one table: publisher, title (vintage), license."""
    entry = resource(name, root)
    license = entry["licenses"][0]
    return f"{entry['publisher']}, {entry['title']} ({entry['vintage']}), {license.get('title') or license['name']}"
