"""Exact intervals for small counts."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import poisson


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_poisson_limits_are_the_tabulated_ones(count, low, high):
    assert poisson.rate_interval(count) == (pytest.approx(low, abs=6e-4), pytest.approx(high, abs=6e-4))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 60), st.floats(0.5, 50))
def test_a_poisson_interval_holds_the_rate_and_scales(count, years):
    low, high = poisson.rate_interval(count, years)
    assert low <= count / years < high
    assert (low * years, high * years) == pytest.approx(poisson.rate_interval(count))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_a_ratio_and_its_inverse_have_inverse_limits(after, before):
    if after + before == 0:
        with pytest.raises(ValueError, match="either period"):
            poisson.ratio_interval(after, 1, before, 1)
        return
    low, high = poisson.ratio_interval(after, 1, before, 1)
    turned_low, turned_high = poisson.ratio_interval(before, 1, after, 1)
    assert low == pytest.approx(0 if math.isinf(turned_high) else 1 / turned_high)
    assert turned_low == pytest.approx(0 if math.isinf(high) else 1 / high)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        poisson.rate_interval(-1)
    with pytest.raises(ValueError, match="exposure positive"):
        poisson.rate_interval(1, 0)


def test_a_longer_period_lowers_the_ratio():
    assert poisson.ratio_interval(9, 3, 5, 1) == pytest.approx(
        [limit / 3 for limit in poisson.ratio_interval(9, 1, 5, 1)]
    )
