"""What the page of one promise shows below its verdict."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.scorecard.strip import strip

_TRAIL = ("Date", "What happened", "Whose", "What it is", "Source")


def blocks(promise: Any, trail: pd.DataFrame, cutoff: pd.Timestamp, firmness: str) -> list[dict]:
    """Return the blocks of a promise's page, for `press.item`.

    Parameters
    ----------
    promise : row of the table ``commitments``
        With ``quotation`` and ``settles``.
    trail : DataFrame
        From `alliance.scorecard.trail`.
    cutoff : Timestamp
        The day on which the verdict is given.
    firmness : str
        How firm the verdict is, in words.
    """
    chart: alt.LayerChart = strip(trail, cutoff)
    return [
        {"kind": "heading", "text": "What the fact sheet says"},
        {"kind": "quote", "text": f"“{promise.quotation}”"},
        {"kind": "heading", "text": "What happened"},
        {"kind": "chart", "id": "strip", "chart": chart, "narrow": chart},
        {"kind": "table", "label": "Evidence in order of date", "columns": list(_TRAIL), "rows": _rows(trail)},
        {"kind": "heading", "text": "How firm the verdict is"},
        {"kind": "text", "text": firmness},
        {"kind": "heading", "text": "What would change it"},
        {"kind": "text", "text": f"{promise.settles.rstrip('.')}."},
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


def firmness(promise: str, stable: pd.DataFrame, single: pd.DataFrame, statuses: Mapping[str, dict]) -> str:
    """Say under how many combinations of rules a verdict is the same, and which single rule changes it.

    Parameters
    ----------
    promise : str
        Its sign, such as ``D1``.
    stable : DataFrame
        From `alliance.scorecard.stability`.
    single : DataFrame
        From `alliance.scorecard.one_at_a_time`, with the column ``variant`` in words.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    """
    share = stable.set_index("promise")["share"].to_dict()[promise]
    moved = single[(single["promise"] == promise) & (single["change"] != 0)]
    same = f"The verdict is the same under {share:.0%} of the combinations of rules that we tried."
    if moved.empty:
        return f"{same} No single change of a rule alters it."
    words = [
        f"{statuses[verdict]['short']} ({variant})"
        for verdict, variant in moved[["verdict", "variant"]].values.tolist()
    ]
    return f"{same} A single change of a rule would make it: {'; '.join(words)}."
