"""What the page of one promise shows below its verdict."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.marks import enumerated
from alliance.charts.scorecard.strip import strip

_TRAIL = ("Date", "What happened", "Whose", "What it is", "Source")
#: What a grade of evidence says, as on the page of methods.
_GRADES = {
    "A": "Two publishers or more stand behind the acts that count (grade A).",
    "B": "One publisher stands behind the acts that count, or a search without result (grade B).",
    "C": "No publisher stands behind an act that counts (grade C).",
}


def blocks(promise: Any, trail: pd.DataFrame, cutoff: pd.Timestamp, firmness: Sequence[str], grade: str) -> list[dict]:
    """Return the blocks of a promise's page, for `press.item`.

    Parameters
    ----------
    promise : row of the table ``commitments``
        With ``quotation``, ``settles``, ``source_title``, and ``source_url``.
    trail : DataFrame
        From `alliance.scorecard.trail`.
    cutoff : Timestamp
        The day on which the verdict is given.
    firmness : sequence of str
        How firm the verdict is, in words, paragraph by paragraph.
    grade : str
        How good the evidence is: A, B, or C.
    """
    chart: alt.LayerChart = strip(trail, cutoff)
    return [
        {"kind": "heading", "text": "What the fact sheet says"},
        {
            "kind": "quote",
            "text": f"“{promise.quotation}”",
            "source": [promise.source_title, promise.source_url],
        },
        {"kind": "heading", "text": "What happened"},
        {"kind": "chart", "id": "strip", "chart": chart, "narrow": chart},
        {"kind": "heading", "text": "How firm the verdict is"},
        *({"kind": "text", "text": text} for text in firmness),
        {"kind": "heading", "text": "What would change it"},
        {"kind": "text", "text": f"{promise.settles.rstrip('.')}."},
        {"kind": "heading", "text": "The evidence"},
        {"kind": "text", "text": _GRADES[grade]},
        {"kind": "table", "label": "Evidence in order of date", "columns": list(_TRAIL), "rows": _rows(trail)},
    ]


def _rows(trail: pd.DataFrame) -> list[list]:
    return [
        [
            row.date,
            row.fact,
            row.party,
            row.role,
            (row.source_title, row.source_url) if row.source_url else row.source_title,
        ]
        for row in trail.itertuples()
    ]


def firmness(
    promise: str, stable: pd.DataFrame, single: pd.DataFrame, combinations: int, statuses: Mapping[str, dict]
) -> list[str]:
    """Say under how many combinations of rules a verdict is the same, and which single changes of a rule move it.

    Parameters
    ----------
    promise : str
        Its sign, such as ``D1``.
    stable : DataFrame
        From `alliance.scorecard.stability`.
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`, with the column ``variant`` in words.
    combinations : int
        How many were tried.
    statuses : mapping
        From `alliance.scorecard.statuses`.

    Returns
    -------
    list of str
        A sentence on the combinations, and one with each verdict that a single change would give.
    """
    share = stable.set_index("promise")["share"].to_dict()[promise]
    under = "all" if share == 1 else f"{100 * share:.0f} percent of the"
    same = f"The verdict is the same under {under} {combinations:,} combinations of rules that we tried."
    moved = single[(single["promise"] == promise) & (single["change"] != 0)]
    if moved.empty:
        return [f"{same} No single change of a rule alters it."]
    shown = moved["verdict"].map({verdict: status["short"] for verdict, status in statuses.items()})
    return [same, " ".join(_moved(verdict, changes) for verdict, changes in moved.groupby(shown, sort=False))]


def _moved(verdict: Hashable, changes: pd.DataFrame) -> str:
    would = "could not be judged" if verdict == "cannot be judged" else f"would be {verdict}"
    return f"It {would} if we {enumerated(changes['variant'].tolist(), 'or')}."
