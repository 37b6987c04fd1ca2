"""Policy dialogue: how often the two governments meet, who visits whom, and how alike they vote.

`meetings` counts by series (`by_series`) and by period (`before_after`), with intervals that suit
small counts (`alliance.poisson`). `votes` compares votes in the United Nations General Assembly as
distances of published ideal points (`distances`) and as agreement in roll calls (`agreement`,
`agreement_by_issue`).

Everything is a pure function: no file, no network, no chart.
"""

from alliance.dates import PROMISE
from alliance.dialogue.meetings import (
    CUTOFF,
    SLACK,
    WINDOWS,
    before_after,
    by_series,
    dated,
    grouped_rates,
    intervals,
    visits_by_decade,
    windows,
    yearly_counts,
)
from alliance.dialogue.votes import (
    ISSUES,
    POSITION,
    agreement,
    agreement_by_issue,
    distances,
    issues_by_period,
    moves,
    yearly_agreement,
)

__all__ = [
    "CUTOFF",
    "ISSUES",
    "POSITION",
    "PROMISE",
    "SLACK",
    "WINDOWS",
    "agreement",
    "agreement_by_issue",
    "before_after",
    "by_series",
    "dated",
    "distances",
    "grouped_rates",
    "intervals",
    "issues_by_period",
    "moves",
    "visits_by_decade",
    "windows",
    "yearly_agreement",
    "yearly_counts",
]
