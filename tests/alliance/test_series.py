"""Series from tables: whole, in order, and refused where a year is unknown or occurs twice."""

import pandas as pd
import pytest

from alliance import burden, series


def test_a_country_or_column_the_table_does_not_have():
    table = pd.DataFrame({"country": ["KOR"], "year": [2020], "month": [9], "active_duty": [1]})
    with pytest.raises(ValueError, match="no country 'PRK' in the table; it has KOR"):
        series.yearly(table, "active_duty", "PRK")
    with pytest.raises(ValueError, match="no country 'PRK' in the table; it has KOR"):
        burden.september_strength(table, "PRK")
    with pytest.raises(ValueError, match="no column 'persons'; the table has country, year"):
        series.yearly(table, "persons")


def test_a_year_that_occurs_twice():
    with pytest.raises(ValueError, match="Year 2020 occurs twice in column 'value'"):
        series.yearly(pd.DataFrame({"year": [2020, 2020], "value": [1.0, 2.0]}), "value")


def test_trailing_sums_need_twelve_months_and_equal_the_year():
    monthly = pd.Series(range(1, 25), index=pd.date_range("2001-01-01", periods=24, freq="MS"))
    assert series.trailing(monthly)["2001-12-01"] == 78 == series.whole_years(monthly)[2001]
    broken = monthly.drop(pd.Timestamp("2001-06-01"))
    assert series.trailing(broken).index[0] == pd.Timestamp("2002-06-01") and 2001 not in series.whole_years(broken)


def test_the_same_months_are_compared():
    monthly = pd.Series(1.0, index=pd.date_range("2001-01-01", periods=15, freq="MS"))
    assert series.same_months(monthly, 2002) == (3.0, 3.0)
    with pytest.raises(ValueError, match="not the same months in 2000 and 2001"):
        series.same_months(monthly, 2001)


def test_a_wrong_selection_is_named():
    table = pd.DataFrame({"partner": ["KOR", "KOR"], "year": [2001, 2001], "month": [1, 1], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match=r"no row with {'partner': 'PRK'}"):
        series.months(table, "value", partner="PRK")
    with pytest.raises(ValueError, match="several rows a month"):
        series.months(table, "value", partner="KOR")


def test_a_yearly_series_is_in_order_and_leaves_out_what_is_not_known():
    table = pd.DataFrame({"country": ["KOR", "KOR", "USA", "KOR"], "year": [2021, 2019, 2020, 2020]})
    found = series.yearly(table.assign(value=[3, 1, 9, None]), "value")
    assert found.to_dict() == {2019: 1.0, 2021: 3.0} and list(found.index) == [2019, 2021]
    assert found.name == "value" and found.dtype == float


def test_a_country_with_two_series_has_to_be_narrowed_down():
    table = pd.DataFrame({"country": "KOR", "year": [2020, 2020], "value": [1.0, 2.0]})
    with pytest.raises(ValueError, match=r"Year 2020 occurs twice for KOR in .*Select one series of the table first"):
        series.yearly(table, "value")


def test_a_missing_or_unknown_year_is_named_with_the_known_ones():
    values = pd.Series({2019: 1.0, 2020: float("nan"), 2021: 3.0})
    series.require(values, [2019, 2021], "rate")
    with pytest.raises(ValueError, match="There is no rate for 2018, 2020; known are 2019 to 2021"):
        series.require(values, [2018, 2019, 2020], "rate")


def test_months_are_in_order_and_begin_on_their_first_day():
    table = pd.DataFrame({"partner": "KOR", "year": [2001, 2000], "month": [1, 12], "value": [2.0, 1.0]})
    found = series.months(table, "value", partner="KOR")
    assert found.to_dict() == {pd.Timestamp("2000-12-01"): 1.0, pd.Timestamp("2001-01-01"): 2.0}
    assert list(found) == [1.0, 2.0] and found.index.name == "month"
