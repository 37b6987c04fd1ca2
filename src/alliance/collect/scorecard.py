"""The scorecard's tables: promises, evidence and rules, coded by hand for this book.

The promises are quoted from the fact sheet of March 2021. Every row of evidence says whether its source was
read again, and how. Meetings, agreements, targets and emissions are not repeated here: the
scorecard takes them from their own tables.
"""

from alliance.collect.sources import ADDITIONS, read
from alliance.schema import DataError

COMMITMENTS = (
    "promise pillar short text quotation kind strength difficulty rounds_per_year continuing absence chapter settles"
    " source_title source_url"
)
EVIDENCE = (
    "item promise date until party effect form session fact publisher official source_title source_url"
    " second_publisher second_source_title second_source_url verified how note"
)
RULES = "rule value alternatives unit meaning origin source_title source_url"
NUMBERS = {"rounds_per_year": float, "chapter": int}
TRUTHS = ["continuing", "session", "official", "verified"]


def commitments(sources):
    """Table ``commitments``: one row per promise of the fact sheet."""
    return _coded("commitments", COMMITMENTS, NUMBERS)


def evidence(sources):
    """Table ``evidence``: one row per act or search.

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


def scorecard_rules(sources):
    """Table ``scorecard_rules``: the rules as data, each with its reasonable alternatives."""
    return _coded("scorecard_rules", RULES, {})


def _coded(table, columns, numbers):
    """Return a table of the additions with its numbers and truth values."""
    frame = read(ADDITIONS, f"{table}.csv", {column: numbers.get(column, str) for column in columns.split()})
    truths = {column: frame[column].map({"true": True, "false": False}) for column in TRUTHS if column in frame}
    return frame.assign(**{column: values.astype(bool) for column, values in truths.items()})
