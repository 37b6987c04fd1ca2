"""Charts: a specification’s way to SVG, to a picture and to the live chart."""

import hashlib
import json
import re
import struct
import zlib
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap

from press import book
from press.errors import PressError
from press.fonts import hangul

WIDE, NARROW = 700, 344  # px: a text column on a desktop, and a small phone
MARGIN = 16  # px, around a chart that is a picture of its own
SANS = "'Source Sans 3', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
VEGA_LITE = "6.4"
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")
_TAG = re.compile(r"<[^>]+>")
_UNSEEN = re.compile(r' opacity="0"| d=""| d="M0,0h0v0h0Z"')  # there to be pointed at in the live chart, or not at all
_ANY_COLOUR = re.compile(r'(?:fill|stroke)="(?!none|transparent|url)([^"]+)"')


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


def has_controls(spec: dict) -> bool:
    """Whether the live chart comes with a slider, menu or box below it."""
    return any(isinstance(param.get("bind"), dict) for param in spec.get("params", []))


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


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


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

    for folder in (fonts, *{path.parent for path in hangul()}):
        vl_convert.register_font_directory(str(folder))
    return vl_convert


def _check_colours(drawn: str, where: str) -> str:
    colours = book.palette(book.root())
    known = {shades["light"] for group in (colours["page"], colours["chart"]) for shades in group.values()}
    unknown = sorted({colour for tag in _TAG.findall(drawn) for colour in _ANY_COLOUR.findall(tag) if colour.lower() not in known})
    if unknown:
        raise PressError(where, f"colour {unknown[0]} is not in book/palette.json.", "Use press.colour(name).")
    return drawn


def inline(drawn: str, figure: str, variant: str, alt: str) -> str:
    """SVG for the page: one image to assistive technology, ids that no other chart uses, no style attributes, no digits that no eye sees."""
    drawn = _TAG.sub(lambda tag: _tag_of_page(tag[0], f"{figure}-{variant}"), drawn)
    drawn = re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r"<svg \1>", drawn, count=1)
    return drawn.replace("<svg ", f'<svg class="chart-{variant}" role="img" aria-label="{escape(alt)}" ', 1)


def _tag_of_page(tag: str, prefix: str) -> str:
    """One tag, and nothing of the text between tags."""
    if tag.startswith("<path ") and _UNSEEN.search(tag):
        return ""
    tag = re.sub(r'\b(id="|url\(#)(\w+)', rf"\g<1>{prefix}-\g<2>", tag)
    tag = re.sub(r' (?:class|role|aria-\w+|font-family|pointer-events)="[^"]*"| opacity="1"', "", tag)
    tag = re.sub(r' style="([^"]*)"', lambda style: _attributes(style[1]), tag)
    return re.sub(r' (d|transform|x|y|x1|y1|x2|y2|width|height|r|cx|cy)="([^"]*)"', _shorten, tag)


def _attributes(style: str) -> str:
    """The declarations of a style attribute as attributes of their own: a strict site allows no inline style."""
    pairs = [declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration]
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _shorten(attribute: re.Match) -> str:
    text = re.sub(r"-?\d*\.\d{2,}(?:e-\d+)?", lambda number: f"{round(float(number[0]), 1):g}", attribute[2])
    return f' {attribute[1]}="{text}"'


def complete(spec: dict, title: str, subtitle: str, alt: str, source: str) -> dict:
    """The specification as a file of its own: with its title, text and sources."""
    heading = {"text": title, "subtitle": subtitle, "anchor": "start"}
    return widen(spec) | {"title": heading, "description": alt, "usermeta": {"source": source}}


def size(drawn: str) -> tuple[int, int]:
    """Width and height of a drawn chart in px."""
    return tuple(round(float(length)) for length in re.search(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', drawn).groups())


def poster(drawn: str, title: str, subtitle: str, alt: str, foot: list[str]) -> str:
    """A drawn chart as a picture of its own, on paper: title and subtitle above, sources below."""
    width, height = size(drawn)
    room = max(width, WIDE)
    lines = [(line, 17, 600, "ink") for line in wrap(title, int(room / 8))]
    lines += [(line, 13, 400, "muted") for line in wrap(subtitle, int(room / 6.3))]
    above, y = [], 16
    for text, type_size, weight, name in lines:
        y += round(type_size * 1.35)
        above.append(_line(text, y - 6, type_size, weight, name))
    below, top = [], y + 10
    y = top + height + 10
    for text in [part for line in foot for part in wrap(line, int(room / 5.5))]:
        y += 15
        below.append(_line(text, y, 11, 400, "muted"))
    picture = drawn.replace("<svg ", f'<svg x="{MARGIN}" y="{top}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{room + 2 * MARGIN:g}" height="{y + MARGIN:g}" viewBox="0 0 {room + 2 * MARGIN:g} {y + MARGIN:g}" role="img">'
        f'<title>{escape(title)}</title><desc>{escape(alt)}</desc><rect width="100%" height="100%" fill="{book.colour("paper")}"/>'
        f"{''.join(above)}{picture}{''.join(below)}</svg>\n"
    )


def _line(text: str, y: float, size: int, weight: int, name: str) -> str:
    return f'<text x="{MARGIN}" y="{y:g}" font-family="{escape(SANS)}" font-size="{size}" font-weight="{weight}" fill="{book.colour(name)}">{escape(text)}</text>'


def png(picture: str, cache_folder: Path, fonts: Path) -> bytes:
    """A picture at twice its size in pixels, from the cache when it was made before."""
    path = cache_folder / f"{hashlib.sha256(picture.encode()).hexdigest()}.png"
    if not path.exists():
        partial = path.with_suffix(".partial")
        partial.write_bytes(_compact(_converter(fonts).svg_to_png(picture, scale=2)))
        partial.replace(path)
    return path.read_bytes()


def _compact(image: bytes) -> bytes:
    """The same PNG in a third of the space: the renderer packs for speed."""
    parts, packed, at = [image[:8]], b"", 8
    while at < len(image):
        size, kind = struct.unpack(">I4s", image[at : at + 8])
        if kind == b"IDAT":
            packed += image[at + 8 : at + 8 + size]
        else:
            if kind == b"IEND":
                body = b"IDAT" + zlib.compress(zlib.decompress(packed), 6)
                parts.append(struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)))
            parts.append(image[at : at + 12 + size])
        at += 12 + size
    return b"".join(parts)


def bundle(path: Path) -> Path:
    """Script that draws live charts (Vega, Vega-Lite, Vega-Embed), made once and kept at `path`."""
    if not path.exists():
        import vl_convert

        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
        _write(path, f"(function(){{{script}}})();")
    return path
