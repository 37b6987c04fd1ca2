"""Who met and when: the meetings of the two governments, and the visits of presidents."""

import altair as alt
import pandas as pd

from alliance import dialogue
from alliance.charts.marks import chooser, end_labels, series_colors
from press.chapter.theme import color

#: Talks of directors-general that belong to no series: examples, which are not compared.
OUTSIDE = "Talks outside a series"

#: Kinds of meeting in the order of the rows, and the names on the axis.
SHORT = {
    "Security Consultative Meeting": "SCM",
    "2+2 ministerial": "2+2",
    "Integrated Defense Dialogue": "KIDD",
    "Strategic Dialogue": "Strategic",
    "Senior Economic Dialogue": "Economic",
    "Extended Deterrence Strategy and Consultation Group": "EDSCG",
    "Bilateral Policy Dialogue": "Policy",
    "Southeast Asia dialogue": "Southeast Asia",
    "Nuclear Consultative Group": "NCG",
    "Trilateral Indo-Pacific Dialogue": "Trilateral",
    OUTSIDE: "Other talks",
}

#: The series of meetings.
SERIES = [name for name in SHORT if name != OUTSIDE]

_LEVELS = {  # by the Korean side’s rank in the data; the American side has no vice-ministers
    "vice-ministers": "vice-minister, deputy or under secretary",
    "directors-general": "director-general, deputy assistant secretary",
}
_SHOWN = ["series", "name", "nth", "day", "date", "place", "level", "known", "source_title", "confidence", "second"]
_WAYS = {
    "to the United States": "Korean presidents to the United States",
    "to Korea": "American presidents to Korea",
}


def timeline(dated: pd.DataFrame, heads: pd.DataFrame, silent: int) -> alt.LayerChart:
    """Show a dot for each meeting, one row for each series, and above them the visits of presidents since 1999.

    Parameters
    ----------
    dated : DataFrame
        Meetings as `alliance.dialogue.dated` returns them.
    heads : DataFrame
        Visits of presidents in ``leader_visits``, with their first day in ``day`` (Timestamp).
    """
    heads = heads[heads["day"] >= "1999"]
    shown = pd.concat([_meetings_shown(dated), _visits_shown(heads)])
    rows = ["Leaders", *SHORT.values()]
    promise = alt.Chart(pd.DataFrame({"day": [dialogue.PROMISE], "text": ["March 18, 2021"]})).encode(x="day:T")
    known = {"day known": color("kor"), "month only": color("paper")}
    dots = alt.Chart(shown).mark_point(size=55, filled=True, stroke=color("kor"), strokeWidth=1.4)
    dots = dots.encode(
        x=alt.X("day:T", title=None).axis(format="%Y", tickCount=7),
        y=alt.Y("series:N", title=None, sort=rows).axis(grid=True),
        fill=alt.Fill("known:N", legend=None).scale(domain=list(known), range=list(known.values())),
        opacity=alt.condition("series_shown == 'all' || datum.series == series_shown", alt.value(1), alt.value(0.1)),
        tooltip=[
            alt.Tooltip("name", title="meeting"),
            alt.Tooltip("nth", title="round"),
            "date",
            "place",
            "level",
            alt.Tooltip("source_title", title="source"),
            alt.Tooltip("second", title="second source"),
            "confidence",
        ],
    )
    label = promise.mark_text(align="right", dx=-5, color=color("muted"), baseline="middle")
    chart = promise.mark_rule(strokeDash=[3, 3]) + dots + label.encode(y=alt.value(327), text="text")
    choice = chooser("series_shown", ["all", *rows], "Series ")
    return chart.add_params(choice).properties(height=358, description=_timeline_told(dated, len(heads)))


def _meetings_shown(dated: pd.DataFrame) -> pd.DataFrame:
    """Return what the timeline says of each meeting."""
    return dated.assign(
        series=dated["mechanism"].map(SHORT),
        name=dated["mechanism"],
        nth=dated["round"].astype("string").fillna("not counted"),
        level=dated["level"].replace(_LEVELS),
        second=dated["second_source_title"].fillna("none"),
        known=dated["precision"].map({"day": "day known", "month": "month only", "about": "month only"}),
    )[_SHOWN]


def _visits_shown(heads: pd.DataFrame) -> pd.DataFrame:
    """Return the same columns for visits of presidents."""
    return heads.assign(
        series="Leaders",
        name="Visit of " + heads["visitor"],
        nth="",
        date=heads["start"],
        place=heads["place"].fillna("United States"),
        level="leaders",
        known="day known",
        confidence="as listed",
        second="none",
    )[_SHOWN]


def _timeline_told(dated: pd.DataFrame, visits: int) -> str:
    years = dated["day"].dt.year.groupby(dated["mechanism"])
    series = [(name, years.get_group(kind)) for kind, name in SHORT.items()]
    told = [f"{name}: {len(part)}, from {part.min()} to {part.max()}." for name, part in series]
    return f"A dot for each meeting, one row for each series. {' '.join(told)} Visits of presidents: {visits}."


def policy(rounds: pd.Series, pace: pd.Series) -> alt.LayerChart:
    """Show the rounds of the Bilateral Policy Dialogue as a count, beside one a quarter.

    Parameters
    ----------
    rounds : Series of Timestamp
        Days of the rounds, in order.
    pace : Series of Timestamp
        Days on which rounds would have been held.
    """
    found, planned = "found", "once a quarter"
    steps = pd.DataFrame({"day": rounds, "rounds": range(1, len(rounds) + 1), "line": found})
    level = pd.DataFrame({"day": [dialogue.CUTOFF], "rounds": len(rounds), "line": found})
    even = pd.DataFrame({"day": pace, "rounds": range(1, len(pace) + 1), "line": planned})
    names = pd.DataFrame({"day": ["2024-06-01", "2023-06-01"], "rounds": [4.4, 12.6], "line": [found, planned]})
    hue = series_colors({found: "kor", planned: "other"}, "line:N")
    dash = alt.StrokeDash("line:N", legend=None).scale(domain=[found, planned], range=[[1, 0], [4, 3]])
    x, y = alt.X("day:T", title=None).axis(format="%Y", tickCount=6), alt.Y("rounds:Q", title="rounds")
    lines = alt.Chart(pd.concat([steps, level, even])).mark_line(interpolate="step-after", strokeWidth=2.4)
    dots = alt.Chart(steps).mark_circle(size=70, color=color("kor"), opacity=1)
    labels = alt.Chart(names.astype({"day": "datetime64[us]"})).mark_text(fontWeight=600)
    told = (
        f"Two stepped lines. Found: rounds on {', '.join(f'{day:%B} {day.day}' for day in rounds)}, all in 2021, "
        f"then level at {len(rounds)} to the end of 2025. At one a quarter the count would rise evenly to {len(pace)}."
    )
    return (
        lines.encode(x=x, y=y, color=hue, strokeDash=dash)
        + dots.encode(x="day:T", y="rounds:Q", tooltip=[alt.Tooltip("day:T", format="%B %-d, %Y"), "rounds"])
        + labels.encode(x="day:T", y="rounds:Q", text="line", color=hue)
    ).properties(height=250, description=told)


def silences(series: pd.DataFrame) -> alt.LayerChart:
    """Show the longest silence of each series as a bar, and the median interval as a tick.

    Parameters
    ----------
    series : DataFrame
        `alliance.dialogue.by_series`; talks outside a series are left out.
    """
    states = {False: "ended", True: "lasting at the end of 2025"}
    bars = series.loc[SERIES].reset_index()
    bars = bars.assign(
        series=bars["mechanism"].map(SHORT),
        years=bars["longest_days"] / 365.25,
        usual=bars["median_days"] / 365.25,
        state=bars["open"].map(states),
        period=bars["longest_start"].dt.strftime("%b %Y") + " – " + bars["longest_end"].dt.strftime("%b %Y"),
    )[["series", "mechanism", "years", "usual", "state", "period", "meetings"]]
    ranked = bars.sort_values("years", ascending=False)
    told = [
        f"{row.mechanism}: {row.years:.1f} years{'' if row.state == 'ended' else ', lasting'}; "
        f"median between meetings {row.usual:.1f}."
        for row in ranked.itertuples()
    ]
    base = alt.Chart(bars).encode(y=alt.Y("series:N", title=None, sort=ranked["series"].tolist()).axis(grid=False))
    usual = alt.Tooltip("usual", title="median interval, years", format=".1f")
    return (
        base.mark_bar(height=14).encode(
            x=alt.X("years:Q", title="years"),
            color=series_colors({"ended": "kor", states[True]: "tint"}, "state:N", legend=alt.Legend()),
            tooltip=["mechanism", "meetings", "period", alt.Tooltip("years", format=".1f"), usual],
        )
        + base.mark_tick(thickness=3, size=20, color=color("ink")).encode(x="usual:Q")
        + base.mark_text(align="left", dx=4, color=color("muted")).encode(
            x="years:Q", text=alt.Text("years:Q", format=".1f")
        )
    ).properties(height=300, description=f"Bars. {' '.join(told)}")


def intervals(groups: pd.DataFrame) -> alt.LayerChart:
    """Show meetings a year before and after the announcement, with their intervals.

    Parameters
    ----------
    groups : DataFrame
        Columns of `alliance.dialogue.before_after`, indexed by ``group`` of series.
    """
    periods = {"before": "other", "after": "kor"}
    columns = ["meetings", "rate", "low", "high"]
    parts = [
        groups[[period, f"{period}_rate", f"{period}_low", f"{period}_high"]]
        .set_axis(columns, axis=1)
        .assign(period=period)
        .reset_index()
        for period in periods
    ]
    points = pd.concat(parts)
    told = [
        f"{row.group}, {row.period}: {row.rate:.1f}, from {row.low:.1f} to {row.high:.1f}."
        for row in points.itertuples()
    ]
    base = alt.Chart(points).encode(
        y=alt.Y("group:N", title=None, sort=groups.index.tolist()).axis(grid=False, labelLimit=150),
        yOffset=alt.YOffset("period:N").scale(domain=list(periods)),
        color=series_colors(periods, "period:N", legend=alt.Legend()),
    )
    x = alt.X("low:Q", title="meetings a year").scale(domain=[0, 12])
    tooltip = ["group", "period", "meetings", *(alt.Tooltip(name, format=".2f") for name in columns[1:])]
    return (
        base.mark_rule(strokeWidth=2.4).encode(x=x, x2="high:Q")
        + base.mark_circle(size=80, opacity=1).encode(x="rate:Q", tooltip=tooltip)
    ).properties(height=210, description=f"Points with intervals, meetings a year. {' '.join(told)}")


def before_after(counts: pd.DataFrame, older: list[str], newer: list[str]) -> alt.LayerChart:
    """Show for each forum how many meetings were found before and after the announcement."""
    rows = counts.loc[[*older, *newer]].reset_index()
    base = alt.Chart(rows).encode(y=alt.Y("mechanism:N", title=None))
    return (
        base.mark_circle(color=color("other")).encode(x="before:Q")
        + base.mark_circle(color=color("kor")).encode(x="after:Q")
    ).properties(description="Dots.")


def years(counts: pd.DataFrame, newer: list[str]) -> alt.Chart:
    """Show the meetings found in each calendar year, those of newer series on top.

    Parameters
    ----------
    counts : DataFrame
        `alliance.dialogue.yearly_counts`.
    newer : list of str
        Series that began after the announcement.
    """
    kinds = counts["mechanism"].isin(newer).map({True: "newer series", False: "older series"})
    stacked = counts.assign(kind=kinds).groupby(["year", "kind"], as_index=False)["meetings"].sum()
    told = [f"{year} {count}" for year, count in stacked.groupby("year")["meetings"].sum().items()]
    bars = alt.Chart(stacked).mark_bar().transform_calculate(rank="datum.kind == 'newer series' ? 1 : 0")
    return bars.encode(
        x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(2006, 2027, 3))),
        y=alt.Y("meetings:Q", title="meetings"),
        color=series_colors({"older series": "kor", "newer series": "tint"}, "kind:N", legend=alt.Legend()),
        order=alt.Order("rank:Q"),
        tooltip=["year", "kind", "meetings"],
    ).properties(height=230, description=f"Stacked bars, meetings found in a year: {', '.join(told)}.")


def visits(heads: pd.DataFrame) -> alt.LayerChart:
    """Show visits of presidents by year: Korean ones upward, American ones downward.

    Parameters
    ----------
    heads : DataFrame
        Visits of presidents in ``leader_visits``, with their first day in ``day`` (Timestamp).
    """
    ways = heads.assign(
        year=heads["day"].dt.year,
        length=(pd.to_datetime(heads["end"]) - heads["day"]).dt.days + 1,
        way=heads["direction"].map(_WAYS),
    )[["visitor", "way", "start", "year", "length", "place", "remarks"]]
    ways["nth"] = ways.groupby(["way", "year"]).cumcount() + 1
    ways["step"] = ways["nth"].where(ways["way"].str.startswith("Korean"), -ways["nth"])
    told = [
        f"{way}: {len(part)} visits, the first in {part['year'].min()}, the last in {part['year'].max()}."
        for way, part in ways.groupby("way")
    ]
    names = pd.DataFrame({"year": [1951, 1951], "step": [3.0, -3.0], "way": list(_WAYS.values())})
    hue = series_colors(dict(zip(_WAYS.values(), ["kor", "usa"], strict=True)), "way:N")
    x = alt.X("year:Q", title=None).axis(format="d", tickCount=7).scale(domain=[1950, 2027], nice=False)
    y = alt.Y("step:Q", title=None).axis(None).scale(domain=[-3.6, 3.6])
    tooltip = ["visitor", "start", alt.Tooltip("length", title="days"), "place", "remarks"]
    return (
        alt.Chart(pd.DataFrame({"step": [0]})).mark_rule(color=color("rule")).encode(y=y)
        + alt.Chart(ways).mark_circle(size=60, opacity=1).encode(x=x, y=y, color=hue, tooltip=tooltip)
        + end_labels(names, x, y, "way", dx=0).encode(color=hue)
    ).properties(height=190, description=f"Dots by year in two rows. {' '.join(told)}")


def series_table(series: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    """Return one line for each kind of meeting: how many, how far apart, the longest silence, before and after.

    Parameters
    ----------
    series : DataFrame
        `alliance.dialogue.by_series`.
    counts : DataFrame
        `alliance.dialogue.before_after`, without talks outside a series.
    """
    frame = series.loc[list(SHORT)].join(counts[["before", "after"]]).reset_index()
    lasting = [
        "lasting" if is_open else f"{end:%m/%Y}"
        for is_open, end in zip(frame["open"], frame["longest_end"], strict=True)
    ]
    frame = frame.assign(
        begin=frame["first"].dt.strftime("%m/%Y"),
        latest=frame["last"].dt.strftime("%m/%Y"),
        between=frame["median_days"] / 30.44,
        longest=frame["longest_days"] / 365.25,
        since=frame["longest_start"].dt.strftime("%m/%Y") + " – " + lasting,
    )
    # examples: neither their intervals nor their silences mean anything
    frame.loc[frame["mechanism"] == OUTSIDE, ["between", "longest", "since"]] = None
    return frame
