"""Pieces of Typst markup."""

import json
import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WORDS = f"{_MONTHS}|Figure|Table|Section|Chapter|Chapters|Appendix"
_TOGETHER = re.compile(rf"\b(?:{_WORDS}) (?=A?\d)|(?<=\d) (?=%)")
_SPACE = re.compile(r"\s+")
_LONG_WORD = 64  # letters: no column of text has room for a longer word of code
_PIECE = 24  # letters that stay together where such a word is broken
_COLOR = re.compile(r"\x1b\[[0-9;:?]*[A-Za-z]|\x1b\].*?(?:\x07|\x1b\\)")
_BREAK = "\u200b"  # a place where a line may end
_LONG = re.compile(rf'[^\s"\[\]()/?&=._%#+:-]{{{_LONG_WORD + 1},}}')  # Typst breaks addresses at these signs


def string(text: str) -> str:
    """Return a Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def words(text: str) -> str:
    """Text as a Typst expression: nothing in it can be taken for markup."""
    return f"#{string(text)};" if text else ""


def squeeze(text: str) -> str:
    """Return text with each run of blanks and line ends as one blank."""
    return _SPACE.sub(" ", text)


def together(text: str) -> str:
    """Return text whose dates, references, and percentages stay on one line: March 18, Figure 4.1, 5 %."""
    return _TOGETHER.sub(lambda found: f"{found[0][:-1]}\u00a0", text)


def uncolored(text: str) -> str:
    """Return what a program has written without its marks for the colors of a terminal."""
    return _COLOR.sub("", text)


def breakable(text: str, longest: int = _LONG_WORD, piece: int = _PIECE) -> str:
    """Return text whose words can be broken where they have more letters than a line has room for."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _broken(word[0], piece), text)


def ended(markup: str) -> str:
    """Return the markup of a link after which a line may end, where a word of it may be longer than a line.

    Typst stops where such a word goes on behind the link.
    """
    return f"{markup}{words(_BREAK)}" if _LONG.search(markup) else markup


def _broken(word: str, piece: int) -> str:
    if "://" in word:  # Typst knows where an address can be broken
        return word
    return _BREAK.join(word[start : start + piece] for start in range(0, len(word), piece))
