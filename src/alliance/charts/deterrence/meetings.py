"""Charts of the sections “The ministerial in its row” and “Two calendars”."""

import altair as alt
import pandas as pd

from alliance import deterrence
from alliance.charts.deterrence.shared import chooser
from press.chapter.theme import POINT, color

MINISTERIAL = pd.Timestamp(2021, 3, 18)


def consultations(meetings: pd.DataFrame) -> alt.LayerChart:
    """Show when four consultations met, one row of marks for each, and the day of the ministerial of 2021.

    Parameters
    ----------
    meetings : DataFrame
        Rounds as `alliance.deterrence.consultations` returns them, with their ``day`` (Timestamp).
    """
    order = list(deterrence.CONSULTATIONS.values())
    columns = ["mechanism", "round", "date", "day", "place", "confidence", "source_title"]
    rounds = meetings[columns].rename(columns={"source_title": "source"})
    chosen = alt.when("mechanism == 'all' || datum.mechanism == mechanism").then(alt.value(1))
    marks = (
        alt.Chart(rounds)
        .mark_tick(thickness=2.4, size=26)
        .encode(
            x=alt.X("day:T", title=None).axis(format="%Y", tickCount=6),
            y=alt.Y("mechanism:N", title=None, sort=order).scale(domain=order),
            color=alt.value(color("kor")),
            opacity=chosen.otherwise(alt.value(0.12)),
            tooltip=["mechanism", "round", "date", "place", "confidence", "source"],
        )
    )
    day = alt.Chart(pd.DataFrame({"day": [MINISTERIAL], "text": ["18 March 2021"]})).encode(x="day:T")
    rule = day.mark_rule(color=color("usa"), strokeDash=[4, 3])
    words = day.mark_text(align="right", dx=-5, y=6, color=color("usa")).encode(text="text")
    told = " ".join(
        f"{name}: {len(rows)} rounds, {rows['date'].min()[:4]} to {rows['date'].max()[:4]}."
        for name, rows in meetings.groupby("mechanism", sort=False)
    )
    return (
        (rule + words + marks)
        .add_params(chooser("mechanism", "Show ", ["all", *order]))
        .properties(height=210, description=f"Four rows of marks from 1999 to 2025. {told}")
    )


def calendar(tests: pd.DataFrame, launched: pd.DatetimeIndex, held: pd.DataFrame) -> alt.LayerChart:
    """Show launch days and consultations of each year, one row a year, January to December.

    Parameters
    ----------
    tests : DataFrame
        Table ``missile_tests``.
    launched : DatetimeIndex
        The launch days of the period.
    held : DataFrame
        The consultations of the period, with ``date``, ``mechanism`` and ``round``.
    """
    days = tests[tests["date"].isin(launched.strftime("%Y-%m-%d"))].groupby("date")["missiles"].sum().reset_index()
    launches = _within_year("launch", days["date"], days["missiles"].astype(str) + " missiles")
    meetings = _within_year("consultation", held["date"], held["mechanism"] + " " + held["round"].astype(str))
    x = alt.X("in_year:T", title=None).axis(format="%b", tickCount=6)
    y = alt.Y("year:O", title=None).scale(domain=[str(year) for year in range(2016, 2026)])
    channels = {"x": x, "y": y, "tooltip": ["date", "label"]}
    dots = alt.Chart(launches).mark_circle(size=46, color=color("prk"), opacity=0.75).encode(**channels)
    ticks = alt.Chart(meetings).mark_tick(thickness=3, size=20, color=color("usa")).encode(**channels)
    shot, met = launches["year"].value_counts(), meetings["year"].value_counts()
    told = "; ".join(
        f"{year}: {shot.get(year, 0)} and {met.get(year, 0)}" for year in sorted({*shot.index, *met.index})
    )
    return (dots + ticks).properties(
        height=330,
        description=f"One row a year. Launch days and consultations: {told}. No launch in 2018. "
        "Consultations fall mostly between September and December.",
    )


def chance(windows: pd.DataFrame) -> alt.LayerChart:
    """Show launch days near a consultation, observed and by chance, for windows of some days.

    Parameters
    ----------
    windows : DataFrame
        What `alliance.deterrence.coincidence` returns, one row for each ``window`` (the index: 1, 2, … days).
    """
    x = alt.X("window:Q", title="days before or after a consultation that count as near").scale(
        domain=[1, 45], nice=False
    )
    y = alt.Y("near:Q", title="launch days")
    tips = [
        *["window", "near", alt.Tooltip("expected", format=".1f")],
        alt.Tooltip("shifts_at_least", title="% of shifts with as many", format=".1f"),
    ]
    base = alt.Chart(windows.reset_index()).encode(x=x)
    band = base.mark_area(color=color("shade")).encode(y=alt.Y("low:Q", title="launch days"), y2="high:Q")
    mean = base.mark_line(color=color("muted"), strokeDash=[5, 3]).encode(y="expected:Q")
    line = base.mark_line(color=color("prk"), point=POINT).encode(y=y, tooltip=tips)
    spots = {"window": [7, 30], "near": [windows["near"].loc[7] + 9, windows["expected"].loc[30] - 5]}
    words = pd.DataFrame(spots | {"text": ["observed", "by chance"]})
    observed = alt.Chart(words.head(1)).mark_text(fontWeight=600, color=color("prk")).encode(x=x, y=y, text="text")
    expected = alt.Chart(words.tail(1)).mark_text(align="left", color=color("muted")).encode(x=x, y=y, text="text")
    told = "; ".join(
        f"within {r.Index} days {r.near:.0f}, {r.expected:.1f} ({r.low:.0f} to {r.high:.0f})"
        for r in windows.loc[[3, 7, 14, 30, 45]].itertuples()
    )
    return (band + mean + line + observed + expected).properties(
        height=270,
        description="Observed launch days near a consultation, and the mean of shifts with the middle 90 per cent: "
        f"{told}.",
    )


def _within_year(what: str, dates: pd.Series, labels: pd.Series) -> pd.DataFrame:
    """Place days by year and, all in one leap year, so that every day exists, by day of the year."""
    days = pd.to_datetime("2020" + dates.str[4:])
    return pd.DataFrame({"date": dates, "what": what, "label": labels, "year": dates.str[:4], "in_year": days})
