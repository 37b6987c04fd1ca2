"""Charts of U.S. soldiers abroad: since the war, since 2005, and in three hosts."""

import altair as alt
import pandas as pd

from alliance import burden
from alliance.charts.deterrence.shared import HOSTS, hues
from alliance.charts.marks import end_labels, event_rules, nearest, president_bands
from alliance.countries import NAMES
from press.chapter.theme import YEARS, color

#: Decisions at the steps of the long series: year, height of the words in thousands, and the words.
STEPS = [
    (1971.2, 118, ["1971: Nixon takes", "a division home"]),
    (1979.5, 72, ["1979: Carter’s", "pullout shelved"]),
    (1992.0, 118, ["1992: a brigade", "leaves"]),
    (2004.4, 72, ["2004: 12,500", "to leave"]),
    (2015.5, 118, ["2015: last", "brigade", "replaced"]),
]
_DECLARED_FROM = 2008.3  # the presidents agree to keep the level, April 2008
_PERSONS = [
    alt.Tooltip("when:N", title="Report of"),
    alt.Tooltip("active_duty:Q", title="U.S. service members counted", format=","),
]


def strength(yearly: pd.Series, recent: pd.DataFrame, narrow: bool = False) -> alt.LayerChart | alt.VConcatChart:
    """Show U.S. soldiers in Korea since the war, with the decisions at the steps, and recent reports in an inset.

    Parameters
    ----------
    yearly : Series
        Persons by year, from `alliance.deterrence.strength`; the area breaks where years are missing.
    recent : DataFrame
        Rows of table ``us_troops_abroad``: the reports of Korea from 2005 on, for the inset.
    narrow : bool
        For a phone: fewer words, and the inset stands below as a panel of its own.
    """
    told = (
        f"An area of one report a year: {yearly[1953] / 1000:.0f} thousand in 1953, {yearly[1955] / 1000:.0f} thousand "
        f"in 1955, about {yearly[1985] / 1000:.0f} thousand in the 1980s, and {yearly.iloc[-1] / 1000:.1f} thousand in "
        f"{yearly.index[-1]}. Words mark five decisions. An inset shows the reports since 2005: above the declared "
        f"{burden.DECLARED_STRENGTH:,} for the last time in March 2015, below it ever since."
    )
    if not narrow:
        return (_since_the_war(yearly, STEPS) + _inset(_decimal(recent))).properties(height=400, description=told)
    war = _since_the_war(yearly, STEPS[::3]).properties(height=260, width=285)
    return alt.vconcat(war, _panel(_decimal(recent)).properties(height=170, width=285)).properties(description=told)


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
    event = ["2015: rotating", "unit replaces", "last brigade"]
    if not narrow:
        event = ["Summer 2015: a rotating unit", "replaces the last brigade"]
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
    chart = bands + declared + name + drop + words + line + points + nearest(line, "date") + count
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
    counts["stretch"] = counts.groupby("country")["year"].transform(lambda years: (years.diff() != 1).cumsum())
    y = alt.Y("thousand:Q", title="thousand service members").scale(domainMin=0)
    hue = hues(HOSTS)
    tips = [
        alt.Tooltip("name:N", title="Host"),
        alt.Tooltip("year:Q", title="September of"),
        alt.Tooltip("active_duty:Q", title="U.S. service members", format=","),
    ]
    lines = alt.Chart(counts).mark_line().encode(x=YEARS, y=y, color=hue, detail="stretch:N", tooltip=tips)
    places = {"name": ["Korea", "Japan", "Germany"], "year": [1975, 1982, 1984], "thousand": [26, 64, 268]}
    names = alt.Chart(pd.DataFrame(places)).mark_text(fontWeight=600).encode(x=YEARS, y=y, text="name", color=hue)
    told = "; ".join(
        f"{NAMES[host]} {', '.join(f'{levels[host, year] / 1000:.0f}' for year in (1957, 1990, 2025))}"
        for host in HOSTS
    )
    return (lines + nearest(lines) + names).properties(
        height=300,
        description=f"Three lines. Thousand service members in 1957, 1990, and 2025: {told}. "
        "Lines are broken where no report is at hand.",
    )


def _since_the_war(yearly: pd.Series, steps: list) -> alt.LayerChart:
    """Return the area since 1953 with words at its steps."""
    x = alt.X("year:Q", title=None).axis(format="d", values=[1953, *range(1970, 2021, 10)])
    x = x.scale(domain=[1953, 2026.25], nice=False, zero=False)
    y = alt.Y("thousand:Q", title="thousand service members").scale(domain=[0, 340], nice=False).stack(None)
    y = y.axis(values=[0, 100, 200, 300], gridDash=[1, 4])
    counts = yearly.loc[1953:].rename("active_duty").rename_axis("year").reset_index()
    counts["thousand"], counts["run"] = counts["active_duty"] / 1000, (counts["year"].diff() > 1).cumsum()
    counts["when"] = counts["year"].map(lambda year: f"{'June' if year < 1957 else 'September'} {year}")
    places = pd.DataFrame(steps, columns=["year", "thousand", "text"])
    places["down"] = [yearly.loc[:year].iloc[-1] / 1000 for year in places["year"]]
    events = alt.Chart(places).encode(x=x)
    rules = events.mark_rule(color=color("muted"), strokeDash=[2, 3]).encode(y=y, y2="down:Q")
    left = (places["year"] == 2004.4) & (len(steps) == len(STEPS))  # clear of the rule of 2015
    before = alt.Chart(places[left]).mark_text(align="right", dx=-4, baseline="top", fontSize=13)
    after = alt.Chart(places[~left]).mark_text(align="left", dx=4, baseline="top", fontSize=13)
    words = alt.layer(*(side.encode(x=x, y=y, text="text:N") for side in (before, after)))
    peak = pd.DataFrame({"year": [1953.6], "thousand": [335]})
    peak["text"] = [[f"{round(yearly[1953], -3):,.0f}", "in June 1953,", "the last summer", "of the war"]]
    summit = alt.Chart(peak).mark_text(align="left", dx=4, baseline="top").encode(x=x, y=y, text="text:N")
    area = alt.Chart(counts).mark_area(color=color("usa")).encode(x=x, y=y, detail="run:N")
    sides = {"left": counts["year"] - 0.5, "right": counts["year"] + 0.5, "top": counts["thousand"].clip(lower=130)}
    return area + rules + words + summit + _columns(counts.assign(**sides, bottom=0), "long")


def _decimal(recent: pd.DataFrame) -> pd.DataFrame:
    """Add to each report its place in time as a decimal year, and its month in words."""
    days = pd.to_datetime(recent[["year", "month"]].assign(day=1))
    return recent.assign(date=recent["year"] + (recent["month"] - 0.5) / 12, when=days.dt.strftime("%B %Y"))


def _inset(rows: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Return recent reports as a small chart in the empty corner of the large one, drawn in the large one's units."""
    x, y = alt.X("year:Q"), alt.Y("thousand:Q")
    floor = _up(0)
    at = pd.DataFrame({"year": rows["date"].map(_across), "thousand": rows["active_duty"].map(_up)})
    at = at.assign(when=rows["when"], active_duty=rows["active_duty"])
    left = [*((at["year"] + at["year"].shift()) / 2).fillna(_across(2005.5))]
    level = pd.DataFrame({"year": [_across(_DECLARED_FROM), _across(2026.25)], "thousand": _up(28500)})
    ticks = pd.DataFrame({"year": [_across(year) for year in range(2005, 2026, 5)], "text": range(2005, 2026, 5)})
    heights = pd.DataFrame({"thousand": [_up(10000 * step) for step in range(4)], "text": [0, 10, 20, 30]})
    heights["year"], heights["end"] = _across(2005), _across(2026.25)
    head = pd.DataFrame({"year": [_across(2005)], "thousand": [337], "text": ["Each report since 2005, thousand"]})
    last = at.tail(1).assign(text=f"{rows['active_duty'].iloc[-1]:,} in {rows['when'].iloc[-1]}")
    words = alt.Chart(level.tail(1)).mark_text(align="right", dy=-17, color=color("muted"), fontSize=13)
    small = alt.Chart(ticks).mark_text(baseline="top", dy=5, color=color("muted"), fontSize=13)
    return alt.layer(
        alt.Chart(heights).mark_rule(color=color("rule")).encode(x=x, x2="end:Q", y=y),
        alt.Chart(heights)
        .mark_text(align="right", dx=-6, color=color("muted"), fontSize=13)
        .encode(x=x, y=y, text="text:N"),
        alt.Chart(at).mark_line(color=color("usa"), strokeWidth=2.4).encode(x=x, y=y),
        alt.Chart(level).mark_line(color=color("ink"), strokeDash=[5, 3]).encode(x=x, y=y),
        words.encode(x=x, y=y, text=alt.value(f"declared: {burden.DECLARED_STRENGTH:,}")),
        alt.Chart(last).mark_text(align="right", dy=20, fontWeight=600).encode(x=x, y=y, text="text:N"),
        small.encode(x=x, y=alt.datum(floor), text="text:N"),
        alt.Chart(head).mark_text(align="left", fontWeight=600).encode(x=x, y=y, text="text:N"),
        _columns(at.assign(left=left, right=[*left[1:], _across(2026.4)], top=_up(34000), bottom=floor), "short"),
    )


def _columns(rows: pd.DataFrame, name: str) -> alt.Chart:
    """Return a column over each report that answers the pointer: an area itself tells of its first report alone."""
    here = alt.selection_point(name=name, on="pointerover", clear="pointerout", empty=False)
    shade = alt.when(here).then(alt.value(0.18)).otherwise(alt.value(0))
    place = {"x": alt.X("left:Q"), "x2": "right:Q", "y": alt.Y("bottom:Q"), "y2": "top:Q"}
    marks = alt.Chart(rows).mark_rect(color=color("ink")).encode(**place, opacity=shade, tooltip=_PERSONS)
    return marks.add_params(here)


def _across(date: float) -> float:
    """Return where on the axis of the large chart a date of the inset stands: 2005 at 1978, 2026 near 2025."""
    return 1978 + (date - 2005) * 2.2


def _up(persons: float) -> float:
    """Return where on the axis of the large chart a count of the inset stands: nobody at 165,000, 34,000 at 325,000."""
    return 165 + persons / 34000 * 160


def _panel(rows: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Return recent reports as a panel of its own, for a phone."""
    x = alt.X("date:Q", title=None).axis(format="d", values=[2005, 2015, 2025])
    x = x.scale(domain=[2005, 2026.25], nice=False, zero=False)
    rows = rows.assign(thousand=rows["active_duty"] / 1000)
    y = alt.Y("thousand:Q", title="thousand, each report since 2005").scale(domain=[0, 34]).axis(values=[0, 10, 20, 30])
    level = pd.DataFrame({"date": [_DECLARED_FROM, 2026.25], "thousand": burden.DECLARED_STRENGTH / 1000})
    words = alt.Chart(level.tail(1)).mark_text(align="right", dy=-16, color=color("muted"), fontSize=13)
    summer = pd.DataFrame({"date": [2015.45], "thousand": [17], "text": [["2015: last brigade", "replaced"]]})
    return alt.layer(
        event_rules(summer, x, dx=5, y=82),
        nearest(alt.Chart(rows).mark_line(color=color("usa")).encode(x=x, y=y, tooltip=_PERSONS), "date", "short"),
        alt.Chart(rows).mark_line(color=color("usa"), strokeWidth=2.4).encode(x=x, y=y),
        alt.Chart(level).mark_line(color=color("ink"), strokeDash=[5, 3]).encode(x=x, y=y),
        words.encode(x=x, y=y, text=alt.value(f"declared: {burden.DECLARED_STRENGTH:,}")),
    )
