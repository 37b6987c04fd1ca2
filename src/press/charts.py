"""Charts: the book's Altair theme, and a specification's way to SVG and to the live chart."""

import hashlib
import json
import re
from functools import cache
from html import escape
from pathlib import Path

import altair

from press import book
from press.errors import PressError

WIDE, NARROW = 700, 344  # px: a text column on a desktop, and a small phone
SANS = "'Source Sans 3', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
VEGA_LITE = "6.4"
YEARS = altair.X("year:Q", title=None).axis(format="d", tickCount=6).scale(zero=False, nice=False)  # an axis of years
POINT = altair.OverlayMarkDef(size=90, opacity=0)  # on a line: nothing to see, something to point at
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")
_ANY_COLOUR = re.compile(r'(?:fill|stroke)="(?!none|transparent|url)([^"]+)"')


@altair.theme.register("press", enable=True)
def theme() -> altair.theme.ThemeConfig:
    """One look for every chart: the book's type, quiet axes, colours that mean something."""
    ink, muted, rule = (book.colour(name) for name in ("ink", "muted", "rule"))
    chart_colours = [book.colour(name) for name in book.palette(book.root())["chart"]]
    first = chart_colours[0]
    label = {"labelColor": muted, "labelFontSize": 12, "titleColor": muted, "titleFontSize": 12, "titleFontWeight": 400}
    return {
        "config": {
            "aria": False,  # the figure carries one text for the whole chart
            "background": None,
            "font": SANS,
            "padding": {"left": 2, "top": 6, "right": 6, "bottom": 2},
            "view": {"stroke": None},
            "axis": label | {"domain": False, "grid": False, "ticks": False, "labelPadding": 6},
            "axisX": {"domain": True, "domainColor": muted, "ticks": True, "tickColor": muted, "tickSize": 4},
            "axisY": {"grid": True, "gridColor": rule, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
                      "titleX": 0, "titleY": -8, "titleBaseline": "bottom"},
            "axisBand": {"grid": False},
            "header": {"labelColor": ink, "labelFontSize": 13, "labelFontWeight": 600, "title": None},
            "legend": label | {"orient": "top", "title": None, "symbolStrokeWidth": 2, "labelLimit": 0, "offset": 28,
                               "columnPadding": 16, "labelColor": ink},
            "title": {"anchor": "start", "color": ink, "fontSize": 16, "fontWeight": 600, "subtitleColor": muted,
                      "subtitleFontSize": 13, "offset": 14},
            "range": {"category": chart_colours},
            "bar": {"color": first},
            "line": {"color": first, "strokeWidth": 2},
            "point": {"color": first, "filled": True, "size": 45, "opacity": 1},
            "rule": {"color": muted},
            "text": {"color": ink, "fontSize": 12, "font": SANS},
        }
    }  # fmt: skip


def keep(spec: dict, folder: Path) -> str:
    """Path of a file that holds the specification: in the tree of a document it would slow down every step."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()}.json"
    if not path.exists():
        _write(path, text)
    return str(path)


def kept(path: str) -> dict:
    """The specification that `keep` put there."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def widen(spec: dict, width: int = WIDE) -> dict:
    """The specification laid out for a width in px; charts set side by side keep their own widths."""
    if width < WIDE:  # on a phone the entries of a legend stand below one another
        config = spec.get("config", {})
        spec = spec | {"config": config | {"legend": config.get("legend", {}) | {"columns": 1}}}
    if any(key in spec for key in _SIDE_BY_SIDE):
        return spec
    return spec | {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}


def answers(spec: object) -> bool:
    """Whether a chart answers its reader: by a control or by a tooltip. Such charts come alive on the page."""
    if isinstance(spec, list):
        return any(map(answers, spec))
    if not isinstance(spec, dict):
        return False
    return bool(spec.get("params") or spec.get("tooltip")) or any(answers(part) for key, part in spec.items() if key not in ("datasets", "config"))


def svg(spec: dict, figure: str, cache_folder: Path, fonts: Path) -> str:
    """The specification of a figure (laid out by `widen`) as SVG text, from the cache when it was drawn before.

    Raises
    ------
    PressError
        When it does not compile, or uses a colour that the book's palette lacks.
    """
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    path = cache_folder / f"{hashlib.sha256((VEGA_LITE + text).encode()).hexdigest()}.svg"
    if not path.exists():
        _write(path, _draw(text, f"figure {figure!r}", fonts))
    return path.read_text(encoding="utf-8")


def _draw(spec: str, where: str, fonts: Path) -> str:
    try:
        drawn = _converter(fonts).vegalite_to_svg(spec, vl_version=VEGA_LITE)
    except ValueError as error:
        reason = str(error).strip().partition("\n")[0]
        raise PressError(where, f"the chart cannot be drawn: {reason}.", "Look at its transforms and encodings.") from None
    return _check_colours(drawn, where)


@cache
def _converter(fonts: Path):
    import vl_convert  # half a second: only when something is to be drawn

    vl_convert.register_font_directory(str(fonts))
    return vl_convert


def _check_colours(drawn: str, where: str) -> str:
    colours = book.palette(book.root())
    known = {shades["light"] for group in (colours["page"], colours["chart"]) for shades in group.values()}
    unknown = sorted({colour for colour in _ANY_COLOUR.findall(drawn) if colour.lower() not in known})
    if unknown:
        raise PressError(where, f"colour {unknown[0]} is not in book/palette.json.", "Use press.colour(name).")
    return drawn


def inline(drawn: str, figure: str, variant: str, alt: str) -> str:
    """SVG for the page: one image to assistive technology, ids that no other chart uses."""
    drawn = re.sub(r'\b(id="|url\(#)(\w+)', rf"\g<1>{figure}-{variant}-\g<2>", drawn)
    drawn = re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r"<svg \1>", drawn, count=1)
    drawn = re.sub(r' (class|aria-[\w]+|role)="[^"]*"', "", drawn)
    drawn = re.sub(r'<path [^>]*\bopacity="0"[^>]*/>', "", drawn)  # what is there to be pointed at in the live chart only
    return drawn.replace("<svg ", f'<svg class="chart-{variant}" role="img" aria-label="{escape(alt)}" ', 1)


def bundle(path: Path) -> Path:
    """Script that draws live charts (Vega, Vega-Lite, Vega-Embed), made once and kept at `path`."""
    if not path.exists():
        import vl_convert

        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
        _write(path, f"(function(){{{script}}})();")
    return path
