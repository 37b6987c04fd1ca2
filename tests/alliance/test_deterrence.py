"""The measures of the chapter on deterrence: against published figures, and by their properties."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import burden, data, deterrence
from alliance.charts.deterrence.soldiers import STEPS

PERIOD = ("2020-01-01", "2020-12-31")
DAYS = st.sets(st.integers(0, 365), min_size=1, max_size=40).map(
    lambda numbers: pd.DatetimeIndex([pd.Timestamp(2020, 1, 1) + pd.Timedelta(days=n) for n in sorted(numbers)])
)


@pytest.fixture(scope="module")
def troops():
    return data.load("us_troops_abroad")


@pytest.fixture(scope="module")
def tests_of_missiles():
    return data.load("missile_tests")


@pytest.fixture(scope="module")
def milex():
    return data.load("military_expenditure")


# --- against published figures -----------------------------------------------------------


def test_six_nuclear_tests_on_their_days():
    days = ["2006-10-09", "2009-05-25", "2013-02-12", "2016-01-06", "2016-09-09", "2017-09-03"]
    assert list(data.load("nuclear_tests")["date"]) == days


def test_missiles_of_each_year_are_those_of_the_second_source(tests_of_missiles):
    counts = deterrence.by_year(tests_of_missiles).loc[:2017]
    assert counts[counts > 0].to_dict() == deterrence.CNS_COUNTS


def test_sixty_nine_missiles_in_2022_and_none_in_2018(tests_of_missiles):
    counts = deterrence.by_year(tests_of_missiles)
    assert (counts[2022], counts[2018]) == (69, 0)


def test_no_missile_year_without_an_entry_in_the_other_database(tests_of_missiles):
    entries = data.load("provocation_days").query("type == 'missile'").set_index("year")["entries"]
    counts = deterrence.by_year(tests_of_missiles)
    assert set(counts[counts > 0].loc[2006:].index) <= set(entries.index)


def test_the_count_of_2008_is_the_report_and_not_the_faulty_rebuild(troops):
    assert deterrence.strength(troops, "KOR")[2008] == 25_772


@pytest.mark.parametrize(
    ("year", "month", "count"), [(1953, 6, 326_863), (2012, 9, 27_724), (2025, 12, 23_495), (2026, 3, 23_372)]
)
def test_single_reports(troops, year, month, count):
    row = troops.query("country == 'KOR' and year == @year and month == @month")
    assert row["active_duty"].item() == count


def test_share_of_gdp_as_published_to_one_decimal(milex):
    share = deterrence.expenditure(milex, "KOR", "share_gdp_pct")
    assert round(share[2024], 1) == 2.6
    assert round(deterrence.expenditure(milex, "USA", "share_gdp_pct")[2024], 1) == 3.4
    assert round(deterrence.expenditure(milex, "JPN", "share_gdp_pct")[2024], 1) == 1.4


def test_spending_of_2025_as_the_fact_sheet_has_it():
    newest = data.load("military_expenditure_2025").set_index("country")
    assert newest["spending_bn_usd"].to_dict() == {"CHN": 336.0, "JPN": 62.2, "KOR": 47.8, "RUS": 190.0, "USA": 954.0}
    assert newest.loc[["CHN", "RUS"], "estimate"].all() and not newest.loc[["JPN", "KOR", "USA"], "estimate"].any()


def test_rounds_are_numbered_without_gap_in_the_order_of_their_days():
    for _, rounds in deterrence.consultations(data.load("dialogue_meetings")).groupby("mechanism"):
        ordered = rounds.sort_values("date")["round"].tolist()
        assert ordered == list(range(ordered[0], ordered[0] + len(ordered)))


# --- properties --------------------------------------------------------------------------


def test_strength_keeps_gaps_and_one_report_a_year(troops):
    counts = deterrence.strength(troops, "KOR")
    assert counts.index.is_unique
    assert not {1951, 1952, 2003, 2004} & set(counts.index)


def test_a_level_is_the_average_of_the_reports_up_to_the_next_step():
    counts = pd.Series([10, 20, 6, 4, 1], index=[1969, 1970, 1971, 1973, 1980])
    found = deterrence.levels(counts, [1971, 1980])
    assert found["average"].to_list() == [15, 5, 1]
    assert found[["first", "last"]].to_numpy().tolist() == [[1969, 1970], [1971, 1973], [1980, 1980]]


def test_the_last_level_is_less_than_half_of_the_first_even_if_units_that_rotate_are_counted(troops):
    """The title of the figure of levels says so."""
    counts = deterrence.strength(troops, "KOR").loc[1955:]
    average = deterrence.levels(counts, [year for year, *_ in STEPS])["average"]
    assert average.is_monotonic_decreasing and len(average) == 5
    assert max(average.iloc[-1], burden.DECLARED_STRENGTH) < average.iloc[0] / 2


@pytest.mark.parametrize(
    "call", [lambda t, m: deterrence.strength(t, "FRA"), lambda t, m: deterrence.expenditure(m, "PRK")]
)
def test_an_unknown_country_is_named(troops, milex, call):
    with pytest.raises(ValueError, match=r"There is no country '(FRA|PRK)' in the table; it has"):
        call(troops, milex)


def test_ratio_and_its_inverse_multiply_to_one(milex):
    product = deterrence.ratio(milex, "KOR", "JPN") * deterrence.ratio(milex, "JPN", "KOR")
    assert product.to_list() == pytest.approx([1.0] * len(product))


@pytest.mark.parametrize("years", [3, 5, 10])
def test_supplier_shares_sum_to_a_hundred_in_whole_periods(years):
    shares = deterrence.supplier_shares(data.load("arms_imports"), years, 2024)
    assert shares.groupby("last")["share_pct"].sum().to_list() == pytest.approx([100.0] * (30 // years))
    assert set(shares["last"] - shares["first"]) == {years - 1}


def test_supplier_shares_keep_the_whole_volume():
    imports = data.load("arms_imports")
    assert deterrence.supplier_shares(imports, 5, 2024)["tiv_m"].sum() == pytest.approx(imports["tiv_m"].sum())


def test_a_silence_needs_two_days():
    assert deterrence.longest_silence(pd.DatetimeIndex(["2020-01-05", "2020-01-01", "2020-03-01"]))[2] == 56
    with pytest.raises(ValueError, match="two days; 1 given"):
        deterrence.longest_silence(pd.DatetimeIndex(["2020-01-01"]))


def test_rows_without_a_day_are_no_launch_days():
    table = pd.DataFrame({"date": ["1986-05", "2020-01-01", "2020-01-01"]})
    assert list(deterrence.launch_days(table, "1980-01-01", "2021-01-01")) == [pd.Timestamp(2020, 1, 1)]


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(DAYS, DAYS, st.integers(0, 60))
def test_chance_is_launch_days_times_the_share_of_near_days(meetings, launches, window):
    found = deterrence.coincidence(meetings, launches, window, *PERIOD)
    assert found["expected"] == pytest.approx(found["launch_days"] * found["share_of_days_near"] / 100)
    assert 0 <= found["near"] <= found["launch_days"] == len(launches)
    assert 0 < found["shifts_at_least"] <= 100


def test_launches_on_the_days_of_meetings_are_the_extreme_case():
    days = pd.DatetimeIndex(["2020-02-03", "2020-05-17", "2020-09-29"])
    found = deterrence.coincidence(days, days, 0, *PERIOD)
    assert (found["near"], found["shifts_at_least"]) == (3, pytest.approx(100 / 366))


def test_shifts_of_whole_years_keep_the_season():
    """Launches on each first of May, meetings on each first of May: every shift of whole years meets them all."""
    days = [f"{year}-05-01" for year in range(2001, 2009)]
    seasonal = deterrence.coincidence(days, days, 3, "2001-01-01", "2008-12-31", season=1)
    free = deterrence.coincidence(days, days, 3, "2001-01-01", "2008-12-31")
    assert seasonal["shifts_at_least"] == 100
    assert free["shifts_at_least"] < 5


def test_june_reports_count_before_1957_only():
    table = pd.DataFrame({"country": "KOR", "year": [1956, 1957, 1957, 1958], "month": [6, 6, 9, 6]})
    counts = deterrence.strength(table.assign(active_duty=range(4)), "KOR")
    assert list(counts.items()) == [(1956, 0), (1957, 2)]


def test_the_first_and_the_last_day_of_a_period_are_in_it():
    table = pd.DataFrame({"date": ["2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"]})
    assert [str(day.date()) for day in deterrence.launch_days(table, *PERIOD)] == ["2020-01-01", "2020-12-31"]
