"""The contribution to 2030: two rules, and inflation at choice."""

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below, hollow
from press.chapter.theme import color


def two_rules(won: pd.Series, twelfth: pd.Series, elevenths: Mapping[int, pd.Series]) -> alt.LayerChart:
    """Show the contribution to 2030 under the twelfth agreement, and had the eleventh's rule continued.

    Parameters
    ----------
    won : Series
        The contribution; its value of 2025 is where the paths part.
    twelfth : Series
        The path of the twelfth agreement from 2026.
    elevenths : mapping of int to Series
        Growth of the defense budget, percent a year → the path of the eleventh's rule from 2025.
    """
    old = {f"11th’s rule, +{growth} %": path for growth, path in elevenths.items()}
    frame = below({"12th": pd.concat([won.loc[[2025]], twelfth])} | old, "path")
    x = _years_to_2030(2025, 2032.8, step=1)
    y = alt.Y("amount:Q", title="billion won").scale(zero=False, domain=[1350, 1950]).axis(grid=False, tickCount=5)
    hue = marks.series_colors({"12th": "kor"} | dict.fromkeys(old, "other"), "path:N")
    tooltip = ["year", "path", alt.Tooltip("amount", format=",.1f")]
    lines = alt.Chart(frame).mark_line(point=True).encode(x=x, y=y, color=hue, detail="path:N", tooltip=tooltip)
    names = marks.end_labels(frame[frame["year"] == 2030], x, "amount:Q", "path", dx=8).encode(color=hue)
    border = alt.Chart(pd.DataFrame({"year": [2027], "before": ["← known"], "after": ["assumed →"]})).encode(x=x)
    sides = border.encode(y=alt.value(8))
    before = sides.mark_text(align="right", dx=-6, color=color("muted")).encode(text="before")
    after = sides.mark_text(align="left", dx=6, color=color("muted")).encode(text="after")
    told = ", ".join(
        f"{path[2030]:,.0f} if the defence budget grows by {growth} per cent a year"
        for growth, path in elevenths.items()
    )
    slow = elevenths[min(elevenths)]
    return (border.mark_rule(strokeDash=[2, 3]) + lines + names + (before + after)).properties(
        height=320,
        description=f"From {won[2025]:,.0f} in 2025 the twelfth agreement goes to {twelfth[2026]:,.0f} in 2026, "
        f"{twelfth[2027]:,.0f} in 2027 and {twelfth[2030]:,.0f} in 2030. The eleventh’s rule gives "
        f"{slow[2026]:,.0f} in 2026, {slow[2027]:,.0f} in 2027, and in 2030 {told}.",
    )


def projection(won: pd.Series, projected: pd.DataFrame, computed: Collection[int]) -> alt.LayerChart:
    """Show the contribution since 2020 and, at a rate of inflation that a slider sets, that of 2027–2030.

    Parameters
    ----------
    projected : DataFrame
        From `alliance.burden.projections`, in tenths of a percent.
    """
    at = projected.set_index(["inflation_pct", "year"])["amount_bn_krw"]
    fixed = pd.DataFrame({"year": [*range(2020, 2027), 2027], "amount": [*won.loc[2020:2026], at[0.0, 2027]]})
    band = projected.groupby("year")["amount_bn_krw"].agg(["min", "max"]).reset_index()
    x = _years_to_2030(2020, 2031.4, step=2)
    y = alt.Y("min:Q", title="billion won").scale(domain=[0, 2000])
    slider = alt.binding_range(min=0, max=8, step=0.1, name="Inflation 2026–2028, per cent a year ")
    rate = alt.param(name="inflation", value=2, bind=slider)
    chosen = alt.Chart(projected).transform_filter("abs(datum.inflation_pct - inflation) < 0.04 && datum.year >= 2027")
    chosen = chosen.encode(x=x, y="amount_bn_krw:Q")
    end = chosen.transform_filter("datum.year == 2030").encode(text=alt.Text("amount_bn_krw:Q", format=",.1f"))
    layers = (
        alt.Chart(band).mark_area(color=color("shade")).encode(x=x, y=y, y2="max:Q")
        + alt.Chart(fixed).mark_line().encode(x=x, y="amount:Q")
        + chosen.mark_line(strokeDash=[5, 3]).encode(tooltip=["year", "amount_bn_krw"])
        + hollow(fixed, "amount", computed, x=x)
        + hollow(fixed, "amount", [2027], x=x)
        + _bound(f"cap: {at[5.0, 2030]:,.1f}", at[5.0, 2030], x, -10)
        + _bound(f"none: {at[0.0, 2030]:,.1f}", at[0.0, 2030], x, 14)
        + end.mark_text(align="left", dx=6, fontWeight=600, color=color("kor"))
    )
    return layers.add_params(rate).properties(
        height=330,
        description=f"A line from {won[2020]:,.0f} in 2020 to {won[2026]:,.0f} in 2026 and {at[0.0, 2027]:,.0f} "
        f"in 2027, and on to 2030 in dashes: {at[2.0, 2030]:,.0f} at two per cent inflation. "
        f"The shaded range of possible contributions in 2030 reaches from {at[0.0, 2030]:,.0f} without inflation "
        f"to {at[5.0, 2030]:,.0f} at the cap of five per cent.",
    )


def _bound(text: str, amount: float, x: alt.X, dy: int) -> alt.Chart:
    """Return the words at one end of the shaded range of 2030."""
    frame = pd.DataFrame({"year": [2030], "amount": [amount], "text": [text]})
    return alt.Chart(frame).mark_text(align="right", dy=dy, color=color("muted")).encode(x=x, y="amount:Q", text="text")


def _years_to_2030(first: int, end: float, step: int) -> alt.X:
    """Return an axis of years to 2030, with room for names behind."""
    axis = alt.X("year:Q", title=None).axis(format="d", values=list(range(first, 2031, step)))
    return axis.scale(domain=[first, end], nice=False, zero=False)
