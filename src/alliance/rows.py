"""Rows of a table: chosen by one value, read one after the other, or handed to the engine that holds them."""

from collections.abc import Iterator
from typing import Any

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT


def rows_of(table: pd.DataFrame, value: str, column: str = "country") -> pd.DataFrame:
    """Choose the rows of a table that hold a value in a column.

    Parameters
    ----------
    table : DataFrame
        Any table.
    value : str
        What to look for, for instance an ISO code.
    column : str, optional
        Where to look.

    Raises
    ------
    ValueError
        No row holds the value; the message names those that the table has.
    """
    rows = table[table[column] == value]
    if rows.empty:
        raise ValueError(
            f"There is no {column} {value!r} in the table; it has {', '.join(sorted(set(table[column])))}."
        )
    return rows


def records(table: pd.DataFrame) -> Iterator[Any]:
    """Read a table row by row, each row as a named tuple.

    The types of the fields are those of the table's schema, which no type checker knows: hence ``Any``.
    """
    return iter(table.itertuples())


def any_engine(table: IntoFrameT) -> nw.LazyFrame[Any]:
    """Wrap a table of any engine that narwhals knows, such as pandas or DuckDB.

    What is done to the result must be possible on a lazy engine; ``to_native`` gives back a table of the same engine.
    """
    return nw.from_native(table)
