"""Charts of U.S. soldiers abroad: since the war, since 2005, and in three hosts."""

import altair as alt
import pandas as pd

from alliance import burden, deterrence
from alliance.charts.deterrence.shared import HOSTS, hues
from alliance.charts.marks import end_labels, layered, nearest, president_bands
from alliance.countries import NAMES
from press.chapter.theme import YEARS, color

#: Steps of the long series: first report at the lower level, height of the words in thousands, what was decided.
STEPS = [
    (1971, 89, ["1971: Nixon takes a division home"]),
    (1992, 79, ["1992: a brigade leaves"]),
    (2005, 69, ["2004: 12,500", "to leave"]),
    (2015, 56, ["2015: rotating", "units replace", "a brigade"]),
]
_AFTER_WAR = 1955  # from the first report of peace the average of each level is drawn
_TOP = 99  # thousands; the years of the war, far above, are told in words
_DECLARED_FROM = 2008.3  # the presidents agree to keep the level, April 2008
_PERSONS = [
    alt.Tooltip("when:N", title="Report of"),
    alt.Tooltip("active_duty:Q", title="U.S. service members counted", format=","),
]


def strength(yearly: pd.Series, narrow: bool = False) -> alt.LayerChart:
    """Show U.S. soldiers in Korea since the war as levels between steps; the years of the war run off the top.

    Parameters
    ----------
    yearly : Series
        Persons by year, from `alliance.deterrence.strength`; the area breaks where years are missing.
    narrow : bool
        For a phone: fewer years on the axis, and shorter words.
    """
    x = alt.X("year:Q", title=None).axis(format="d", values=[1953, *range(1970, 2021, 20 if narrow else 10)])
    x = x.scale(domain=[1953, 2025.5], nice=False, zero=False)
    y = alt.Y("thousand:Q", title="thousand service members").scale(domain=[0, _TOP], nice=False)
    y = y.axis(values=[0, 20, 40, 60])
    counts = yearly.loc[1953:].rename("active_duty").rename_axis("year").reset_index()
    counts["thousand"], counts["_run"] = counts["active_duty"] / 1000, (counts["year"].diff() > 1).cumsum()
    counts["when"] = counts["year"].map(lambda year: f"{'June' if year < 1957 else 'September'} {year}")
    peak = pd.DataFrame({"year": [1954.5], "thousand": [_TOP], "text": [f"↑ {round(yearly[1953], -3):,.0f} in 1953"]})
    summit = alt.Chart(peak).mark_text(align="left", dx=4, baseline="top", fontSize=13, color=color("muted"))
    area = alt.Chart(counts).transform_calculate(shown=f"min(datum.thousand, {_TOP})")
    area = area.mark_area(color=color("usa"), opacity=0.3)
    levels = deterrence.levels(yearly.loc[_AFTER_WAR:] / 1000, [year for year, *_ in STEPS])
    told = ", ".join(f"{row.average:.0f} thousand in {row.first}–{row.last}" for row in levels.itertuples(index=False))
    return layered(
        area.encode(x=x, y=alt.Y("shown:Q").stack(None), detail="_run:N"),
        _decisions(levels, x, y),
        _levels(levels, x, y, narrow),
        summit.encode(x=x, y=y, text="text:N"),
        _columns(counts),
    ).properties(
        height=320,
        padding={"left": 2, "top": 6, "right": 46 if narrow else 30, "bottom": 2},
        description=f"An area of one report a year: {yearly[1953] / 1000:.0f} thousand in 1953, which runs off the "
        f"top, then four steps down. Lines mark the average of each level: {told}. Words mark what was decided.",
    )


def _levels(levels: pd.DataFrame, x: alt.X, y: alt.Y, narrow: bool) -> alt.LayerChart:
    """Return a thick line at the average of each level, and the numbers of the first and the last above the area."""
    words = "format(datum.average, '.0f')" + ("" if narrow else " + ',000'")
    base = alt.Chart(levels).transform_calculate(
        left="datum.first - 0.5",
        right="datum.last + 0.5",
        middle="(datum.first + datum.last) / 2",
        above="datum.average + 9",
        text=words,
    )
    treads = base.mark_rule(color=color("usa"), strokeWidth=4).encode(x=alt.X("left:Q"), x2="right:Q", y="average:Q")
    ends = base.transform_filter(f"datum.first == {levels['first'].min()} || datum.last == {levels['last'].max()}")
    numbers = ends.mark_text(fontSize=18, fontWeight=600, color=color("usa"))
    return treads + numbers.encode(x="middle:Q", y="above:Q", text="text:N")


def _decisions(levels: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Return a rule from each step of the long series up to the words for what was decided."""
    places = [
        {"year": year - 0.5, "thousand": high, "text": words, "down": down}
        for (year, high, words), down in zip(STEPS, levels["average"].iloc[1:], strict=True)
    ]
    events = alt.Chart(alt.InlineData(values=places, name="decisions")).encode(x=x, y=y)
    rules = events.mark_rule(color=color("muted"), strokeDash=[2, 3]).encode(y2="down:Q")
    return rules + events.mark_text(align="left", dx=4, baseline="top", fontSize=13).encode(text="text:N")


def reports(recent: pd.DataFrame, presidents: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show each recent report of U.S. soldiers in Korea beside the declared level.

    Parameters
    ----------
    recent : DataFrame
        Rows of table ``us_troops_abroad``: the reports of Korea from 2005 on.
    presidents : DataFrame
        Table ``presidents``: those of the United States stand behind the line.
    narrow : bool
        For a phone: the words at the step stand in three lines.
    """
    rows = _decimal(recent)
    x = alt.X("date:Q", title=None).axis(format="d", tickCount=5).scale(domain=[2005, 2026.25], nice=False, zero=False)
    y = alt.Y("active_duty:Q", title="service members").scale(domain=[20000, 33000], nice=False, zero=False)
    y = y.axis(values=list(range(20000, 32001, 4000)), format=",.0f")
    line = alt.Chart(rows).mark_line(color=color("usa")).encode(x=x, y=y, tooltip=_PERSONS)
    points = alt.Chart(rows).mark_circle(size=26, color=color("usa"), opacity=1).encode(x=x, y=y)
    level = pd.DataFrame({"date": [_DECLARED_FROM, 2026.25], "active_duty": burden.DECLARED_STRENGTH})
    declared = alt.Chart(level).mark_line(color=color("muted"), strokeDash=[5, 3]).encode(x=x, y=y)
    named = level.tail(1).assign(name=f"declared: {burden.DECLARED_STRENGTH:,}")
    name = end_labels(named, x, y, align="right", dx=0, dy=-11, color=color("muted"))
    event = ["2015: rotating", "unit replaces", "a brigade"]
    if not narrow:
        event = ["Summer 2015: a rotating unit", "replaces a permanent brigade"]
    summer = pd.DataFrame({"date": [2015.45], "active_duty": [31800], "text": [event]})
    words = alt.Chart(summer).mark_text(align="left", dx=6, baseline="top").encode(x=x, y=y, text="text:N")
    drop = alt.Chart(summer).mark_rule(color=color("muted"), strokeDash=[2, 3]).encode(x=x, y=y, y2=alt.datum(25000))
    last = rows.tail(1).assign(name=lambda row: row["active_duty"].map("{:,}".format))
    count = end_labels(last, x, y, align="right", dx=0, dy=28, color=color("usa"))
    at = recent.set_index(["year", "month"])["active_duty"]
    told = (
        f"A line of reports rises to {at[2013, 9]:,} in September 2013 and drops from {at[2015, 3]:,} in March to "
        f"{at[2015, 9]:,} in September 2015. It rises again to {at[2019, 12]:,} in December 2019 and ends at "
        f"{at[2026, 3]:,} in March 2026. A dashed line marks the declared {burden.DECLARED_STRENGTH:,}."
    )
    bands = president_bands(presidents, "USA", (2005, 2026.25))
    chart = layered(*bands, declared, name, drop, words, line, points, *nearest(line, "date"), count)
    return chart.properties(height=290, description=told)


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
    counts["_stretch"] = counts.groupby("country")["year"].transform(lambda years: (years.diff() != 1).cumsum())
    y = alt.Y("thousand:Q", title="thousand service members").axis(tickCount=5).scale(domainMin=0)
    hue = hues(HOSTS)
    tips = [
        alt.Tooltip("name:N", title="Host"),
        alt.Tooltip("year:Q", title="September of"),
        alt.Tooltip("active_duty:Q", title="U.S. service members", format=","),
    ]
    lines = alt.Chart(counts).mark_line().encode(x=YEARS, y=y, color=hue, detail="_stretch:N", tooltip=tips)
    places = {"name": ["Korea", "Japan", "Germany"], "year": [1985, 1985, 1985], "thousand": [26, 64, 268]}
    names = alt.Chart(pd.DataFrame(places)).mark_text(fontWeight=600).encode(x=YEARS, y=y, text="name", color=hue)
    told = "; ".join(
        f"{NAMES[host]} {', '.join(f'{levels[host, year] / 1000:.0f}' for year in (1957, 1990, 2025))}"
        for host in HOSTS
    )
    return layered(lines, *nearest(lines), names).properties(
        height=300,
        description=f"Three lines. Thousand service members in 1957, 1990, and 2025: {told}. "
        "Lines are broken where no report is at hand.",
    )


def _decimal(recent: pd.DataFrame) -> pd.DataFrame:
    """Add to each report its place in time as a decimal year, and its month in words."""
    days = pd.to_datetime(recent[["year", "month"]].assign(day=1))
    return recent.assign(date=recent["year"] + (recent["month"] - 0.5) / 12, when=days.dt.strftime("%B %Y"))


def _columns(rows: pd.DataFrame) -> alt.Chart:
    """Return a column over each report that answers the pointer: an area itself tells of its first report alone."""
    here = alt.selection_point(on="pointerover", clear="pointerout", empty=False)
    shade = alt.when(here).then(alt.value(0.18)).otherwise(alt.value(0))
    place = {"x": alt.X("left:Q"), "x2": "right:Q", "y": alt.Y("bottom:Q"), "y2": "top:Q"}
    sides = {"left": "datum.year - 0.5", "right": "datum.year + 0.5", "bottom": "0"}
    marks = alt.Chart(rows).transform_calculate(**sides, top=f"clamp(datum.thousand, 50, {_TOP})")
    return marks.mark_rect(color=color("ink")).encode(**place, opacity=shade, tooltip=_PERSONS).add_params(here)
