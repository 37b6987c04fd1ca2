"""Critical minerals: who mines them, and China's exports of graphite around the control."""

import altair as alt
import pandas as pd

from alliance.charts.economy.text import ROOM_LEFT
from alliance.charts.marks import end_labels, enumerated, event_rules, layered, nearest, series_colors
from alliance.countries import NAMES
from press.chapter.theme import POINT, color

_GRAPHITE = {"250410": "natural", "380110": "artificial"}  # line of the Harmonized System → kind
_KINDS = {"natural": "rose", "artificial": "slate"}  # kind → color


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
    key = alt.Chart(bars.nlargest(1, "pct")).mark_text(text="2014", dy=-20, fontSize=13, color=color("ink"))
    y = alt.Y("_label:N", title=None, sort=list(bars.sort_values("pct", ascending=False)["_label"])).axis(
        labelLimit=0, labelExpr="split(datum.label, ': ')", labelLineHeight=15, labelOffset=-7
    )
    x = alt.X("pct:Q", title="percent of world production").scale(domain=[0, 100], nice=False)
    said = [
        f"{producer} leads in {enumerated(part['mineral'] + part['pct'].map(' ({:.0f} percent)'.format))}."
        for producer, part in bars.sort_values("pct", ascending=False).groupby("producer", sort=False)
    ]
    most = bars.iloc[(bars["pct"] - bars["ago"]).argmax()]
    grew = f"The leader’s share grew most in {most['mineral']}, from {most['ago']:.0f} percent in 2014."
    return (
        base.mark_bar(height=20).encode(
            y=y,
            x=x.axis(values=[0, 20, 40, 60, 80, 100]),
            color=hue,
            tooltip=[
                alt.Tooltip("mineral:N", title="Mineral"),
                alt.Tooltip("producer:N", title="Largest producer"),
                alt.Tooltip("pct:Q", title="Share of world production in 2024, %", format=".1f"),
                alt.Tooltip("ago:Q", title="Share in 2014, %", format=".1f"),
            ],
        )
        + base.mark_tick(thickness=3, size=26, color=color("ink")).encode(y=y, x="ago:Q")
        + base.mark_text(fontWeight=600, color=color("paper"))
        .encode(y=y, x="middle:Q", text="percent:N")
        .transform_calculate(percent="format(datum.pct, '.0f') + '%'", middle="datum.pct / 2")
        + key.encode(y=y, x="ago:Q")
    ).properties(height=250, padding=ROOM_LEFT, description=f"Horizontal bars for 2024. {' '.join(said)} {grew}")


def _with_past(leaders: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Return the bars: each leader's share, and what it had in the earlier `shares`, in percent."""
    then = shares.set_index(["mineral", "producer"])["share"]
    return leaders.assign(
        _label=leaders["mineral"] + ": " + leaders["producer"],
        pct=100 * leaders["share"],
        ago=[100 * then.get(key, 0.0) for key in zip(leaders["mineral"], leaders["producer"], strict=True)],
    )[["mineral", "producer", "_label", "pct", "ago"]]


def graphite(exports: pd.DataFrame, destination: str, since: int) -> alt.LayerChart:
    """Show China's exports of both kinds of graphite to one country, with the days of the permit rule.

    Parameters
    ----------
    exports : DataFrame
        Table `china_mineral_exports`.
    destination : str
        The country, as readers know it.
    since : int
        First year to draw.
    """
    rows = exports[exports["hs6"].isin(list(_GRAPHITE)) & (exports["year"] >= since)]
    rows = rows[rows["destination"].map(NAMES) == destination]
    drawn = rows.assign(
        month=pd.to_datetime(rows[["year", "month"]].assign(day=1)),
        kind=rows["hs6"].map(_GRAPHITE),
        kt=rows["weight_kg"] / 1e6,
    )[["month", "kind", "kt"]]
    hue = series_colors(_KINDS, "kind:N")
    lines = alt.Chart(drawn).mark_line(point=POINT)
    lines = lines.encode(
        x=alt.X("month:T", title=None).axis(format="%Y", tickCount=4),
        y=alt.Y("kt:Q", title="thousand metric tons a month").scale(domain=[0, 15]).axis(tickCount=4),
        color=hue,
        size=alt.when("datum.kind == 'natural'").then(alt.value(3)).otherwise(alt.value(1.4)),
        tooltip=[
            alt.Tooltip("kind:N", title="Graphite"),
            alt.Tooltip("month:T", title="Month", format="%B %Y"),
            alt.Tooltip("kt:Q", title="Thousand metric tons", format=".1f"),
        ],
    )
    kt = drawn.pivot(index="month", columns="kind", values="kt")
    said = ", ".join(f"{value:.1f} in {month:%B %Y}" for month, value in kt["natural"].loc["2023-09":"2023-12"].items())
    artificial = kt["artificial"]
    most = artificial.index[int(artificial.argmax())]
    return layered(*_permit_rules(), lines, *nearest(lines, "month"), _kinds().encode(color=hue)).properties(
        height=290,
        description=f"Two lines. Natural graphite to {destination}, thousand metric tons: {said}. Artificial graphite "
        f"was highest in {most:%B %Y}, at {artificial[most]:.1f}, and {artificial['2023-09-01']:.1f} in "
        "September 2023.",
    )


def _permit_rules() -> list[alt.Chart]:
    """Return a rule at each day of the permit rule: when it was announced, and since when it is in force."""
    words = ["rule announced", "in force"]
    days = pd.DataFrame({"month": pd.to_datetime(["2023-10-20", "2023-12-01"]), "text": words})
    return [
        *event_rules(days[:1], "month:T", fontSize=13, align="right", dx=-4),
        *event_rules(days[1:], "month:T", fontSize=13),
    ]


def _kinds() -> alt.LayerChart | alt.FacetChart:
    """Return the names of both lines, where neither runs."""
    tags = pd.DataFrame(
        {
            "month": pd.to_datetime(["2024-01-10", "2022-12-10"]),
            "kt": [11.8, 12.6],
            "kind": ["natural", "artificial"],
            "text": ["natural|graphite", "artificial|graphite"],
        }
    )
    right = end_labels(tags[:1], "month:T", "kt:Q", "text", dx=0, lineBreak="|", lineHeight=17)
    left = end_labels(tags[1:], "month:T", "kt:Q", "text", dx=0, align="right", lineBreak="|", lineHeight=17)
    return left + right
