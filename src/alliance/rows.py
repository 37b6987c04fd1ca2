"""Rows of a table, chosen by one value; a value that the table lacks is told, not answered with nothing."""

import pandas as pd


def rows_of(table: pd.DataFrame, value: str, column: str = "country") -> pd.DataFrame:
    """Return the rows of a table that hold a value in a column.

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
