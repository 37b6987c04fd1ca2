"""Rates of duty: on Korean goods since 2011, under the free trade agreement, and by origin since 2025."""

from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from alliance.charts.economy.text import ROOM_RIGHT, spread
from alliance.charts.marks import (
    end_labels,
    enumerated,
    event_rules,
    layered,
    nearest,
    president_bands,
    reference_line,
    series_colors,
)
from alliance.dates import decimal_year
from press.chapter.theme import POINT, color

_HUES = {"Korea": "kor", "Japan": "jpn", "Germany": "deu", "all partners": "other"}


class _Act(NamedTuple):
    """An act that moved the rate, its words on a page and on a phone, and where they stand."""

    month: str
    words: str
    few: str
    high: float
    left: bool  # whether the words stand left of the point


_JUMP = "2025-04-01"  # the month of the tariffs, whose words stand out
_ACTS = [  # a line break is written |
    _Act("2012-04-01", "KORUS in force,|March 2012", "KORUS,|2012", 3.2, left=False),
    _Act("2016-01-01", "duty on cars ends,|January 2016", "cars free,|2016", 3.2, left=False),
    _Act(_JUMP, "tariffs on cars and|“reciprocal” tariffs,|April 2025", "new tariffs,|April 2025", 8.2, left=True),
    _Act("2025-11-01", "rates cut,|November 2025", "rate cut,|Nov. 2025", 4, left=False),
    _Act("2026-02-01", "court ruling,|February 2026", "ruling,|Feb. 2026", 11.2, left=False),
]


def duty_line(rate: pd.Series, presidents: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show the collected rate on Korean goods in one line, with U.S. presidents and the acts that moved it.

    Parameters
    ----------
    rate : Series
        Indexed by month, percent of the value of imports.
    presidents : DataFrame
        Table `presidents`.
    narrow : bool
        The layout for phones.
    """
    frame = rate.rename("rate").rename_axis("date").reset_index()
    first, last = rate.index[[0, -1]]
    years = [pd.Timestamp(year, 1, 1) for year in range(first.year, last.year + 1, 5)]
    x = alt.X("date:T", title=None).scale(domain=[first, last]).axis(format="%Y", values=years)
    lines = alt.Chart(frame).mark_line(color=color("kor"), strokeWidth=2.8, point=POINT)
    lines = lines.encode(
        x=x,
        y=alt.Y("rate:Q", title="percent of value").scale(domain=[0, 17]).axis(values=[0, 5, 10, 15]),
        tooltip=[
            alt.Tooltip("date:T", title="Month", format="%B %Y"),
            alt.Tooltip("rate:Q", title="Duty on Korean goods, % of value", format=".1f"),
        ],
    )
    span = (decimal_year(first), decimal_year(last))
    bands = president_bands(presidents, "USA", span, x="date", min_years=1.2)
    acts = [layer for act in _ACTS for layer in _act_marks(rate, act, narrow)]
    return layered(*bands, *acts, *_values(frame, narrow), lines, *nearest(lines, "date")).properties(
        height=320 if narrow else 330, padding=ROOM_RIGHT, description=_line_in_words(rate)
    )


def _act_marks(rate: pd.Series, act: _Act, narrow: bool) -> list[alt.Chart]:
    """Return the point of an act on the line, and its words with a fine line to the point."""
    text = act.few if narrow else act.words
    place = {"date": f"{act.month}T00:00:00", "rate": float(rate[act.month]), "high": act.high, "text": text}
    base = alt.Chart(alt.InlineData(values=[place], name=f"act-{act.month}")).encode(x="date:T")
    stem = base.mark_rule(color=color("muted"), strokeWidth=1).encode(y="rate:Q", y2="high:Q")
    point = base.mark_circle(size=46, color=color("kor"), opacity=1).encode(y="rate:Q")
    words = base.mark_text(
        color=color("ink" if act.month == _JUMP else "muted"),
        align="right" if act.left else "left",
        dx=-6 if act.left else 6,
        dy=-16 * text.count("|"),
        lineBreak="|",
        lineHeight=16,
        fontSize=13,
    ).encode(y="high:Q", text="text:N")
    return [stem, point, words]


def _values(frame: pd.DataFrame, narrow: bool) -> list[alt.Chart]:
    """Return the values at the peak and at the end of the line."""
    marks = []
    for row, up in ((frame.loc[[frame["rate"].idxmax()]], 4), (frame.iloc[[-1]], 0)):
        (rate,), (month,) = row["rate"], row["date"]
        label = row.assign(text=f"{rate:.1f}%" if narrow else f"{rate:.1f}% in|{month:%B %Y}")
        place: dict[str, Any] = {"color": color("kor"), "lineBreak": "|", "dx": 8, "dy": -up}
        marks.append(end_labels(label, "date:T", "rate:Q", "text", **place))
    return marks


def _line_in_words(rate: pd.Series) -> str:
    peak, last = rate.index[int(rate.argmax())], rate.index[-1]
    return (
        f"One line. The duty on Korean goods was about {rate['2011'].mean():.1f} percent of their value in 2011. "
        f"It fell to {rate['2012-04-01']:.1f} in April 2012 and to {rate['2016-01-01']:.1f} in January 2016, "
        f"and was {rate['2025-03-01']:.1f} in March 2025. It jumped to {rate['2025-04-01']:.1f} in April 2025 and "
        f"peaked at {rate[peak]:.1f} in {peak:%B %Y}. After the tariff deal it was {rate['2025-11-01']:.1f} in "
        f"November 2025, and {rate[last]:.1f} in {last:%B %Y}."
    )


def duties_under_agreement(rates: pd.DataFrame) -> alt.LayerChart:
    """Show the collected rates on Korean and Japanese goods, with the two dates of the agreement.

    Parameters
    ----------
    rates : DataFrame
        Indexed by month: `Korea` and `Japan`, percent of the value of imports.
    """
    words = ["KORUS", "duty on cars ends"]
    dates = pd.DataFrame({"month": pd.to_datetime(["2012-03-15", "2016-01-01"]), "text": words})
    first, last = rates.index[[0, -1]]
    hue = series_colors({name: _HUES[name] for name in ("Korea", "Japan")})
    x = alt.X("month:T", title=None).scale(domain=[first, last]).axis(format="%Y", tickCount=7)
    y = alt.Y("rate:Q", title="percent of value").scale(domain=[0, 2.3]).axis(values=[0, 0.5, 1, 1.5, 2])
    lines = _lines(rates).encode(x=x, y=y, color=hue)
    ends = end_labels(_long(rates).groupby("name").tail(1), x, "rate:Q").encode(color=hue)
    rules = event_rules(dates, "month:T", fontSize=13)
    korea, japan = rates["Korea"], rates["Japan"]
    return layered(*rules, lines, *nearest(lines, "month"), ends).properties(
        height=280,
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
    words = ["rates cut, Nov. 2025", "court ruling, Feb. 2026"]
    dates = pd.DataFrame({"month": pd.to_datetime(["2025-11-14", "2026-02-20"]), "text": words})
    past = pd.DataFrame({"y": [before], "month": [pd.Timestamp(2025, 8, 1)], "text": ["Korea in 2011"]})
    ends = _long(rates).groupby("name").tail(1).set_index("name")
    ends = ends.assign(rate=spread(ends["rate"], 1.1)).reset_index()
    hue = series_colors(_HUES)
    first, last = rates.index[[0, -1]]
    x = alt.X("month:T", title=None).scale(domain=[first, last])
    x = x.axis(format="%b %Y", values=pd.date_range(first, last, freq="6MS").to_list())
    y = alt.Y("rate:Q", title="percent of value").scale(domain=[0, 20]).axis(values=[0, 5, 10, 15])
    lines = _lines(rates).encode(x=x, y=y, color=hue)
    rules = [
        *event_rules(dates[:1], "month:T", fontSize=13, align="right", dx=-4),
        *event_rules(dates[1:], "month:T", fontSize=13, y=22),
    ]
    level = alt.Chart(past).mark_text(dy=-10, color=color("kor"))
    return layered(
        *rules,
        reference_line(before, color=color("kor")),
        level.encode(y="y:Q", x="month:T", text="text"),
        lines,
        *nearest(lines, "month"),
        end_labels(ends, x, "rate:Q").encode(color=hue),
    ).properties(height=320, description=_rates_in_words(rates, before))


def _rates_in_words(rates: pd.DataFrame, before: float) -> str:
    korea, last = rates["Korea"], rates.index[-1]
    course = ", ".join(f"{korea[month]:.1f} in {month:%B %Y}" for month in rates.index[[0, 8, 10]])
    ends = enumerated(f"{rates[name][last]:.1f} for {name}" for name in ("Korea", "Japan", "Germany", "all partners"))
    return (
        f"Four lines, percent of value, which rise together in spring 2025. On Korean goods the duty was {course}. "
        f"In {last:%B %Y} it was {ends}. In 2011 the rate on Korean goods was {before:.1f}."
    )


def _long(rates: pd.DataFrame) -> pd.DataFrame:
    return rates.melt(var_name="name", value_name="rate", ignore_index=False).dropna().reset_index()


def _lines(rates: pd.DataFrame) -> alt.Chart:
    """Return one line for each column, still without axes."""
    tooltip = [
        alt.Tooltip("name:N", title="Goods from"),
        alt.Tooltip("month:T", title="Month", format="%B %Y"),
        alt.Tooltip("rate:Q", title="Duty, % of value", format=".1f"),
    ]
    size = alt.when("datum.name == 'Korea'").then(alt.value(3)).otherwise(alt.value(1.6))
    return alt.Chart(_long(rates)).mark_line(point=POINT).encode(size=size, tooltip=tooltip)
