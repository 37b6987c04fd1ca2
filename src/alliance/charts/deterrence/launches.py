"""Charts of the section “Tests”."""

import altair as alt
import pandas as pd

from alliance import deterrence
from alliance.charts.deterrence.shared import chooser
from alliance.charts.marks import series_colors
from press.chapter.theme import color

#: Classes of missiles and their colors: the farther, the darker; neighbors differ in lightness, for gray print.
CLASSES = {
    "short range": "mist",
    "medium and intermediate range": "slate",
    "intercontinental range": "prk",
    "submarine-launched": "ink",
    "space launch": "paper",
    "not identified": "shade",
}


def missiles(tests: pd.DataFrame, nuclear: pd.DataFrame) -> alt.LayerChart:
    """Show missiles launched a year by class since 2006, with a triangle over years of nuclear tests.

    Parameters
    ----------
    tests, nuclear : DataFrame
        Tables ``missile_tests`` and ``nuclear_tests``.
    """
    classes = list(CLASSES)
    x = (
        alt.X("year:O", title=None)
        .axis(labelAngle=0, values=list(range(2006, 2027, 4)))
        .scale(domain=list(range(2006, 2027)))
    )
    counts = tests[tests["year"] >= 2006].groupby(["year", "class"])["missiles"].sum().reset_index()
    legend = alt.Legend(columns=2, labelExpr="replace(replace(datum.label, ' range', ''), ' and', ',')")
    bars = (
        alt.Chart(counts)
        .transform_filter("kind == 'all classes' || datum.class == kind")
        .transform_calculate(rank=f"indexof({classes}, datum.class)")
        .mark_bar(stroke=color("muted"), strokeWidth=0.6)
        .encode(
            x=x,
            y=alt.Y("missiles:Q", title="missiles").scale(domain=[0, 80]),
            order=alt.Order("rank:Q"),
            color=series_colors(CLASSES, "class:N", legend=legend),
            tooltip=["year:O", "class", "missiles:Q"],
        )
    )
    told = ", ".join(f"{year}: {count}" for year, count in deterrence.by_year(tests).loc[2006:].items())
    years = ", ".join(str(year) for year in sorted(set(nuclear["year"])))
    return (
        (bars + _triangles(nuclear, x))
        .add_params(chooser("kind", "Class ", ["all classes", *classes]))
        .properties(
            height=270,
            description=f"Bars of missiles launched a year. {told}. Nuclear tests in {years}, two of them in 2016.",
        )
    )


def missile_classes(tests: pd.DataFrame) -> pd.DataFrame:
    """Return missiles by year (text) and class since 2012, with ``total`` and ``failed``: the rows of a table."""
    recent, years = tests[tests["year"] >= 2012], range(2012, 2027)
    grid = recent.groupby(["year", "class"])["missiles"].sum().unstack(fill_value=0)
    grid = grid.reindex(index=years, columns=list(CLASSES), fill_value=0)
    grid["total"] = grid.sum(axis=1)
    grid["failed"] = recent.groupby("year")["failures"].sum().reindex(years, fill_value=0)
    return grid.reset_index().astype({"year": str})


def _triangles(nuclear: pd.DataFrame, x: alt.X) -> alt.Chart:
    """Return a triangle for each year with nuclear tests."""
    years = nuclear.groupby("year").size().rename("tests").reset_index()
    return (
        alt.Chart(years)
        .mark_point(shape="triangle-down", filled=True, size=70, color=color("ink"), opacity=1)
        .encode(x=x, y=alt.value(12), tooltip=["year", alt.Tooltip("tests", title="nuclear tests")])
    )
