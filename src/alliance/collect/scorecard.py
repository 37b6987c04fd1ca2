"""The scorecard's tables: promises, evidence and rules, coded by hand for this book.

The promises are quoted from the fact sheet of March 2021. Every row of evidence says whether its source was
read again, and how. Meetings, agreements, targets and emissions are not repeated here: the
scorecard takes them from their own tables.
"""

from collections.abc import Mapping

import pandas as pd

from alliance.collect.sources import ADDITIONS, Folder, read
from alliance.schema import DataError

COMMITMENTS = (
    "promise pillar short text quotation kind strength difficulty rounds_per_year continuing absence chapter settles"
    " source_title source_url"
)
EVIDENCE = (
    "item promise date until party effect form session fact publisher official source_title source_url"
    " second_publisher second_source_title second_source_url verified how note"
)
VERDICTS = "verdict rank color mark short_en long_en short_ko long_ko"
REASONS = "promise party verdict reason"
RULES = "rule value alternatives unit meaning origin source_title source_url"
NUMBERS: dict[str, type] = {"rounds_per_year": float, "chapter": int, "rank": int}
TRUTHS = ["continuing", "session", "official", "verified"]


def commitments(sources: Folder) -> pd.DataFrame:
    """Tabulate the promises of the fact sheet, one row each."""
    return _coded("commitments", COMMITMENTS, NUMBERS)


def evidence(sources: Folder) -> pd.DataFrame:
    """Tabulate the acts and searches that are evidence, one row each.

    Raises
    ------
    DataError
        A row belongs to a promise that is not in ``commitments``.
    """
    frame = _coded("evidence", EVIDENCE, NUMBERS)
    known = set(commitments(sources)["promise"])
    strange = frame[~frame["promise"].isin(known)]
    if len(strange):
        row = strange.iloc[0]
        raise DataError(
            f"additions/evidence.csv, item {row['item']}, column promise",
            f'"{row["promise"]}" is no promise',
            f"a row belongs to one of {', '.join(sorted(known))}.",
            "correct the row, or add the promise to additions/commitments.csv.",
        )
    return frame


def scorecard_rules(sources: Folder) -> pd.DataFrame:
    """Tabulate the rules, each with its reasonable alternatives."""
    return _coded("scorecard_rules", RULES, {})


def verdicts(sources: Folder) -> pd.DataFrame:
    """Tabulate the words, marks, and colors of verdicts, best first."""
    return _coded("verdicts", VERDICTS, NUMBERS)


def verdict_reasons(sources: Folder) -> pd.DataFrame:
    """Tabulate why a promise has its verdict, in sentences written for readers."""
    return _coded("verdict_reasons", REASONS, {})


def _coded(table: str, columns: str, numbers: Mapping[str, type]) -> pd.DataFrame:
    """Read a table of the additions with its numbers and truth values."""
    frame = read(ADDITIONS, f"{table}.csv", {column: numbers.get(column, str) for column in columns.split()})
    truths = {column: frame[column].map({"true": True, "false": False}) for column in TRUTHS if column in frame}
    return frame.assign(**{column: values.astype(bool) for column, values in truths.items()})
