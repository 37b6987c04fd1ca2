"""Rows by a value, and a value that the table lacks."""

import pandas as pd
import pytest

from alliance.rows import records, rows_of

TABLE = pd.DataFrame({"country": ["KOR", "USA", "KOR"], "donor": ["A", "A", "B"], "year": [1, 2, 3]})


def test_rows_hold_the_value():
    assert rows_of(TABLE, "KOR")["year"].to_list() == [1, 3]
    assert rows_of(TABLE, "A", "donor")["year"].to_list() == [1, 2]


def test_a_value_that_the_table_lacks_is_told_with_those_it_has():
    with pytest.raises(ValueError, match="There is no donor 'C' in the table; it has A, B"):
        rows_of(TABLE, "C", "donor")


def test_records_come_in_order_with_their_fields():
    assert [(row.country, row.year) for row in records(TABLE)] == [("KOR", 1), ("USA", 2), ("KOR", 3)]
