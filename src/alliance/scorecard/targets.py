"""The pace of a target: what has changed since its base year, against what has to change."""

import math
from collections.abc import Iterable

from alliance.scorecard.evidence import Item


def pace(base: tuple[float, float], level: tuple[float, float], goal: tuple[float, float]) -> float:
    """Compare the yearly change achieved with the yearly change required.

    Growth rates are compared, as Open SDG does; where the goal is zero, which no growth rate reaches, straight
    lines are.

    Parameters
    ----------
    base, level, goal : tuple of float
        Year and value: of the base, of the latest figure, of what is aimed at.

    Returns
    -------
    float
        1 is exactly on the way; negative is the wrong way.

    Notes
    -----
    Open SDG, Progress measurement methodology: observed over required compound annual growth rate.

    Examples
    --------
    >>> round(pace((2018, 100), (2024, 80), (2030, 64)), 2)
    1.0
    >>> pace((2020, 100), (2035, 50), (2050, 0))
    1.0
    """
    (start, first), (now, latest), (end, aim) = base, level, goal
    if aim == 0:
        return ((first - latest) / (now - start)) / (first / (end - start))
    return (math.log(latest / first) / (now - start)) / (math.log(aim / first) / (end - start))


def straight_pace(base: tuple[float, float], level: tuple[float, float], goal: tuple[float, float]) -> float:
    """Compare the change achieved with the change due by then on a straight line from base to goal."""
    (start, first), (now, latest), (end, aim) = base, level, goal
    return ((first - latest) / (now - start)) / ((first - aim) / (end - start))


def figures(seen: Iterable[Item]) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Take base, latest level and goal of a target, each as year and value."""
    points = {
        item.effect: (float(item.day.year), float(item.value))
        for item in seen
        if item.effect in ("base", "level", "goal")
    }
    if len(points) < 3:
        found = ", ".join(points) or "none of them"
        raise ValueError(f"A target needs a base, a level and a goal; known by the cut-off are {found}.")
    return points["base"], points["level"], points["goal"]
