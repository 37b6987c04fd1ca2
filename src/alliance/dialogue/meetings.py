"""Meetings and visits: how many there were in a series or a period, and how far apart."""

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
#: Offices whose journeys count as visits of leaders by decade.
LEADERS = ["president", "acting head of state", "chairman of the ruling council"]


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
        Table ``leader_visits``; prime ministers and a president-elect are left out, Park
        Chung Hee’s visits before he was president are counted.

    Returns
    -------
    DataFrame
        Columns ``decade`` (its first year), ``direction``, ``visits``; zero where there was none.
    """
    heads = visits[visits["office"].isin(LEADERS)]
    decades = heads["start"].str[:3].astype(int) * 10
    counts = heads.assign(decade=decades).groupby(["decade", "direction"]).size()
    wide = counts.unstack(fill_value=0).reset_index()
    return wide.melt("decade", value_name="visits").sort_values(["decade", "direction"], ignore_index=True)
