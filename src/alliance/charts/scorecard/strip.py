"""The dated strip of a promise: what was done, what stood against it, what was considered."""

import altair as alt
import pandas as pd

from alliance.charts.scorecard.common import SHAPES
from alliance.dates import PROMISE
from press.chapter.theme import color

_ROWS = {"counted": "counts", "against": "against", "considered": "not counted"}
_HUES = {"counts": "kept", "against": "reversed", "not counted": "mist"}
_MARKS = {"counts": "full", "against": "cross", "not counted": "full"}
_STEP = 32  # px from row to row


def half(trail: pd.DataFrame) -> pd.Series:
    """Tell which acts of a trail count half."""
    return trail["role"].str.startswith("counts half")


def strip(trail: pd.DataFrame, cutoff: pd.Timestamp) -> alt.LayerChart:
    """Show the trail of one promise as marks on a line of time, from the fact sheet to the cut-off.

    Parameters
    ----------
    trail : DataFrame
        From `alliance.scorecard.trail`.
    cutoff : Timestamp
        The day on which the verdict is given.
    """
    frame = trail.assign(row=trail["kind"].map(_ROWS), half=half(trail))[["day", "row", "fact", "half"]]
    frame = frame[frame["day"].between(PROMISE, cutoff)].dropna(subset="row")
    shown = [row for row in _ROWS.values() if row == "counts" or row in set(frame["row"])]
    time = (
        alt.X("day:T", title=None)
        .scale(domain=[PROMISE.isoformat(), cutoff.isoformat()])
        .axis(format="%Y", tickCount="year")
    )
    rows = alt.Y("row:N", title=None, sort=shown).scale(domain=shown)
    rows = rows.axis(grid=True, labelPadding=14)  # clear of a mark on the first day
    hue = alt.Color("row:N", legend=None).scale(domain=shown, range=[color(_HUES[row]) for row in shown])
    frame["mark"] = frame["row"].map(_MARKS).mask(frame["half"], "half")
    drawn = alt.Shape("mark:N", legend=None).scale(domain=list(SHAPES), range=list(SHAPES.values()))
    marks = alt.Chart(frame).mark_point(size=140, filled=True, opacity=0.9)
    marks = marks.encode(x=time, y=rows, color=hue, shape=drawn)
    ends = pd.DataFrame({"day": [PROMISE, cutoff], "text": ["fact sheet", "cut-off"]})
    edges = alt.Chart(ends).mark_rule(color=color("rule")).encode(x=time)
    return (edges + marks).properties(height=_STEP * len(shown), description=_description(frame, cutoff))


def _description(frame: pd.DataFrame, cutoff: pd.Timestamp) -> str:
    counted, against, considered = ((frame["row"] == row).sum() for row in _ROWS.values())
    if frame.empty:
        return f"No act was found from March 18, 2021 to {cutoff:%B} {cutoff.day}, {cutoff.year}."
    last = frame.loc[frame["row"] == "counts", "day"].max()
    since = f" The last that counts dates from {last:%B} {last.year}." if counted else ""
    halves = f" ({frame['half'].sum()} of them half)" if frame["half"].any() else ""
    return (
        f"Marks on a line of time from March 18, 2021 to {cutoff:%B} {cutoff.day}, {cutoff.year}: "
        f"acts that count {counted}{halves}, acts against it {against}, others that do not count {considered}.{since}"
    )
