"""Deterrence and the ministers’ meetings: what stands behind the shared vision of March 18, 2021.

Military expenditure, U.S. soldiers, tests of North Korea (DPRK), consultations between the allies, arms deliveries:
each is a table of the book, and this module puts it into proportion. It describes. Nothing in it shows
that one thing caused another; `coincidence` says how often two calendars would meet by chance.

Conventions
-----------
* A *yearly Series* is a Series of numbers indexed by calendar year.
* Days are `Timestamp` at midnight. A row that gives only a month has no day and is left out of what counts days.
* Everything is a pure function: no file, no network, no chart.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from alliance import series
from alliance.rows import rows_of

#: Month of the yearly report from 1957 on; earlier reports are of June.
SEPTEMBER = 9

#: Missiles launched in each year with a launch, as counted by the James Martin Center for Nonproliferation
#: Studies (CNS/NTI North Korea Missile Test Database, copy of May 2019). The list is built on this database: that
#: the two agree shows a faithful copy, not a second witness.
CNS_COUNTS = {
    1984: 6,
    1986: 1,
    1990: 2,
    1991: 1,
    1992: 1,
    1993: 4,
    1998: 1,
    2006: 7,
    2009: 8,
    2012: 2,
    2013: 6,
    2014: 19,
    2015: 15,
    2016: 24,
    2017: 21,
}


def expenditure(table: pd.DataFrame, country: str, column: str = "expenditure_m_usd_2023") -> pd.Series:
    """Take one country's military expenditure as a yearly Series.

    Parameters
    ----------
    table : DataFrame
        Table ``military_expenditure``.
    country : str
        ISO code.
    column : str
        ``expenditure_m_usd_2023`` (million dollars of 2023) or ``share_gdp_pct``.

    Returns
    -------
    Series
        Indexed by year; unknown years are left out.

    Raises
    ------
    ValueError
        The table does not hold the country or the column.
    """
    return series.yearly(table, column, country)


def ratio(table: pd.DataFrame, country: str, other: str) -> pd.Series:
    """Divide one country's military expenditure by another's, in constant dollars.

    Constant dollars are converted at market exchange rates of one year, so the level of a ratio depends on
    that year's rates; its course does not.

    Returns
    -------
    Series
        Ratio, indexed by the years both countries have.
    """
    return (expenditure(table, country) / expenditure(table, other)).dropna()


def strength(troops: pd.DataFrame, country: str) -> pd.Series:
    """Pick one count of U.S. soldiers a year: the September report, and the June report before 1957.

    Parameters
    ----------
    troops : DataFrame
        Table ``us_troops_abroad``.
    country : str
        ISO code of the host.

    Returns
    -------
    Series
        Persons, indexed by year. Years without such a report are absent, not filled.

    Raises
    ------
    ValueError
        The table does not hold the country.
    """
    reports = rows_of(troops, country)
    kept = reports[(reports["month"] == SEPTEMBER) | ((reports["month"] == 6) & (reports["year"] < 1957))]
    return kept.set_index("year")["active_duty"].sort_index()


def levels(counts: pd.Series, steps: Iterable[int]) -> pd.DataFrame:
    """Return the average of a count before the first step, between steps, and after the last.

    Parameters
    ----------
    counts : Series
        By year, as `strength` returns them.
    steps : iterable of int
        First year of each new level, ascending.

    Returns
    -------
    DataFrame
        One row for each level: `first` and `last` year with a report, and `average` of the reports.
    """
    level = pd.Series(np.searchsorted(list(steps), counts.index, side="right"), index=counts.index)
    years = counts.index.to_series().groupby(level).agg(["first", "last"])
    return years.assign(average=counts.groupby(level).mean())


def by_year(tests: pd.DataFrame) -> pd.Series:
    """Count the missiles launched in each year from the first to the last of the table, zeros included.

    Parameters
    ----------
    tests : DataFrame
        Table ``missile_tests``.
    """
    counts = tests.groupby("year")["missiles"].sum()
    return counts.reindex(range(int(counts.index.min()), int(counts.index.max()) + 1), fill_value=0)


#: The consultations that deal with defense and deterrence, by their short names.
CONSULTATIONS = {
    "2+2 ministerial": "2+2",
    "Security Consultative Meeting": "SCM",
    "Extended Deterrence Strategy and Consultation Group": "EDSCG",
    "Nuclear Consultative Group": "NCG",
}


def consultations(meetings: pd.DataFrame) -> pd.DataFrame:
    """Pick from all meetings the four consultations on defense and deterrence.

    Parameters
    ----------
    meetings : DataFrame
        Table ``dialogue_meetings``.

    Returns
    -------
    DataFrame
        Its rows of those mechanisms, ``mechanism`` by its short name (`CONSULTATIONS`). The Integrated Defense
        Dialogue, in which officials prepare the ministers' meetings, is not among them.
    """
    chosen = meetings[meetings["mechanism"].isin(CONSULTATIONS)]
    return chosen.assign(mechanism=chosen["mechanism"].map(CONSULTATIONS)).reset_index(drop=True)


def launch_days(tests: pd.DataFrame, first: str, last: str) -> pd.DatetimeIndex:
    """List the days with at least one launch, between two days, both included.

    Rows that give only a month are left out.
    """
    days = pd.DatetimeIndex(pd.to_datetime(tests.loc[tests["date"].str.len() == 10, "date"].unique())).sort_values()
    return days[(days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last))]


def longest_silence(days: pd.DatetimeIndex) -> tuple[pd.Timestamp, pd.Timestamp, int]:
    """Find the longest stretch between two successive days of a calendar.

    Returns
    -------
    tuple
        The day before it, the day that ends it, and the days from one to the other.

    Raises
    ------
    ValueError
        Fewer than two days are given.
    """
    if len(days) < 2:
        raise ValueError(f"A silence lies between two days; {len(days)} given.")
    ordered = days.sort_values()
    steps = (ordered[1:] - ordered[:-1]).days
    at = int(steps.argmax())
    return ordered[at], ordered[at + 1], int(steps[at])


def coincidence(
    meetings: Iterable, launches: Iterable, window: int, first: str, last: str, season: int | None = None
) -> pd.Series:
    """Compare launch days near meetings with what the two calendars would give by chance.

    Counted are the launch days that lie within `window` days of a meeting, before or after. The yardstick
    is every shift of the calendar of launches against that of the meetings by one day, two days and so on,
    with what falls off the end put back at the start. Shifting keeps the bursts and silences of launches
    together, which a comparison with independent days would not.

    Parameters
    ----------
    meetings, launches : iterable of day
        The two calendars; days outside `first` to `last` are ignored.
    window : int
        Days on each side of a meeting that count as near.
    first, last : str
        The period, both days included.
    season : int, optional
        Compare only with shifts that lie within so many days of a whole number of years: the
        calendars then keep their seasons. Such shifts are few and overlap.

    Returns
    -------
    Series
        ``launch_days``, ``near`` (observed), ``share_of_days_near`` (percent of all days near a meeting),
        ``expected`` (mean over all shifts), ``low`` and ``high`` (middle 90 percent of shifts) and
        ``shifts_at_least`` (percent of shifts with as many near days or more).

    Notes
    -----
    A test by circular shifts: a day that lies near two meetings counts once, and bursts of launches
    stay whole. Neighboring shifts resemble each other, so that the shares rest on far fewer than
    all shifts. It says how unusual the coincidence is, never why.
    """
    length = (pd.Timestamp(last) - pd.Timestamp(first)).days + 1
    days = np.arange(length)
    met, shot = (
        (pd.DatetimeIndex(list(calendar)) - pd.Timestamp(first)).days.to_numpy() for calendar in (meetings, launches)
    )
    near, launched = (abs(days[:, None] - met) <= window).any(axis=1), np.isin(days, shot)
    shifts = [shift for shift in range(length) if season is None or _off_season(shift) <= season]
    counts = pd.Series(_at_each_shift(near, launched)[shifts])
    return pd.Series(
        {
            "launch_days": int(launched.sum()),
            "near": int(counts[0]),
            "share_of_days_near": 100 * near.mean(),
            "expected": counts.mean(),
            "low": counts.quantile(0.05),
            "high": counts.quantile(0.95),
            "shifts_at_least": 100 * (counts >= counts[0]).mean(),
        }
    )


def _at_each_shift(near: np.ndarray, launched: np.ndarray) -> np.ndarray:
    """Count the launch days that are near when the calendar of launches is shifted by no day, by one, and so on.

    All shifts at once: a circular correlation.
    """
    return np.rint(np.fft.irfft(np.fft.rfft(near) * np.conj(np.fft.rfft(launched)), len(near))).astype(int)


def _off_season(shift: int) -> float:
    """Count the days by which a shift misses a whole number of years."""
    return min(shift % 365.25, 365.25 - shift % 365.25)


def supplier_shares(imports: pd.DataFrame, years: int, last: int) -> pd.DataFrame:
    """Divide arms deliveries among the suppliers, in periods of some years that end with `last`.

    Parameters
    ----------
    imports : DataFrame
        Table ``arms_imports``.
    years : int
        Length of a period; single years swing with single ships.
    last : int
        Last year of the last period. A first period that would be incomplete is left out.

    Returns
    -------
    DataFrame
        Columns ``first``, ``last``, ``supplier``, ``tiv_m`` and ``share_pct``; shares of a period sum to 100.
    """
    rows = imports[imports["year"] <= last].copy()
    rows["last"] = last - ((last - rows["year"]) // years) * years
    rows = rows[rows["last"] - years + 1 >= imports["year"].min()]
    sums = rows.groupby(["last", "supplier"])["tiv_m"].sum().reset_index()
    sums["first"] = sums["last"] - years + 1
    sums["share_pct"] = 100 * sums["tiv_m"] / sums.groupby("last")["tiv_m"].transform("sum")
    return sums[["first", "last", "supplier", "tiv_m", "share_pct"]]
