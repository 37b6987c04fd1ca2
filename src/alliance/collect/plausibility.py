"""Whether a new table can be the successor of the present one.

A table that keeps its schema can still be wrong: a country under another's name, a shifted decimal point, another base
year. Each check compares the new rows with the present ones and words what it finds. A finding refuses the refresh,
unless somebody accepts it by name and with a reason. Tables that were typed from pages are not compared: people change
them on purpose, row by row.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from alliance.schema import Description

#: How far a value may move, as a part of itself or of its column's median, where a table's ``tolerance`` says nothing.
TOLERANCE = 0.25
# The least part of the present rows that a newer table still has.
FLOOR = 0.95
# Values that moved are named one by one up to this number.
NAMED = 10
# A new row's value is doubted beyond so many times the largest present one of its group.
OUTLIER = 10
# All values that move alike by more than this part of themselves have another unit or base.
UNIFORM = 0.02
# Kinds of findings that nobody can accept: there is no table to put in place.
FINAL = {"answer", "source", "schema"}
SHIFTS = [10.0**power for power in (-6, -3, -2, -1, 1, 2, 3, 6)]


class Finding(NamedTuple):
    """Something that a new table should not show: its table, its kind, and what it is in words."""

    table: str
    kind: str
    text: str

    def __str__(self) -> str:
        """Word it as the list of acceptances names it."""
        return f"{self.table}: {self.kind}: {self.text}"


class Refused(Exception):
    """A refresh that changes nothing, with all its findings."""

    def __init__(self, findings: list[Finding], states: Mapping[str, str] | None = None):
        self.findings = findings
        bad = {finding.table for finding in findings}
        self.states = {table: "refused" if table in bad else state for table, state in (states or {}).items()}
        count = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        lines = [f"{count}; nothing was changed.", *map(str, findings)]
        if self.states:
            names = " ".join(table for table, state in self.states.items() if state == "refused")
            lines.append(f'To refresh the other tables without these: make refresh SKIP="{names}" (or SKIP=refused)')
        if any(finding.kind not in FINAL for finding in findings):
            lines.append(
                "To accept one on purpose, put it and a reason into a CSV with the columns finding and reason:"
            )
            lines.append("make refresh … ACCEPT=FILE")
        super().__init__("\n".join(lines))


def compare(new: pd.DataFrame, old: pd.DataFrame, resource: Description) -> list[Finding]:
    """Find what makes a new table no plausible successor of the present one.

    Parameters
    ----------
    new, old : DataFrame
        Both sound by the schema.
    resource : dict
        The table's entry in ``datapackage.json``; ``tolerance`` is how far its values may move.

    Returns
    -------
    list of Finding
        Empty for a plausible successor, and for the present table itself.
    """
    table, keys = resource["name"], resource["schema"]["primaryKey"]
    found = [*_floor(new, old), *_coverage(new, old, keys)]
    before, after = old.set_index(keys), new.set_index(keys)
    for field in resource["schema"]["fields"]:
        name = field["name"]
        if name not in keys and field["type"] in ("integer", "number"):
            found += _emptied(after[name], before[name])
            found += _moved(after[name], before[name], resource.get("tolerance", TOLERANCE))
            found += _outliers(after[name], before[name])
    return [Finding(table, kind, text) for kind, text in found]


def _floor(new: pd.DataFrame, old: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if len(new) < FLOOR * len(old):
        yield "rows lost", f"{len(new)} rows, where the present table has {len(old)}"


def _coverage(new: pd.DataFrame, old: pd.DataFrame, keys: list[str]) -> Iterator[tuple[str, str]]:
    """Compare what the columns of the key span: names in texts, first and last in numbers."""
    for key in keys:
        if old[key].dtype.kind in "iu":
            if new[key].min() > old[key].min():
                yield "start lost", f"{key} begins with {new[key].min()}, not {old[key].min()}"
            if new[key].max() < old[key].max():
                yield "end lost", f"{key} ends with {new[key].max()}, not {old[key].max()}"
            if key.endswith("year") and new[key].max() > max(old[key].max(), date.today().year):
                yield "year to come", f"{key} ends with {new[key].max()}"
        elif old[key].nunique() < len(old) / 2:  # names that recur, not days or numbers of single rows
            for value in sorted(set(old[key].dropna()) - set(new[key].dropna())):
                yield "vanished", f"no row has the {key} {value} any more"


def _emptied(new: pd.Series, old: pd.Series) -> Iterator[tuple[str, str]]:
    both = new.index.intersection(old.index)
    lost = old.loc[both].notna() & new.loc[both].isna()
    if lost.any():
        yield "emptied", f"{lost.sum()} values of {old.name} are empty now, first at {_place(lost[lost].index[0], old)}"


def _moved(new: pd.Series, old: pd.Series, tolerance: float) -> Iterator[tuple[str, str]]:
    """Compare the values that both tables have."""
    pairs = pd.concat([old.rename("old"), new.rename("new")], axis=1, join="inner").dropna().astype(float)
    scale = pairs["old"].abs().clip(lower=pairs["old"].abs().median())
    moved = pairs[(pairs["new"] - pairs["old"]).abs() > tolerance * scale]
    ratios = (pairs["new"] / pairs["old"])[pairs["old"] != 0]
    if len(ratios) >= 5 and abs(ratios.median() - 1) > UNIFORM and _is_narrow(ratios):
        yield "unit or base", f"all values of {old.name} are {ratios.median():.4g} times the present ones"
    elif len(moved) > NAMED:
        yield "revised", f"{len(moved)} of {len(pairs)} values of {old.name} moved by more than {tolerance:.0%}"
    else:
        for place, pair in moved.iterrows():
            is_shift = any(abs(pair["new"] - shift * pair["old"]) <= 0.02 * abs(pair["new"]) for shift in SHIFTS)
            change = f"{old.name} at {_place(place, old)} is {pair['new']:.10g}, not {pair['old']:.10g}"
            yield "decimal point" if is_shift else "moved", change


def _is_narrow(ratios: pd.Series) -> bool:
    low, middle, high = ratios.quantile([0.1, 0.5, 0.9])
    return abs(high - low) <= UNIFORM * abs(middle)


def _outliers(new: pd.Series, old: pd.Series) -> Iterator[tuple[str, str]]:
    """Doubt rows that are new and far beyond all that their column has held."""
    added = new.loc[new.index.difference(old.index)].dropna().astype(float)
    limit = OUTLIER * old.dropna().astype(float).abs().max()
    for place, value in added[added.abs() > limit].items():
        yield "outlier", f"{old.name} at {_place(place, old)} is {value:.10g}, far beyond every present value"


def _place(key: object, of: pd.Series) -> str:
    cells = key if isinstance(key, tuple) else (key,)
    return ", ".join(f"{name} {cell}" for name, cell in zip(of.index.names, cells, strict=True))


def settle(
    findings: list[Finding],
    accepted: Mapping[str, str],
    troubles: Sequence[Finding] = (),
    states: Mapping[str, str] | None = None,
) -> dict[str, list[dict[str, str]]]:
    """Refuse what nobody accepted; give back the reasons of what was accepted, by table.

    Parameters
    ----------
    findings : list of Finding
        What `compare` found in all tables.
    accepted : dict
        A finding in words, and the reason why it is right.
    troubles : sequence of Finding, optional
        What cannot be accepted: tables that could not be made.
    states : dict, optional
        How each table fared at its publishers, for the refusal.

    Raises
    ------
    Refused
        A finding is not accepted, or an acceptance fits no finding or gives no reason.
    """
    words = {str(finding): finding for finding in findings}
    left = [*troubles, *(finding for text, finding in words.items() if text not in accepted or finding.kind in FINAL)]
    left += [Finding("acceptance", "fits nothing", text) for text in accepted if text not in words]
    left += [Finding("acceptance", "without reason", text) for text, reason in accepted.items() if not reason.strip()]
    if left:
        raise Refused(left, states)
    reasons: dict[str, list[dict[str, str]]] = {}
    for text, reason in accepted.items():
        reasons.setdefault(words[text].table, []).append({"finding": text, "reason": reason})
    return reasons
