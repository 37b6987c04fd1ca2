"""Paths by rule: against every published amount, and by their properties."""

import math

import pytest
from builders import LINKED, amounts, inflation_from, percents, property_of
from hypothesis import given
from hypothesis import strategies as st

from alliance import burden, series

WON_TOLERANCE = 0.05  # billion won: the rounding of the source
DOLLAR_TOLERANCE = 10.0  # million dollars: the source gives full tens of millions
# Won amounts that follow from the year before by rule, and are published.
RULE_YEARS = [2006, 2008, 2010, 2011, 2012, 2013, 2015, 2016, 2017, 2018, 2022, 2025]
# Won amounts that the parties set, and the change on the year before that they announced.
NEGOTIATED = {2007: 6.6, 2009: 2.5, 2014: 5.8, 2019: 8.2, 2020: 0.0, 2021: 13.9, 2026: 8.3}


@pytest.fixture(scope="module")
def checked(contributions, agreements, drivers):
    return burden.rule_check(contributions, agreements, drivers).set_index("year")


@pytest.mark.parametrize("year", RULE_YEARS)
def test_the_rule_reproduces_the_published_amount(checked, year):
    row = checked.loc[year]
    assert (row["basis"], row["status"]) == ("rule", "published")
    assert abs(row["difference_bn_krw"]) <= WON_TOLERANCE


@pytest.mark.parametrize("year", RULE_YEARS)
def test_one_step_from_the_published_amount_of_the_year_before(won, drivers, agreements, year):
    number = agreements.loc[(agreements["first_year"] <= year) & (agreements["last_year"] >= year), "agreement"].item()
    step = burden.project(won[year - 1], year - 1, year, burden.rule_for(number), drivers)
    assert abs(step[year] - won[year]) <= WON_TOLERANCE


@pytest.mark.parametrize("year", [2023, 2024])
def test_the_years_inside_the_eleventh_agreement_follow_its_rule(checked, year):
    assert checked.loc[year, "basis"] == "rule"
    assert abs(checked.loc[year, "difference_bn_krw"]) <= WON_TOLERANCE


@pytest.mark.parametrize(("year", "announced"), NEGOTIATED.items())
def test_negotiated_amounts_are_recorded_as_such(checked, year, announced):
    row = checked.loc[year]
    assert row["basis"] == "negotiated"
    assert math.isnan(row["by_rule_bn_krw"]) and math.isnan(row["difference_bn_krw"])
    assert round(row["change_pct"], 1) == announced


def test_every_won_year_is_either_negotiated_or_by_rule(checked):
    assert set(checked.index[checked["basis"] == "negotiated"]) == {2005, *NEGOTIATED}
    assert set(checked.index[checked["basis"] == "rule"]) == {*RULE_YEARS, 2023, 2024}


def test_what_the_parties_said_about_negotiated_steps(won, drivers):
    growth, inflation = drivers["defense budget"], drivers["inflation"]
    assert round(won[2018] * (1 + growth[2019] / 100), 1) == won[2019]  # as the budget of the same year
    assert round(won[2020] * (1 + (growth[2020] + 6.5) / 100), 1) == won[2021]  # 7.4 + 6.5 points
    assert round(won[2008] * (1 + round(inflation[2007], 1) / 100), 1) == won[2009]  # as the 7th's rule


def test_the_cap_bound_twice_under_the_eighth_agreement(checked, drivers):
    capped = checked[(checked["basis"] == "rule") & (checked["rule_pct"] == 4.0)]
    assert list(capped.index) == [2010, 2013]
    assert round(drivers["inflation"][2008], 1) == 4.7 and round(drivers["inflation"][2011], 1) == 4.0


def test_rounded_inflation_is_what_the_parties_use(won, drivers):
    unrounded = won[2016] * (1 + drivers["inflation"][2015] / 100)
    assert abs(unrounded - won[2017]) > WON_TOLERANCE


def test_dollar_amounts_meet_the_third_agreements_rule(contributions):
    """The source gives full tens of millions and cuts rather than rounds: 399 million of 1998 stands as 390."""
    by_rule = burden.project(300.0, 1995, 1998, "fixed increase", {}, digits=None)
    assert list(by_rule.loc[1996:].round(1)) == [330.0, 363.0, 399.3]
    assert ((by_rule - series.yearly(contributions, "amount_m_usd")).dropna() < DOLLAR_TOLERANCE).all()


def test_the_fifth_agreements_rule_fits_the_announced_base_not_the_printed_one(contributions, drivers):
    printed = series.yearly(contributions, "amount_m_usd")
    announced, repeated = (
        burden.project(base, 2002, 2004, "fixed plus inflation", drivers, digits=None)
        for base in (490.0, printed[2002])
    )
    assert ((announced - printed).loc[2003:2004].abs() < DOLLAR_TOLERANCE).all()
    assert ((printed - repeated).loc[2003:2004] > DOLLAR_TOLERANCE).all()


def test_counterfactual_of_the_ninth_agreements_rule(contributions, drivers):
    frame = burden.counterfactual(contributions, "inflation, cap 4 %", 2018, 2025, drivers)
    assert list(frame.columns) == ["year", "path", "amount_bn_krw", "status"]
    paths = frame.pivot(index="year", columns="path", values="amount_bn_krw")
    assert paths.loc[2018, "recorded"] == paths.loc[2018, "inflation, cap 4 %"] == 960.2
    # 1.9, 1.5, 0.4, 0.5, 2.5, 4.0 (capped from 5.1) and 3.6 percent, each rounded to 0.1 billion
    expected = [960.2, 978.4, 993.1, 997.1, 1002.1, 1027.2, 1068.3, 1106.8]
    assert list(paths["inflation, cap 4 %"]) == expected


def test_a_counterfactual_keeps_recorded_status(contributions, drivers):
    frame = burden.counterfactual(contributions, "inflation, cap 4 %", 2022, 2024, drivers).set_index(["path", "year"])
    assert list(frame.loc["inflation, cap 4 %", "status"]) == ["published", "counterfactual", "counterfactual"]
    table = contributions.set_index("year")["status"]
    assert list(frame.loc["recorded", "status"]) == list(table[[2022, 2023, 2024]])


def test_the_rule_of_the_agreement_itself_is_no_counterfactual(contributions, drivers):
    frame = burden.counterfactual(contributions, "defense budget growth", 2021, 2025, drivers)
    paths = frame.pivot(index="year", columns="path", values="amount_bn_krw")
    assert ((paths["recorded"] - paths["defense budget growth"]).abs() <= WON_TOLERANCE).all()


def test_steps_and_formula_add_up_to_the_whole_difference(contributions, drivers):
    older = "inflation, cap 4 %"
    parts = burden.step_and_formula(contributions, older, 2018, 2021, 2025, drivers)
    paths = burden.counterfactual(contributions, older, 2018, 2025, drivers).pivot(
        index="year", columns="path", values="amount_bn_krw"
    )
    whole = paths["recorded"] - paths[older]
    parts = parts.set_index("year")
    assert list(parts.index) == list(range(2019, 2026))
    assert parts["total_bn_krw"].to_numpy() == pytest.approx(whole.loc[2019:].to_numpy())
    assert (parts["formula_bn_krw"].loc[:2021] == 0).all()


def test_projections_are_one_path_per_assumption(won, drivers):
    frame = burden.projections(won[2026], 2026, 2030, "inflation, cap 5 %", drivers, [0, 5, 6])
    assert len(frame) == 15
    ends = frame[frame["year"] == 2030].set_index("inflation_pct")["amount_bn_krw"]
    assert ends[5] == ends[6] > ends[0]  # beyond the cap, inflation no longer matters


def test_no_inflation_would_have_made_the_ninths_rule_as_dear_as_the_elevenths(won):
    capped = burden.project(won[2021], 2021, 2025, "inflation, cap 4 %", inflation_from([30.0] * 5, 2019))
    assert capped.loc[2022:].sum() < won.loc[2022:2025].sum()


@property_of
@given(amounts, st.sampled_from(LINKED), st.integers(1, 10))
def test_zero_inflation_keeps_the_amount(amount, rule, years):
    path = burden.project(amount, 2001, 2001 + years, rule, inflation_from([0.0] * years), digits=None)
    assert (path == amount).all()


@property_of
@given(amounts, st.lists(percents, min_size=1, max_size=12), st.sampled_from([*LINKED, "fixed plus inflation"]))
def test_chaining_equals_compounding(amount, values, rule):
    given_drivers, end = inflation_from(values), 2001 + len(values)
    rises = [burden.increase(rule, year, given_drivers) for year in range(2002, end + 1)]
    path = burden.project(amount, 2001, end, rule, given_drivers, digits=None)
    assert path[end] == pytest.approx(amount * math.prod(1 + rise / 100 for rise in rises))


@property_of
@given(amounts, st.lists(percents, min_size=2, max_size=10), st.integers(0, 9))
def test_a_path_can_be_interrupted_and_resumed(amount, values, cut):
    given_drivers, end = inflation_from(values), 2001 + len(values)
    middle = 2001 + cut % len(values)
    whole = burden.project(amount, 2001, end, "inflation, cap 5 %", given_drivers)
    resumed = burden.project(whole[middle], middle, end, "inflation, cap 5 %", given_drivers)
    assert resumed.to_dict() == whole.loc[middle:].to_dict()


@property_of
@given(amounts, st.lists(percents, min_size=1, max_size=12), st.sampled_from(LINKED))
def test_a_path_never_falls_while_inflation_is_not_negative(amount, values, rule):
    path = burden.project(round(amount, 1), 2001, 2001 + len(values), rule, inflation_from(values))
    assert path.is_monotonic_increasing


def test_path_that_ends_before_it_starts(drivers):
    with pytest.raises(ValueError, match="would end in 2019, before it starts in 2020"):
        burden.project(1.0, 2020, 2019, "flat", drivers)


def test_counterfactual_from_the_dollar_years(contributions, drivers):
    with pytest.raises(ValueError, match="no won amount for 2004; known are 2005 to 2026"):
        burden.counterfactual(contributions, "inflation, cap 4 %", 2004, 2010, drivers)


def test_an_amount_off_its_rule_shows_in_its_own_year_and_not_in_the_path(contributions, agreements, drivers, checked):
    off = contributions.assign(amount_bn_krw=contributions["amount_bn_krw"] + 10 * (contributions["year"] == 2022))
    found = burden.rule_check(off, agreements, drivers).set_index("year")
    assert found["by_rule_bn_krw"].loc[2022:2025].to_list() == checked["by_rule_bn_krw"].loc[2022:2025].to_list()
    assert (found["difference_bn_krw"] - checked["difference_bn_krw"]).dropna().round(6).to_dict()[2022] == 10
    assert found["difference_bn_krw"].loc[2023:2025].abs().max() <= WON_TOLERANCE
