"""The contribution to 2030 under two formulas."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below
from press.chapter.theme import color


def two_rules(won: pd.Series, twelfth: pd.Series, elevenths: Mapping[int, pd.Series]) -> alt.LayerChart:
    """Show the contribution to 2030 under the twelfth agreement, and had the eleventh's formula continued.

    Parameters
    ----------
    won : Series
        The contribution; its value of 2025 is where the paths part.
    twelfth : Series
        The path of the twelfth agreement from 2026.
    elevenths : mapping of int to Series
        Growth of the defense budget, percent a year → the path of the eleventh's formula from 2025.
    """
    old = {f"11th’s formula, budget +{growth}%": path for growth, path in elevenths.items()}
    frame = below({"12th agreement": pd.concat([won.loc[[2025]], twelfth])} | old, "path")
    x = _years_to_2030(2025, 2032.8, step=1)
    y = alt.Y("amount:Q", title="billion won").scale(zero=False, domain=[1350, 1950]).axis(grid=False, tickCount=5)
    hue = marks.series_colors({"12th agreement": "kor"} | dict.fromkeys(old, "other"), "path:N")
    tooltip = [
        alt.Tooltip("year", title="Year"),
        alt.Tooltip("path", title="Under"),
        alt.Tooltip("amount", title="Billion won", format=",.1f"),
    ]
    lines = alt.Chart(frame).mark_line(point=True).encode(x=x, y=y, color=hue, detail="path:N", tooltip=tooltip)
    names = marks.end_labels(frame[frame["year"] == 2030], x, "amount:Q", "path", dx=8).encode(color=hue)
    border = alt.Chart(pd.DataFrame({"year": [2027], "before": ["← known"], "after": ["assumed →"]})).encode(x=x)
    sides = border.encode(y=alt.value(8))
    before = sides.mark_text(align="right", dx=-6, color=color("muted")).encode(text="before")
    after = sides.mark_text(align="left", dx=6, color=color("muted")).encode(text="after")
    told = ", ".join(
        f"{path[2030]:,.0f} if the defense budget grows by {growth} percent a year"
        for growth, path in elevenths.items()
    )
    slow = elevenths[min(elevenths)]
    return (border.mark_rule(strokeDash=[2, 3]) + lines + names + (before + after)).properties(
        height=320,
        description=f"From {won[2025]:,.0f} in 2025 the twelfth agreement goes to {twelfth[2026]:,.0f} in 2026, "
        f"{twelfth[2027]:,.0f} in 2027 and {twelfth[2030]:,.0f} in 2030. The eleventh’s formula gives "
        f"{slow[2026]:,.0f} in 2026, {slow[2027]:,.0f} in 2027, and in 2030 {told}.",
    )


def _years_to_2030(first: int, end: float, step: int) -> alt.X:
    """Return an axis of years to 2030, with room for names behind."""
    axis = alt.X("year:Q", title=None).axis(format="d", values=list(range(first, 2031, step)))
    return axis.scale(domain=[first, end], nice=False, zero=False)
