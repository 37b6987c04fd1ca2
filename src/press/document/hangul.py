"""Korean on the page: runs of Hangul, marked for screen readers and line breaks, and large numbers."""

import re

from markupsafe import Markup, escape

KOREAN = re.compile(r"([\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+(?:[ ·]+[\uac00-\ud7a3\u1100-\u11ff]+)*)")


def korean(text: str) -> Markup:
    """Return text for the page, with its runs of Hangul marked as Korean."""
    parts = KOREAN.split(text)
    return Markup("").join(
        Markup('<span lang="ko">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def note_hangul(env, page: str, text: str) -> None:
    """Keep which Korean letters a page has; pages that are not read again need not be fetched for it."""
    env.metadata[page]["press_hangul"] = "".join(sorted(set(KOREAN.findall(text))))


#: What a number in a Korean form counts: hundreds of millions (억), or millions.
UNITS = {"jo": 10**8, "eok": 10**6}


def myriads(value: float, unit: int) -> str:
    """Return a large number as Korean writes it, in groups of four digits: 1조 5,192억, or 4억 8,500만.

    Parameters
    ----------
    value : float
        How many units there are; it is rounded to a whole number of them.
    unit : int
        What one unit counts, such as a million.
    """
    rest, parts = round(value) * unit, []
    for size, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        count, rest = divmod(rest, size)
        parts += [f"{count:,}{name}"] if count else []
    return " ".join(parts) or "0"
