"""What the pages carry besides their text: fonts, the style sheet, scripts."""

import re
import shutil
from pathlib import Path

from sphinx.application import Sphinx

from press import project, state
from press.charts import fonts, renderer
from press.html.templates import THEME

_ASCII = bytes(range(128))
#: The syllables and letters of Hangul, in UTF-8.
_HANGUL = re.compile(rb"[\xea-\xed][\x80-\xbf]{2}|\xe1[\x84-\x87][\x80-\xbf]|\xe3[\x84-\x86][\x80-\xbf]")

_STEP, _TALLEST = 20, 1600  # px: room that a chart is given before it is drawn, which is when it nears the view


def height_step(height: int) -> int:
    """Return the next of the heights that the style sheet knows, in px."""
    return min(-(-height // _STEP) * _STEP, _TALLEST)


def write_assets(app: Sphinx) -> None:
    """Write fonts, style sheet, and the script of the live charts where Sphinx takes static files from."""
    folder = state.cache_directory(app)
    fonts.make_static_fonts(folder / "fonts")
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    palette = project.load_palette(project.find_root(app.srcdir))
    style = (THEME / "static" / "press.css").read_text(encoding="utf-8")
    (static / "book.css").write_text(fonts.css() + palette_css(palette) + style, encoding="utf-8")
    for font in (folder / "fonts").glob("Source*.woff2"):
        shutil.copyfile(font, static / font.name)
    shutil.copyfile(renderer.script_bundle(folder), static / "charts.js")
    app.config.html_static_path.append(str(static))


def palette_css(palette: dict) -> str:
    """Return colors as custom properties, light and dark, and the rules that re-color charts in the dark."""
    return _heights() + _properties(palette) + _status_rules(palette) + _chart_rules(palette) + _dark_pictures()


def _heights() -> str:
    steps = range(_STEP, _TALLEST + 1, _STEP)
    wide, narrow = (
        "".join(f".chart.{width}{step}{{contain-intrinsic-height:auto {step}px}}" for step in steps) for width in "wn"
    )
    return f"{wide}\n@media (max-width:595px){{{narrow}}}\n"


def _properties(palette: dict) -> str:
    colors = palette["page"] | palette["chart"]
    light, dark = (
        "".join(f"--{name}:{shades[shade]};" for name, shades in colors.items()) for shade in ("light", "dark")
    )
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n" + _forced_colors(light, dark)
    )


def _forced_colors(light: str, dark: str) -> str:
    """Return rules by which colors that a reader's system forces win over a theme that was chosen."""
    text = "--paper:Canvas;--panel:Canvas;--ink:CanvasText;--muted:CanvasText;--link:LinkText;"
    return "".join(
        f"@media (forced-colors:active) and (prefers-color-scheme:{scheme})"
        f"{{:root:root:root{{color-scheme:{scheme};{shades}{text}}}}}\n"
        for scheme, shades in (("light", light), ("dark", dark))
    )


def _status_rules(palette: dict) -> str:
    names = [name for name, shades in palette["chart"].items() if shades.get("status")]
    return "".join(f".status-{name}{{--status:var(--{name})}}" for name in names) + "\n"


def _chart_rules(palette: dict) -> str:
    rules = "".join(
        f'.chart [{kind}="{shades["light"]}"]{{{kind}:var(--{name})}}'
        for name, shades in (palette["page"] | palette["chart"]).items()
        if name != "link"
        for kind in ("fill", "stroke")
    )
    return f"{rules}\n"


def _dark_pictures() -> str:
    inverted = ".gallery img{filter:invert(1) hue-rotate(180deg)}"
    return (
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]) {inverted}}}\n"
        f"@media screen{{:root[data-theme=dark] {inverted}}}\n"
    )


def write_hangul_font(app: Sphinx) -> None:
    """Write a small Hangul font with just the syllables of these pages, for readers whose system has none."""
    path = state.cache_directory(app) / "fonts" / "hangul.woff2"
    pages = (page.read_bytes().translate(None, _ASCII) for page in Path(app.outdir).rglob("*.html"))
    letters = {letter for page in pages for letter in _HANGUL.findall(page)}
    fonts.subset_hangul(b"".join(letters).decode(), path)
    shutil.copyfile(path, Path(app.outdir) / "_static" / "hangul.woff2")
