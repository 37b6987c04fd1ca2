"""Editions: the ledger of a released book, frozen in `editions/NAME.json`, and what changed between two."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from press import project
from press.errors import PressError
from press.execution import cache, dependencies
from press.ledger import KINDS

FOLDER = "editions"
_BRIEF, _FEW = 200, 3  # letters, inputs: what a page tells of one change; `press diff` tells all
NOW = "now"  # the book in _build


@dataclass(frozen=True)
class Change:
    """What became of one entry of the ledger, which inputs of its chapter changed too, and whether only words did."""

    kind: str
    id: str
    chapter: str
    what: str
    moved_by: tuple[str, ...]
    reworded: bool = False

    def __str__(self) -> str:
        """Return the change in one line."""
        moved = f"; moved by {', '.join(self.moved_by)}" if self.moved_by else ""
        return f"{self.kind} {self.id}: {self.what}{moved}"

    def in_brief(self) -> str:
        """Return the change for a page: what changed in a line or two, and what moved it if that is little."""
        what, start = self.what, self.what[:_BRIEF]
        if len(what) > _BRIEF:
            what = f"{start.rpartition('; ')[0] or start.rpartition(' ')[0]}; and more"
        moved = f"; moved by {', '.join(self.moved_by)}" if 0 < len(self.moved_by) <= _FEW else ""
        return f"{self.kind} {self.id}: {what}{moved}"


def names(root: Path) -> list[str]:
    """Return the names of released editions, in the order of their dates."""
    return sorted(
        (path.stem for path in (root / FOLDER).glob("*.json")), key=lambda name: (load(root, name)["built"], name)
    )


def load(root: Path, name: str) -> dict:
    """Return a released edition, or the published book for `"now"`."""
    if name == NOW:
        return published(root, NOW)
    path = edition_path(root, name)
    if not path.exists():
        raise PressError(
            f"edition {name!r}", "there is none of this name.", f"Choose one of {', '.join([*names(root), NOW])}."
        )
    return json.loads(path.read_text(encoding="utf-8"))


def compare(old: dict, new: dict) -> list[Change]:
    """Return what changed from one edition to another, in the order of the newer one; then what is gone."""
    changes, moved = [], _moved_inputs(old, new)
    for kind, part in KINDS.items():
        was, now = ({entry["id"]: entry for entry in edition.get(part, [])} for edition in (old, new))
        for id, entry in (now | {id: was[id] for id in was if id not in now}).items():
            if what := _what(kind, was.get(id), now.get(id)):
                reworded = id in was and id in now and _substance(was[id]) == _substance(now[id])
                changes.append(Change(kind, id, entry["chapter"], what, _moved_by(entry, moved), reworded))
    return changes


def _substance(entry: dict) -> list:
    """Return what an entry says apart from its words: value, holding, data, rows, status."""
    status = entry.get("status", {}).get("short")
    return [status, *(entry.get(name) for name in ("value", "holds", "sha256", "columns", "rows"))]


def _what(kind: str, was: dict | None, now: dict | None) -> str:
    if was is None or now is None:
        return f"new: {_brief(now)}" if now else f"gone: {_brief(was or {})}"
    found = f"{_brief(was)} → {_brief(now)}" if _brief(was) != _brief(now) else ""
    if kind == "number":
        return f"{found}{_difference(was['value'], now['value'])}" if found and _unit(was) == _unit(now) else found
    if kind == "table":
        return "; ".join(filter(None, [found, *_cells(was, now)]))
    if kind == "claim" and was["holds"] and not now["holds"]:
        return f"no longer holds: {_brief(now)}"
    data = "other data" if was.get("sha256") != now.get("sha256") else ""
    return "; ".join(filter(None, [found, data]))


def _brief(entry: dict) -> str:
    if "status" in entry:
        return f"{entry['title']}: {entry['status']['short']}"
    return entry.get("text") or entry.get("statement") or entry["title"]


def _unit(number: dict) -> str:
    """Return the words around the digits: with other words the value may be in another unit, and has no difference."""
    return re.sub(r"[\d.,−-]", "", number["text"])


def _difference(was: float, now: float) -> str:
    share = f", {(now - was) / abs(was):+.1%}" if was else ""
    return f" ({now - was:+,.6g}{share})".replace("-", "−")


def _cells(was: dict, now: dict) -> list[str]:
    """Rows of a table that came, went or changed; a row is named by its first cell."""
    if was["columns"] != now["columns"]:
        return ["other columns"]
    old, new = ({row[0]: row for row in entry["rows"]} for entry in (was, now))
    found = [
        f"{name}: {'new row' if name in new else 'gone'}" for name in [*new, *old] if (name in new) != (name in old)
    ]
    for name in new:
        if name in old:
            found += [
                f"{name}, {head}: {a} → {b}"
                for head, a, b in zip(now["columns"], old[name], new[name], strict=True)
                if a != b
            ]
    return found


def _moved_inputs(old: dict, new: dict) -> dict[str, list[str]]:
    """Return chapter → those of its inputs that changed."""
    moved = {}
    for page in old["inputs"] | new["inputs"]:
        was, now = (edition["inputs"].get(page, {}) for edition in (old, new))
        moved[page] = [name for name in sorted(was.keys() | now.keys()) if was.get(name) != now.get(name)]
    return moved


def _moved_by(entry: dict, moved: dict[str, list[str]]) -> tuple[str, ...]:
    """Return which inputs of the entry's chapter changed; of a figure or table, its own tables alone, if any did."""
    of_chapter = moved.get(entry["chapter"], [])
    own = [name for name in of_chapter if name.removeprefix("table ") in entry.get("sources", ())]
    return tuple(own or of_chapter)


def edition_of(root: Path, ledger: dict, outputs: Path, name: str = NOW) -> dict:
    """Return a book as an edition holds it: its ledger, its date, and what each chapter read."""
    own = {
        page: {name: value for name, value in read.items() if not dependencies.is_of_machine(name)}
        for page, read in cache.recorded_dependencies(outputs).items()
    }
    return {"name": name, "built": project.build_time(root).date().isoformat(), "inputs": own} | ledger


def published(root: Path, name: str) -> dict:
    """Return the published book as an edition of this name."""
    path = root / "_build" / "html" / "ledger.json"
    if not path.exists():
        raise PressError("_build/html", "no book is published there.", "Build it first.")
    return edition_of(
        root, json.loads(path.read_text(encoding="utf-8")), project.cache_directory(root) / "outputs", name
    )


def edition_path(root: Path, name: str) -> Path:
    """Return the file that holds an edition."""
    return root / FOLDER / f"{name}.json"
