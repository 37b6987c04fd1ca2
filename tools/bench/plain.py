"""The words of a chapter as Altair and pandas show things by themselves: takes the place of the press in a stock book."""

import altair
from IPython.display import display
from myst_nb import glue

from press.chapter import theme  # noqa: F401 – registers the look of every chart

altair.renderers.enable("default")


def number(id, value, form="{}"):
    glue(id, form.format(value), display=False)


def claim(id, holds, statement):
    assert holds, statement


def figure(chart, *, title, subtitle, **_):
    display(chart.properties(title=altair.Title(title, subtitle=subtitle, anchor="start")))


def table(frame, *, columns, **_):
    display(frame[list(columns)].rename(columns=columns))
