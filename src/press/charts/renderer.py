"""The renderer: charts to SVG by the same script that draws the live ones, to PNG by what sets the PDF.

The script runs in a JavaScript engine without a page. It measures text by the book's own type,
so that a chart is laid out alike on every machine.
"""

import io
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from press import project
from press.charts import fonts
from press.charts.svg import size
from press.errors import PressError

VEGA, VEGA_LITE = "6.2.0", "6.4.1"  # the newest that vl-convert carries
_BUNDLE = f"""
import * as grammar from "https://cdn.jsdelivr.net/npm/vega@{VEGA}/+esm";
import * as lite from "https://cdn.jsdelivr.net/npm/vega-lite@{VEGA_LITE}/+esm";
Object.assign(window, {{ vega: grammar, vegaLite: lite, vegaEmbed }});
"""


_DRAW = (Path(__file__).parents[1] / "theme" / "draw.js").read_text(encoding="utf-8")
_COLORS = 32  # of a small picture
_HANGUL = 0.92  # em; a syllable in Noto Sans KR, and near enough for any letter that the book's sans lacks
_TAG = re.compile(r"<[^>]+>")
_ANY_COLOR = re.compile(r'(?:fill|stroke)="(?!none|transparent|url)([^"]+)"')


def script_bundle(cache_dir: Path) -> Path:
    """Return the script that draws (Vega, Vega-Lite, Vega-Embed), made once and kept in the cache directory."""
    path = project.cache_path(cache_dir / "scripts", "js", _BUNDLE)
    if not path.exists():
        import vl_convert  # it carries these scripts, and joins them without a network

        script = vl_convert.javascript_bundle(_BUNDLE, vl_version=VEGA_LITE.rpartition(".")[0])
        project.write_atomic(path, f"(function(){{{script}}})();".encode())
    return path


def render_svg(spec: dict, figure: str, cache_dir: Path, any_color: bool = False) -> str:
    """Return the specification of a figure (laid out by `layout.widen`) as SVG text.

    It is drawn once for a specification and kept in the cache directory. `any_color` lets it use colors that the
    book's palette lacks.

    Raises
    ------
    PressError
        When it does not compile, or uses a color that the book's palette lacks.
    """
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    path = project.cache_path(cache_dir / "charts", "svg", _BUNDLE, _DRAW, text)
    if not path.exists():
        drawn = json.loads(_draw(text, cache_dir))
        if "error" in drawn:
            raise PressError(
                f"figure {figure!r}",
                f"the chart cannot be drawn: {drawn['error']}.",
                "Look at its transforms and encodings.",
            )
        if not any_color:
            _check_colors(drawn["svg"], f"figure {figure!r}")
        project.write_atomic(path, drawn["svg"].encode())
    return path.read_text(encoding="utf-8")


def _draw(text: str, cache_dir: Path) -> str:
    """Draw in a thread of its own: the engine refuses to wait where an event loop runs, as in a notebook."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: _engine(cache_dir, os.getpid()).eval("draw")(text).get()).result()


@cache
def _engine(cache_dir: Path, process: int):
    """Return a JavaScript engine that has read the script; it has threads, so each process has its own.

    In a fork that of the parent is kept: to close it would wait for ever for threads that are not there.
    """
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(f"const ADVANCES = {json.dumps(_advances(cache_dir / 'fonts'))};")
    engine.eval(_DRAW)
    engine.eval(script_bundle(cache_dir).read_text(encoding="utf-8"))
    return engine


def _advances(faces: Path) -> dict:
    return {weight: fonts.advance_widths(faces / f"SourceSans3-{weight}.ttf") for weight in (400, 600)} | {
        "other": _HANGUL
    }


def _check_colors(drawn: str, where: str) -> None:
    colors = project.load_palette(project.find_root())
    known = {shades["light"] for group in (colors["page"], colors["chart"]) for shades in group.values()}
    unknown = sorted(
        {color for tag in _TAG.findall(drawn) for color in _ANY_COLOR.findall(tag) if color.lower() not in known}
    )
    if unknown:
        raise PressError(where, f"color {unknown[0]} is not in book/palette.json.", "Use press.color(name).")


def render_png(picture: str, cache_dir: Path) -> bytes:
    """Return a picture (`svg.poster`) at twice its size in pixels, kept in the cache directory."""
    path = project.cache_path(cache_dir / "charts", "png", picture)
    if not path.exists():
        import typst

        width, height = size(picture)
        page = f'#set page(width: {width}pt, height: {height}pt, margin: 0pt)\n#image("figure.svg", width: 100%)'
        files = {"main.typ": page.encode(), "figure.svg": picture.encode()}
        compiler = typst.Compiler(files, font_paths=fonts.typst_fonts(cache_dir / "fonts"))
        compiled = compiler.compile(format="png", ppi=144)
        if not isinstance(compiled, bytes):
            raise TypeError(f"Typst has compiled {type(compiled).__name__}, not one picture")
        project.write_atomic(path, compiled)
    return path.read_bytes()


def render_small(picture: str, cache_dir: Path) -> bytes:
    """Return a picture for a list of many, as WebP in few colors: a quarter of the bytes, and nobody sees it."""
    path = project.cache_path(cache_dir / "charts", "webp", picture)
    if not path.exists():
        from PIL import Image

        image = Image.open(io.BytesIO(render_png(picture, cache_dir))).convert("RGB")
        few = image.quantize(_COLORS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        made = io.BytesIO()
        # The slowest method saves 2 percent more, at 100 times the cost.
        few.convert("RGB").save(made, "WEBP", lossless=True, quality=50, method=3)
        project.write_atomic(path, made.getvalue())
    return path.read_bytes()
