"""The tables of the burden-sharing measures."""

import pytest

from alliance import burden, data, series


@pytest.fixture(scope="module")
def contributions():
    return data.load("sma_contributions")


@pytest.fixture(scope="module")
def agreements():
    return data.load("sma_agreements")


@pytest.fixture(scope="module")
def drivers():
    return burden.drivers(data.load("consumer_prices"), data.load("defense_budget"))


@pytest.fixture(scope="module")
def won(contributions):
    return series.yearly(contributions, "amount_bn_krw")


@pytest.fixture(scope="module")
def rates():
    return series.yearly(data.load("exchange_rates"), "krw_per_usd")
