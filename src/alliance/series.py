"""Numbers in time: one column of a table as a Series, and sums over whole periods.

Conventions
-----------
* A *yearly Series* is a Series of numbers indexed by calendar year, in order.
* A *monthly Series* is a Series of numbers indexed by the first day of the month, in order.
* What a table does not hold is absent from the Series, not filled.
"""

from collections.abc import Iterable

import pandas as pd

from alliance.rows import rows_of


def yearly(table: pd.DataFrame, column: str, country: str = "KOR") -> pd.Series:
    """Take one column of a table as a yearly Series, leaving out unknown values.

    Parameters
    ----------
    table : DataFrame
        A table with a column ``year`` and, where it has several countries, ``country``.
    column : str
        The column to take; its unit stays as it is.
    country : str
        ISO code, used only where the table has a column ``country``.

    Returns
    -------
    Series
        float, indexed by year (ascending), named `column`.

    Raises
    ------
    ValueError
        For an unknown column or country, or a year that occurs twice.
    """
    if column not in table.columns:
        raise ValueError(f"There is no column {column!r}; the table has {', '.join(table.columns)}.")
    whose = ""
    if "country" in table.columns:
        table, whose = rows_of(table, country), f" for {country}"
    values = table.set_index("year")[column].dropna().astype(float).sort_index()
    twice = values.index[values.index.duplicated()]
    if len(twice):
        raise ValueError(
            f"Year {twice[0]} occurs twice{whose} in column {column!r}; a yearly Series has one value a year. "
            f"Select one series of the table first."
        )
    values.index = values.index.astype(int)
    return values


def require(values: pd.Series, years: Iterable[int], what: str) -> None:
    """Stop where a yearly Series lacks one of the years asked for.

    Parameters
    ----------
    values : Series
        Yearly Series.
    years : iterable of int
        The years that a measure needs.
    what : str
        What the numbers are, for the message, such as ``"exchange rate"``.

    Raises
    ------
    ValueError
        Where a year is missing; the message names it and the years that are known.
    """
    missing = [int(year) for year in years if year not in values.index or pd.isna(values[year])]
    if missing:
        raise ValueError(
            f"There is no {what} for {', '.join(map(str, missing))}; known are "
            f"{values.index.min()} to {values.index.max()}. Leave the year out or add it to the table."
        )


def months(table: pd.DataFrame, column: str, **where: str) -> pd.Series:
    """Take one column of a table with the columns ``year`` and ``month`` as a monthly Series.

    Parameters
    ----------
    table : DataFrame
        One row for each month of what `where` selects.
    column : str
        The numbers.
    **where : str
        Column = value of the rows wanted, such as ``partner="KOR"``.

    Returns
    -------
    Series
        Indexed by the first day of the month, in order; months that the table lacks are absent.

    Raises
    ------
    ValueError
        No row is selected, or a month stands twice.
    """
    rows = table
    for name, value in where.items():
        rows = rows[rows[name] == value]
    if rows.empty:
        raise ValueError(f"The table has no row with {where}.")
    periods = pd.PeriodIndex.from_fields(  # type: ignore[attr-defined]  # pandas-stubs 3.0 does not know it
        year=rows["year"], month=rows["month"], freq="M"
    )
    index = periods.to_timestamp().rename("month")
    if not index.is_unique:
        raise ValueError(f"The table has several rows a month with {where}; say which by more columns.")
    return pd.Series(rows[column].to_numpy(), index=index, name=column).sort_index()


def whole_years(monthly: pd.Series) -> pd.Series:
    """Sum a monthly Series over calendar years; a year without all twelve months is left out."""
    groups = monthly.groupby(_years(monthly))
    sums = groups.sum()[groups.count() == 12]
    return sums.rename_axis("year")


def trailing(monthly: pd.Series) -> pd.Series:
    """Sum each month with the eleven before it.

    Twelve months hold every season once: the sum needs no model of the seasons. It answers late: a change
    shows in full only after a year.

    Returns
    -------
    Series
        Monthly; a month is absent when one of its twelve is.
    """
    regular = monthly.asfreq("MS")
    return regular.rolling(12).sum().dropna()


def same_months(monthly: pd.Series, year: int) -> tuple[float, float]:
    """Sum the months that a year has so far, and the same months of the year before.

    Returns
    -------
    tuple of float
        The year before, and the year.

    Raises
    ------
    ValueError
        The year before lacks one of the months.
    """
    now = monthly[_years(monthly) == year]
    earlier = monthly.reindex(pd.DatetimeIndex(now.index) - pd.DateOffset(years=1))
    if now.empty or earlier.isna().any():
        raise ValueError(f"There are not the same months in {year - 1} and {year}.")
    return float(earlier.sum()), float(now.sum())


def _years(monthly: pd.Series) -> pd.Index:
    return pd.DatetimeIndex(monthly.index).year
