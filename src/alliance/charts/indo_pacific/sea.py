"""The sea: ships that are booked as trade, attacks on ships, and container shipping."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import YEAR, ends_apart, listed, named_lines, year_axis
from alliance.charts.marks import end_labels, layered, nearest, panels, series_colors
from alliance.countries import NAMES
from press.chapter.theme import color


def ships(sums: pd.DataFrame) -> alt.LayerChart:
    """Show the islands' imports from Korea with and without the registry of ships.

    Parameters
    ----------
    sums : DataFrame
        Billion dollars, columns `all_usd` and `without_usd`, indexed by year.
    """
    groups = {"all_usd": "all fourteen states", "without_usd": "without the Marshall Islands"}
    both = sums.rename(columns=groups).reset_index().melt("year", var_name="name", value_name="billion")
    fourteen, rest = sums["all_usd"], sums["without_usd"]
    text = (
        f"Two lines, billion dollars. All fourteen: {fourteen[2010]:.1f} in 2010, {fourteen[2014]:.1f} in 2014, "
        f"{fourteen[2023]:.1f} in 2023, {fourteen[2024]:.1f} in 2024. Without the Marshall Islands: "
        f"{rest[2010]:.2f} in 2010 and {rest[2024]:.2f} in 2024."
    )
    x, y = (
        year_axis([2010, 2014, 2018, 2024], 2024),
        alt.Y("billion:Q", title="billion dollars, current").axis(values=[0, 3, 6, 9]),
    )
    hues = series_colors(dict(zip(groups.values(), ("kor", "slate"), strict=True)))
    amount = alt.Tooltip("billion:Q", title="billion dollars", format=".2f")
    chart = named_lines(both, x, y.scale(domainMin=0), hues, [alt.Tooltip("name:N", title="importers"), YEAR, amount])
    chart = chart.encode(strokeWidth=alt.value(2.6))
    words = pd.DataFrame(
        {"year": [2017.2, 2014.3], "billion": [fourteen[2017], rest[2014] + 0.55], "name": list(groups.values())}
    )
    names = end_labels(words, x, "billion:Q", dx=0).encode(color=hues)
    return layered(chart, *nearest(chart), names).properties(height=280, description=text)


def attacks(reports: pd.Series, straits: pd.Series, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show attacks on ships in Southeast Asia over the years of a list, and near Singapore in the years after it.

    Parameters
    ----------
    reports : Series
        Reports of single attacks in Southeast Asia, indexed by year.
    straits : Series
        The bureau's totals for the Singapore Straits, indexed by year.
    narrow : bool
        Whether it is laid out for a phone.
    """
    text = (
        f"Two panels of bars. Reports from Southeast Asia: {reports[1993]:.0f} in 1993, {reports[2000]:.0f} in 2000, "
        f"the most, {reports[2009]:.0f} in 2009, {reports[2020]:.0f} in 2020. Totals for the Singapore Straits: "
        f"{straits[2020]:.0f} in 2020, {straits[2024]:.0f} in 2024, {straits[2025]:.0f} in 2025."
    )
    widths = (285, 285) if narrow else (372, 178)
    top = max(reports.max(), straits.max())  # one scale for both
    left = _bars(reports, "Southeast Asia: reports", [1993, 2000, 2010, 2020], "slate", widths[0], top)
    right = _bars(straits, "Singapore Straits: totals", [2020, 2025], "rose", widths[1], top)
    return panels(left, right, narrow=narrow).properties(description=text)


def _bars(counts: pd.Series, title: str, ticks: list[int], hue: str, width: int, top: float) -> alt.LayerChart:
    """Return bars of counts by year on a scale that reaches `top`; the highest and the last with their numbers."""
    frame = counts.rename("attacks").rename_axis("year").reset_index().assign(waters=title)
    x = alt.X("year:O", title=None).axis(labelAngle=0, values=ticks)
    y = alt.Y("attacks:Q", title=None).scale(domain=[0, 1.1 * top], nice=False).axis(values=[0, 100, 200])
    base = alt.Chart(frame).encode(x=x, y=y)
    bars = base.mark_bar(color=color(hue)).encode(
        tooltip=[YEAR, alt.Tooltip("attacks:Q", title="attacks", format=".0f")]
    )
    told = alt.FieldOneOfPredicate(field="year", oneOf=[counts.idxmax(), counts.index.max()])
    numbers = (
        base.transform_filter(told).mark_text(dy=-8, fontWeight=600).encode(text=alt.Text("attacks:Q", format=".0f"))
    )
    head = alt.TitleParams(title, fontSize=14, offset=8)
    return layered(bars, numbers).properties(width=width, height=230, title=head)


def connectivity(liner: pd.DataFrame) -> alt.LayerChart:
    """Show how well four states, and the medians of ASEAN and the islands, are tied to container shipping.

    Parameters
    ----------
    liner : DataFrame
        Table `shipping_connectivity`: index points by country and year.
    """
    groups = {"ASEAN": [*region.ASEAN, "SGP", "BRN"], "islands": region.PACIFIC}
    states = {code: NAMES[code] for code in ("CHN", "KOR", "USA", "JPN")}
    four = liner[liner["country"].isin(states)]
    medians = [
        liner[liner["country"].isin(members)].groupby("year")["connectivity"].median().reset_index().assign(name=name)
        for name, members in groups.items()
    ]
    frame = pd.concat([four.assign(name=four["country"].map(states)), *medians])[["name", "year", "connectivity"]]
    own = {name: code.lower() for code, name in states.items()} | dict.fromkeys(groups, "other")
    x, y = year_axis([2006, 2011, 2016, 2021], 2021), alt.Y("connectivity:Q", title="index, old base").axis(tickCount=5)
    points = alt.Tooltip("connectivity:Q", title="points", format=".1f")
    hues = series_colors(own)
    chart = named_lines(frame, x, y, hues, [alt.Tooltip("name:N", title="state or group"), YEAR, points])
    names = ends_apart(frame[frame["year"] == 2021], x, "connectivity:Q", hues, {"Korea": -5, "United States": 5})
    by_name = frame.pivot(index="year", columns="name", values="connectivity")
    told = (f"{name} {by_name[name][2006]:.0f} and {by_name[name][2021]:.0f}" for name in own)
    text = listed("Six lines, index in 2006 and 2021: ", told)
    return layered(chart, *nearest(chart), *names).properties(height=320, description=text)
