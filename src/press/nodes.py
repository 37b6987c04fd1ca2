"""The few document nodes that docutils and Sphinx have no word for, and pages to look nodes up in."""

from collections.abc import Iterator
from functools import lru_cache

from docutils import nodes
from sphinx import addnodes


class chart(nodes.General, nodes.Element):
    """One chart: `figure` (id), `title`, `subtitle`, `alt`, `note`, `sources`, `spec`, `narrow` (specifications as JSON text), `live`, `controls` (bool)."""


class changes(nodes.General, nodes.Element):
    """Where the changes between editions will stand."""


class offers(nodes.General, nodes.Element):
    """What a figure offers below its source line: data, downloads, citation, embedding. Its chart stands before it."""


class gallery(nodes.General, nodes.Element):
    """A list of all figures or all tables of the book: `kind`."""


class file(nodes.Inline, nodes.TextElement):
    """A file that lies beside the pages: `path` below them."""


class code(nodes.General, nodes.Element):
    """The code of a chapter's cell, folded away on the page and left out of the PDF."""


class scroll(nodes.General, nodes.Element):
    """A box around a wide table that scrolls by itself; `label` names it."""


class cited(nodes.Inline, nodes.TextElement):
    """A number or claim that the prose cites, before the ledger is complete: `kind`, `id`, and in which form."""


class claim_mark(nodes.Inline, nodes.TextElement):
    """The check mark behind a sentence that the build checks: `statement`."""


@lru_cache(8)  # pages at hand, not all: the trees of a long book fill the memory
def as_read(env, page: str) -> nodes.document:
    """Return a page as it was read, before anything was resolved; one for all who look: not to be changed."""
    return env.get_doctree(page)


def outline(node: nodes.Element) -> Iterator[nodes.Element]:
    """Return what numbering asks of a page: sections, contents, and what bears a number with its caption; all in order, the rest left out."""
    for child in node.children:
        if isinstance(child, _NUMBERED) or (isinstance(child, nodes.container) and child.get("literal_block")):
            kept = child.copy()
            kept.extend([nodes.Text(child.astext())] if isinstance(child, nodes.TextElement) else outline(child))
            yield kept
        elif isinstance(child, nodes.Element):
            yield from outline(child)


_NUMBERED = (nodes.section, nodes.figure, nodes.table, nodes.math_block, nodes.title, nodes.caption, addnodes.toctree)
