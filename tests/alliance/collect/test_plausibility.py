"""Plausibility: the present tables are their own successors; each kind of doubt has its name."""

import pandas as pd
import pytest
from builders import property_of
from hypothesis import given
from hypothesis import strategies as st

from alliance import data
from alliance.collect import registry
from alliance.collect.plausibility import compare

MACHINE = sorted(registry.read_by_machine(registry.sources()))


@pytest.mark.slow
@pytest.mark.parametrize("table", MACHINE)
def test_a_present_table_is_its_own_successor(table):
    frame = data.load(table)
    assert compare(frame, frame, data.describe(table)) == []
    assert compare(frame.sample(frac=1, random_state=1), frame, data.describe(table)) == []


FIELDS = [
    {"name": "country", "type": "string"},
    {"name": "year", "type": "integer"},
    {"name": "rain", "type": "number"},
]
RESOURCE = {"name": "rain", "schema": {"fields": FIELDS, "primaryKey": ["country", "year"]}, "tolerance": 0.1}
OLD = pd.DataFrame(
    [(country, year, 500.0 + 7 * year % 100) for country in ("KOR", "USA") for year in range(1991, 2021)],
    columns=["country", "year", "rain"],
)


def kinds(new):
    return [finding.kind for finding in compare(new, OLD, RESOURCE)]


def at(place, value):
    new = OLD.copy()
    new.loc[place, "rain"] = value
    return new


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD.iloc[1:], []),  # the other country still begins in 1991
        (OLD[OLD["year"] > 1991], ["start lost"]),
        (OLD[OLD["year"] < 2020], ["end lost"]),
        (OLD[OLD["country"] == "KOR"], ["rows lost", "vanished"]),
        (at(5, 540.0), []),
        (at(5, 900.0), ["moved"]),
        (at(5, OLD.loc[5, "rain"] / 10), ["decimal point"]),
        (at(5, OLD.loc[5, "rain"] * 1000), ["decimal point"]),
        (at(slice(0, 20), 900.0), ["revised"]),
        (at(slice(0, 2), None), ["emptied"]),
        (OLD.assign(rain=OLD["rain"] * 25.4), ["unit or base"]),
        (OLD.assign(rain=OLD["rain"] * 1.05), ["unit or base"]),
        (pd.concat([OLD, pd.DataFrame([("KOR", 2021, 510.0)], columns=OLD.columns)]), []),
        (pd.concat([OLD, pd.DataFrame([("KOR", 2021, 51000.0)], columns=OLD.columns)]), ["outlier"]),
    ],
)
def test_each_doubt_has_its_name(new, expected):
    assert kinds(new) == expected


@pytest.mark.slow
@property_of
@given(st.lists(st.floats(0.95, 1.05), min_size=60, max_size=60))
def test_revisions_within_the_tolerance_move_no_single_value(factors):
    assert not {"moved", "decimal point", "revised"} & set(kinds(OLD.assign(rain=OLD["rain"] * factors)))
