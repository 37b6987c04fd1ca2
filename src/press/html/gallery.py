"""Lists of all figures and of all tables: pictures and titles."""

import re
from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from press import project
from press.document.figures import figures_of_page
from press.document.numbering import numbered
from press.html import social_cards
from press.html.figure_extras import FOLDER
from press.html.templates import template
from press.state import NumberedItem

# What a reader looks for, and the marks that make a chart one; the first that is drawn decides.
_KINDS = {
    "map": ("geoshape",),
    "bars": ("bar",),
    "lines": ("line", "trail", "area"),
    "dots": ("circle", "point", "square", "tick"),
    "tiles": ("rect",),
}
_MARK = re.compile(r'"mark": (?:"(\w+)"|\{[^{}]*?"type": "(\w+)")')


def render(builder: StandaloneHTMLBuilder, kind: str) -> str:
    """Return the list of all items of a kind, `"figure"` or `"table"`, by page."""
    app, here = builder.app, builder.get_target_uri(builder.current_docname)
    items = numbered(app.env, kind)
    pages = dict.fromkeys(item.page for item in items)
    chapters = {
        page: (app.env.titles[page].astext(), relative_uri(here, builder.get_target_uri(page))) for page in pages
    }
    facts = {item.id: _facts(app, item) for item in items} if kind == "figure" else {}
    listed = [
        {"title": title, "link": link, "places": [item for item in items if item.page == page]}
        for page, (title, link) in chapters.items()
    ]
    return template("gallery.html").render(
        kind=kind,
        chapters=listed,
        facts=facts,
        ways=_ways([title for title, _ in chapters.values()], facts.values()),
        size=social_cards.THUMBNAIL,
        at=relative_uri(here, f"{FOLDER}/"),
    )


def _ways(chapters: list[str], facts: Iterable[dict[str, str]]) -> dict[str, list[str]]:
    """Return by what a reader finds figures: way → what occurs, in the order of the book."""
    found = {way: [value for each in facts for value in each[way].split("|") if value] for way in ("country", "kind")}
    return {"chapter": chapters} | {way: list(dict.fromkeys(values)) for way, values in found.items()}


def _facts(app: Sphinx, item: NumberedItem) -> dict[str, str]:
    """Return by what a reader finds a figure: the countries that it shows, and the kind of chart."""
    spec = figures_of_page(app, item.page)[item.id].chart["spec"]
    colors = project.load_palette(project.find_root(app.srcdir))["chart"].values()
    countries = [color["country"] for color in colors if "country" in color and color["light"] in spec]
    return {"country": "|".join(countries), "kind": kind_of(spec)}


def kind_of(spec: str) -> str:
    """Return what kind of chart a specification, as JSON text, draws; empty for one of words alone.

    Examples
    --------
    >>> kind_of('{"layer": [{"mark": "text"}, {"mark": {"size": 9, "type": "point"}}]}')
    'dots'
    """
    drawn = {plain or typed for plain, typed in _MARK.findall(spec)}
    return next((kind for kind, marks in _KINDS.items() if drawn & set(marks)), "")
