"""Critical minerals: who mines them, and China's exports of graphite around the control."""

import altair as alt
import pandas as pd

from alliance.charts.economy.names import NAMES
from alliance.charts.economy.rules import flanked_rules
from alliance.charts.marks import chooser
from press.chapter.theme import POINT, color

_GRAPHITE = {"250410": "natural", "380110": "artificial"}  # line of the Harmonized System → kind
_TOLD = ["2022-06-01", "2023-05-01", "2023-09-01", "2023-11-01", "2024-02-01", "2024-12-01"]  # months in words


def mines(leaders: pd.DataFrame, shares: pd.DataFrame) -> alt.LayerChart:
    """Show the share of each mineral's largest producer in 2024, and what the same producer had in 2014.

    Parameters
    ----------
    leaders : DataFrame
        What `alliance.economy.top` returns: the largest `producer` of each `mineral` and `year`.
    shares : DataFrame
        What `alliance.economy.shares` returns, for all producers.
    """
    bars = _with_past(leaders[leaders["year"] == 2024], shares[shares["year"] == 2014])
    hue = alt.when("datum.producer == 'China'").then(alt.value(color("chn"))).otherwise(alt.value(color("other")))
    base = alt.Chart(bars)
    y = alt.Y("label:N", title=None, sort=list(bars.sort_values("pct", ascending=False)["label"]))
    x = alt.X("pct:Q", title="percent of world production").scale(domain=[0, 118], nice=False)
    said = [
        f"{row.mineral}: {row.producer} {row.pct:.0f} percent in 2024, {row.ago:.0f} in 2014."
        for row in bars.itertuples()
    ]
    return (
        base.mark_bar(height=20).encode(
            y=y,
            x=x.axis(values=[0, 20, 40, 60, 80, 100]),
            color=hue,
            tooltip=[
                "mineral",
                "producer",
                alt.Tooltip("pct:Q", title="% in 2024", format=".1f"),
                alt.Tooltip("ago:Q", title="% in 2014", format=".1f"),
            ],
        )
        + base.mark_tick(thickness=3, size=26, color=color("ink")).encode(y=y, x="ago:Q")
        + base.mark_text(align="right", fontWeight=600)
        .encode(y=y, x=alt.datum(118), text="percent:N")
        .transform_calculate(percent="format(datum.pct, '.0f') + ' %'")
    ).properties(height=250, description=f"Horizontal bars. {' '.join(said)}")


def _with_past(leaders: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the bars: each leader's share, and what it had in the earlier `shares`, in percent."""
    then = shares.set_index(["mineral", "producer"])["share"]
    return leaders.assign(
        label=leaders["mineral"] + ": " + leaders["producer"],
        pct=100 * leaders["share"],
        ago=[100 * then.get(key, 0.0) for key in zip(leaders["mineral"], leaders["producer"], strict=True)],
    )[["mineral", "producer", "label", "pct", "ago"]]


def graphite(exports: pd.DataFrame) -> alt.LayerChart:
    """Show China's exports of both kinds of graphite since 2021, with a menu of the destinations.

    Parameters
    ----------
    exports : DataFrame
        Table `china_mineral_exports`.
    """
    rows = exports[exports["hs6"].isin(list(_GRAPHITE)) & (exports["year"] >= 2021)]
    drawn = rows[rows["destination"] != "others"].assign(
        month=pd.to_datetime(rows[["year", "month"]].assign(day=1)),
        name=rows["destination"].map(NAMES),
        kind=rows["hs6"].map(_GRAPHITE),
        kt=rows["weight_kg"] / 1e6,
    )[["month", "name", "kind", "kt"]]
    control = pd.DataFrame({"month": pd.to_datetime(["2023-10-20", "2023-12-01"]), "text": ["announced", "in force"]})
    lines = alt.Chart(drawn).transform_filter("datum.name == destination").mark_line(point=POINT, color=color("chn"))
    lines = lines.encode(
        x=alt.X("month:T", title=None).axis(format="%Y", tickCount=4),
        y=alt.Y("kt:Q", title="thousand tonnes a month").scale(domain=[0, 15]),
        strokeDash=alt.StrokeDash("kind:N").scale(domain=["natural", "artificial"], range=[[1, 0], [4, 3]]),
        tooltip=[
            "name",
            "kind",
            alt.Tooltip("month:T", format="%B %Y"),
            alt.Tooltip("kt:Q", title="kt", format=".2f"),
        ],
    )
    kt = drawn[drawn["name"] == "Korea"].pivot(index="month", columns="kind", values="kt").loc[_TOLD]
    said = [f"{row.Index:%B %Y} natural {row.natural:.1f}, artificial {row.artificial:.1f}" for row in kt.itertuples()]
    return (
        (flanked_rules(control) + lines)
        .add_params(chooser("destination", ["Korea", "Japan", "United States"], "China’s exports to "))
        .properties(
            height=290,
            description=f"Two lines for Korea, natural and artificial graphite. Thousand tonnes: {'; '.join(said)}.",
        )
    )
