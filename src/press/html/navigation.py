"""The contents of the book, beside every page."""

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import urljoin

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

from press import state
from press.html.templates import template
from press.state import Contents, Entry


def note_contents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the contents together, once a build; return all pages when the contents changed, for each shows them."""
    book = state.book(env)
    before, book.contents = book.contents, contents(app)
    return sorted(env.found_docs) if book.contents != before else []


def contents(app: Sphinx) -> Contents:
    """Return the caption of each part of the book, and its pages, as they are numbered, with those below them."""
    root, parts, caption = app.config.root_doc, [], ""
    tree = global_toctree_for_doc(app.env, root, app.builder, maxdepth=0, titles_only=True, collapse=False)
    for node in tree.children if tree else []:
        if isinstance(node, nodes.title):
            caption = node.astext()
        elif isinstance(node, nodes.Element):
            parts.append((caption, [_entry(item, app) for item in _items(node)]))
            caption = ""
    return parts


def _items(node: nodes.Element) -> list[nodes.Element]:
    """Return the items of the list that a node is or holds."""
    lists = [node] if isinstance(node, nodes.bullet_list) else node.children
    return [item for found in lists if isinstance(found, nodes.bullet_list) for item in found.children]  # type: ignore[misc]


def _entry(item: nodes.Element, app: Sphinx) -> Entry:
    """Return an item of Sphinx's contents: a link, and perhaps a list of pages below it."""
    link = next(item.findall(nodes.reference))
    number = "".join(f"{part}." for part in link.get("secnumber") or ())
    address = urljoin(app.builder.get_target_uri(app.config.root_doc), link["refuri"])
    return Entry(address, f"{number} {link.astext()}".strip(), tuple(_entry(below, app) for below in _items(item)))


def way_to(app: Sphinx, page: str) -> list[tuple[str, str]]:
    """Return the way to a page: the caption of its part, the pages above it; each with its address, if it has one."""
    own = app.builder.get_target_uri(page)
    folder = f"{own.rpartition('/')[0]}/" if "/" in own else ""
    for caption, pages in state.book(app.env).contents or []:
        for above in _above(pages, own):
            part = [(caption, "")] if caption else []
            return part + [(entry.title, _relative(folder, entry.address)) for entry in above]
    return []


def _above(pages: Iterable[Entry], address: str) -> Iterator[list[Entry]]:
    """Yield the entries above an address, once it is found."""
    for entry in pages:
        if entry.address == address:
            yield []
        yield from ([entry, *above] for above in _above(entry.below, address))


def navigation(app: Sphinx, page: str) -> str:
    """Return the contents as a page links to them: set once for a folder, the page itself marked in them."""
    folder, _, own = app.builder.get_target_uri(page).rpartition("/")
    known = state.build(app).navigation
    if folder not in known:
        known[folder] = _render(app, f"{folder}/" if folder else "")
    return known[folder].replace(f'href="{escape(own)}"', 'href="#" aria-current="page"')


def _render(app: Sphinx, folder: str) -> str:
    root = app.config.root_doc
    first, title = app.builder.get_target_uri(root), app.config.press_first_page or app.env.titles[root].astext()
    parts = [
        (caption, [_seen_from(folder, entry) for entry in pages])
        for caption, pages in state.book(app.env).contents or []
    ]
    return template("contents.html").render(first=_relative(folder, first), first_title=title, parts=parts)


def _seen_from(folder: str, entry: Entry) -> Entry:
    """Return an entry as pages of a folder link to it."""
    return Entry(
        _relative(folder, entry.address), entry.title, tuple(_seen_from(folder, below) for below in entry.below)
    )


def _relative(folder: str, address: str) -> str:
    return address if "://" in address else relative_uri(folder, address)
