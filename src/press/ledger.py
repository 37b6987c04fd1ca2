"""The ledger: every number, claim, figure and table of the book, and who cites them.

It lives in Sphinx's environment while the book is built, and beside the pages as `ledger.json`.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from press.errors import PressError, place

RECORD = (
    "application/vnd.press+json"  # what `number`, `claim`, `figure`, and `table` display beside what JupyterLab shows
)
LAB_CHART = "application/vnd.vegalite.v5+json"  # the newest that JupyterLab draws by itself
MARKS = {True: "✓", False: "✗"}  # of a claim: whether it holds
OF_ALL = "press_of_all"  # in the metadata of a page that tells something of every page
_ITEM = ("status", "reason", "group", "page", "best", "parts", "blocks")
KEPT = ("id", "value", "text", "statement", "holds", "title", "sources", "columns", "rows", "sha256", *_ITEM)
KINDS = {"number": "numbers", "claim": "claims", "figure": "figures", "table": "tables", "item": "items"}


def worded(form: str, value: object) -> str:
    """Return a value by a `str.format` pattern, with the minus sign of print."""
    text = form.format(value)
    return re.sub(r"-(?=\d)", "−", text) if isinstance(value, (int, float)) else text


@dataclass
class Ledger:
    """Records by chapter, and citations by page."""

    records: dict[str, list[dict]] = field(default_factory=dict)
    citations: dict[str, list[dict]] = field(default_factory=dict)

    def enter(self, page: str, record: dict) -> None:
        """Enter what a chapter's cell displayed."""
        entry = {key: record[key] for key in KEPT if key in record}
        self.records.setdefault(page, []).append({"kind": record["kind"], "chapter": page} | entry)

    def cite(self, page: str, kind: str, id: str, line: int | None) -> None:
        """Note that a page's prose rests on a number or claim."""
        self.citations.setdefault(page, []).append({"kind": kind, "id": id, "line": line})

    def forget(self, page: str) -> list[dict]:
        """Drop a page that is about to be read again; what was recorded there."""
        self.citations.pop(page, None)
        return self.records.pop(page, [])

    def merge(self, pages: set[str], other: "Ledger") -> None:
        """Take over pages that another process has read."""
        for page in pages:
            for mine, theirs in ((self.records, other.records), (self.citations, other.citations)):
                if page in theirs:
                    mine[page] = theirs[page]

    def entries(self, kind: str) -> list[dict]:
        """All records of a kind, in the order of pages and cells."""
        return [entry for page in sorted(self.records) for entry in self.records[page] if entry["kind"] == kind]

    def claim_numbers(self) -> dict[str, int]:
        """Return the number of each claim, counted through the book, in the order of pages and cells."""
        return {entry["id"]: number for number, entry in enumerate(self.entries("claim"), 1)}

    def find(self, kind: str, id: str) -> dict:
        """One record, by kind and id."""
        for entries in self.records.values():
            for entry in entries:
                if entry["id"] == id and entry["kind"] == kind:
                    return entry
        raise PressError("ledger", f"no {kind} {id!r}.", f"Define it with {kind}({id!r}, …) in a chapter.")

    def citing(self, entries: list[dict]) -> set[str]:
        """Return the pages whose prose prints these numbers or claims."""
        wanted = {(entry["kind"], entry["id"]) for entry in entries}
        return {page for page, cited in self.citations.items() for c in cited if (c["kind"], c["id"]) in wanted}

    def problems(self) -> list[PressError]:
        """Ids used twice, and citations of what nobody defined."""
        everything = [entry for entries in self.records.values() for entry in entries]
        times = Counter(entry["id"] for entry in everything)
        twice = [
            PressError(
                " and ".join(f"{e['chapter']} ({e['kind']})" for e in everything if e["id"] == id),
                f"the id {id!r} is used {count} times.",
                "Give each its own id.",
            )
            for id, count in times.items()
            if count > 1
        ]
        return twice + self.unknown()

    def knows(self, kind: str, id: str) -> bool:
        """Tell whether a chapter defines it."""
        return any(entry["id"] == id and entry["kind"] == kind for each in self.records.values() for entry in each)

    def unknown(self, kind: str = "") -> list[PressError]:
        """Citations, of one kind or of all, of what nobody defined."""
        defined = {(entry["kind"], entry["id"]) for entries in self.records.values() for entry in entries}
        return [
            PressError(
                place(page, c["line"]),
                f"{c['kind']} {c['id']!r} is cited but not defined.",
                f"Define it with {c['kind']}({c['id']!r}, …) in a chapter, or correct the id.",
            )
            for page, cited in self.citations.items()
            for c in cited
            if (c["kind"], c["id"]) not in defined and kind in ("", c["kind"])
        ]

    def content(self) -> dict[str, list[dict]]:
        """Return all records: `numbers`, `claims`, `figures`, `tables`."""
        return {
            name: [{k: v for k, v in e.items() if k not in ("kind", "blocks")} for e in self.entries(kind)]
            for kind, name in KINDS.items()
        }

    def write(self, path: Path) -> None:
        """Write `ledger.json`."""
        path.write_text(json.dumps(self.content(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def records_of(notebook: dict) -> list[dict]:
    """Return the records that an executed notebook displayed by `number`, `claim`, `figure` and `table`."""
    outputs = [output for cell in notebook["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]
    shown = [output["data"][RECORD] for output in outputs if RECORD in output.get("data", {})]
    return [record for one in shown for record in unpacked(one)]


def unpacked(shown: dict) -> list[dict]:
    """Return the records that one output holds: the numbers and claims of a cell share one."""
    return shown["records"] if shown["kind"] == "several" else [shown]
