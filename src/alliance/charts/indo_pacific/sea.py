"""The sea: ships that are booked as trade, attacks on ships, and container shipping."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import LEGEND, ends_apart, listed, named_lines, year_axis
from alliance.charts.marks import chooser, series_colors
from press.chapter.theme import POINT, color


def ships(sums: pd.DataFrame) -> alt.Chart:
    """Show the islands' imports from Korea with and without the registry of ships.

    Parameters
    ----------
    sums : DataFrame
        Billion dollars, columns `all_usd` and `without_usd`, indexed by year.
    """
    groups = {"all_usd": "all fourteen states", "without_usd": "without the Marshall Islands"}
    both = sums.rename(columns=groups).reset_index().melt("year", var_name="group", value_name="billion")
    fourteen, rest = sums["all_usd"], sums["without_usd"]
    text = (
        f"Two lines, billion dollars. All fourteen: {fourteen[2010]:.1f} in 2010, {fourteen[2014]:.1f} in 2014, "
        f"{fourteen[2023]:.1f} in 2023, {fourteen[2024]:.1f} in 2024. Without the Marshall Islands: "
        f"{rest[2010]:.2f}, {rest[2014]:.2f}, {rest[2023]:.2f} and {rest[2024]:.2f}."
    )
    chart = alt.Chart(both).mark_line(point=POINT, strokeWidth=2.6)
    return chart.encode(
        x=year_axis([2010, 2014, 2018, 2022], 2024),
        y=alt.Y("billion:Q", title="billion dollars, current").scale(domainMin=0),
        color=series_colors(dict(zip(groups.values(), ("tint", "kor"), strict=True)), "group:N", **LEGEND),
        tooltip=["group", "year", alt.Tooltip("billion", format=".2f")],
    ).properties(height=240, description=text)


def attacks(reports: pd.DataFrame) -> alt.Chart:
    """Show the reported attacks on ships in one sea area as bars, with a menu of areas.

    Parameters
    ----------
    reports : DataFrame
        Reports a year, indexed by year; one column for each area, in the order of the menu.
    """
    first = reports.iloc[:, 0]
    text = (
        f"Bars for Southeast Asia: {first[1993]:.0f} in 1993, {first[2000]:.0f} in 2000, the most, "
        f"{first[2009]:.0f} in 2009, {first[2015]:.0f} in 2015, {first[2020]:.0f} in 2020."
    )
    rows = reports.reset_index().melt("year", value_name="reports").sort_values("year", kind="stable")
    chart = alt.Chart(rows).mark_bar(color=color("other"))
    chart = chart.encode(
        x=alt.X("year:O", title=None).axis(labelAngle=0, values=[1993, 2000, 2007, 2014, 2020]),
        y=alt.Y("reports:Q", title="reports a year"),
        tooltip=["area", "year", "reports"],
    ).transform_filter("datum.area == sea")
    menu = chooser("sea", list(reports.columns), "Sea area ")
    return chart.add_params(menu).properties(height=250, description=text)


def connectivity(liner: pd.DataFrame) -> alt.LayerChart:
    """Show how well four states, and the medians of ASEAN and the islands, are tied to container shipping.

    Parameters
    ----------
    liner : DataFrame
        Table `shipping_connectivity`: index points by country and year.
    """
    groups = {"ASEAN (median)": [*region.ASEAN, "SGP", "BRN"], "islands (median)": region.PACIFIC}
    states = {code: region.NAMES[code] for code in ("CHN", "KOR", "USA", "JPN")}
    four = liner[liner["country"].isin(states)]
    medians = [
        liner[liner["country"].isin(members)].groupby("year")["connectivity"].median().reset_index().assign(name=name)
        for name, members in groups.items()
    ]
    frame = pd.concat([four.assign(name=four["country"].map(states)), *medians])[["name", "year", "connectivity"]]
    own = {name: code.lower() for code, name in states.items()} | dict.fromkeys(groups, "other")
    x, y = year_axis([2006, 2011, 2016, 2021], 2029), alt.Y("connectivity:Q", title="index, old base")
    hues, tooltip = series_colors(own), ["name", "year", alt.Tooltip("connectivity", format=".1f")]
    names = ends_apart(frame[frame["year"] == 2021], x, "connectivity:Q", hues, dy=3, korea=-6)
    by_name = frame.pivot(index="year", columns="name", values="connectivity")
    told = (f"{name} {by_name[name][2006]:.0f} and {by_name[name][2021]:.0f}" for name in own)
    text = listed("Six lines, index in 2006 and 2021: ", told)
    chart = alt.LayerChart(layer=[named_lines(frame, x, y, hues, tooltip), *names])
    return chart.properties(height=300, description=text)
