"""Policy dialogue: how often the two governments meet, who visits whom, and how alike they vote.

Meetings are counted by series (`by_series`) and by period (`before_after`), with intervals
that suit small counts (`alliance.poisson`). Votes in the United Nations
General Assembly are compared as distances of published ideal points (`distances`) and as
agreement in roll calls (`agreement`, `agreement_by_issue`).

Everything is a pure function: no file, no network, no chart.
"""

import pandas as pd

from alliance import dates
from alliance.dates import PROMISE
from alliance.poisson import rate_interval, ratio_interval
from alliance.rows import records

#: Last day for which meetings are counted: the end of the last full year.
CUTOFF = pd.Timestamp(2025, 12, 31)

#: Periods that can be compared, each as its first and last day: what stands before, what after.
WINDOWS = {
    "4.8 years to March 18, 2021, and from then on": (("2016-06-04", "2021-03-18"), ("2021-03-19", "2025-12-31")),
    "2016–2020 and 2021–2025": (("2016-01-01", "2020-12-31"), ("2021-01-01", "2025-12-31")),
    "2012–2020 and 2021–2025": (("2012-01-01", "2020-12-31"), ("2021-01-01", "2025-12-31")),
}

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
    days = pd.to_datetime(meetings["date"].map(dates.day))
    frame = meetings.assign(day=days, slack_days=meetings["precision"].map(SLACK))
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


def by_series(meetings: pd.DataFrame, cutoff: pd.Timestamp = CUTOFF) -> pd.DataFrame:
    """Summarize each series: how many meetings, how far apart, the longest silence.

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
    """Write one series’ line in `by_series`."""
    last = group["day"].max()
    since = (cutoff - last).days
    spans = [(row.days, row.start, row.end, False) for row in records(closed)] + [(since, last, cutoff, True)]
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
        ``after_low``, ``after_high`` (meetings a year with their 95 percent interval).
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
    """Turn two counts into rates with intervals."""
    row = {"before": counts[0], "after": counts[1], "years": years}
    for period, count in zip(("before", "after"), counts, strict=True):
        low, high = rate_interval(count, years)
        row |= {f"{period}_rate": count / years, f"{period}_low": low, f"{period}_high": high}
    return row


def grouped_rates(meetings: pd.DataFrame, groups: dict[str, list[str]]) -> pd.DataFrame:
    """Compare how often groups of series met before and after the promise.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it.
    groups : dict
        Name of a group → the series (``mechanism``) in it.

    Returns
    -------
    DataFrame
        Columns of `before_after`, indexed by ``group``.
    """
    rows = [
        before_after(meetings[meetings["mechanism"].isin(names)]).loc[["all"]].assign(group=group)
        for group, names in groups.items()
    ]
    return pd.concat(rows).set_index("group")


def windows(meetings: pd.DataFrame) -> pd.DataFrame:
    """Compare how often meetings were held before and after, in each of the `WINDOWS`.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``, or rows of it, with a meeting in each earlier period.

    Returns
    -------
    DataFrame
        Indexed by window: ``before``, ``after`` (counts), ``before_rate``, ``after_rate`` (a year),
        ``ratio`` of the rates with its exact 95 percent interval ``low``, ``high``.
    """
    frame = dated(meetings)
    rows = {}
    for name, periods in WINDOWS.items():
        spans = [(pd.Timestamp(first), pd.Timestamp(last)) for first, last in periods]
        before, after = (int(frame["day"].between(first, last).sum()) for first, last in spans)
        early, late = (((last - first).days + 1) / 365.25 for first, last in spans)
        low, high = ratio_interval(after, late, before, early)
        rates = {"before_rate": before / early, "after_rate": after / late}
        ratio = rates["after_rate"] / rates["before_rate"]
        rows[name] = {"before": before, "after": after, **rates, "ratio": ratio, "low": low, "high": high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("window")


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
    wide = counts.unstack(fill_value=0).reset_index()
    return wide.melt("decade", value_name="visits").sort_values(["decade", "direction"], ignore_index=True)


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
