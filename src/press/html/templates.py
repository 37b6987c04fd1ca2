"""Pieces of pages, from `theme/press/pieces`."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from press.document.hangul import korean

THEME = Path(__file__).parents[1] / "theme" / "press"


@cache
def template(name: str) -> Template:
    """Return a piece of page; every text put into it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(THEME / "pieces"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["korean"] = korean
    return environment.get_template(name)
