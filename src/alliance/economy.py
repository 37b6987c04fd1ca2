"""Economic cooperation: how tied two economies are, how exposed, and whether they recovered.

Trade flows, the duties on them, the concentration of imports, and growth against what had been forecast.
It describes. Nothing in it shows that an agreement or a tariff caused a flow.

Conventions
-----------
* The measures of *flows* (`totals`, `shares`, `top`, `concentration`) take a table with one row per flow from
  any engine that narwhals knows – pandas, DuckDB, Polars, Spark – and give back a table of that engine. On a
  lazy engine nothing is computed until the result is asked for, so that the same line serves a thousand rows
  and hundreds of millions.
* Shares are fractions of one. The Herfindahl–Hirschman index is on the scale from 0 to 1; competition
  authorities print the same index times 10,000.
* A *yearly Series* is a Series of numbers indexed by calendar year, a *monthly Series* one indexed by the
  first day of the month.
* Everything is a pure function: no file, no network, no chart.
"""

from collections.abc import Sequence

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

#: Partners that are none: what a reporter could not ascribe to a country, and what a table adds up.
NO_PARTNER = ("Unspecified", "UNIDENTIFIED", "Other partners", "others")


def totals(flows: IntoFrameT, by: Sequence[str], value: str) -> IntoFrameT:
    """Sum flows within groups.

    Parameters
    ----------
    flows : table of any engine
        One row per flow.
    by : sequence of str
        Columns that name the groups.
    value : str
        Column to sum; missing values count as nothing.

    Returns
    -------
    table of the same engine
        The columns of `by` and `value`, one row per group, in no order.
    """
    return nw.from_native(flows).group_by(*by).agg(nw.col(value).sum()).to_native()


def shares(flows: IntoFrameT, of: str, by: Sequence[str], value: str) -> IntoFrameT:
    """Divide each partner's flows by the sum of its group.

    Parameters
    ----------
    flows : table of any engine
        One row per flow; several rows of one partner are added.
    of : str
        Column that names the partner.
    by : sequence of str
        Columns that name the group whose shares sum to one, such as the year.
    value : str
        Size of the flow, not negative.

    Returns
    -------
    table of the same engine
        Columns `by`, `of`, `value` (the partner's sum) and ``share``.
    """
    sums = nw.from_native(totals(flows, [*by, of], value))
    whole = sums.group_by(*by).agg(nw.col(value).sum().alias("whole"))
    joined = sums.join(whole, on=list(by), how="inner")
    return joined.with_columns(share=nw.col(value) / nw.col("whole")).select(*by, of, value, "share").to_native()


def top(flows: IntoFrameT, of: str, by: Sequence[str], value: str, n: int) -> IntoFrameT:
    """Keep the `n` largest partners of each group, with their rank.

    Equal partners are ranked in the order of their names, so that every engine ranks alike. What stands in
    `NO_PARTNER` counts in the whole but gets no rank.

    Returns
    -------
    table of the same engine
        As `shares`, with ``rank`` from 1.
    """
    frame = nw.from_native(shares(flows, of, by, value)).filter(~nw.col(of).is_in(NO_PARTNER))
    counted = frame.with_columns(_falling=-nw.col("share"), _one=nw.lit(1))
    ranked = counted.with_columns(rank=nw.col("_one").cum_sum().over(*by, order_by=["_falling", of]).cast(nw.Int64))
    return ranked.filter(nw.col("rank") <= n).drop("_falling", "_one").to_native()


def concentration(flows: IntoFrameT, of: str, by: Sequence[str], value: str) -> IntoFrameT:
    """Herfindahl–Hirschman index of the partners of each group, and what it says in partners.

    Parameters
    ----------
    flows, of, by, value
        As in `shares`. Partners in `NO_PARTNER` count in the sum but not in the index: they are no partner,
        and their small shares would be squared as if they were one.

    Returns
    -------
    table of the same engine
        Columns `by`, ``hhi`` (sum of squared shares, from 1/n for n equal partners to 1 for a single one),
        ``partners`` (how many have a share) and ``effective`` (1 / ``hhi``: the number of equal partners that
        would give the same index).

    Notes
    -----
    Hirschman (1945), National Power and the Structure of Foreign Trade, first measured so how far a country's
    trade leans on few partners; Hirschman (1964), "The Paternity of an Index", tells the index's history.
    """
    frame = nw.from_native(shares(flows, of, by, value)).filter(~nw.col(of).is_in(NO_PARTNER), nw.col("share") > 0)
    squares = frame.with_columns(square=nw.col("share") * nw.col("share"))
    index = squares.group_by(*by).agg(nw.col("square").sum().alias("hhi"), nw.len().alias("partners"))
    return index.with_columns(effective=1 / nw.col("hhi")).to_native()


def contributions(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    """Split the change of a Herfindahl–Hirschman index among the partners, exactly.

    The index is a sum over partners of squared shares, so that its change is the sum of each partner's
    own: s₁² − s₀² = (s₁ − s₀)(s₁ + s₀).

    Parameters
    ----------
    before, after : Series
        Shares (fractions) indexed by partner; a partner missing on one side had no share there.

    Returns
    -------
    DataFrame
        Indexed by partner, largest contribution first: ``before``, ``after`` (shares) and ``effect`` (on the
        index). The effects sum to the change of the index.
    """
    both = pd.DataFrame({"before": before, "after": after}).fillna(0.0)
    both["effect"] = (both["after"] - both["before"]) * (both["after"] + both["before"])
    return both.sort_values("effect", ascending=False)


def months(table: pd.DataFrame, column: str, **where: str) -> pd.Series:
    """Take one monthly Series from a table with columns ``year`` and ``month``.

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
    index = pd.PeriodIndex.from_fields(year=rows["year"], month=rows["month"], freq="M").to_timestamp().rename("month")
    if not index.is_unique:
        raise ValueError(f"The table has several rows a month with {where}; say which by more columns.")
    return pd.Series(rows[column].to_numpy(), index=index, name=column).sort_index()


def yearly(monthly: pd.Series) -> pd.Series:
    """Sum a monthly Series over whole calendar years; years without all twelve months are left out."""
    groups = monthly.groupby(monthly.index.year)
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
    now = monthly[monthly.index.year == year]
    earlier = monthly.reindex(now.index - pd.DateOffset(years=1))
    if now.empty or earlier.isna().any():
        raise ValueError(f"There are not the same months in {year - 1} and {year}.")
    return float(earlier.sum()), float(now.sum())


def collected_rate(duties: pd.DataFrame, partner: str) -> pd.Series:
    """Duties in per cent of the value of imports, by month.

    The collected rate is an average over what was imported: it moves with the mix of goods, and falls when
    a tariff keeps the dearest-taxed goods out.

    Parameters
    ----------
    duties : DataFrame
        Table ``us_duties``.
    partner : str
        ISO code, or ``WLD``.
    """
    return 100 * months(duties, "duties_m_usd", partner=partner) / months(duties, "imports_m_usd", partner=partner)


def average_rate(duties: pd.DataFrame, partner: str, first: str, last: str) -> float:
    """Duties in per cent of the value of imports over a period of months: sums, not a mean of rates."""
    sums = [
        months(duties, column, partner=partner).loc[first:last].sum() for column in ("duties_m_usd", "imports_m_usd")
    ]
    return float(100 * sums[0] / sums[1])


def cumulated(growth: pd.Series, base: int) -> pd.Series:
    """Chain yearly growth rates to a level.

    Parameters
    ----------
    growth : Series
        Yearly, per cent over the year before.
    base : int
        Year that is 100.

    Returns
    -------
    Series
        Yearly from `base` on.

    Raises
    ------
    ValueError
        A year after the base is missing.
    """
    later = growth[growth.index > base].sort_index()
    if list(later.index) != list(range(base + 1, base + 1 + len(later))):
        raise ValueError(f"Growth after {base} has gaps: {list(later.index)}.")
    levels = 100 * (1 + later / 100).cumprod()
    return pd.concat([pd.Series({base: 100.0}), levels]).rename_axis("year")


def shortfall(actual: pd.Series, forecast: pd.Series, base: int, last: int) -> float:
    """How far output stands from where it was forecast, per cent of the forecast level; negative is below.

    Parameters
    ----------
    actual, forecast : Series
        Yearly growth, per cent.
    base, last : int
        Growth of the years after `base` up to `last` is chained.
    """
    return float(100 * (cumulated(actual, base)[last] / cumulated(forecast, base)[last] - 1))


def excess(deaths: pd.DataFrame, country: str, last: str) -> pd.Series:
    """Sum deaths above expectation from the first row to the last that ends by a day.

    Parameters
    ----------
    deaths : DataFrame
        Table ``excess_deaths``.
    country : str
        ISO code.
    last : str
        Last day that counts. A row that ends later is left out whole.

    Returns
    -------
    Series
        ``total``, ``expected``, ``excess`` (deaths) and ``per_100k`` (excess per hundred thousand people).
    """
    rows = deaths[(deaths["country"] == country) & (deaths["end_date"] <= last)]
    total, expected = rows["total_deaths"].sum(), rows["expected_deaths"].sum()
    return pd.Series(
        {
            "total": total,
            "expected": expected,
            "excess": total - expected,
            "per_100k": 1e5 * (total - expected) / rows["population"].iloc[0],
        }
    )
