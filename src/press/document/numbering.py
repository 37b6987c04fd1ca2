"""Numbers of appendices, figures, and tables; which figures changed since the last build."""

import hashlib
import json
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment

from press import project, state
from press.document.figures import figures_of_page
from press.state import FigurePlace, NumberedItem


class AppendixNumber(int):
    """The number that Sphinx gives an appendix, 7, say: it is equal to that, and sorts so, but is printed as A1.

    Being equal, it lets Sphinx see that no number has changed since the last build.
    """

    name = ""

    def __str__(self) -> str:
        """Return what is printed."""
        return self.name


def number_appendices(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Call the pages of the part that the setting `press_appendices` names A1, A2, and so on, with all on them.

    Returns
    -------
    list of str
        The pages to be written again: those that became, or ceased to be, an appendix of this number.
    """
    book, before = state.book(env), state.book(env).appendices
    first_pages = enumerate(_appendices(app, env), 1)
    book.appendices = {page: f"A{place}" for place, first in first_pages for page in _with_pages_below(env, first)}
    for page, name in book.appendices.items():
        _number_page(env, page, name)
    return sorted(page for page in env.found_docs if before.get(page) != book.appendices.get(page))


def _appendices(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the first pages of the numbered part that has the caption of appendices, in its order."""
    caption = app.config.press_appendices
    if not caption:
        return []
    return [
        page
        for root in sorted(env.numbered_toctrees)
        for toctree in env.get_doctree(root).findall(addnodes.toctree)
        if toctree.get("caption") == caption and toctree.get("numbered")
        for _, page in toctree["entries"]
        if page in env.found_docs
    ]


def _with_pages_below(env: BuildEnvironment, page: str) -> Iterator[str]:
    """Yield a page and those below it in the contents."""
    yield page
    for below in env.toctree_includes.get(page, []):
        yield from _with_pages_below(env, below)


def _number_page(env: BuildEnvironment, page: str, name: str) -> None:
    """Give title, sections, figures, tables, and equations of a page the number of its appendix."""

    def renamed(number):
        if not number:
            return number
        first = AppendixNumber(number[0])
        first.name = name
        return type(number)([first, *number[1:]])

    for numbers in [env.toc_secnumbers.get(page, {}), *env.toc_fignumbers.get(page, {}).values()]:
        numbers.update({id: renamed(number) for id, number in numbers.items()})
    links = env.tocs[page].findall(nodes.reference)
    for node in [env.titles[page], *(link for link in links if "secnumber" in link)]:
        if "secnumber" in node:
            node["secnumber"] = renamed(node["secnumber"])


def numbered(env: BuildEnvironment, kind: str) -> list[NumberedItem]:
    """Return all figures, or all tables, in the order of the book: those of no numbered chapter come first."""
    found = []
    for entry in state.book(env).ledger.entries(kind):
        number = env.toc_fignumbers.get(entry["chapter"], {}).get(kind, {}).get(entry["id"], ())
        words = env.config.numfig_format[kind] % ".".join(map(str, number)) if number else ""
        found.append((number, NumberedItem(entry["id"], entry["title"], words, entry["chapter"])))
    return [item for _, item in sorted(found, key=lambda pair: (len(pair[0]) > 1, pair[0]))]


def note_figures(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Keep each figure with its neighbors and its fingerprint, once all are numbered; note which have changed."""
    run, book = state.build(app), state.book(env)
    found, before = numbered(env, "figure"), book.figures
    around = zip([None, *found], found, [*found[1:], None], strict=False)
    book.figures = {
        item.id: FigurePlace(previous, item, following, _fingerprint(app, item, before))
        for previous, item, following in around
    }
    of_all = run.edition_released or env.config_status != CONFIG_OK
    run.changed_figures = [id for id, now in book.figures.items() if of_all or before.get(id) != now]
    return []


def _fingerprint(app: Sphinx, item: NumberedItem, before: dict[str, FigurePlace]) -> str:
    """Return a fingerprint of what a figure's files and own page are made of, the former if its page was not read."""
    if item.page not in state.build(app).pages_read and item.id in before:
        return before[item.id].fingerprint
    found = figures_of_page(app, item.page)[item.id]
    tables = [project.resource(name, project.find_root(app.srcdir)) for name in found.chart["sources"]]
    content = f"{app.env.titles[item.page].astext()} {found.figure.pformat()} {json.dumps(tables)}"
    return hashlib.sha256(content.encode()).hexdigest()
