"""The words of verdicts: one vocabulary for text, chips, charts, and tables, from the table ``verdicts``."""

import pandas as pd

from alliance.scorecard.verdicts import VERDICTS


def statuses(verdicts: pd.DataFrame, language: str = "en") -> dict[str, dict]:
    """Return how each verdict is shown.

    Parameters
    ----------
    verdicts : DataFrame
        Table ``verdicts``.
    language : str
        ``en`` or ``ko``.

    Returns
    -------
    dict of str
        Verdict → ``name``, ``short`` (the word on a chip), ``long``, ``mark``, ``color`` (a name of the palette), and
        ``rank`` (0 for the best).

    Raises
    ------
    ValueError
        When a verdict that the rules can give has no words.
    """
    table = verdicts.set_index("verdict")
    if missing := [verdict for verdict in VERDICTS if verdict not in table.index]:
        raise ValueError(f"The table verdicts has no row for {', '.join(missing)}; it has {', '.join(table.index)}.")
    return {
        str(verdict): {
            "name": verdict,
            "short": row[f"short_{language}"],
            "long": row[f"long_{language}"],
            "mark": row["mark"],
            "color": row["color"],
            "rank": int(row["rank"]),
        }
        for verdict, row in table.iterrows()
    }


def reason(reasons: pd.DataFrame, promise: str, verdict: str, party: str = "joint", strict: bool = True) -> str:
    """Return why a promise has its verdict, in one sentence written for a reader.

    Parameters
    ----------
    reasons : DataFrame
        Table ``verdict_reasons``.
    promise, verdict : str
        The promise, and what the rules make of it.
    party : str
        ``joint``, ``USA``, or ``KOR``; where a party has no sentence of its own, the joint one holds for it too.
    strict : bool
        Whether each verdict must have its sentence; if not, the reason says that there is none.

    Raises
    ------
    ValueError
        When no sentence was written for this verdict: the evidence has changed, and the sentence must follow.
    """
    rows = reasons[(reasons["promise"] == promise) & (reasons["verdict"] == verdict)]
    found = rows.set_index("party")["reason"].to_dict()
    if party not in found and "joint" not in found:
        if not strict:
            return "No sentence gives the reason for this verdict yet."
        raise ValueError(
            f"verdict_reasons has no sentence for {promise}, {party}, {verdict!r}: "
            "write one in src/alliance/collect/additions/verdict_reasons.csv."
        )
    return found.get(party, found.get("joint", ""))
