"""How often the two governments met: rounds, silences, before and after; and the visits of presidents."""

from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.dialogue.names import AFTER, BEFORE, OUTSIDE, SERIES, SHORT
from alliance.charts.marks import end_labels, enumerated, series_colors
from alliance.rows import records
from press.chapter.theme import color

_WAYS = {
    "to the United States": "Korean presidents to the United States",
    "to Korea": "American presidents to Korea",
}
YEAR = 365.25  # days
_NO_HEADING = "indexof(datum.label, ' forums: ') > 0 ? '' : "
_ONE_LINE = _NO_HEADING + "datum.label"
_IS_LONG = "length(datum.label) > 18"
_TWO_LINES = (
    _NO_HEADING
    + _IS_LONG
    + " ? [{first}, {second}] : datum.label".format(
        first="slice(datum.label, 0, lastindexof(slice(datum.label, 0, 19), ' '))",
        second="slice(datum.label, lastindexof(slice(datum.label, 0, 19), ' ') + 1)",
    )
)  # a long name: broken at the last space of its first 19 letters


def silences(series: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show the longest silence of each forum as a bar, and the median interval as a tick.

    Parameters
    ----------
    series : DataFrame
        `alliance.dialogue.by_series`; talks outside a series are left out.
    """
    bars = series.loc[SERIES].reset_index()
    bars = bars.assign(
        forum=bars["mechanism"].map(SHORT),
        years=bars["longest_days"] / YEAR,
        usual=bars["median_days"] / YEAR,
        state=bars["open"].map({False: "ended", True: "lasting"}),
        period=bars["longest_start"].dt.strftime("%B %Y") + " to " + bars["longest_end"].dt.strftime("%B %Y"),
        text=[_length(row, narrow) for row in bars.itertuples()],
    )
    labels, bars = bars[["forum", "years", "text"]], bars[["forum", "years", "usual", "state", "period", "meetings"]]
    ranked = bars.sort_values("years", ascending=False)
    long, short, lasting = ("years > 4", "years < 1", "state == 'lasting'")
    names = [enumerated(ranked.query(kind)["forum"]) for kind in (long, short, lasting)]
    told = (
        f"Bars from {ranked['years'].min():.1f} to {ranked['years'].max():.1f} years. Silent for more than four years: "
        f"{names[0]}. Never silent for a year: {names[1]}. Silent at the end of 2025: {names[2]}."
    )
    y = _forums(ranked["forum"].tolist(), narrow)
    tooltip = [
        alt.Tooltip("forum:N", title="Forum"),
        alt.Tooltip("period:N", title="Longest silence"),
        alt.Tooltip("years:Q", title="Its length in years", format=".1f"),
        alt.Tooltip("usual:Q", title="Usual interval in years", format=".1f"),
        alt.Tooltip("meetings:Q", title="Meetings found"),
    ]
    x = alt.X("years:Q", title="years").axis(values=[0, 1, 2, 3, 4, 5], format="d")
    x = x.scale(domain=[0, 5.6 if narrow else 6.6], nice=False)
    states = {"ended": "mist", "lasting": "rose"}
    words = "datum.label == 'lasting' ? 'lasting at the end of 2025' : 'ended'"
    hue = series_colors(states, "state:N", legend=alt.Legend(values=list(states), labelExpr=words))
    base = alt.Chart(bars).encode(y=y)
    return (
        base.mark_bar(height=15).encode(x=x, color=hue, tooltip=tooltip)
        + base.mark_tick(thickness=5, size=23, color=color("paper")).encode(x="usual:Q")  # seen on dark bars, too
        + base.mark_tick(thickness=3, size=21, color=color("ink")).encode(x="usual:Q")
        + alt.Chart(labels).mark_text(align="left", dx=5).encode(y=y, x="years:Q", text="text:N")
    ).properties(height=360, description=told)


def _length(row: Any, narrow: bool) -> str:
    """Word the longest silence of a forum; on a phone without its years."""
    if narrow:
        return f"{row.longest_days / YEAR:.1f}"
    spans = f"{row.longest_start.year}–{row.longest_end.year}" if row.longest_days > YEAR else f"{row.longest_end.year}"
    return f"{row.longest_days / YEAR:.1f}, {'still lasting' if row.open else spans}"


def _forums(order: list[str], narrow: bool) -> alt.Y:
    """Return an axis of forums, with room for wider letters; on a phone long names take two lines."""
    axis = alt.Axis(
        grid=False,
        labelLimit=0,
        labelExpr=_TWO_LINES if narrow else _ONE_LINE,
        labelOffset={"condition": {"test": _IS_LONG, "value": -8}, "value": 0} if narrow else 0,
        domain=False,
        labelPadding=8,
        minExtent=120 if narrow else 225,
    )
    return alt.Y("forum:N", title=None, sort=order, axis=axis).scale(domain=order)


def before_after(counts: pd.DataFrame, older: list[str], newer: list[str], narrow: bool = False) -> alt.LayerChart:
    """Show for each forum how many meetings were found before the announcement, and how many after it.

    Parameters
    ----------
    counts : DataFrame
        `alliance.dialogue.before_after`.
    older, newer : list of str
        Forums that existed at the announcement, and those that began later.
    """
    rows: list[tuple] = []
    for kind, names in {"Older": older, "Newer": newer}.items():
        group = counts.loc[names].sort_values(["after", "before"], ascending=False)
        words = "{} forums: {} → {}" if narrow else "{} forums: {} before, {} after"
        rows.append((words.format(kind, group["before"].sum(), group["after"].sum()), None, None))
        rows += [(SHORT[str(row.Index)], row.before, row.after) for row in group.itertuples()]
    table = pd.DataFrame(rows, columns=["forum", "before", "after"])
    y = _forums(table["forum"].tolist(), narrow)
    headings = [{"forum": name} for name in table.loc[table["after"].isna(), "forum"]]
    table = table.dropna().astype({"before": int, "after": int})
    long = table.melt("forum", ["before", "after"], "period", "meetings")
    ends = table.assign(
        meetings=table[["before", "after"]].max(axis=1),
        text=[f"{row.before} → {row.after}" for row in table.itertuples()],
    )
    x = alt.X("meetings:Q", title="meetings found").axis(values=[0, 2, 4, 6, 8, 10])
    x = x.scale(domain=[-0.3, 13 if narrow else 11], nice=False)
    hue = series_colors({"before": BEFORE, "after": AFTER}, "period:N", legend=alt.Legend())
    tooltip = [
        alt.Tooltip("forum:N", title="Forum"),
        alt.Tooltip("period:N", title="Before or after March 18, 2021"),
        alt.Tooltip("meetings:Q", title="Meetings found"),
    ]
    base = alt.Chart(long).encode(y=y, x=x, color=hue, tooltip=tooltip)
    heads = alt.Chart(alt.InlineData(values=headings, name="headings")).encode(y=y)
    elder, younger = table[table["before"] > 0], table[table["before"] == 0]
    busiest = elder.iloc[elder["after"].argmax()]
    told = (
        f"Two dots for each forum. In the {len(elder)} older forums the two counts differ by at most "
        f"{(elder['after'] - elder['before']).abs().max()} meetings. The {busiest['forum']} met most often, "
        f"{busiest['before']} times before and {busiest['after']} after. "
        f"{enumerated(younger['forum'])} met only after: {enumerated(younger['after'].astype(str))} times."
    )
    return (
        alt.Chart(long).mark_line(strokeWidth=2, color=color("mist")).encode(y=y, x=x, detail="forum:N")
        + base.transform_filter("datum.period == 'before'").mark_circle(size=230, opacity=1)
        + base.transform_filter("datum.period == 'after'").mark_circle(size=90, opacity=1, stroke=color("paper"))
        + alt.Chart(ends).mark_text(align="left", dx=13).encode(y=y, x=x, text="text:N")
        + heads.mark_text(align="left", x=0, fontWeight=600).encode(text="forum:N")
    ).properties(height=390, description=told)


def intervals(groups: pd.DataFrame) -> alt.LayerChart:
    """Show meetings a year before and after the announcement, with their intervals.

    Parameters
    ----------
    groups : DataFrame
        `alliance.dialogue.grouped_rates`.
    """
    periods = {"before": BEFORE, "after": AFTER}
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
        f"{str(row.Index).capitalize()}: from {row.before_rate:.1f} to {row.after_rate:.1f}; the intervals "
        f"{'overlap' if row.after_low <= row.before_high else 'lie apart'}."
        for row in records(groups)
    ]
    base = alt.Chart(points).encode(
        y=alt.Y("group:N", title=None, sort=groups.index.tolist()).axis(grid=False, labelLimit=150),
        yOffset=alt.YOffset("period:N").scale(domain=list(periods)),
        color=series_colors(periods, "period:N", legend=alt.Legend()),
    )
    x = alt.X("low:Q", title="meetings a year").scale(domain=[0, 12])
    tooltip = [
        alt.Tooltip("group:N", title="Forums"),
        alt.Tooltip("period:N", title="Before or after March 18, 2021"),
        alt.Tooltip("meetings:Q", title="Meetings found"),
        alt.Tooltip("rate:Q", title="Meetings a year", format=".1f"),
        alt.Tooltip("low:Q", title="Interval from", format=".1f"),
        alt.Tooltip("high:Q", title="Interval to", format=".1f"),
    ]
    return (
        base.mark_rule(strokeWidth=2.4).encode(x=x, x2="high:Q")
        + base.mark_circle(size=80, opacity=1).encode(x="rate:Q", tooltip=tooltip)
    ).properties(height=210, description=f"Points with intervals, meetings a year before and after. {' '.join(told)}")


def years(counts: pd.DataFrame, newer: list[str]) -> alt.Chart:
    """Show the meetings found in each calendar year, those of newer forums on top.

    Parameters
    ----------
    counts : DataFrame
        `alliance.dialogue.yearly_counts`.
    newer : list of str
        Forums that began after the announcement.
    """
    kinds = counts["mechanism"].isin(newer).map({True: "newer forums", False: "older forums"})
    stacked = counts.assign(kind=kinds).groupby(["year", "kind"], as_index=False)["meetings"].sum()
    sums = stacked.groupby("year")["meetings"].sum()
    busiest = " and ".join(str(year) for year in sums.index[sums == sums.max()])
    bars = alt.Chart(stacked).mark_bar(stroke=color("paper"), strokeWidth=1)
    bars = bars.transform_calculate(rank="datum.kind == 'newer forums' ? 1 : 0")
    return bars.encode(
        x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(2006, 2027, 3))),
        y=alt.Y("meetings:Q", title="meetings"),
        color=series_colors({"older forums": BEFORE, "newer forums": AFTER}, "kind:N", legend=alt.Legend()),
        order=alt.Order("rank:Q"),
        tooltip=[
            alt.Tooltip("year:O", title="Year"),
            alt.Tooltip("kind:N", title="Forums"),
            alt.Tooltip("meetings:Q", title="Meetings found"),
        ],
    ).properties(
        height=230,
        description=f"Stacked bars, meetings found in a year: from {sums.min()} to {sums.max()}, most in {busiest}.",
    )


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
        place=heads["place"].fillna("not in the list"),
        remarks=heads["remarks"].fillna("not in the list"),
    )[["visitor", "way", "start", "year", "length", "place", "remarks"]]
    ways["nth"] = ways.groupby(["way", "year"]).cumcount() + 1
    ways["_step"] = ways["nth"].where(ways["way"].str.startswith("Korean"), -ways["nth"])
    told = [
        f"{way}: {len(part)} visits, the first in {part['year'].min()}, the last in {part['year'].max()}."
        for way, part in ways.groupby("way")
    ]
    names = pd.DataFrame({"year": [1951, 1951], "_step": [3.0, -3.0], "way": list(_WAYS.values())})
    hue = series_colors(dict(zip(_WAYS.values(), ["kor", "usa"], strict=True)), "way:N")
    x = alt.X("year:Q", title=None).axis(format="d", tickCount=7).scale(domain=[1950, 2027], nice=False)
    y = alt.Y("_step:Q", title=None).axis(None).scale(domain=[-3.6, 3.6])
    tooltip = [
        alt.Tooltip("visitor:N", title="Visitor"),
        alt.Tooltip("start:T", title="First day", format="%B %-d, %Y"),
        alt.Tooltip("length:Q", title="Length in days"),
        alt.Tooltip("place:N", title="Place"),
        alt.Tooltip("remarks:N", title="Occasion"),
    ]
    return (
        alt.Chart(pd.DataFrame({"_step": [0]})).mark_rule(color=color("rule")).encode(y=y)
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
    frame = series.loc[[*SERIES, OUTSIDE]].join(counts[["before", "after"]]).reset_index()
    lasting = [
        "lasting" if is_open else f"{end:%m/%Y}"
        for is_open, end in zip(frame["open"], frame["longest_end"], strict=True)
    ]
    frame = frame.assign(
        begin=frame["first"].dt.strftime("%m/%Y"),
        latest=frame["last"].dt.strftime("%m/%Y"),
        between=frame["median_days"] / 30.44,
        longest=frame["longest_days"] / YEAR,
        since=frame["longest_start"].dt.strftime("%m/%Y") + " – " + lasting,
    )
    # examples: neither their intervals nor their silences mean anything
    frame.loc[frame["mechanism"] == OUTSIDE, ["between", "longest", "since"]] = None
    return frame
