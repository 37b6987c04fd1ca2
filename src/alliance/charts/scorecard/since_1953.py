"""The alliance since the armistice on one line of time: who governed, and what happened in six fields."""

from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.marks import by_choice, chooser, layered, series_colors, tell_choice
from alliance.charts.scorecard.timeline import HUES, governments
from alliance.dates import day, decimal_year, in_words
from press.chapter.theme import color

#: Field of the chart → categories of the chronology; politics at home shows in who governed.
FIELDS = {
    "Treaties, talks": ("alliance and command",),
    "Forces, costs": ("forces", "burden sharing"),
    "Deterrence": ("deterrence",),
    "Trade": ("trade and economy",),
    "North Korea": ("North Korea",),
    "Climate, region": ("climate and region",),
}
#: Entry of the menu → first year shown. The last is that of the chronology.
SPANS = {"1953–2026": 1953, "1990–2026": 1990, "2017–2026": 2017}
#: Date in the chronology → words that fit the chart, and the spans that show them on a wide page and on a phone.
#: A minus sign stands before words that end at their mark.
LANDMARKS = {
    "1953-10-01": ("defense treaty", "1953", "1953"),
    "1978-11-07": ("joint command", "1953", ""),
    "1994-12-01": ("peacetime command", "1990", ""),
    "2021-03-18": ("-fact sheet", "1953 1990 2017", "1953 1990"),
    "2025-11-13": ("-joint fact sheet", "2017", "2017"),
    "1965-10-09": ("Koreans to Vietnam", "1953", ""),
    "1991-01-25": ("first cost-sharing deal", "1953 1990", "1990"),
    "2004-06-07": ("12,500 to leave", "1990", ""),
    "2018-06-29": ("Camp Humphreys", "2017", ""),
    "2024-11-04": ("-12th cost-sharing deal", "2017", "2017"),
    "1979": ("missile limits", "1953", "1953"),
    "1991-09-27": ("nuclear arms withdrawn", "1953 1990", "1990"),
    "2016-07-08": ("-THAAD", "1990", ""),
    "2021-05-21": ("-missile limits end", "2017", "2017"),
    "2023-04-26": ("Washington Declaration", "2017", ""),
    "2007-06-30": ("-free trade signed", "1953 1990", "1953 1990"),
    "2019-01-01": ("amended trade deal", "2017", ""),
    "2025-04-03": ("-car tariff", "2017", "2017"),
    "1968-01-23": ("USS Pueblo", "1953", "1953"),
    "1994-10-21": ("Geneva accord", "1953 1990", "1990"),
    "2010-03-26": ("-Cheonan", "1990", ""),
    "2018-06-12": ("Singapore summit", "2017", ""),
    "2024-06-19": ("-pact with Russia", "2017", "2017"),
    "2016-11-23": ("-accord with Japan", "1953 1990", "1953 1990"),
    "2020-11-04": ("-U.S. leaves Paris", "2017", ""),
    "2023-08-18": ("Camp David", "2017", "2017"),
}
_HEIGHT = 44  # px of a row


def landmarks(chronology: pd.DataFrame) -> pd.DataFrame:
    """Return the events of the six fields: `year`, `when`, `field`, `_row`, `event`, `words`, `left`, `wide`, `phone`.

    Raises
    ------
    KeyError
        The chronology has no event on the date of a landmark.
    """
    field = {category: name for name, categories in FIELDS.items() for category in categories}
    events = chronology[chronology["category"].isin(list(field))].drop_duplicates(["date", "category"])
    if missing := sorted(set(LANDMARKS) - set(events["date"])):
        raise KeyError(f"the chronology has no event of {', '.join(missing)}")
    named = [LANDMARKS.get(date, ("", "", "")) for date in events["date"]]
    return events.assign(
        year=[decimal_year(day(date)) for date in events["date"]],
        when=events["date"].map(in_words),
        field=events["category"].map(field),
        _row=[2.0 + list(FIELDS).index(field[category]) for category in events["category"]],
        words=[words.removeprefix("-") for words, _, _ in named],
        left=[words.startswith("-") for words, _, _ in named],
        wide=[wide for _, wide, _ in named],
        phone=[phone for _, _, phone in named],
    )


def since_1953(
    presidents: pd.DataFrame, chronology: pd.DataFrame, last: pd.Timestamp, narrow: bool = False
) -> alt.LayerChart:
    """Show presidents as bands and the events of the chronology as marks, in six fields, for years that readers choose.

    Parameters
    ----------
    presidents, chronology : DataFrame
        Tables ``presidents`` and ``chronology``.
    last : Timestamp
        Where the line of time ends.
    narrow : bool
        For a phone: fewer words.
    """
    events, terms = landmarks(chronology), governments(presidents, pd.Timestamp(1953, 1, 1), last)
    first = " : ".join(f"years == '{span}' ? {year}" for span, year in SPANS.items()) + " : 0"
    end = decimal_year(last)
    x = alt.X("year:Q", title=None).axis(format="d", tickCount=5 if narrow else 8, grid=False)
    x = x.scale(domainMin=alt.ExprRef(first), domainMax=end, nice=False, zero=False)
    y = _rows(narrow)
    layers = _terms(terms, x, y, 230 if narrow else 530) + _events(events, "phone" if narrow else "wide", x, y)
    told = {span: _told(events[events["year"] >= begin], span) for span, begin in SPANS.items()}
    titles = {span: f"The alliance in the years {span}" for span in list(SPANS)[1:]}
    layers = tell_choice(
        layers.add_params(chooser("years", list(SPANS), "Years ")),
        title=by_choice("years", titles),
        description=by_choice("years", told),
    )
    return layers.properties(height=_HEIGHT * (2 + len(FIELDS)), description=next(iter(told.values())))


def _rows(narrow: bool) -> alt.Y:
    """Return the axis of rows: the two countries, then the fields, each named once."""
    names = ["U.S." if narrow else "United States", "Korea", *FIELDS]
    text = " : ".join(f"datum.value == {row} ? '{name}'" for row, name in enumerate(names)) + " : ''"
    axis = alt.Axis(values=list(range(len(names))), labelExpr=text, grid=True)
    return alt.Y("_row:Q", title=None, axis=axis, scale=alt.Scale(domain=[-0.5, len(names) - 0.5], reverse=True))


def _terms(terms: pd.DataFrame, x: alt.X, y: alt.Y, width: float) -> alt.LayerChart:
    """Return a band for each president, with the name where a chart so many px wide has room for it."""
    bands = terms.assign(
        year=terms["start"].map(decimal_year),
        until=terms["end"].map(decimal_year),
        _top=terms["_row"] - 0.36,
        _bottom=terms["_row"] + 0.36,
    )
    tips = [alt.Tooltip("president", title="President"), alt.Tooltip("country", title="Country")]
    hue = series_colors(HUES, "country:N")
    top = y.copy(deep=True)
    top.shorthand = "_top:Q"
    bars = alt.Chart(bands).mark_bar(stroke=color("paper"), strokeWidth=1, clip=True)
    bars = bars.encode(x=x, x2="until", y=top, y2="_bottom", color=hue, tooltip=tips)
    names = alt.Chart(_names(bands, width)).transform_filter("datum.span == years")
    return bars + names.mark_text(color=color("paper"), fontWeight=600).encode(x=x, y=y, text="surname")


def _names(bands: pd.DataFrame, width: float) -> pd.DataFrame:
    """Return where names stand for each span of years: the middle of what is seen of a band, if that is wide enough."""
    end = bands["until"].max()
    parts = []
    for span, first in SPANS.items():
        start = bands["year"].clip(lower=first)
        room = (bands["until"] - start) / (end - first) * width
        wide = room > 7 * bands["surname"].str.len() + 4  # a letter takes some 7 px
        names = bands.assign(year=(start + bands["until"]) / 2, span=span)
        parts.append(names.loc[wide, ["span", "year", "_row", "surname"]])
    return pd.concat(parts)


def _events(events: pd.DataFrame, spans: str, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Return a mark for each event, and the words of those that the chosen years name."""
    tips = [alt.Tooltip("event", title="Event"), alt.Tooltip("when", title="Date")]
    marks = alt.Chart(events).mark_point(size=80, filled=True, opacity=0.85, color=color("slate"), clip=True)
    layers = [marks.encode(x=x, y=y, tooltip=tips)]
    sides: dict[bool, dict[str, Any]] = {False: {"align": "left", "dx": -3}, True: {"align": "right", "dx": 3}}
    for left, side in sides.items():
        named = events[(events["left"] == left) & (events[spans] != "")]
        words = alt.Chart(named).transform_filter(f"indexof(datum.{spans}, slice(years, 0, 4)) >= 0")
        layers.append(words.mark_text(dy=-14, **side).encode(x=x, y=y, text="words"))
    return layered(*layers)


def _told(events: pd.DataFrame, span: str) -> str:
    """Return what the chart shows, in sentences."""
    fields = "; ".join(
        f"{field}: {', '.join(f'{words} ({when})' for words, when in zip(part['words'], part['when'], strict=True))}"
        for field, part in events[events["words"] != ""].groupby("field", sort=False)
    )
    return f"Presidents of the two countries as bands, {span}, and {len(events)} events in six fields. {fields}."
