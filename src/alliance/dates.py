"""Dates as the tables write them: a day, a month or a year – YYYY-MM-DD, YYYY-MM or YYYY.

A date is written as precisely as the event is known. `span` says which days it may mean, `day` gives the one day to
reckon with.
"""

import re
from typing import NamedTuple

import pandas as pd
from pandas.api.typing import NaTType

#: Day of the joint ministerial and of the fact sheet that holds the promises.
PROMISE = pd.Timestamp(2021, 3, 18)

#: What a date looks like. That the month and the day exist is not checked by the form.
FORM = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)

# Length of the text: (frequency of the period, precision, what makes the text the day to reckon with).
_KINDS = {4: ("Y", "year", "-07-01"), 7: ("M", "month", "-15"), 10: ("D", "day", "")}


class Span(NamedTuple):
    """The days that a date may mean.

    ``earliest`` and ``latest`` are the first and the last of them (NaT where nothing is known), ``precision`` is
    ``"day"``, ``"month"``, ``"year"`` or ``"not known"``.
    """

    earliest: pd.Timestamp | NaTType
    latest: pd.Timestamp | NaTType
    precision: str


def decimal_year(day: str | pd.Timestamp) -> float:
    """Return a day as a year with its fraction, for axes of years.

    Examples
    --------
    >>> decimal_year("2021-01-01"), round(decimal_year("2021-07-02"), 2)
    (2021.0, 2021.5)
    """
    day = pd.Timestamp(day)
    return day.year + (day.day_of_year - 1) / (366 if day.is_leap_year else 365)


def span(text: str | None) -> Span:
    """Find the earliest and the latest day that a date may mean, and how precise it is.

    Parameters
    ----------
    text : str or None
        YYYY-MM-DD, YYYY-MM or YYYY; empty or missing where the date is not known.

    Returns
    -------
    Span

    Raises
    ------
    ValueError
        For a date in another form, or a month or day that does not exist.

    Examples
    --------
    >>> [str(one.date()) for one in span("2009-03")[:2]]
    ['2009-03-01', '2009-03-31']
    """
    if pd.isna(text) or text == "":
        return Span(pd.NaT, pd.NaT, "not known")
    period = _period(text, "write YYYY-MM-DD, YYYY-MM or YYYY, or leave it empty")
    return Span(period.start_time, period.end_time.normalize(), _KINDS[len(text)][1])


def day(text: str) -> pd.Timestamp:
    """Give the day to reckon with: a month stands for its fifteenth day, a year for July 1.

    Parameters
    ----------
    text : str
        YYYY-MM-DD, YYYY-MM or YYYY.

    Returns
    -------
    Timestamp

    Raises
    ------
    ValueError
        For a date in another form, or a month or day that does not exist.

    Examples
    --------
    >>> [str(day(text).date()) for text in ("2024-06-05", "2024-11", "2018")]
    ['2024-06-05', '2024-11-15', '2018-07-01']
    """
    _period(text, "write YYYY-MM-DD, YYYY-MM or YYYY")
    return pd.Timestamp(text + _KINDS[len(text)][2])


def in_words(text: str) -> str:
    """Write a date as the prose does, as precisely as it is known.

    Examples
    --------
    >>> in_words("2021-03-18"), in_words("2024-11"), in_words("2018")
    ('March 18, 2021', 'November 2024', '2018')
    """
    first = _period(text, "write YYYY-MM-DD, YYYY-MM or YYYY").start_time
    return {4: f"{first.year}", 7: f"{first:%B %Y}", 10: f"{first:%B} {first.day}, {first.year}"}[len(text)]


def _period(text: str, remedy: str) -> pd.Period:
    """Read a date as the period it names; the message of the error ends with the remedy."""
    if FORM.fullmatch(text):
        try:
            return pd.Period(text, freq=_KINDS[len(text)][0])
        except ValueError:
            pass
    raise ValueError(f"{text!r} is not a date; {remedy}.")
