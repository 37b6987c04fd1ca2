"""Verdicts by difficulty, and the table of what each promise is."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from alliance.charts.scorecard.common import best_first, names, row_axis, verdict_colors, words
from press.chapter.theme import color

_LEVELS = {"easy": "Easy: a meeting or a text", "medium": "Medium: joint acts", "hard": "Hard: a measured result"}
_GROWTH = {"more": "yes", "not more": "no", "not compared": "not compared", "": "not promised"}


def difficulty(scores: pd.DataFrame, statuses: Mapping[str, dict], narrow: bool = False) -> alt.LayerChart:
    """Show the verdicts on the promises of each class of difficulty, one bar each.

    Parameters
    ----------
    scores : DataFrame
        From `alliance.scorecard.score`.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    narrow : bool
        For a phone: the words stand below the bars.
    """
    pieces = _pieces(scores, statuses, worded=not narrow)
    order = list(pieces["row"].unique())
    room = 0 if narrow else 2.5  # for words beyond the longest bar
    x = alt.X("_start:Q", title="promises").scale(domain=[0, pieces["_end"].max() + room], nice=False)
    x = x.axis(tickMinStep=5)
    base = alt.Chart(pieces).encode(y=row_axis("row:N", order, labelExpr="split(datum.label, ': ')", labelOffset=-16))
    bars = base.mark_bar(height=26 if narrow else 38, stroke=color("paper"), strokeWidth=2).encode(
        x=x,
        x2="_end:Q",
        color=verdict_colors("verdict:N", statuses, pieces["verdict"], legend=None),
        tooltip=[
            alt.Tooltip("level", title="What is tested"),
            alt.Tooltip("verdict", title="Verdict"),
            alt.Tooltip("promises", title="Promises"),
            alt.Tooltip("which", title="Which"),
        ],
    )
    labels = base.mark_text(fontWeight=600).encode(x="_middle:Q", text="_label:N")
    beyond = base.mark_text(fontWeight=600, align="left", dx=6).encode(x="_end:Q", text="_label:N")
    layers = bars + labels.transform_filter("!datum._beyond").encode(color=alt.value(color("paper")))
    if narrow:
        counts = pieces["promises"].astype(str) + " " + pieces["verdict"]
        below = counts.groupby(pieces["row"], sort=False).agg(", ".join).rename("text").reset_index()
        layers += alt.Chart(below).mark_text(align="left", dy=24).encode(x=alt.value(0), y=base.encoding.y, text="text")
    else:
        layers += beyond.transform_filter("datum._beyond")
    padding = {"left": 2, "top": 6, "right": 24 if narrow else 6, "bottom": 2}
    return layers.properties(
        height=alt.Step(68 if narrow else 56), padding=padding, description=_difficulty_told(pieces)
    )


def _pieces(scores: pd.DataFrame, statuses: Mapping[str, dict], worded: bool) -> pd.DataFrame:
    """Return the pieces of the bars, best verdict first; if `worded`, with their words, which may stand beyond."""
    order = list(best_first(statuses))
    frame = scores.assign(
        level=scores["difficulty"].map(_LEVELS),
        verdict=words(scores["verdict"], statuses),
        place=scores["difficulty"].map(list(_LEVELS).index),
    )
    frame["rank"] = frame["verdict"].map(order.index)
    pieces = frame.groupby(["place", "level", "rank", "verdict"])["short"].agg(["size", ", ".join]).reset_index()
    pieces.columns = ["place", "level", "rank", "verdict", "promises", "which"]
    pieces["_end"] = pieces.groupby("level")["promises"].cumsum()
    pieces["_start"] = pieces["_end"] - pieces["promises"]
    kept = pieces["promises"].where(pieces["verdict"] == "kept", 0).groupby(pieces["level"]).transform("sum")
    every = pieces.groupby("level")["promises"].transform("sum")
    pieces["row"] = pieces["level"] + ": " + kept.astype(str) + " of " + every.astype(str) + " kept"
    pieces["_middle"] = (pieces["_start"] + pieces["_end"]) / 2
    pieces["_beyond"] = worded & (pieces["_end"] == every) & (pieces["promises"] < 3)  # too short for its words
    pieces["_label"] = pieces["promises"].astype(str) + (" " + pieces["verdict"] if worded else "")
    return pieces.drop(columns=["place", "rank"])


def _difficulty_told(pieces: pd.DataFrame) -> str:
    told = " ".join(
        f"{level}: " + ", ".join(f"{row.promises} {row.verdict}" for row in group.itertuples()) + "."
        for level, group in pieces.groupby("level", sort=False)
    )
    return f"Promises by what is tested. {told}"


def promise_rows(commitments: pd.DataFrame, scores: pd.DataFrame, statuses: Mapping[str, dict]) -> pd.DataFrame:
    """Return the rows of the table of promises: name, verdict, grade of the evidence, and whether there was growth.

    Parameters
    ----------
    commitments : DataFrame
        Table ``commitments``.
    scores : DataFrame
        From `alliance.scorecard.score`.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    """
    return commitments.assign(
        name=names(commitments),
        verdict=list(words(scores["verdict"], statuses)),
        grade=list(scores["grade"]),
        growth=list(scores["baseline"].map(_GROWTH)),
    )
