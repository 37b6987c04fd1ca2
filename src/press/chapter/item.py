"""What a chapter says of the items that a book judges: their status, its reason, and the evidence."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import altair
from IPython.display import display

from press.chapter import session
from press.chapter.api import check_id, check_text, specification
from press.errors import PressError
from press.ledger import RECORD

_STATUS = ("name", "short", "mark", "color", "rank")
_BLOCKS = {"heading": ("text",), "text": ("text",), "quote": ("text",), "table": ("columns", "rows", "label")}
_BLOCKS |= {"chart": ("id", "chart", "narrow")}

Status = Mapping[str, Any]


def item(
    id: str,
    *,
    title: str,
    status: Status,
    reason: str,
    group: str = "",
    page: str = "",
    best: Status | None = None,
    parts: Sequence[tuple[str, Status, str]] = (),
    blocks: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Record one item of a list that the book judges, for ``{board}``, ``{items}``, ``{item}``, and ``{status}``.

    Parameters
    ----------
    id : str
        Name in the ledger; lower case, digits, and hyphens.
    title : str
        What a reader calls it.
    status : mapping
        `name`, `short` (the word on a chip), `mark` (see `press.document.statuses.MARKS`), `color` (a name of the
        palette), `rank` (0 for the best); if given, `long` says below the board what it means.
    reason : str
        Why, in one sentence.
    group : str
        Heading under which it stands.
    page : str
        The page of its own, as `_toc.yml` names it; empty for none.
    best : mapping, optional
        The status by what was done alone; where that is better, the board says that the item was set back.
    parts : sequence of (who, status, reason)
        Statuses of those who share in it.
    blocks : sequence of mapping
        What its page shows below, each with a `kind`: heading, text, quote (`text`; if some of its words matter,
        these as `marked`; if known, its `source` as a pair of text and address), table (`columns`, `rows`, `label`; a
        cell may be such a pair; if its page calls the columns otherwise, `names`, empty for a column that it leaves
        out), chart (`id`, `chart`, `narrow`; its `description` is the alternative text).

    Raises
    ------
    PressError
        When something is missing, empty, or of an unknown kind.
    """
    check_id(id)
    check_text(f"item {id!r}", title=title, reason=reason)
    for one in (status, *([best] if best else []), *(part[1] for part in parts)):
        if missing := [name for name in _STATUS if name not in one]:
            raise PressError(f"item {id!r}", f"a status has no {missing[0]!r}.", f"Give it {', '.join(_STATUS)}.")
    record = {
        "kind": "item",
        "id": id,
        "title": title,
        "status": dict(status),
        "reason": reason,
        "group": group,
        "page": page,
        "best": dict(best) if best else None,
        "parts": [[who, dict(one), why] for who, one, why in parts],
        "blocks": [_plain(f"item {id!r}", block) for block in blocks],
    }
    session.note(record)
    text = f"{title}: {status['short']}. {reason}"
    display({RECORD: record, "text/html": f"<p>{escape(text)}</p>", "text/plain": text}, raw=True)


def _plain(where: str, block: Mapping[str, Any]) -> dict[str, Any]:
    """Return a block as JSON holds it."""
    needed = _BLOCKS.get(block.get("kind", ""))
    if needed is None:
        raise PressError(where, f"no kind of block is {block.get('kind')!r}.", f"Choose one of {', '.join(_BLOCKS)}.")
    if missing := [name for name in needed if name not in block]:
        raise PressError(where, f"the {block['kind']} has no {missing[0]!r}.", f"Give it {', '.join(needed)}.")
    return _chart(block) if block["kind"] == "chart" else dict(block)


def _chart(block: Mapping[str, Any]) -> dict[str, Any]:
    chart, narrow = block["chart"], block["narrow"]
    if not isinstance(chart, altair.TopLevelMixin):
        raise PressError("item", f"{type(chart).__name__} is no chart.", "Draw it with Altair.")
    spec, alt = specification(chart)
    drawn = {"spec": spec, "narrow": specification(narrow)[0] if narrow is not None else None}
    return {"kind": "chart", "id": block["id"], "alt": alt} | drawn
