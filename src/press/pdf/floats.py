"""Figures that float, where Typst cannot tag them: it stops with an internal error (typst/typst#8487).

Whether it does depends on where pages break, not on what the book says. The figure at fault is looked for, and stands
where it is called instead.
"""

import re
from collections.abc import Callable, Collection
from typing import TypeVar

FLOATS, STANDS = "placement: auto)", "placement: none)"
_FAULT = "internal error"
Made = TypeVar("Made")


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
