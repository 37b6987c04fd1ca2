"""What the verdicts hang on: single acts, single rules, and every combination of the rules."""

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from alliance.rows import records
from alliance.scorecard.evidence import PARTIES, Item
from alliance.scorecard.rules import Rules, alternatives, read_rules
from alliance.scorecard.verdicts import VERDICTS, Commitment, Verdict, by_promise, final, judge, judge_parties, score


def without_each(commitments: pd.DataFrame, evidence: list[Item], rules: Rules) -> pd.DataFrame:
    """Take out one act that was done at a time, and find which verdicts hang on it.

    Returns
    -------
    DataFrame
        One row per act without which the joint verdict would be another: ``promise``, ``when``, ``base`` (the verdict
        with it), ``verdict`` (without it) and ``change`` (-1 worse, 1 better). None where no verdict hangs on one act.
    """
    rows, own = [], by_promise(evidence)
    for promise in records(commitments):
        items = own.get(promise.promise, [])
        base = final(judge_parties(promise, items, rules), rules)
        for act in (item for item in items if item.effect == "done"):
            verdict = final(judge_parties(promise, [item for item in items if item is not act], rules), rules)
            if verdict != base:
                rows.append((promise.promise, act.when, base, verdict, _change(base, verdict)))
    return pd.DataFrame(rows, columns=["promise", "when", "base", "verdict", "change"])


def one_at_a_time(commitments: pd.DataFrame, evidence: list[Item], table: pd.DataFrame) -> pd.DataFrame:
    """Change one rule at a time and compute all verdicts anew.

    Returns
    -------
    DataFrame
        Columns ``rule``, ``value``, ``promise``, ``verdict``, ``base`` (verdict under the book’s rules) and
        ``change`` (-1 worse, 0 the same, 1 better, by the order of `VERDICTS`; to or from not measurable counts
        as worse or better by what is put in its place).
    """
    rules, rows = read_rules(table), []
    base = score(commitments, evidence, rules).set_index("promise")["verdict"]
    for rule, values in alternatives(table).items():
        for value in values:
            for row in records(score(commitments, evidence, rules | {rule: value})):
                before = base[row.promise]
                rows.append((rule, value, row.promise, row.verdict, before, _change(before, row.verdict)))
    return pd.DataFrame(rows, columns=["rule", "value", "promise", "verdict", "base", "change"])


def contested(
    choices: dict[str, dict[str, tuple[str, str]]],
    evidence: pd.DataFrame,
    verdicts: Callable[[pd.DataFrame], pd.DataFrame],
) -> pd.DataFrame:
    """Read some evidence otherwise, one choice at a time, and find the verdicts that this moves.

    Parameters
    ----------
    choices : dict
        What is chosen otherwise → item of ``evidence`` → effect and form that the item would have.
    evidence : DataFrame
        Table ``evidence``.
    verdicts : callable
        Gives the scores (`score`) for a table of evidence.

    Returns
    -------
    DataFrame
        One row per choice and verdict that it moves: ``choice``, ``promise``, ``base`` and ``verdict``; where it moves
        none, one row with the promise of its first item and the same verdict twice.
    """
    base = verdicts(evidence).set_index("promise")["verdict"]
    rows = []
    for choice, codes in choices.items():
        changed = evidence.set_index("item")
        for item, (effect, form) in codes.items():
            changed.loc[item, ["effect", "form"]] = [effect, form or None]
        after = verdicts(changed.reset_index()).set_index("promise")["verdict"]
        moved = list(base.index[base != after]) or [changed.loc[next(iter(codes)), "promise"]]
        rows += [(choice, promise, base[promise], after[promise]) for promise in moved]
    return pd.DataFrame(rows, columns=["choice", "promise", "base", "verdict"])


def _change(before: str, after: str) -> int:
    """Tell whether a verdict is better (1) or worse (-1); from not measurable, keeping is better."""
    if before == after:
        return 0
    if "not measurable" in (before, after):
        return 1 if after == "kept" else -1
    return 1 if VERDICTS.index(after) > VERDICTS.index(before) else -1


def grid(commitments: pd.DataFrame, evidence: list[Item], table: pd.DataFrame) -> pd.DataFrame:
    """Compute all verdicts under every combination of the rules and their alternatives.

    Parameters
    ----------
    commitments, evidence, table
        As in `one_at_a_time`.

    Returns
    -------
    DataFrame
        One row per combination: a column for each rule that has alternatives, and one for each promise.

    Notes
    -----
    A stress range, not a probability: extreme combinations weigh as much as mild ones.
    """
    rules, others = read_rules(table), alternatives(table)
    late = ("joint", "axis", "missing")  # these work on finished verdicts
    choices = {rule: [rules[rule], *others.get(rule, [])] for rule in {**others, **dict.fromkeys(late)}}
    early = [rule for rule in choices if rule not in late]
    endings = [dict(zip(late, values, strict=True)) for values in itertools.product(*(choices[rule] for rule in late))]
    combinations = [
        rules | dict(zip(early, values, strict=True))
        for values in itertools.product(*(choices[rule] for rule in early))
    ]
    columns = {rule: [chosen[rule] for chosen in combinations for _ in endings] for rule in early}
    columns |= {rule: [how[rule] for how in endings] * len(combinations) for rule in late}
    own = by_promise(evidence)
    # The verdicts of the two parties recur; what the late rules make of a pair is computed once.
    finals = functools.cache(lambda pair: [final(dict(zip(PARTIES, pair, strict=True)), how) for how in endings])
    for promise in records(commitments):
        items = own.get(promise.promise, [])
        judged = zip(*(_judge_under(combinations, promise, items, party) for party in PARTIES), strict=True)
        columns[promise.promise] = [verdict for pair in judged for verdict in finals(pair)]
    return pd.DataFrame(columns)


class _Consulted(dict):
    """Rules that note which of them were looked up."""

    def __init__(self, rules: Rules):
        super().__init__(rules)
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.names.add(name)
        return super().__getitem__(name)


def _judge_under(combinations: list[Rules], promise: Commitment, evidence: list[Item], party: str) -> Iterator[Verdict]:
    """Judge under many rules; where all rules that an earlier verdict consulted are the same, so is the verdict."""
    known: list[tuple[Rules, Verdict]] = []
    for rules in combinations:
        verdict = next((verdict for consulted, verdict in known if consulted.items() <= rules.items()), None)
        if verdict is None:
            watched = _Consulted(rules)
            verdict = judge(promise, evidence, watched, party)
            known.append(({name: rules[name] for name in watched.names}, verdict))
        yield verdict


def stability(commitments: pd.DataFrame, variants: pd.DataFrame, base: pd.Series) -> pd.DataFrame:
    """Measure how often the grid gives the verdict of the book’s rules.

    Parameters
    ----------
    commitments : DataFrame
        Table ``commitments``.
    variants : DataFrame
        From `grid`.
    base : Series
        Verdicts under the book’s rules, indexed by promise.

    Returns
    -------
    DataFrame
        ``promise``, ``share`` (0–1) of combinations with the same verdict, ``verdicts`` (count of different ones).
    """
    rows = [
        {
            "promise": name,
            "share": float((variants[name] == base[name]).mean()),
            "verdicts": int(variants[name].nunique()),
        }
        for name in commitments["promise"]
    ]
    return pd.DataFrame(rows)
