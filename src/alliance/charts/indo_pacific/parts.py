"""What several charts of the chapter share: colors, axes of years, lines, names at their ends, lists in words."""

from collections.abc import Iterable

import altair as alt
import pandas as pd

from alliance.charts.marks import end_labels, series_colors
from alliance.countries import NAMES

ALLIES = ["KOR", "USA"]
MONEY = alt.Tooltip("million:Q", title="million dollars", format=",.1f")
YEAR = alt.Tooltip("year:Q", title="year")


def country_colors(codes: list[str], field: str = "name:N", **channel) -> alt.Color:
    """Return the color of each country, by its name; gray for those without one of their own."""
    own = {"KOR", "USA", "JPN", "CHN", "AUS"}
    return series_colors({NAMES[c]: c.lower() if c in own else "other" for c in codes}, field, **channel)


def year_axis(ticks: list[int], end: float) -> alt.X:
    """Return an axis from the first tick to `end`, the last year of the data."""
    axis = alt.X("year:Q", title=None).axis(format="d", values=ticks)
    return axis.scale(domain=[ticks[0], end], nice=False, zero=False)


def named_lines(frame: pd.DataFrame, x: alt.X, y: alt.Y, colors: alt.Color, tooltip: list) -> alt.Chart:
    """Return one line for each name, without its label."""
    return alt.Chart(frame).mark_line().encode(x=x, y=y, color=colors, tooltip=tooltip)


def ends_apart(ends: pd.DataFrame, x: alt.X, y: str, colors: alt.Color, shifts: dict[str, int]) -> list[alt.Chart]:
    """Return names at the ends of lines; `shifts` says which stand how many px lower than their points."""
    moved = ends["name"].map(shifts).fillna(0)
    return [end_labels(ends[moved == by], x, y, dy=int(by)).encode(color=colors) for by in sorted(set(moved))]


def listed(intro: str, items: Iterable[str]) -> str:
    """Return an introduction and items as a sentence of a chart's description."""
    return intro + "; ".join(items) + "."
