"""Aid to Southeast Asia and to the Pacific islands, by year and by recipient."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import ALLIES, LEGEND, country_colors, listed, named_lines, year_axis
from alliance.charts.marks import chooser, end_labels, event_rules, series_colors
from press.chapter.theme import color

MILLION = 1e6
AMOUNT = alt.Tooltip("million", format=",.1f")


def net_aid(aid: pd.DataFrame) -> alt.LayerChart:
    """Show what each ally gave Southeast Asia year by year, with a menu of recipients.

    Parameters
    ----------
    aid : DataFrame
        Table `net_aid`: dollars by donor, recipient, and year.
    """
    groups = {"Southeast Asia (eight)": region.ASEAN, "Mekong (five)": region.MEKONG}
    groups |= {region.NAMES[code]: [code] for code in region.ASEAN}
    lines = pd.concat(
        _given(aid, "net_aid_usd", donor, states).assign(group=group)
        for group, states in groups.items()
        for donor in ALLIES
    )
    x, hues = year_axis([2000, 2005, 2010, 2015, 2020], 2033), country_colors(ALLIES)
    y = alt.Y("million:Q", title="million dollars, current")
    both = named_lines(lines, x, y, hues, ["name", "group", "year", AMOUNT])
    ends = end_labels(lines, x, "million:Q").encode(color=hues)
    chosen, last = "datum.group == recipients", "datum.year == 2023"
    policy = pd.DataFrame({"year": [2017.86], "text": ["New Southern Policy"]})
    chart = (
        event_rules(policy, x, dash=(4, 3), align="right", dx=-5, baseline="top", y=0)
        + both.transform_filter(chosen)
        + ends.transform_filter(chosen).transform_filter(last)
    )
    eight = lines[lines["group"] == "Southeast Asia (eight)"].pivot(index="name", columns="year", values="million")
    text = "Two lines, million dollars. " + " ".join(
        f"{name}: {s[2000]:.0f} in 2000, {s[2010]:.0f} in 2010, {s[2017]:.0f} in 2017, {s[2023]:,.0f} in 2023."
        for name, s in eight.iterrows()
    )
    menu = chooser("recipients", list(groups), "Recipients ")
    return chart.add_params(menu).properties(height=300, description=text)


def received(million: pd.Series) -> alt.Chart:
    """Show what the United States gave Korea, in million dollars by year, as bars."""
    from_year = million[million < 0].index.min()
    text = (
        f"Bars: {million[1960]:.0f} million dollars in 1960, {million[1969]:.0f} in 1969, {million[1979]:.0f} in 1979, "
        f"below zero in every year from {from_year}, {million.min():.0f} at the lowest, in {million.idxmin()}."
    )
    chart = alt.Chart(million.rename("million").reset_index()).mark_bar(color=color("usa"))
    return chart.encode(
        x=alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(1960, 2000, 10))),
        y=alt.Y("million:Q", title="million dollars, current"),
        tooltip=["year", AMOUNT],
    ).properties(height=220, description=text)


def change(steps: pd.DataFrame) -> alt.Chart:
    """Show by how much each ally's yearly aid to each recipient changed, in pairs of bars.

    Parameters
    ----------
    steps : DataFrame
        `before`, `after`, and `change` in million dollars a year, indexed by the codes of `donor` and `recipient`.
    """
    frame = steps.reset_index()
    frame = frame.assign(name=frame["recipient"].map(region.NAMES), donor=frame["donor"].map(region.NAMES))
    order = frame[frame["donor"] == "Korea"].sort_values("change")["name"].to_list()[::-1]
    by = steps["change"]
    text = "Two bars per state, million dollars a year. " + " ".join(
        f"{region.NAMES[code]}: Korea {by['KOR', code]:+.0f}, United States {by['USA', code]:+.0f}."
        for code in region.ASEAN
    )
    forms = {"before": ",.1f", "after": ",.1f", "change": "+,.1f"}
    chart = alt.Chart(frame).mark_bar()
    return chart.encode(
        y=alt.Y("name:N", title=None, sort=order),
        yOffset=alt.YOffset("donor:N", sort=["Korea", "United States"]),
        x=alt.X("change:Q", title="million dollars a year more or less"),
        color=country_colors(ALLIES, "donor:N", **LEGEND),
        tooltip=["donor", "name", *(alt.Tooltip(name, format=form) for name, form in forms.items())],
    ).properties(height=360, description=text)


def obligations(promised: pd.DataFrame) -> alt.Chart:
    """Show U.S. obligations by fiscal year as stacked bars, the incomplete year pale.

    Parameters
    ----------
    promised : DataFrame
        Columns `area`, `fiscal_year`, `partial`, and `million` dollars.
    """
    stack = {"Southeast Asia (eight)": "usa", "compact states": "other", "other Pacific islands": "ink"}
    asean, compact, other = stack
    by_area = promised.pivot(index="fiscal_year", columns="area", values="million")
    text = "Stacked bars, million dollars. " + " ".join(
        f"{year}: Southeast Asia {r[asean]:,.0f}, compact states {r[compact]:,.0f}, other islands {r[other]:,.0f}."
        for year, r in by_area.loc[[2010, 2015, 2020, 2023, 2024, 2025]].iterrows()
    )
    whole = promised["partial"].map({True: "partial year", False: "whole year"})
    chart = alt.Chart(promised.assign(whole=whole)).mark_bar()
    return (
        chart.encode(
            x=alt.X("fiscal_year:O", title=None).axis(labelAngle=0, values=list(range(2010, 2026, 3))),
            y=alt.Y("million:Q", title="million dollars, current"),
            color=series_colors(stack, "area:N", **LEGEND),
            opacity=alt.when("datum.whole == 'partial year'").then(alt.value(0.5)).otherwise(alt.value(1)),
            order=alt.Order("rank:Q"),
            tooltip=["area", "fiscal_year", "whole", alt.Tooltip("million", format=",.0f")],
        )
        .transform_calculate(rank=f"indexof({list(stack)}, datum.area)")
        .properties(height=280, description=text)
    )


def pacific_spending(spent: pd.DataFrame) -> alt.LayerChart:
    """Show what six donors spent in the islands, on a logarithmic axis, with a menu that brings one forward.

    Parameters
    ----------
    spent : DataFrame
        Table `pacific_aid`: dollars by donor, recipient, and year.
    """
    donors = ["AUS", "JPN", "CHN", "USA", "NZL", "KOR"]
    lines = pd.concat(_given(spent, "spent_usd", donor, region.PACIFIC) for donor in donors)
    x, hues = year_axis([2010, 2014, 2018, 2022], 2028.8), country_colors(donors)
    y = alt.Y("million:Q", title="million dollars, logarithmic").scale(type="log", domain=[2, 2000], nice=False)
    width = alt.when("datum.name == donor").then(alt.value(3.4)).otherwise(alt.value(1.3))
    last = lines[lines["year"] == 2023]
    apart = {"New Zealand": 210, "Japan": 152, "China": 110, "United States": 290}  # lest names overlap
    ends = last.assign(at=last["name"].map(apart).fillna(last["million"]))
    y = y.axis(values=[3, 10, 30, 100, 300, 1000])
    chart = named_lines(lines, x, y, hues, ["name", "year", AMOUNT]).encode(strokeWidth=width)
    given = lines.pivot(index="year", columns="name", values="million")
    text = listed(
        "Six lines on a logarithmic axis, million dollars in 2010 and 2023: ",
        (f"{name} {given[name][2010]:.0f} and {given[name][2023]:.0f}" for name in last["name"]),
    )
    menu = chooser("donor", [region.NAMES[d] for d in ["KOR", "USA", "AUS", "JPN", "CHN", "NZL"]], "Bring forward ")
    names = end_labels(ends, x, "at:Q").encode(color=hues)
    return alt.LayerChart(layer=[chart, names]).add_params(menu).properties(height=320, description=text)


def _given(table: pd.DataFrame, value: str, donor: str, recipients: list[str]) -> pd.DataFrame:
    million = region.aid_by_year(table, value, donor, recipients) / MILLION
    return million.rename("million").reset_index().assign(name=region.NAMES[donor])
