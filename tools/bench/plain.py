"""What a chapter calls, as Altair and pandas show things by themselves: takes the press's place in a stock book."""

import altair
from IPython.display import display
from myst_nb import glue

from press.chapter import theme  # noqa: F401 – registers the look of every chart

altair.renderers.enable("default")


def number(id, value, form="{}"):
    """Keep a number for the prose."""
    glue(id, form.format(value), display=False)


def claim(id, holds, statement):
    """Stop where a statement is untrue."""
    assert holds, statement


def figure(chart, *, title, subtitle, **_):
    """Show a chart with its title."""
    display(chart.properties(title=altair.Title(title, subtitle=subtitle, anchor="start")))


def table(frame, *, columns, **_):
    """Show the columns of a table that a reader sees."""
    display(frame[list(columns)].rename(columns=columns))
