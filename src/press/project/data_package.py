"""The book's Frictionless Data Package, `data/datapackage.json`."""

from collections.abc import Iterable, Sequence
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


_WORDS = 12  # of a source line


def publishers(names: Iterable[str], root: Path | None = None) -> list[tuple[str, str]]:
    """Return who published these tables, each publisher once, in short, with the first of the tables.

    The short names are `short` in the data package; without it the publisher is named in full. Where all would be
    more than twelve words, the last of them are “others”, with the first table left out.
    """
    found: dict[str, str] = {}
    for name in names:
        entry = resource(name, root)
        for short in entry.get("short") or [entry["publisher"]]:
            found.setdefault(short, name)
    named = list(found.items())
    fitting = len(named)
    while fitting > 1 and sum(len(short.split()) for short, _ in named[:fitting]) + (fitting < len(named)) > _WORDS:
        fitting -= 1
    return named[:fitting] + ([("others", named[fitting][1])] if fitting < len(named) else [])


def source_line(names: Sequence[str], root: Path | None = None) -> str:
    """Return the source line of a figure or table: its publishers."""
    named = [short for short, _ in publishers(names, root)]
    return f"{source_word(named)}: {'; '.join(named)}."


def source_word(named: Sequence[object]) -> str:
    """Return how a source line begins."""
    return "Sources" if len(named) > 1 else "Source"


def credit(name: str, root: Path | None = None) -> str:
    """Return the source of one table in full: publisher, title (vintage), license."""
    entry = resource(name, root)
    license = entry["licenses"][0]
    return f"{entry['publisher']}, {entry['title']} ({entry['vintage']}), {license.get('title') or license['name']}"
