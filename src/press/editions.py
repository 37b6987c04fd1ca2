"""Editions: the ledger of a released printing, frozen in `editions/NAME.json`, and what changed between two."""

import csv
import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from press import book, inputs, outputs, publication
from press.errors import PressError
from press.ledger import KINDS

FOLDER = "editions"
NOW = "now"  # the printing in _build
_NAME = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


@dataclass(frozen=True)
class Change:
    """What became of one entry of the ledger, and which inputs of its chapter changed too."""

    kind: str
    id: str
    chapter: str
    what: str
    moved_by: tuple[str, ...]

    def __str__(self) -> str:
        moved = f"; moved by {', '.join(self.moved_by)}" if self.moved_by else ""
        return f"{self.kind} {self.id}: {self.what}{moved}"


def release(root: Path, name: str) -> Path:
    """Freeze the published printing as an edition.

    Parameters
    ----------
    root : Path
        The book's folder.
    name : str
        Name of the edition; lower case, digits, points and hyphens.

    Returns
    -------
    Path
        `editions/NAME.json`, to be committed.

    Raises
    ------
    PressError
        When the name is taken, something is not committed, the printing is not of these sources, or a table
        holds rows that are marked as not verified.
    """
    if not _NAME.fullmatch(name) or name == NOW:
        raise PressError(
            f"edition {name!r}", "not a valid name.", "Use lower case letters, digits, points and hyphens."
        )
    path = _path(root, name)
    if path.exists():
        raise PressError(
            f"edition {name!r}", "it is released already.", "A released edition does not change: choose another name."
        )
    _check_committed(root)
    if not publication.current(root, publication.sources(root)):
        raise PressError(
            f"edition {name!r}", "what is printed was not made from these sources.", "Print the book, then release."
        )
    _check_verified(root)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps(_published(root, name), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def names(root: Path) -> list[str]:
    """Released editions, in the order of their printing."""
    return sorted(
        (path.stem for path in (root / FOLDER).glob("*.json")), key=lambda name: (load(root, name)["printed"], name)
    )


def load(root: Path, name: str) -> dict:
    """Return a released edition, or the printing in `_build` for `"now"`."""
    if name == NOW:
        return _published(root, NOW)
    path = _path(root, name)
    if not path.exists():
        raise PressError(
            f"edition {name!r}", "there is none of this name.", f"Choose one of {', '.join([*names(root), NOW])}."
        )
    return json.loads(path.read_text(encoding="utf-8"))


def compare(old: dict, new: dict) -> list[Change]:
    """Return what changed from one edition to another: kinds, pages and cells in the order of the newer one, then what is gone."""
    changes = []
    for kind, part in KINDS.items():
        was, now = ({entry["id"]: entry for entry in edition[part]} for edition in (old, new))
        for id, entry in (now | {id: was[id] for id in was if id not in now}).items():
            if what := _what(kind, was.get(id), now.get(id)):
                changes.append(Change(kind, id, entry["chapter"], what, _moved_by(entry, old, new)))
    return changes


def _what(kind: str, was: dict | None, now: dict | None) -> str:
    if was is None or now is None:
        return f"new: {_brief(now)}" if now else f"gone: {_brief(was)}"
    told = f"{_brief(was)} → {_brief(now)}" if _brief(was) != _brief(now) else ""
    if kind == "number":
        return told and f"{told}{_difference(was['value'], now['value'])}"
    if kind == "table":
        return "; ".join(filter(None, [told, *_cells(was, now)]))
    data = "other data" if was.get("sha256") != now.get("sha256") else ""
    return "; ".join(filter(None, [told, data]))


def _brief(entry: dict) -> str:
    return entry.get("text") or entry.get("statement") or entry["title"]


def _difference(was: float, now: float) -> str:
    share = f", {(now - was) / abs(was):+.1%}" if was else ""
    return f" ({now - was:+,.6g}{share})".replace("-", "−")


def _cells(was: dict, now: dict) -> list[str]:
    """Rows of a table that came, went or changed; a row is named by its first cell."""
    if was["columns"] != now["columns"]:
        return ["other columns"]
    old, new = ({row[0]: row for row in entry["rows"]} for entry in (was, now))
    told = [
        f"{name}: {'new row' if name in new else 'gone'}" for name in [*new, *old] if (name in new) != (name in old)
    ]
    for name in new:
        if name in old:
            told += [
                f"{name}, {head}: {a} → {b}"
                for head, a, b in zip(now["columns"], old[name], new[name], strict=True)
                if a != b
            ]
    return told


def _moved_by(entry: dict, old: dict, new: dict) -> tuple[str, ...]:
    """Return inputs of the entry's chapter that changed; of a figure or table, those tables alone that it is drawn from, if any did."""
    was, now = (edition["inputs"].get(entry["chapter"], {}) for edition in (old, new))
    moved = [name for name in sorted(was.keys() | now.keys()) if was.get(name) != now.get(name)]
    own = [name for name in moved if name.removeprefix("table ") in entry.get("sources", ())]
    return tuple(own or moved)


def printing(root: Path, ledger: dict, kept: Path, name: str = NOW) -> dict:
    """Return a printing as an edition holds it: its ledger, its date, and what each chapter read."""
    own = {
        page: {name: value for name, value in read.items() if not Path(name).is_absolute()}
        for page, read in outputs.noted(kept).items()
    }
    return {"name": name, "printed": book.printing_time(root).date().isoformat(), "inputs": own} | ledger


def _published(root: Path, name: str) -> dict:
    path = root / "_build" / "html" / "ledger.json"
    if not path.exists():
        raise PressError("_build/html", "no printed book is there.", "Print it first.")
    return printing(root, json.loads(path.read_text(encoding="utf-8")), book.workshop(root) / "outputs", name)


def _check_committed(root: Path) -> None:
    asked = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise PressError(
            str(root), "it is not under version control.", "An edition is a commit that can be found again: use git."
        )
    if asked.stdout:
        first = asked.stdout.splitlines()[0][3:]
        raise PressError(first, "it is not committed.", "Commit or remove what is not, then release.")


def _check_verified(root: Path) -> None:
    """Rows that a table itself marks as not verified, in a column of that name."""
    for entry in book.package(root)["resources"] if (root / inputs.PACKAGE).exists() else ():
        if "verified" in [field["name"] for field in entry["schema"]["fields"]]:
            with open(root / "data" / entry["path"], encoding="utf-8", newline="") as file:
                for line, row in enumerate(csv.DictReader(file), 2):
                    if row["verified"] != "true":
                        raise PressError(
                            f"data/{entry['path']}, line {line}",
                            "the row is not verified.",
                            "Read its source, or take it out.",
                        )


def _path(root: Path, name: str) -> Path:
    return root / FOLDER / f"{name}.json"
