"""Burden sharing: what the Special Measures Agreements (SMA) cost, and by which rule.

The Republic of Korea and the United States have agreed twelve Special Measures
Agreements since 1991. Each fixes a first amount and says how later amounts follow from
it. This module holds those escalation rules as data (`RULES`), applies them
(`increase`, `project`), checks them against the published amounts (`rule_check`), asks
what another rule would have cost (`counterfactual`) and puts the amounts into
proportion (prices, dollars, budget, national income, soldiers, time without agreement).

Conventions
-----------
* A *yearly Series* is a Series of numbers indexed by calendar year. `yearly` makes one
  from a table of the book.
* *Drivers* are the yearly Series a rule may follow: a dict with the keys
  ``"inflation"`` and ``"defence budget"`` (per cent a year). `drivers` makes one.
* Amounts agreed in dollars (1991–2004) and in won (since 2005) are two regimes; no
  function returns both in one column.
* Everything is a pure function: no file, no network, no chart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from alliance.rows import rows_of

#: U.S. forces in Korea as both governments declare them (persons); ROK Defense White
#: Papers 2010–2022. A declared level, not a count: compare `september_strength`.
DECLARED_STRENGTH = 28_500

#: The parties publish won amounts to 0.1 billion won and the price and budget growth
#: that drives them to 0.1 per cent; rounding at each step is part of the arithmetic.
PUBLISHED_DIGITS = 1


@dataclass(frozen=True)
class Rule:
    """How an agreement's amount moves from one year to the next.

    Attributes
    ----------
    agreements : tuple of int
        The Special Measures Agreements (1–12) that follow the rule.
    text : str
        The rule in words.
    source : str
        The document that states it.
    driver : str or None
        Which yearly Series the rule follows; None where it follows none.
    lag : int
        Years between the driver's year and the year of the amount.
    fixed : float or None
        Percentage points added every year; None where the agreement has no formula.
    cap : float or None
        Upper limit on the driver, per cent; None where there is none.
    """

    agreements: tuple[int, ...]
    text: str
    source: str
    driver: str | None = None
    lag: int = 0
    fixed: float | None = 0.0
    cap: float | None = None


RULES = {
    "yearly decision": Rule(
        (1, 2),
        "the parties decide the amount each year, working towards one third of the won-based costs by 1995",
        "1st SMA (ROK Treaty No. 1040); 23rd Security Consultative Meeting, 1991",
        fixed=None,
    ),
    "fixed increase": Rule(
        (3,),
        "10 % a year, from 300 million dollars in 1995",
        "3rd SMA, promulgated 4 January 1996; ROK Defense White Paper 2000",
        fixed=10.0,
    ),
    "gdp growth": Rule(
        (4,),
        "growth of nominal GDP in the year before",
        "ROK Defense White Paper 2000",
        driver="gdp",
        lag=1,
    ),
    "fixed plus inflation": Rule(
        (5,),
        "8.8 % plus consumer-price inflation of the year before last",
        "Yonhap, 4 April 2002; Hankyung, 16 November 2001",
        driver="inflation",
        lag=2,
        fixed=8.8,
    ),
    "flat": Rule(
        (6,),
        "the same amount in both years",
        "6th SMA, TIAS 05-706",
    ),
    "inflation, no cap": Rule(
        (7,),
        "consumer-price inflation, taken to be that of the year before last",
        "Xinhua, 7 December 2006; ROK Diplomatic White Paper 2008",
        driver="inflation",
        lag=2,
    ),
    "inflation, cap 4 %": Rule(
        (8, 9),
        "consumer-price inflation of the year before last, at most 4 %",
        "9th SMA, TIAS 14-618; for the 8th, Yonhap, 16 January 2009",
        driver="inflation",
        lag=2,
        cap=4.0,
    ),
    "single year": Rule(
        (10,),
        "one amount for one year, raised by the growth of that year’s defence budget",
        "ROK Ministry of Foreign Affairs, press release on the 10th SMA, 2019",
        fixed=None,
    ),
    "defence budget growth": Rule(
        (11,),
        "growth of the Korean defence budget in the year before",
        "ROK Ministry of Foreign Affairs on the 11th SMA, March 2021; Yonhap, 1 September 2021",
        driver="defence budget",
        lag=1,
    ),
    "inflation, cap 5 %": Rule(
        (12,),
        "consumer-price inflation of the year before last, at most 5 %",
        "Congressional Research Service IF13050; ROK Ministry of Foreign Affairs on the 12th SMA, October 2024",
        driver="inflation",
        lag=2,
        cap=5.0,
    ),
}

#: First year an agreement's rule applies, where that is not the year after its first.
#: The 3rd counts from the 1995 amount; the 11th froze 2020 and negotiated 2021.
RULE_APPLIES_FROM = {3: 1996, 11: 2022}


def rule_for(agreement: int) -> str:
    """Name the escalation rule of an agreement.

    Parameters
    ----------
    agreement : int
        Number of the Special Measures Agreement, 1–12.

    Returns
    -------
    str
        A key of `RULES`.

    Raises
    ------
    ValueError
        For an unknown agreement.

    Examples
    --------
    >>> rule_for(11)
    'defence budget growth'
    """
    for name, rule in RULES.items():
        if agreement in rule.agreements:
            return name
    raise ValueError(f"There is no Special Measures Agreement {agreement!r}; known are 1 to 12.")


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
    if "country" in table.columns:
        table = rows_of(table, country)
    values = table.set_index("year")[column].dropna().astype(float).sort_index()
    twice = values.index[values.index.duplicated()]
    if len(twice):
        raise ValueError(f"Year {twice[0]} occurs twice in column {column!r}; a yearly Series has one value a year.")
    values.index = values.index.astype(int)
    return values


def drivers(prices: pd.DataFrame, budget: pd.DataFrame) -> dict[str, pd.Series]:
    """Collect what the rules follow: Korean inflation and growth of the defence budget.

    Parameters
    ----------
    prices : DataFrame
        Table ``consumer_prices``.
    budget : DataFrame
        Table ``defence_budget``.

    Returns
    -------
    dict of Series
        ``"inflation"`` and ``"defence budget"``, per cent a year, indexed by year.
    """
    return {"inflation": yearly(prices, "inflation_pct"), "defence budget": yearly(budget, "growth_pct")}


def assume(driver: pd.Series, last_year: int, value: float) -> pd.Series:
    """Continue a yearly Series with one assumed value; what is known stays.

    Parameters
    ----------
    driver : Series
        Yearly Series, per cent.
    last_year : int
        Last year the result has.
    value : float
        Per cent assumed for every year after the driver's last.

    Returns
    -------
    Series
        Known years, then assumed ones up to `last_year`.
    """
    assumed = range(int(driver.index.max()) + 1, last_year + 1)
    return pd.concat([driver, pd.Series(value, index=assumed, dtype=float)])


def increase(rule: str, year: int, drivers: Mapping[str, pd.Series]) -> float:
    """Say by how much a rule raises the amount of the year before.

    The driver enters as published, rounded to one decimal: with unrounded inflation
    the rules miss the published amounts by up to 0.3 billion won.

    Parameters
    ----------
    rule : str
        A key of `RULES`.
    year : int
        The year whose amount follows.
    drivers : mapping of str to Series
        What the rule follows, per cent a year (see `drivers`).

    Returns
    -------
    float
        Increase over the year before, per cent. Negative inflation lowers the amount:
        no document we know sets a floor.

    Raises
    ------
    ValueError
        For an unknown rule, a rule without formula, or a driver that has no value for
        the year the rule looks at.

    Examples
    --------
    >>> increase("inflation, cap 4 %", 2010, {"inflation": pd.Series({2008: 4.674})})
    4.0
    """
    terms = _known_rule(rule)
    if terms.fixed is None:
        formulas = ", ".join(repr(name) for name, other in RULES.items() if other.fixed is not None)
        raise ValueError(f"Rule {rule!r} has no formula: {terms.text}. Rules with a formula: {formulas}.")
    if terms.driver is None:
        return terms.fixed
    followed = _driver_value(rule, year, drivers)
    return terms.fixed + (followed if terms.cap is None else min(followed, terms.cap))


def project(
    amount: float,
    start: int,
    end: int,
    rule: str,
    drivers: Mapping[str, pd.Series],
    digits: int | None = PUBLISHED_DIGITS,
) -> pd.Series:
    """Let an amount grow by a rule, year after year.

    Parameters
    ----------
    amount : float
        Amount in the year `start`, any unit.
    start, end : int
        First and last year of the path.
    rule : str
        A key of `RULES`.
    drivers : mapping of str to Series
        What the rule follows, per cent a year (see `drivers`).
    digits : int or None
        Decimals each year's amount is rounded to before the next follows from it, as
        the parties do with billions of won; None leaves amounts unrounded.

    Returns
    -------
    Series
        Amounts in the unit of `amount`, indexed by year from `start` to `end`.

    Raises
    ------
    ValueError
        Where `end` precedes `start`, and as `increase` does.
    """
    if end < start:
        raise ValueError(f"The path would end in {end}, before it starts in {start}; give an end of {start} or later.")
    path = {start: float(amount)}
    for year in range(start + 1, end + 1):
        following = path[year - 1] * (1 + increase(rule, year, drivers) / 100)
        path[year] = following if digits is None else round(following, digits)
    return pd.Series(path, name="amount")


def projections(
    amount: float,
    start: int,
    end: int,
    rule: str,
    drivers: Mapping[str, pd.Series],
    inflations: Iterable[float],
) -> pd.DataFrame:
    """Project one amount under several assumptions about future inflation.

    Years whose inflation is known use it; an assumption begins after the last of them.

    Parameters
    ----------
    amount : float
        Amount in the year `start`, billion won.
    start, end, rule, drivers
        As for `project`.
    inflations : iterable of float
        Assumed yearly inflation, per cent.

    Returns
    -------
    DataFrame
        Columns ``year``, ``inflation_pct`` (assumed), ``amount_bn_krw``; one row per
        assumption and year.
    """
    frames = []
    for assumed in inflations:
        known = {**drivers, "inflation": assume(drivers["inflation"], end, assumed)}
        path = project(amount, start, end, rule, known)
        frames.append(pd.DataFrame({"year": path.index, "inflation_pct": float(assumed), "amount_bn_krw": path.array}))
    return pd.concat(frames, ignore_index=True)


def counterfactual(
    contributions: pd.DataFrame, rule: str, start: int, end: int, drivers: Mapping[str, pd.Series]
) -> pd.DataFrame:
    """Set the recorded won amounts beside those another rule would have given.

    This is arithmetic, not a forecast of what the parties would have agreed: it takes
    the amount of `start` as given and holds everything but the rule fixed.

    Parameters
    ----------
    contributions : DataFrame
        Table ``sma_contributions``.
    rule : str
        A key of `RULES`.
    start : int
        Last year both paths share (2005 or later).
    end : int
        Last year of the paths; the recorded path ends earlier where the table does.
    drivers : mapping of str to Series
        What the rule follows (see `drivers`).

    Returns
    -------
    DataFrame
        Columns ``year``, ``path`` (``"recorded"`` or the rule), ``amount_bn_krw``,
        ``status`` (the table's, or ``"counterfactual"``; the shared first year keeps
        the table's in both paths).

    Raises
    ------
    ValueError
        Where the table has no won amount for `start`, and as `project` does.
    """
    won = yearly(contributions, "amount_bn_krw")
    _require(won, [start], "won amount")
    status = contributions.set_index("year")["status"]
    recorded = won.loc[start:end]
    path = project(won[start], start, end, rule, drivers)
    statuses = {"recorded": list(status[recorded.index]), rule: [status[start]] + ["counterfactual"] * (end - start)}
    frames = [
        pd.DataFrame({"year": amounts.index, "path": name, "amount_bn_krw": amounts.array, "status": statuses[name]})
        for name, amounts in [("recorded", recorded), (rule, path)]
    ]
    return pd.concat(frames, ignore_index=True)


def step_and_formula(
    contributions: pd.DataFrame, rule: str, start: int, switch: int, end: int, drivers: Mapping[str, pd.Series]
) -> pd.DataFrame:
    """Split what was paid beyond an older rule into negotiated steps and the newer formula.

    Had the older rule continued from `start`, a path would result; had it been taken up
    again at `switch` from the recorded amount, another. What separates these two is due
    to the steps negotiated up to `switch`; what separates the second from the record
    is due to the formula in use since.

    Parameters
    ----------
    contributions : DataFrame
        Table ``sma_contributions``.
    rule : str
        The older rule, a key of `RULES`.
    start, switch, end : int
        Last year of the older rule, last negotiated year, last year counted (all won).
    drivers : mapping of str to Series
        What the rule follows (see `drivers`).

    Returns
    -------
    DataFrame
        Columns ``year``, ``steps_bn_krw``, ``formula_bn_krw``, ``total_bn_krw`` (their
        sum: recorded − older rule), from the year after `start` to `end`.

    Raises
    ------
    ValueError
        Where there is no won amount for one of the years, and as `project` does.
    """
    won = yearly(contributions, "amount_bn_krw")
    _require(won, [start, switch, end], "won amount")
    older = project(won[start], start, end, rule, drivers)
    resumed = pd.concat([won.loc[start : switch - 1], project(won[switch], switch, end, rule, drivers)])
    parts = pd.DataFrame({"steps_bn_krw": resumed - older, "formula_bn_krw": won.loc[start:end] - resumed})
    parts["total_bn_krw"] = parts["steps_bn_krw"] + parts["formula_bn_krw"]
    return parts.loc[start + 1 :].rename_axis("year").reset_index()


def cumulative_difference(first: pd.Series, second: pd.Series) -> pd.DataFrame:
    """Subtract one path from another, year by year and summed.

    Parameters
    ----------
    first, second : Series
        Two yearly Series in one unit.

    Returns
    -------
    DataFrame
        Columns ``year``, ``first``, ``second``, ``difference`` (first − second) and
        ``cumulative`` (its running sum), for the years both have.

    Raises
    ------
    ValueError
        Where the paths share no year.
    """
    both = pd.DataFrame({"first": first, "second": second}).dropna().sort_index()
    if both.empty:
        raise ValueError("The two paths share no year; a difference needs at least one.")
    both["difference"] = both["first"] - both["second"]
    both["cumulative"] = both["difference"].cumsum()
    return both.rename_axis("year").reset_index()


def break_even_inflation(amount: float, years: int, total: float, rule: str) -> float:
    """Find the steady inflation at which an inflation-linked rule costs a given total.

    Parameters
    ----------
    amount : float
        Amount in the year before the first that is counted, any unit.
    years : int
        Number of years counted.
    total : float
        Their sum to be reached, in the unit of `amount`; amounts are left unrounded.
    rule : str
        A key of `RULES` that follows inflation.

    Returns
    -------
    float
        Inflation in per cent a year, to four decimals; NaN where the rule's cap keeps
        it from ever costing that much.

    Raises
    ------
    ValueError
        For a rule that does not follow inflation, or a total below that of zero inflation.
    """
    terms = _known_rule(rule)
    if terms.driver != "inflation":
        linked = ", ".join(repr(name) for name, other in RULES.items() if other.driver == "inflation")
        raise ValueError(f"Rule {rule!r} does not follow inflation; rules that do: {linked}.")

    def cost(inflation: float) -> float:
        growth = 1 + (terms.fixed + inflation) / 100
        return sum(amount * growth**n for n in range(1, years + 1))

    low, high = 0.0, 100.0 if terms.cap is None else terms.cap
    if total < cost(low):
        raise ValueError(f"Zero inflation costs {cost(low):,.1f}, more than a total of {total:,.1f}; give more.")
    if total > cost(high):
        return float("nan")
    while high - low > 1e-6:
        middle = (low + high) / 2
        low, high = (middle, high) if cost(middle) < total else (low, middle)
    return round(high, 4)


def rule_check(contributions: pd.DataFrame, agreements: pd.DataFrame, drivers: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Compare each year's won amount (since 2005) with what the agreement's rule gives.

    Parameters
    ----------
    contributions : DataFrame
        Table ``sma_contributions``.
    agreements : DataFrame
        Table ``sma_agreements``.
    drivers : mapping of str to Series
        What the rules follow (see `drivers`).

    Returns
    -------
    DataFrame
        One row a year: ``year``, ``agreement``, ``rule``, ``basis`` (``"negotiated"``:
        the parties set the amount; ``"rule"``: it follows from the year before),
        ``status`` (a computed amount agrees with its rule by construction and is no
        evidence), ``change_pct`` (of the amount over the year before),
        ``rule_pct``, ``amount_bn_krw``, ``by_rule_bn_krw`` and ``difference_bn_krw``
        (amount − rule; NaN where negotiated). The path by rule starts from the last
        negotiated amount of the agreement, so that an error would accumulate.
    """
    return _check(contributions, agreements, drivers, "bn_krw", PUBLISHED_DIGITS)


def dollar_rule_check(
    contributions: pd.DataFrame, agreements: pd.DataFrame, drivers: Mapping[str, pd.Series]
) -> pd.DataFrame:
    """Compare the dollar amounts (1991–2004) with their rules, as far as that can be done.

    The source gives full tens of millions and seems to cut rather than round (399 million
    for 1998 stands as 390), so a rule is met when it gives less than 10 million more.
    The 4th agreement needs growth of GDP in won as then known (basis ``"not testable"``).
    The 4th and 5th were paid mostly in won, so that their dollar sums also move with
    the exchange rate: a difference is no breach of the rule.

    Parameters
    ----------
    contributions, agreements, drivers
        As for `rule_check`.

    Returns
    -------
    DataFrame
        As `rule_check`, with ``amount_m_usd``, ``by_rule_m_usd``, ``difference_m_usd``.
    """
    return _check(contributions, agreements, drivers, "m_usd", None)


def price_index(inflation: pd.Series, base_year: int) -> pd.Series:
    """Chain yearly inflation into a price index.

    Parameters
    ----------
    inflation : Series
        Change of consumer prices on the year before, per cent, without missing years;
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
    _require(inflation, years, "inflation")
    _require(inflation, [base_year], "inflation")
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
    _require(index, amounts.index, "price index")
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
    _require(rates, amounts_bn_krw.index, "exchange rate")
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
    _require(rates, amounts_m_usd.index, "exchange rate")
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
    won, dollars = yearly(contributions, "amount_bn_krw"), yearly(contributions, "amount_m_usd")
    frame = contributions.set_index("year")[["agreement", "amount_bn_krw", "amount_m_usd"]].sort_index()
    frame.insert(1, "agreed_in", ["KRW" if year in won.index else "USD" for year in frame.index])
    frame["converted_bn_krw"] = to_won(dollars, rates)
    frame["converted_m_usd"] = to_dollars(won, rates)
    frame["krw_per_usd"] = rates
    return frame.reset_index()


def share_of_budget(amounts_bn_krw: pd.Series, budget_bn_krw: pd.Series) -> pd.Series:
    """Relate the contribution to the Korean defence budget, per cent.

    The contribution is financed from that budget. The sum agreed is used; what a year's
    budget sets aside for it may differ.

    Parameters
    ----------
    amounts_bn_krw, budget_bn_krw : Series
        Yearly amounts, billion won; the budget as first passed.

    Returns
    -------
    Series
        Per cent.

    Raises
    ------
    ValueError
        Where the budget lacks a year.
    """
    _require(budget_bn_krw, amounts_bn_krw.index, "defence budget")
    return 100 * amounts_bn_krw / budget_bn_krw[amounts_bn_krw.index]


def share_of_gdp(amounts_bn_krw: pd.Series, gdp_bn_usd: pd.Series, rates: pd.Series) -> pd.Series:
    """Relate the contribution to Korea's gross domestic product, per cent.

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
        Per cent.

    Raises
    ------
    ValueError
        Where GDP or the rate lacks a year.
    """
    _require(gdp_bn_usd, amounts_bn_krw.index, "gross domestic product")
    _require(rates, amounts_bn_krw.index, "exchange rate")
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
        _require(persons, amounts_bn_krw.index, "troop count")
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
        Change from `first` to `last`, per cent of `first`.

    Raises
    ------
    ValueError
        Where one of the years is missing.

    Examples
    --------
    >>> growth(pd.Series({2020: 100.0, 2021: 113.9}), 2020, 2021)
    13.9
    """
    _require(amounts, [first, last], "amount")
    return round(100 * (float(amounts[last]) / float(amounts[first]) - 1), 10)


def growth_by_agreement(amounts: pd.Series, agreements: pd.DataFrame) -> pd.DataFrame:
    """Compute what each agreement added: the step at its start and the growth within it.

    Nominal growth from amounts as agreed; real growth from `constant_prices`.

    Parameters
    ----------
    amounts : Series
        Yearly amounts in one unit (one currency, one price basis).
    agreements : DataFrame
        Table ``sma_agreements``.

    Returns
    -------
    DataFrame
        One row per agreement of which `amounts` has the first year: ``agreement``,
        ``first_year``, ``last_year`` (the last that `amounts` has), ``step_pct`` (first
        year over the year before), ``within_pct`` (compound growth a year from its first
        to its last; NaN for a single year), ``overall_pct`` (compound growth a year
        from the year before to its last). NaN where the year before is not in `amounts`.
    """
    rows = []
    for terms in agreements.sort_values("agreement").itertuples():
        first, last = int(terms.first_year), min(int(terms.last_year), int(amounts.index.max()))
        if first not in amounts.index:
            continue
        rows.append(
            {
                "agreement": int(terms.agreement),
                "first_year": first,
                "last_year": last,
                "step_pct": _compound_growth(amounts, first - 1, first),
                "within_pct": _compound_growth(amounts, first, last),
                "overall_pct": _compound_growth(amounts, first - 1, last),
            }
        )
    return pd.DataFrame(rows)


def gaps(agreements: pd.DataFrame) -> pd.DataFrame:
    """Count the days on which no agreement was in force between one and the next.

    A gap runs from 1 January after an agreement's last year to the day before the next
    entered into force. The next agreement's first year covers it in retrospect: a gap
    says that there was no text in force at the time, not that nothing was paid.

    Parameters
    ----------
    agreements : DataFrame
        Table ``sma_agreements``; ``in_force_on`` as YYYY-MM-DD, YYYY-MM, YYYY or empty.

    Returns
    -------
    DataFrame
        One row per agreement after the first: ``agreement``, ``expired_on`` (of the one
        before), ``in_force_on`` (as the table gives it), ``precision`` (``"day"``,
        ``"month"``, ``"year"``, ``"not known"``), ``days_least`` and ``days_most``
        (equal where the day is known, empty where nothing is; 0 where the next was in
        force in time), ``in_force_earliest``, ``in_force_latest``.

    Raises
    ------
    ValueError
        For a date in another form.
    """
    terms = agreements.sort_values("agreement")
    rows = []
    for before, after in zip(terms.iloc[:-1].itertuples(), terms.iloc[1:].itertuples()):
        new_year = pd.Timestamp(int(before.last_year) + 1, 1, 1)
        earliest, latest, precision = _span_of(after.in_force_on)
        rows.append(
            {
                "agreement": int(after.agreement),
                "expired_on": new_year - pd.Timedelta(days=1),
                "in_force_on": after.in_force_on,
                "precision": precision,
                "days_least": _days_between(new_year, earliest),
                "days_most": _days_between(new_year, latest),
                "in_force_earliest": earliest,
                "in_force_latest": latest,
            }
        )
    return pd.DataFrame(rows).astype({"days_least": "Int64", "days_most": "Int64"})


def spans(agreements: pd.DataFrame) -> pd.DataFrame:
    """Cut each agreement's years into the time before and after its entry into force.

    Parameters
    ----------
    agreements : DataFrame
        Table ``sma_agreements``.

    Returns
    -------
    DataFrame
        One row per span: ``agreement``, ``state`` (``"in force"``, ``"not yet in
        force"``, ``"entry into force not found"``), ``start`` and ``end`` (dates; the
        end is the day after the last). Where only the month of entry is known, its
        first day divides the spans.
    """
    rows = []
    for terms in agreements.sort_values("agreement").itertuples():
        start, end = pd.Timestamp(int(terms.first_year), 1, 1), pd.Timestamp(int(terms.last_year) + 1, 1, 1)
        entry, _, _ = _span_of(terms.in_force_on)
        if pd.isna(entry):
            rows.append((terms.agreement, "entry into force not found", start, end))
            continue
        if entry > start:
            rows.append((terms.agreement, "not yet in force", start, entry))
        rows.append((terms.agreement, "in force", max(entry, start), end))
    return pd.DataFrame(rows, columns=["agreement", "state", "start", "end"])


def months_without(gaps: pd.DataFrame) -> pd.DataFrame:
    """List the calendar months that, surely, had days without an agreement in force.

    Parameters
    ----------
    gaps : DataFrame
        From `gaps`. Where only the month of entry into force is known, that month is
        left out; where nothing is known, nothing is listed.

    Returns
    -------
    DataFrame
        Columns ``agreement`` (the one awaited), ``year``, ``month``, ``whole`` (False
        for the month in which the agreement entered into force).
    """
    rows = []
    for gap in gaps[gaps["days_least"].fillna(0) > 0].itertuples():
        last_day = gap.in_force_earliest - pd.Timedelta(days=1)
        for month in pd.period_range(gap.expired_on + pd.Timedelta(days=1), last_day, freq="M"):
            whole = month.end_time.normalize() <= last_day
            rows.append({"agreement": gap.agreement, "year": month.year, "month": month.month, "whole": whole})
    return pd.DataFrame(rows, columns=["agreement", "year", "month", "whole"])


def _known_rule(rule: str) -> Rule:
    """Look up a rule, or say which there are."""
    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r}; known are {', '.join(repr(name) for name in RULES)}.")
    return RULES[rule]


def _driver_value(rule: str, year: int, drivers: Mapping[str, pd.Series]) -> float:
    """Return what a rule looks at for a year, per cent, rounded as published."""
    terms = RULES[rule]
    if terms.driver not in drivers:
        given = ", ".join(map(repr, drivers))
        raise ValueError(f"Rule {rule!r} follows {terms.driver!r}, which is not among the drivers given: {given}.")
    driver = drivers[terms.driver]
    if (looked_at := year - terms.lag) not in driver.index:
        raise ValueError(
            f"Rule {rule!r} needs {terms.driver} of {looked_at} for the amount of {year}; "
            f"known are {driver.index.min()} to {driver.index.max()}. Choose another year or `assume` a value."
        )
    return round(float(driver[looked_at]), PUBLISHED_DIGITS)


def _require(series: pd.Series, years: Iterable[int], what: str) -> None:
    """Stop where a yearly Series lacks one of the years asked for."""
    missing = [int(year) for year in years if year not in series.index or pd.isna(series[year])]
    if missing:
        raise ValueError(
            f"There is no {what} for {', '.join(map(str, missing))}; known are "
            f"{series.index.min()} to {series.index.max()}. Leave the year out or add it to the table."
        )


def _compound_growth(amounts: pd.Series, first: int, last: int) -> float:
    """Return the compound growth a year between two years, per cent; NaN where it has none."""
    if first not in amounts.index or last <= first:
        return float("nan")
    return 100 * ((amounts[last] / amounts[first]) ** (1 / (last - first)) - 1)


def _check(
    contributions: pd.DataFrame,
    agreements: pd.DataFrame,
    drivers: Mapping[str, pd.Series],
    unit: str,
    digits: int | None,
) -> pd.DataFrame:
    """Compare recorded amounts of one unit with their rules (see `rule_check`)."""
    amounts = yearly(contributions, f"amount_{unit}")
    rows = contributions.set_index("year").loc[amounts.index, ["agreement", "status"]]
    rows.insert(1, "rule", [agreements.set_index("agreement").loc[number, "rule"] for number in rows["agreement"]])
    parts = [_basis_and_path(terms, amounts, drivers, digits) for terms in agreements.itertuples()]
    checked = rows.join(pd.concat([part for part in parts if len(part)]))
    checked["change_pct"] = 100 * (amounts / amounts.shift() - 1)
    checked[f"amount_{unit}"] = amounts
    checked[f"by_rule_{unit}"] = checked.pop("by_rule")
    checked[f"difference_{unit}"] = checked[f"amount_{unit}"] - checked[f"by_rule_{unit}"]
    return checked.reset_index()


def _basis_and_path(terms, amounts: pd.Series, drivers, digits: int | None) -> pd.DataFrame:
    """Say for one agreement's years where the amount comes from and what its rule gives."""
    years = [year for year in range(int(terms.first_year), int(terms.last_year) + 1) if year in amounts.index]
    part = pd.DataFrame({"basis": "negotiated", "rule_pct": float("nan"), "by_rule": float("nan")}, index=years)
    rule, start = _known_rule(terms.rule), RULE_APPLIES_FROM.get(terms.agreement, int(terms.first_year) + 1)
    follows = [year for year in years if year >= start]
    if rule.fixed is None or not follows:
        return part
    if rule.driver is not None and rule.driver not in drivers:
        part.loc[follows, "basis"] = "not testable"
        return part
    part.loc[follows, "basis"] = "rule"
    part.loc[follows, "rule_pct"] = [increase(terms.rule, year, drivers) for year in follows]
    part.loc[follows, "by_rule"] = project(amounts[start - 1], start - 1, follows[-1], terms.rule, drivers, digits)
    return part


def _span_of(text: str | None) -> tuple[pd.Timestamp, pd.Timestamp, str]:
    """Read a date of any precision as its earliest day, latest day and precision."""
    if pd.isna(text) or text == "":
        return pd.NaT, pd.NaT, "not known"
    freq = {4: "Y", 7: "M", 10: "D"}.get(len(text))
    try:
        period = pd.Period(text, freq=freq) if freq else None
    except ValueError:
        period = None
    if period is None:
        raise ValueError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty.")
    precision = {"Y": "year", "M": "month", "D": "day"}[freq]
    return period.start_time, period.end_time.normalize(), precision


def _days_between(new_year: pd.Timestamp, in_force: pd.Timestamp) -> int | None:
    """Count days from 1 January to the day before entry into force; 0 where it came in time."""
    return None if pd.isna(in_force) else max(0, (in_force - new_year).days)
