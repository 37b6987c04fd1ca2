"""The contents of the book, beside every page."""

from html import escape
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

from press import state
from press.html.templates import template
from press.state import Contents


def note_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the contents together, once a build; return all pages when the contents changed, for each shows them."""
    book = state.book(env)
    before, book.contents = book.contents, contents(app)
    return sorted(env.found_docs) if book.contents != before else []


def contents(app: Sphinx) -> Contents:
    """Return the caption of each part of the book, address and title of each of its pages, as they are numbered."""
    root, parts, caption = app.config.root_doc, [], ""
    tree = global_toctree_for_doc(app.env, root, app.builder, maxdepth=1, titles_only=True)
    for node in tree.children if tree else []:
        if isinstance(node, nodes.title):
            caption = node.astext()
        elif isinstance(node, nodes.Element):
            parts.append((caption, [_entry(link, app) for link in node.findall(nodes.reference)]))
            caption = ""
    return parts


def _entry(link: nodes.reference, app: Sphinx) -> tuple[str, str]:
    number = "".join(f"{part}." for part in link.get("secnumber") or ())
    return urljoin(app.builder.get_target_uri(app.config.root_doc), link["refuri"]), f"{number} {link.astext()}".strip()


def navigation(app: Sphinx, page: str) -> str:
    """Return the contents as a page links to them: set once for a folder, the page itself marked in them."""
    folder, _, own = app.builder.get_target_uri(page).rpartition("/")
    known = state.build(app).navigation
    if folder not in known:
        known[folder] = _render(app, f"{folder}/" if folder else "")
    return known[folder].replace(f'href="{escape(own)}"', 'href="#" aria-current="page"')


def _render(app: Sphinx, folder: str) -> str:
    first = app.builder.get_target_uri(app.config.root_doc)
    parts = [
        (caption, [(_relative(folder, address), title) for address, title in pages])
        for caption, pages in state.book(app.env).contents or []
    ]
    return template("contents.html").render(first=_relative(folder, first), parts=parts)


def _relative(folder: str, address: str) -> str:
    return address if "://" in address else relative_uri(folder, address)
