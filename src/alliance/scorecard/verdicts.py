"""Verdicts: how far a promise was ever met, and how it stands at the cut-off.

The United States and the Republic of Korea are judged apart (`judge`); then the two verdicts are joined (`join`).
"""

import functools
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

import pandas as pd

from alliance.dates import PROMISE
from alliance.rows import records
from alliance.scorecard.evidence import PARTIES, Item, known
from alliance.scorecard.rules import Rules, weight
from alliance.scorecard.targets import figures, pace

#: Verdicts from worst to best; those that cannot be ranked are last.
VERDICTS = [
    "not kept",
    "kept, then reversed",
    "partly kept, then lapsed",
    "kept, then lapsed",
    "off track",
    "behind",
    "partly kept",
    "on track",
    "kept",
    "not measurable",
]

#: What a verdict is worth where two are averaged.
SCORES = {"kept": 1.0, "on track": 0.75, "partly kept": 0.5, "behind": 0.5, "off track": 0.25}


class Commitment(Protocol):
    """One promise: a row of the table ``commitments``, as far as its verdict depends on it."""

    @property
    def promise(self) -> str:
        """Its short name, such as ``D1``."""

    @property
    def kind(self) -> str:
        """One of the keys of `DONE`."""

    @property
    def continuing(self) -> bool:
        """Whether it is to be kept on and on, so that it can lapse."""

    @property
    def absence(self) -> str:
        """``counts`` where acts of its kind are normally announced, so that none found means none done."""

    @property
    def rounds_per_year(self) -> float:
        """Meetings promised a year."""


@dataclass(frozen=True)
class Verdict:
    """What the rules make of one promise for one party.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    done : float
        Best ever reached, 0 to 1.
    state : str
        ``active``, ``completed``, ``lapsed``, ``reversed``, ``not due`` or ``no evidence``.
    grade : str
        ``A`` two publishers or more, ``B`` one, or a verdict that rests on a silence, ``C`` none read again.
    reason : str
        Why, in one sentence.
    """

    verdict: str
    done: float
    state: str
    grade: str
    reason: str


def judge(promise: Commitment, evidence: Iterable[Item], rules: Rules, party: str) -> Verdict:
    """Compute the verdict on one promise for one party.

    Parameters
    ----------
    promise : row
        A row of the table ``commitments`` (from ``itertuples``).
    evidence : iterable of Item
        All evidence, or that of this promise.
    rules : dict of str
        From `read_rules`.
    party : str
        ``"USA"`` or ``"KOR"``.

    Returns
    -------
    Verdict
        On the state at the cut-off; `by_what_was_done` gives the other axis.

    Raises
    ------
    ValueError
        The party is neither of the two.
    """
    if party not in PARTIES:
        raise ValueError(f"There is no party {party!r}; the parties are {' and '.join(PARTIES)}.")
    cutoff = pd.Timestamp(rules["cutoff"])
    own = [item for item in evidence if item.promise == promise.promise and item.party in ("both", party)]
    seen = [item for item in own if known(item, cutoff)]
    counted = [item for item in seen if item.effect == "done" and weight(item, rules) > 0]
    if not counted:
        return _without(promise)
    done = DONE[promise.kind](counted, promise, rules)
    return _at_cutoff(promise, seen, counted, done, rules)


def _without(promise: Commitment) -> Verdict:
    """Judge a promise without any act: against it only where such acts are normally announced."""
    if promise.absence == "counts":
        return Verdict(
            "not kept", 0.0, "no evidence", "B", "No act is on record, and such acts are normally announced."
        )
    return Verdict(
        "not measurable", 0.0, "no evidence", "C", "Searches found no joint act; such acts are not always announced."
    )


def _at_cutoff(promise: Commitment, seen: list[Item], counted: list[Item], done: float, rules: Rules) -> Verdict:
    """Judge what was done: undone since, lapsed, still due, or in being."""
    undone = [item for item in seen if item.effect == "undo" and item.day >= counted[0].day]
    if undone and rules["undo"] == "reverses":
        reason = f"{_count(promise, counted, rules)} Undone on {_date(undone[0].day)}: {undone[0].fact}."
        return Verdict("kept, then reversed", done, "reversed", grade(counted + undone), reason)
    recent = _recent(counted, rules)
    if promise.continuing and not recent and promise.kind != "target":
        verdict = "kept, then lapsed" if done == 1 else "partly kept, then lapsed"
        last = _date(max(item.day for item in counted))
        reason = (
            f"{_count(promise, counted, rules)} The last was on {last}; none was found in the "
            f"{rules['window_months']:.0f} months before the cut-off."
        )
        return Verdict(verdict, done, "lapsed", max("B", grade(counted)), reason)
    if promise.kind == "target":
        return _target(seen, counted, done, rules, bool(undone))
    now = min(done, max(weight(item, rules) for item in recent)) if promise.continuing else done
    return _standing(promise, seen, counted, done, now, rules, bool(undone))


def _recent(counted: list[Item], rules: Rules) -> list[Item]:
    """Pick what was done, or still holds, within the months before the cut-off that a continuing promise has."""
    start = _window(rules["cutoff"], rules["window_months"])
    return [item for item in counted if item.until >= start]


@functools.cache
def _window(cutoff: str, months: float) -> pd.Timestamp:
    """Find the first of those months’ days; the grid asks for the same few days many thousand times."""
    return pd.Timestamp(cutoff) - pd.DateOffset(months=int(months))


def _standing(
    promise: Commitment, seen: list[Item], counted: list[Item], done: float, now: float, rules: Rules, halved: bool
) -> Verdict:
    """Judge a promise in being: lowered by formal acts against its aim that are in force at the cut-off."""
    against = _against(seen, rules)
    reason = _count(promise, counted, rules)
    if now < done:
        reason += f" In the last {rules['window_months']:.0f} months only in another form."
    reason += _told(against)
    factor = rules["against_weight"] if against else 1.0
    score = now * factor * (0.5 if halved else 1.0)
    state = "active" if promise.continuing else "completed"
    if factor == 0:
        return Verdict("kept, then reversed", done, "reversed", grade(counted + against), reason)
    return Verdict("kept" if score == 1 else "partly kept", done, state, grade(counted), reason)


def _against(seen: list[Item], rules: Rules) -> list[Item]:
    """Pick the formal acts against the aim that are in force at the cut-off, the earliest first."""
    return [item for item in seen if item.effect == "against" and item.until >= pd.Timestamp(rules["cutoff"])]


def _told(against: list[Item]) -> str:
    """Name the earliest act against the aim that is in force, and say how many more are."""
    if not against:
        return ""
    others = len(against) - 1
    more = f"; {others} more such act{'s are' if others > 1 else ' is'} in force" if others else ""
    return f" Against the aim, from {_date(against[0].day)}: {against[0].fact}{more}."


def _target(seen: list[Item], counted: list[Item], done: float, rules: Rules, halved: bool) -> Verdict:
    """Judge a target that was set and not undone: by its pace, which acts against the aim in force never better."""
    ratio = pace(*figures(seen))
    verdict = "on track" if ratio >= rules["on_track"] else "behind" if ratio >= rules["behind"] else "off track"
    against = _against(seen, rules)
    reason = (
        f"Set on {_date(counted[0].day)}; the pace so far is {ratio:.2f} of the pace required, "
        f"and the date lies after the cut-off.{_told(against)}"
    )
    publishers = [item for item in seen if item.effect == "level"]
    factor = rules["against_weight"] if against else 1.0
    if factor == 0:
        return Verdict("kept, then reversed", done, "reversed", grade(counted + against), reason)
    if halved or factor < 1:
        verdict = min(verdict, "partly kept", key=VERDICTS.index)
    return Verdict(verdict, done, "not due", grade(publishers), reason)


def grade(carried: Iterable[Item]) -> str:
    """Grade the evidence that carries a verdict: A two publishers, B one, C none read again."""
    read = [item.publishers for item in carried if item.verified]
    return "CBA"[min(2, len(frozenset().union(*read)))]


def _date(when: pd.Timestamp) -> str:
    return f"{when:%B} {when.day}, {when.year}"


def _count(promise: Commitment, counted: list[Item], rules: Rules) -> str:
    """Say in one sentence what was counted."""
    if promise.kind == "recurring meeting":
        held, expected = rounds(counted, promise, rules)
        weighed = "" if held == len(counted) else f", weighed as {held:g},"
        return f"{len(counted)} rounds{weighed} of {expected:.1f} expected."
    if promise.kind == "treaty step":
        latest = max(counted, key=lambda item: (weight(item, rules), item.day))
        first = max(counted, key=lambda item: weight(item, rules))
        return f"{latest.fact}, from {_date(first.day)}."
    years = sorted({item.day.year for item in counted})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    sessions = sum(item.session for item in counted)
    met = (
        ""
        if not sessions
        else ", all of them sessions"
        if sessions == len(counted)
        else f", of which sessions {sessions}"
    )
    return f"{len(counted)} counted act{'s' * (len(counted) > 1)}, {span}{met}."


def _best(counted: list[Item], promise: Commitment, rules: Rules) -> float:
    """Rate acts, statements, treaty steps and the setting of targets: the best form reached."""
    return max(weight(item, rules) for item in counted)


def rounds(counted: list[Item], promise: Commitment, rules: Rules) -> tuple[float, float]:
    """Count the rounds held, weighted, and the rounds expected from the promise to the cut-off."""
    expected = (pd.Timestamp(rules["cutoff"]) - PROMISE).days / 365.25 * promise.rounds_per_year
    return sum(weight(item, rules) for item in counted), expected


def _recurring(counted: list[Item], promise: Commitment, rules: Rules) -> float:
    """Rate meetings: rounds held as a share of those expected, in three steps."""
    held, expected = rounds(counted, promise, rules)
    share = held / expected
    return 1.0 if share >= rules["kept_share"] else 0.5 if share >= rules["partly_share"] else 0.0


def _program(counted: list[Item], promise: Commitment, rules: Rules) -> float:
    """Rate programs: by the strongest form in which there are acts of enough years from enough publishers.

    It is half where weaker acts than these are left out, and where no form has enough.
    """
    for level in sorted({weight(item, rules) for item in counted}, reverse=True):
        enough = [item for item in counted if weight(item, rules) >= level]
        years = {item.day.year for item in enough}
        publishers = frozenset().union(*(item.publishers for item in enough))
        if len(years) >= rules["program_years"] and len(publishers) >= rules["program_publishers"]:
            return max(level, 0.5 * (len(enough) < len(counted)))
    return 0.5


#: How far a promise was ever met, by its kind.
DONE: dict[str, Callable[[list[Item], Commitment, Rules], float]] = {
    "one-off act": _best,
    "declaratory": _best,
    "treaty step": _best,
    "target": _best,
    "recurring meeting": _recurring,
    "program": _program,
}


def by_what_was_done(verdict: Verdict) -> str:
    """Read the other axis: what the verdict would be if only the best state ever reached counted."""
    if verdict.state == "no evidence":
        return verdict.verdict
    return "kept" if verdict.done == 1 else "partly kept" if verdict.done > 0 else "not kept"


def join(verdicts: dict[str, str], how: str) -> str:
    """Join the two parties’ verdicts.

    Parameters
    ----------
    verdicts : dict
        Party: verdict.
    how : str
        ``weakest``, ``average``, ``KOR`` or ``USA``.

    Raises
    ------
    ValueError
        For another way of joining.
    """
    if how in verdicts:
        return verdicts[how]
    worst = min(verdicts.values(), key=VERDICTS.index)
    if how == "weakest" or len(set(verdicts.values())) == 1:
        return worst
    if how != "average":
        raise ValueError(f"Verdicts are joined by weakest, average, KOR or USA, not {how!r}.")
    mean = sum(SCORES.get(verdict, 0.0) for verdict in verdicts.values()) / len(verdicts)
    return "kept" if mean >= 0.75 else "partly kept" if mean >= 0.25 else worst


def final(parties: dict[str, Verdict], rules: Rules) -> str:
    """Join the verdicts under the rules on axis, joining and missing evidence."""
    shown = {
        party: by_what_was_done(verdict) if rules["axis"] == "what was done" else verdict.verdict
        for party, verdict in parties.items()
    }
    joint = join(shown, rules["joint"])
    return rules["missing"] if joint == "not measurable" and rules["missing"] != "apart" else joint


def by_promise(evidence: list[Item]) -> dict[str, list[Item]]:
    """Sort evidence into promises, so that each is judged by its own alone."""
    return {name: list(group) for name, group in itertools.groupby(evidence, key=lambda item: item.promise)}


#: Columns of ``commitments`` that are shown with the verdicts.
_SHOWN = ("promise", "pillar", "short", "kind", "difficulty", "settled", "baseline")


def score(commitments: pd.DataFrame, evidence: list[Item], rules: Rules) -> pd.DataFrame:
    """Compute all verdicts.

    Parameters
    ----------
    commitments : DataFrame
        Table ``commitments``.
    evidence : list of Item
        From `items`.
    rules : dict of str
        From `read_rules`.

    Returns
    -------
    DataFrame
        One row per promise: ``promise``, ``pillar``, ``short``, ``kind``, ``difficulty``, ``settled`` and ``baseline``
        (as in the table, else empty), ``best``, ``verdict``, ``USA``, ``KOR``, ``grade`` (the weaker of the two),
        ``reason`` (of the party that decides).
    """
    rows, own = [], by_promise(evidence)
    for promise in records(commitments.fillna({"settled": "", "baseline": ""})):
        parties = judge_parties(promise, own.get(promise.promise, []), rules)
        verdict = final(parties, rules)
        decides = min(parties.values(), key=lambda one: VERDICTS.index(one.verdict))
        rows.append(
            {
                **{name: getattr(promise, name) for name in _SHOWN},
                "best": join({party: by_what_was_done(one) for party, one in parties.items()}, "weakest"),
                "verdict": verdict,
                **{party: one.verdict for party, one in parties.items()},
                "grade": max(one.grade for one in parties.values()),
                "reason": decides.reason,
            }
        )
    return pd.DataFrame(rows)


def judge_parties(promise: Commitment, evidence: list[Item], rules: Rules) -> dict[str, Verdict]:
    """Judge one promise for both parties."""
    return {party: judge(promise, evidence, rules, party) for party in PARTIES}
