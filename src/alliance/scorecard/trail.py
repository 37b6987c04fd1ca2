"""The trail of a promise: everything that counts for or against it, or was considered, in order of date."""

from collections.abc import Iterable

import pandas as pd

from alliance.countries import NAMES
from alliance.rows import records
from alliance.scorecard.evidence import Item

#: What a piece of evidence is, in the words of a reader: (effect, form) or effect → role.
ROLES: dict[tuple[str, str] | str, str] = {
    ("done", "as worded"): "counts in full",
    ("done", "between the two"): "counts: between the two governments",
    ("done", "successor"): "counts half: under another name",
    ("done", "wider group"): "counts half: with others",
    ("done", "part"): "counts half: less than promised",
    "talk": "a conversation or an intention: not counted",
    "own": "one party’s own act: not counted",
    "undo": "ends what was promised",
    "against": "against the aim",
    "replaced": "the policy was replaced",
    "not found": "searched for, not found",
    "context": "background: not counted",
}
#: Effects that are measured values, told elsewhere.
_MEASURED = {"base", "level", "goal"}
_PARTIES = {"both": "both"} | NAMES
COLUMNS = ["day", "date", "party", "fact", "role", "kind", "source_title", "source_url"]


def trail(items: Iterable[Item], evidence: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    """Return what is known of one promise, oldest first; what was searched for in vain comes last.

    Parameters
    ----------
    items : iterable of Item
        Those of the promise.
    evidence : DataFrame
        Table ``evidence``.
    others : DataFrame
        Tables of meetings and agreements that give evidence too; an item finds its source there by title.

    Returns
    -------
    DataFrame
        ``day`` (Timestamp), ``date`` as known, ``party``, ``fact``, ``role`` in plain words, ``kind`` (``counted``,
        ``against``, ``considered``, or ``missed``: searched for, not found), ``source_title``, ``source_url``.
    """
    sources = _addresses([evidence, *others])
    rows = [_row(item, sources) for item in items if item.effect not in _MEASURED]
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values("day", kind="stable")
    return frame.sort_values("kind", key=lambda kind: kind == "missed", kind="stable").reset_index(drop=True)


def _row(item: Item, sources: dict[tuple[str, str], tuple[str, str]]) -> list:
    title, address = sources.get((item.fact, item.when), ("", ""))
    if not title:
        named = sorted(item.publishers)
        title, address = next((sources[(name, "")] for name in named if (name, "") in sources), (", ".join(named), ""))
    role = ROLES.get((item.effect, item.form)) or ROLES[item.effect]
    return [item.day, item.when, _PARTIES[item.party], item.fact, role, _kind(item), title, address]


def _kind(item: Item) -> str:
    kinds = {"done": "counted", "not found": "missed", "undo": "against", "against": "against"}
    return kinds.get(item.effect, "considered")


def _addresses(tables: list[pd.DataFrame]) -> dict[tuple[str, str], tuple[str, str]]:
    """Return title and address of each source, by fact and date where a row has them, else by its title."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for table in tables:
        for row in records(table):
            source = (row.source_title, row.source_url)
            if hasattr(row, "fact"):
                found[(row.fact, row.date)] = source
            found.setdefault((row.source_title, ""), source)
    return found
