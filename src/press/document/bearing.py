"""What of the book bears on an item: chapters that list its group, and sections that lead to its page."""

from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join

from press import state
from press.document.nodes import chart, cited, item_heading, listed_items
from press.document.numbering import numbered
from press.state import NumberedItem

BEARS = "press_bears_on"  # in the metadata of a page


class Section(NamedTuple):
    """A section, by id and title, the pages and items that it leads to, and the figures and tables in it or named."""

    id: str
    title: str
    leads_to: tuple[str, ...]
    figures: tuple[str, ...]


def note_bearing(app: Sphinx, document: nodes.document) -> None:
    """Note which groups a page lists, and to what its sections lead."""
    page = app.env.docname
    groups = [node["group"] for node in document.findall(listed_items) if node["form"] == "list" and node["group"]]
    sections = [_section(page, node) for node in document.findall(nodes.section) if node["ids"]]
    app.env.metadata[page][BEARS] = (groups, [section for section in sections if section.leads_to])


def _section(page: str, node: nodes.section) -> Section:
    parts = [part for child in node.children if not isinstance(child, nodes.section) for part in child.findall()]
    pages = [
        docname_join(page, part["reftarget"].partition("#")[0].rpartition(".")[0] or part["reftarget"])
        for part in parts
        if isinstance(part, addnodes.pending_xref) and part.get("reftarget")
    ]
    pages += [part["reftarget"] for part in parts if isinstance(part, addnodes.pending_xref) and part.get("reftarget")]
    items = [f"item {part['id']}" for part in parts if isinstance(part, cited) and part["kind"] == "item"]
    title = next(node.findall(nodes.title), nodes.title())
    figures = [part["figure"] for part in parts if isinstance(part, chart)]
    named = [part for part in parts if isinstance(part, addnodes.pending_xref) and part.get("reftype") == "numref"]
    figures += [part["reftarget"] for part in named]
    leads_to, shown = dict.fromkeys([*pages, *items]), dict.fromkeys(figures)
    return Section(node["ids"][0], title.astext(), tuple(leads_to), tuple(shown))


def rewrite_when_bearing_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages of all items when what bears on them changed."""
    book = state.book(env)
    now = {page: metadata[BEARS] for page, metadata in sorted(env.metadata.items()) if any(metadata.get(BEARS, ()))}
    before, book.bearing = book.bearing, now
    return [item["page"] for item in book.ledger.entries("item") if item["page"]] if now != before else []


def bearing_nodes(env: BuildEnvironment, builder: Builder, item: dict, here: str) -> list[nodes.Node]:
    """Return a list of the chapter, sections, figures, and tables that bear on an item, under a heading.

    A page that lists one group is its chapter; one that lists several, such as a summary, bears on none by that, nor
    does a page in another language. A figure bears on an item if its section, or one that names it, says how the item
    stands.
    """
    numbers = {found.id: found for kind in ("figure", "table") for found in numbered(env, kind)}
    mark = f"item {item['id']}"
    left_out = {env.config.root_doc, *(other["page"] for other in state.book(env).ledger.entries("item"))}
    left_out |= {page for page in env.found_docs if _language(env, page) != _language(env, here)}
    lines = []
    for page, (groups, sections) in state.book(env).bearing.items():
        if page in left_out or page not in env.found_docs:
            continue
        cites = [section for section in sections if {item["page"], mark} & set(section.leads_to)]
        if groups == [item["group"]] or cites:
            address, title = builder.get_relative_uri(here, page).partition("#")[0], env.titles[page].astext()
            entry, below = _line(address, title), []
            for section in cites:
                below += [_line(f"{address}#{section.id}", section.title)] if section.title != title else []
                bears = [numbers[id] for id in section.figures if id in numbers] if mark in section.leads_to else []
                below += [_line(_place(builder, here, one), f"{one.number}: {one.title}") for one in bears]
            entry += nodes.bullet_list("", *below) if below else []
            lines.append(entry)
    if not lines:
        return []
    heading = item_heading("Where the book says more")
    return [heading, nodes.bullet_list("", *lines)]


def _language(env: BuildEnvironment, page: str) -> str:
    return env.metadata[page].get("language", env.config.language)


def _place(builder: Builder, here: str, item: NumberedItem) -> str:
    return f"{builder.get_relative_uri(here, item.page).partition('#')[0]}#{item.id}"


def _line(address: str, text: str) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", _link(address, text)))


def _link(address: str, text: str) -> nodes.reference:
    return nodes.reference("", text, internal=True, refuri=address)
