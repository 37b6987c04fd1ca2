"""The index of the search page: what Sphinx writes, and what readers are told of what they find."""

import json
from pathlib import Path

from sphinx.application import Sphinx

from press import state
from press.document.numbering import numbered
from press.html.page_context import is_chapter

_BEGIN, _END = "Search.setIndex(", ")"


def complete_index(app: Sphinx) -> None:
    """Drop words that no page holds any more, which Sphinx keeps from the build before; add figures and kinds.

    `kinds` names what each page is (“Chapter 2”, “Promise D1”), in the order of `docnames`; `numbers`, each figure
    and table.
    """
    path = Path(app.outdir) / "searchindex.js"
    index = json.loads(path.read_text(encoding="utf-8").removeprefix(_BEGIN).removesuffix(_END))
    for kind in ("terms", "titleterms"):
        index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
    places = {page: place for place, page in enumerate(index["docnames"])}
    items = [item for kind in ("figure", "table") for item in numbered(app.env, kind) if item.page in places]
    for item in items:
        found = index["alltitles"].setdefault(item.title, [])
        if [places[item.page], item.id] not in found:
            found.append([places[item.page], item.id])
    index["numbers"] = {item.id: item.number for item in items}
    index["kinds"] = [kind_of(app, page) for page in index["docnames"]]
    path.write_text(_BEGIN + json.dumps(index, ensure_ascii=False, sort_keys=True) + _END, encoding="utf-8")


def kind_of(app: Sphinx, page: str) -> str:
    """Return what a page is, in words: of an item, a chapter with its number, or any other page."""
    for item in state.book(app.env).ledger.entries("item"):
        if item["page"] == page:
            return f"{app.config.press_item_name} {item['id'].upper()}"
    number = ".".join(map(str, app.env.toc_secnumbers.get(page, {}).get("", None) or ()))
    if not is_chapter(app, page):
        return "Page"
    kind = "Appendix" if page in state.book(app.env).appendices else "Chapter"
    return f"{kind} {number}".strip()
