"""Charts of the chapter “Burden sharing”: one module for each section or two.

Conventions
-----------
* Amounts are yearly Series (`alliance.series.yearly`), billion won unless stated otherwise.
* `computed` are the years whose contribution is computed, not published: hollow points mark them.
* `narrow` asks for the layout that phones get.
"""

from alliance.charts.burden.agreements import agreement_rows, timeline
from alliance.charts.burden.amounts import constant_prices, contributions, dollars
from alliance.charts.burden.outlook import projection, two_rules
from alliance.charts.burden.rules import changes, counterfactual, split
from alliance.charts.burden.uses import categories
from alliance.charts.burden.weight import per_soldier, shares

__all__ = [
    "agreement_rows",
    "categories",
    "changes",
    "constant_prices",
    "contributions",
    "counterfactual",
    "dollars",
    "per_soldier",
    "projection",
    "shares",
    "split",
    "timeline",
    "two_rules",
]
