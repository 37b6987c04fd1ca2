"""Amounts in proportion: to prices, in the other currency, to budget, national income and soldiers."""

import pandas as pd

from alliance import series
from alliance.rows import rows_of

#: U.S. forces in Korea as both governments declare them (persons); ROK Defense White
#: Papers 2010–2022. A declared level, not a count: compare `september_strength`.
DECLARED_STRENGTH = 28_500


def price_index(inflation: pd.Series, base_year: int) -> pd.Series:
    """Chain yearly inflation into a price index.

    Parameters
    ----------
    inflation : Series
        Change of consumer prices on the year before, percent, without missing years;
        unrounded (World Bank, FP.CPI.TOTL.ZG).
    base_year : int
        Year in which the index is 1.

    Returns
    -------
    Series
        Price level relative to `base_year`, for the years of `inflation`.

    Raises
    ------
    ValueError
        For a missing year, or a base year outside the Series.
    """
    years = range(int(inflation.index.min()), int(inflation.index.max()) + 1)
    series.require(inflation, years, "inflation")
    series.require(inflation, [base_year], "inflation")
    level = (1 + inflation.loc[list(years)] / 100).cumprod()
    return (level / level[base_year]).rename("price_index")


def constant_prices(amounts: pd.Series, index: pd.Series) -> pd.Series:
    """Express amounts in the prices of an index's base year.

    Parameters
    ----------
    amounts : Series
        Yearly amounts at current prices; won with Korea's index, dollars with the
        United States'.
    index : Series
        From `price_index`.

    Returns
    -------
    Series
        Amounts at base-year prices, in the same unit.

    Raises
    ------
    ValueError
        Where the index lacks a year of `amounts`.
    """
    series.require(index, amounts.index, "price index")
    return amounts / index[amounts.index]


def to_dollars(amounts_bn_krw: pd.Series, rates: pd.Series) -> pd.Series:
    """Convert billions of won into millions of dollars at the year's average rate.

    Parameters
    ----------
    amounts_bn_krw : Series
        Yearly amounts, billion won.
    rates : Series
        Won per dollar, annual average (Federal Reserve, H.10).

    Returns
    -------
    Series
        Million dollars, current.

    Raises
    ------
    ValueError
        Where a year has no rate.
    """
    series.require(rates, amounts_bn_krw.index, "exchange rate")
    return amounts_bn_krw * 1000 / rates[amounts_bn_krw.index]


def to_won(amounts_m_usd: pd.Series, rates: pd.Series) -> pd.Series:
    """Convert millions of dollars into billions of won at the year's average rate.

    Parameters
    ----------
    amounts_m_usd : Series
        Yearly amounts, million dollars.
    rates : Series
        Won per dollar, annual average (Federal Reserve, H.10).

    Returns
    -------
    Series
        Billion won, current.

    Raises
    ------
    ValueError
        Where a year has no rate.
    """
    series.require(rates, amounts_m_usd.index, "exchange rate")
    return amounts_m_usd * rates[amounts_m_usd.index] / 1000


def converted(contributions: pd.DataFrame, rates: pd.Series) -> pd.DataFrame:
    """Add to each amount its equivalent in the other currency, in columns of its own.

    Parameters
    ----------
    contributions : DataFrame
        Table ``sma_contributions``, the years that have a rate.
    rates : Series
        Won per dollar, annual average.

    Returns
    -------
    DataFrame
        Columns ``year``, ``agreement``, ``agreed_in`` (``"USD"`` or ``"KRW"``),
        ``amount_bn_krw`` and ``amount_m_usd`` as agreed (one of them empty),
        ``converted_bn_krw`` (dollar years only) and ``converted_m_usd`` (won years
        only), ``krw_per_usd``. What the annual average turns out is not what was
        paid: dollar sums were partly paid in won at agreed rates.

    Raises
    ------
    ValueError
        Where a year has no rate.
    """
    won, dollars = series.yearly(contributions, "amount_bn_krw"), series.yearly(contributions, "amount_m_usd")
    frame = contributions.set_index("year")[["agreement", "amount_bn_krw", "amount_m_usd"]].sort_index()
    frame.insert(1, "agreed_in", ["KRW" if year in won.index else "USD" for year in frame.index])
    frame["converted_bn_krw"] = to_won(dollars, rates)
    frame["converted_m_usd"] = to_dollars(won, rates)
    frame["krw_per_usd"] = rates
    return frame.reset_index()


def share_of_budget(amounts_bn_krw: pd.Series, budget_bn_krw: pd.Series) -> pd.Series:
    """Relate the contribution to the Korean defense budget, percent.

    The contribution is financed from that budget. The sum agreed is used; what a year's
    budget sets aside for it may differ.

    Parameters
    ----------
    amounts_bn_krw, budget_bn_krw : Series
        Yearly amounts, billion won; the budget as first passed.

    Returns
    -------
    Series
        Percent.

    Raises
    ------
    ValueError
        Where the budget lacks a year.
    """
    series.require(budget_bn_krw, amounts_bn_krw.index, "defense budget")
    return 100 * amounts_bn_krw / budget_bn_krw[amounts_bn_krw.index]


def share_of_gdp(amounts_bn_krw: pd.Series, gdp_bn_usd: pd.Series, rates: pd.Series) -> pd.Series:
    """Relate the contribution to Korea's gross domestic product, percent.

    GDP is converted from dollars into won at the annual average rate; converting the
    contribution into dollars instead would give the same.

    Parameters
    ----------
    amounts_bn_krw : Series
        Yearly amounts, billion won.
    gdp_bn_usd : Series
        GDP in billion current dollars (World Bank, NY.GDP.MKTP.CD).
    rates : Series
        Won per dollar, annual average.

    Returns
    -------
    Series
        Percent.

    Raises
    ------
    ValueError
        Where GDP or the rate lacks a year.
    """
    series.require(gdp_bn_usd, amounts_bn_krw.index, "gross domestic product")
    series.require(rates, amounts_bn_krw.index, "exchange rate")
    return 100 * amounts_bn_krw / (gdp_bn_usd * rates)[amounts_bn_krw.index]


def september_strength(troops: pd.DataFrame, country: str = "KOR") -> pd.DataFrame:
    """Pick one troop count a year: September's, or the year's latest where that is missing.

    Parameters
    ----------
    troops : DataFrame
        Table ``us_troops_abroad`` (Defense Manpower Data Center): active-duty people by place
        of permanent assignment. Units on rotation are counted elsewhere, a likely
        reason why it lies below the declared 28,500.
    country : str
        ISO code.

    Returns
    -------
    DataFrame
        Columns ``year``, ``month``, ``active_duty`` (persons). Years without a report
        (2003 and 2004 for Korea) are absent, not interpolated.

    Raises
    ------
    ValueError
        For a country the table does not have.
    """
    reports = rows_of(troops, country)
    ranked = reports.assign(september=reports["month"] == 9).sort_values(["year", "september", "month"])
    return ranked.groupby("year", as_index=False).last()[["year", "month", "active_duty"]]


def per_soldier(amounts_bn_krw: pd.Series, persons: pd.Series | int) -> pd.Series:
    """Divide the contribution by the number of U.S. soldiers.

    Parameters
    ----------
    amounts_bn_krw : Series
        Yearly amounts, billion won.
    persons : Series or int
        Persons by year (see `september_strength`), or one level for all years
        (`DECLARED_STRENGTH`).

    Returns
    -------
    Series
        Million won per soldier.

    Raises
    ------
    ValueError
        Where a year has no count.
    """
    if isinstance(persons, pd.Series):
        series.require(persons, amounts_bn_krw.index, "troop count")
        persons = persons[amounts_bn_krw.index]
    return amounts_bn_krw * 1000 / persons


def growth(amounts: pd.Series, first: int, last: int) -> float:
    """Compare two years of a yearly Series.

    Parameters
    ----------
    amounts : Series
        Yearly amounts, any unit.
    first, last : int
        The years compared.

    Returns
    -------
    float
        Change from `first` to `last`, percent of `first`.

    Raises
    ------
    ValueError
        Where one of the years is missing.

    Examples
    --------
    >>> growth(pd.Series({2020: 100.0, 2021: 113.9}), 2020, 2021)
    13.9
    """
    series.require(amounts, [first, last], "amount")
    return round(100 * (float(amounts[last]) / float(amounts[first]) - 1), 10)
