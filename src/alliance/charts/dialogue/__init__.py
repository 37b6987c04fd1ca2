"""The charts of the chapter on policy dialogue: who met when, who traveled where, how alike they vote."""

from alliance.charts.dialogue.meetings import before_after, intervals, series_table, silences, visits, years
from alliance.charts.dialogue.names import PROMISED, SERIES
from alliance.charts.dialogue.timeline import timeline
from alliance.charts.dialogue.votes import STATES, agreement, distances, issues, variants

__all__ = [
    "PROMISED",
    "SERIES",
    "STATES",
    "agreement",
    "before_after",
    "distances",
    "intervals",
    "issues",
    "series_table",
    "silences",
    "timeline",
    "variants",
    "visits",
    "years",
]
