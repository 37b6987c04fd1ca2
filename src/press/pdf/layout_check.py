"""The finished PDF read back: every word lies on its page, in type that can be read, and not on another word."""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf

from press import project
from press.errors import PressError

EDGE = 6.0  # points that stay white around a page
_SMALLEST = 1.5  # points: smaller type cannot be read
_OVERLAP = 2.0  # points that two words on a line may share: kerning, accents
_Matrix = tuple[float, float, float, float, float, float]
_HERE: _Matrix = (1, 0, 0, 1, 0, 0)
# A string of PDF, with parentheses in it down to the third depth; then what is done with letters.
_INNER = rb"[^\\()]++|\\."
_STRING = rb"\((?:%b|\((?:%b|\((?:%b)*+\))*+\))*+\)" % (_INNER, _INNER, _INNER)
_HEX = rb"<[0-9a-fA-F\s]*>"
_NUMBER = rb"[-+]?[\d.]++"
_OPERATION = re.compile(
    rb"(?P<shown>\[(?:%b|%b|[-+\d.\s])*\]\s*TJ|(?:%b|%b)\s*Tj)|%b|%b" % (_STRING, _HEX, _STRING, _HEX, _STRING, _HEX)
    + rb"|(?<![-+\d.])(?P<matrix>(?:%b\s+){6}(?:cm|Tm))(?![\w])" % _NUMBER
    + rb"|/(?P<size>\S+\s+%b\s+Tf)|(?<![\w/])(?P<stack>[qQ])(?![\w])" % _NUMBER,
    re.S,
)
_PART = re.compile(rb"(%b|%b)|(%b)" % (_STRING, _HEX, _NUMBER), re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_BRACES = "⏞⏟⏜⏝⏠⏡⎴⎵"  # as wide as what they stand over or under
_REMEDY = "Shorten what stands there, split it, or keep it to the page with an {only} html directive."


@dataclass
class Run:
    """Letters that are set together: from where to where, on which line, in which size, as which glyphs of a font."""

    left: float
    right: float
    line: float
    size: float
    font: "Font"
    codes: bytes

    @property
    def text(self) -> str:
        """The letters, as copying would give them."""
        return self.font.decode(self.codes)


class Piece(NamedTuple):
    """Glyphs of a font, and their width in thousandths of the size of type."""

    codes: bytes
    width: float


class Font:
    """A font of the PDF: how wide its glyphs are, and which letters they show."""

    def __init__(self, font: Any):
        self.font = font
        self.known: dict[bytes, Piece] = {}

    @cached_property
    def widths(self) -> list[float]:
        """The width of each glyph, in thousandths of the size of type."""
        font = self.font.DescendantFonts[0]
        widths = [float(font.get("/DW", 1000))] * 65536
        array = list(font.get("/W", []))
        while array:
            first, second = int(array[0]), array[1]
            if isinstance(second, pikepdf.Array):
                widths[first : first + len(second)] = [float(width) for width in second]
                array = array[2:]
            else:
                widths[first : int(second) + 1] = [float(array[2])] * (int(second) + 1 - first)
                array = array[3:]
        return widths

    def read(self, written: bytes) -> "Piece":
        """Return the glyphs of a string as PDF writes it; most strings are a few letters, and stand there often."""
        if written not in self.known:
            inside = written[1:-1]
            if written.startswith(b"<"):
                codes = bytes.fromhex(inside.decode())
            else:
                codes = _ESCAPED.sub(lambda sign: _SIGNS[sign[1]], inside) if b"\\" in inside else inside
            self.known[written] = Piece(codes, sum(map(self.widths.__getitem__, _glyphs(codes))))
        return self.known[written]

    @cached_property
    def letters(self) -> dict[int, str]:
        """Glyph → letters."""
        table = bytes(self.font.ToUnicode.read_bytes()).decode("latin-1") if "/ToUnicode" in self.font else ""
        found = {
            int(code, 16): _utf16(text)
            for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S)
            for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block)
        }
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
            for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
                start = _utf16(text)
                for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                    found[code] = start[:-1] + chr(ord(start[-1]) + place)
        return found

    @cached_property
    def accents(self) -> frozenset[int]:
        """The glyphs of marks that stand over or under letters."""
        return frozenset(
            code
            for code, text in self.letters.items()
            if text and all(each in _BRACES or unicodedata.category(each) == "Mn" for each in text)
        )

    def decode(self, codes: bytes) -> str:
        """Return glyphs as letters."""
        return "".join(self.letters.get(codes[at] << 8 | codes[at + 1], "") for at in range(0, len(codes) - 1, 2))


def _glyphs(codes: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", errors="replace") or "\ufffd"


def check_layout(path: Path, kept: Path) -> list[PressError]:
    """Return what does not lie on its page as it should.

    Parameters
    ----------
    path : Path
        The PDF.
    kept : Path
        A file with fingerprints of pages that were good before: they are not looked at again.
    """
    known = set(kept.read_text(encoding="ascii").split()) if kept.exists() else set()
    with pikepdf.open(path) as pdf:
        fonts: dict[Any, Font] = {}
        problems, good = [], []
        for number, page in enumerate(pdf.pages, 1):
            content = _content(page)
            fingerprint = hashlib.sha256(content).hexdigest()[:32]
            faults = [] if fingerprint in known else _faults(page, content, fonts)
            problems += [PressError(_place(pdf, number), fault, _REMEDY) for fault in faults[:3]]
            good += [] if faults else [fingerprint]
    project.write_atomic(kept, "\n".join(good).encode())
    return problems


def _content(page: pikepdf.Page) -> bytes:
    """Return what is done on a page."""
    parts = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return b"\n".join(part.read_bytes() for part in parts)


def _place(pdf: pikepdf.Pdf, number: int) -> str:
    """Return which part of the book a page belongs to: the last heading of its outline that begins before."""
    best = ""
    objects: dict[Any, int] = {page.objgen: place for place, page in enumerate(pdf.pages, 1)}
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            action: Any = item.action
            target: Any = item.destination if item.destination is not None else action.get("/D") if action else None
            page: Any = target[0] if isinstance(target, pikepdf.Array) and len(target) else None
            if page is not None and objects.get(page.objgen, number + 1) <= number:
                best = item.title
            waiting = list(item.children) + waiting
    return f"“{best}”, page {number} of the PDF" if best else f"page {number} of the PDF"


def _faults(page: pikepdf.Page, content: bytes, fonts: dict[Any, Font]) -> list[str]:
    """Return what is wrong on a page, in words."""
    left, bottom, right, top = map(float, page.mediabox)
    runs = list(_runs(page, content, fonts))
    faults, outside = [], dict[int, str]()  # by line
    for run in runs:
        if not (left + EDGE <= run.left and run.right <= right - EDGE and bottom + EDGE <= run.line <= top - EDGE):
            outside[round(run.line)] = outside.get(round(run.line), "") + run.text
        elif run.size < _SMALLEST and run.text.strip():
            faults.append(f"“{run.text.strip()[:60]}” is set in type of {run.size:.1f} points, too small to be read.")
    faults = [f"“{words.strip()[:60]}” leaves the paper." for words in outside.values()] + faults
    return faults + [f"“{one.text[:40]}” and “{other.text[:40]}” lie on one another." for one, other in _overlaps(runs)]


def _overlaps(runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Yield pairs of different words that share a part of a line."""
    lines: dict[int, list[Run]] = {}
    for run in [run for run in runs if not _is_accent(run)]:
        lines.setdefault(round(run.line), []).append(run)
    for line in lines.values():
        line.sort(key=lambda run: run.left)
        for one, other in pairwise(line):
            shared = min(one.right, other.right) - other.left
            if shared > _OVERLAP and one.codes != other.codes and one.text.strip() and other.text.strip():
                yield one, other


def _is_accent(run: Run) -> bool:
    """Tell whether letters are marks that stand over another."""
    accents = run.font.accents
    return bool(accents) and accents.issuperset(_glyphs(run.codes))


def _runs(page: pikepdf.Page, content: bytes, fonts: dict[Any, Font]) -> Iterator[Run]:
    """Yield the letters of a page, each run where it lies.

    The content is read by a pattern: the library's own reading of it takes longer than setting the book.
    """
    resources: Any = page.resources.get("/Font", {})
    named = {str(name)[1:].encode(): _font(found, fonts) for name, found in resources.items()}
    at, stack, font, size = _HERE, [], None, 0.0
    text = at
    for found in _OPERATION.finditer(content):
        kind = found.lastgroup
        if kind == "stack":
            if found[kind] == b"q":
                stack.append(at)
            elif stack:
                at = stack.pop()
        elif kind == "matrix":
            *numbers, operator = found[kind].split()
            if operator == b"cm":
                at = _times(_matrix(numbers), at)
            else:
                text = _matrix(numbers)
        elif kind == "size":
            name, points, _ = found[kind].split()
            font, size = named.get(name), float(points)
        elif kind == "shown" and font is not None:
            run = _run(found[kind], font, size, _times(text, at))
            if run is not None:
                yield run


def _font(found: Any, fonts: dict[Any, Font]) -> Font | None:
    return fonts.setdefault(found.objgen, Font(found)) if "/DescendantFonts" in found else None


def _run(shown: bytes, font: Font, size: float, matrix: _Matrix) -> Run | None:
    """Return letters where they lie; None for what is turned on its side."""
    across, slant, _, _, left, line = matrix
    if abs(slant) > 1e-3:
        return None
    codes, width = b"", 0.0
    for text, number in _PART.findall(shown):
        if text:
            piece = font.read(text)
            codes, width = codes + piece.codes, width + piece.width
        else:
            width -= float(number)
    return Run(left, left + width / 1000 * size * across, line, abs(size * across), font, codes)


class _Signs(dict[bytes, bytes]):
    """What stands behind a backslash → the byte that is meant."""

    def __missing__(self, sign: bytes) -> bytes:
        self[sign] = bytes([int(sign, 8) & 255]) if sign.isdigit() else sign
        return self[sign]


_SIGNS = _Signs({b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"})


def _matrix(numbers: list[bytes]) -> _Matrix:
    a, b, c, d, e, f = map(float, numbers)
    return a, b, c, d, e, f


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
