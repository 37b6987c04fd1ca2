"""Policy dialogue: how often the two governments meet, who visits whom, and how alike they vote.

Meetings are counted by series (`silences`) and by period (`before_after`), with intervals
that suit small counts (`poisson_interval`, `ratio_interval`). Votes in the United Nations
General Assembly are compared as distances of published ideal points (`distances`) and as
agreement in roll calls (`agreement`, `agreement_by_issue`).

Everything is a pure function: no file, no network, no chart.
"""

import math
from collections.abc import Callable

import pandas as pd

#: Day of the fact sheet that announced the dialogues.
PROMISE = pd.Timestamp(2021, 3, 18)

#: Last day for which meetings are counted: the end of the last full year.
CUTOFF = pd.Timestamp(2025, 12, 31)

#: Days that a date may be off, by its precision; a month stands for its fifteenth day.
SLACK = {"day": 0, "month": 15, "about": 46}

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


def dated(meetings: pd.DataFrame) -> pd.DataFrame:
    """Add to each meeting a day to reckon with, and by how much it may be off.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.

    Returns
    -------
    DataFrame
        The rows in order of time, with columns ``day`` (Timestamp; the fifteenth where only
        the month is known) and ``slack_days`` (see `SLACK`).
    """
    texts = meetings["date"].where(meetings["date"].str.len() == 10, meetings["date"] + "-15")
    frame = meetings.assign(day=pd.to_datetime(texts), slack_days=meetings["precision"].map(SLACK))
    return frame.sort_values(["day", "mechanism"], ignore_index=True)


def intervals(meetings: pd.DataFrame) -> pd.DataFrame:
    """Measure the time from each meeting to the next of the same series.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.

    Returns
    -------
    DataFrame
        Columns ``mechanism``, ``start``, ``end`` (Timestamps), ``days``, ``slack_days`` (the
        interval may be that much shorter or longer). Nothing for a series with one meeting.
    """
    frame = dated(meetings)
    series = frame.groupby("mechanism")
    pairs = frame.assign(
        start=series["day"].shift(),
        end=frame["day"],
        slack_days=frame["slack_days"] + series["slack_days"].shift(),
    ).dropna(subset="start")
    pairs = pairs.assign(days=(pairs["end"] - pairs["start"]).dt.days, slack_days=pairs["slack_days"].astype(int))
    return pairs[["mechanism", "start", "end", "days", "slack_days"]].reset_index(drop=True)


def silences(meetings: pd.DataFrame, cutoff: pd.Timestamp = CUTOFF) -> pd.DataFrame:
    """Summarise each series: how many meetings, how far apart, the longest silence.

    A silence that lasts at the cut-off counts with its length so far.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.
    cutoff : Timestamp
        Day up to which silence is measured; no meeting may be later.

    Returns
    -------
    DataFrame
        Indexed by mechanism: ``meetings``, ``first``, ``last`` (Timestamps),
        ``median_days`` between meetings (missing for a single one), ``longest_days``,
        ``longest_start``, ``longest_end``, ``open`` (bool: the longest silence still lasts),
        ``since_last_days``.

    Raises
    ------
    ValueError
        For a meeting after the cut-off.
    """
    frame = dated(meetings)
    late = frame[frame["day"] > cutoff]
    if len(late):
        raise ValueError(f"The meeting of {late['date'].iloc[0]} is later than the cut-off {cutoff.date()}.")
    closed = intervals(meetings)
    rows = {
        name: _silence(group, closed[closed["mechanism"] == name], cutoff) for name, group in frame.groupby("mechanism")
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("mechanism")


def _silence(group: pd.DataFrame, closed: pd.DataFrame, cutoff: pd.Timestamp) -> dict:
    """One series’ line in `silences`."""
    last = group["day"].max()
    since = (cutoff - last).days
    spans = [(row.days, row.start, row.end, False) for row in closed.itertuples()] + [(since, last, cutoff, True)]
    days, start, end, lasting = max(spans, key=lambda span: span[0])
    return {
        "meetings": len(group),
        "first": group["day"].min(),
        "last": last,
        "median_days": closed["days"].median(),
        "longest_days": days,
        "longest_start": start,
        "longest_end": end,
        "open": lasting,
        "since_last_days": since,
    }


def poisson_interval(count: int, exposure: float = 1.0, confidence: float = 0.95) -> tuple[float, float]:
    """Give the exact interval of a rate behind a small count.

    Parameters
    ----------
    count : int
        Events seen.
    exposure : float
        What they are divided by, such as years.
    confidence : float
        Coverage, at least; the interval is conservative.

    Returns
    -------
    tuple of float
        Lower and upper limit, events per unit of exposure.

    Raises
    ------
    ValueError
        For a negative count or an exposure that is not positive.

    Notes
    -----
    Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28, 437–442.

    Examples
    --------
    >>> [round(limit, 2) for limit in poisson_interval(3)]
    [0.62, 8.77]
    """
    if count < 0 or exposure <= 0:
        raise ValueError(
            f"A count of {count} in an exposure of {exposure}: the count must not be negative, the exposure positive."
        )
    tail = (1 - confidence) / 2
    most = 10.0 * count + 50
    low = 0.0 if count == 0 else _root(lambda rate: 1 - _poisson_cdf(count - 1, rate) - tail, 0.0, most)
    high = _root(lambda rate: tail - _poisson_cdf(count, rate), 0.0, most)
    return low / exposure, high / exposure


def ratio_interval(
    after: int, years_after: float, before: int, years_before: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Give the exact interval of the ratio of two Poisson rates.

    Given their sum, the later count is binomial; the limits of its share (Clopper–Pearson)
    become limits of the ratio of rates.

    Parameters
    ----------
    after, before : int
        Events in the later and the earlier period.
    years_after, years_before : float
        Length of the periods.
    confidence : float
        Coverage, at least.

    Returns
    -------
    tuple of float
        Lower and upper limit of rate after : rate before; infinite where nothing happened before.

    Raises
    ------
    ValueError
        Where nothing happened in either period.

    Notes
    -----
    Przyborowski, J. and Wilenski, H. (1940), Homogeneity of results in testing samples from
    Poisson series, Biometrika 31, 313–323.
    """
    total = after + before
    if total == 0:
        raise ValueError("Nothing happened in either period; a ratio needs at least one event.")
    tail = (1 - confidence) / 2
    low = 0.0 if after == 0 else _root(lambda p: 1 - _binomial_cdf(after - 1, total, p) - tail, 0.0, 1.0)
    high = 1.0 if before == 0 else _root(lambda p: tail - _binomial_cdf(after, total, p), 0.0, 1.0)
    scale = years_before / years_after
    return low / (1 - low) * scale, math.inf if high == 1 else high / (1 - high) * scale


def before_after(
    meetings: pd.DataFrame, promise: pd.Timestamp = PROMISE, cutoff: pd.Timestamp = CUTOFF
) -> pd.DataFrame:
    """Count meetings in two periods of equal length, up to a day and after it.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.
    promise : Timestamp
        Last day of the earlier period.
    cutoff : Timestamp
        Last day of the later period.

    Returns
    -------
    DataFrame
        Indexed by mechanism, ``"all"`` last: ``before``, ``after`` (counts), ``years`` (length
        of each period), ``before_rate``, ``before_low``, ``before_high``, ``after_rate``,
        ``after_low``, ``after_high`` (meetings a year with their 95 % interval).
    """
    frame = dated(meetings)
    length = cutoff - promise
    years = length.days / 365.25
    early = frame[(frame["day"] > promise - length) & (frame["day"] <= promise)]
    late = frame[(frame["day"] > promise) & (frame["day"] <= cutoff)]
    names = [*dict.fromkeys(frame["mechanism"]), "all"]
    rows = {}
    for name in names:
        counts = [len(part if name == "all" else part[part["mechanism"] == name]) for part in (early, late)]
        rows[name] = _rates(counts, years)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("mechanism")


def _rates(counts: list[int], years: float) -> dict:
    """Two counts as rates with intervals."""
    row = {"before": counts[0], "after": counts[1], "years": years}
    for period, count in zip(("before", "after"), counts, strict=True):
        low, high = poisson_interval(count, years)
        row |= {f"{period}_rate": count / years, f"{period}_low": low, f"{period}_high": high}
    return row


def yearly_counts(meetings: pd.DataFrame) -> pd.DataFrame:
    """Count meetings by series and calendar year; years without one are left out.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.

    Returns
    -------
    DataFrame
        Columns ``mechanism``, ``year``, ``meetings``.
    """
    years = meetings.assign(year=meetings["date"].str[:4].astype(int))
    return years.groupby(["mechanism", "year"]).size().rename("meetings").reset_index()


def visits_by_decade(visits: pd.DataFrame) -> pd.DataFrame:
    """Count visits of presidents by decade and direction.

    Parameters
    ----------
    visits : DataFrame
        Table ``leader_visits``; prime ministers and a president-elect are left out, acting
        heads of state are counted.

    Returns
    -------
    DataFrame
        Columns ``decade`` (its first year), ``direction``, ``visits``; zero where there was none.
    """
    heads = visits[visits["office"].isin(["president", "acting head of state"])]
    decades = heads["start"].str[:3].astype(int) * 10
    counts = heads.assign(decade=decades).groupby(["decade", "direction"]).size()
    return counts.unstack(fill_value=0).stack().rename("visits").reset_index()


def distances(points: pd.DataFrame, origin: str = "USA") -> pd.DataFrame:
    """Measure how far other states’ ideal points lie from one state’s.

    The half-width joins the two published 90 % intervals as if errors were independent and
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
        yearly = scores.groupby(votes.loc[scores.index, "year"]).agg(agreement="mean", votes="size").reset_index()
        frames.append(yearly.assign(country=other.upper()))
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


def _poisson_cdf(count: int, rate: float) -> float:
    """Probability of at most `count` events."""
    term = total = math.exp(-rate)
    for k in range(1, count + 1):
        term *= rate / k
        total += term
    return total


def _binomial_cdf(count: int, trials: int, p: float) -> float:
    """Probability of at most `count` successes."""
    return sum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(count + 1))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where an increasing function crosses zero, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2
