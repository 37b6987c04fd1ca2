"""Charts of the allies' meetings: when they were held, and how launches fall around them."""

import altair as alt
import pandas as pd

from alliance.charts.marks import event_rules, layered, nearest, series_colors
from alliance.dates import in_words
from press.chapter.theme import color

MINISTERIAL = pd.Timestamp(2021, 3, 18)


#: The four consultations by their short names: what they are called in the chart, in two lines.
NAMED = {
    "2+2": "foreign and defense|ministers (2+2)",
    "SCM": "defense ministers|(SCM)",
    "EDSCG": "deterrence strategy|group (EDSCG)",
    "NCG": "Nuclear Consultative|Group (NCG)",
}


def consultations(meetings: pd.DataFrame) -> alt.LayerChart:
    """Show when four consultations met, one row of marks for each, darker since the ministerial of 2021.

    Parameters
    ----------
    meetings : DataFrame
        Rounds as `alliance.deterrence.consultations` returns them, with their ``day`` (Timestamp).
    """
    row = meetings["mechanism"].map(NAMED)
    rounds = meetings[["round", "date", "day", "place"]].assign(
        name=row.str.replace("|", " "), _row=row, when=meetings["date"].map(in_words)
    )
    rounds["since"] = (rounds["day"] >= MINISTERIAL).map({True: "since March 2021", False: "before"})
    x = alt.X("day:T", title=None).axis(format="%Y", tickCount=6).scale(domain=["1999-06-01", "2026-03-01"])
    y = (
        alt.Y("_row:N", title=None)
        .scale(domain=list(NAMED.values()))
        .axis(labelExpr="split(datum.label, '|')", labelOffset=-8)
    )
    marks = (
        alt.Chart(rounds)
        .mark_tick(thickness=3, size=28, opacity=1)
        .encode(
            x=x,
            y=y,
            color=series_colors({"before": "slate", "since March 2021": "rose"}, "since:N"),
            tooltip=[
                alt.Tooltip("name:N", title="Meeting"),
                alt.Tooltip("round:Q", title="Round"),
                alt.Tooltip("when:N", title="Day"),
                alt.Tooltip("place:N", title="Place"),
            ],
        )
    )
    day = pd.DataFrame({"day": [MINISTERIAL], "text": ["March 18, 2021"]})
    rule = event_rules(day, alt.X("day:T"), align="right", dx=-5, y=-8)
    counted = ((name, len(rows), rows["date"]) for name, rows in meetings.groupby("mechanism", sort=False))
    told = " ".join(f"{name}: {held} rounds, {dates.min()[:4]} to {dates.max()[:4]}." for name, held, dates in counted)
    return layered(*rule, marks).properties(height=250, description=f"Four rows of marks from 1999 to 2025. {told}")


def chance(windows: pd.DataFrame) -> alt.LayerChart:
    """Show launch days near a consultation, observed and by chance, for windows of some days.

    Parameters
    ----------
    windows : DataFrame
        What `alliance.deterrence.coincidence` returns, one row for each ``window`` (the index: 1, 2, … days).
    """
    x = alt.X("window:Q", title="days before or after a meeting that count as near").scale(domain=[1, 45], nice=False)
    x = x.axis(values=[1, 7, 14, 21, 28, 35, 42])
    y = alt.Y("near:Q", title="launch days").axis(tickCount=5)
    tips = [
        alt.Tooltip("window:Q", title="Days before or after"),
        alt.Tooltip("near:Q", title="Launch days observed"),
        alt.Tooltip("expected:Q", title="By chance", format=".1f"),
        alt.Tooltip("shifts_at_least:Q", title="Shifts with as many, %", format=".1f"),
    ]
    base = alt.Chart(windows.reset_index()).encode(x=x)
    band = base.mark_area(color=color("shade")).encode(y=alt.Y("low:Q", title="launch days"), y2="high:Q")
    mean = base.mark_line(color=color("muted"), strokeDash=[5, 3]).encode(y="expected:Q")
    line = base.mark_line(color=color("prk")).encode(y=y, tooltip=tips)
    spots = {"window": [7, 30], "near": [windows["near"].loc[7] + 9, windows["expected"].loc[30] - 5]}
    words = pd.DataFrame(spots | {"text": ["observed", "by chance"]})
    observed = alt.Chart(words.head(1)).mark_text(fontWeight=600, color=color("prk")).encode(x=x, y=y, text="text")
    expected = alt.Chart(words.tail(1)).mark_text(align="left", color=color("muted")).encode(x=x, y=y, text="text")
    above = (windows["near"] > windows["high"]).sum()
    week, month = windows.loc[7], windows.loc[30]
    return layered(band, mean, line, observed, expected, *nearest(line, "window")).properties(
        height=270,
        description="A line of observed launch days near a meeting, over the mean of all shifts and a band for their "
        f"middle 90 percent. The line is above the band for {above} of {len(windows)} windows: within 7 days there are "
        f"{week['near']:.0f} launch days, where the mean is {week['expected']:.1f}. Within 30 days there are "
        f"{month['near']:.0f}, and the mean is {month['expected']:.1f}.",
    )
