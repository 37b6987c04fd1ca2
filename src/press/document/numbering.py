"""Numbered figures and tables: where each stands, and which figures changed since the last build."""

import hashlib
import json

from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment

from press import project, state
from press.document.figures import figures_of_page
from press.state import FigurePlace, NumberedItem


def numbered(env: BuildEnvironment, kind: str) -> list[NumberedItem]:
    """Return all figures, or all tables, in the order of the book."""
    found = []
    for entry in state.book(env).ledger.entries(kind):
        number = env.toc_fignumbers.get(entry["chapter"], {}).get(kind, {}).get(entry["id"], ())
        words = env.config.numfig_format[kind] % ".".join(map(str, number)) if number else ""
        found.append((number, NumberedItem(entry["id"], entry["title"], words, entry["chapter"])))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


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
