"""Templates of parts of pages, from `theme/press/partials`."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from press.document.hangul import korean
from press.document.statuses import has_fallen, mark_svg
from press.document.tables import Chip

THEME = Path(__file__).parents[1] / "theme" / "press"
_JOINED = re.compile(r"(\w+-\d+)")


def _mark(status: dict | Chip) -> Markup:
    """Return the mark of a status, for the page; its word stands beside it."""
    return Markup(
        mark_svg(status.mark if isinstance(status, Chip) else status["mark"], "currentColor").replace(
            "<svg ", '<svg aria-hidden="true" ', 1
        )
    )


def _whole(text: str) -> Markup:
    """Return text for the page that keeps on one line what a hyphen joins to a number, such as COVID-19."""
    parts = _JOINED.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if index % 2 else korean(part)
        for index, part in enumerate(parts)
    )


@cache
def template(name: str) -> Template:
    """Return a piece of page; every text put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "partials"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["korean"] = korean
    environment.filters["mark"] = _mark
    environment.filters["whole"] = _whole
    environment.tests["fallen"] = has_fallen
    return environment.get_template(name)
