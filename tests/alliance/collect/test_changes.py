"""What a refresh changes: each row counted once, and only if a cell of it changed."""

import pandas as pd
import pytest
from builders import loaded, property_of
from hypothesis import given
from hypothesis import strategies as st

from alliance import data
from alliance.collect import registry
from alliance.collect.changes import of_table, standing, told

pytestmark = pytest.mark.slow  # plays publishers and breaks tables: some seconds, seldom touched

SPARSE = [table for table in data.tables() if data.load(table).isna().any(axis=None)]


def counts(table, new):
    change = of_table(new, data.load(table), data.describe(table), "today")
    return change.added, change.changed, change.removed


@pytest.mark.parametrize("table", data.tables())
def test_a_table_beside_itself_shows_no_change(table):
    assert counts(table, loaded(table)) == (0, 0, 0)
    assert counts(table, loaded(table).sample(frac=1, random_state=1)) == (0, 0, 0)


@property_of
@given(st.data())
def test_each_row_that_changed_is_counted_once(draw):
    table = draw.draw(st.sampled_from(SPARSE))
    frame, keys = data.load(table), data.describe(table)["schema"]["primaryKey"]
    texts = [name for name in frame if name not in keys and frame[name].dtype == "str"]
    rows = draw.draw(st.sets(st.integers(0, len(frame) - 1), max_size=5))
    gone = draw.draw(st.sets(st.integers(0, len(frame) - 1), max_size=3)) - rows
    for row in rows:
        frame.loc[row, draw.draw(st.sampled_from(texts))] = "a new text"
    assert counts(table, frame.drop(index=sorted(gone))) == (0, len(rows), len(gone))


def test_a_cell_that_is_filled_or_emptied_is_a_change():
    fields = [
        {"name": "year", "type": "integer"},
        {"name": "rain", "type": "number"},
        {"name": "note", "type": "string"},
    ]
    resource = {
        "name": "rain",
        "vintage": "old",
        "coverage": "Years 1–4",
        "schema": {"fields": fields, "primaryKey": ["year"]},
    }
    old = pd.DataFrame({"year": [1, 2, 3, 4], "rain": [1.5, None, None, 2.5], "note": [None, "a", None, None]})
    new = pd.DataFrame({"year": [1, 2, 3, 5], "rain": [None, 2.0, None, 3.5], "note": [None, "a", None, None]})
    change = of_table(new, old, resource, "new")
    assert (change.added, change.changed, change.removed) == (1, 2, 1)
    report = told([change], {})
    assert "1 row added, 2 changed, 1 removed." in report and "old → new" in report
    assert "“Years 1–4”: see whether that still holds." in report


def test_the_standing_of_tables_is_told_by_kind():
    states = {
        "a": "fetched",
        "b": "not changed",
        "c": "refused",
        "d": "by hand, last searched May 1, 2026: typed",
        "e": "fetched",
    }
    assert standing(states) == [
        *["Fetched: a, e", "", "Not changed: b", "", "Refused: c", ""],
        *["Left as they are:", "", "* d: by hand, last searched May 1, 2026: typed", ""],
    ]
    assert standing({}) == []


def test_an_address_of_one_edition_is_told():
    states = dict.fromkeys(data.tables(), "not changed") | {"gdp": "fetched"}
    report = told([], states, registry.sources().values())
    found = [line for line in report.splitlines() if "its address is that of the edition" in line]
    assert found == [
        "* military_expenditure: its address is that of the edition of 2024; look for a newer one at "
        "https://www.sipri.org/databases/milex",
        "* co2_footprints: its address is that of the edition of 2025; look for a newer one at "
        "https://github.com/openclimatedata/global-carbon-budget",
    ]
    assert "edition" not in told([], {"co2_footprints": "left as it is"}, registry.sources().values())
