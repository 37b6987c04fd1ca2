"""Dates of any precision, and the stretches between them."""

from alliance import dates, scorecard
from alliance.dates import day


def test_a_silence_is_longer_than_the_months_and_may_last_to_the_end():
    days = [day("2021-06-01"), day("2023-07-01"), day("2025-07-01")]
    found = dates.silences(days, 24, day("2026-06-30"))
    assert found == [(day("2021-06-01"), day("2023-07-01"))]
    assert dates.silences([], 24, day("2026-06-30")) == [(scorecard.PROMISE, day("2026-06-30"))]
