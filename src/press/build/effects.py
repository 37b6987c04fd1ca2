"""What a changed table, rule, or chapter does to a book: the claims that fall, and all that it prints otherwise."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from press import editions
from press.editions import Change
from press.html.figure_extras import FOLDER as FIGURES

_WORDS = {
    "item": ("verdict", "verdicts"),
    "number": ("number", "numbers"),
    "figure": ("figure", "figures"),
    "table": ("table", "tables"),
}
_FEW = 12  # sources that are named
_CELLS = 4  # of a table that are told
# A full stop that ends a sentence, and none of an abbreviation such as U.S.
_STOP = re.compile(r"(?<!\b[A-Z]\.[A-Z])(?<!\b(?:Mr|No|vs))\. (?=\S)")
_BLOCKS = ("p", "li", "td", "dd", "figcaption")


#: Where the prose rests on a claim: page and sentence.
Said = tuple[str, str]


class Fallen(NamedTuple):
    """A claim that no longer holds, and where the prose says so: page and sentence."""

    id: str
    chapter: str
    statement: str
    said: list[Said]


class Effects(NamedTuple):
    """The sources that changed, the claims that fell, and every change of the ledger; as text, a report.

    `judges` tells whether the book judges items, so that the report also says that no verdict changed. `said` has the
    page and the sentence of each place where the prose rests on a claim that changed, `cited` the pages that print a
    number.
    """

    sources: list[str]
    fallen: list[Fallen]
    changes: list[Change]
    judges: bool = False
    said: Mapping[str, list[Said]] = {}
    cited: Mapping[str, list[str]] = {}

    def __str__(self) -> str:
        """Return the report."""
        named = [*self.sources[:_FEW], *([f"and {len(self.sources) - _FEW} more"] if self.sources[_FEW:] else [])]
        lines = [f"Changed sources: {', '.join(named) or 'none'}.", self._in_short(), "", *self._claims()]
        for kind, words in _WORDS.items():
            if found := self._of(kind):
                lines += ["", f"{_counted(len(found), *words)} changed:"]
                lines += [f"  {change.id}: {change.what}, in {self._where(change)}" for change in found]
        return "\n".join(lines)

    def _of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]

    def _where(self, change: Change) -> str:
        """Return the chapter of an entry, or all pages that print it."""
        return ", ".join(self.cited.get(change.id, ()) if change.kind == "number" else ()) or change.chapter

    def _in_short(self) -> str:
        """Return how much changed, in one sentence."""
        changed = [_counted(len(self._of(kind)), *words) for kind, words in _WORDS.items() if self._of(kind)]
        verdict = ["no verdict"] if self.judges and not self._of("item") else []
        fallen = f"{_counted(len(self.fallen), 'claim', 'claims')} no longer hold{'s' * (len(self.fallen) == 1)}; "
        return f"In short: {fallen if self.fallen else ''}{', '.join([*verdict, *changed]) or 'nothing'} changed."

    def _claims(self) -> Iterator[str]:
        words = _counted(len(self.fallen), "claim no longer holds:", "claims no longer hold:")
        yield words if self.fallen else "Every claim still holds."
        for claim in self.fallen:
            yield f"  ✗ {claim.id} ({claim.chapter}): {claim.statement}"
            yield from _quoted(claim.said)
        fallen = {claim.id for claim in self.fallen}
        others = [change for change in self.changes if change.kind == "claim" and change.id not in fallen]
        if others:
            yield f"{_counted(len(others), 'claim', 'claims')} came, went, or changed in wording:"
            for change in others:
                yield f"  {change.id} ({change.chapter}): {change.what}"
                yield from _quoted(self.said.get(change.id, []))


def _quoted(said: list[Said]) -> Iterator[str]:
    yield from (f"      {page}: “{sentence}”" for page, sentence in said)


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def effects(
    before: dict, after: dict, old_pages: Path, pages: Path, sources: list[str], cited: Mapping[str, list[dict]]
) -> Effects:
    """Compare a book with what it would be.

    Parameters
    ----------
    before, after : dict
        The two, as editions hold them.
    old_pages, pages : Path
        Their pages; those of the book may be missing.
    sources : list of str
        What changed.
    cited : dict
        Page → what its prose cites, as the ledger of the book that would be has it.
    """
    changes = editions.compare(before, after)
    changes = [_told(change, after, old_pages, pages) for change in changes]
    claims = {change.id for change in changes if change.kind == "claim"}
    said = _sentences(pages, claims | {entry["id"] for entry in after["claims"] if not entry["holds"]})
    numbers: dict[str, list[str]] = {}
    for page, there in sorted(cited.items()):
        for id in {entry["id"] for entry in there if entry["kind"] == "number"}:
            numbers.setdefault(id, []).append(page)
    fallen = [
        Fallen(entry["id"], entry["chapter"], entry["statement"], said.get(entry["id"], []))
        for entry in after["claims"]
        if not entry["holds"]
    ]
    return Effects(sources, fallen, changes, bool(after.get("items")), said, numbers)


def _told(change: Change, after: dict, old_pages: Path, pages: Path) -> Change:
    """Return a change as the report tells it: of a figure or table by its title, and of a table a few cells."""
    if change.kind == "figure":
        change = measured(change, old_pages, pages)
    elif change.kind == "table":
        parts = change.what.split("; ")
        more = [f"and {len(parts) - _CELLS} more"] if len(parts) > _CELLS else []
        change = replace(change, what="; ".join([*parts[:_CELLS], *more]))
    titles = {entry["id"]: entry["title"] for entry in after.get(f"{change.kind}s", ()) if "title" in entry}
    if not (title := titles.get(change.id)):
        return change
    if change.kind == "item":
        return replace(change, what=change.what.replace(f" → {title}: ", " → "))
    return replace(change, what=f"“{title}”: {change.what}")


def _sentences(pages: Path, claims: set[str]) -> dict[str, list[Said]]:
    """Return claim → page and sentence of every mark of it in the prose."""
    found: dict[str, list[Said]] = {}
    for path in sorted(pages.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        there = {id for id in claims if f'#claim-{id}"' in text}
        if there and FIGURES not in path.relative_to(pages).parts:
            page = path.relative_to(pages).with_suffix("").as_posix()
            for mark in BeautifulSoup(text, "html.parser").select("a.claim"):
                if (id := str(mark["href"]).rpartition("#claim-")[2]) in there:
                    found.setdefault(id, []).append((page, _sentence(mark)))
    return found


def _sentence(mark: Tag) -> str:
    """Return the sentence before a mark, back to the mark or the full stop before it."""
    parts: list[str] = []
    for node in mark.previous_elements:
        if isinstance(node, Tag):
            if node.name in _BLOCKS or "claim" in (node.get("class") or ()):
                break
        else:
            parts.insert(0, str(node))
    text = re.sub(r"\s*\[[^\]]*\]", "", " ".join("".join(parts).split()))  # without citations
    return _STOP.split(text)[-1].strip("✓✗ ")


def measured(change: Change, old_pages: Path, pages: Path) -> Change:
    """Say of a figure also how many of its values differ, and by how much at most."""
    old, new = (folder / FIGURES / f"{change.id}.csv" for folder in (old_pages, pages))
    if not (old.exists() and new.exists()):
        return change
    was, now = _rows(old), _rows(new)
    if len(was) != len(now):
        return replace(change, what=f"{change.what}; {len(was)} rows of data → {len(now)} rows")
    return replace(change, what=f"{change.what}{_difference(was, now)}")


def _rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _difference(was: list[dict[str, str]], now: list[dict[str, str]]) -> str:
    pairs = [(name, old[name], new.get(name, "")) for old, new in zip(was, now, strict=True) for name in old]
    changed = [(name, old, new) for name, old, new in pairs if old != new]
    if not changed:
        return ""
    name, old, new = max(changed, key=lambda pair: _share(*pair[1:]))
    share = f", by {_share(old, new):.1%}" if _share(old, new) else ""
    return f"; {len(changed)} of {len(pairs)} values differ, most in {name}: {_brief(old)} → {_brief(new)}{share}"


def _brief(value: str) -> str:
    try:
        return f"{float(value):.6g}".replace("-", "−")
    except ValueError:
        return value or "nothing"


def _share(old: str, new: str) -> float:
    """Return by which part of itself a value changed; nothing for words."""
    try:
        return abs(float(new) / float(old) - 1)
    except (ValueError, ZeroDivisionError):
        return 0.0
