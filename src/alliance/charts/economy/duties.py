"""Rates of duty: on Korean goods since 2011, under the free trade agreement, and by origin since 2025."""

import altair as alt
import pandas as pd

from alliance.charts.economy.text import grid, spread
from alliance.charts.marks import event_rules, reference_line, series_colors
from press.chapter.theme import POINT, color

_HUES = {"Korea": "kor", "Japan": "jpn", "Germany": "deu", "all partners": "other"}
_SINCE = [  # of the long line: month, words, narrow words, place of the words, and on which side of it they stand
    ("2012-04-01", ["KORUS in force", "March 2012"], ["KORUS", "2012"], ("2012-03-15", 3.4), "left"),
    ("2016-01-01", ["Duty on cars ends", "January 2016"], ["Cars free", "2016"], ("2016-01-01", 3.4), "left"),
    ("2025-04-01", ["Tariffs on cars and", "“reciprocal”, April 2025"], ["New tariffs", "April 2025"], None, "right"),
    ("2025-11-01", ["Joint fact sheet", "Nov. 2025"], ["Fact sheet", "Nov. ’25"], ("2025-11-10", 12.6), "left"),
    ("2026-02-01", ["Court ruling", "Feb. 2026"], ["Ruling", "Feb. ’26"], ("2026-03-01", 9.9), "left"),
]


def duty_line(rate: pd.Series, narrow: bool = False) -> alt.LayerChart:
    """Show the collected rate on Korean goods in one line, with the acts that moved it.

    Parameters
    ----------
    rate : Series
        Indexed by month, percent of the value of imports.
    narrow : bool
        The layout for phones.
    """
    first, last, peak = rate.index[0], rate.index[-1], rate.idxmax()
    x = alt.X("month:T", title=None).scale(domain=[first, pd.Timestamp(2031 if narrow else 2028, 6, 1)])
    x = x.axis(format="%Y", values=[pd.Timestamp(year, 1, 1) for year in range(2011, 2027, 5)], domain=False)
    y = alt.Y("rate:Q", title="percent of value").scale(domain=[0, 16]).axis(values=[0, 5, 10, 15], grid=False)
    frame = rate.rename("rate").rename_axis("month").reset_index()
    before = rate.loc["2011"].mean()
    line = alt.Chart(frame).mark_line(color=color("kor"), strokeWidth=2.6, point=POINT)
    tooltip = [
        alt.Tooltip("month:T", title="Month", format="%B %Y"),
        alt.Tooltip("rate:Q", title="Duty on Korean goods, % of value", format=".1f"),
    ]
    told = [
        ("2025-09-01", f"{rate[peak]:.0f}% in {peak:%B %Y}" if not narrow else f"{rate[peak]:.0f}%", "right", -7, -2),
        (last, f"{rate[last]:.1f}% in", "left", 7, 10),
        (last, f"{last:%B %Y}" if not narrow else f"{last:%b} ’{last:%y}", "left", 7, 26),
        ("2013-10-01" if not narrow else "2011-02-01", f"2011: {before:.1f}%", "left", 2, -18 if not narrow else -6),
    ]
    layers = [grid([0, 5, 10, 15], first, last), line.encode(x=x, y=y, tooltip=tooltip)]
    for month, words, align, dx, dy in told[:3]:
        spot = pd.DataFrame({"month": [pd.Timestamp(month)], "rate": [rate[pd.Timestamp(month)]], "text": [words]})
        mark = alt.Chart(spot).mark_text(align=align, dx=dx, dy=dy, fontWeight=600, fontSize=14, color=color("kor"))
        layers.append(mark.encode(x=x, y=y, text="text"))
    layers += [_told(rate, x, narrow, *event) for event in _SINCE]
    return alt.layer(*layers).properties(height=330 if not narrow else 300, description=_line_in_words(rate))


def _told(rate: pd.Series, x: alt.X, narrow: bool, month: str, words: list[str], few: list[str], place, align: str):
    """Return an event's words beside its place, with a fine line to the point of its month."""
    at = pd.Timestamp(month)
    when, high = place or (month, rate[at])
    text = few if narrow else words
    spot = pd.DataFrame({"month": [pd.Timestamp(when)], "rate": [high], "end": [rate[at]], "text": ["|".join(text)]})
    shift = {"left": 5, "right": -8}[align] if month > "2025" else 0
    mark = alt.Chart(spot).mark_text(
        align=align,
        dx=shift,
        dy=-20 if month < "2025" else -8,
        lineBreak="|",
        fontSize=13,
        lineHeight=16,
        color=color("ink"),
    )
    stem = alt.Chart(spot).mark_rule(color=color("muted"), strokeWidth=1)
    dot = alt.Chart(spot.assign(rate=rate[at], month=at)).mark_circle(size=38, color=color("kor"), opacity=1)
    parts = [dot.encode(x=x, y="rate:Q"), mark.encode(x=x, y="rate:Q", text="text")]
    if month < "2025":
        parts.append(stem.encode(x=x, y="rate:Q", y2="end:Q"))
    return alt.layer(*parts)


def _line_in_words(rate: pd.Series) -> str:
    peak, last = rate.idxmax(), rate.index[-1]
    return (
        f"One line. The duty on Korean goods was about {rate['2011'].mean():.1f} percent of their value in 2011. "
        f"It fell to {rate['2012-04-01']:.1f} in April 2012 and to {rate['2016-01-01']:.1f} in January 2016, "
        f"and was {rate['2025-03-01']:.1f} in March 2025. It jumped to {rate['2025-04-01']:.1f} in April 2025 and "
        f"peaked at {rate[peak]:.1f} in {peak:%B %Y}. After the fact sheet it was {rate['2025-11-01']:.1f} in "
        f"November 2025, and {rate[last]:.1f} in {last:%B %Y}."
    )


def duties_under_agreement(rates: pd.DataFrame) -> alt.LayerChart:
    """Show the collected rates on Korean and Japanese goods, with the two dates of the agreement.

    Parameters
    ----------
    rates : DataFrame
        Indexed by month: `Korea` and `Japan`, percent of the value of imports.
    """
    words = ["KORUS in force, March 2012", "Duty on cars ends, January 2016"]
    dates = pd.DataFrame({"month": pd.to_datetime(["2012-03-15", "2016-01-01"]), "text": words})
    names = pd.DataFrame({"month": pd.to_datetime(["2020-01-01"] * 2), "rate": [1.9, 0.5], "name": ["Japan", "Korea"]})
    hue = series_colors({name: _HUES[name] for name in ("Korea", "Japan")})
    lines = _lines(rates).encode(
        x=alt.X("month:T", title=None).axis(format="%Y", tickCount=7),
        y=alt.Y("rate:Q", title="percent of value").scale(domain=[0, 2.3]).axis(values=[0, 0.5, 1, 1.5, 2]),
        color=hue,
    )
    labels = alt.Chart(names).mark_text(fontWeight=600, fontSize=14)
    rules = [
        event_rules(dates[i : i + 1], "month:T", y=y, fontSize=13, color=color("ink")) for i, y in ((0, 2), (1, 20))
    ]
    korea, japan = rates["Korea"], rates["Japan"]
    return (alt.layer(*rules) + lines + labels.encode(x="month:T", y="rate:Q", text="name", color=hue)).properties(
        height=270,
        description=f"Two lines. The duty on Korean goods fell from {korea['2012-03-01']:.1f} percent of value in "
        f"March 2012 to {korea['2012-04-01']:.1f} in April, and from {korea['2015-12-01']:.1f} in December 2015 to "
        f"{korea['2016-01-01']:.1f} in January 2016; in December 2024 it was {korea['2024-12-01']:.1f}. On Japanese "
        f"goods it went from {japan['2011-01-01']:.1f} in January 2011 to {japan['2024-12-01']:.1f} in December 2024 "
        f"and never fell below {japan.min():.1f}.",
    )


def duties_since_2025(rates: pd.DataFrame, before: float) -> alt.LayerChart:
    """Show the collected rates since January 2025 by origin, beside Korea's average of 2011.

    Parameters
    ----------
    rates : DataFrame
        Indexed by month: `Korea`, `Japan`, `Germany` and `all partners`, percent of the value of imports.
    before : float
        Average rate on Korean goods in 2011.
    """
    words = ["fact sheet, Nov. 2025", "court ruling, Feb. 2026"]
    dates = pd.DataFrame({"month": pd.to_datetime(["2025-11-14", "2026-02-20"]), "text": words})
    past = pd.DataFrame({"y": [before], "month": [pd.Timestamp(2025, 6, 1)], "text": ["Korea in 2011"]})
    ends = _long(rates).groupby("name").tail(1).set_index("name")
    ends = ends.assign(rate=spread(ends["rate"], 1.1)).reset_index()
    hue = series_colors(_HUES)
    first, last = rates.index[[0, -1]]
    x = alt.X("month:T", title=None).axis(format="%b %Y", tickCount=5).scale(domain=[first, pd.Timestamp(2027, 1, 15)])
    lines = _lines(rates).encode(
        x=x.axis(format="%b %Y", values=pd.date_range(first, last, freq="6MS").to_list()),
        y=alt.Y("rate:Q", title="percent of value").scale(domain=[0, 19]).axis(values=[0, 5, 10, 15], grid=False),
        color=hue,
    )
    beside = alt.Chart(ends).mark_text(align="left", dx=8, fontWeight=600, fontSize=13)
    sides = ({"align": "right", "dx": -4}, {"align": "left", "dx": 4})
    rules = [event_rules(dates[i : i + 1], "month:T", fontSize=13, **side) for i, side in enumerate(sides)]
    level = alt.Chart(past).mark_text(dy=-9, fontSize=13, color=color("kor"))
    return (
        alt.layer(grid([0, 5, 10, 15], first, last), *rules)
        + reference_line(before, color=color("kor"), strokeDash=[2, 3])
        + level.encode(y="y:Q", x="month:T", text="text")
        + lines
        + beside.encode(x="month:T", y="rate:Q", text="name", color=hue)
    ).properties(height=320, description=_rates_in_words(rates, before))


def _rates_in_words(rates: pd.DataFrame, before: float) -> str:
    said = []
    for name, rate in ((str(column), rates[column]) for column in rates):
        told = ", ".join(f"{rate[month]:.1f} in {month:%B %Y}" for month in rates.index[[0, 8, 10, -1]])
        said.append(f"{name[0].upper()}{name[1:]}: {told}.")
    return f"Four lines, percent of value. {' '.join(said)} In 2011 the rate on Korean goods was {before:.1f}."


def _long(rates: pd.DataFrame) -> pd.DataFrame:
    return rates.melt(var_name="name", value_name="rate", ignore_index=False).dropna().reset_index()


def _lines(rates: pd.DataFrame) -> alt.Chart:
    """Return one line for each column, still without axes."""
    tooltip = [
        alt.Tooltip("name:N", title="Goods from"),
        alt.Tooltip("month:T", title="Month", format="%B %Y"),
        alt.Tooltip("rate:Q", title="Duty, % of value", format=".2f"),
    ]
    return alt.Chart(_long(rates)).mark_line(point=POINT).encode(tooltip=tooltip)
