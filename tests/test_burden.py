"""The burden-sharing measures: against every published amount, and by their properties."""

import doctest
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import burden, data

WON_TOLERANCE = 0.05  # billion won: the rounding of the source
DOLLAR_TOLERANCE = 10.0  # million dollars: the source gives full tens of millions

# Won amounts that follow from the year before by rule, and are published.
RULE_YEARS = [2006, 2008, 2010, 2011, 2012, 2013, 2015, 2016, 2017, 2018, 2022, 2025]
# Won amounts that the parties set, and the change on the year before that they announced.
NEGOTIATED = {2007: 6.6, 2009: 2.5, 2014: 5.8, 2019: 8.2, 2020: 0.0, 2021: 13.9, 2026: 8.3}


@pytest.fixture(scope="module")
def contributions():
    return data.load("sma_contributions")


@pytest.fixture(scope="module")
def agreements():
    return data.load("sma_agreements")


@pytest.fixture(scope="module")
def drivers():
    return burden.drivers(data.load("consumer_prices"), data.load("defence_budget"))


@pytest.fixture(scope="module")
def won(contributions):
    return burden.yearly(contributions, "amount_bn_krw")


@pytest.fixture(scope="module")
def rates():
    return burden.yearly(data.load("exchange_rates"), "krw_per_usd")


@pytest.fixture(scope="module")
def checked(contributions, agreements, drivers):
    return burden.rule_check(contributions, agreements, drivers).set_index("year")


# --- the rules as data -----------------------------------------------------------------


def test_the_rules_cover_each_agreement_once_and_agree_with_the_table(agreements):
    assert sorted(number for rule in burden.RULES.values() for number in rule.agreements) == list(range(1, 13))
    for row in agreements.itertuples():
        assert burden.rule_for(row.agreement) == row.rule


def test_the_examples_in_the_docstrings_hold():
    results = doctest.testmod(burden, extraglobs={"pd": pd})
    assert results.attempted >= 2 and results.failed == 0


@pytest.mark.parametrize("name", burden.RULES)
def test_every_rule_says_what_it_is_and_who_says_so(name):
    assert burden.RULES[name].text and burden.RULES[name].source


# --- against the published amounts -----------------------------------------------------


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
    growth, inflation = drivers["defence budget"], drivers["inflation"]
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


def test_dollar_amounts_meet_the_third_agreements_rule(contributions, agreements, drivers):
    dollars = burden.dollar_rule_check(contributions, agreements, drivers).set_index("year")
    third = dollars.loc[1996:1998]
    assert list(third["by_rule_m_usd"].round(1)) == [330.0, 363.0, 399.3]
    assert (third["difference_m_usd"].abs() < DOLLAR_TOLERANCE).all()


def test_dollar_amounts_without_formula_or_driver_are_marked(contributions, agreements, drivers):
    basis = burden.dollar_rule_check(contributions, agreements, drivers).set_index("year")["basis"]
    assert set(basis.loc[1991:1995]) == {"negotiated"}
    assert list(basis.loc[1999:2001]) == ["negotiated", "not testable", "not testable"]
    assert basis.index.max() == 2004


def test_the_fifth_agreements_rule_fits_the_announced_base_not_the_printed_one(contributions, agreements, drivers):
    by_rule = burden.project(490.0, 2002, 2004, "fixed plus inflation", drivers, digits=None)
    printed = burden.yearly(contributions, "amount_m_usd")
    assert ((by_rule - printed).loc[2003:2004].abs() < DOLLAR_TOLERANCE).all()
    dollars = burden.dollar_rule_check(contributions, agreements, drivers).set_index("year")
    assert (dollars["difference_m_usd"].loc[2003:2004] > DOLLAR_TOLERANCE).all()


# --- paths -----------------------------------------------------------------------------


def test_counterfactual_of_the_ninth_agreements_rule(contributions, drivers):
    frame = burden.counterfactual(contributions, "inflation, cap 4 %", 2018, 2025, drivers)
    assert list(frame.columns) == ["year", "path", "amount_bn_krw", "status"]
    paths = frame.pivot(index="year", columns="path", values="amount_bn_krw")
    assert paths.loc[2018, "recorded"] == paths.loc[2018, "inflation, cap 4 %"] == 960.2
    # 1.9, 1.5, 0.4, 0.5, 2.5, 4.0 (capped from 5.1) and 3.6 per cent, each rounded to 0.1 billion
    expected = [960.2, 978.4, 993.1, 997.1, 1002.1, 1027.2, 1068.3, 1106.8]
    assert list(paths["inflation, cap 4 %"]) == expected


def test_a_counterfactual_keeps_recorded_status(contributions, drivers):
    frame = burden.counterfactual(contributions, "inflation, cap 4 %", 2022, 2024, drivers).set_index(["path", "year"])
    assert list(frame.loc["inflation, cap 4 %", "status"]) == ["published", "counterfactual", "counterfactual"]
    table = contributions.set_index("year")["status"]
    assert list(frame.loc["recorded", "status"]) == list(table[[2022, 2023, 2024]])


def test_the_rule_of_the_agreement_itself_is_no_counterfactual(contributions, drivers):
    frame = burden.counterfactual(contributions, "defence budget growth", 2021, 2025, drivers)
    paths = frame.pivot(index="year", columns="path", values="amount_bn_krw")
    assert ((paths["recorded"] - paths["defence budget growth"]).abs() <= WON_TOLERANCE).all()


def test_steps_and_formula_add_up_to_the_whole_difference(contributions, drivers):
    older = "inflation, cap 4 %"
    parts = burden.step_and_formula(contributions, older, 2018, 2021, 2025, drivers)
    paths = burden.counterfactual(contributions, older, 2018, 2025, drivers).pivot(
        index="year", columns="path", values="amount_bn_krw"
    )
    whole = burden.cumulative_difference(paths["recorded"], paths[older]).set_index("year")["difference"]
    parts = parts.set_index("year")
    assert list(parts.index) == list(range(2019, 2026))
    assert parts["total_bn_krw"].to_numpy() == pytest.approx(whole.loc[2019:].to_numpy())
    assert (parts["formula_bn_krw"].loc[:2021] == 0).all()


def test_cumulative_difference_sums():
    first, second = pd.Series({2020: 5.0, 2021: 7.0, 2022: 9.0}), pd.Series({2021: 4.0, 2022: 4.0})
    frame = burden.cumulative_difference(first, second)
    assert list(frame["year"]) == [2021, 2022]
    assert list(frame["difference"]) == [3.0, 5.0]
    assert list(frame["cumulative"]) == [3.0, 8.0]


def test_projections_are_one_path_per_assumption(won, drivers):
    frame = burden.projections(won[2026], 2026, 2030, "inflation, cap 5 %", drivers, [0, 5, 6])
    assert len(frame) == 15
    ends = frame[frame["year"] == 2030].set_index("inflation_pct")["amount_bn_krw"]
    assert ends[5] == ends[6] > ends[0]  # beyond the cap, inflation no longer matters


def test_an_assumption_leaves_what_is_known():
    series = burden.assume(pd.Series({2023: 3.6, 2024: 2.3}), 2026, 2.0)
    assert series.to_dict() == {2023: 3.6, 2024: 2.3, 2025: 2.0, 2026: 2.0}
    assert burden.assume(series, 2025, 9.0).to_dict() == series.to_dict()


def test_break_even_inflation_is_the_inflation_that_costs_the_total():
    total = sum(100 * 1.03**n for n in range(1, 5))
    assert burden.break_even_inflation(100, 4, total, "inflation, cap 4 %") == pytest.approx(3.0, abs=1e-3)
    assert math.isnan(burden.break_even_inflation(100, 4, total * 1.2, "inflation, cap 4 %"))


def test_no_inflation_would_have_made_the_ninths_rule_as_dear_as_the_elevenths(won):
    total = won.loc[2022:2025].sum()
    assert math.isnan(burden.break_even_inflation(won[2021], 4, total, "inflation, cap 4 %"))


# --- properties ------------------------------------------------------------------------

# The same examples every time, and no time limit: a busy machine proves nothing.
property_of = settings(derandomize=True, deadline=None, max_examples=50)

percents = st.floats(0, 30, allow_nan=False).map(lambda value: round(value, 1))
amounts = st.floats(100, 5000, allow_nan=False)
CAPPED = ["inflation, cap 4 %", "inflation, cap 5 %"]
LINKED = [*CAPPED, "inflation, no cap"]


def inflation_from(values, first=2000):
    return {"inflation": pd.Series(values, index=range(first, first + len(values)))}


@property_of
@given(percents, st.sampled_from(CAPPED))
def test_a_cap_binds_and_never_exceeds(inflation, rule):
    cap = burden.RULES[rule].cap
    rise = burden.increase(rule, 2002, inflation_from([inflation]))
    assert rise <= cap
    assert rise == (cap if inflation >= cap else inflation)


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


yearly_inflation = st.lists(st.floats(-5, 30, allow_nan=False), min_size=1, max_size=20)


@property_of
@given(yearly_inflation, st.integers(0, 19))
def test_a_price_index_is_one_in_its_base_year(values, offset):
    inflation = inflation_from(values)["inflation"]
    base = 2000 + offset % len(values)
    index = burden.price_index(inflation, base)
    assert index[base] == 1.0
    assert list(index.index) == list(inflation.index)


@property_of
@given(yearly_inflation, st.integers(0, 19))
def test_an_index_moves_by_inflation_whatever_its_base(values, offset):
    inflation = inflation_from(values)["inflation"]
    index = burden.price_index(inflation, 2000 + offset % len(values))
    moves = 100 * (index / index.shift() - 1).dropna()
    assert moves.to_numpy() == pytest.approx(inflation.iloc[1:].to_numpy(), abs=1e-9)


@property_of
@given(yearly_inflation, amounts)
def test_deflating_then_reflating_gives_the_amounts_back(values, amount):
    index = burden.price_index(inflation_from(values)["inflation"], 2000)
    nominal = pd.Series(amount, index=index.index)
    real = burden.constant_prices(nominal, index)
    assert real[2000] == amount
    assert (real * index).to_numpy() == pytest.approx(nominal.to_numpy())


@property_of
@given(amounts, st.floats(500, 2000))
def test_to_dollars_and_back(amount, rate):
    rates = pd.Series({2020: rate})
    there = burden.to_dollars(pd.Series({2020: amount}), rates)
    assert burden.to_won(there, rates)[2020] == pytest.approx(amount)


@pytest.mark.parametrize(
    "measure",
    [
        lambda amounts: burden.share_of_budget(amounts, pd.Series({2020: 50_000.0})),
        lambda amounts: burden.share_of_gdp(amounts, pd.Series({2020: 1600.0}), pd.Series({2020: 1200.0})),
        lambda amounts: burden.per_soldier(amounts, 28_500),
    ],
    ids=["budget", "GDP", "soldiers"],
)
@property_of
@given(amount=amounts, factor=st.floats(0.1, 10))
def test_shares_scale(measure, amount, factor):
    one = measure(pd.Series({2020: amount}))[2020]
    assert measure(pd.Series({2020: amount * factor}))[2020] == pytest.approx(factor * one)


# --- proportions -----------------------------------------------------------------------


def test_known_shares(won, rates):
    budget = burden.yearly(data.load("defence_budget"), "budget_bn_krw")
    assert burden.share_of_budget(won, budget)[2021] == pytest.approx(100 * 1183.3 / 52840.1)
    gdp = burden.yearly(data.load("gdp"), "gdp_bn_usd")
    assert burden.share_of_gdp(won.loc[:2023], gdp, rates)[2019] == pytest.approx(0.0540, abs=5e-5)


def test_gdp_agrees_with_the_one_behind_the_budgets_share(rates):
    """World Bank GDP in won and the GDP that the defence ministry divides by: within five per cent."""
    budget, gdp = data.load("defence_budget"), burden.yearly(data.load("gdp"), "gdp_bn_usd")
    implied = 100 * burden.yearly(budget, "budget_bn_krw") / burden.yearly(budget, "share_gdp_pct")
    ratio = (gdp * rates / implied).dropna().loc[2005:]
    assert len(ratio) >= 18
    assert (ratio - 1).abs().max() < 0.05


def test_converted_amounts_never_share_a_column_with_agreed_ones(contributions, rates):
    frame = burden.converted(contributions[contributions["year"] <= 2025], rates).set_index("year")
    assert frame[["amount_bn_krw", "converted_bn_krw"]].notna().sum(axis=1).eq(1).all()
    assert frame[["amount_m_usd", "converted_m_usd"]].notna().sum(axis=1).eq(1).all()
    assert frame.loc[2004, "agreed_in"] == "USD" and frame.loc[2005, "agreed_in"] == "KRW"
    assert frame.loc[2004, "converted_bn_krw"] == pytest.approx(620 * 1145.2364 / 1000)
    assert frame.loc[2025, "converted_m_usd"] == pytest.approx(1402.8e3 / 1421.3963)


def test_september_comes_before_later_months():
    troops = pd.DataFrame(
        [("KOR", 2020, 9, 100), ("KOR", 2020, 12, 90), ("KOR", 2021, 3, 80), ("KOR", 2021, 6, 70), ("JPN", 2020, 9, 1)],
        columns=["country", "year", "month", "active_duty"],
    )
    chosen = burden.september_strength(troops)
    assert chosen.to_dict("list") == {"year": [2020, 2021], "month": [9, 6], "active_duty": [100, 70]}


def test_strength_of_real_years():
    strength = burden.september_strength(data.load("us_troops_abroad")).set_index("year")
    assert strength.loc[2008, "active_duty"] == 25_772  # not the 50,975 of a faulty compilation
    assert strength.loc[2025, "active_duty"] == 23_642
    assert not {2003, 2004} & set(strength.index)
    assert (strength.loc[1957:, "month"] == 9).all()  # June reports before


def test_per_soldier(won):
    assert burden.per_soldier(pd.Series({2020: 1000.0}), pd.Series({2020: 25_000}))[2020] == 40.0
    assert burden.per_soldier(won, burden.DECLARED_STRENGTH)[2026] == pytest.approx(53.305, abs=0.001)


def test_growth_by_agreement(won, agreements):
    growth = burden.growth_by_agreement(won, agreements).set_index("agreement")
    assert list(growth.index) == list(range(6, 13))
    assert growth.loc[9, "within_pct"] == pytest.approx(100 * ((960.2 / 920) ** 0.25 - 1))
    assert growth.loc[9, "step_pct"] == pytest.approx(100 * (920 / 869.5 - 1))
    assert growth.loc[11, "overall_pct"] == pytest.approx(100 * ((1402.8 / 1038.9) ** (1 / 6) - 1))
    assert math.isnan(growth.loc[6, "step_pct"]) and math.isnan(growth.loc[10, "within_pct"])
    assert growth.loc[12, "last_year"] == 2026


def test_real_growth_of_the_ninth_agreement_was_negative(won, agreements, drivers):
    real = burden.constant_prices(won.loc[:2024], burden.price_index(drivers["inflation"], 2024))
    growth = burden.growth_by_agreement(real, agreements).set_index("agreement")
    assert -0.5 < growth.loc[9, "within_pct"] < 0
    assert growth.loc[11, "last_year"] == 2024


# --- time without agreement ------------------------------------------------------------


def test_gaps_of_known_precision(agreements):
    found = burden.gaps(agreements).set_index("agreement")
    assert found.loc[11, ["precision", "days_least", "days_most"]].tolist() == ["day", 609, 609]
    assert found.loc[[6, 9, 10], "days_most"].tolist() == [186, 168, 94]
    assert found.loc[[3, 12], "days_most"].tolist() == [0, 0]


def test_gap_arithmetic():
    table = pd.DataFrame({"agreement": range(1, 6), "last_year": [2000, 2001, 2002, 2003, 2004]})
    table["in_force_on"] = ["2000-01-01", "2001-01-01", "2002-03", "2003", None]
    found = burden.gaps(table)
    assert found["precision"].tolist() == ["day", "month", "year", "not known"]
    assert found["days_least"].tolist()[:3] == [0, 59, 0]
    assert found["days_most"].tolist()[:3] == [0, 89, 364]
    assert found["days_least"].isna().tolist() == [False, False, False, True]


def test_months_without_an_agreement(agreements):
    months = burden.months_without(burden.gaps(agreements))
    eleventh = months[months["agreement"] == 11]
    assert len(eleventh) == 20 and eleventh["whole"].all()  # January 2020 to August 2021
    tenth = months[months["agreement"] == 10]
    assert tenth["month"].tolist() == [1, 2, 3, 4]
    assert tenth["whole"].tolist() == [True, True, True, False]  # in force on 5 April 2019
    assert not {3, 12} & set(months["agreement"])


# --- errors name the value and the choices ---------------------------------------------


def test_unknown_agreement():
    with pytest.raises(ValueError, match="no Special Measures Agreement 13; known are 1 to 12"):
        burden.rule_for(13)


def test_unknown_rule(drivers):
    with pytest.raises(ValueError, match="no rule 'cpi'; known are 'yearly decision', .*'inflation, cap 5 %'"):
        burden.increase("cpi", 2020, drivers)


def test_rule_without_formula(drivers):
    with pytest.raises(ValueError, match="'single year' has no formula: one amount.*'inflation, cap 4 %'"):
        burden.increase("single year", 2020, drivers)


def test_missing_driver(drivers):
    message = "'gdp growth' follows 'gdp', which is not among .*'inflation', 'defence budget'"
    with pytest.raises(ValueError, match=message):
        burden.increase("gdp growth", 2000, drivers)


def test_missing_inflation():
    message = "needs inflation of 2001 for the amount of 2003; known are 2000 to 2000.*assume"
    with pytest.raises(ValueError, match=message):
        burden.increase("inflation, cap 5 %", 2003, inflation_from([2.0]))


def test_path_that_ends_before_it_starts(drivers):
    with pytest.raises(ValueError, match="would end in 2019, before it starts in 2020"):
        burden.project(1.0, 2020, 2019, "flat", drivers)


def test_counterfactual_from_the_dollar_years(contributions, drivers):
    with pytest.raises(ValueError, match="no won amount for 2004; known are 2005 to 2026"):
        burden.counterfactual(contributions, "inflation, cap 4 %", 2004, 2010, drivers)


def test_paths_without_a_common_year():
    with pytest.raises(ValueError, match="share no year"):
        burden.cumulative_difference(pd.Series({2020: 1.0}), pd.Series({2021: 1.0}))


def test_break_even_of_a_rule_that_does_not_follow_inflation():
    with pytest.raises(ValueError, match="'flat' does not follow inflation; rules that do: .*'inflation, cap 4 %'"):
        burden.break_even_inflation(1.0, 1, 1.0, "flat")


def test_break_even_below_zero_inflation():
    with pytest.raises(ValueError, match="Zero inflation costs 200.0, more than a total of 150.0"):
        burden.break_even_inflation(100.0, 2, 150.0, "inflation, cap 4 %")


def test_base_year_outside_the_prices():
    with pytest.raises(ValueError, match="no inflation for 1980; known are 2000 to 2001"):
        burden.price_index(inflation_from([1.0, 2.0])["inflation"], 1980)


def test_hole_in_the_prices():
    with pytest.raises(ValueError, match="no inflation for 2001; known are 2000 to 2002"):
        burden.price_index(pd.Series({2000: 1.0, 2002: 1.0}), 2000)


ONE_YEAR, OTHER_YEAR = pd.Series({2026: 1.0}), pd.Series({2025: 1.0})


@pytest.mark.parametrize(
    ("measure", "what"),
    [
        (lambda: burden.constant_prices(ONE_YEAR, OTHER_YEAR), "price index"),
        (lambda: burden.to_dollars(ONE_YEAR, OTHER_YEAR), "exchange rate"),
        (lambda: burden.to_won(ONE_YEAR, OTHER_YEAR), "exchange rate"),
        (lambda: burden.share_of_budget(ONE_YEAR, OTHER_YEAR), "defence budget"),
        (lambda: burden.share_of_gdp(ONE_YEAR, OTHER_YEAR, ONE_YEAR), "gross domestic product"),
        (lambda: burden.share_of_gdp(ONE_YEAR, ONE_YEAR, OTHER_YEAR), "exchange rate"),
        (lambda: burden.per_soldier(ONE_YEAR, OTHER_YEAR), "troop count"),
    ],
)
def test_a_year_that_is_not_known_stops(measure, what):
    with pytest.raises(ValueError, match=f"no {what} for 2026; known are 2025 to 2025"):
        measure()


def test_a_country_or_column_the_table_does_not_have():
    table = pd.DataFrame({"country": ["KOR"], "year": [2020], "month": [9], "active_duty": [1]})
    with pytest.raises(ValueError, match="no country 'PRK' in the table; it has KOR"):
        burden.yearly(table, "active_duty", "PRK")
    with pytest.raises(ValueError, match="no country 'PRK' in the table; it has KOR"):
        burden.september_strength(table, "PRK")
    with pytest.raises(ValueError, match="no column 'persons'; the table has country, year"):
        burden.yearly(table, "persons")


def test_a_year_that_occurs_twice():
    with pytest.raises(ValueError, match="Year 2020 occurs twice in column 'value'"):
        burden.yearly(pd.DataFrame({"year": [2020, 2020], "value": [1.0, 2.0]}), "value")


@pytest.mark.parametrize("text", ["2019-13", "5 April 2019", "19-04", "2019-02-30"])
def test_a_date_in_another_form(text):
    table = pd.DataFrame({"agreement": [1, 2], "last_year": [2000, 2001], "in_force_on": [None, text]})
    with pytest.raises(ValueError, match=f"'{text}' is not a date; write YYYY-MM-DD"):
        burden.gaps(table)


def test_spans_fill_each_agreements_years_without_overlap():
    agreements = data.load("sma_agreements")
    spans = burden.spans(agreements)
    for terms in agreements.itertuples():
        own = spans[spans["agreement"] == terms.agreement]
        assert own["start"].iloc[0] == pd.Timestamp(terms.first_year, 1, 1)
        assert own["end"].iloc[-1] == pd.Timestamp(terms.last_year + 1, 1, 1)
        assert list(own["start"].iloc[1:]) == list(own["end"].iloc[:-1])


def test_spans_agree_with_the_gaps():
    agreements = data.load("sma_agreements")
    waiting = burden.spans(agreements).query("state == 'not yet in force'").set_index("agreement")
    days = (waiting["end"] - waiting["start"]).dt.days
    gaps = burden.gaps(agreements).set_index("agreement")["days_least"]
    assert days.drop(1).to_dict() == gaps[gaps > 0].to_dict()
