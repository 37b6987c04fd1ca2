"""The scorecard's tables: promises, evidence, series of meetings and rules, coded by hand for this book.

The promises are quoted from the fact sheet of March 2021. Every row of evidence says whether its source was
read again, and how. Meetings, agreements, targets and emissions are not repeated here: the
scorecard takes them from their own tables.
"""

from collections.abc import Mapping

import pandas as pd

from alliance.collect.sources import ADDITIONS, Folder, read
from alliance.schema import DataError

COMMITMENTS = (
    "promise pillar short text quotation sentence kind strength difficulty rounds_per_year continuing settled baseline"
    " absence chapter settles source_title source_url"
)
EVIDENCE = (
    "item promise date until party effect form session fact publisher official source_title source_url"
    " second_publisher second_source_title second_source_url verified how note"
)
SEARCHES = "promise party language query searched_on"
VERDICTS = "verdict rank color mark short_en long_en short_ko long_ko"
REASONS = "promise party verdict reason"
SECOND_CODING = (
    "item first_effect first_form first_session first_party effect form session party doubt settled settled_how"
)
SERIES = "promise series first last form session note source_title source_url"
RULES = "rule value alternatives unit meaning origin source_title source_url"
NUMBERS: dict[str, type] = {"rounds_per_year": float, "chapter": int, "rank": int}
TRUTHS = ["continuing", "session", "first_session", "official", "verified"]


def commitments(sources: Folder) -> pd.DataFrame:
    """Tabulate the promises of the fact sheet, one row each."""
    return _coded("commitments", COMMITMENTS, NUMBERS)


def evidence(sources: Folder) -> pd.DataFrame:
    """Tabulate the acts and searches that are evidence, one row each.

    Raises
    ------
    DataError
        A row belongs to no promise of ``commitments``, or is a session of a promise that is no program.
    """
    return _of_promises("evidence", _coded("evidence", EVIDENCE, NUMBERS), "item", commitments(sources))


def evidence_second_coding(sources: Folder) -> pd.DataFrame:
    """Tabulate both codings of the evidence cards as they were made, each with the source that the card names.

    Raises
    ------
    DataError
        A card belongs to no row of ``evidence``.
    """
    cards = _coded("evidence_second_coding", SECOND_CODING, {})
    rows = evidence(sources).set_index("item")
    strange = cards[~cards["item"].isin(rows.index)]
    if len(strange):
        raise DataError(
            "additions/evidence_second_coding.csv, column item",
            f'"{strange.iloc[0]["item"]}" is no row of evidence',
            "each card stands for a row of additions/evidence.csv.",
            "correct the item, or take out the card.",
        )
    return cards.join(rows[["source_title", "source_url"]], on="item")


def act_searches(sources: Folder) -> pd.DataFrame:
    """Tabulate the searches for acts against the aims, one query for one promise and one government a row.

    Raises
    ------
    DataError
        A query belongs to no promise of ``commitments``.
    """
    frame = _coded("act_searches", SEARCHES, {})
    _kinds("act_searches", frame, "query", commitments(sources))
    return frame


def scorecard_series(sources: Folder) -> pd.DataFrame:
    """Tabulate which series of meetings counts for which promise, in which form and when.

    Raises
    ------
    DataError
        As `evidence`.
    """
    return _of_promises("scorecard_series", _coded("scorecard_series", SERIES, {}), "series", commitments(sources))


def _of_promises(table: str, frame: pd.DataFrame, key: str, promises: pd.DataFrame) -> pd.DataFrame:
    """Check that each row belongs to a promise, and that sessions stand only under programs."""
    kinds = _kinds(table, frame, key, promises)
    halved = frame[frame["session"] & (frame["promise"].map(kinds) != "program")]
    if len(halved):
        row = halved.iloc[0]
        raise DataError(
            f"additions/{table}.csv, {key} {row[key]}, column session",
            f"{row['promise']} is of the kind “{kinds[row['promise']]}”, and its meeting is marked as a session",
            "only a program has sessions: where a meeting is promised, the meeting itself keeps the promise.",
            "set session to false, or correct the kind of the promise in additions/commitments.csv.",
        )
    return frame


def _kinds(table: str, frame: pd.DataFrame, key: str, promises: pd.DataFrame) -> pd.Series:
    """Check that each row belongs to a promise, and give the promises’ kinds."""
    kinds = promises.set_index("promise")["kind"]
    strange = frame[~frame["promise"].isin(kinds.index)]
    if len(strange):
        row = strange.iloc[0]
        raise DataError(
            f"additions/{table}.csv, {key} {row[key]}, column promise",
            f'"{row["promise"]}" is no promise',
            f"a row belongs to one of {', '.join(sorted(kinds.index))}.",
            "correct the row, or add the promise to additions/commitments.csv.",
        )
    return kinds


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
