"""Technology: semiconductors among Korea's exports."""

import altair as alt
import pandas as pd

from alliance.charts.marks import series_colors
from press.chapter.theme import color


def semiconductors(chips: pd.Series, total: pd.Series) -> alt.LayerChart:
    """Show semiconductors and everything else among Korea's exports, stacked by month.

    Parameters
    ----------
    chips, total : Series
        Exports of semiconductors and of all goods, indexed by month, billion dollars.
    """
    parts = {"semiconductors": chips, "everything else": total - chips}
    stack = pd.concat(
        [bn.rename("bn").reset_index().assign(what=what, _rank=rank) for rank, (what, bn) in enumerate(parts.items())]
    )
    x = alt.X("yearmonth(month):O", title=None).axis(format="%b %y", labelAngle=0, labelOverlap=True)
    bars = alt.Chart(stack).mark_bar()
    bars = bars.encode(
        x=x,
        y=alt.Y("bn:Q", title="billion dollars a month").axis(tickCount=4),
        color=series_colors({"semiconductors": "kor", "everything else": "tint"}, "what:N"),
        order="_rank:Q",
        tooltip=[
            alt.Tooltip("month:T", title="Month", format="%B %Y"),
            alt.Tooltip("what:N", title="Exports of"),
            alt.Tooltip("bn:Q", title="Billion dollars", format=".1f"),
        ],
    )
    values = chips.iloc[[0, -1]].rename("bn").reset_index().assign(text=lambda frame: frame["bn"].map("{:.0f}".format))
    above = alt.Chart(values).mark_text(dy=-9, fontWeight=600, color=color("ink"))
    last = chips.index[-1]
    tags = pd.DataFrame({"month": last, "bn": [chips[last] / 2, (chips[last] + total[last]) / 2]})
    tags = tags.assign(text=["semi-|conductors", "everything|else"], what=list(parts))
    names = alt.Chart(tags).mark_text(align="left", dx=30, lineBreak="|", fontWeight=600, lineHeight=16)
    said = [
        f"{month:%B %Y}: semiconductors {chips[month]:.1f} of {total[month]:.1f} billion dollars."
        for month in chips.index[[0, -1]]
    ]
    return (
        bars
        + above.encode(x=x, y="bn:Q", text="text")
        + names.encode(
            x=x,
            y="bn:Q",
            text="text",
            color=alt.when("datum.what == 'semiconductors'")
            .then(alt.value(color("kor")))
            .otherwise(alt.value(color("muted"))),
        )
    ).properties(height=280, description=f"Stacked bars of twelve months. {' '.join(said)}")
