"""Lists of all figures and of all tables: pictures and titles."""

from collections.abc import Iterable

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from press import state
from press.charts import renderer, svg
from press.document.figures import figures_of_page, layouts
from press.document.numbering import numbered
from press.html.figure_extras import FOLDER
from press.html.templates import template
from press.state import NumberedItem


def render(builder: StandaloneHTMLBuilder, kind: str) -> str:
    """Return the list of all items of a kind, `"figure"` or `"table"`, by page."""
    env, here = builder.env, builder.get_target_uri(builder.current_docname)
    pages: dict[str, list[NumberedItem]] = {}
    for item in numbered(env, kind):
        pages.setdefault(item.page, []).append(item)
    listed = [
        {"title": env.titles[page].astext(), "places": items, "link": relative_uri(here, builder.get_target_uri(page))}
        for page, items in pages.items()
    ]
    sizes = _sizes(builder.app, pages) if kind == "figure" else {}
    return template("gallery.html").render(kind=kind, chapters=listed, sizes=sizes, at=relative_uri(here, f"{FOLDER}/"))


def _sizes(app: Sphinx, pages: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return width and height of each figure's small picture, so that the page does not jump when it comes."""
    cache_dir = state.cache_directory(app)
    found = {id: figure.chart for page in pages for id, figure in figures_of_page(app, page).items()}
    return {id: svg.size(renderer.render_svg(layouts(node)["narrow"], id, cache_dir)) for id, node in found.items()}
