"""Scorecard: what became of the twenty-five promises of March 2021.

A verdict is computed from three things that are data: the promise, the evidence, the rules. Two axes are kept
apart: how far a promise was ever met (``done``, from 0 to 1) and how it stands at the cut-off (``state``). The
United States and the Republic of Korea are judged apart; then the two verdicts are joined.

Conventions
-----------
* A date that gives only a month stands for its fifteenth day, one that gives only a year for 1 July.
* An act counts from the day of the fact sheet on, `PROMISE`, both days included, to the cut-off; emissions of a
  year count once the following year is over, for they are published within it.
* Everything is a pure function: no file, no network, no chart.

Notes
-----
The scale follows the compliance reports of the G20 Research Group (full, partial, none) and the promise trackers
of journalism (outcomes count, intentions do not; ratings may change with events). The cut points for targets with
a date are those of Open SDG.
"""

import functools
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

#: Day of the joint ministerial and of the fact sheet.
PROMISE = pd.Timestamp(2021, 3, 18)

#: The two parties.
PARTIES = ("USA", "KOR")

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

#: Series of meetings that are evidence: (promise, series) and the form in which the series meets it.
SERIES = {
    ("D1", "Bilateral Policy Dialogue"): "as worded",
    ("D3", "Southeast Asia dialogue"): "successor",
    ("D3", "Trilateral Indo-Pacific Dialogue"): "wider group",
    ("D4", "Senior Economic Dialogue"): "as worded",
    ("I1", "Trilateral Indo-Pacific Dialogue"): "wider group",
    ("M1", "2+2 ministerial"): "as worded",
    ("M2", "2+2 ministerial"): "as worded",
    ("M2", "Security Consultative Meeting"): "as worded",
    ("M2", "Extended Deterrence Strategy and Consultation Group"): "as worded",
    ("M2", "Nuclear Consultative Group"): "as worded",
}

#: Promises that only the meeting on the day of the fact sheet could meet.
ON_THE_DAY = ("M1",)

#: Series whose rounds are no promise of their own but sessions under a programme.
PROGRAMMES = ("I1", "M2")

#: Day that stands for “no end found”.
OPEN = pd.Timestamp(2100, 1, 1)

#: Rules that say what a form other than the worded one counts.
WEIGHTS = {
    "between the two": "bilateral_weight",
    "successor": "successor_weight",
    "wider group": "wider_weight",
    "part": "part_weight",
}

#: Agreements that are evidence.
AGREEMENTS = {"S1": 11, "S2": 12}

#: The inventory on which each party set its targets, and the base year.
INVENTORIES = {"KOR": ("national inventory, 1996 guidelines", 2018), "USA": ("national inventory, net", 2005)}

#: The years for which targets were promised.
GOALS = {"C2": 2050, "C3": 2030}


class Item(NamedTuple):
    """One piece of evidence, ready to be counted.

    ``day`` is a Timestamp, ``until`` the last day on which it holds (an agreement or a formal act in force),
    ``publishers`` a frozenset of those who state it, ``when`` the date as known (it may be a month or a year); the
    other fields are those of the table ``evidence``.
    """

    promise: str
    day: pd.Timestamp
    until: pd.Timestamp
    party: str
    effect: str
    form: str
    fact: str
    value: float
    publishers: frozenset
    verified: bool
    session: bool = False
    when: str = ""


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


def day(text: str) -> pd.Timestamp:
    """Give the day to reckon with for a date, a month or a year.

    Examples
    --------
    >>> [str(day(text).date()) for text in ("2024-06-05", "2024-11", "2018")]
    ['2024-06-05', '2024-11-15', '2018-07-01']
    """
    return pd.Timestamp(text + {4: "-07-01", 7: "-15", 10: ""}[len(text)])


def read_rules(table: pd.DataFrame) -> dict:
    """Turn the table ``scorecard_rules`` into values: numbers where the text is one, else texts."""
    return {row.rule: _value(row.value) for row in table.itertuples()}


def alternatives(table: pd.DataFrame) -> dict[str, list]:
    """List the other values that are tried for each rule that has some."""
    rows = table.dropna(subset="alternatives").itertuples()
    return {row.rule: [_value(text) for text in row.alternatives.split(";")] for row in rows}


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def items(
    evidence: pd.DataFrame,
    meetings: pd.DataFrame,
    agreements: pd.DataFrame,
    emissions: pd.DataFrame,
    targets: pd.DataFrame,
) -> list[Item]:
    """Bring evidence, meetings, agreements and targets into one form, in order of time.

    Parameters
    ----------
    evidence, meetings, agreements, emissions, targets : DataFrame
        Tables ``evidence``, ``dialogue_meetings``, ``sma_agreements``, ``national_emissions`` and
        ``climate_targets``.

    Returns
    -------
    list of Item
    """
    rows = [
        Item(
            row.promise,
            day(row.date),
            _until(row),
            row.party,
            row.effect,
            _text(row.form),
            row.fact,
            math.nan,
            frozenset(filter(None, (row.publisher, _text(row.second_publisher)))),
            bool(row.verified),
            bool(row.session),
            row.date,
        )
        for row in evidence.itertuples()
    ]
    return sorted(
        [*rows, *_meetings(meetings), *_agreements(agreements), *_targets(emissions, targets)],
        key=lambda item: (item.promise, item.day),
    )


def _text(cell) -> str:
    return "" if pd.isna(cell) else cell


def _until(row) -> pd.Timestamp:
    """Last day of a row of evidence: its own day, and for a formal act against an aim the day it ends."""
    if row.effect != "against":
        return day(row.date)
    return day(row.until) if _text(row.until) else OPEN


def _meetings(table: pd.DataFrame) -> Iterator[Item]:
    """Return rounds of the series that are promises or stand for them."""
    unknown = {series for _, series in SERIES} - set(table["mechanism"])
    if unknown:
        raise ValueError(
            f"No meetings of {', '.join(sorted(unknown))} are in the table; it has {', '.join(sorted(set(table['mechanism'])))}."
        )
    for (promise, series), form in SERIES.items():
        rows = table[table["mechanism"] == series]
        if promise in ON_THE_DAY:
            rows = rows[rows["date"].map(day) == PROMISE]
        for row in rows.itertuples():
            held, number = day(row.date), "" if pd.isna(row.round) else f", round {row.round}"
            yield Item(
                promise,
                held,
                held,
                "both",
                "done",
                form,
                f"{series}{number}",
                math.nan,
                _sources(row),
                True,
                promise in PROGRAMMES,
                row.date,
            )


def _agreements(table: pd.DataFrame) -> Iterator[Item]:
    """Signature (in part) and entry into force (as worded) of the agreements."""
    for promise, number in AGREEMENTS.items():
        row = next(table[table["agreement"] == number].itertuples())
        last = pd.Timestamp(row.last_year, 12, 31)
        for text, form, what in (
            (row.signed_on, "part", "signed"),
            (row.in_force_on, "as worded", f"in force to {row.last_year}"),
        ):
            until = last if form == "as worded" else day(text)
            yield Item(
                promise,
                day(text),
                until,
                "both",
                "done",
                form,
                f"Agreement {number} {what}",
                math.nan,
                _sources(row),
                True,
                when=text,
            )


def _targets(emissions: pd.DataFrame, targets: pd.DataFrame) -> Iterator[Item]:
    """Emissions of the base year and of each later year, and what is aimed at, on each target’s own basis."""
    for party, (series, start) in INVENTORIES.items():
        inventory = emissions[(emissions["country"] == party) & (emissions["series"] == series)].sort_values("year")
        base, later = inventory[inventory["year"] == start].iloc[0], inventory[inventory["year"] > start]
        cut = targets[
            (targets["country"] == party) & (targets["target_year"] == GOALS["C3"]) & (targets["base_year"] == start)
        ].iloc[0]
        goals = {
            "C2": 0.0,
            "C3": base["emissions_mt_co2e"] * (1 - cut["cut_low_pct"] / 100)
            if pd.isna(cut["target_mt_co2e"])
            else cut["target_mt_co2e"],
        }
        for promise, end in GOALS.items():
            levels = [("level", row.year, row.emissions_mt_co2e, row) for row in later.itertuples()]
            for effect, year, value, row in (
                ("base", start, base["emissions_mt_co2e"], base),
                *levels,
                ("goal", end, goals[promise], cut),
            ):
                fact = (
                    f"Emissions of {year}, {series}: {value:,.1f} Mt CO2e"
                    if effect != "goal"
                    else f"Emissions aimed at for {year}: {value:,.1f} Mt CO2e, net"
                )
                yield Item(
                    promise,
                    day(str(year)),
                    day(str(year)),
                    party,
                    effect,
                    "",
                    fact,
                    float(value),
                    _sources(row),
                    True,
                    when=str(year),
                )


def _sources(row) -> frozenset:
    """Return publishers of a row of another table; two sources of one origin count once."""
    second = _text(row.second_source_title) if row.confidence == "two sources" else ""
    return frozenset(filter(None, (row.source_title, second)))


def judge(promise, evidence: Iterable[Item], rules: dict, party: str) -> Verdict:
    """Compute the verdict on one promise for one party.

    Parameters
    ----------
    promise : row
        A row of the table ``commitments`` (from ``itertuples``).
    evidence : iterable of Item
        All evidence, or that of this promise.
    rules : dict
        From `read_rules`.
    party : str
        ``"USA"`` or ``"KOR"``.

    Returns
    -------
    Verdict
        On the state at the cut-off; `best_ever` gives the other axis.

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
    return _at_cutoff(promise, seen, counted, done, rules, party)


def known(item: Item, cutoff: pd.Timestamp) -> bool:
    """Whether a piece of evidence counts at the cut-off: emissions once the year after their own is over."""
    if item.effect == "level":
        return pd.Timestamp(item.day.year + 1, 12, 31) <= cutoff
    return item.effect in ("base", "goal") or PROMISE <= item.day <= cutoff


def _without(promise) -> Verdict:
    """Nothing counted: against the promise only where such acts are normally announced."""
    if promise.absence == "counts":
        return Verdict(
            "not kept", 0.0, "no evidence", "B", "No act is on record, and such acts are normally announced."
        )
    return Verdict(
        "not measurable", 0.0, "no evidence", "C", "Searches found no joint act; such acts are not always announced."
    )


def _at_cutoff(promise, seen: list[Item], counted: list[Item], done: float, rules: dict, party: str) -> Verdict:
    """Return the verdict where something was done: undone since, lapsed, still due, or in being."""
    undone = [item for item in seen if item.effect == "undo" and item.day >= counted[0].day]
    if undone and rules["undo"] == "reverses":
        reason = f"{_count(promise, counted, rules)} Undone on {_date(undone[0].day)}: {undone[0].fact}."
        return Verdict("kept, then reversed", done, "reversed", grade(counted + undone), reason)
    recent = _recent(counted, rules)
    if promise.continuing and not recent and promise.kind != "target":
        verdict = "kept, then lapsed" if done == 1 else "partly kept, then lapsed"
        reason = f"{_count(promise, counted, rules)} The last was on {_date(max(item.day for item in counted))}; none was found in the {rules['window_months']:.0f} months before the cut-off."
        return Verdict(verdict, done, "lapsed", max("B", grade(counted)), reason)
    if promise.kind == "target":
        return _target(seen, counted, done, rules, bool(undone))
    now = min(done, max(weight(item, rules) for item in recent)) if promise.continuing else done
    return _standing(promise, seen, counted, done, now, rules, bool(undone), party)


def _recent(counted: list[Item], rules: dict) -> list[Item]:
    """Return what was done, or still holds, within the look-back before the cut-off."""
    start = _window(rules["cutoff"], rules["window_months"])
    return [item for item in counted if item.until >= start]


@functools.cache
def _window(cutoff: str, months: float) -> pd.Timestamp:
    """First day of the look-back; the grid asks for the same few days many thousand times."""
    return pd.Timestamp(cutoff) - pd.DateOffset(months=int(months))


def _standing(promise, seen, counted, done, now, rules, halved: bool, party) -> Verdict:
    """Return a promise in being: lowered by formal acts against its aim that are in force at the cut-off."""
    against = [item for item in seen if item.effect == "against" and item.until >= pd.Timestamp(rules["cutoff"])]
    reason = _count(promise, counted, rules)
    if now < done:
        reason += " Since the look-back began only in another format."
    if against:
        reason += f" Against the aim: {against[-1].fact}."
    factor = rules["against_weight"] if against else 1.0
    score = now * factor * (0.5 if halved else 1.0)
    state = "active" if promise.continuing else "completed"
    if factor == 0:
        return Verdict("kept, then reversed", done, "reversed", grade(counted + against), reason)
    return Verdict("kept" if score == 1 else "partly kept", done, state, grade(counted), reason)


def weight(item: Item, rules: dict) -> float:
    """Give what an act counts: the weight of its form, and for a session under a programme that of sessions."""
    form = 1.0 if item.form == "as worded" else rules[WEIGHTS[item.form]]
    return form * (rules["session_weight"] if item.session else 1.0)


def _best(counted: list[Item], promise, rules: dict) -> float:
    """Acts, statements, treaty steps and the setting of targets: the best form reached."""
    return max(weight(item, rules) for item in counted)


def rounds(counted: list[Item], promise, rules: dict) -> tuple[float, float]:
    """Weighted rounds held, and rounds expected from the promise to the cut-off."""
    expected = (pd.Timestamp(rules["cutoff"]) - PROMISE).days / 365.25 * promise.rounds_per_year
    return sum(weight(item, rules) for item in counted), expected


def _recurring(counted: list[Item], promise, rules: dict) -> float:
    """Meetings: rounds held as a share of those expected, in three steps."""
    held, expected = rounds(counted, promise, rules)
    share = held / expected
    return 1.0 if share >= rules["kept_share"] else 0.5 if share >= rules["partly_share"] else 0.0


def _programme(counted: list[Item], promise, rules: dict) -> float:
    """Programmes: joint acts in enough years from enough publishers, else half at most."""
    for level in sorted({weight(item, rules) for item in counted}, reverse=True):
        enough = [item for item in counted if weight(item, rules) >= level]
        years = {item.day.year for item in enough}
        publishers = frozenset().union(*(item.publishers for item in enough))
        if len(years) >= rules["programme_years"] and len(publishers) >= rules["programme_publishers"]:
            return max(level, 0.5 * (len(enough) < len(counted)))
    return 0.5


DONE = {
    "one-off act": _best,
    "declaratory": _best,
    "treaty step": _best,
    "target": _best,
    "recurring meeting": _recurring,
    "programme": _programme,
}


def pace(base: tuple[float, float], level: tuple[float, float], goal: tuple[float, float]) -> float:
    """Compare the yearly change achieved with the yearly change required.

    Growth rates are compared, as Open SDG does; where the goal is zero, which no growth rate reaches, straight
    lines are.

    Parameters
    ----------
    base, level, goal : tuple of float
        Year and value: of the base, of the latest figure, of what is aimed at.

    Returns
    -------
    float
        1 is exactly on the way; negative is the wrong way.

    Notes
    -----
    Open SDG, Progress measurement methodology: observed over required compound annual growth rate.

    Examples
    --------
    >>> round(pace((2018, 100), (2024, 80), (2030, 64)), 2)
    1.0
    >>> pace((2020, 100), (2035, 50), (2050, 0))
    1.0
    """
    (start, first), (now, latest), (end, aim) = base, level, goal
    if aim == 0:
        return ((first - latest) / (now - start)) / (first / (end - start))
    return (math.log(latest / first) / (now - start)) / (math.log(aim / first) / (end - start))


def straight_pace(base: tuple[float, float], level: tuple[float, float], goal: tuple[float, float]) -> float:
    """Compare the change achieved with the change due by then on a straight line from base to goal."""
    (start, first), (now, latest), (end, aim) = base, level, goal
    return ((first - latest) / (now - start)) / ((first - aim) / (end - start))


def figures(seen: Iterable[Item]) -> tuple[tuple[float, float], ...]:
    """Take base, level and goal of a target, each as year and value."""
    points = {
        item.effect: (float(item.day.year), float(item.value))
        for item in seen
        if item.effect in ("base", "level", "goal")
    }
    if len(points) < 3:
        raise ValueError(
            f"A target needs a base, a level and a goal; known by the cut-off are {', '.join(points) or 'none of them'}."
        )
    return points["base"], points["level"], points["goal"]


def _target(seen: list[Item], counted: list[Item], done: float, rules: dict, halved: bool) -> Verdict:
    """Return a target set and not undone: its pace."""
    ratio = pace(*figures(seen))
    verdict = "on track" if ratio >= rules["on_track"] else "behind" if ratio >= rules["behind"] else "off track"
    reason = f"Set on {_date(counted[0].day)}; the pace so far is {ratio:.2f} of the pace required, and the date lies after the cut-off."
    publishers = [item for item in seen if item.effect == "level"]
    return Verdict("partly kept" if halved else verdict, done, "not due", grade(publishers), reason)


def grade(carried: Iterable[Item]) -> str:
    """Grade the evidence that carries a verdict: A two publishers, B one, C none read again."""
    read = [item.publishers for item in carried if item.verified]
    return "CBA"[min(2, len(frozenset().union(*read)))]


def _date(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%B %Y}"


def _count(promise, counted: list[Item], rules: dict) -> str:
    """Return what was counted, in one sentence."""
    if promise.kind == "recurring meeting":
        held, expected = rounds(counted, promise, rules)
        weighed = "" if held == len(counted) else f", weighed as {held:g},"
        return f"{len(counted)} rounds{weighed} of {expected:.1f} expected."
    if promise.kind == "treaty step":
        return f"{max(counted, key=lambda item: (weight(item, rules), item.day)).fact}, from {_date(max(counted, key=lambda item: weight(item, rules)).day)}."
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


def best_ever(verdict: Verdict) -> str:
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


def _final(parties: dict[str, Verdict], rules: dict) -> str:
    """Return the joint verdict under the rules on axis, joining and missing evidence."""
    shown = {
        party: best_ever(verdict) if rules["axis"] == "best ever" else verdict.verdict
        for party, verdict in parties.items()
    }
    joint = join(shown, rules["joint"])
    return rules["missing"] if joint == "not measurable" and rules["missing"] != "apart" else joint


def _by_promise(evidence: list[Item]) -> dict[str, list[Item]]:
    """Evidence sorted into promises, so that a judge reads only its own."""
    return {name: list(group) for name, group in itertools.groupby(evidence, key=lambda item: item.promise)}


def score(commitments: pd.DataFrame, evidence: list[Item], rules: dict) -> pd.DataFrame:
    """Compute all verdicts.

    Parameters
    ----------
    commitments : DataFrame
        Table ``commitments``.
    evidence : list of Item
        From `items`.
    rules : dict
        From `read_rules`.

    Returns
    -------
    DataFrame
        One row per promise: ``promise``, ``pillar``, ``short``, ``kind``, ``difficulty``, ``best``, ``verdict``,
        ``USA``, ``KOR``, ``grade`` (the weaker of the two), ``reason`` (of the party that decides).
    """
    rows, own = [], _by_promise(evidence)
    for promise in commitments.itertuples():
        parties = _judge_parties(promise, own.get(promise.promise, []), rules)
        verdict = _final(parties, rules)
        decides = min(parties.values(), key=lambda one: VERDICTS.index(one.verdict))
        rows.append(
            {
                **{name: getattr(promise, name) for name in ("promise", "pillar", "short", "kind", "difficulty")},
                "best": join({party: best_ever(one) for party, one in parties.items()}, "weakest"),
                "verdict": verdict,
                **{party: one.verdict for party, one in parties.items()},
                "grade": max(one.grade for one in parties.values()),
                "reason": decides.reason,
            }
        )
    return pd.DataFrame(rows)


def _judge_parties(promise, evidence: list[Item], rules: dict) -> dict[str, Verdict]:
    return {party: judge(promise, evidence, rules, party) for party in PARTIES}


def without_each(commitments: pd.DataFrame, evidence: list[Item], rules: dict) -> pd.DataFrame:
    """Take out one act that was done at a time, and find which verdicts hang on it.

    Returns
    -------
    DataFrame
        One row per act without which the joint verdict would be another: ``promise``, ``when``, ``base`` (the verdict
        with it), ``verdict`` (without it) and ``change`` (-1 worse, 1 better). None where no verdict hangs on one act.
    """
    rows, own = [], _by_promise(evidence)
    for promise in commitments.itertuples():
        items = own.get(promise.promise, [])
        base = _final(_judge_parties(promise, items, rules), rules)
        for act in (item for item in items if item.effect == "done"):
            verdict = _final(_judge_parties(promise, [item for item in items if item is not act], rules), rules)
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
    rules = read_rules(table)
    base = score(commitments, evidence, rules).set_index("promise")["verdict"]
    rows = []
    for rule, values in alternatives(table).items():
        for value in values:
            for promise, verdict in (
                score(commitments, evidence, rules | {rule: value}).set_index("promise")["verdict"].items()
            ):
                rows.append(
                    {
                        "rule": rule,
                        "value": value,
                        "promise": promise,
                        "verdict": verdict,
                        "base": base[promise],
                        "change": _change(base[promise], verdict),
                    }
                )
    return pd.DataFrame(rows)


def _change(before: str, after: str) -> int:
    """Whether a verdict is better or worse; from not measurable, keeping is better."""
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
    own, finals = (
        _by_promise(evidence),
        functools.cache(lambda parties: [_final(dict(zip(PARTIES, parties, strict=True)), how) for how in endings]),
    )
    for promise in commitments.itertuples():
        items = own.get(promise.promise, [])
        judged = zip(*(_judge_under(combinations, promise, items, party) for party in PARTIES), strict=True)
        columns[promise.promise] = [verdict for parties in judged for verdict in finals(parties)]
    return pd.DataFrame(columns)


class _Consulted(dict):
    """Rules that note which of them were looked up."""

    def __init__(self, rules: dict):
        super().__init__(rules)
        self.names: set[str] = set()

    def __getitem__(self, name: str):
        self.names.add(name)
        return super().__getitem__(name)


def _judge_under(combinations: list[dict], promise, evidence: list[Item], party: str) -> Iterator[Verdict]:
    """Verdicts under many rules. Where all the rules that an earlier verdict consulted are the same, so is the verdict."""
    known: list[tuple[dict, Verdict]] = []
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


def silences(
    days: Iterable[pd.Timestamp], months: float, cutoff: pd.Timestamp, start: pd.Timestamp = PROMISE
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Find the stretches without a meeting that are longer than some months.

    Parameters
    ----------
    days : iterable of Timestamp
        Days of meetings.
    months : float
        Longest stretch that is no silence.
    cutoff, start : Timestamp
        End and beginning of the period looked at; a silence may last to the one and from the other.

    Returns
    -------
    list of (Timestamp, Timestamp)
        First and last day of each silence, in order of time.
    """
    marks = sorted({start, cutoff, *(one for one in days if start <= one <= cutoff)})
    length = pd.DateOffset(months=int(months))
    return [(one, other) for one, other in itertools.pairwise(marks) if one + length < other]
