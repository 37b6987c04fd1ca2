"""The charts of the chapter on policy dialogue: who met when, who traveled where, how alike they vote."""

from alliance.charts.dialogue.meetings import (
    SERIES,
    SHORT,
    before_after,
    intervals,
    policy,
    series_table,
    silences,
    timeline,
    visits,
    years,
)
from alliance.charts.dialogue.votes import NAMES, STATES, agreement, distances, issues, variants

__all__ = [
    "NAMES",
    "SERIES",
    "SHORT",
    "STATES",
    "agreement",
    "before_after",
    "distances",
    "intervals",
    "issues",
    "policy",
    "series_table",
    "silences",
    "timeline",
    "variants",
    "visits",
    "years",
]
