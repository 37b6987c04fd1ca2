"""The escalation rules: as data, for one year, and what is said where they give nothing."""

import pandas as pd
import pytest
from builders import CAPPED, inflation_from, percents, property_of
from hypothesis import given
from hypothesis import strategies as st

from alliance import burden


def test_the_rules_cover_each_agreement_once_and_agree_with_the_table(agreements):
    assert sorted(number for rule in burden.RULES.values() for number in rule.agreements) == list(range(1, 13))
    for row in agreements.itertuples():
        assert burden.rule_for(row.agreement) == row.rule


@pytest.mark.parametrize("name", burden.RULES)
def test_every_rule_says_what_it_is_and_who_says_so(name):
    assert burden.RULES[name].text and burden.RULES[name].source


def test_an_assumption_leaves_what_is_known():
    longer = burden.assume(pd.Series({2023: 3.6, 2024: 2.3}), 2026, 2.0)
    assert longer.to_dict() == {2023: 3.6, 2024: 2.3, 2025: 2.0, 2026: 2.0}
    assert burden.assume(longer, 2025, 9.0).to_dict() == longer.to_dict()


@property_of
@given(percents, st.sampled_from(CAPPED))
def test_a_cap_binds_and_never_exceeds(inflation, rule):
    cap = burden.RULES[rule].cap
    rise = burden.increase(rule, 2002, inflation_from([inflation]))
    assert rise <= cap
    assert rise == (cap if inflation >= cap else inflation)


def test_unknown_agreement():
    with pytest.raises(ValueError, match="no Special Measures Agreement 13; known are 1 to 12"):
        burden.rule_for(13)


def test_unknown_rule(drivers):
    with pytest.raises(ValueError, match=r"no rule 'cpi'; known are 'yearly decision', .*'inflation, cap 5 %'"):
        burden.increase("cpi", 2020, drivers)


def test_rule_without_formula(drivers):
    with pytest.raises(ValueError, match=r"'single year' has no formula: one amount.*'inflation, cap 4 %'"):
        burden.increase("single year", 2020, drivers)


def test_missing_driver(drivers):
    message = "'gdp growth' follows 'gdp', which is not among .*'inflation', 'defense budget'"
    with pytest.raises(ValueError, match=message):
        burden.increase("gdp growth", 2000, drivers)


def test_missing_inflation():
    message = "needs inflation of 2001 for the amount of 2003; known are 2000 to 2000.*assume"
    with pytest.raises(ValueError, match=message):
        burden.increase("inflation, cap 5 %", 2003, inflation_from([2.0]))
