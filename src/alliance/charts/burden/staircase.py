"""The contribution as a staircase: who set each increase, and what inflation may add until 2030."""

import json
from typing import Any

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.rows import records
from press.chapter.theme import color

#: Presidents in office when an increase was agreed: U.S., Korean.
PRESIDENTS = {2019: "Trump, Moon", 2021: "Biden, Moon", 2026: "Biden, Yoon"}
SET_BY = {"negotiated": "negotiated", "rule": "the agreement’s formula"}
LAST = 2030
_AT_RISE: dict[str, Any] = {"align": "right", "baseline": "bottom", "dx": 2, "dy": -4}
_INSIDE: dict[str, Any] = {"align": "left", "baseline": "top", "dx": 6, "dy": 8}


def staircase(check: pd.DataFrame, projected: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show each year's contribution as a stair, negotiated increases dark, and the range of 2027–2030.

    Parameters
    ----------
    check : DataFrame
        From `alliance.burden.rule_check`.
    projected : DataFrame
        From `alliance.burden.projections`, in tenths of a percent.
    """
    stairs = _stairs(check)
    cone = projected[projected["year"] > stairs["year"].max()].assign(amount=projected["amount_bn_krw"] / 1000)
    x, y = _axes()
    slider = alt.binding_range(min=0, max=8, step=0.1, name="Inflation 2026–2028, percent a year ")
    rate = alt.param(name="inflation", value=2, bind=slider)
    layers = marks.layered(
        *_agreements(stairs, x, narrow),
        *_treads(stairs, x, y),
        *_range(cone, x, y, narrow),
        *_chosen(cone, x, y, narrow),
        *_risers(stairs, x, y),
        *_increases(stairs, x, y, narrow),
        *_key(x, y),
    )
    in_2030 = cone[cone["year"] == LAST].set_index("inflation_pct")["amount"]
    amount = f"{marks.by_choice('inflation', in_2030.map('{:.2f}'.format).to_dict())}"
    title = f"'At ' + inflation + ' percent inflation, Korea would pay ₩' + {amount} + ' trillion in {LAST}'"
    told = f"{json.dumps(_told(stairs, cone), ensure_ascii=False)} + ' ' + {title} + '.'"
    chart = marks.tell_choice(layers.add_params(rate), title=title, description=told)
    return chart.properties(height=330 if narrow else 400, description=_told(stairs, cone))


def _stairs(check: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each year: its two edges, its amount and the amount before in trillion won, and words."""
    before = check["amount_bn_krw"].shift()
    return check.assign(
        _left=check["year"] - 0.5,
        _right=check["year"] + 0.5,
        amount=check["amount_bn_krw"] / 1000,
        before=before / 1000,
        _zero=0,
        change=check["change_pct"]
        .map("{:+.1f}%".format)
        .replace("+0.0%", "none")
        .where(before.notna(), "first year in won"),
        name=check["agreement"].map(lambda number: f"{number}th"),
        set_by=check["basis"].map(SET_BY),
        published=check["status"].map({"published": "published", "computed": "computed from the formula"}),
    )


def _axes() -> tuple[alt.X, alt.Y]:
    """Return the axis of years, and the axis of trillion won."""
    ticks = [2005, 2010, 2015, 2020, 2025, 2030]
    x = alt.X("_left:Q", title=None).axis(format="d", values=ticks)
    y = alt.Y("amount:Q", title="trillion won").scale(domain=[0, 2.1], nice=False)
    x = x.scale(domain=[2004.5, LAST + 0.5], nice=False, zero=False)
    return x, y.axis(values=[0, 0.5, 1, 1.5, 2], format=".1f")


def _agreements(stairs: pd.DataFrame, x: alt.X, narrow: bool) -> list[alt.Chart]:
    """Return a band for every second agreement, and the number of each."""
    terms = stairs.groupby("agreement")["year"].agg(["min", "max"]).reset_index()
    terms["max"] = terms["max"].where(terms["agreement"] < 12, LAST)
    terms = terms.assign(
        _left=terms["min"] - 0.5,
        _right=terms["max"] + 0.5,
        middle=(terms["min"] + terms["max"]) / 2,
        name=terms["agreement"].astype(str) + ("" if narrow else "th"),
    )
    bands = alt.Chart(terms[terms["agreement"] % 2 == 0]).mark_rect(color=color("era"))
    names = alt.Chart(terms).mark_text(color=color("muted"), fontSize=13)
    row = alt.Chart(pd.DataFrame({"_left": [LAST + 0.5], "words": ["no." if narrow else "agreement"]}))
    row = row.mark_text(color=color("muted"), fontSize=13, align="left", dx=5)
    return [
        bands.encode(x=x, x2="_right:Q"),
        names.encode(x="middle:Q", y=alt.value(10), text="name"),
        row.encode(x=x, y=alt.value(10), text="words"),
    ]


def _treads(stairs: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the area below the stairs and their treads, with hollow points on computed years."""
    base = alt.Chart(stairs).encode(
        x=x,
        x2="_right:Q",
        y=y,
        tooltip=[
            alt.Tooltip("year:Q", title="Year", format="d"),
            alt.Tooltip("name:N", title="Agreement"),
            alt.Tooltip("amount_bn_krw:Q", title="Billion won", format=",.1f"),
            alt.Tooltip("change:N", title="Change on the year before"),
            alt.Tooltip("set_by:N", title="Set by"),
            alt.Tooltip("published:N", title="Figure"),
        ],
    )
    area = base.mark_rect(color=color("tint"), opacity=0.55).encode(y2="_zero:Q")
    points = stairs[stairs["status"] == "computed"]
    hollow = marks.hollow_points(points, x=alt.X("year:Q"), y=y)
    return [area, base.mark_rule(color=color("kor"), strokeWidth=2), hollow]


def _risers(stairs: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the rise into each year: dark and thick where it was negotiated."""
    rises = alt.Chart(stairs.dropna(subset=["before"])).encode(x=x, y=y, y2="before:Q")
    thick = rises.transform_filter("datum.basis == 'negotiated'").mark_rule(color=color("kor"), strokeWidth=7)
    return [rises.mark_rule(color=color("kor"), strokeWidth=2), thick]


def _increases(stairs: pd.DataFrame, x: alt.X, y: alt.Y, narrow: bool) -> list[alt.Chart]:
    """Return the words at the three largest increases, and at the largest that the formula set."""
    formula = stairs[stairs["basis"] == "rule"].nlargest(1, "change_pct")
    layers = []
    for rises, mark in ((stairs[stairs["year"].isin(PRESIDENTS)], {"fontWeight": 600}), (formula, _INSIDE)):
        who = ["" if narrow else f" {PRESIDENTS.get(row.year, 'by formula')}" for row in records(rises)]
        words = [f"+{row.change_pct:.1f}%{by}" for row, by in zip(records(rises), who, strict=True)]
        text = alt.Chart(rises.assign(words=words)).mark_text(**_AT_RISE | mark)
        layers.append(text.encode(x=x, y=y, text="words"))
    return layers


def _key(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the key to thick and thin rises, in the blank above the first stairs."""
    rows = pd.DataFrame({"_left": 2005.4, "amount": [1.78, 1.63], "before": [1.68, 1.53], "middle": [1.73, 1.58]})
    rows = rows.assign(width=[7, 2], words=["negotiated increase", "increase by formula"])
    base = alt.Chart(rows).encode(x=x)
    thick = alt.StrokeWidth("width:Q", scale=None, legend=None)
    rises = base.mark_rule(color=color("kor")).encode(y=y, y2="before:Q", strokeWidth=thick)
    return [rises, base.mark_text(align="left", dx=9, fontSize=13).encode(y="middle:Q", text="words")]


def _ends(top: float, bottom: float, narrow: bool) -> tuple[str, str]:
    """Word the two ends of the range of 2030, in trillion won."""
    if narrow:
        return f"{top:.2f} at 5%", f"{bottom:.2f} at 0%"
    return f"{top:.2f} at the 5% cap", f"{bottom:.2f}, no inflation"


def _range(cone: pd.DataFrame, x: alt.X, y: alt.Y, narrow: bool) -> list[alt.Chart]:
    """Return what the contribution may be from 2027: a shaded stair, and words at its two ends."""
    low_high = cone.groupby("year")["amount"].agg(["min", "max"]).reset_index()
    frame = low_high.assign(_left=low_high["year"] - 0.5, _right=low_high["year"] + 0.5, amount=low_high["max"])
    base = alt.Chart(frame).encode(x=x, x2="_right:Q")
    shaded = base.mark_rect(color=color("slate"), opacity=0.45, stroke=color("paper")).encode(
        y=y,
        y2="min:Q",
        tooltip=[
            alt.Tooltip("year:Q", title="Year", format="d"),
            alt.Tooltip("min:Q", title="No inflation, trillion won", format=".2f"),
            alt.Tooltip("max:Q", title="At the cap of 5%, trillion won", format=".2f"),
        ],
    )
    top, bottom = low_high["max"].iloc[-1], low_high["min"].iloc[-1]
    ends = pd.DataFrame(
        {
            "_left": LAST + 0.5,
            "amount": [top, bottom],
            "words": [*_ends(top, bottom, narrow)],
        }
    )
    upper, lower = (
        alt.Chart(row).mark_text(align="left", dx=5, dy=dy, color=color("muted")).encode(x=x, y=y, text="words")
        for (_, row), dy in zip(ends.groupby("amount", sort=False), (-9, 11), strict=True)
    )
    return [shaded, upper, lower]


def _chosen(cone: pd.DataFrame, x: alt.X, y: alt.Y, narrow: bool) -> list[alt.Chart]:
    """Return the dashed stair at the rate of inflation that the reader chooses."""
    frame = cone.assign(_left=cone["year"] - 0.5, _right=cone["year"] + 0.5)
    chosen = alt.Chart(frame).transform_filter("abs(datum.inflation_pct - inflation) < 0.04").encode(x=x, y=y)
    known = chosen.transform_filter("datum.year == 2027").mark_circle(
        fill=color("paper"), stroke=color("kor"), strokeWidth=1.6, size=42, opacity=1
    )
    end = chosen.transform_filter(f"datum.year == {LAST}").transform_calculate(
        words="format(datum.amount, '.2f') + ' at ' + format(inflation, '.1f') + '%'"
    )
    return [
        chosen.mark_rule(color=color("kor"), strokeDash=[5, 3], strokeWidth=2).encode(x2="_right:Q"),
        known.encode(x="year:Q"),
        end.mark_text(align="left", dx=5, fontWeight=600, color=color("kor")).encode(x="_right:Q", text="words:N"),
    ]


def _told(stairs: pd.DataFrame, cone: pd.DataFrame) -> str:
    """Say in words what the stairs show."""
    amount = stairs.set_index("year")["amount"]
    end = cone[cone["year"] == LAST]["amount"]
    jumps = [f"{row.change_pct:.1f} percent in {row.year}" for row in records(stairs[stairs["year"].isin(PRESIDENTS)])]
    return (
        f"Stairs from ₩{amount[2005]:.2f} trillion in 2005 to ₩{amount[2018]:.2f} trillion in 2018 and "
        f"₩{amount[2026]:.2f} trillion in 2026. The largest rises were negotiated: {marks.enumerated(jumps)}. "
        f"In 2030 the payment lies between ₩{end.min():.2f} trillion without inflation and "
        f"₩{end.max():.2f} trillion at the cap."
    )
