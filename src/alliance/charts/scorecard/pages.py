"""What the page of one promise shows below its verdict."""

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.marks import enumerated
from alliance.charts.scorecard.strip import half, strip
from alliance.rows import records

_TRAIL = ("Date", "What happened", "Whose", "What it is", "Source")
_SEARCH = re.compile(r"Stored pages, [^:;]*[:;] ")
#: What the evidence explorer calls a search, and what its promise's page does: a search has no date.
_SEARCHED = ("", "What we looked for", "Whose", "", "Words that we searched for")
#: What a grade of evidence says, as on the page of methods.
_GRADES = {
    "A": "Two publishers or more stand behind what carries the verdict (grade A).",
    "B": "One publisher alone stands behind what carries the verdict of one government or both (grade B; A takes two).",
    "C": "No publisher stands behind an act that counts (grade C; A takes two).",
}
_SILENCE = "The verdict rests on a search that found nothing more (grade B; A takes two publishers and no silence)."


def blocks(promise: Any, trail: pd.DataFrame, cutoff: pd.Timestamp, firmness: Sequence[str], score: Any) -> list[dict]:
    """Return the blocks of a promise's page, for `press.item`.

    Parameters
    ----------
    promise : row of the table ``commitments``
        With ``quotation``, ``sentence``, ``settles``, ``source_title``, and ``source_url``.
    trail : DataFrame
        From `alliance.scorecard.trail`.
    cutoff : Timestamp
        The day on which the verdict is given.
    firmness : sequence of str
        How firm the verdict is, in words, paragraph by paragraph.
    score : row from `alliance.scorecard.score`
        With ``verdict`` and ``grade``: how good the evidence is, A, B, or C.
    """
    chart: alt.LayerChart = strip(trail, cutoff)
    dated, searched = trail[trail["kind"] != "missed"], trail[trail["kind"] == "missed"]
    rests_on_silence = score.verdict.endswith("lapsed") and score.grade == "B"
    return [
        {"kind": "heading", "text": "What the fact sheet says"},
        {
            "kind": "quote",
            "text": f"“{promise.sentence}”",
            "marked": promise.quotation,
            "source": [promise.source_title, promise.source_url],
        },
        {"kind": "heading", "text": "What happened"},
        {"kind": "chart", "id": "strip", "chart": chart, "narrow": chart},
        *([{"kind": "text", "text": "A half-filled dot counts half."}] if half(trail).any() else []),
        {"kind": "heading", "text": "How firm the verdict is"},
        *({"kind": "text", "text": text} for text in firmness),
        {"kind": "heading", "text": "What would change it"},
        {"kind": "text", "text": f"{promise.settles.rstrip('.')}."},
        {"kind": "heading", "text": "The evidence"},
        {"kind": "text", "text": _SILENCE if rests_on_silence else _GRADES[score.grade]},
        {"kind": "table", "label": "Evidence in order of date", "columns": list(_TRAIL), "rows": _rows(dated)},
        *(_searches(searched) if len(searched) else ()),
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


def _searches(searched: pd.DataFrame) -> list[dict]:
    """Return what was searched for in vain: no acts, so without dates, and not as if it had a source."""
    rows = [["", row.fact, row.party, row.role, _SEARCH.sub("", row.source_title)] for row in records(searched)]
    names = {"columns": list(_TRAIL), "names": list(_SEARCHED)}
    return [
        {"kind": "heading", "text": "What we looked for and did not find"},
        {"kind": "table", "label": "Searches without result", "rows": rows, **names},
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
        A sentence with each verdict that a single change would give, and one on the combinations.
    """
    share = stable.set_index("promise")["share"].to_dict()[promise]
    under = "all" if share == 1 else f"{100 * share:.0f} percent of the"
    same = f"is the same under {under} {combinations:,} combinations of rules that we tried."
    moved = single[(single["promise"] == promise) & (single["change"] != 0)]
    if moved.empty:
        return [f"No single change of a rule alters the verdict, and it {same}"]
    shown = moved["verdict"].map({verdict: status["short"] for verdict, status in statuses.items()})
    moves = [_moved(verdict, changes) for verdict, changes in moved.groupby(shown, sort=False)]
    stress = f"With several rules changed at once, the verdict {same} This is a stress test and not a probability."
    return [f"The verdict {' It '.join(moves)}", stress]


def _moved(verdict: Hashable, changes: pd.DataFrame) -> str:
    would = "could not be judged" if verdict == "cannot be judged" else f"would be {verdict}"
    return f"{would} if we {enumerated(changes['variant'].tolist(), 'or')}."
