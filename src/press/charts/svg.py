"""Drawn charts: as part of a page, and as pictures of their own."""

import re
from html import escape
from textwrap import wrap

from press import project
from press.charts.layout import SANS, WIDE

MARGIN = 16  # px, around a chart that is a picture of its own
_TAG = re.compile(r"<[^>]+>")
_BENT = re.compile(r"[^MLZ\d.,-]")  # what is not a move, a line or a number


def inline(drawn: str, figure: str, variant: str, alt: str) -> str:
    """Return a drawn chart as SVG for the page.

    It is one image to assistive technology. Its ids are used by no other chart, it has no style attributes,
    and its numbers have no more digits than the eye can see.
    """
    drawn = _TAG.sub(lambda tag: _tag_of_page(tag[0], f"{figure}-{variant}"), drawn)
    drawn = re.sub(r'<svg [^>]*?(viewBox="[^"]*")[^>]*>', r"<svg \1>", drawn, count=1)
    return drawn.replace("<svg ", f'<svg class="chart-{variant}" role="img" aria-label="{escape(alt)}" ', 1)


def _tag_of_page(tag: str, prefix: str) -> str:
    """Return one tag as the page needs it."""
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
    """Return a path of straight lines in relative steps: the same drawing in half the bytes."""
    if _BENT.search(path):
        return path
    steps, x, y = [], 0, 0  # tenths of a px, as whole numbers: nothing adds up
    for command, corner in re.findall(r"([MLZ])([^MLZ]*)", path):
        if corner:
            before_x, before_y = x, y
            x, y = (round(10 * float(place)) for place in corner.split(","))
        steps.append(f"l{(x - before_x) / 10:g},{(y - before_y) / 10:g}" if command == "L" else command + corner)
    return "".join(steps)


def size(drawn: str) -> tuple[int, int]:
    """Return width and height of a drawn chart in px."""
    found = re.search(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"', drawn)
    if found is None:
        raise ValueError("the drawing has no <svg> element with width and height")
    return round(float(found[1])), round(float(found[2]))


def poster(drawn: str, title: str, subtitle: str, alt: str, foot: list[str]) -> str:
    """Return a drawn chart as a picture of its own, on paper: title and subtitle above, sources below."""
    width, height = size(drawn)
    room = max(width, WIDE)
    full = f"{room + 2 * MARGIN:g}"
    lines = [(line, 17, 600, "ink") for line in balanced(title, int(room / 8))]
    lines += [(line, 13, 400, "muted") for line in balanced(subtitle, int(room / 6.3))]
    above, y = [], 16
    for text, type_size, weight, name in lines:
        y += round(type_size * 1.35)
        above.append(_line(text, y - 6, type_size, weight, name))
    below, top = [], y + 10
    y = top + height + 10
    for text in [part for line in foot for part in balanced(line, int(room / 5.3))]:
        y += 15
        below.append(_line(text, y, 11, 400, "muted"))
    picture = drawn.replace("<svg ", f'<svg x="{MARGIN}" y="{top}" ', 1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{full}" height="{y + MARGIN:g}" viewBox="0 0 {full} {y + MARGIN:g}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
        f'<rect width="100%" height="100%" fill="{project.color("paper")}"/>'
        f"{''.join(above)}{picture}{''.join(below)}</svg>\n"
    )


def balanced(text: str, letters: int) -> list[str]:
    """Break a text into as few lines of so many letters as it needs, all about as long; a compound word stays whole."""
    fewest = len(wrap(text, letters, break_on_hyphens=False))
    while letters > 1 and len(wrap(text, letters - 1, break_on_hyphens=False)) == fewest:
        letters -= 1
    return wrap(text, letters, break_on_hyphens=False)


def _line(text: str, y: float, size: int, weight: int, name: str) -> str:
    type_ = f'font-family="{escape(SANS)}" font-size="{size}" font-weight="{weight}" fill="{project.color(name)}"'
    return f'<text x="{MARGIN}" y="{y:g}" {type_}>{escape(text)}</text>'
