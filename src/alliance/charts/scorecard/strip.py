"""The dated strip of a promise: what was done, what stood against it, what was considered."""

import altair as alt
import pandas as pd

from alliance.dates import PROMISE
from press.chapter.theme import color

_ROWS = {"counted": "counts", "against": "against", "considered": "considered"}
_SHAPES = {"counts": "circle", "against": "cross", "considered": "circle"}


def strip(trail: pd.DataFrame, cutoff: pd.Timestamp) -> alt.LayerChart:
    """Show the trail of one promise as marks on a line of time, from the fact sheet to the cut-off.

    Parameters
    ----------
    trail : DataFrame
        From `alliance.scorecard.trail`.
    cutoff : Timestamp
        The day on which the verdict is given.
    """
    frame = trail.assign(row=trail["kind"].map(_ROWS))[["day", "row", "fact"]].dropna(subset="row")
    frame = frame[frame["day"].between(PROMISE, cutoff)]
    time = (
        alt.X("day:T", title=None)
        .scale(domain=[PROMISE.isoformat(), cutoff.isoformat()])
        .axis(format="%Y", tickCount="year")
    )
    rows = (
        alt.Y("row:N", title=None, sort=list(_ROWS.values()))
        .scale(domain=list(_ROWS.values()))
        .axis(grid=True, labelPadding=14)
    )  # clear of a mark on the first day
    hue = alt.Color("row:N", legend=None).scale(
        domain=list(_ROWS.values()), range=[color("kept"), color("reversed"), color("mist")]
    )
    shape = alt.Shape("row:N", legend=None).scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    marks = (
        alt.Chart(frame).mark_point(size=110, filled=True, opacity=0.9).encode(x=time, y=rows, color=hue, shape=shape)
    )
    ends = pd.DataFrame({"day": [PROMISE, cutoff], "text": ["fact sheet", "cut-off"]})
    edges = alt.Chart(ends).mark_rule(color=color("rule")).encode(x=time)
    return (edges + marks).properties(height=96, description=_description(frame, cutoff))


def _description(frame: pd.DataFrame, cutoff: pd.Timestamp) -> str:
    counted, against = ((frame["row"] == row).sum() for row in ("counts", "against"))
    if frame.empty:
        return f"No act was found from March 18, 2021 to {cutoff:%B} {cutoff.day}, {cutoff.year}."
    last = frame.loc[frame["row"] == "counts", "day"].max()
    since = f" The last that counts dates from {last:%B} {last.year}." if counted else ""
    others = (frame["row"] == "considered").sum()
    return (
        f"Marks on a line of time from March 18, 2021 to {cutoff:%B} {cutoff.day}, {cutoff.year}: "
        f"acts that count {counted}, acts against the aim {against}, others considered {others}.{since}"
    )
