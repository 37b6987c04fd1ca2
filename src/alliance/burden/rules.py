"""The escalation rules of the Special Measures Agreements (SMA) as data, and what a rule gives for a year.

*Drivers* are the yearly Series a rule may follow: a dict with the keys ``"inflation"`` and ``"defense budget"``
(percent a year). `drivers` makes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from alliance import series

#: The parties publish won amounts to 0.1 billion won and the price and budget growth
#: that drives them to 0.1 percent; rounding at each step is part of the arithmetic.
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
        Upper limit on the driver, percent; None where there is none.
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
        "Korea decides the amount each year, working toward one third of the won-based costs by 1995",
        "1st SMA (ROK Treaty No. 1040); 23rd Security Consultative Meeting, 1991",
        fixed=None,
    ),
    "fixed increase": Rule(
        (3,),
        "10% a year, from $300 million in 1995",
        "3rd SMA, promulgated January 4, 1996; ROK Defense White Paper 2000",
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
        "8.8% plus consumer-price inflation of the year before last",
        "Yonhap, April 4, 2002; Hankyung, November 16, 2001",
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
        "consumer-price inflation of the year before last",
        "Xinhua, December 7, 2006; ROK Diplomatic White Paper 2008",
        driver="inflation",
        lag=2,
    ),
    "inflation, cap 4 %": Rule(
        (8, 9),
        "consumer-price inflation of the year before last, at most 4%",
        "9th SMA, TIAS 14-618; for the 8th, Yonhap, January 16, 2009",
        driver="inflation",
        lag=2,
        cap=4.0,
    ),
    "single year": Rule(
        (10,),
        "one amount for one year, raised by the growth of that year’s defense budget",
        "ROK Ministry of Foreign Affairs, press release on the 10th SMA, 2019",
        fixed=None,
    ),
    "defense budget growth": Rule(
        (11,),
        "growth of the Korean defense budget in the year before",
        "ROK Ministry of Foreign Affairs on the 11th SMA, March 2021; Yonhap, September 1, 2021",
        driver="defense budget",
        lag=1,
    ),
    "inflation, cap 5 %": Rule(
        (12,),
        "consumer-price inflation of the year before last, at most 5%",
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
    'defense budget growth'
    """
    for name, rule in RULES.items():
        if agreement in rule.agreements:
            return name
    raise ValueError(f"There is no Special Measures Agreement {agreement!r}; known are 1 to 12.")


def drivers(prices: pd.DataFrame, budget: pd.DataFrame) -> dict[str, pd.Series]:
    """Collect what the rules follow: Korean inflation and growth of the defense budget.

    Parameters
    ----------
    prices : DataFrame
        Table ``consumer_prices``.
    budget : DataFrame
        Table ``defense_budget``.

    Returns
    -------
    dict of Series
        ``"inflation"`` and ``"defense budget"``, percent a year, indexed by year.
    """
    return {"inflation": series.yearly(prices, "inflation_pct"), "defense budget": series.yearly(budget, "growth_pct")}


def assume(driver: pd.Series, last_year: int, value: float) -> pd.Series:
    """Continue a yearly Series with one assumed value; what is known stays.

    Parameters
    ----------
    driver : Series
        Yearly Series, percent.
    last_year : int
        Last year the result has.
    value : float
        Percent assumed for every year after the driver's last.

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
        What the rule follows, percent a year (see `drivers`).

    Returns
    -------
    float
        Increase over the year before, percent. Negative inflation lowers the amount:
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
    terms = known_rule(rule)
    if terms.fixed is None:
        formulas = ", ".join(repr(name) for name, other in RULES.items() if other.fixed is not None)
        raise ValueError(f"Rule {rule!r} has no formula: {terms.text}. Rules with a formula: {formulas}.")
    if terms.driver is None:
        return terms.fixed
    value = _driver_value(rule, terms.driver, year, drivers)
    return terms.fixed + (value if terms.cap is None else min(value, terms.cap))


def known_rule(rule: str) -> Rule:
    """Look up a rule, or say which there are."""
    if rule not in RULES:
        raise ValueError(f"There is no rule {rule!r}; known are {', '.join(repr(name) for name in RULES)}.")
    return RULES[rule]


def _driver_value(rule: str, followed: str, year: int, drivers: Mapping[str, pd.Series]) -> float:
    """Look up the driver’s value that a rule follows for a year, percent, rounded as published."""
    terms, driver = RULES[rule], drivers.get(followed)
    if driver is None:
        given = ", ".join(map(repr, drivers))
        raise ValueError(f"Rule {rule!r} follows {followed!r}, which is not among the drivers given: {given}.")
    if (looked_at := year - terms.lag) not in driver.index:
        raise ValueError(
            f"Rule {rule!r} needs {followed} of {looked_at} for the amount of {year}; "
            f"known are {driver.index.min()} to {driver.index.max()}. Choose another year or `assume` a value."
        )
    return round(float(driver[looked_at]), PUBLISHED_DIGITS)
