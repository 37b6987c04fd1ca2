"""Paths of amounts: as a rule gives them, as they were recorded, and what lies between the two."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from alliance import series
from alliance.burden.rules import PUBLISHED_DIGITS, RULE_APPLIES_FROM, assume, increase, known_rule
from alliance.rows import records


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
        What the rule follows, percent a year (see `drivers`).
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
        Assumed yearly inflation, percent.

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
    won = series.yearly(contributions, "amount_bn_krw")
    series.require(won, [start], "won amount")
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
    won = series.yearly(contributions, "amount_bn_krw")
    series.require(won, [start, switch, end], "won amount")
    older = project(won[start], start, end, rule, drivers)
    resumed = pd.concat([won.loc[start : switch - 1], project(won[switch], switch, end, rule, drivers)])
    parts = pd.DataFrame({"steps_bn_krw": resumed - older, "formula_bn_krw": won.loc[start:end] - resumed})
    parts["total_bn_krw"] = parts["steps_bn_krw"] + parts["formula_bn_krw"]
    return parts.loc[start + 1 :].rename_axis("year").reset_index()


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
    won = series.yearly(contributions, "amount_bn_krw")
    checked = contributions.set_index("year").loc[won.index, ["agreement", "status"]]
    checked.insert(1, "rule", agreements.set_index("agreement")["rule"].loc[checked["agreement"]].to_list())
    parts = [_basis_and_path(terms, won, drivers) for terms in records(agreements)]
    checked = checked.join(pd.concat([part for part in parts if len(part)]))
    checked["change_pct"] = 100 * (won / won.shift() - 1)
    checked["amount_bn_krw"] = won
    checked["by_rule_bn_krw"] = checked.pop("by_rule")
    checked["difference_bn_krw"] = checked["amount_bn_krw"] - checked["by_rule_bn_krw"]
    return checked.reset_index()


def _basis_and_path(terms: Any, amounts: pd.Series, drivers: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Say for one agreement's years where the amount comes from and what its rule gives."""
    years = [year for year in range(int(terms.first_year), int(terms.last_year) + 1) if year in amounts.index]
    part = pd.DataFrame({"basis": "negotiated", "rule_pct": float("nan"), "by_rule": float("nan")}, index=years)
    rule, start = known_rule(terms.rule), RULE_APPLIES_FROM.get(terms.agreement, int(terms.first_year) + 1)
    follows = [year for year in years if year >= start]
    if rule.fixed is None or not follows:
        return part
    part.loc[follows, "basis"] = "rule"
    part.loc[follows, "rule_pct"] = [increase(terms.rule, year, drivers) for year in follows]
    part.loc[follows, "by_rule"] = project(amounts[start - 1], start - 1, follows[-1], terms.rule, drivers)
    return part
