"""What the pages carry besides their text."""

import re

import pytest
from fontTools.ttLib import TTFont
from helpers import SAMPLE

from press import project
from press.charts import fonts
from press.html import assets

PALETTE = {
    "page": {"paper": {"light": "#ffffff", "dark": "#101010"}, "link": {"light": "#0a5070", "dark": "#88c0e0"}},
    "chart": {"arley": {"light": "#0a5071", "dark": "#70b0d0"}},
}


@pytest.mark.parametrize(("height", "step"), [(1, 20), (20, 20), (21, 40), (381, 400), (1600, 1600), (5000, 1600)])
def test_a_chart_is_given_the_next_height_that_the_style_sheet_knows(height, step):
    assert assets.height_step(height) == step
    style = assets.palette_css(PALETTE)
    for variant in ("w", "n"):
        assert f".chart.{variant}{step}{{contain-intrinsic-height:auto {step}px}}" in style


def test_colors_are_light_and_dark_and_dark_by_choice():
    style = assets.palette_css(PALETTE)
    light = "color-scheme:light;--paper:#ffffff;--link:#0a5070;--arley:#0a5071;"
    dark = "color-scheme:dark;--paper:#101010;--link:#88c0e0;--arley:#70b0d0;"
    assert f"\n:root{{{light}}}" in style and style.count(light) == 2 and style.count(dark) == 3
    assert f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}" in style
    assert f"@media screen{{:root[data-theme=dark]{{{dark}}}}}" in style
    forced = "--paper:Canvas;--panel:Canvas;--ink:CanvasText;--muted:CanvasText;--link:LinkText;"
    for scheme, shades in (("light", light), ("dark", dark)):
        rule = (
            f"@media (forced-colors:active) and (prefers-color-scheme:{scheme}){{:root:root:root{{{shades}{forced}}}}}"
        )
        assert rule in style, "colors that the system forces win over a choice"


def test_colors_of_charts_follow_the_light():
    style = assets.palette_css(PALETTE)
    for kind in ("fill", "stroke"):
        assert f'.chart [{kind}="#0a5071"]{{{kind}:var(--arley)}}' in style
    assert "var(--link)" not in style, "a link's color stands for no other"


def test_the_pages_carry_fonts_style_and_script(rain):
    static = rain.html / "_static"
    style = (static / "book.css").read_text(encoding="utf-8")
    assert style.startswith("@font-face") and assets.palette_css(project.load_palette(SAMPLE)) in style
    named = set(re.findall(r'url\("([^"]+)"\)', style))
    assert len(named) >= 2 * len(fonts.FACES) and all((static / name).is_file() for name in named)
    assert (static / "charts.js").read_text(encoding="utf-8").startswith("(function(){")


def test_the_hangul_font_has_the_letters_of_all_pages(rain):
    with TTFont(rain.html / "_static" / "hangul.woff2") as font:
        assert ord("비") in font.getBestCmap() and ord("눈") not in font.getBestCmap()
