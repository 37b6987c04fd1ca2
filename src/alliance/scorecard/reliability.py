"""Agreement of the two codings of the evidence: share of same codes, Krippendorff's alpha, and its interval.

The cards that were coded carry date, act, party and source, and no verdict. The table ``evidence_second_coding`` holds
both codings as they were made; corrections that followed from the comparison are in ``evidence`` alone.
"""

from collections.abc import Hashable, Sequence
from typing import Literal, NamedTuple

import krippendorff
import numpy as np
import pandas as pd

from alliance.scorecard.verdicts import VERDICTS

#: What was coded on each card.
FIELDS = ("effect", "form", "session", "party")

#: Fields that have a meaning only where something was done.
OF_ACTS = ("form", "session")

Level = Literal["nominal", "ordinal"]

#: Columns of the first coding, as it was before the comparison.
FIRST = {field: f"first_{field}" for field in FIELDS}


class Agreement(NamedTuple):
    """How far two codings agree.

    ``units`` is the number of cards or verdicts, ``same`` the share with the same code, ``alpha`` Krippendorff's
    alpha (1 full agreement, 0 what chance would give), ``low`` and ``high`` its interval of 95 percent.
    """

    units: int
    same: float
    alpha: float
    low: float
    high: float


def alpha(codings: Sequence[Sequence[Hashable]], order: Sequence[Hashable] | None = None) -> float:
    """Compute Krippendorff's alpha; a missing code is ``None``.

    Parameters
    ----------
    codings : sequence of sequences
        One for each coder, with the codes of the same units in the same order.
    order : sequence, optional
        All codes from lowest to highest; with it the codes are ordinal, else nominal.

    Returns
    -------
    float
        Not a number where fewer than two codes occur.

    Notes
    -----
    Krippendorff, Computing Krippendorff's Alpha-Reliability (2007); computed by the library krippendorff.
    """
    return _measure(_numbered(codings, order), _level(order))


def _numbered(codings: Sequence[Sequence[Hashable]], order: Sequence[Hashable] | None) -> np.ndarray:
    """Give each code a number, in their order where they have one; missing codes are not a number."""
    found = dict.fromkeys(code for coding in codings for code in coding if code is not None)
    place = {code: float(number) for number, code in enumerate(order if order is not None else found)}
    return np.array([[np.nan if code is None else place[code] for code in coding] for coding in codings])


def _level(order: Sequence[Hashable] | None) -> Level:
    return "nominal" if order is None else "ordinal"


def _measure(numbers: np.ndarray, level: Level) -> float:
    if len(np.unique(numbers[~np.isnan(numbers)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=numbers, level_of_measurement=level))


def agreement(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    order: Sequence[Hashable] | None = None,
    *,
    resamples: int = 1000,
    seed: int = 20210318,
) -> Agreement:
    """Measure the agreement of two codings of the same units.

    Parameters
    ----------
    first, second : sequence
        The codes, in the same order; units without a code (``None``) on either side are left out.
    order : sequence, optional
        As in `alpha`.
    resamples, seed : int
        The interval is that of the 2.5th and 97.5th percentile of so many draws of units with replacement.
    """
    pairs = [pair for pair in zip(first, second, strict=True) if None not in pair]
    numbers = _numbered(list(zip(*pairs, strict=True)), order)
    level = _level(order)
    draws = np.random.default_rng(seed).integers(len(pairs), size=(resamples, len(pairs)))
    low, high = np.nanpercentile([_measure(numbers[:, draw], level) for draw in draws], [2.5, 97.5])
    same = float(np.mean(numbers[0] == numbers[1]))
    return Agreement(len(pairs), same, _measure(numbers, level), float(low), float(high))


def of_fields(codings: pd.DataFrame) -> pd.DataFrame:
    """Measure the agreement on each field: on form and session over the cards on which both see something done.

    Parameters
    ----------
    codings : DataFrame
        Table ``evidence_second_coding``.

    Returns
    -------
    DataFrame
        One row for each of `FIELDS`: ``what`` and the fields of `Agreement`.
    """
    acts = codings[(codings["effect"] == "done") & (codings["first_effect"] == "done")]
    rows = []
    for field in FIELDS:
        cards = acts if field in OF_ACTS else codings
        rows.append({"what": field, **agreement(list(cards[FIRST[field]]), list(cards[field]))._asdict()})
    return pd.DataFrame(rows)


def of_verdicts(first: Sequence[str], second: Sequence[str]) -> Agreement:
    """Measure the agreement on verdicts, by their order; those that cannot be ranked are left out."""
    ranked = VERDICTS[: VERDICTS.index("not measurable")]
    one, two = ([name if name in ranked else None for name in verdicts] for verdicts in (first, second))
    return agreement(one, two, ranked)


def recoded(evidence: pd.DataFrame, codings: pd.DataFrame, *, first: bool) -> pd.DataFrame:
    """Give the evidence as one of the two codings has it; rows that were no card stay as they are.

    Parameters
    ----------
    evidence, codings : DataFrame
        Tables ``evidence`` and ``evidence_second_coding``.
    first : bool
        Whether the first coding is wanted, as it was before the comparison, or else the second.
    """
    columns = {FIRST[field] if first else field: field for field in FIELDS}
    codes = codings.set_index("item")[list(columns)].rename(columns=columns)
    frame = evidence.set_index("item")
    frame.loc[codes.index, list(FIELDS)] = codes
    return frame.reset_index()[list(evidence.columns)]


def disagreements(codings: pd.DataFrame) -> pd.DataFrame:
    """Pick the cards on which the two codings differ in any field."""
    differ = [codings[field].fillna("") != codings[FIRST[field]].fillna("") for field in FIELDS]
    return codings[pd.concat(differ, axis=1).any(axis=1)].reset_index(drop=True)
