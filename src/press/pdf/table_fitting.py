"""How a table fits on paper: as it is, with columns of given widths, smaller, turned, or with broken words.

Widths are in points, for type of the size in which tables are set.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from press.charts import fonts

TYPE, INSET = 8.3, 10.0  # size of type; blank left and right of a cell, together
PORTRAIT, LANDSCAPE = 447.0, 693.0
COLUMN = 334.0  # of text, narrower than tables are
PANEL = 16.0  # blank left and right of a block of code, together
BOX = 22.0  # what a box, a list, or a cell takes from the width
_SMALLEST, _SMALLER = 0.6, 0.8  # of the size of type: on a turned page, on an upright one
_CODE = 0.602 * 0.86  # em, a letter of code
_CAUTION = 1.02
_JOINTS = re.compile(r"([-\u2010–—/])(?!\d)")  # of a date, 2021-03-18, nothing is broken
_KEPT = re.compile(r"[ \n]+(?=[/)\]}!?:;,.])|(?<=[(\[{])[ \n]+")
_SHORTEST = 4  # letters of a broken word that stay together


class Needs(NamedTuple):
    """Width of a column's longest word, and of its longest cell."""

    least: float
    most: float


class Fit(NamedTuple):
    """How a table is set.

    Attributes
    ----------
    widths : list of float, or None
        Of the columns, None where they find their own.
    scale : float
        Of its type.
    turned : bool
        Whether it stands on a turned page.
    longest : int
        Letters after which a word is broken; 0 where none is.
    """

    widths: list[float] | None = None
    scale: float = 1.0
    turned: bool = False
    longest: int = 0


class Measure:
    """Measures words in the type of tables."""

    def __init__(self, faces: Path):
        self.advances = [fonts.advance_widths(faces / f"SourceSans3-{weight}.ttf") for weight in (400, 600)]
        self.word = lru_cache(20_000)(self._word)

    def _word(self, word: str, bold: bool) -> float:
        known = self.advances[bold]
        return sum(known.get(letter, 0.92) for letter in word) * TYPE

    def needs(self, text: str, bold: bool = False, code: bool = False) -> Needs:
        """Return what a text needs."""
        words = text.split()
        if code:
            widths = [len(word) * _CODE * TYPE for word in words]
            return Needs(max(widths, default=0.0), sum(widths))
        blanks = max(len(words) - 1, 0) * 0.2 * TYPE
        least = max((self.word(piece, bold) for piece in _unbroken(text)), default=0.0)
        return Needs(least, sum(self.word(word, bold) for word in words) + blanks)


def _unbroken(text: str) -> list[str]:
    """Return what is not broken between lines: words, and their parts around a hyphen or slash.

    No line begins with a slash or a closing sign, or ends with an opening one, also where a blank stands beside it.
    """
    return re.split(r"[ \n]+", _JOINTS.sub(r"\1 ", _KEPT.sub("\u00a0", text)).strip())


def holds(columns: Sequence[Needs], shares: Sequence[int], depth: int = 0) -> bool:
    """Tell whether columns whose widths an author gives, relative to one another, have room for their words."""
    room = (COLUMN - depth * BOX if depth else PORTRAIT) / (sum(shares) or 1)
    return all(column.least * _CAUTION + INSET <= share * room for column, share in zip(columns, shares, strict=False))


def fit(columns: Sequence[Needs], depth: int = 0) -> Fit | None:
    """Return how a table with these columns is set; None where it cannot be."""
    inset = [Needs(least * _CAUTION + INSET, most * _CAUTION + INSET) for least, most in columns]
    room = COLUMN - depth * BOX if depth else PORTRAIT
    least = sum(column.least for column in inset)
    if sum(column.most for column in inset) <= room:
        return Fit()
    if least <= room:
        return Fit(_shared(inset, room))
    if least * _SMALLER <= room:
        return Fit(_shared(inset, least, room / least), room / least)
    if depth:
        return _broken(inset, room, turned=False)
    if least * _SMALLEST <= LANDSCAPE:
        scale = min(1.0, LANDSCAPE / least)
        return Fit(_shared(inset, LANDSCAPE / scale, scale), scale, turned=True)
    return _broken(inset, LANDSCAPE, turned=True)


def _shared(columns: Sequence[Needs], room: float, scale: float = 1.0) -> list[float]:
    """Return widths with room for each column's longest word; what is left goes to those with more to say."""
    wanted = [min(column.most, room) - column.least for column in columns]
    left, total = room - sum(column.least for column in columns), sum(wanted) or 1
    share = min(1.0, max(0.0, left / total))
    return [(column.least + want * share) * scale for column, want in zip(columns, wanted, strict=True)]


def _broken(columns: Sequence[Needs], room: float, turned: bool) -> Fit | None:
    """Return equal columns in the smallest type, with words broken."""
    width = room / len(columns)
    letters = int((width / _SMALLEST - INSET) / (TYPE * 0.62))
    return Fit([width] * len(columns), _SMALLEST, turned, letters) if letters >= _SHORTEST else None
