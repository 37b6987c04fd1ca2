"""The book's Frictionless Data Package, `data/datapackage.json`."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from press.errors import PressError
from press.project.json_file import read_json
from press.project.root import find_root

PACKAGE = "data/datapackage.json"

_HASHES = ("", "md5", "sha1", "sha256", "sha512")  # what a hash may begin with


class _Description(dict):
    """What the data package says of one table; an error names what is asked for and not said."""

    def __missing__(self, key: str):
        raise PressError(f"{PACKAGE}, table {self.get('name')!r}", f"it has no {key!r}.", "Describe it there.")


@cache
def load_data_package(root: Path) -> dict:
    """Return the book's Frictionless Data Package, `data/datapackage.json`; one without tables where there is none."""
    path = root / PACKAGE
    package = read_json(path, "Mend it there.") if path.exists() else {}
    return package | {"resources": [_Description(entry) for entry in package.get("resources", [])]}


def published_data(root: Path) -> list[Path]:
    """Return the files that readers can take: the data package, and the tables that it declares."""
    declared = [path for entry in load_data_package(root)["resources"] for path in _files(entry, root)]
    return [root / PACKAGE, *declared] if (root / PACKAGE).exists() else []


def _files(entry: dict, root: Path) -> list[Path]:
    """Return the files of a table; none where it stands in the package itself, or elsewhere."""
    paths = entry.get("path", [])
    return [root / "data" / path for path in ([paths] if isinstance(paths, str) else paths) if "://" not in path]


def changed_tables(root: Path) -> list[PressError]:
    """Return a problem for each table that is missing, or that is not the one of which the data package says the hash.

    Readers who check the package would be told the same.
    """
    problems = []
    for entry in load_data_package(root)["resources"]:
        files = _files(entry, root)
        problems += [
            PressError(_name(path, root), "the file is missing.", f"Put it there, or correct its path in {PACKAGE}.")
            for path in files
            if not path.exists()
        ]
        if len(files) == 1 and files[0].exists() and (found := _hash(files[0], entry.get("hash", ""))):
            what = f"its hash is {found}, and {PACKAGE} says {entry['hash']}."
            problems.append(PressError(_name(files[0], root), what, "Restore the table, or write the new hash there."))
    return problems


def _hash(path: Path, said: str) -> str:
    """Return the hash of a file, where it is not what is said; MD5 where no kind is said (as Frictionless has it)."""
    kind, _, digest = said.rpartition(":")
    if not digest or kind not in _HASHES:
        return ""
    found = hashlib.new(kind or "md5", path.read_bytes(), usedforsecurity=False).hexdigest()
    return "" if found == digest.lower() else f"{kind}:{found}".removeprefix(":")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


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
