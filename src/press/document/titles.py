"""Numbers in headings: they stand in the contents too."""

from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from press import state
from press.document.nodes import cited
from press.document.transforms import cited_text

_CITES = "press_title_cites"  # in the metadata of a page


def note_titles(app: Sphinx, document: nodes.document) -> None:
    """Note whether a heading of a page cites a number."""
    titles = document.findall(nodes.title)
    app.env.metadata[app.env.docname][_CITES] = any(next(title.findall(cited), None) for title in titles)


def fill_titles(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put numbers into the headings that contents and neighbors show, once all chapters are read."""
    labels = env.domains["std"].labels
    for page in [page for page, metadata in env.metadata.items() if metadata.get(_CITES)]:
        for node in _cited(env, page):
            node.children = [nodes.Text(cited_text(state.book(env).ledger, node))]
        for link in env.tocs[page].findall(nodes.reference):
            id = link.get("anchorname", "").removeprefix("#")
            for name, (where, target, title) in list(labels.items()):
                if (where, target) == (page, id) and title:
                    labels[name] = (where, target, link.astext())
    return []


def _cited(env: BuildEnvironment, page: str) -> Iterator[cited]:
    for kept in (env.titles, env.longtitles, env.tocs):
        if page in kept:
            yield from kept[page].findall(cited)
