"""The years since the fact sheet on one line of time: who governed, what was agreed, what cut against it."""

from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.marks import layered, series_colors
from alliance.countries import NAMES
from press.chapter.theme import color

BIDEN = pd.Timestamp(2021, 1, 20)  # the first day of the government that issued the fact sheet
#: Country → color of its presidents.
HUES = {NAMES["USA"]: "usa", NAMES["KOR"]: "kor"}
_DISRUPTED = "disrupted", "cross", "rose"
#: Day of an event in the chronology → kind, row on a wide page, side of its words, words that fit the chart.
MILESTONES = {
    "2021-03-18": ("agreed", 2.3, "right", "the 25 promises"),
    "2021-04-08": ("agreed", 3.0, "right", "cost sharing to 2025"),
    "2023-04-26": ("agreed", 3.0, "right", "Washington Declaration"),
    "2023-08-18": ("agreed", 2.3, "right", "Camp David summit"),
    "2024-11-04": ("agreed", 3.7, "left", "cost sharing to 2030"),
    "2025-11-13": ("agreed", 3.0, "left", "trade deal"),
    "2024-12-03": ("disrupted", 4.9, "left", "martial law in Korea"),
    "2025-01-27": ("disrupted", 5.6, "left", "U.S. to leave Paris Agreement"),
    "2025-04-03": ("disrupted", 4.9, "right", "U.S. tariff on cars"),
    "2026-02-20": ("disrupted", 6.3, "left", "court voids some tariffs"),
}


def milestones(chronology: pd.DataFrame) -> pd.DataFrame:
    """Return the events of the timeline: `day`, `kind`, `_row`, `_side`, `short`, and the chronology’s words, `event`.

    Raises
    ------
    KeyError
        The chronology has no event of one of the days.
    """
    events = chronology.drop_duplicates("date").set_index("date")["event"]
    rows = [(pd.Timestamp(day), *how, events[day]) for day, how in MILESTONES.items()]
    return pd.DataFrame(rows, columns=["day", "kind", "_row", "_side", "short", "event"])


def governments(presidents: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Return who held office between two days: `country`, `president`, `surname`, `start`, `end`, `_row`."""
    days = presidents.assign(
        start=[max(pd.Timestamp(day), first) for day in presidents["took_office"]],
        end=[min(pd.Timestamp(day), last) for day in presidents["left_office"].fillna(str(last.date()))],
    ).assign(_row=presidents["country"].map({"USA": 0.0, "KOR": 1.0}))
    days["country"] = days["country"].map(NAMES)
    return days.loc[days["start"] < days["end"], ["country", "president", "surname", "start", "end", "_row"]]


def timeline(
    presidents: pd.DataFrame, chronology: pd.DataFrame, last: pd.Timestamp, narrow: bool = False
) -> alt.LayerChart:
    """Show presidents as bands and milestones as marks, from January 20, 2021 to a last day.

    Parameters
    ----------
    presidents, chronology : DataFrame
        Tables ``presidents`` and ``chronology``.
    last : Timestamp
        Where the line of time ends.
    narrow : bool
        For a phone: each milestone on a row of its own.
    """
    terms, events = governments(presidents, BIDEN, last), milestones(chronology)
    if narrow:
        events["_row"] = [2.4 + 0.75 * place for place in range(len(events))]
        events.loc[events["day"].dt.year >= 2024, "_side"] = "left"
    y = _rows(events, max(events["_row"]) + 0.6, "U.S." if narrow else "United States")
    layers = _bands(terms, y) + _marks(events, "agreed", "circle", "slate", y) + _marks(events, *_DISRUPTED, y)
    return layers.properties(height=430 if narrow else 285, description=_told(terms, events))


def _rows(events: pd.DataFrame, last: float, usa: str) -> alt.Y:
    """Return the axis of rows: the two countries, then what was agreed and what disrupted, each named once."""
    middle = events.groupby("kind")["_row"].mean()
    names = {0.0: usa, 1.0: "Korea", middle["agreed"]: "agreed", middle["disrupted"]: "shocks"}
    text = " : ".join(f"abs(datum.value - {at}) < 0.01 ? '{name}'" for at, name in names.items()) + " : ''"
    axis = alt.Axis(values=list(names), labelExpr=text, grid=False)
    return alt.Y("_row:Q", title=None, axis=axis, scale=alt.Scale(domain=[-0.5, last], reverse=True, nice=False))


def _bands(terms: pd.DataFrame, y: alt.Y) -> alt.LayerChart:
    """Return a band for each president, with the name in it."""
    base = alt.Chart(terms.assign(_top=terms["_row"] - 0.42, _bottom=terms["_row"] + 0.42))
    tips = [
        alt.Tooltip("president", title="President"),
        alt.Tooltip("country", title="Country"),
        alt.Tooltip("start:T", title="From", format="%B %-d, %Y"),
        alt.Tooltip("end:T", title="To", format="%B %-d, %Y"),
    ]
    hue = series_colors(HUES, "country:N")
    time = alt.X("start:T", title=None).axis(format="%Y", tickCount="year")
    top = y.copy(deep=True)
    top.shorthand = "_top:Q"
    bars = base.mark_bar(stroke=color("paper"), strokeWidth=2).encode(x=time, x2="end", y=top, y2="_bottom", color=hue)
    names = base.mark_text(align="left", dx=7, color=color("paper"), fontWeight=600).encode(x=time, y=y, text="surname")
    return bars.encode(tooltip=tips) + names


def _marks(events: pd.DataFrame, kind: str, shape: str, hue: str, y: alt.Y) -> alt.LayerChart:
    """Return a mark for each milestone of a kind, with its words beside it."""
    tips = [alt.Tooltip("event", title="Event"), alt.Tooltip("day:T", title="Day", format="%B %-d, %Y")]
    shown = events[events["kind"] == kind]
    place: dict[str, Any] = {"x": alt.X("day:T", title=None), "y": y}
    marks = alt.Chart(shown).mark_point(size=110, filled=True, opacity=1, shape=shape, color=color(hue))
    layers = [marks.encode(**place, tooltip=tips)]
    sides: dict[str, dict[str, Any]] = {"right": {"align": "left", "dx": 9}, "left": {"align": "right", "dx": -9}}
    for side, mark in sides.items():
        if not (words := shown[shown["_side"] == side]).empty:  # no axis over an empty layer
            layers.append(alt.Chart(words).mark_text(**mark).encode(**place, text="short"))
    return layered(*layers)


def _told(terms: pd.DataFrame, events: pd.DataFrame) -> str:
    """Return what the chart shows, in sentences."""
    who = "; ".join(
        f"{country}: {', then '.join(part['president'])}" for country, part in terms.groupby("country", sort=False)
    )
    kinds = {
        kind: "; ".join(f"{short} ({day:%B %Y})" for short, day in zip(part["short"], part["day"], strict=True))
        for kind, part in events.groupby("kind")
    }
    return f"Presidents by country. {who}. Agreed: {kinds['agreed']}. Shocks: {kinds['disrupted']}."
