"""Charts: how a specification is laid out, and how a drawing becomes part of a page or a picture of its own."""

import re
from html import escape
from textwrap import wrap

from press import book

WIDE, NARROW = 700, 344  # px: a text column on a desktop, and a small phone
MARGIN = 16  # px, around a chart that is a picture of its own
SANS = "'Source Sans 3', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
_SIDE_BY_SIDE = ("hconcat", "vconcat", "concat", "facet", "repeat")
_TAG = re.compile(r"<[^>]+>")
_BENT = re.compile(r"[^MLZ\d.,-]")  # what is not a move, a line or a number
_UNSEEN = re.compile(r' opacity="0"| d=""| d="M0,0h0v0h0Z"')  # there to be pointed at in the live chart, or not at all


def widen(spec: dict, width: int = WIDE) -> dict:
    """Return the specification laid out for a width in px; charts set side by side keep their own widths."""
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
    return bool(spec.get("params") or spec.get("tooltip")) or any(
        answers(part) for key, part in spec.items() if key not in ("datasets", "config")
    )


def has_controls(spec: dict) -> bool:
    """Whether the live chart comes with a slider, menu or box below it."""
    return any(isinstance(param.get("bind"), dict) for param in spec.get("params", []))


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
    """Return the declarations of a style attribute as attributes of their own: a strict site allows no inline style."""
    pairs = [declaration.split(":", 1) for declaration in style.split(";") if ":" in declaration]
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _shorten(attribute: re.Match) -> str:
    text = re.sub(r"-?\d*\.\d{2,}(?:e-\d+)?", lambda number: f"{round(float(number[0]), 1):g}", attribute[2])
    return f' {attribute[1]}="{_step_by_step(text) if attribute[1] == "d" else text}"'


def _step_by_step(path: str) -> str:
    """Return a path of straight lines, each corner told from the one before: the same drawing in half the bytes."""
    if _BENT.search(path):
        return path
    told, x, y = [], 0, 0  # tenths of a px, as whole numbers: nothing adds up
    for command, corner in re.findall(r"([MLZ])([^MLZ]*)", path):
        if corner:
            before_x, before_y = x, y
            x, y = (round(10 * float(place)) for place in corner.split(","))
        told.append(f"l{(x - before_x) / 10:g},{(y - before_y) / 10:g}" if command == "L" else command + corner)
    return "".join(told)


def complete(spec: dict, title: str, subtitle: str, alt: str, source: str) -> dict:
    """Return the specification as a file of its own: with its title, text and sources."""
    heading = {"text": title, "subtitle": subtitle, "anchor": "start"}
    return widen(spec) | {"title": heading, "description": alt, "usermeta": {"source": source}}


def size(drawn: str) -> tuple[int, int]:
    """Width and height of a drawn chart in px."""
    return tuple(
        round(float(length)) for length in re.search(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', drawn).groups()
    )


def poster(drawn: str, title: str, subtitle: str, alt: str, foot: list[str]) -> str:
    """Return a drawn chart as a picture of its own, on paper: title and subtitle above, sources below."""
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
        f'<title>{escape(title)}</title><desc>{escape(alt)}</desc><rect width="100%" height="100%" fill="{book.color("paper")}"/>'
        f"{''.join(above)}{picture}{''.join(below)}</svg>\n"
    )


def _line(text: str, y: float, size: int, weight: int, name: str) -> str:
    return f'<text x="{MARGIN}" y="{y:g}" font-family="{escape(SANS)}" font-size="{size}" font-weight="{weight}" fill="{book.color(name)}">{escape(text)}</text>'
