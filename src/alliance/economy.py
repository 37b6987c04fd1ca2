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

from alliance.rows import any_engine
from alliance.series import months

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
    return any_engine(flows).group_by(*by).agg(nw.col(value).sum()).to_native()


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
    sums = any_engine(totals(flows, [*by, of], value))
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
    partners = any_engine(shares(flows, of, by, value)).filter(~nw.col(of).is_in(NO_PARTNER))
    counted = partners.with_columns(_falling=-nw.col("share"), _one=nw.lit(1))
    ranked = counted.with_columns(rank=nw.col("_one").cum_sum().over(*by, order_by=["_falling", of]).cast(nw.Int64))
    return ranked.filter(nw.col("rank") <= n).drop("_falling", "_one").to_native()


def concentration(flows: IntoFrameT, of: str, by: Sequence[str], value: str) -> IntoFrameT:
    """Compute the Herfindahl–Hirschman index of the partners of each group, and what it says in partners.

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
    partners = any_engine(shares(flows, of, by, value)).filter(~nw.col(of).is_in(NO_PARTNER), nw.col("share") > 0)
    squares = partners.with_columns(square=nw.col("share") * nw.col("share"))
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


def collected_rate(duties: pd.DataFrame, partner: str) -> pd.Series:
    """Divide duties by the value of imports, percent, by month.

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
    """Divide duties by the value of imports over a period of months, percent: sums, not a mean of rates.

    Not a number where the table does not hold the whole period.
    """
    paid, value = (months(duties, column, partner=partner) for column in ("duties_m_usd", "imports_m_usd"))
    whole = pd.period_range(pd.Period(first, "M"), pd.Period(last, "M"), freq="M").to_timestamp()
    if not whole.isin(value.index).all():
        return float("nan")
    return float(100 * paid[whole].sum() / value[whole].sum())


def cumulated(growth: pd.Series, base: int) -> pd.Series:
    """Chain yearly growth rates to a level.

    Parameters
    ----------
    growth : Series
        Yearly, percent over the year before.
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
    years = list(later.index)
    if missing := sorted(set(range(base + 1, max(years, default=base) + 1)) - set(years)):
        raise ValueError(f"Growth after {base} lacks {missing}: it is known for {years}.")
    levels = 100 * (1 + later / 100).cumprod()
    return pd.concat([pd.Series({base: 100.0}), levels]).rename_axis("year")


def shortfall(actual: pd.Series, forecast: pd.Series, base: int, last: int) -> float:
    """Measure how far output stands from where it was forecast, percent of the forecast level; negative is below.

    Parameters
    ----------
    actual, forecast : Series
        Yearly growth, percent.
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
