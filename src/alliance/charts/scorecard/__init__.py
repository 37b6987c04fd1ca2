"""Charts of the scorecard, section by section: the verdicts, the evidence they rest on, the rules that decide them."""

from alliance.charts.scorecard.common import SETTLED, names, tally
from alliance.charts.scorecard.evidence import disagreement_rows, evidence_rows, grounds, pace, rounds
from alliance.charts.scorecard.pages import blocks, firmness
from alliance.charts.scorecard.rules import changes, reader, rule_rows, stability, variants
from alliance.charts.scorecard.strip import strip
from alliance.charts.scorecard.timeline import timeline
from alliance.charts.scorecard.verdicts import difficulty, glance, parties, verdict_rows

__all__ = [
    "SETTLED",
    "blocks",
    "changes",
    "difficulty",
    "disagreement_rows",
    "evidence_rows",
    "firmness",
    "glance",
    "grounds",
    "names",
    "pace",
    "parties",
    "reader",
    "rounds",
    "rule_rows",
    "stability",
    "strip",
    "tally",
    "timeline",
    "variants",
    "verdict_rows",
]
