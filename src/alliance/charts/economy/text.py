"""Labels at the ends of lines that keep apart, and room for them where a reader's type is wider than ours."""

import pandas as pd

#: Space around a chart, px, where words stand right of the marks, or left of them.
ROOM_RIGHT = {"left": 5, "top": 5, "right": 26, "bottom": 5}
ROOM_LEFT = {"left": 26, "top": 5, "right": 5, "bottom": 5}


def spread(values: pd.Series, least: float) -> pd.Series:
    """Return places for labels near their values, with at least a distance between any two, in the same order.

    Parameters
    ----------
    values : Series
        Where the labels would stand, in units of the axis, indexed by what they name.
    least : float
        The smallest distance between two labels, in the same unit.
    """
    ordered = values.sort_values()
    groups: list[list[float]] = []  # of labels that touch: their values
    for value in ordered:
        groups.append([value])
        while len(groups) > 1 and _start(groups[-1], least) - _end(groups[-2], least) < least:
            groups[-2:] = [groups[-2] + groups[-1]]
    places = [_start(group, least) + least * place for group in groups for place in range(len(group))]
    return pd.Series(places, index=ordered.index)[values.index]


def _start(group: list[float], least: float) -> float:
    return sum(group) / len(group) - least * (len(group) - 1) / 2


def _end(group: list[float], least: float) -> float:
    return _start(group, least) + least * (len(group) - 1)
