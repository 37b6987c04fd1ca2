"""The few document nodes that docutils and Sphinx have no word for, and pages to look nodes up in."""

from functools import lru_cache

from docutils import nodes
from sphinx import addnodes

#: What paper says in the place of what only a browser can show.
ON_PAGE = "What stands here works on the page only."


def item_heading(text: str, *children: nodes.Node) -> nodes.rubric:
    """Return a heading within the page of an item, or a list of all, that stands in no contents."""
    return nodes.rubric("", text, *children, classes=["item-heading"], **{"heading-level": 2})


class chart(nodes.General, nodes.Element):
    """One chart.

    `figure` (id), `title`, `subtitle`, `alt`, `note`, `sources`, `spec` and `narrow` (specifications as JSON text),
    `live` and `controls` (bool).
    """


class plain_chart(nodes.General, nodes.Element):
    """A chart that a cell shows as it is, without `figure`: `name`, `alt`, `spec` (as JSON text)."""


class line_break(nodes.Inline, nodes.Element):
    """The end of a line within a paragraph, where the PDF sets HTML."""


class tabular(nodes.table):
    """One table of ours, with all its cells: Sphinx's steps walk through one node, not one for each cell and text.

    `columns` (headings), `rows` (of texts and `press.document.tables.Link`), `numeric` and `short` (by column),
    `row_headers` (whether the first cell names its row), `label`, `explore` (whether readers can search it),
    `leads_to_labels` (whether its links name labels of the book rather than addresses). Its children are its title,
    if any, and the text of all cells, for the search index.
    """


class status_chip(nodes.Inline, nodes.TextElement):
    """A status in a word: its mark (`mark`, see `press.document.statuses`) and the name of its `color`."""


class board(nodes.General, nodes.Element):
    """All items as tiles, by group, with counts: `items`; its child is their text, for the search index."""


class item_list(nodes.General, nodes.Element):
    """Items with chip and reason: `items`; its child is their text, for the search index."""


class listed_items(nodes.General, nodes.Element):
    """Where items will stand, before the ledger is complete: `form` (board, list, counts, page), and of which."""


class shown_again(nodes.General, nodes.Element):
    """Where a figure of another page, or a page's title, will stand: `form`, `figure` or `page`, `line`."""


class thumbnail(chart):
    """A small chart of a figure that stands on another page, with the figure's `address`. Not in the PDF."""


class listed_claims(nodes.General, nodes.Element):
    """Where the claims of all chapters will stand, before the ledger is complete."""


class changes(nodes.General, nodes.Element):
    """Where the changes between editions will stand."""


class figure_extras(nodes.General, nodes.Element):
    """What stands below a figure's source line: data, downloads, citation, embedding. Its chart stands before it."""


class sources_in_full(nodes.General, nodes.Element):
    """Title, vintage, and license of the tables that a table is made from, folded: `sources`. Not in the PDF."""


class gallery(nodes.General, nodes.Element):
    """A list of all figures or all tables of the book: `kind`."""


class file(nodes.Inline, nodes.TextElement):
    """A file that lies beside the pages: `path` below them."""


class code(nodes.General, nodes.Element):
    """The code of a chapter's cells; `folded`: whether it is folded away on the page."""


class folded(nodes.container):
    """What an author has hidden: folded away on the page, plain in the PDF; `label` names it."""


class term_link(nodes.Inline, nodes.TextElement):
    """A word of the glossary where a page first uses it: `refuri` of its entry, `meaning`. On paper a plain word."""


class scroll(nodes.General, nodes.Element):
    """A box around a wide table that scrolls by itself; `label` names it."""


class cited(nodes.Inline, nodes.TextElement):
    """A number or claim that the prose cites, before the ledger is complete: `kind`, `id`, and in which form."""


class claim_mark(nodes.Inline, nodes.TextElement):
    """The check mark behind a sentence that the build checks: `statement`, and its `number` in the book."""


@lru_cache(8)  # pages at hand, not all: the trees of a long book fill the memory
def page_as_read(env, page: str) -> nodes.document:
    """Return a page as it was read, before anything was resolved; one for all who look: not to be changed."""
    return env.get_doctree(page)


def page_of(node: nodes.Node) -> nodes.Element:
    """Return the page that a node stands on; of a page, itself."""
    while not isinstance(node, (addnodes.start_of_file, nodes.document)):
        node = node.parent
    return node
