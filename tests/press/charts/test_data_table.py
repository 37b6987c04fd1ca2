"""The table behind a chart: what it holds, how it is headed, and what a spreadsheet makes of it."""

import csv
import io

import altair
import pandas
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from press.charts import data_table

RAIN = pandas.DataFrame(
    {
        "town": ["Arley", "Boxford"] * 2,
        "year": [2023, 2023, 2024, 2024],
        "rain_mm": [794.0, 655.5, 902.5, 612.0],
        "gauge": list("abcd"),
    }
)
LINE = altair.Chart(RAIN).mark_line().encode(x="year:Q", y=altair.Y("rain_mm:Q", title="millimeters"), color="town:N")


def table(chart, fields=None):
    return data_table.from_spec(chart.to_dict(), fields or {})


def names(made):
    return [column.name for column in made.columns]


def test_it_holds_the_columns_that_the_chart_names_and_every_row():
    made = table(LINE)
    assert names(made) == ["year", "town", "rain_mm"], (
        "what names a row stands first; what the chart does not name is left out"
    )
    assert made.rows == RAIN[["year", "town", "rain_mm"]].values.tolist()


@pytest.mark.parametrize("expression", ["datum.rain_mm * 2", "datum['rain_mm'] * 2"])
def test_it_holds_what_a_computed_mark_is_computed_from(expression):
    chart = altair.Chart(RAIN).transform_calculate(double=expression).mark_bar().encode(x="town:N", y="double:Q")
    assert names(table(chart)) == ["town", "rain_mm"]


def test_columns_that_only_place_marks_are_left_out():
    placed = RAIN.assign(_row=range(4), _top=[0.5] * 4)
    chart = altair.Chart(placed).mark_bar().encode(x="rain_mm:Q", y="_row:Q", y2="_top", color="town:N")
    assert names(table(chart)) == ["town", "rain_mm"]


def test_labels_and_repeated_rows_are_left_out():
    last = RAIN[RAIN["year"] == 2024]
    labels = pandas.DataFrame({"year": [2024], "text": ["the end"]})
    chart = (
        LINE
        + altair.Chart(last).mark_point().encode(x="year:Q", y="rain_mm:Q")
        + altair.Chart(labels).mark_text().encode(x="year:Q", text="text")
    )
    assert table(chart).rows == table(LINE).rows


def test_several_datasets_stand_below_one_another_and_can_be_told_apart():
    bands = pandas.DataFrame({"year": [2023, 2024], "low": [600.0, 600.0], "what": ["usual", "usual"]})
    made = table(LINE + altair.Chart(bands).mark_area().encode(x="year:Q", y="low:Q"))
    assert names(made)[0] == "drawn_as" and set(names(made)) == {"drawn_as", "year", "town", "what", "low", "rain_mm"}
    assert len(made.rows) == 6 and [row[0] for row in made.rows] == ["line"] * 4 + ["area"] * 2
    assert made.rows[-1][names(made).index("rain_mm")] is None


def test_days_are_days():
    days = pandas.DataFrame({"day": pandas.to_datetime(["2021-03-18", "2022-05-21"]), "rain": [1, 2]})
    assert [row[0] for row in table(altair.Chart(days).mark_point().encode(x="day:T", y="rain:Q")).rows] == [
        "2021-03-18",
        "2022-05-21",
    ]


def test_headings_come_from_the_data_package_else_from_the_axis():
    heads = [column.heading for column in table(LINE).columns]
    assert heads == ["Year", "Town", "Rain mm, millimeters"]
    fields = {
        "rain_mm": {"title": "Rain", "unit": "mm", "description": "Rain in the year."},
        "year": {"title": "Year", "unit": "year"},
    }
    described = table(LINE, fields).columns
    assert [column.heading for column in described] == ["Year", "Town", "Rain, mm"] and described[
        2
    ].meaning == "Rain in the year."


@pytest.mark.parametrize(
    "value, says",
    [
        (None, "–"),
        (1519.2, "1519.2"),
        (0.45358988, "0.4536"),
        (-3.25, "−3.25"),
        (2.0, "2"),
        (-12, "−12"),
        ("A-1", "A-1"),
        (902.5, "902.5"),
    ],
)
def test_a_cell_is_printed_as_a_reader_expects(value, says):
    assert data_table.format_cell(value) == says


@settings(max_examples=40)
@given(
    some.lists(
        some.text(max_size=12) | some.floats(allow_nan=False, allow_infinity=False) | some.integers(),
        min_size=1,
        max_size=20,
    )
)
@example(["\r", "a\rb"])  # a row ended at a carriage return that nothing quoted
@example([f"{sign}1" for sign in "=+-@＝＋－＠\t\r"])  # what spreadsheets calculate
def test_no_text_in_the_csv_file_begins_a_formula_and_none_is_lost(values):
    made = data_table.DataTable([data_table.Column("x", "X", "", False)], [[value] for value in values])
    written = [row[0] for row in csv.reader(io.StringIO(data_table.csv_text(made), newline=""))][1:]
    if not all(value == "" for value in values):
        for value, cell in zip(values, written, strict=True):
            assert not (isinstance(value, str) and cell[:1] and cell[0] in "=+-@＝＋－＠\t\r\n")
            assert cell in (str(value), f"'{value}")
