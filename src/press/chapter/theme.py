"""The theme of every chart: type, colors, quiet axes, and the marks and axes that charts share."""

from typing import Any, cast

import altair
from altair.utils import schemapi

from press import patches
from press.charts.layout import SANS
from press.project import color, find_root, load_palette

__all__ = ["POINT", "YEARS", "color", "theme"]

patches.cache_altair_class_lookup()
patches.copy_altair_charts_quickly()
schemapi.disable_debug_mode()  # a chart is checked as a whole when it is shown, not again at every part it is made of

YEARS = altair.X("year:Q", title=None).axis(format="d", tickCount=6).scale(zero=False, nice=False)  # an axis of years
POINT = altair.OverlayMarkDef(size=90, opacity=0)  # on a line: nothing to see, something to point at


@altair.theme.register("press", enable=True)
def theme() -> altair.theme.ThemeConfig:
    """Return the theme of every chart: the book's type, quiet axes, colors that mean something."""
    config = _general() | _axes() | _marks()
    return {"config": cast(altair.theme.ConfigKwds, config)}


def _general() -> dict[str, Any]:
    ink, muted = color("ink"), color("muted")
    return {
        "aria": False,  # the figure carries one text for the whole chart
        "background": None,
        "font": SANS,
        "padding": {"left": 2, "top": 6, "right": 6, "bottom": 2},
        "view": {"stroke": None},
        "header": {"labelColor": ink, "labelFontSize": 14, "labelFontWeight": 600, "title": None},
        "title": {
            "anchor": "start",
            "color": ink,
            "fontSize": 16,
            "fontWeight": 600,
            "subtitleColor": muted,
            "subtitleFontSize": 13,
            "offset": 14,
        },
    }


def _axes() -> dict[str, Any]:
    ink, muted = color("ink"), color("muted")
    label = {"labelColor": muted, "labelFontSize": 13, "titleColor": muted, "titleFontSize": 13, "titleFontWeight": 400}
    title_above = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -8}
    legend = {
        "orient": "top",
        "title": None,
        "symbolStrokeWidth": 2,
        "labelLimit": 0,
        "offset": 28,
        "columnPadding": 16,
        "rowPadding": 10,  # a finger finds each entry
    }
    return {
        "axis": label | {"domain": False, "grid": False, "ticks": False, "labelPadding": 6, "labelSeparation": 12},
        "axisX": {"domain": True, "domainColor": muted, "ticks": True, "tickColor": muted, "tickSize": 4},
        "axisY": {"grid": True, "gridColor": color("rule"), "titleBaseline": "bottom"} | title_above,
        "axisBand": {"grid": False},
        "legend": label | legend | {"labelColor": ink, "labelFontSize": 14},
    }


def _marks() -> dict[str, Any]:
    colors = [color(name) for name in load_palette(find_root())["chart"]]
    return {
        "range": {"category": colors},
        "bar": {"color": colors[0]},
        "line": {"color": colors[0], "strokeWidth": 2},
        "point": {"color": colors[0], "filled": True, "size": 45, "opacity": 1},
        "rule": {"color": color("muted")},
        "text": {"color": color("ink"), "fontSize": 14, "font": SANS},
    }
