"""The contribution to 2030 under two formulas."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below
from press.chapter.theme import color


def two_rules(
    won: pd.Series, twelfth: pd.Series, elevenths: Mapping[int, pd.Series], narrow: bool = False
) -> alt.LayerChart:
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
    old = {f"11th’s formula, +{growth}%": path for growth, path in elevenths.items()}
    frame = below({"12th agreement": pd.concat([won.loc[[2025]], twelfth])} | old, "path")
    x = _years_to_2030()
    y = alt.Y("amount:Q", title="billion won").scale(zero=False, domain=[1350, 1950]).axis(grid=False, tickCount=5)
    hue = marks.series_colors({"12th agreement": "kor"} | dict.fromkeys(old, "other"), "path:N")
    tooltip = [
        alt.Tooltip("year", title="Year"),
        alt.Tooltip("path", title="Under"),
        alt.Tooltip("amount", title="Billion won", format=",.1f"),
    ]
    lines = alt.Chart(frame).mark_line().encode(x=x, y=y, color=hue, detail="path:N", tooltip=tooltip)
    known, assumed = lines.transform_filter("datum.year <= 2027"), lines.transform_filter("datum.year >= 2027")
    names = _names(frame[frame["year"] == 2030], x, hue, narrow)
    border = alt.Chart(pd.DataFrame({"year": [2027], "before": ["← known"], "after": ["assumed →"]})).encode(x=x)
    sides = border.encode(y=alt.value(8))
    before = sides.mark_text(align="right", dx=-6, color=color("muted")).encode(text="before")
    after = sides.mark_text(align="left", dx=6, color=color("muted")).encode(text="after")
    least, most = min(elevenths), max(elevenths)
    told = f"{elevenths[least][2030]:,.0f} if the defense budget grows by {least} percent a year and "
    told += f"{elevenths[most][2030]:,.0f} if it grows by {most}"
    slow = elevenths[least]
    return (
        border.mark_rule(strokeDash=[2, 3])
        + known
        + assumed.mark_line(strokeDash=[5, 3])
        + marks.nearest(lines)
        + names
        + (before + after)
    ).properties(
        height=320,
        description=f"From {won[2025]:,.0f} in 2025 the twelfth agreement goes to {twelfth[2026]:,.0f} in 2026, "
        f"{twelfth[2027]:,.0f} in 2027, and {twelfth[2030]:,.0f} in 2030. The eleventh’s formula gives "
        f"{slow[2026]:,.0f} in 2026, {slow[2027]:,.0f} in 2027, and in 2030 {told}.",
    )


def _names(ends: pd.DataFrame, x: alt.X, hue: alt.Color, narrow: bool) -> alt.LayerChart:
    """Return the names of the paths at their ends; on a phone only their growth, and the formula's name once."""
    short = ends["path"].str.replace("11th’s formula, ", "").str.replace(" agreement", "")
    names = marks.end_labels(ends.assign(name=short if narrow else ends["path"]), x, "amount:Q", dx=8)
    family = pd.DataFrame({"year": [2029.2], "amount": [1880], "name": ["11th’s formula" if narrow else ""]})
    once = marks.end_labels(family, x, "amount:Q", align="right", dx=0, color=color("other"))
    return alt.LayerChart(layer=[names.encode(color=hue), once])


def _years_to_2030() -> alt.X:
    """Return an axis of the years from 2025 to 2030."""
    axis = alt.X("year:Q", title=None).axis(format="d", values=list(range(2025, 2031)))
    return axis.scale(domain=[2025, 2030], nice=False, zero=False)
