"""Burden sharing: what the Special Measures Agreements (SMA) cost, and by which rule.

The Republic of Korea and the United States have agreed twelve Special Measures
Agreements since 1991. Each fixes a first amount and says how later amounts follow from
it. `rules` holds those escalation rules as data (`RULES`) and applies one to a year
(`increase`). `paths` lets amounts follow a rule (`project`), checks the rules against the
published amounts (`rule_check`) and asks what another rule would have cost
(`counterfactual`). `money` puts the amounts into proportion (prices, dollars, budget,
national income, soldiers); `terms` counts the time without an agreement (`gaps`).

Conventions
-----------
* A *yearly Series* is a Series of numbers indexed by calendar year.
  `alliance.series.yearly` makes one from a table of the book.
* *Drivers* are the yearly Series a rule may follow: a dict with the keys
  ``"inflation"`` and ``"defense budget"`` (percent a year). `drivers` makes one.
* Amounts agreed in dollars (1991–2004) and in won (since 2005) are two regimes; no
  function returns both in one column.
* Everything is a pure function: no file, no network, no chart.
"""

from alliance.burden.money import (
    DECLARED_STRENGTH,
    constant_prices,
    converted,
    growth,
    per_soldier,
    price_index,
    september_strength,
    share_of_budget,
    share_of_gdp,
    to_dollars,
    to_won,
)
from alliance.burden.paths import counterfactual, project, projections, rule_check, step_and_formula
from alliance.burden.rules import PUBLISHED_DIGITS, RULE_APPLIES_FROM, RULES, Rule, assume, drivers, increase, rule_for
from alliance.burden.terms import gaps, months_without, spans

__all__ = [
    "DECLARED_STRENGTH",
    "PUBLISHED_DIGITS",
    "RULES",
    "RULE_APPLIES_FROM",
    "Rule",
    "assume",
    "constant_prices",
    "converted",
    "counterfactual",
    "drivers",
    "gaps",
    "growth",
    "increase",
    "months_without",
    "per_soldier",
    "price_index",
    "project",
    "projections",
    "rule_check",
    "rule_for",
    "september_strength",
    "share_of_budget",
    "share_of_gdp",
    "spans",
    "step_and_formula",
    "to_dollars",
    "to_won",
]
