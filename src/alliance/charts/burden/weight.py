"""How heavy the contribution is: its shares of the budget and of output, and the amount per soldier."""

from collections.abc import Collection

import altair as alt
import pandas as pd

from alliance.burden import DECLARED_STRENGTH
from alliance.charts import marks
from alliance.charts.burden.common import below, hollow
from press.chapter.theme import YEARS, color


def shares(
    of_budget: pd.Series, of_gdp: pd.Series, computed: Collection[int], narrow: bool = False
) -> alt.HConcatChart | alt.VConcatChart:
    """Show the contribution as a share of the defense budget and of gross domestic product, both in percent."""
    height = 170 if narrow else 220
    return marks.panels(
        _yardstick(of_budget, "percent of the defense budget", computed, ".1f").properties(width=275, height=height),
        _yardstick(of_gdp, "percent of GDP", computed, ".3f").properties(width=275, height=height),
        narrow=narrow,
    ).properties(
        description=f"Left: share of the defense budget, {of_budget[2005]:.1f} percent in 2005, "
        f"{of_budget[2020]:.1f} in 2020, {of_budget[2026]:.1f} in 2026. "
        f"Right: share of GDP, {of_gdp[2005]:.3f} percent in 2005, {of_gdp[2018]:.3f} in 2018, "
        f"{of_gdp[2023]:.3f} in 2023."
    )


def per_soldier(counted: pd.Series, declared: pd.Series, computed: Collection[int]) -> alt.LayerChart:
    """Show the contribution per U.S. service member, in million won, by two ways of counting them."""
    colors = {"people counted": "kor", f"declared {DECLARED_STRENGTH:,}": "slate"}
    frame = below(dict(zip(colors, [counted, declared], strict=True)), "divisor")
    divisor = marks.series_colors(colors, "divisor:N")
    last = int(frame["year"].max())
    x = YEARS.scale(domain=[frame["year"].min(), last], nice=False, zero=False)
    lines = (
        alt.Chart(frame)
        .mark_line()
        .encode(
            x=x,
            y=alt.Y("amount:Q", title="million won").scale(domainMin=0).axis(tickCount=4),
            color=divisor,
            tooltip=[
                alt.Tooltip("year", title="Year"),
                alt.Tooltip("divisor", title="Per head"),
                alt.Tooltip("amount", title="Million won", format=".1f"),
            ],
        )
    )
    points = [hollow(frame[frame["divisor"] == name], "amount", computed, hue, x=x) for name, hue in colors.items()]
    names = pd.DataFrame({"year": [last, last], "divisor": list(colors), "dy": [-16, 82]})
    names["amount"] = [counted[last], declared[last]]
    words = [
        marks.end_labels(row, x, "amount:Q", "divisor", align="right", dx=0, dy=row["dy"].iloc[0]).encode(color=divisor)
        for _, row in names.groupby("divisor")
    ]
    return marks.layered(lines, *points, *marks.nearest(lines), *words).properties(
        height=270,
        description=f"Two lines. By the count of the Defense Manpower Data Center: {counted[2008]:.0f} million won "
        f"in 2008, {counted[2014]:.0f} in 2014, {counted[2015]:.0f} in 2015, "
        f"{counted.iloc[-1]:.0f} in {counted.index[-1]}. "
        f"By the declared level: {declared[2008]:.0f} in 2008, {declared[2015]:.0f} in 2015, "
        f"{declared.iloc[-1]:.0f} in {declared.index[-1]}.",
    )


def _yardstick(share: pd.Series, title: str, computed: Collection[int], form: str) -> alt.LayerChart:
    """Return the line of one share, with its first, lowest, and last values."""
    frame = pd.DataFrame({"year": share.index, "percent": share.array, "share": title})
    x = YEARS.scale(domain=[2005, 2026], nice=False, zero=False).axis(format="d", values=[2005, 2010, 2015, 2020, 2025])
    y = alt.Y("percent:Q", title=title).scale(domainMin=0).axis(tickCount=4)
    tooltip = [
        alt.Tooltip("year", title="Year"),
        alt.Tooltip("percent", title=title[0].upper() + title[1:], format=form),
    ]
    line = alt.Chart(frame).mark_line(color=color("kor")).encode(x=x, y=y, tooltip=tooltip)
    told = frame[frame["year"].isin([share.index[0], share.idxmin(), share.index[-1]])].copy()
    told["words"] = told["percent"].map(f"{{:{form}}}".format)
    first = marks.end_labels(told.iloc[:1], x, "percent:Q", "words", dx=8, dy=-2)
    others = marks.end_labels(told.iloc[1:], x, "percent:Q", "words", align="center", dx=0, dy=18)
    near = marks.nearest(line, name="nearest_" + title.split()[-1].lower())
    return marks.layered(line, hollow(frame, "percent", computed, x=x), *near, first, others)
