"""Pictures that a link to the book is shown with: 1200 by 630 px, as most sites crop them."""

import re
from collections.abc import Sequence
from html import escape
from textwrap import wrap

from press import project
from press.charts.layout import SANS
from press.charts.svg import balanced, size
from press.document.statuses import MARKS

WIDTH, HEIGHT, _MARGIN = 600, 315, 24  # px; drawn at twice the size
THUMBNAIL = (344, 300)  # px: as wide as a chart on a phone
_ROOM = 2 * _MARGIN
_LETTERS, _STEP, _COLUMN = 52, 26, 186  # of a title: letters in a whole line, px between lines, px beside a tall chart
_SMALLEST = 0.75  # to which a thumbnail is made smaller: its words can still be read
TALLEST = int(THUMBNAIL[1] / _SMALLEST)  # px: a chart that a thumbnail shows whole


def landscape(drawn: str, title: str, alt: str, foot: str) -> str:
    """Return a drawn chart as such a picture, as large as it can be: the title above it, or left of a tall one."""
    width, height = size(drawn)
    above, beside = balanced(title, _LETTERS), balanced(title, _LETTERS * _COLUMN // (WIDTH - _ROOM))
    top = 22 + _STEP * len(above)
    below, right = (
        min((WIDTH - _ROOM - taken) / width, (HEIGHT - start - 40) / height)
        for taken, start in ((0, top), (_COLUMN, 22))
    )
    lines = above if below >= right else beside
    across, down = width * max(below, right), height * max(below, right)
    x, y = ((WIDTH - across) / 2, top) if below >= right else (WIDTH - _MARGIN - across, 22 + (HEIGHT - 62 - down) / 2)
    place = f'x="{x:.1f}" y="{y:.1f}" width="{across:.1f}" height="{down:.1f}"'
    shown = re.sub(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', rf"<svg \1{place}", drawn, count=1)
    words = "".join(_line(text, 40 + _STEP * nth, 21, 600, "ink") for nth, text in enumerate(lines))
    return _picture(title, alt, f"{words}{shown}{_foot(foot)}")


def thumbnail(drawn: str, title: str) -> str:
    """Return a chart as drawn for a phone as a small picture, all of one size: a tall one shows its upper part."""
    (width, height), (wide, high) = size(drawn), THUMBNAIL
    scale = min(wide / width, high / height)
    if scale < _SMALLEST:
        scale = min(wide / width, 1)
    place = f'x="{(wide - width * scale) / 2:.1f}" y="0" width="{width * scale:.1f}" height="{height * scale:.1f}"'
    shown = re.sub(r'<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', rf"<svg \1{place}", drawn, count=1)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="{project.color("paper")}"/>{shown}</svg>\n'
    )


def card(kicker: str, title: str, statuses: Sequence[tuple[dict, str]], text: str, foot: str) -> str:
    """Return such a picture of words.

    Parameters
    ----------
    kicker, title, text, foot : str
        From top to bottom.
    statuses : sequence of (status, words)
        Each with its mark in its color, below the title.
    """
    parts, y = [_line(kicker, 44, 14, 400, "muted")], 56
    for line in _fitted(title, 34, 2):
        y += 40
        parts.append(_line(line, y, 34, 600, "ink"))
    x, y = float(_MARGIN), y + 40
    for status, words in statuses:
        wide = 34 + 10.5 * len(words)
        if x > _MARGIN and x + wide > WIDTH - _MARGIN:
            x, y = float(_MARGIN), y + 30
        parts += [_mark(status, x, y - 16), _line(words, y, 19, 600, "ink", x + 26)]
        x += wide
    for line in _fitted(text, 17, max(1, int((HEIGHT - 45 - y) // 25))):
        y += 25
        parts.append(_line(line, y + 6, 17, 400, "ink"))
    return _picture(title, text, f"{''.join(parts)}{_foot(foot)}")


def _fitted(text: str, type_size: float, most: int) -> list[str]:
    """Return a text in lines, cut after some."""
    lines = wrap(text, int((WIDTH - _ROOM) / (type_size * 0.5)))
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1].rstrip('.,;: ')} …"]


def _mark(status: dict, x: float, y: float) -> str:
    color = project.color(status["color"])
    drawn = MARKS[status["mark"]].replace("COLOR", color)
    return f'<svg x="{x:.1f}" y="{y:.1f}" width="19" height="19" viewBox="0 0 16 16" fill="{color}">{drawn}</svg>'


def _foot(text: str) -> str:
    """Return the last line; of sources that are too many for it, the first."""
    while len(text) > 95 and "; " in text:
        text = text.removesuffix("; others.").rpartition("; ")[0] + "; others."
    return _line(next(iter(wrap(text, 95)), ""), HEIGHT - 16, 12, 400, "muted")


def _picture(title: str, alt: str, content: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(alt)}</desc>"
        f'<rect width="100%" height="100%" fill="{project.color("paper")}"/>'
        f'<rect width="100%" height="8" fill="{project.color("link")}"/>{content}</svg>\n'
    )


def _line(text: str, y: float, size: int, weight: int, name: str, x: float = _MARGIN) -> str:
    type_ = f'font-family="{escape(SANS)}" font-size="{size}" font-weight="{weight}" fill="{project.color(name)}"'
    return f'<text x="{x:.1f}" y="{y:g}" {type_}>{escape(text)}</text>'
