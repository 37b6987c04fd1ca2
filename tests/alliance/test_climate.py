"""The measures of the chapter on climate: against published figures, and by their properties."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import climate, data

POSITIVE = st.floats(1e-3, 1e6)
settings.register_profile("climate", max_examples=40)
settings.load_profile("climate")
FACTORS = st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def gases():
    return data.load("greenhouse_gas_emissions")


@pytest.fixture(scope="module")
def kaya():
    return data.load("kaya")


# --- against published figures -----------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "year", "published"), [("KOR", 2018, 741.2), ("USA", 2005, 7123.6), ("KOR", 2023, 653.8)]
)
def test_single_years_of_edgar(gases, country, year, published):
    assert round(climate.emissions(gases, country)[year], 1) == published


def test_the_american_fall_to_2022_is_near_the_agencys_seventeen_per_cent():
    net = data.load("national_emissions").query("series == 'national inventory, net, edition of 2024'")
    assert climate.change(climate.emissions(net, "USA"), 2005, 2022) == pytest.approx(-17, abs=0.5)


def test_korea_needs_202_million_tons_after_2024_as_the_ministry_says():
    national = data.load("national_emissions").query("series == 'national inventory, 1996 guidelines'")
    target = data.load("climate_targets").query("submitted_on == '2021-12-23'")["target_mt_co2e"].item()
    assert climate.emissions(national, "KOR")[2024] - target == pytest.approx(202, abs=0.5)


def test_korean_sinks_of_2024_are_what_parts_the_net_inventory_from_the_other():
    national = (
        data.load("national_emissions")
        .query("country == 'KOR' and year == 2024")
        .set_index("series")["emissions_mt_co2e"]
    )
    assert (
        30 < national["national inventory, 2006 guidelines"] - national["national inventory, 2006 guidelines, net"] < 50
    )


def test_the_base_of_the_korean_pledge_for_2035_is_the_net_inventory():
    base = data.load("climate_targets").query("submitted_on == '2025-12-26'")["base_mt_co2e"].item()
    net = data.load("national_emissions").query("series == 'national inventory, 2006 guidelines, net'")
    assert climate.emissions(net, "KOR")[2018] == base


def test_the_cap_of_the_fourth_phase_is_five_times_its_mean():
    table = data.load("kets_allocation").set_index(["item", "period"])["value"]
    assert table["cap", "2026-2030"] / 5 == pytest.approx(table["mean cap per year", "2026-2030"], abs=0.01)
    parts = table["pre-allocation, power", "2026-2030"] + table["pre-allocation, other", "2026-2030"]
    assert parts == pytest.approx(table["pre-allocation, all firms", "2026-2030"])


def test_official_shares_of_power_are_amounts_over_their_total():
    table = data.load("power_official").query("country == 'KOR' and year == 2024")
    table = table[table["basis"].str.contains("Ministry")].set_index("source")
    shares = 100 * table["generation_twh"] / table.loc["total", "generation_twh"]
    assert shares[["nuclear", "coal", "gas"]].to_list() == pytest.approx([31.7, 28.1, 28.1], abs=0.05)


def test_a_footprint_of_2018_as_the_budget_has_it():
    table = data.load("co2_footprints").query("country == 'KOR'").set_index("year")
    assert table.index.max() == 2023
    assert table.loc[2018, "territorial_mt"] == pytest.approx(670, abs=1)


def test_the_pledged_percentage_gives_the_pledged_tons():
    pledges = data.load("climate_targets").dropna(subset=["base_mt_co2e", "target_mt_co2e"])
    given_mt = pledges["base_mt_co2e"] * (1 - pledges["cut_low_pct"] / 100)
    assert len(pledges) == 3
    assert given_mt.to_list() == pytest.approx(pledges["target_mt_co2e"].to_list(), abs=0.5)


def test_the_korean_cut_without_sinks_follows_from_the_plan_of_2023():
    pledge = data.load("climate_targets").query("submitted_on == '2021-12-23'").iloc[0]
    sinks, capture, credits = 26.7, 11.2, 37.5
    gross = 100 * (1 - (pledge["target_mt_co2e"] + sinks + capture + credits) / pledge["base_mt_co2e"])
    assert round(gross, 1) == pledge["gross_cut_pct"]


def test_carbon_dioxide_is_the_product_of_the_factors(kaya):
    for country in ("KOR", "USA"):
        product = climate.kaya_factors(kaya, country).prod(axis=1) / 1e12
        assert product.to_list() == pytest.approx(climate.emissions(kaya, country, "co2_mt").to_list())


def test_korean_power_in_2024_adds_up_to_the_reviews_total():
    table = data.load("power_generation").query("year == 2024")
    sums = table.groupby("country")["generation_twh"].sum()
    assert sums.round(2).to_dict() == {"KOR": 625.39, "USA": 4634.79}


def test_twenty_six_cities_in_ten_states():
    cities = data.load("smart_cities")
    assert (len(cities), cities["country"].nunique()) == (26, 10)


# --- properties --------------------------------------------------------------------------


@given(FACTORS)
def test_effects_sum_to_the_change(pairs):
    before = {str(n): a for n, (a, _) in enumerate(pairs)}
    after = {str(n): b for n, (_, b) in enumerate(pairs)}
    start, end = pd.Series(before).prod(), pd.Series(after).prod()
    assert climate.lmdi(before, after).sum() == pytest.approx(end - start, rel=1e-6, abs=1e-6 * max(start, end))


@given(FACTORS)
def test_effects_change_sign_when_time_is_reversed(pairs):
    before = {str(n): a for n, (a, _) in enumerate(pairs)}
    after = {str(n): b for n, (_, b) in enumerate(pairs)}
    there, back = climate.lmdi(before, after), climate.lmdi(after, before)
    assert there.to_list() == pytest.approx((-back).to_list(), rel=1e-6, abs=1e-9)


@given(POSITIVE, POSITIVE)
def test_the_logarithmic_mean_lies_between_its_numbers(a, b):
    slack = 1e-6 * max(a, b)
    assert min(a, b) - slack <= climate.logarithmic_mean(a, b) <= max(a, b) + slack


@pytest.mark.parametrize("country", ["KOR", "USA"])
def test_each_period_of_the_decomposition_is_exact(kaya, country):
    years = [1990, 2005, 2018, 2024]
    effects = climate.decomposition(kaya, country, years).groupby(["first", "last"])["effect_mt"].sum()
    carbon = climate.emissions(kaya, country, "co2_mt")
    assert effects.to_list() == pytest.approx([carbon[b] - carbon[a] for a, b in itertools.pairwise(years)])


@given(st.integers(1991, 2020), st.integers(1, 40), st.floats(1, 100))
def test_on_the_straight_line_progress_is_one_and_the_gap_none(base_year, length, cut):
    line = climate.straight_line(500, base_year, base_year + length, cut)
    assert line.iloc[-1] == pytest.approx(500 * (1 - cut / 100))
    for latest in line.index[1:]:
        assert climate.progress(line, base_year, base_year + length, cut, latest) == pytest.approx(1)
        assert climate.gap(line, base_year, base_year + length, cut, latest) == pytest.approx(0, abs=1e-9)


def test_progress_counts_no_unit(gases):
    korea = climate.emissions(gases, "KOR")
    assert climate.progress(korea, 2018, 2030, 40) == pytest.approx(climate.progress(korea * 1000, 2018, 2030, 40))


@given(st.floats(1, 1e4), st.floats(0.01, 0.99), st.integers(1, 30))
def test_the_pace_needed_leads_to_the_target(now, share, years):
    rate = climate.pace_needed(now, now * share, years)
    assert now * (1 - rate / 100) ** years == pytest.approx(now * share)


@pytest.mark.parametrize("country", ["KOR", "USA"])
def test_shares_of_electricity_sum_to_a_hundred(country):
    shares = climate.generation_shares(data.load("power_generation"), country)
    assert shares.sum(axis=1).to_list() == pytest.approx([100.0] * len(shares))


def test_sector_changes_sum_to_the_change_of_the_total():
    table = data.load("co2_by_sector")
    totals = table[table["country"] == "KOR"].groupby("year")["co2_mt"].sum()
    assert climate.sector_changes(table, "KOR", 2018, 2023).sum() == pytest.approx(totals[2023] - totals[2018])


def test_power_intensity_has_the_years_both_tables_have():
    grams = climate.power_intensity(data.load("co2_by_sector"), data.load("power_generation"), "KOR")
    assert list(grams.index) == list(range(2000, 2024))
    assert grams.between(300, 900).all()


# --- errors ------------------------------------------------------------------------------


def test_an_unknown_country_or_year_is_named(gases):
    with pytest.raises(ValueError, match="There is no country 'FRA' in the table; it has KOR, USA"):
        climate.emissions(gases, "FRA")
    with pytest.raises(ValueError, match="There is no year 2031 in the Series; it runs from 1990 to 2023"):
        climate.change(climate.emissions(gases, "KOR"), 2018, 2031)


def test_two_series_are_not_mixed():
    with pytest.raises(ValueError, match=r"Year \d{4} occurs twice for KOR"):
        climate.emissions(data.load("national_emissions"), "KOR")


@pytest.mark.parametrize("pledge", [(2030, 2018, 40), (2018, 2030, 140), (2018, 2030, -1)])
def test_a_pledge_that_is_none_is_refused(pledge):
    with pytest.raises(ValueError, match=r"does not follow|is none"):
        climate.straight_line(100, *pledge)


def test_progress_without_a_later_year_is_refused():
    with pytest.raises(ValueError, match="says nothing"):
        climate.progress(pd.Series({2018: 100.0}), 2018, 2030, 40)


@pytest.mark.parametrize("call", [lambda: climate.pace_needed(100, 0, 5), lambda: climate.lmdi({"a": 1.0}, {"a": 0.0})])
def test_zero_has_no_logarithm_and_no_pace(call):
    with pytest.raises(ValueError, match="above zero"):
        call()


def test_a_fall_is_a_positive_pace():
    assert climate.pace(pd.Series({2000: 100.0, 2002: 81.0}), 2000, 2002) == pytest.approx(10)
    assert climate.pace(pd.Series({2000: 100.0, 2001: 110.0}), 2000, 2001) == pytest.approx(-10)


def test_net_imports_are_what_consumption_exceeds_the_territory_by():
    table = pd.DataFrame({"country": ["KOR"], "year": [2020], "territorial_mt": [600.0], "consumption_mt": [660.0]})
    assert climate.net_import_pct(table, "KOR").to_dict() == {2020: pytest.approx(10)}
