"""What the rules did: changes by rule and by negotiation, and the ninth agreement’s rule run on."""

from collections.abc import Collection

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below, dashes, hollow, key, line_names, year_bands
from press.chapter.theme import POINT, YEARS, color

RECORD, PATH = "published and computed", "the ninth agreement’s rule"
STEPS, RULE = "steps of 2019–2021", "rule from 2022"


def changes(check: pd.DataFrame) -> alt.LayerChart:
    """Show each year's change of the contribution, by whether the parties set it or a rule did.

    Parameters
    ----------
    check : DataFrame
        From `alliance.burden.rule_check`.
    """
    words = {"negotiated": "set at the table", "rule": "by rule"}
    frame = check.dropna(subset="change_pct")
    frame = frame.assign(set_by=frame["basis"].map(words), change_pct=frame["change_pct"].round(1))
    bars = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=year_bands(values=list(range(2006, 2027, 4))),
            y=alt.Y("change_pct:Q", title="per cent"),
            color=key({"set at the table": "kor", "by rule": "tint"}, "set_by:N"),
            tooltip=["year", "agreement", "rule", "change_pct", "status"],
        )
    )
    labels = (
        alt.Chart(frame[(frame["basis"] == "negotiated") | (frame["change_pct"] == 0)])
        .mark_text(dy=-7, fontSize=11)
        .encode(x="year:O", y="change_pct:Q", text=alt.Text("change_pct:Q", format=".1f"))
    )
    told = [
        f"{kind}: " + ", ".join(f"{row.change_pct:.1f} per cent in {row.year}" for row in part.itertuples())
        for kind, part in frame.groupby(frame["set_by"].str.capitalize())
    ]
    return (bars + labels).properties(height=240, description=f"Bars by year. {'. '.join(told)}.")


def counterfactual(paths: pd.DataFrame, won: pd.Series, computed: Collection[int]) -> alt.LayerChart:
    """Show the contribution since 2013 beside the path that the ninth agreement's rule would have taken.

    Parameters
    ----------
    paths : DataFrame
        From `alliance.burden.counterfactual`.
    """
    before = below({RECORD: won.loc[2013 : paths["year"].min() - 1]}, "path", "amount_bn_krw")
    paths = pd.concat([before, paths.assign(path=paths["path"].eq("recorded").map({True: RECORD, False: PATH}))])
    ninth = paths[paths["path"] == PATH].set_index("year")["amount_bn_krw"]
    between = pd.DataFrame({"year": ninth.index, "contribution": won[ninth.index].array, "ninth": ninth.array})
    area = alt.Chart(between).mark_area(color=color("shade")).encode(x=YEARS, y="contribution:Q", y2="ninth:Q")
    hue = marks.series_colors({RECORD: "kor", PATH: "other"}, "path:N")
    lines = (
        alt.Chart(paths)
        .mark_line(point=POINT)
        .encode(
            x=YEARS,
            y=alt.Y("amount_bn_krw:Q", title="billion won").scale(domainMin=0),
            color=hue,
            strokeDash=dashes(RECORD, PATH, "path:N", [5, 4]),
            tooltip=["year", "path", alt.Tooltip("amount_bn_krw", format=",.1f"), "status"],
        )
    )
    names = pd.DataFrame({"year": [2021, 2025], "path": [RECORD, PATH], "amount": [won[2021] + 100, ninth[2022] - 90]})
    points = hollow(paths[paths["path"] == RECORD], "amount_bn_krw", computed)
    layers = area + lines + points + line_names(names, "path", align="right").encode(color=hue)
    return layers.properties(
        height=280,
        description=f"Contribution: {won[2013]:,.0f} in 2013, {won[2018]:,.0f} in 2018, {won[2019]:,.0f} in 2019 "
        f"and 2020, {won[2021]:,.0f} in 2021, {won[2025]:,.0f} in 2025. With the ninth agreement’s rule: "
        f"{ninth[2018]:,.0f} in 2018, {ninth[2021]:,.0f} in 2021, {ninth[2025]:,.0f} in 2025. "
        "The area between the lines is shaded.",
    )


def split(parts: pd.DataFrame) -> alt.Chart:
    """Show what the contribution exceeds the older rule by, as steps and newer rule stacked.

    Parameters
    ----------
    parts : DataFrame
        From `alliance.burden.step_and_formula`.
    """
    words = {"steps_bn_krw": STEPS, "formula_bn_krw": RULE}
    told = [f"{row.year}: {row.steps_bn_krw:.0f} and {row.formula_bn_krw:.0f}" for row in parts.itertuples()]
    return (
        alt.Chart(parts.melt("year", list(words), "part", "amount").replace({"part": words}))
        .mark_bar()
        .encode(
            x=year_bands(),
            y=alt.Y("amount:Q", title="billion won"),
            color=key({STEPS: "kor", RULE: "tint"}, "part:N"),
            order=alt.Order("part:N", sort="descending"),
            tooltip=["year", "part", "amount"],
        )
        .properties(height=240, description=f"Stacked bars, steps and rule in billion won: {'; '.join(told)}.")
    )
