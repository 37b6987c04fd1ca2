"""Amounts in proportion: known shares, conversions there and back, and years that are missing."""

import pandas as pd
import pytest
from builders import amounts, inflation_from, property_of, yearly_inflation
from hypothesis import given
from hypothesis import strategies as st

from alliance import burden, data, series


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


def test_known_shares(won, rates):
    budget = series.yearly(data.load("defense_budget"), "budget_bn_krw")
    assert burden.share_of_budget(won, budget)[2021] == pytest.approx(100 * 1183.3 / 52840.1)
    gdp = series.yearly(data.load("gdp"), "gdp_bn_usd")
    assert burden.share_of_gdp(won.loc[:2023], gdp, rates)[2019] == pytest.approx(0.0540, abs=5e-5)


def test_gdp_agrees_with_the_one_behind_the_budgets_share(rates):
    """World Bank GDP in won and the GDP that the defense ministry divides by: within five percent."""
    budget, gdp = data.load("defense_budget"), series.yearly(data.load("gdp"), "gdp_bn_usd")
    implied = 100 * series.yearly(budget, "budget_bn_krw") / series.yearly(budget, "share_gdp_pct")
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
    assert (strength.loc[1957:2025, "month"] == 9).all()  # June reports before
    assert strength.loc[2026].to_dict() == {"month": 3, "active_duty": 23_372}  # the latest, until September's is out


def test_per_soldier(won):
    assert burden.per_soldier(pd.Series({2020: 1000.0}), pd.Series({2020: 25_000}))[2020] == 40.0
    assert burden.per_soldier(won, burden.DECLARED_STRENGTH)[2026] == pytest.approx(53.305, abs=0.001)


def test_the_ninth_agreement_lost_against_prices(won, drivers):
    real = burden.constant_prices(won.loc[:2024], burden.price_index(drivers["inflation"], 2024))
    assert burden.growth(won, 2014, 2018) > 0 > burden.growth(real, 2014, 2018) > -2


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
        (lambda: burden.share_of_budget(ONE_YEAR, OTHER_YEAR), "defense budget"),
        (lambda: burden.share_of_gdp(ONE_YEAR, OTHER_YEAR, ONE_YEAR), "gross domestic product"),
        (lambda: burden.share_of_gdp(ONE_YEAR, ONE_YEAR, OTHER_YEAR), "exchange rate"),
        (lambda: burden.per_soldier(ONE_YEAR, OTHER_YEAR), "troop count"),
    ],
)
def test_a_year_that_is_not_known_stops(measure, what):
    with pytest.raises(ValueError, match=f"no {what} for 2026; known are 2025 to 2025"):
        measure()
