"""Goods trade of the United States: with Korea, among its partners, and one flow in two counts."""

from typing import Any

import altair as alt
import pandas as pd

from alliance.charts.economy.names import partner_name
from alliance.charts.economy.text import ROOM_RIGHT, spread
from alliance.charts.marks import end_labels, enumerated, event_rules, layered, nearest, series_colors
from press.chapter.theme import POINT, color

_FLOWS = {"imports": "from Korea", "exports": "to Korea"}
_WORDS = ["imports|from Korea", "exports|to Korea"]  # in the order of the columns
_TRANSCRIBED = pd.Timestamp(2023, 1, 1)  # the first month that was copied from a published page
_EVENTS = {"2012-03-15": "KORUS", "2025-04-03": "tariffs"}  # day → words


def trade(sums: pd.DataFrame) -> alt.LayerChart:
    """Show trade in both directions as sums of twelve months, with the agreement and the tariffs.

    Parameters
    ----------
    sums : DataFrame
        Indexed by the last month: U.S. `imports` from and `exports` to Korea, billion dollars.
    """
    flows = sums.rename(columns=_FLOWS).melt(var_name="flow", value_name="bn", ignore_index=False).reset_index()
    flows["copied"] = flows["month"] >= _TRANSCRIBED
    events = pd.DataFrame({"month": pd.to_datetime(list(_EVENTS)), "text": list(_EVENTS.values())})
    first, last = sums.index[[0, -1]]
    words = [f"{text}|${value:.0f} billion" for text, value in zip(_WORDS, sums.loc[last], strict=True)]
    ends = pd.DataFrame({"month": last, "bn": list(sums.loc[last]), "flow": list(_FLOWS.values()), "text": words})
    hue = series_colors({"from Korea": "kor", "to Korea": "usa"}, "flow:N")
    x = alt.X("month:T", title=None).scale(domain=[first, last])
    x = x.axis(format="%Y", values=[pd.Timestamp(year, 1, 1) for year in range(1985, 2026, 10)])
    lines = alt.Chart(flows).encode(
        x=x,
        y=alt.Y("bn:Q", title="billion dollars").scale(domain=[0, 165]).axis(values=[0, 50, 100, 150]),
        color=hue,
        tooltip=[
            alt.Tooltip("month:T", title="Twelve months to", format="%B %Y"),
            alt.Tooltip("flow:N", title="Goods"),
            alt.Tooltip("bn:Q", title="Billion dollars", format=",.0f"),
        ],
    )
    return layered(
        *event_rules(events, "month:T", align="right", dx=-4, fontSize=13),
        *nearest(lines, "month"),
        lines.transform_filter("!datum.copied").mark_line(point=POINT),
        lines.transform_filter("datum.copied").mark_line(point=POINT, strokeDash=[4, 2]),
        end_labels(ends, x, "bn:Q", "text", lineBreak="|", lineHeight=17).encode(color=hue),
    ).properties(height=330, padding=ROOM_RIGHT, description=_trade_in_words(sums))


def _trade_in_words(sums: pd.DataFrame) -> str:
    told = sums.loc[[sums.index[0], pd.Timestamp(2011, 12, 1), pd.Timestamp(2021, 12, 1), sums.index[-1]]]
    first, agreed, sheet, last = (f"{value:.0f}" for value in told["imports"])
    exports = [f"{value:.0f}" for value in told["exports"]]
    return (
        f"Two lines. U.S. imports from Korea: {first} billion dollars in 1985, {agreed} in 2011, {sheet} in 2021, "
        f"{last} in the twelve months to {sums.index[-1]:%B %Y}. "
        f"U.S. exports to Korea: {enumerated(exports)}."
    )


def balance(years: pd.DataFrame, sums: pd.DataFrame) -> alt.LayerChart:
    """Show the U.S. deficit in goods with Korea, in percent of two-way trade, by year and for the latest twelve months.

    Parameters
    ----------
    years : DataFrame
        Indexed by calendar year: `imports` and `exports`, billion dollars.
    sums : DataFrame
        The same for twelve months, indexed by the last; the last row is drawn, hollow.
    """
    last = sums.index[-1]
    label = f"to {last:%b %Y}"
    bars = pd.concat([years.set_index(years.index.astype(str)), sums.iloc[[-1]].set_index(pd.Index([label]))])
    bars["balance"] = bars["exports"] - bars["imports"]
    bars["relative"] = -100 * bars["balance"] / (bars["imports"] + bars["exports"])
    frame = bars.rename_axis("period").reset_index()[["period", "balance", "relative"]]
    x = alt.X("period:O", title=None, sort=None).axis(values=[str(year) for year in range(1985, 2026, 5)], labelAngle=0)
    y = alt.Y("relative:Q", title="percent of two-way trade").axis(tickCount=5)
    tooltip = [
        alt.Tooltip("period:O", title="Year"),
        alt.Tooltip("relative:Q", title="Deficit, % of two-way trade", format=".0f"),
        alt.Tooltip("balance:Q", title="U.S. balance, billion dollars", format=",.1f"),
    ]
    full = alt.Chart(frame[:-1]).mark_bar(color=color("usa"))
    latest = alt.Chart(frame[-1:]).mark_bar(fill=color("paper"), stroke=color("usa"), strokeWidth=1.6)
    told = frame.assign(text=frame["relative"].map("{:.0f}%".format))
    mark: dict = {"dy": -9, "fontWeight": 600, "color": color("usa")}
    most = alt.Chart(told[:-1].nlargest(1, "relative")).mark_text(**mark)
    now = alt.Chart(told[-1:]).mark_text(align="left", dx=-5, **mark)  # clear of the bars before it
    said = [f"{bars['relative'][str(year)]:.0f} in {year}" for year in (1985, 1987, 1996, 2011, 2024, 2025)]
    return (
        full.encode(x=x, y=y, tooltip=tooltip)
        + latest.encode(x=x, y=y, tooltip=tooltip)
        + most.encode(x=x, y=y, text="text")
        + now.encode(x=x, y=y, text="text")
    ).properties(
        height=280,
        description=f"Bars, below zero from 1995 to 1997. Percent of two-way trade: {', '.join(said)}, and "
        f"{bars['relative'].iloc[-1]:.0f} in the twelve months to {last:%B %Y}.",
    )


def partners(shares: pd.DataFrame, names: list[str]) -> alt.LayerChart:
    """Show by how many points the shares of the largest partners in goods trade rose or fell, the largest gain first.

    Parameters
    ----------
    shares : DataFrame
        What `alliance.economy.shares` returns for exports and imports together, by `partner` and two years.
    names : list of str
        The partners to draw.
    """
    rows = shares[shares["partner"].isin(names)]
    rows = rows.assign(name=rows["partner"].map(partner_name), pct=100 * rows["share"])
    pct = rows.pivot(index="name", columns="year", values="pct")
    first, last = pct.columns
    bars = pd.DataFrame({"before": pct[first], "after": pct[last], "points": pct[last] - pct[first]}).reset_index()
    bars = bars.assign(_zero=0).sort_values("points", ascending=False)
    ends = zip(bars["before"], bars["after"], strict=True)
    bars["_text"] = [f"{before:.1f} → {after:.1f}%" for before, after in ends]
    y = alt.Y("name:N", sort=list(bars["name"]), axis=None)
    x = alt.X("points:Q", axis=None).scale(domain=[-9.2, 8.4], nice=False)
    hue = alt.when("datum.name == 'Korea'").then(alt.value(color("kor"))).when("datum.name == 'China'")
    base = alt.Chart(bars).encode(x=x, y=y)
    marks = base.mark_bar(height=20).encode(
        color=hue.then(alt.value(color("chn"))).otherwise(alt.value(color("other"))),
        tooltip=[
            alt.Tooltip("name:N", title="Partner"),
            alt.Tooltip("before:Q", title=f"Share of U.S. goods trade in {first}, %", format=".1f"),
            alt.Tooltip("after:Q", title=f"Share in {last}, %", format=".1f"),
            alt.Tooltip("points:Q", title="Change, points", format="+.1f"),
        ],
    )
    zero = alt.Chart(pd.DataFrame({"points": [0]})).mark_rule(color=color("muted")).encode(x=x)
    most, korea, least = bars.iloc[0], bars.set_index("name").loc["Korea"], bars.iloc[-1]
    fell = bars.loc[bars["points"] < 0, "name"].iloc[:-1]
    said = (
        f"{least['name']}’s share fell most, from {least['before']:.1f} percent in {first} to {least['after']:.1f} in "
        f"{last}; {enumerated(fell)} lost as well. {most['name']} gained most, from {most['before']:.1f} to "
        f"{most['after']:.1f} percent. Korea rose from {korea['before']:.1f} to {korea['after']:.1f}."
    )
    return layered(marks, zero, *_partner_labels(base)).properties(
        height=29 * len(bars), description=f"Bars of change for {len(bars)} partners. {said}"
    )


def _partner_labels(base: alt.Chart) -> list[alt.Chart]:
    """Return the partners' names beside zero, and the two shares beyond the ends of the bars."""
    labels = []
    left: dict[str, Any] = {"align": "left", "dx": 7}
    right: dict[str, Any] = {"align": "right", "dx": -7}
    for sign, beyond, within in ((">=", left, right), ("<", right, left)):
        side = base.transform_filter(f"datum.points {sign} 0")
        labels.append(side.mark_text(fontWeight=600, **beyond).encode(text="_text:N"))
        labels.append(side.mark_text(**within).encode(x=alt.X("_zero:Q", axis=None), text="name:N"))
    return labels


def two_counts(counts: pd.DataFrame) -> alt.LayerChart:
    """Show one flow of goods as each side counts it, month by month.

    Parameters
    ----------
    counts : DataFrame
        Indexed by month, billion dollars: Korea’s count in the first column, the American in the second.
    """
    short = counts.set_axis(["Korea’s count", "U.S. count"], axis=1)
    long = short.reset_index(names="month").melt("month", var_name="side", value_name="bn")
    first, last = counts.index[[0, -1]]
    hue = series_colors({"Korea’s count": "kor", "U.S. count": "usa"}, "side:N")
    x = alt.X("month:T", title=None).scale(domain=[first, last])
    x = x.axis(format="%b %Y", values=pd.date_range(first, last, freq="3MS").to_list())
    lines = alt.Chart(long).mark_line(point=True)
    lines = lines.encode(
        x=x,
        y=alt.Y("bn:Q", title="billion dollars a month").scale(domain=[0, 21]).axis(values=[0, 5, 10, 15, 20]),
        color=hue,
        tooltip=[
            alt.Tooltip("month:T", title="Month", format="%B %Y"),
            alt.Tooltip("side:N", title="Counted by"),
            alt.Tooltip("bn:Q", title="Billion dollars", format=".1f"),
        ],
    )
    ends = long[long["month"] == last].set_index("side")
    ends = ends.assign(bn=spread(ends["bn"], 1.3)).reset_index()
    apart = counts.index[int((counts.iloc[:, 0] / counts.iloc[:, 1]).argmax())]
    said = [
        f"{month:%B %Y}: {counts.loc[month].iloc[0]:.1f} billion dollars in Korea’s count, "
        f"{counts.loc[month].iloc[1]:.1f} in the U.S. count."
        for month in (first, apart, last)
    ]
    return layered(lines, *nearest(lines, "month"), end_labels(ends, x, "bn:Q", "side").encode(color=hue)).properties(
        height=270, description=f"Two lines of twelve months. {' '.join(said)}"
    )
