"""Scorecard: what became of the twenty-five promises of March 2021.

A verdict is computed from three things that are data: the promise, the evidence (`evidence`), the rules (`rules`). Two
axes are kept apart (`verdicts`): how far a promise was ever met (``done``, from 0 to 1) and how it stands at the
cut-off (``state``). The United States and the Republic of Korea are judged apart; then the two verdicts are joined.
`sensitivity` says what the verdicts hang on, `reliability` how far two codings of the evidence agree.

Conventions
-----------
* A date that gives only a month stands for its fifteenth day, one that gives only a year for July 1.
* An act counts from the day of the fact sheet on, `PROMISE`, both days included, to the cut-off; emissions of a
  year count once the following year is over, for they are published within it.
* Everything is a pure function: no file, no network, no chart.

Notes
-----
The scale follows the compliance reports of the G20 Research Group (full, partial, none) and the promise trackers
of journalism (outcomes count, intentions do not; ratings may change with events). The cut points for targets with
a date are those of Open SDG.
"""

from alliance.dates import PROMISE
from alliance.scorecard.evidence import (
    AGREEMENTS,
    GOALS,
    INVENTORIES,
    OPEN,
    PARTIES,
    Item,
    items,
    known,
)
from alliance.scorecard.reliability import FIELDS, Agreement, disagreements, of_fields, of_verdicts, recoded
from alliance.scorecard.rules import WEIGHTS, Rules, alternatives, read_rules, weight
from alliance.scorecard.sensitivity import contested, grid, one_at_a_time, stability, without_each
from alliance.scorecard.targets import figures, pace, straight_pace
from alliance.scorecard.trail import trail
from alliance.scorecard.verdicts import (
    SCORES,
    VERDICTS,
    Verdict,
    by_promise,
    by_what_was_done,
    grade,
    join,
    judge,
    judge_parties,
    rounds,
    score,
)
from alliance.scorecard.vocabulary import reason, statuses

__all__ = [
    "AGREEMENTS",
    "FIELDS",
    "GOALS",
    "INVENTORIES",
    "OPEN",
    "PARTIES",
    "PROMISE",
    "SCORES",
    "VERDICTS",
    "WEIGHTS",
    "Agreement",
    "Item",
    "Rules",
    "Verdict",
    "alternatives",
    "by_promise",
    "by_what_was_done",
    "contested",
    "disagreements",
    "figures",
    "grade",
    "grid",
    "items",
    "join",
    "judge",
    "judge_parties",
    "known",
    "of_fields",
    "of_verdicts",
    "one_at_a_time",
    "pace",
    "read_rules",
    "reason",
    "recoded",
    "rounds",
    "score",
    "stability",
    "statuses",
    "straight_pace",
    "trail",
    "weight",
    "without_each",
]
