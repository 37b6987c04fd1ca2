"""Lists of all figures and of all tables: pictures and titles on the page, page numbers in the PDF."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from press import book, charts, drawing, figures, ledger
from press.nodes import chart, gallery


class Gallery(SphinxDirective):
    """`{figures}` and `{tables}`: every figure or table of the book."""

    kinds = {"figures": "figure", "tables": "table"}

    def run(self):
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [gallery(kind=self.kinds[self.name])]


def visit_gallery(self: HTML5Translator, node: gallery) -> None:
    """Return the list on a page."""
    builder, env = self.builder, self.builder.env
    here = builder.get_target_uri(builder.current_docname)
    chapters: dict[str, list] = {}
    for place in figures.places(env, node["kind"]):
        chapters.setdefault(place.page, []).append(place)
    listed = [
        {"title": env.titles[page].astext(), "places": places, "link": relative_uri(here, builder.get_target_uri(page))}
        for page, places in chapters.items()
    ]
    sizes = _sizes(builder.app, chapters) if node["kind"] == "figure" else {}
    piece = figures.template("gallery.html")
    self.body.append(
        piece.render(kind=node["kind"], chapters=listed, sizes=sizes, at=relative_uri(here, f"{figures.FOLDER}/"))
    )
    raise nodes.SkipNode


def _sizes(app: Sphinx, pages) -> dict[str, tuple[int, int]]:
    """Width and height of each figure's small picture, so that the page does not jump when it comes."""
    workshop = book.workshop(book.root(app.srcdir))
    found = {id: node.next_node(chart) for page in pages for id, (_, node) in figures.as_read(app, page).items()}
    return {id: charts.size(drawing.svg(figures.specs(node)["narrow"], id, workshop)) for id, node in found.items()}
