"""Votes in the United Nations General Assembly: how far apart two states stand, and how often they vote alike."""

import pandas as pd

#: Issue codes of the roll calls, as the R package unvotes names them.
ISSUES = {
    "me": "Palestinian conflict",
    "nu": "nuclear weapons",
    "di": "arms control",
    "co": "colonialism",
    "hr": "human rights",
    "ec": "economic development",
}

#: How a pair of votes scores; yes and no stand at the ends, abstention between them.
POSITION = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


def distances(points: pd.DataFrame, origin: str = "USA") -> pd.DataFrame:
    """Measure how far other states’ ideal points lie from one state’s.

    The half-width joins the two published 90 percent intervals as if errors were independent and
    symmetrical, √(a² + b²). They are not quite: states are placed by the same resolutions.

    Parameters
    ----------
    points : DataFrame
        Table ``ideal_points``.
    origin : str
        ISO code of the state from which to measure.

    Returns
    -------
    DataFrame
        Columns ``country``, ``year``, ``variant``, ``distance``, ``half_width`` (missing where
        the variant has no quantiles), in points of the scale.

    Raises
    ------
    ValueError
        For a state that is not in the table.
    """
    if origin not in set(points["country"]):
        raise ValueError(f"There is no state {origin!r}; the table has {', '.join(sorted(set(points['country'])))}.")
    points = points.assign(half=(points["q95"] - points["q5"]) / 2)[
        ["country", "year", "variant", "ideal_point", "half"]
    ]
    here = points[points["country"] == origin].drop(columns="country")
    pairs = points[points["country"] != origin].merge(here, on=["year", "variant"], suffixes=("", "_origin"))
    return pairs.assign(
        distance=(pairs["ideal_point"] - pairs["ideal_point_origin"]).abs(),
        half_width=(pairs["half"] ** 2 + pairs["half_origin"] ** 2) ** 0.5,
    )[["country", "year", "variant", "distance", "half_width"]].sort_values(
        ["country", "variant", "year"], ignore_index=True
    )


def moves(points: pd.DataFrame, other: str, start: int, end: int, origin: str = "USA") -> pd.DataFrame:
    """Tell by how much two states’ ideal points moved between two years, and how far apart they were.

    Parameters
    ----------
    points : DataFrame
        Table ``ideal_points``.
    other, origin : str
        ISO codes of the two states.
    start, end : int
        The two years.

    Returns
    -------
    DataFrame
        Indexed by ``variant``: ``origin`` and ``other`` (points by which each moved), ``start`` and
        ``end`` (distance in the two years).
    """
    at = points.pivot(index="variant", columns=["country", "year"], values="ideal_point")
    return pd.DataFrame(
        {
            "origin": at[origin, end] - at[origin, start],
            "other": at[other, end] - at[other, start],
            "start": (at[origin, start] - at[other, start]).abs(),
            "end": (at[origin, end] - at[other, end]).abs(),
        }
    )


def agreement(votes: pd.DataFrame, one: str, other: str) -> pd.Series:
    """Score each roll call for a pair of states: 1 the same, ½ where one abstains alone, 0 opposed.

    Parameters
    ----------
    votes : DataFrame
        Table ``un_roll_calls``.
    one, other : str
        Columns of two states, such as ``"usa"`` and ``"kor"``.

    Returns
    -------
    Series
        float, indexed like `votes`; roll calls in which one of the two has no vote are left out.

    Raises
    ------
    ValueError
        For a state that has no column.
    """
    for state in (one, other):
        if state not in votes.columns:
            raise ValueError(f"There is no column {state!r}; the table has {', '.join(votes.columns)}.")
    gap = (votes[one].map(POSITION) - votes[other].map(POSITION)).abs()
    return (1 - gap.dropna()).rename("score")


def yearly_agreement(votes: pd.DataFrame, one: str, others: list[str]) -> pd.DataFrame:
    """Average the agreement of one state with others by year.

    Parameters
    ----------
    votes : DataFrame
        Table ``un_roll_calls``.
    one : str
        Column of a state.
    others : list of str
        Columns of the states to compare it with.

    Returns
    -------
    DataFrame
        Columns ``country`` (ISO code), ``year``, ``agreement`` (0–1), ``votes`` (count).
    """
    frames = []
    for other in others:
        scores = agreement(votes, one, other)
        years = scores.groupby(votes.loc[scores.index, "year"]).agg(agreement="mean", votes="size").reset_index()
        frames.append(years.assign(country=other.upper()))
    return pd.concat(frames, ignore_index=True)[["country", "year", "agreement", "votes"]]


def agreement_by_issue(votes: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """Average the agreement of two states by issue; a roll call may count under several.

    Parameters
    ----------
    votes : DataFrame
        Table ``un_roll_calls``, or rows of it.
    one, other : str
        Columns of two states.

    Returns
    -------
    DataFrame
        Columns ``issue`` (name), ``agreement`` (0–1), ``votes`` (count); ``"none of these"``
        for roll calls without a code and ``"all roll calls"`` last.
    """
    scores = agreement(votes, one, other)
    codes = votes.loc[scores.index, "issues"].fillna("")
    groups = {name: scores[codes.str.contains(code)] for code, name in ISSUES.items()}
    groups |= {"none of these": scores[codes == ""], "all roll calls": scores}
    return pd.DataFrame(
        [{"issue": name, "agreement": group.mean(), "votes": len(group)} for name, group in groups.items()]
    )


def issues_by_period(
    votes: pd.DataFrame, periods: dict[str, tuple[int, int]], states: dict[str, str], one: str = "usa"
) -> pd.DataFrame:
    """Average the agreement of one state with others by issue in several periods.

    Parameters
    ----------
    votes : DataFrame
        Table ``un_roll_calls``.
    periods : dict
        Name of a period → its first and last year.
    states : dict
        ISO code of a state → its name.
    one : str
        Column of the state with which the others are compared.

    Returns
    -------
    DataFrame
        Columns of `agreement_by_issue`, and ``period`` and ``state``, by name.
    """
    return pd.concat(
        [
            agreement_by_issue(votes[votes["year"].between(*span)], one, code.lower()).assign(
                period=period, state=state
            )
            for period, span in periods.items()
            for code, state in states.items()
        ]
    )
