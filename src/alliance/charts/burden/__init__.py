"""Charts of the chapter “Burden sharing”: one module for each section or two.

Conventions
-----------
* Amounts are yearly Series (`alliance.series.yearly`), billion won unless stated otherwise.
* `computed` are the years whose contribution is computed, not published: hollow points mark them.
* `narrow` asks for the layout that phones get.
"""

from alliance.charts.burden.agreements import agreement_rows, timeline
from alliance.charts.burden.amounts import dollars, measures
from alliance.charts.burden.outlook import saving
from alliance.charts.burden.rules import check_rows, counterfactual, split
from alliance.charts.burden.staircase import staircase
from alliance.charts.burden.uses import categories, support_rows
from alliance.charts.burden.weight import per_soldier, shares

__all__ = [
    "agreement_rows",
    "categories",
    "check_rows",
    "counterfactual",
    "dollars",
    "measures",
    "per_soldier",
    "saving",
    "shares",
    "split",
    "staircase",
    "support_rows",
    "timeline",
]
