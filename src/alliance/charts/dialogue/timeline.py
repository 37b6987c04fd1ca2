"""The meetings of the two governments on one line of time: a row for each forum, its silences shaded."""

import json
from typing import Any, Literal, cast

import altair as alt
import pandas as pd

from alliance import dialogue
from alliance.charts.dialogue.names import AFTER, BEFORE, FULL, OUTSIDE, PROMISED, ROLES
from alliance.charts.marks import president_bands
from alliance.rows import records
from press.chapter.theme import color

#: The forums of the other rows: those of ministers and vice-ministers, then those of officials.
_OTHERS = [
    "2+2 ministerial",
    "Strategic Dialogue",
    "Extended Deterrence Strategy and Consultation Group",
    "Security Consultative Meeting",
    "Integrated Defense Dialogue",
    "Nuclear Consultative Group",
]
_GROUPS = {"Counted toward the promises": PROMISED, "Other forums": _OTHERS}
_FIRST, _LAST = "2006-01-01", "2026-01-01"  # before, the table has the Security Consultative Meeting alone
_DOMAIN = [_FIRST, "2028-10-01"]  # of the axis, with space for the last dates
_LEVELS = {  # by the Korean side’s rank in the data; the American side has no vice-ministers
    "vice-ministers": "vice-minister, deputy or under secretary",
    "directors-general": "director-general, deputy assistant secretary",
}
_TOP, _HEADING, _ROW = 62, 30, 39  # px: the first heading, from a heading to its first row, from row to row


def timeline(dated: pd.DataFrame, presidents: pd.DataFrame, silent: int, narrow: bool = False) -> alt.LayerChart:
    """Show a dot for each meeting since 2006, one row for each forum, silences shaded, the last date at the right.

    Parameters
    ----------
    dated : DataFrame
        Meetings as `alliance.dialogue.dated` returns them.
    presidents : DataFrame
        Table ``presidents``.
    silent : int
        Months without a meeting from which a silence is shaded.
    """
    places, headings, height = _places()
    forums = dated[dated["mechanism"].isin(FULL)]
    shown = _told_of(forums[forums["day"] >= _FIRST])
    gaps = _gaps(forums, silent)
    rows = [
        {
            "text": _row_name(row.forum, narrow),
            "y": places[row.forum],
            "last": f"{row.day:%b %Y}",
            "start": _FIRST,
            "end": _LAST,
        }
        for row in records(shown.groupby("forum", as_index=False).agg(day=("day", "max")))
    ]
    chart = (
        _in_office(presidents)
        + _silences(gaps, places)
        + _announcement(places, narrow)
        + _rows(rows, headings)
        + _dots(shown, places)
        + _other_name(dated, places[FULL[PROMISED[0]]])
    )
    chart += _lengths(gaps, places, narrow)
    return chart.properties(height=height, description=_told(forums, gaps))


def _places() -> tuple[dict[str, float], list[dict[str, Any]], float]:
    """Return where each row stands (px from the top), the headings with theirs, and the height of the chart."""
    y = float(_TOP)
    rows: dict[str, float] = {}
    headings: list[dict[str, Any]] = []
    for heading, forums in _GROUPS.items():
        headings.append({"text": heading, "y": y})
        y += _HEADING
        for forum in forums:
            y += _ROW if rows and forum != forums[0] else 10
            rows[FULL.get(forum, forum)] = y
        y += _HEADING
    return rows, headings, y - 8


def _x(field: str = "day:T", domain: bool = True) -> alt.X:
    """Return the axis of time, with space for the last dates at its right.

    Marks with two ends leave the `domain` to the others: Vega-Lite would read it once more, and not as days.
    """
    ticks = [{"year": year} for year in range(2006, 2027, 4)]
    scale = alt.Scale(domain=_DOMAIN if domain else alt.Undefined, nice=False)
    return alt.X(field, title=None, scale=scale).axis(format="%Y", values=ticks, domain=False, ticks=False)


def _y(field: str = "y:Q") -> alt.Y:
    """Return the axis of rows, in px from the top."""
    height = _places()[2]
    return alt.Y(field).scale(domain=[height, 0], nice=False, zero=False).axis(None)


def _in_office(presidents: pd.DataFrame) -> alt.LayerChart:
    """Return two strips with the presidents of either country; its name stands in the first, the last runs beyond."""
    strips: list[Any] = []
    countries: list[tuple[Literal["USA", "KOR"], str]] = [("USA", "U.S."), ("KOR", "Korea")]
    for place, (country, name) in enumerate(countries):
        latest = presidents[presidents["country"] == country].sort_values("took_office").iloc[-1]
        ends = [{"day": _FIRST, "text": name}, {"day": latest["took_office"], "text": latest["surname"]}]
        y = 21 * place
        words: dict[str, Any] = {"y": y + 10, "baseline": "middle", "color": color("muted"), "fontSize": 13}
        both = president_bands(presidents, country, (2006, 2026), x="date", min_years=3.2 if country == "USA" else 2.2)
        bands, names = (part.properties(data=both.data) for part in both.layer)
        label = alt.Chart(alt.InlineData(values=ends, name=f"strip-{country}"))
        strips += [
            bands.encode(x=_x("start:T", domain=False), y=alt.value(y), y2=alt.value(y + 20)),
            names.mark_text(**words).encode(x=_x("middle:T")),
            label.mark_text(align="left", dx=3, **words).encode(x=_x(), text="text:N"),
        ]
    return cast(alt.LayerChart, alt.layer(*strips))


def _gaps(forums: pd.DataFrame, silent: int) -> pd.DataFrame:
    """Return the silences longer than some months, those that last with the end of counting."""
    ends = forums.groupby("mechanism")["day"].max().rename("start").reset_index()
    ended = dialogue.intervals(forums)[["mechanism", "start", "end"]].assign(state="ended")
    every = pd.concat([ended, ends.assign(end=dialogue.CUTOFF, state="lasting at the end of 2025")])
    years = (every["end"] - every["start"]).dt.days / 365.25
    table = pd.DataFrame(
        {
            "forum": every["mechanism"].map(FULL),
            "silent_from": every["start"],
            "silent_to": every["end"],
            "years": years.round(1),
            "state": every["state"],
        }
    )
    return table[years > silent / 12]


def _silences(gaps: pd.DataFrame, places: dict[str, float]) -> alt.Chart:
    """Return the shaded silences, in another color those that last."""
    tooltip = [
        alt.Tooltip("forum:N", title="Forum"),
        alt.Tooltip("silent_from:T", title="No meeting from", format="%B %Y"),
        alt.Tooltip("silent_to:T", title="To", format="%B %Y"),
        alt.Tooltip("years:Q", title="Length in years", format=".1f"),
        alt.Tooltip("state:N", title="State"),
    ]
    hue = alt.condition("datum.state == 'ended'", alt.value(color("shade")), alt.value(color("blush")))
    shades = alt.Chart(gaps).transform_calculate(top=f"{_at(places)} - 8", bottom=f"{_at(places)} + 8")
    return shades.mark_rect().encode(
        x=_x("silent_from:T", domain=False), x2="silent_to:T", y=_y("top:Q"), y2="bottom:Q", color=hue, tooltip=tooltip
    )


def _lengths(gaps: pd.DataFrame, places: dict[str, float], narrow: bool) -> alt.Chart:
    """Return the lengths of the silences, written where there is room; on a phone the number alone."""
    values = [
        {
            "day": f"{_middle(row.silent_from, row.silent_to):%Y-%m-%d}",
            "y": places[row.forum],
            "text": f"{row.years:.1f}" if narrow else f"{row.years:.1f} years",
        }
        for row in records(gaps[gaps["years"] > 2.6])
    ]
    words = alt.Chart(alt.InlineData(values=values, name="lengths")).mark_text(fontSize=13)
    return words.encode(x=_x(), y=_y(), text="text:N")


def _middle(start: pd.Timestamp, end: pd.Timestamp) -> pd.Timestamp:
    """Return the middle of a silence, or of its longer part where the day of the promise falls into it."""
    if start < dialogue.PROMISE < end:
        start, end = max((start, dialogue.PROMISE), (dialogue.PROMISE, end), key=lambda part: part[1] - part[0])
    return start + (end - start) / 2


def _at(places: dict[str, float]) -> str:
    """Return the expression of where a forum’s row stands, px from the top."""
    return f"{json.dumps(places, ensure_ascii=False)}[datum.forum]"


def _announcement(places: dict[str, float], narrow: bool) -> alt.LayerChart:
    """Return a short rule in each row at the day of the promise, with the date above where there is room."""
    at = f"{dialogue.PROMISE:%Y-%m-%d}"
    values = [{"day": at, "top": y - 9, "bottom": y + 9} for y in places.values()]
    rules = alt.Chart(alt.InlineData(values=values, name="announcement")).mark_rule(color=color("ink"))
    date = [{"day": at, "y": _TOP, "text": "" if narrow else f"{dialogue.PROMISE:%B %-d, %Y}"}]
    words = alt.Chart(alt.InlineData(values=date, name="date")).mark_text(color=color("muted"), fontSize=13)
    return rules.encode(x=_x(), y=_y("top:Q"), y2="bottom:Q") + words.encode(x=_x(), y=_y(), text="text:N")


def _rows(rows: list[dict[str, Any]], headings: list[dict[str, Any]]) -> alt.LayerChart:
    """Return the names of the rows above them, and the last date of each at its right."""
    base = alt.Chart(alt.InlineData(values=rows, name="rows")).encode(y=_y())
    heads = alt.Chart(alt.InlineData(values=headings, name="headings")).encode(y=_y())
    return (
        base.mark_rule(color=color("rule")).encode(x=_x("start:T", domain=False), x2="end:T")
        + base.mark_text(align="left", dy=-17, x=0).encode(text="text:N")
        + base.mark_text(align="left", dx=9, fontSize=13, color=color("muted")).encode(x=_x("end:T"), text="last:N")
        + heads.mark_text(align="left", x=0, fontWeight=600, color=color("muted")).encode(text="text:N")
        + alt.Chart(alt.InlineData(values=[{"day": _LAST, "y": _TOP}], name="last"))
        .mark_text(align="left", dx=9, text="last met", fontSize=13, color=color("muted"))
        .encode(x=_x(), y=_y())
    )


def _row_name(forum: str, narrow: bool) -> str:
    """Word a row: the forum’s full name and who meets there; on a phone only what is needed."""
    if narrow:
        return forum.replace(" Strategy and Consultation", "")
    return f"{forum} – {ROLES[forum]}" if forum in ROLES else forum


def _dots(shown: pd.DataFrame, places: dict[str, float]) -> alt.LayerChart:
    """Return the meetings: gray before the announcement, in color after it, hollow where only the month is known.

    Larger points that cannot be seen lie over them: they are what the pointer or a finger meets.
    """
    hue = {"before": color(BEFORE), "after": color(AFTER)}
    scale = alt.Scale(domain=list(hue), range=list(hue.values()))
    stroke, fill = alt.Stroke("period:N", legend=None, scale=scale), alt.Fill("period:N", legend=None, scale=scale)
    hollow = alt.condition("datum.precision == 'month'", alt.value(color("paper")), fill)
    base = alt.Chart(shown).transform_calculate(y=_at(places)).encode(x=_x(), y=_y())
    dots = base.mark_point(size=52, filled=True, strokeWidth=1.4, opacity=1).encode(stroke=stroke, fill=hollow)
    targets = base.mark_circle(size=240, opacity=0, color=color(AFTER))
    return dots + targets.encode(tooltip=_tooltip())


def _other_name(dated: pd.DataFrame, y: float) -> alt.Chart:
    """Return the talks of directors-general after the announcement that had another name, as an open diamond."""
    outside = (dated["mechanism"] == OUTSIDE) & (dated["level"] == "directors-general")
    talks = _told_of(dated[outside & (dated["day"] > dialogue.PROMISE)])
    talks = talks.assign(forum="Consultation of the same offices, under another name")
    mark = (
        alt.Chart(talks)
        .transform_calculate(y=str(y))
        .mark_point(shape="diamond", size=80, fill=color("paper"), stroke=color(AFTER), strokeWidth=1.6, opacity=1)
    )
    return mark.encode(x=_x(), y=_y(), tooltip=_tooltip())


def _told_of(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return what the timeline tells of each meeting."""
    month_only = meetings["precision"] != "day"
    days = meetings["day"].dt
    return pd.DataFrame(
        {
            "forum": meetings["mechanism"].map(FULL),
            "round": meetings["round"].astype("string").fillna("without a number"),
            "day": meetings["day"],
            "date": days.strftime("%B %-d, %Y").mask(month_only, days.strftime("%B %Y")),
            "precision": month_only.map({True: "month", False: "day"}),
            "period": _period(meetings["day"]),
            "place": meetings["place"].fillna("not known"),
            "level": meetings["level"].replace(_LEVELS),
            "source": meetings["source_title"],
            "second_source": meetings["second_source_title"].fillna("none"),
        }
    )


def _period(days: pd.Series) -> pd.Series:
    return (days > dialogue.PROMISE).map({True: "after", False: "before"})


def _tooltip() -> list[alt.Tooltip]:
    titles = {
        "forum": "Forum",
        "round": "Round",
        "date": "Date",
        "place": "Place",
        "level": "Level",
        "source": "Source",
        "second_source": "Second source",
    }
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def _told(forums: pd.DataFrame, gaps: pd.DataFrame) -> str:
    """Tell the chart in words."""
    last = forums.groupby("mechanism")["day"].max()
    promised = [f"{FULL[name]} in {last[name]:%B %Y}" for name in PROMISED]
    longest = gaps.sort_values("years", ascending=False).head(4)
    silences = [f"{row.forum}, {row.years:.1f} years" for row in records(longest)]
    return (
        f"A dot for each meeting, one row for each forum. Last meetings of the promised dialogues: "
        f"{'; '.join(promised)}. Longest silences: {'; '.join(silences)}. "
        "The Security Consultative Meeting was held each year."
    )
