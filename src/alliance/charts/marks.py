"""Marks that the charts of several chapters share: labels, rules, hollow points, country colors, panels."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from press.chapter.theme import color

#: What Altair takes for a position: a shorthand or a channel.
Channel = Any


def end_labels(frame: pd.DataFrame, x: Channel, y: Channel, text: str = "name", **mark: Any) -> alt.Chart:
    """Return names at the ends of lines, in place of a legend.

    Parameters
    ----------
    frame : DataFrame
        One row for each label: the last point of its line, and the column `text`.
    x, y : str or Altair channel
        As in the chart of the lines.
    text : str
        Column of the words to print.
    mark
        What differs from the usual mark, such as `dy=-3` or `color=color("kor")`.
    """
    usual: dict[str, Any] = {"align": "left", "dx": 6, "fontWeight": 600}
    return alt.Chart(frame).mark_text(**usual | mark).encode(x=x, y=y, text=text)


def event_rules(
    events: pd.DataFrame, x: Channel, text: str = "text", dash: Sequence[int] = (2, 3), **label: Any
) -> alt.LayerChart:
    """Return thin dashed rules at events, each with its words beside it.

    Parameters
    ----------
    events : DataFrame
        One row for each event: its place on the axis, and the column `text`.
    x : str or Altair channel
        Where the rule stands.
    dash : pair of int
        Lengths of stroke and gap, in px.
    label
        What differs from the usual label, such as `align="right"` and `dx=-4`.
    """
    base = alt.Chart(events).encode(x=x)
    mark: dict[str, Any] = {"align": "left", "dx": 4, "y": 4, "color": color("muted")} | label
    return base.mark_rule(strokeDash=list(dash)) + base.mark_text(**mark).encode(text=text)


def reference_line(value: float, channel: str = "y", **mark: Any) -> alt.Chart:
    """Return a dashed line at one value of the axis `channel` (`"x"` or `"y"`): parity, an average, a target."""
    usual: dict[str, Any] = {"strokeDash": [4, 3], "color": color("muted")}
    place: dict[str, Any] = {channel: f"{channel}:Q"}
    return alt.Chart(pd.DataFrame({channel: [value]})).mark_rule(**usual | mark).encode(**place)


def hollow_points(frame: pd.DataFrame, x: Channel, y: Channel, hue: str = "kor", **mark: Any) -> alt.Chart:
    """Return white points with a rim, over values that are computed, provisional, or from one source.

    Parameters
    ----------
    frame : DataFrame
        The rows to mark.
    x, y : str or Altair channel
        As in the chart below.
    hue : str
        Name of the rim's color in the palette.
    """
    usual: dict[str, Any] = {"size": 42, "fill": color("paper"), "stroke": color(hue), "strokeWidth": 1.6, "opacity": 1}
    return alt.Chart(frame).mark_circle(**usual | mark).encode(x=x, y=y)


def series_colors(colors: dict[str, str], field: str = "name:N", **channel: Any) -> alt.Color:
    """Return the color of each series, without a legend: series → name of a color in the palette."""
    hues = [color(name) for name in colors.values()]
    usual: dict[str, Any] = {"legend": None}
    return alt.Color(field, **usual | channel).scale(domain=list(colors), range=hues)


def panels(*charts: Any, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Return charts side by side, or below one another where the page is narrow."""
    return alt.vconcat(*charts) if narrow else alt.hconcat(*charts)


def chooser(name: str, options: list[str], label: str, value: str | None = None) -> alt.Parameter:
    """Return a parameter that a reader sets by a menu below the chart; print shows its first value.

    Parameters
    ----------
    name : str
        What the chart's expressions call it.
    options : list of str
        The entries of the menu.
    label : str
        The words before the menu, such as `"Imports of "`.
    value : str, optional
        Chosen at first; without it the first option.
    """
    return alt.param(name=name, value=value or options[0], bind=alt.binding_select(options=options, name=label))
