"""What a refresh changes, told in the terminal and as a page."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from alliance.collect.registry import Source, edition
from alliance.schema import Description

# The largest moves that a report names for each table.
LARGEST = 5
# How a table that was asked for can have fared.
KINDS = ("fetched", "not changed", "refused")


class Change(NamedTuple):
    """How one table changes: its vintages, its rows, and the values that move most."""

    table: str
    was: str
    now: str
    added: int
    changed: int
    removed: int
    moves: list[str]
    coverage: str


def of_table(new: pd.DataFrame, old: pd.DataFrame, resource: Description, now: str) -> Change:
    """Compare a new table with the present one.

    Parameters
    ----------
    new, old : DataFrame
        Both sound by the schema.
    resource : dict
        The table's entry in ``datapackage.json``.
    now : str
        The new vintage.
    """
    keys = resource["schema"]["primaryKey"]
    before, after = old.set_index(keys), new.set_index(keys)
    both = before.index.intersection(after.index)
    old_cells, new_cells = before.loc[both].astype(object), after.loc[both].astype(object)
    same = (old_cells.eq(new_cells) | (old_cells.isna() & new_cells.isna())).all(axis=1)  # two empty cells are the same
    measures = [
        field["name"]
        for field in resource["schema"]["fields"]
        if field["name"] not in keys and field["type"] in ("integer", "number")
    ]
    return Change(
        table=resource["name"],
        was=resource["vintage"],
        now=now,
        added=len(after.index.difference(before.index)),
        changed=int((~same).sum()),
        removed=len(before.index.difference(after.index)),
        moves=_moves(before.loc[both, measures], after.loc[both, measures]),
        coverage=resource["coverage"],
    )


def _moves(before: pd.DataFrame, after: pd.DataFrame) -> list[str]:
    """Word the values that moved most, as parts of what they were."""
    found = []
    for name in before:
        pairs = pd.DataFrame({"old": before[name], "new": after[name]}).dropna().astype(float)
        pairs = pairs[(pairs["old"] != pairs["new"]) & (pairs["old"] != 0)]
        for key, pair in pairs.iterrows():
            place = " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            share = pair["new"] / pair["old"] - 1
            found.append((abs(share), f"{place}, {name}: {pair['old']:.6g} → {pair['new']:.6g} ({share:+.1%})"))
    return [text for _, text in sorted(found, reverse=True)[:LARGEST]]


def told(changes: list[Change], states: Mapping[str, str], files: Iterable[Source] = ()) -> str:
    """Word a report as Markdown that a terminal shows as well.

    Parameters
    ----------
    changes : list of Change
        One for each table that changes.
    states : dict
        How each table fared at its publishers; empty for a refresh from a folder.
    files : iterable of Source, optional
        Rows of the registry, to name the addresses of one edition.
    """
    lines = ["# What this refresh changes", ""]
    for change in changes:
        lines += [f"## {change.table}", "", f"{change.was} → {change.now}", ""]
        lines += [
            f"{change.added} row{'s' * (change.added != 1)} added, {change.changed} changed, {change.removed} removed.",
            "",
        ]
        lines += [f"* {move}" for move in change.moves] + [""] * bool(change.moves)
        if change.added or change.removed:
            lines += [f"Its description says “{change.coverage}”: see whether that still holds.", ""]
    if not changes:
        lines += ["No table changes.", ""]
    else:
        lines += ["`make book` and `python -m press diff` then name the numbers, claims, and verdicts that change.", ""]
    return "\n".join([*lines, *standing(states), *editions(files, states)])


def editions(files: Iterable[Source], states: Mapping[str, str]) -> list[str]:
    """Word which addresses are those of one edition, which nobody finds a newer one at.

    Parameters
    ----------
    files : iterable of Source
        Rows of the registry.
    states : dict
        As in `standing`.
    """
    lines = [
        f"* {table}: its address is that of the edition of {year}; look for a newer one at {source.page}"
        for source in files
        for table in source.tables.split()
        if states.get(table) in KINDS and (year := edition(source))
    ]
    return ["An address of one edition never gives a newer one; change it in registry.csv:", "", *lines, ""] * bool(
        lines
    )


def standing(states: Mapping[str, str]) -> list[str]:
    """Word how each table fared at its publishers, those of one kind together.

    Parameters
    ----------
    states : dict
        Name of a table, and "fetched", "not changed", "refused", or why it was not asked for.
    """
    lines = []
    for kind in KINDS:
        names = [table for table, state in states.items() if state == kind]
        lines += [f"{kind.capitalize()}: {', '.join(names)}", ""] * bool(names)
    others = [f"* {table}: {state}" for table, state in states.items() if state not in KINDS]
    return lines + ["Left as they are:", "", *others, ""] * bool(others)
