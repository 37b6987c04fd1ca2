"""Exact intervals for rates behind small counts, and for the ratio of two such rates."""

import math
from collections.abc import Callable


def rate_interval(count: int, exposure: float = 1.0, confidence: float = 0.95) -> tuple[float, float]:
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
    >>> [round(limit, 2) for limit in rate_interval(3)]
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
