"""Collected rates of duty: under the free trade agreement, and since 2025."""

import altair as alt
import pandas as pd

from alliance.charts.economy.rules import flanked_rules
from alliance.charts.marks import event_rules, reference_line, series_colors
from press.chapter.theme import POINT, color

_HUES = {"Korea": "kor", "Japan": "jpn", "Germany": "deu", "all partners": "other"}
_NUDGES = {"Korea": 0, "Japan": 0, "Germany": 0, "all partners": 3}  # px that keep names apart


def duties_under_agreement(rates: pd.DataFrame) -> alt.LayerChart:
    """Show the collected rates on Korean and Japanese goods, with the two dates of the agreement.

    Parameters
    ----------
    rates : DataFrame
        Indexed by month: `Korea` and `Japan`, percent of the value of imports.
    """
    dates = pd.DataFrame({"month": pd.to_datetime(["2012-03-15", "2016-01-01"]), "text": ["KORUS", "fifth year"]})
    names = pd.DataFrame({"month": pd.to_datetime(["2020-01-01"] * 2), "rate": [1.9, 0.55], "name": ["Japan", "Korea"]})
    hue = series_colors({name: _HUES[name] for name in ("Korea", "Japan")})
    lines = _lines(rates).encode(
        x=alt.X("month:T", title=None).axis(format="%Y", tickCount=7),
        y=alt.Y("rate:Q", title="percent of value").scale(domain=[0, 2.2]).axis(values=[0, 0.5, 1, 1.5, 2]),
        color=hue,
    )
    labels = alt.Chart(names).mark_text(fontWeight=600)
    korea, japan = rates["Korea"], rates["Japan"]
    return (
        event_rules(dates, "month:T", y=6) + lines + labels.encode(x="month:T", y="rate:Q", text="name", color=hue)
    ).properties(
        height=260,
        description=f"Two lines. Korea: {korea['2011-01-01']:.1f} percent in January 2011, "
        f"{korea['2012-03-01']:.1f} in March and {korea['2012-04-01']:.1f} in April 2012, "
        f"{korea['2015-12-01']:.1f} in December 2015, {korea['2016-01-01']:.1f} in January 2016, "
        f"{korea['2024-12-01']:.1f} in December 2024. Japan: {japan['2011-01-01']:.1f}, "
        f"{japan['2016-01-01']:.1f} in January 2016, {japan.min():.1f} at the lowest, in {japan.idxmin():%B %Y}, "
        f"{japan['2024-12-01']:.1f} in December 2024.",
    )


def duties_since_2025(rates: pd.DataFrame, before: float) -> alt.LayerChart:
    """Show the collected rates since January 2025, beside Korea's average of 2011.

    Parameters
    ----------
    rates : DataFrame
        Indexed by month: `Korea`, `Japan`, `Germany` and `all partners`, percent of the value of imports.
    before : float
        Average rate on Korean goods in 2011.
    """
    moments = pd.DataFrame(
        {"month": pd.to_datetime(["2025-11-14", "2026-02-20"]), "text": ["fact sheet", "ruling"]}
    )  # of November 2025; of the Supreme Court
    past = pd.DataFrame({"y": [before], "month": [pd.Timestamp(2026, 12, 10)], "text": ["Korea in 2011"]})
    ends = _long(rates).groupby("name").tail(1).assign(nudge=lambda f: f["name"].map(_NUDGES).astype(int))
    hue = series_colors(_HUES)
    lines = _lines(rates).encode(
        x=alt.X("month:T", title=None).axis(format="%b %Y", tickCount=6).scale(domain=["2025-01-01", "2026-12-15"]),
        y=alt.Y("rate:Q", title="percent of value").scale(domain=[0, 18]),
        color=hue,
    )
    beside = alt.Chart(ends).mark_text(align="left", dx=6, dy=alt.expr("datum.nudge"), fontWeight=600)
    return (
        flanked_rules(moments)
        + reference_line(before, color=color("kor"), strokeDash=[6, 3])
        + alt.Chart(past).mark_text(align="right", dy=-8, color=color("kor")).encode(y="y:Q", x="month:T", text="text")
        + lines
        + beside.encode(x="month:T", y="rate:Q", text="name", color=hue)
    ).properties(height=300, description=_rates_in_words(rates, before))


def _rates_in_words(rates: pd.DataFrame, before: float) -> str:
    said = []
    for name, rate in ((str(column), rates[column]) for column in rates):
        told = ", ".join(f"{rate[month]:.1f} in {month:%B %Y}" for month in rates.index[[0, 4, 8, 10, -1]])
        said.append(f"{name[0].upper()}{name[1:]}: {told}.")
    return f"Four lines, percent. {' '.join(said)} Korea’s average of 2011, {before:.1f}, is a broken line."


def _long(rates: pd.DataFrame) -> pd.DataFrame:
    return rates.melt(var_name="name", value_name="rate", ignore_index=False).dropna().reset_index()


def _lines(rates: pd.DataFrame) -> alt.Chart:
    """Return one line for each column, still without axes."""
    tooltip = ["name", alt.Tooltip("month:T", format="%B %Y"), alt.Tooltip("rate:Q", title="%", format=".2f")]
    return alt.Chart(_long(rates)).mark_line(point=POINT).encode(tooltip=tooltip)
