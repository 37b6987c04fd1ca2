"""The meetings of the two governments on one line of time: a row for each forum, its silences shaded."""

import json
from typing import Any, Literal

import altair as alt
import pandas as pd

from alliance import dialogue
from alliance.charts.dialogue.names import AFTER, BEFORE, FULL, OUTSIDE, PROMISED, ROLES, SHORT
from alliance.charts.marks import layered, president_bands
from alliance.dates import in_words
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
_FEW_WORDS = {"Counted toward the promises": "Toward the promises"}  # on a phone
_FIRST, _LAST = "2006-01-01", "2026-01-01"  # before, the table has the Security Consultative Meeting alone
_LEVELS = {  # by the Korean side’s rank in the data; the American side has no vice-ministers
    "vice-ministers": "vice-minister, deputy or under secretary",
    "directors-general": "director-general, deputy assistant secretary",
}
_TOP, _HEADING, _ROW = 62, 30, 39  # px: the first heading, from a heading to its first row, from row to row


class _Layout:
    """Where rows and years stand: names of rows left of them, on a phone above them.

    Attributes
    ----------
    narrow : bool
        Whether it is the layout for phones.
    rows : dict
        Full name of a forum → px from the top.
    headings : list of dict
        The text of each heading, and its px from the top.
    height : float
        Of the chart, px.
    """

    def __init__(self, narrow: bool):
        self.narrow = narrow
        self.rows: dict[str, float] = {}
        self.headings: list[dict[str, Any]] = []
        y = float(_TOP)
        for heading, forums in _GROUPS.items():
            self.headings.append({"text": _FEW_WORDS.get(heading, heading) if narrow else heading, "y": y})
            y += _HEADING
            for forum in forums:
                y += _ROW if self.rows and forum != forums[0] else 10 if narrow else 4
                self.rows[FULL[forum]] = y
            y += _HEADING if narrow else _HEADING + 8
        self.height = y - 8

    def x(self, field: str = "day:T", domain: bool = True) -> alt.X:
        """Return the axis of time, with space for the last dates at its right.

        Marks with two ends leave the `domain` to the others: Vega-Lite would read it once more, and not as days.
        """
        ticks = [{"year": year} for year in range(2006, 2027, 4)]
        whole = [_FIRST, "2028-10-01"] if self.narrow else ["1995-05-01", "2029-06-01"]
        scale = alt.Scale(domain=whole if domain else alt.Undefined, nice=False)
        return alt.X(field, title=None, scale=scale).axis(format="%Y", values=ticks, domain=False, ticks=False)

    def y(self, field: str = "y:Q") -> alt.Y:
        """Return the axis of rows, in px from the top."""
        return alt.Y(field).scale(domain=[self.height, 0], nice=False, zero=False).axis(None)

    def at(self) -> str:
        """Return the expression of where a forum’s row stands, px from the top."""
        return f"{json.dumps(self.rows, ensure_ascii=False)}[datum.forum]"


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
    narrow : bool
        The layout for phones.
    """
    layout = _Layout(narrow)
    forums = dated[dated["mechanism"].isin(FULL)]
    shown = _told_of(forums[forums["day"] >= _FIRST])
    gaps = _gaps(forums, silent)
    chart = layered(
        *_in_office(presidents, layout),
        _silences(gaps, layout),
        _announcement(layout),
        _rows(shown, layout),
        _dots(shown, layout),
        _other_name(dated, layout),
        _lengths(gaps, layout),
    )
    return chart.properties(height=layout.height, description=_told(forums, gaps))


def _in_office(presidents: pd.DataFrame, layout: _Layout) -> list[alt.Chart]:
    """Return two strips with the presidents of either country; the last runs beyond."""
    strips: list[Any] = []
    countries: list[tuple[Literal["USA", "KOR"], str, str]] = [
        ("USA", "U.S.", "U.S. presidents"),
        ("KOR", "Korea", "Korean presidents"),
    ]
    for place, (country, few, whole) in enumerate(countries):
        latest = presidents[presidents["country"] == country].sort_values("took_office").iloc[-1]
        ends = [{"day": latest["took_office"], "text": latest["surname"]}]
        name = [{"text": few if layout.narrow else whole}]
        y = 21 * place
        words: dict[str, Any] = {"y": y + 10, "baseline": "middle", "color": color("muted"), "fontSize": 13}
        least = 3.2 if country == "USA" else 2.2
        bands, names = president_bands(presidents, country, (2006, 2026), x="date", min_years=least)
        label = alt.Chart(alt.InlineData(values=ends, name=f"strip-{country}"))
        strips += [
            bands.encode(x=layout.x("start:T", domain=False), y=alt.value(y), y2=alt.value(y + 20)),
            names.mark_text(**words).encode(x=layout.x("middle:T")),
            label.mark_text(align="left", dx=3, **words).encode(x=layout.x(), text="text:N"),
            alt.Chart(alt.InlineData(values=name, name=f"whose-{country}"))
            .mark_text(align="left", dx=3 if layout.narrow else 0, **words)
            .encode(x=alt.value(0), text="text:N"),
        ]
    return strips


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


def _silences(gaps: pd.DataFrame, layout: _Layout) -> alt.Chart:
    """Return the shaded silences, in another color those that last."""
    tooltip = [
        alt.Tooltip("forum:N", title="Forum"),
        alt.Tooltip("silent_from:T", title="No meeting from", format="%B %Y"),
        alt.Tooltip("silent_to:T", title="To", format="%B %Y"),
        alt.Tooltip("years:Q", title="Length in years", format=".1f"),
        alt.Tooltip("state:N", title="State"),
    ]
    hue = alt.condition("datum.state == 'ended'", alt.value(color("shade")), alt.value(color("blush")))
    at = layout.at()
    return (
        alt.Chart(gaps)
        .transform_calculate(top=f"{at} - 9", bottom=f"{at} + 9")
        .mark_rect()
        .encode(
            x=layout.x("silent_from:T", domain=False),
            x2="silent_to:T",
            y=layout.y("top:Q"),
            y2="bottom:Q",
            color=hue,
            tooltip=tooltip,
        )
    )


def _lengths(gaps: pd.DataFrame, layout: _Layout) -> alt.Chart:
    """Return the lengths of the silences that last, from their beginning on."""
    values = [
        {
            "day": f"{row.silent_from:%Y-%m-%d}",
            "y": layout.rows[row.forum],
            "text": f"{row.years:.0f} yr" if layout.narrow else f"{row.years:.0f} years",
        }
        for row in records(gaps[gaps["state"] != "ended"])
    ]
    words = alt.Chart(alt.InlineData(values=values, name="lengths")).mark_text(align="left", dx=9, fontWeight=600)
    return words.encode(x=layout.x(), y=layout.y(), text="text:N")


def _announcement(layout: _Layout) -> alt.LayerChart:
    """Return a short rule in each row at the day of the promise, with the date above."""
    at = f"{dialogue.PROMISE:%Y-%m-%d}"
    values = [{"day": at, "top": y - 9, "bottom": y + 9} for y in layout.rows.values()]
    rules = alt.Chart(alt.InlineData(values=values, name="announcement")).mark_rule(color=color("ink"))
    words = "promised" if layout.narrow else f"promised {dialogue.PROMISE:%B %Y}"
    date = alt.Chart(alt.InlineData(values=[{"day": at, "y": _TOP, "text": words}], name="date"))
    return rules.encode(x=layout.x(), y=layout.y("top:Q"), y2="bottom:Q") + date.mark_text(
        color=color("muted"), fontSize=13
    ).encode(x=layout.x(), y=layout.y(), text="text:N")


def _rows(shown: pd.DataFrame, layout: _Layout) -> alt.LayerChart:
    """Return the names of the rows, who meets there, and the last date of each at its right."""
    short = {name: SHORT[forum] for forum, name in FULL.items()}
    rows = [
        {
            "text": short[row.forum],
            "who": ROLES[row.forum],
            "y": layout.rows[row.forum],
            "last": f"{row.day:%b %Y}",
            "start": _FIRST,
            "end": _LAST,
        }
        for row in records(shown.groupby("forum", as_index=False).agg(day=("day", "max")))
    ]
    base = alt.Chart(alt.InlineData(values=rows, name="rows")).encode(y=layout.y())
    heads = alt.Chart(alt.InlineData(values=layout.headings, name="headings")).encode(y=layout.y())
    last = alt.Chart(alt.InlineData(values=[{"day": _LAST, "y": _TOP}], name="last")).encode(x=layout.x(), y=layout.y())
    quiet: dict[str, Any] = {"align": "left", "fontSize": 13, "color": color("muted")}
    names = base.mark_text(align="left", dy=-18 if layout.narrow else -8, x=0).encode(text="text:N")
    if not layout.narrow:
        names += base.mark_text(dy=9, x=0, **quiet).encode(text="who:N")
    return (
        base.mark_rule(color=color("rule")).encode(x=layout.x("start:T", domain=False), x2="end:T")
        + names
        + base.mark_text(dx=9, **quiet).encode(x=layout.x("end:T"), text="last:N")
        + heads.mark_text(align="left", x=0, fontWeight=600, color=color("muted")).encode(text="text:N")
        + last.mark_text(dx=9, text="last met", **quiet)
    )


def _dots(shown: pd.DataFrame, layout: _Layout) -> alt.LayerChart:
    """Return the meetings: gray before the announcement, in color after it, hollow where only the month is known.

    Larger points that cannot be seen lie over them: they are what the pointer or a finger meets.
    """
    hue = {"before": color(BEFORE), "after": color(AFTER)}
    scale = alt.Scale(domain=list(hue), range=list(hue.values()))
    stroke, fill = alt.Stroke("period:N", legend=None, scale=scale), alt.Fill("period:N", legend=None, scale=scale)
    hollow = alt.condition("datum.precision == 'month'", alt.value(color("paper")), fill)
    base = alt.Chart(shown).transform_calculate(y=layout.at()).encode(x=layout.x(), y=layout.y())
    dots = base.mark_point(size=52, filled=True, strokeWidth=1.4, opacity=1).encode(stroke=stroke, fill=hollow)
    targets = base.mark_circle(size=240, opacity=0, color=color(AFTER))
    return dots + targets.encode(tooltip=_tooltip())


def _other_name(dated: pd.DataFrame, layout: _Layout) -> alt.Chart:
    """Return the talks of directors-general after the announcement that had another name, as an open diamond."""
    outside = (dated["mechanism"] == OUTSIDE) & (dated["level"] == "directors-general")
    talks = _told_of(dated[outside & (dated["day"] > dialogue.PROMISE)])
    talks = talks.assign(forum="Consultation of the same offices, under another name")
    mark = (
        alt.Chart(talks)
        .transform_calculate(y=str(layout.rows[FULL[PROMISED[0]]]))
        .mark_point(shape="diamond", size=80, fill=color("paper"), stroke=color(AFTER), strokeWidth=1.6, opacity=1)
    )
    return mark.encode(x=layout.x(), y=layout.y(), tooltip=_tooltip())


def _told_of(meetings: pd.DataFrame) -> pd.DataFrame:
    """Return what the timeline tells of each meeting."""
    month_only = meetings["precision"] != "day"
    return pd.DataFrame(
        {
            "forum": meetings["mechanism"].map(FULL),
            "round": meetings["round"].astype("string").fillna("without a number"),
            "day": meetings["day"],
            "date": meetings["date"].map(in_words),
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
