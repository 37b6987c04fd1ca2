"""The theme of every chart: type, colors, quiet axes, and the marks and axes that charts share."""

import altair
from altair.utils import schemapi

from press.charts.layout import SANS
from press.extension import patches
from press.project import color, find_root, load_palette

__all__ = ["POINT", "YEARS", "color", "theme"]

schemapi.disable_debug_mode()  # a chart is checked as a whole when it is shown, not again at every part it is made of

YEARS = altair.X("year:Q", title=None).axis(format="d", tickCount=6).scale(zero=False, nice=False)  # an axis of years
POINT = altair.OverlayMarkDef(size=90, opacity=0)  # on a line: nothing to see, something to point at

patches.cache_altair_class_lookup()


@altair.theme.register("press", enable=True)
def theme() -> altair.theme.ThemeConfig:
    """One look for every chart: the book's type, quiet axes, colors that mean something."""
    ink, muted, rule = (color(name) for name in ("ink", "muted", "rule"))
    chart_colors = [color(name) for name in load_palette(find_root())["chart"]]
    first = chart_colors[0]
    label = {"labelColor": muted, "labelFontSize": 12, "titleColor": muted, "titleFontSize": 12, "titleFontWeight": 400}
    return {
        "config": {
            "aria": False,  # the figure carries one text for the whole chart
            "background": None,
            "font": SANS,
            "padding": {"left": 2, "top": 6, "right": 6, "bottom": 2},
            "view": {"stroke": None},
            "axis": label | {"domain": False, "grid": False, "ticks": False, "labelPadding": 6, "labelSeparation": 12},
            "axisX": {"domain": True, "domainColor": muted, "ticks": True, "tickColor": muted, "tickSize": 4},
            "axisY": {
                "grid": True,
                "gridColor": rule,
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleX": 0,
                "titleY": -8,
                "titleBaseline": "bottom",
            },
            "axisBand": {"grid": False},
            "header": {"labelColor": ink, "labelFontSize": 13, "labelFontWeight": 600, "title": None},
            "legend": label
            | {
                "orient": "top",
                "title": None,
                "symbolStrokeWidth": 2,
                "labelLimit": 0,
                "offset": 28,
                "columnPadding": 16,
                "labelColor": ink,
            },
            "title": {
                "anchor": "start",
                "color": ink,
                "fontSize": 16,
                "fontWeight": 600,
                "subtitleColor": muted,
                "subtitleFontSize": 13,
                "offset": 14,
            },
            "range": {"category": chart_colors},
            "bar": {"color": first},
            "line": {"color": first, "strokeWidth": 2},
            "point": {"color": first, "filled": True, "size": 45, "opacity": 1},
            "rule": {"color": muted},
            "text": {"color": ink, "fontSize": 12, "font": SANS},
        }
    }
