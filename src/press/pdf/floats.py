"""Figures and tables that float: where they are called, and what is done where Typst cannot tag one.

There it stops with an internal error (typst/typst#8487). Whether it does depends on where pages break, not on what the
book says. The figure at fault is looked for, and stands where it is called instead.
"""

import re
from collections.abc import Callable, Collection
from typing import TypeVar

FLOATS, STANDS = "placement: auto)", "placement: none)"
_FAULT = "internal error"
Made = TypeVar("Made")
_FLOATS = re.compile(r"\s*#(?:picture\(.*placement: auto\)\[|grid-of\(.*\], (?:auto|false)\)\[)", re.S)
_TITLED = ("#picture(", "#grid-of(")
_PLACE = re.compile(r'#label\(("(?:[^"\\]|\\.)*")\)')


def near_their_names(parts: list[str]) -> list[str]:
    """Return the parts of a section with each float before the one that first names it, if that comes earlier.

    A float then has a page more on which to stand, and is less often on one after its section. None passes another
    figure or table, or the title.
    """
    placed: list[str] = []
    first = 1  # where the next float can stand
    for part in parts:
        at = len(placed)
        if _FLOATS.match(part):
            names = [f"#numbered(label({place}))" for place in _PLACE.findall(part.partition("], [")[0])]
            at = next((i for i in range(first, at) if any(name in placed[i] for name in names)), at)
        if part.lstrip().startswith(_TITLED):
            first = at + 1
        placed.insert(at, part)
    return placed


def compile_around(source: str, compile: Callable[[str], Made], error: type[Exception]) -> Made:
    """Compile a source; where Typst cannot tag a figure that floats, let that figure stand.

    Parameters
    ----------
    source : str
        The book, as Typst reads it.
    compile : callable
        Takes a source.
    error : type
        What `compile` raises.

    Returns
    -------
    What `compile` returns.
    """
    try:
        return compile(source)
    except error as problem:
        count = source.count(FLOATS)
        if _FAULT not in str(problem) or not count:
            raise
    works, fails = count, 0  # that many figures from the first stand
    while works - fails > 1:
        middle = (works + fails) // 2
        if _compiles(standing(source, range(middle)), compile, error):
            works = middle
        else:
            fails = middle
    for figures in ([works - 1], range(works)):
        if _compiles(standing(source, figures), compile, error):
            return compile(standing(source, figures))
    return compile(source.replace(FLOATS, STANDS))


def standing(source: str, figures: Collection[int]) -> str:
    """Return a source in which these of the floating figures, counted from 0, stand where they are called."""
    count = iter(range(source.count(FLOATS)))
    return re.sub(re.escape(FLOATS), lambda found: STANDS if next(count) in figures else found[0], source)


def _compiles(source: str, compile: Callable[[str], Made], error: type[Exception]) -> bool:
    try:
        compile(source)
    except error:
        return False
    return True
