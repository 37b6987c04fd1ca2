"""Evidence: what was done, undone or not found, brought from six tables into one form.

A date that gives only a month stands for its fifteenth day, one that gives only a year for July 1
(`alliance.dates.day`).
"""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from alliance.dates import PROMISE, day
from alliance.rows import records

#: The two parties.
PARTIES = ("USA", "KOR")

#: Day that stands for “no end found”.
OPEN = pd.Timestamp(2100, 1, 1)

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
    publishers: frozenset[str]
    verified: bool
    session: bool = False
    when: str = ""


def items(
    evidence: pd.DataFrame,
    meetings: pd.DataFrame,
    series: pd.DataFrame,
    agreements: pd.DataFrame,
    emissions: pd.DataFrame,
    targets: pd.DataFrame,
) -> list[Item]:
    """Bring evidence, meetings, agreements and targets into one form, in order of time.

    Parameters
    ----------
    evidence, meetings, series, agreements, emissions, targets : DataFrame
        Tables ``evidence``, ``dialogue_meetings``, ``scorecard_series``, ``sma_agreements``, ``national_emissions``
        and ``climate_targets``.

    Returns
    -------
    list of Item
    """
    return sorted(
        [*_coded(evidence), *_meetings(meetings, series), *_agreements(agreements), *_targets(emissions, targets)],
        key=lambda item: (item.promise, item.day),
    )


def known(item: Item, cutoff: pd.Timestamp) -> bool:
    """Tell whether a piece of evidence counts at the cut-off: emissions once the year after their own is over."""
    if item.effect == "level":
        return pd.Timestamp(item.day.year + 1, 12, 31) <= cutoff
    return item.effect in ("base", "goal") or PROMISE <= item.day <= cutoff


def _item(
    promise: str, when: str, *, fact: str, publishers: frozenset[str], until: pd.Timestamp | None = None, **fields: Any
) -> Item:
    """Make an item of a date as known; it holds on its own day where no end is given."""
    usual: dict[str, Any] = {"party": "both", "effect": "done", "form": "", "value": math.nan, "verified": True}
    on = day(when)
    return Item(
        promise, on, on if until is None else until, fact=fact, publishers=publishers, when=when, **usual | fields
    )


def _coded(table: pd.DataFrame) -> Iterator[Item]:
    """Take the acts and searches that were coded for the scorecard."""
    for row in records(table):
        yield _item(
            row.promise,
            row.date,
            until=_until(row),
            party=row.party,
            effect=row.effect,
            form=_text(row.form),
            fact=row.fact,
            publishers=frozenset(filter(None, (row.publisher, _text(row.second_publisher)))),
            verified=bool(row.verified),
            session=bool(row.session),
        )


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else cell


def _until(row: Any) -> pd.Timestamp:
    """Find the last day of a row of evidence: its own day, and for a formal act against an aim the day it ends."""
    if row.effect != "against":
        return day(row.date)
    return day(row.until) if _text(row.until) else OPEN


def _meetings(table: pd.DataFrame, series: pd.DataFrame) -> Iterator[Item]:
    """Take the rounds of the series that are promises or stand for them, each in the form that held on its day."""
    held = set(table["mechanism"])
    if unknown := set(series["series"]) - held:
        raise ValueError(
            f"No meetings of {', '.join(sorted(unknown))} are in the table; it has {', '.join(sorted(held))}."
        )
    days = table["date"].map(day)
    for rule in records(series):
        last = day(rule.last) if _text(rule.last) else OPEN
        for row in records(table[(table["mechanism"] == rule.series) & days.between(day(rule.first), last)]):
            number = "" if pd.isna(row.round) else f", round {row.round}"
            yield _item(
                rule.promise,
                row.date,
                form=rule.form,
                fact=f"{rule.series}{number}",
                publishers=_sources(row),
                session=bool(rule.session),
            )


def _agreements(table: pd.DataFrame) -> Iterator[Item]:
    """Take the signature (in part) and the entry into force (as worded) of the agreements."""
    for promise, number in AGREEMENTS.items():
        row = next(records(table[table["agreement"] == number]))
        sources, last = _sources(row), pd.Timestamp(row.last_year, 12, 31)
        signed, in_force = f"Agreement {number} signed", f"Agreement {number} in force to {row.last_year}"
        yield _item(promise, row.signed_on, form="part", fact=signed, publishers=sources)
        yield _item(promise, row.in_force_on, form="as worded", fact=in_force, publishers=sources, until=last)


def _targets(emissions: pd.DataFrame, targets: pd.DataFrame) -> Iterator[Item]:
    """Take emissions of the base year and of each later year, and what is aimed at, on each target’s own basis."""
    for party, (series, start) in INVENTORIES.items():
        inventory = emissions[(emissions["country"] == party) & (emissions["series"] == series)].sort_values("year")
        base, later = inventory[inventory["year"] == start].iloc[0], inventory[inventory["year"] > start]
        cut = targets[
            (targets["country"] == party) & (targets["target_year"] == GOALS["C3"]) & (targets["base_year"] == start)
        ].iloc[0]
        aimed = cut["target_mt_co2e"]
        if pd.isna(aimed):
            aimed = base["emissions_mt_co2e"] * (1 - cut["cut_low_pct"] / 100)
        for promise, value in {"C2": 0.0, "C3": aimed}.items():
            for effect, row in (("base", base), *(("level", row) for _, row in later.iterrows())):
                yield _emitted(promise, party, effect, row)
            yield _item(
                promise,
                str(GOALS[promise]),
                party=party,
                effect="goal",
                fact=f"Emissions aimed at for {GOALS[promise]}: {value:,.1f} Mt CO2e, net",
                value=float(value),
                publishers=_sources(cut),
            )


def _emitted(promise: str, party: str, effect: str, row: pd.Series) -> Item:
    """Make an item of one year’s emissions."""
    year, value = int(row["year"]), float(row["emissions_mt_co2e"])
    fact = f"Emissions of {year}, {row['series']}: {value:,.1f} Mt CO2e"
    return _item(promise, str(year), party=party, effect=effect, fact=fact, value=value, publishers=_sources(row))


def _sources(row: Any) -> frozenset[str]:
    """Find who states a row of another table; two sources of one origin or one publisher count once."""
    second = _text(row.second_source_title) if row.confidence == "two sources" else ""
    return frozenset(filter(None, (row.source_title, second)))
