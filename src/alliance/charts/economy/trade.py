"""Goods trade of the United States: with Korea, among its partners, and one flow in two counts."""

import altair as alt
import pandas as pd

from alliance.charts.economy.names import partner_name
from alliance.charts.marks import chooser, event_rules, series_colors
from press.chapter.theme import POINT, color

_FLOWS = {"imports": "from Korea", "exports": "to Korea"}
_TRANSCRIBED = pd.Timestamp(2023, 1, 1)  # the first month that was keyed from a published copy
_TOLD = [1985, 1987, 1996, 2001, 2011, 2016, 2018, 2022, 2024, 2025]  # years whose balance stands in words
_NUDGES = {
    "Mexico": -5,
    "Canada": 4,
    "Taiwan": -16,
    "Germany": -10,
    "Japan": -1,
    "Vietnam": 4,
    "Korea": 10,
    "Switzerland": 15,
    "United Kingdom": 18,
}  # px that keep names apart


def trade(sums: pd.DataFrame) -> alt.LayerChart:
    """Show trade in both directions as sums of twelve months, with the agreement and the fact sheet as dates.

    Parameters
    ----------
    sums : DataFrame
        Indexed by the last month: U.S. `imports` from and `exports` to Korea, billion dollars.
    """
    flows = sums.rename(columns=_FLOWS).melt(var_name="flow", value_name="bn", ignore_index=False).reset_index()
    flows["status"] = ["transcribed" if month >= _TRANSCRIBED else "sheet" for month in flows["month"]]
    events = pd.DataFrame({"month": pd.to_datetime(["2012-03-15", "2021-03-18"]), "text": ["KORUS", "fact sheet"]})
    tags = pd.DataFrame(
        {
            "month": pd.to_datetime(["2001-06-01", "2004-01-01"]),
            "bn": [sums["imports"]["2001-06-01"] + 22, sums["exports"]["2004-01-01"] - 13],
            "flow": ["from Korea", "to Korea"],
            "text": ["U.S. imports from Korea", "U.S. exports to Korea"],
        }
    )
    hue = series_colors({"from Korea": "kor", "to Korea": "usa"}, "flow:N")
    lines = alt.Chart(flows).encode(
        x=alt.X("month:T", title=None).axis(format="%Y", tickCount=8),
        y=alt.Y("bn:Q", title="billion dollars, current").scale(domainMin=0),
        color=hue,
        tooltip=[
            alt.Tooltip("month:T", title="12 months to", format="%B %Y"),
            "flow",
            alt.Tooltip("bn:Q", title="bn dollars", format=",.1f"),
            "status",
        ],
    )
    return (
        event_rules(events, "month:T", align="right", dx=-4, y=8)
        + lines.transform_filter("datum.status == 'sheet'").mark_line(point=POINT)
        + lines.transform_filter("datum.status == 'transcribed'").mark_line(point=POINT, strokeDash=[4, 2])
        + alt.Chart(tags).mark_text(fontWeight=600).encode(x="month:T", y="bn:Q", text="text", color=hue)
    ).properties(height=320, description=_trade_in_words(sums))


def _trade_in_words(sums: pd.DataFrame) -> str:
    told = sums.loc[[sums.index[0], pd.Timestamp(2011, 12, 1), pd.Timestamp(2021, 12, 1), sums.index[-1]]]
    first, agreed, sheet, last = (f"{value:.0f}" for value in told["imports"])
    exports = [f"{value:.0f}" for value in told["exports"]]
    return (
        f"Two lines. Imports from Korea: {first} billion dollars in 1985, {agreed} in 2011, {sheet} in 2021, "
        f"{last} in the twelve months to {sums.index[-1]:%B %Y}. "
        f"Exports to Korea: {', '.join(exports[:3])} and {exports[3]}."
    )


def balance(years: pd.DataFrame, sums: pd.DataFrame) -> alt.Chart:
    """Show the U.S. balance of trade in goods with Korea as bars, by year and for the latest twelve months.

    Parameters
    ----------
    years : DataFrame
        Indexed by calendar year: `imports` and `exports`, billion dollars.
    sums : DataFrame
        The same for twelve months, indexed by the last; the last row is drawn.
    """
    last = sums.index[-1]
    label, kinds = f"to {last.month}/{last:%y}", ["calendar year", f"twelve months to {last:%B %Y}"]
    bars = pd.concat([years.set_index(years.index.astype(str)), sums.iloc[[-1]].set_index(pd.Index([label]))])
    bars["balance"] = bars["exports"] - bars["imports"]
    bars["kind"] = [kinds[name == label] for name in bars.index]
    bars["relative"] = -100 * bars["balance"] / (bars["imports"] + bars["exports"])
    said = [f"{year}: {bars['balance'][str(year)]:.1f} billion dollars." for year in _TOLD]
    said.append(f"Twelve months to {last:%B %Y}: {bars['balance'].iloc[-1]:.1f}.")
    chart = alt.Chart(bars.rename_axis("label").reset_index()[["label", "balance", "kind", "relative"]])
    return (
        chart.mark_bar()
        .encode(
            x=alt.X("label:O", title=None, sort=None).axis(
                values=["1985", "1990", "1995", "2000", "2005", "2010", "2015", "2020", label], labelAngle=0
            ),
            y=alt.Y("balance:Q", title="billion dollars, current"),
            color=series_colors(dict(zip(kinds, ["usa", "other"], strict=True)), "kind:N"),
            tooltip=[
                alt.Tooltip("label", title="year"),
                alt.Tooltip("balance:Q", title="bn dollars", format=",.1f"),
                alt.Tooltip("relative:Q", title="deficit, % of two-way trade", format=".1f"),
            ],
        )
        .properties(height=250, description=f"Bars below zero in most years. {' '.join(said)}")
    )


def partners(shares: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    """Show the shares of the largest partners in goods trade, with a menu to bring one forward.

    Parameters
    ----------
    shares : DataFrame
        What `alliance.economy.shares` returns for exports and imports together, by `partner` and `year`.
    names : list of str
        The partners to draw, in the order of the menu.
    """
    paths = shares[shares["partner"].isin(names)]
    paths = paths.assign(name=paths["partner"].map(partner_name), pct=100 * paths["share"])[["year", "name", "pct"]]
    options = [partner_name(name) for name in names]
    first, last = paths["year"].agg(["min", "max"])
    ends = paths[paths["year"] == last].assign(nudge=lambda frame: frame["name"].map(_NUDGES).fillna(0).astype(int))
    pct = paths.set_index(["name", "year"])["pct"]
    said = "; ".join(f"{name} {pct[name, first]:.1f} and {pct[name, last]:.1f}" for name in sorted(options))
    years = alt.X("year:Q", title=None).axis(format="d", values=list(range(2013, last + 1, 2)))
    years = years.scale(domain=[first, last + 5], nice=False, zero=False)
    lines = alt.Chart(paths).mark_line(point=POINT)
    lines = lines.encode(
        x=years,
        y=alt.Y("pct:Q", title="percent of U.S. goods trade, logarithmic")
        .scale(type="log", domain=[0.7, 20], nice=False)
        .axis(values=[1, 2, 3, 5, 10, 15]),
        detail="name:N",
        color=alt.when("datum.name == 'Korea'").then(alt.value(color("kor"))).otherwise(alt.value(color("other"))),
        size=alt.when("datum.name == partner").then(alt.value(3.4)).otherwise(alt.value(1)),
        tooltip=["name", "year", alt.Tooltip("pct:Q", title="%", format=".2f")],
    )
    labels = alt.Chart(ends).mark_text(align="left", dx=6, dy=alt.expr("datum.nudge"))
    hue = alt.when("datum.name == 'Korea'").then(alt.value(color("kor"))).otherwise(alt.value(color("ink")))
    return (
        (lines + labels.encode(x=years, y="pct:Q", text="name", color=hue))
        .add_params(chooser("partner", options, "Bring forward ", "Korea"))
        .properties(
            height=370,
            description="Ten lines on a logarithmic axis, Korea’s brought forward. "
            f"Percent in {first} and {last}: {said}.",
        )
    )


def two_counts(counts: pd.DataFrame) -> alt.LayerChart:
    """Show one flow of goods as each side counts it, month by month.

    Parameters
    ----------
    counts : DataFrame
        Indexed by month, billion dollars: Korea’s count in the first column, the American in the second.
    """
    long = counts.reset_index(names="month").melt("month", var_name="side", value_name="bn")
    sides = pd.DataFrame(
        {
            "month": pd.to_datetime(["2025-09-20", "2026-03-20"]),
            "bn": [13.7, 10.6],
            "side": list(counts.columns),
            "text": ["Korea’s count", "U.S. count"],
        }
    )
    hue = series_colors(dict(zip(counts.columns, ["kor", "usa"], strict=True)), "side:N")
    lines = alt.Chart(long).mark_line(point=True)
    lines = lines.encode(
        x=alt.X("month:T", title=None).axis(format="%b %Y", tickCount=6),
        y=alt.Y("bn:Q", title="billion dollars, current").scale(domainMin=0),
        color=hue,
        tooltip=[alt.Tooltip("month:T", format="%B %Y"), "side", alt.Tooltip("bn:Q", format=".2f")],
    )
    labels = alt.Chart(sides).mark_text(align="left", fontWeight=600)
    said = [
        f"{month:%B %Y}: {korea:.1f} billion dollars in Korea’s count, {usa:.1f} in the U.S. count."
        for month, korea, usa in counts.iloc[[0, 3, 7, 10, 11]].itertuples()
    ]
    return (lines + labels.encode(x="month:T", y="bn:Q", text="text", color="side:N")).properties(
        height=260, description=f"Two lines of twelve months. {' '.join(said)}"
    )
