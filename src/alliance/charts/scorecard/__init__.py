"""Charts of the scorecard, section by section: the verdicts, the evidence they rest on, the rules that decide them."""

from alliance.charts.scorecard.common import SETTLED, names, tally, words
from alliance.charts.scorecard.evidence import disagreement_rows, grounds, pace
from alliance.charts.scorecard.pages import blocks, firmness
from alliance.charts.scorecard.rules import change_rows, ranked, reader, rule_rows, stability, variants
from alliance.charts.scorecard.since_1953 import since_1953
from alliance.charts.scorecard.slopes import falls, parties
from alliance.charts.scorecard.strip import strip
from alliance.charts.scorecard.timeline import timeline
from alliance.charts.scorecard.verdicts import difficulty, promise_rows

__all__ = [
    "SETTLED",
    "blocks",
    "change_rows",
    "difficulty",
    "disagreement_rows",
    "falls",
    "firmness",
    "grounds",
    "names",
    "pace",
    "parties",
    "promise_rows",
    "ranked",
    "reader",
    "rule_rows",
    "since_1953",
    "stability",
    "strip",
    "tally",
    "timeline",
    "variants",
    "words",
]
