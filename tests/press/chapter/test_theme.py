"""The theme of every chart."""

import altair
import pandas

from press import project
from press.chapter import theme
from press.charts import layout

RAIN = pandas.DataFrame({"year": [2023, 2024], "rain": [902.5, 612.0]})


def test_every_chart_has_the_books_type_and_colors():
    config = altair.Chart(RAIN).mark_line().encode(x="year", y="rain").to_dict()["config"]
    assert config["font"] == layout.SANS and config["line"]["color"] == project.color("arley")
    assert config["range"]["category"][:2] == [project.color("arley"), project.color("boxford")]
    assert config["aria"] is False, "the figure carries one text for the whole chart"


def test_an_axis_of_years_has_no_thousands_and_need_not_begin_at_zero():
    chart = altair.Chart(RAIN).mark_line(point=theme.POINT).encode(x=theme.YEARS, y="rain")
    axis = chart.to_dict()["encoding"]["x"]
    assert axis["axis"]["format"] == "d" and axis["scale"] == {"zero": False, "nice": False} and axis["title"] is None


def test_a_point_to_point_at_is_not_seen():
    mark = altair.Chart(RAIN).mark_line(point=theme.POINT).encode(x="year", y="rain").to_dict()["mark"]
    assert mark["point"]["opacity"] == 0 and mark["point"]["size"] > 50
