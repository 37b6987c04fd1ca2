"""Runs of Hangul, marked as Korean for screen readers and hyphenation."""

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
