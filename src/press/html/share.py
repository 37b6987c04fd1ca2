"""The pictures that links to pages are shown with: of items, chapters, and the first page."""

from pathlib import Path

from sphinx.application import Sphinx

from press import state
from press.background import WorkerPool
from press.charts import renderer
from press.document.statuses import counts
from press.html import social_cards

FOLDER = "share"  # of these pictures


def picture_of(app: Sphinx, page: str) -> str:
    """Return where the picture of a page lies below the site; empty where it has none of its own."""
    records = state.book(app.env).ledger.records
    if page == app.config.root_doc and any(records.values()):
        return f"{FOLDER}/book.png"
    item = item_of_page(app, page)
    return f"{FOLDER}/{item['id']}.png" if item else ""


def item_of_page(app: Sphinx, page: str) -> dict | None:
    """Return the item whose own page it is."""
    items = state.book(app.env).ledger.entries("item")
    return next((item for item in items if item["page"] == page), None)


def write_pictures(app: Sphinx) -> WorkerPool:
    """Write the pictures, while the pages are written; they are drawn anew only where their words changed."""
    folder, items = Path(app.outdir) / FOLDER, state.book(app.env).ledger.entries("item")
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {"book": _book(app, items)} | {item["id"]: _item(app, item) for item in items if item["page"]}

    def write(name: str) -> None:
        content = renderer.render_png(pictures[name], state.cache_directory(app))
        path = folder / f"{name}.png"
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)

    return WorkerPool(write, list(pictures))


def _book(app: Sphinx, items: list[dict]) -> str:
    totals = [(status, f"{count} {status['short']}") for status, count in counts(items)]
    return social_cards.card(app.config.author, app.config.html_title, totals, app.config.press_subtitle, _foot(app))


def _item(app: Sphinx, item: dict) -> str:
    kicker = " · ".join(filter(None, [app.config.html_title, item["group"]]))
    return social_cards.card(
        kicker, item["title"], [(item["status"], item["status"]["short"])], item["reason"], _foot(app)
    )


def _foot(app: Sphinx) -> str:
    return " ".join(
        filter(None, [f"{app.config.press_edition}." if app.config.press_edition else "", app.config.html_baseurl])
    )
