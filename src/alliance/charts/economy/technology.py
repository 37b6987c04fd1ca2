"""Technology: semiconductors among Korea's exports."""

import altair as alt
import pandas as pd

from press.chapter.theme import color


def semiconductors(chips: pd.Series, total: pd.Series) -> alt.Chart:
    """Show semiconductors and everything else among Korea's exports, stacked by month.

    Parameters
    ----------
    chips, total : Series
        Exports of semiconductors and of all goods, indexed by month, billion dollars.
    """
    parts = {"semiconductors": chips, "everything else": total - chips}
    stack = pd.concat(
        [bn.rename("bn").reset_index().assign(what=what, rank=rank) for rank, (what, bn) in enumerate(parts.items())]
    )
    hue = alt.Color("what:N").scale(domain=list(parts), range=[color("kor"), color("tint")])
    said = [
        f"{month:%B %Y}: semiconductors {chips[month]:.1f} of {total[month]:.1f} billion dollars."
        for month in chips.index[[0, 4, 7, 10, 11]]
    ]
    return (
        alt.Chart(stack)
        .mark_bar()
        .encode(
            x=alt.X("yearmonth(month):O", title=None).axis(format="%b %y", labelAngle=0, labelOverlap=True),
            y=alt.Y("bn:Q", title="billion dollars, current"),
            color=hue,
            order="rank:Q",
            tooltip=[alt.Tooltip("month:T", format="%B %Y"), "what", alt.Tooltip("bn:Q", format=".1f")],
        )
        .properties(height=260, description=f"Stacked bars of twelve months. {' '.join(said)}")
    )
