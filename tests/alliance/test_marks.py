"""The marks that charts share: what they draw, and that context stands in no data table."""

import itertools

import altair as alt
import pandas as pd
import pytest

from alliance import data
from alliance.charts import marks
from press.charts import data_table

FRAME = pd.DataFrame({"year": [2015, 2020, 2025], "share": [1.0, 2.0, 3.0]})
LINE = alt.Chart(FRAME).mark_line().encode(x="year:Q", y="share:Q", tooltip=["year:Q", "share:Q"])


@pytest.fixture
def presidents():
    return data.load("presidents")


def bands(layers):
    return pd.DataFrame(layers[0].to_dict()["data"]["values"])


def test_bands_cover_the_years_of_the_axis_without_overlap(presidents):
    spans = bands(marks.president_bands(presidents, "USA", (2000, 2026)))
    assert list(spans["surname"]) == ["Clinton", "Bush", "Obama", "Trump", "Biden", "Trump"]
    assert spans["start"].iloc[0] == 2000 and spans["end"].iloc[-1] == 2026
    assert (spans["end"].iloc[:-1].round(6).values == spans["start"].iloc[1:].round(6).values).all()
    shaded = list(spans["shaded"])
    assert all(one != other for one, other in itertools.pairwise(shaded))


def test_a_short_time_in_office_goes_without_a_name(presidents):
    spans = bands(marks.president_bands(presidents, "KOR", (2016.5, 2026)))
    assert dict(zip(spans["surname"], spans["name"], strict=True))["Park"] == ""


def test_bands_of_days_stand_where_those_of_years_do(presidents):
    spans = bands(marks.president_bands(presidents, "KOR", (2017, 2026), x="date"))
    moon = spans.set_index("surname").loc["Moon"]
    assert (moon["start"], moon["end"]) == ("2017-05-10T00:00:00", "2022-05-09T00:00:00")


def test_presidents_and_the_pointers_place_stand_in_no_data_table(presidents):
    chart = marks.layered(*marks.president_bands(presidents, "KOR", (2015, 2025)), LINE, *marks.nearest(LINE))
    table = data_table.from_spec(chart.to_dict(), {})
    assert [column.name for column in table.columns] == ["year", "share"]
    assert table.rows == FRAME.values.tolist()


def test_presidents_follow_one_another_in_the_table(presidents):
    for _, terms in presidents.groupby("country"):
        terms = terms.sort_values("took_office")
        assert list(terms["left_office"].isna()) == [False] * (len(terms) - 1) + [True]
        assert (terms["left_office"].iloc[:-1].values <= terms["took_office"].iloc[1:].values).all()


@pytest.mark.parametrize(
    "items, listed", [(["a"], "a"), (["a", "b"], "a and b"), (iter(["a", "b", "c"]), "a, b, and c")]
)
def test_items_are_listed_as_in_a_sentence(items, listed):
    assert marks.enumerated(items) == listed
