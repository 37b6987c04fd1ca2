"""How heavy the contribution is: its shares of the budget and of output, and the amount per soldier."""

from collections.abc import Collection

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below, hollow, line_names
from press.chapter.theme import POINT, YEARS


def shares(
    of_budget: pd.Series, of_gdp: pd.Series, computed: Collection[int], narrow: bool = False
) -> alt.HConcatChart | alt.VConcatChart:
    """Show the contribution as a share of the defense budget and of gross domestic product, both in percent."""
    height = 150 if narrow else 200
    budget = below({"defence budget": of_budget}, "of", "per_cent")
    product = below({"gross domestic product": of_gdp}, "of", "per_cent")
    return marks.panels(
        _yardstick(budget, "per cent of the defence budget", computed).properties(width=285, height=height),
        _yardstick(product, "per cent of GDP", computed).properties(width=285, height=height),
        narrow=narrow,
    ).properties(
        description=f"Left: share of the defence budget, {of_budget[2005]:.1f} per cent in 2005, "
        f"{of_budget[2020]:.1f} in 2020, {of_budget[2026]:.1f} in 2026. "
        f"Right: share of GDP, {of_gdp[2005]:.3f} per cent in 2005, {of_gdp[2018]:.3f} in 2018, "
        f"{of_gdp[2023]:.3f} in 2023."
    )


def per_soldier(counted: pd.Series, declared: pd.Series, computed: Collection[int]) -> alt.LayerChart:
    """Show the contribution per U.S. service member, in million won, by two ways of counting them."""
    frame = below({"counted": counted, "declared": declared}, "divisor")
    colors = {"counted": "kor", "declared": "other"}
    divisor = marks.series_colors(colors, "divisor:N")
    lines = (
        alt.Chart(frame)
        .mark_line(point=POINT)
        .encode(
            x=YEARS,
            y=alt.Y("amount:Q", title="million won").scale(domainMin=0),
            color=divisor,
            tooltip=["year", "divisor", alt.Tooltip("amount", format=".1f")],
        )
    )
    counts, levels = (hollow(frame[frame["divisor"] == name], "amount", computed, colors[name]) for name in colors)
    names = pd.DataFrame({"year": [2017, 2022.5], "divisor": list(colors)})
    names["amount"] = [counted[2017] + 4, declared[2020] + 1]
    return (lines + (counts + levels) + line_names(names, "divisor").encode(color=divisor)).properties(
        height=260,
        description=f"Two lines. By the count of the Defense Manpower Data Center: {counted[2008]:.0f} million won "
        f"in 2008, {counted[2014]:.0f} in 2014, {counted[2015]:.0f} in 2015, {counted[2025]:.0f} in 2025. "
        f"By the declared level: {declared[2008]:.0f} in 2008, {declared[2015]:.0f} in 2015, "
        f"{declared[2025]:.0f} in 2025.",
    )


def _yardstick(frame: pd.DataFrame, title: str, computed: Collection[int]) -> alt.LayerChart:
    """Return the line of one share."""
    x = YEARS.scale(domain=[2005, 2026], zero=False)
    y = alt.Y("per_cent:Q", title=title).scale(domainMin=0).axis(tickCount=4)
    line = alt.Chart(frame).mark_line(point=POINT).encode(x=x, y=y)
    line = line.encode(tooltip=["year", alt.Tooltip("per_cent", format=".3f")])
    return line + hollow(frame, "per_cent", computed, x=x)
