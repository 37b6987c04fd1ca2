"""The terms of the agreements in time: when each was in force, and the days without one."""

import itertools

import pandas as pd
from pandas.api.typing import NaTType

from alliance import dates
from alliance.rows import records


def gaps(agreements: pd.DataFrame) -> pd.DataFrame:
    """Count the days on which no agreement was in force between one and the next.

    A gap runs from January 1 after an agreement's last year to the day before the next
    entered into force. The next agreement's first year covers it in retrospect: a gap
    says that there was no text in force at the time, not that nothing was paid.

    Parameters
    ----------
    agreements : DataFrame
        Table ``sma_agreements``; ``in_force_on`` as YYYY-MM-DD, YYYY-MM, YYYY or empty.

    Returns
    -------
    DataFrame
        One row per agreement after the first: ``agreement``, ``expired_on`` (of the one
        before), ``in_force_on`` (as the table gives it), ``precision`` (``"day"``,
        ``"month"``, ``"year"``, ``"not known"``), ``days_least`` and ``days_most``
        (equal where the day is known, empty where nothing is; 0 where the next was in
        force in time), ``in_force_earliest``, ``in_force_latest``.

    Raises
    ------
    ValueError
        For a date in another form.
    """
    rows = []
    for before, after in itertools.pairwise(records(agreements.sort_values("agreement"))):
        new_year = pd.Timestamp(int(before.last_year) + 1, 1, 1)
        earliest, latest, precision = dates.span(after.in_force_on)
        rows.append(
            {
                "agreement": int(after.agreement),
                "expired_on": new_year - pd.Timedelta(days=1),
                "in_force_on": after.in_force_on,
                "precision": precision,
                "days_least": _days_between(new_year, earliest),
                "days_most": _days_between(new_year, latest),
                "in_force_earliest": earliest,
                "in_force_latest": latest,
            }
        )
    return pd.DataFrame(rows).astype({"days_least": "Int64", "days_most": "Int64"})


def spans(agreements: pd.DataFrame) -> pd.DataFrame:
    """Cut each agreement's years into the time before and after its entry into force.

    Parameters
    ----------
    agreements : DataFrame
        Table ``sma_agreements``.

    Returns
    -------
    DataFrame
        One row per span: ``agreement``, ``state`` (``"in force"``, ``"not yet in
        force"``, ``"entry into force not found"``), ``start`` and ``end`` (dates; the
        end is the day after the last). Where only the month of entry is known, its
        first day divides the spans.
    """
    rows = []
    for terms in records(agreements.sort_values("agreement")):
        start, end = pd.Timestamp(int(terms.first_year), 1, 1), pd.Timestamp(int(terms.last_year) + 1, 1, 1)
        entry, _, _ = dates.span(terms.in_force_on)
        if isinstance(entry, NaTType):
            rows.append((terms.agreement, "entry into force not found", start, end))
            continue
        if entry > start:
            rows.append((terms.agreement, "not yet in force", start, entry))
        rows.append((terms.agreement, "in force", max(entry, start), end))
    return pd.DataFrame(rows, columns=["agreement", "state", "start", "end"])


def months_without(gaps: pd.DataFrame) -> pd.DataFrame:
    """List the calendar months that, surely, had days without an agreement in force.

    Parameters
    ----------
    gaps : DataFrame
        From `gaps`. Where only the month of entry into force is known, that month is
        left out; where nothing is known, nothing is listed.

    Returns
    -------
    DataFrame
        Columns ``agreement`` (the one awaited), ``year``, ``month``, ``whole`` (False
        for the month in which the agreement entered into force).
    """
    rows = []
    for gap in records(gaps[gaps["days_least"].fillna(0) > 0]):
        last_day = gap.in_force_earliest - pd.Timedelta(days=1)
        for month in pd.period_range(gap.expired_on + pd.Timedelta(days=1), last_day, freq="M"):
            whole = month.end_time.normalize() <= last_day
            rows.append({"agreement": gap.agreement, "year": month.year, "month": month.month, "whole": whole})
    return pd.DataFrame(rows, columns=["agreement", "year", "month", "whole"])


def _days_between(new_year: pd.Timestamp, in_force: pd.Timestamp | NaTType) -> int | None:
    """Count days from January 1 to the day before entry into force; 0 where it came in time."""
    return None if isinstance(in_force, NaTType) else max(0, (in_force - new_year).days)
