"""Columns that a chart names: those that its data lack are found, and those that transforms make are none of them."""

import altair as alt
import pandas as pd
import pytest

from press.charts.column_check import unknown_columns

FRAME = pd.DataFrame(
    {
        "year": [2000, 2001],
        "rain": [1.0, 2.0],
        "town": ["a", "b"],
        "a.b": [1, 2],
        "date": pd.to_datetime(["2020-01-01", "2021-01-01"]),
    }
)
OTHER = pd.DataFrame({"t": [1], "w": ["x"]})
Q = "quantitative"


def chart(data=FRAME):
    return alt.Chart(data).mark_point()


def lookup(key="w"):
    return chart().transform_lookup("town", from_=alt.LookupData(OTHER, key=key, fields=["t"])).encode(x="t:Q")


def repeated(*names):
    return chart().encode(x="year", y=alt.Y(alt.repeat("layer"), type=Q)).repeat(layer=list(names))


def rows(*values):
    return chart(alt.Data(values=list(values)))


FINE = {
    "aggregates": chart().encode(x="year:O", y="mean(rain)", size="count()"),
    "names that Vega-Lite makes": chart().encode(
        x="yearmonth(date)",
        y="sum(rain)",
        color=alt.condition(alt.datum.sum_rain > 1, alt.value("red"), alt.value("blue")),
    ),
    "a dot with backslashes": chart().encode(x="a\\.b"),
    "sorting": chart().encode(
        x=alt.X("year", sort=alt.EncodingSortField("rain", op="mean")), y=alt.Y("town", sort="-x")
    ),
    "argmax": chart().encode(x="town", y=alt.Y(aggregate={"argmax": "rain"}, field="year", type=Q)),
    "calculate": chart().transform_calculate(z="datum.rain * datum['a.b']").encode(x="year", y="z:Q"),
    "aggregate": chart().transform_aggregate(m="mean(rain)", n="count()", groupby=["town"]).encode(x="town", y="m:Q"),
    "fold": chart().transform_fold(["rain", "year"]).encode(x="key:N", y="value:Q", color="town"),
    "pivot": chart().transform_pivot("town", value="rain", groupby=["year"]).encode(x="a:Q", y="b:Q"),
    "window": chart()
    .transform_window(r="rank()", sort=[alt.SortField("rain")])
    .transform_filter("datum.r < 2")
    .encode(x="r:Q"),
    "joinaggregate": chart().transform_joinaggregate(t="sum(rain)").encode(x="t:Q", y="rain"),
    "density": chart().transform_density("rain", groupby=["town"]).encode(x="value:Q", y="density:Q", color="town:N"),
    "regression": chart().transform_regression("year", "rain").encode(x="year", y="rain"),
    "loess": chart().transform_loess("year", "rain", groupby=["town"]).encode(x="year", y="rain", color="town"),
    "quantile": chart().transform_quantile("rain", as_=["p", "v"]).encode(x="p:Q", y="v:Q"),
    "bin": chart().transform_bin("b", "rain").encode(x="b:Q", x2="b_end"),
    "timeUnit": chart().transform_timeunit(y="year(date)").encode(x="y:T"),
    "stack": chart().transform_stack(stack="rain", as_=["y", "y2"], groupby=["town"]).encode(y="y:Q", y2="y2:Q"),
    "impute": chart().transform_impute(impute="rain", key="year", value=0, groupby=["town"]).encode(x="year", y="rain"),
    "flatten": chart().transform_flatten(["rain"]).encode(x="rain"),
    "lookup": lookup(),
    "data elsewhere": chart("data.csv").encode(x="rains:Q"),
    "a sequence": chart(alt.sequence(0, 9, as_="x")).transform_calculate(y="sin(datum.x)").encode(x="x:Q", y="y:Q"),
    "numbers alone": rows(1, 2).encode(x="data:Q"),
    "columns within columns": rows({"properties": {"name": "x"}, "list": [1]}).encode(
        x="properties.name:N", y="list[0]:Q"
    ),
    "no rows": chart(FRAME.iloc[:0]).encode(x="rains:Q"),
    "layers of two tables": alt.layer(chart().encode(y="rain"), chart(OTHER).encode(y="t")).encode(x="year:Q"),
    "side by side": chart().encode(x="year") | chart(OTHER).encode(x="t"),
    "facets": chart().encode(x="year").facet("town"),
    "repeat": repeated("year", "rain"),
    "choices": chart().add_params(alt.selection_point(fields=["town"])).encode(x="year"),
}
WRONG = {
    "an axis": (chart().encode(x="years:Q", y="rain"), "years"),
    "an aggregate": (chart().encode(x="year", y="mean(rains):Q"), "rains"),
    "a tooltip": (chart().encode(x="year", tooltip=["rains:Q"]), "rains"),
    "a condition": (
        chart().encode(color=alt.condition("datum.rains > 1", alt.value("red"), alt.value("blue"))),
        "rains",
    ),
    "sorting": (chart().encode(x=alt.X("town", sort=alt.EncodingSortField("rains"))), "rains"),
    "calculate": (chart().transform_calculate(z="datum.rains * 2").encode(x="z:Q"), "rains"),
    "a filter": (chart().transform_filter({"not": {"field": "years", "equal": 1}}).encode(x="year"), "years"),
    "after an aggregate": (
        chart().transform_aggregate(m="mean(rain)", groupby=["town"]).encode(x="year", y="m:Q"),
        "year",
    ),
    "fold": (chart().transform_fold(["rain", "years"]).encode(x="key:N"), "years"),
    "a key": (lookup("v"), "v"),
    "a facet": (chart().encode(x="year").facet("towns:N"), "towns"),
    "a row": (chart().encode(x="year", row="towns:N"), "towns"),
    "repeat": (repeated("rains", "rain"), "rains"),
    "layers": (alt.layer(chart().encode(y="rain"), chart(OTHER)).encode(x="years:Q"), "years"),
    "the other table": (chart().encode(y="rain") | chart(OTHER).encode(x="year:Q"), "year"),
    "choices": (chart().add_params(alt.selection_point(fields=["towns"])).encode(x="year"), "towns"),
}


@pytest.mark.parametrize("made", FINE.values(), ids=FINE)
def test_columns_that_are_there_or_are_made_are_known(made):
    assert unknown_columns(made.to_dict()) == []


@pytest.mark.parametrize(("made", "name"), WRONG.values(), ids=WRONG)
def test_a_column_that_the_data_lack_is_found(made, name):
    assert [each.name for each in unknown_columns(made.to_dict())] == [name]


def test_the_message_names_the_columns_that_there_are_the_likeliest_first():
    (unknown,) = unknown_columns(chart().encode(x="years:Q").to_dict())
    assert str(unknown).startswith("the chart names the column 'years', which its data lack: they have year, ")
    (unknown,) = unknown_columns(chart().encode(x="a.b:Q").to_dict())
    assert str(unknown) == "the chart names the column 'a.b', where a dot or bracket leads into a column."


def test_a_specification_of_vega_itself_is_left_alone():
    assert unknown_columns({"marks": [{"type": "symbol"}]}) == []
