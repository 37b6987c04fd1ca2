"""Charts of the section “Soldiers”."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from alliance import burden
from alliance.charts.deterrence.shared import HOSTS, NAMES, hues
from press.chapter.theme import POINT, YEARS, color

_PERSONS = alt.Tooltip("active_duty", format=",")


def reports(recent: pd.DataFrame) -> alt.LayerChart:
    """Show each report of U.S. soldiers in Korea since 2005 beside the declared level.

    Parameters
    ----------
    recent : DataFrame
        Rows of table ``us_troops_abroad``: the reports of Korea from 2005 on.
    """
    x = alt.X("day:T", title=None).axis(format="%Y", tickCount=6)
    y = alt.Y("active_duty:Q", title="persons").scale(domain=[20000, 32000], zero=False).axis(format=",.0f")
    dated = recent.assign(day=pd.to_datetime(recent[["year", "month"]].assign(day=1)))
    count = (
        alt.Chart(dated)
        .mark_line(color=color("usa"), point=alt.OverlayMarkDef(size=26, color=color("usa")))
        .encode(x=x, y=y, tooltip=["year", "month", _PERSONS])
    )
    level, name = _declared("day", pd.to_datetime(["2010-09-01", "2026-03-01"]), x, y, dy=-8)
    brigade = pd.DataFrame({"day": [pd.Timestamp(2015, 7, 1)], "text": ["brigade now rotates"]})
    summer = alt.Chart(brigade).encode(x="day:T")
    words = summer.mark_text(align="left", dx=4, y=232, color=color("muted")).encode(text="text")
    at = recent.set_index(["year", "month"])["active_duty"]
    told = (
        f"A line of reports from {at[2005, 9]:,} in September 2005 to {at[2008, 9]:,} in 2008, up to {at[2013, 9]:,} "
        f"in September 2013, down from {at[2015, 3]:,} in March 2015 to {at[2015, 9]:,} in September 2015, and "
        f"{at[2025, 9]:,} in September 2025 and {at[2026, 3]:,} in March 2026. A dashed line at "
        f"{burden.DECLARED_STRENGTH:,}."
    )
    rule = summer.mark_rule(color=color("rule"))
    return (level + name + words + rule + count).properties(height=270, description=told)


def strength(yearly: pd.Series) -> alt.LayerChart:
    """Show one count of U.S. soldiers in Korea a year since 1950 on a logarithmic axis, and the declared level.

    Parameters
    ----------
    yearly : Series
        Persons by year, from `alliance.deterrence.strength`; the line breaks where years are missing.
    """
    x = alt.X("year:Q", title=None).axis(format="d", tickCount=7).scale(domain=[1949, 2026], nice=False, zero=False)
    y = (
        alt.Y("active_duty:Q", title="persons, logarithmic")
        .scale(type="log", domain=[300, 500000])
        .axis(values=[1000, 10000, 100000], format=",.0f")
    )
    counts = yearly.rename("active_duty").rename_axis("year").reset_index()
    counts["run"] = (counts["year"].diff() > 1).cumsum()
    line = (
        alt.Chart(counts)
        .mark_line(color=color("usa"), point=alt.OverlayMarkDef(size=16, color=color("usa")))
        .encode(x=x, y=y, detail="run:N", tooltip=["year", _PERSONS])
    )
    told = (
        f"A line of one report a year: {', '.join(f'{yearly[year]:,.0f} in {year}' for year in (1950, 1953, 1955))}, "
        f"{yearly[1971]:,.0f} in 1971 and {yearly[2025]:,.0f} in 2025. "
        f"A dashed line at {burden.DECLARED_STRENGTH:,} from 2010."
    )
    level, name = _declared("year", [2010, 2025], x, y, dy=24)
    return (line + level + name).properties(height=270, description=told)


def hosts(levels: pd.Series) -> alt.LayerChart:
    """Show U.S. soldiers in Korea, Japan and Germany; lines break where reports are missing.

    Parameters
    ----------
    levels : Series
        Persons (``active_duty``), indexed by ``country`` (ISO code) and ``year``.
    """
    counts = levels.reset_index()
    counts["name"], counts["thousand"] = counts["country"].map(NAMES), counts["active_duty"] / 1000
    # A new stretch begins after every missing year, so that no line crosses a gap.
    counts["stretch"] = counts.groupby("country")["year"].transform(lambda years: (years.diff() != 1).cumsum())
    hue = hues(HOSTS)
    lines = (
        alt.Chart(counts)
        .mark_line(point=POINT)
        .encode(
            x=YEARS,
            y=alt.Y("thousand:Q", title="thousand persons").scale(domainMin=0),
            color=hue,
            detail="stretch:N",
            tooltip=["name", "year", _PERSONS],
        )
    )
    spots = pd.DataFrame({"name": ["Korea", "Japan", "Germany"], "year": [2014, 2014, 1984], "thousand": [16, 68, 268]})
    names = alt.Chart(spots).mark_text(fontWeight=600).encode(x=YEARS, y="thousand:Q", text="name", color=hue)
    told = "; ".join(
        f"{NAMES[host]} {', '.join(f'{levels[host, year] / 1000:.0f}' for year in (1957, 1990, 2008, 2025))}"
        for host in HOSTS
    )
    return (lines + names).properties(
        height=300,
        description=f"Three lines. Thousand persons in 1957, 1990, 2008 and 2025: {told}. "
        "Lines are broken where no report is at hand.",
    )


def _declared(time: str, ends: Iterable, x: alt.X, y: alt.Y, dy: int) -> tuple[alt.Chart, alt.Chart]:
    """Return the declared level as a dashed line between two ends, and its words at the second."""
    level = pd.DataFrame({time: ends, "active_duty": burden.DECLARED_STRENGTH})
    line = alt.Chart(level).mark_line(color=color("muted"), strokeDash=[5, 3])
    words = alt.Chart(level.tail(1)).mark_text(align="right", dy=dy, color=color("muted"))
    text = alt.value(f"declared: {burden.DECLARED_STRENGTH:,}")
    return line.encode(x=x, y=y), words.encode(x=x, y=y, text=text)
