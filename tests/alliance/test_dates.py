"""Dates of any precision."""

import pandas as pd
import pytest

from alliance import dates
from alliance.dates import day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-29", ("2024-02-29", "2024-02-29", "day")),
        ("2024-02", ("2024-02-01", "2024-02-29", "month")),
        ("2024", ("2024-01-01", "2024-12-31", "year")),
    ],
)
def test_a_date_may_mean_the_days_of_its_day_month_or_year(text, expected):
    earliest, latest, precision = dates.span(text)
    assert (str(earliest.date()), str(latest.date()), precision) == expected
    assert earliest <= day(text) <= latest


@pytest.mark.parametrize("nothing", ["", None, float("nan")])
def test_a_date_that_is_not_known_has_no_days(nothing):
    earliest, latest, precision = dates.span(nothing)
    assert pd.isna(earliest) and pd.isna(latest) and precision == "not known"


@pytest.mark.parametrize("text", ["2019-13", "5 April 2019", "19-04", "2019-02-30", "04/05/2019", "20190405", "2019-4"])
def test_a_date_in_another_form_is_refused_with_the_remedy(text):
    with pytest.raises(
        ValueError, match=f"'{text}' is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty"
    ):
        dates.span(text)
    with pytest.raises(ValueError, match=rf"'{text}' is not a date; write YYYY-MM-DD, YYYY-MM or YYYY\."):
        day(text)
