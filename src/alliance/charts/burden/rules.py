"""What the formulas did: their test, and the ninth agreement's formula run on."""

from collections.abc import Collection

import altair as alt
import pandas as pd

from alliance.burden import RULES
from alliance.charts import marks
from alliance.charts.burden.common import below, dashes, hollow, line_names, year_bands
from press.chapter.theme import YEARS, color

RECORD, PATH = "actual payment", "old formula run on"
STEPS, RULE = "one-off increases of 2019–2021", "new formula from 2022"


def check_rows(check: pd.DataFrame) -> pd.DataFrame:
    """Word the test of the formulas for a table: who or what set each year's contribution.

    Parameters
    ----------
    check : DataFrame
        From `alliance.burden.rule_check`.
    """
    words = {name: rule.driver or "no change" for name, rule in RULES.items()}
    caps = {name: f", at most {rule.cap:.0f}%" for name, rule in RULES.items() if rule.cap}
    drivers = check["rule"].map(words)
    return check.assign(
        by=(drivers + check["rule"].map(caps).fillna("")).where(check["basis"] == "rule", "negotiation")
    )


def counterfactual(
    paths: pd.DataFrame, won: pd.Series, computed: Collection[int], narrow: bool = False
) -> alt.LayerChart:
    """Show the contribution since 2013 beside the path that the ninth agreement's formula would have taken.

    Parameters
    ----------
    paths : DataFrame
        From `alliance.burden.counterfactual`.
    """
    first = int(paths["year"].min())
    before = below({RECORD: won.loc[2013 : first - 1]}, "path", "amount_bn_krw")
    paths = pd.concat([before, paths.assign(path=paths["path"].eq("recorded").map({True: RECORD, False: PATH}))])
    ninth = paths[paths["path"] == PATH].set_index("year")["amount_bn_krw"]
    last = int(ninth.index.max())
    between = pd.DataFrame({"year": ninth.index, "contribution": won[ninth.index].array, "ninth": ninth.array})
    x = YEARS.scale(domain=[2013, last], nice=False, zero=False)
    area = alt.Chart(between).mark_area(color=color("shade")).encode(x=x, y="contribution:Q", y2="ninth:Q")
    hue = marks.series_colors({RECORD: "kor", PATH: "other"}, "path:N")
    lines = (
        alt.Chart(paths)
        .mark_line()
        .encode(
            x=x,
            y=alt.Y("amount_bn_krw:Q", title="billion won").scale(domain=[0, 1500]).axis(tickCount=4),
            color=hue,
            strokeDash=dashes(RECORD, PATH, "path:N", [5, 4]),
            tooltip=[
                alt.Tooltip("year", title="Year"),
                alt.Tooltip("path", title="Path"),
                alt.Tooltip("amount_bn_krw", title="Billion won", format=",.1f"),
            ],
        )
    )
    starts = pd.DataFrame({"year": [2019, 2021], "text": ["10th", "11th agreement"]})
    layers = marks.layered(
        area,
        *marks.event_rules(starts, x, fontSize=13),
        lines,
        hollow(paths[paths["path"] == RECORD], "amount_bn_krw", computed, x=x),
        *marks.nearest(lines),
        _path_labels(won, ninth, x, hue, narrow),
    )
    return layers.properties(
        height=300,
        description=f"Two lines in billion won, the same until {first}. The payment rises from {won[first]:,.0f} in "
        f"{first} to {won[2021]:,.0f} in 2021 and {won[last]:,.0f} in {last}. The old formula would have given "
        f"{ninth[2021]:,.0f} in 2021 and {ninth[last]:,.0f} in {last}. The area between the lines is shaded.",
    )


def _path_labels(won: pd.Series, ninth: pd.Series, x: alt.X, hue: alt.Color, narrow: bool) -> alt.LayerChart:
    """Return the names of both paths, their last values, and the sum of the difference."""
    last = ninth.index.max()
    ends = pd.DataFrame({"year": [last] * 2, "path": [RECORD, PATH], "amount": [won[last], ninth[last]]})
    ends["words"] = ends["amount"].map("{:,.0f}".format)
    places = {"year": [2016, 2023.2], "path": [RECORD, PATH], "amount": [won[2016] + 90, ninth[2022] - 110]}
    names = pd.DataFrame(places).assign(name=[RECORD, "old formula" if narrow else PATH])
    sum_of = pd.DataFrame({"year": [2023], "amount": [(won[2023] + ninth[2023]) / 2]})
    total = f"₩{(won[ninth.index] - ninth).sum() / 1000:.1f} trillion" + ("" if narrow else " in all")
    words = alt.Chart(sum_of).mark_text(color=color("muted")).encode(x=x, y="amount:Q", text=alt.value(total))
    return alt.LayerChart(
        layer=[
            line_names(names, "name", x=x).encode(color=hue),
            marks.end_labels(ends, x, "amount:Q", "words").encode(color=hue),
            words,
        ]
    )


def split(parts: pd.DataFrame) -> alt.LayerChart:
    """Show what the contribution exceeds the older formula by, as one-off increases and newer formula stacked.

    Parameters
    ----------
    parts : DataFrame
        From `alliance.burden.step_and_formula`.
    """
    words = {"steps_bn_krw": STEPS, "formula_bn_krw": RULE}
    frame = parts.melt("year", list(words), "part", "amount").replace({"part": words})
    frame["_top"] = frame.groupby("year")["amount"].cumsum()
    frame["_bottom"] = frame["_top"] - frame["amount"]
    frame["_middle"] = (frame["_top"] + frame["_bottom"]) / 2
    frame["_words"] = frame["amount"].map("{:.0f}".format)
    base = alt.Chart(frame).encode(x=year_bands())
    bars = base.mark_bar(stroke=color("paper"), strokeWidth=1).encode(
        y=alt.Y("_bottom:Q", title="billion won").axis(tickCount=4),
        y2="_top:Q",
        color=marks.series_colors({STEPS: "slate", RULE: "rose"}, "part:N", legend=alt.Undefined),
        tooltip=[
            alt.Tooltip("year", title="Year"),
            alt.Tooltip("part", title="From"),
            alt.Tooltip("amount", title="Billion won", format=".0f"),
        ],
    )
    amounts = base.transform_filter("datum.amount > 20").mark_text(color=color("paper"), fontWeight=600)
    sums = parts[list(words)].sum()
    last = parts.iloc[-1]
    return (bars + amounts.encode(y="_middle:Q", text="_words:N")).properties(
        height=270,
        description=f"Stacked bars. One-off increases add up to {sums['steps_bn_krw']:,.0f} billion won, "
        f"the new formula to {sums['formula_bn_krw']:,.0f}. In {last['year']:.0f} they make "
        f"{last['steps_bn_krw']:.0f} and {last['formula_bn_krw']:.0f}.",
    )
