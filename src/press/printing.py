"""One run of Sphinx, set up as `jupyter-book build` does it."""

import gc
import time
from pathlib import Path
from typing import TYPE_CHECKING

from press import book, execution

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def print_book(root: Path, bench: Path, pages_only: bool = False) -> "Sphinx":
    """Write pages and PDF of the book in `root` into the folders `html` and `pdf` of `bench`.

    Raises
    ------
    PressError
        When something of the book is wrong; `bench` is then half-made, and the next run mends it.
    """
    first = not (book.workshop(root) / "outputs").exists()  # every chapter runs: what runs them starts at once
    server = execution.Server() if first else None
    from press import outputs  # slow: it brings a database

    ahead = outputs.Ahead(root, server)
    app = set_up(root, bench, pages_only)
    app.press_ahead = ahead
    build(app)
    return app


def build(app: "Sphinx") -> None:
    """Print what `set_up` has prepared."""
    try:
        app.build()
    except Exception as error:
        if page := app.env.temp_data.get("docname"):  # the page that was being read
            error.add_note(page)
        raise


def _cut_type(folder: Path) -> None:
    """Return the one slow step of a first build, announced."""
    from press import fonts

    if not folder.exists():
        began = time.monotonic()
        print("The book's type, cut once …", end=" ", flush=True)
        fonts.cut(folder)
        print(f"{time.monotonic() - began:.1f} s")


def warm(app: "Sphinx") -> None:
    """Load what the first page would wait for: templates, and the style of the bibliography."""
    from pybtex.plugin import find_plugin

    for template in ("page.html", "layout.html", "figure.html"):
        app.builder.templates.environment.get_template(template)
    find_plugin("pybtex.style.formatting", app.config.bibtex_default_style)()


def set_up(root: Path, bench: Path, pages_only: bool) -> "Sphinx":
    """Read the settings and the last printing in `bench`; nothing is written yet."""
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    gc.set_threshold(
        50_000, 10, 100
    )  # trees of documents are large: looking for garbage as often as Python does took a third of a build
    book.settings(root, book.CONFIG)  # both files say where they are broken; what reads them below does not
    book.pages(root)
    _cut_type(book.workshop(root) / "fonts")
    config, _ = get_final_config(
        user_yaml=root / book.CONFIG,
        sourcedir=root,
        cli_config={"external_toc_path": str(root / book.TOC), "latex_individualpages": False},
    )
    app = Sphinx(
        srcdir=root,
        confdir=None,
        outdir=bench / "html",
        doctreedir=bench / "doctrees",
        buildername="html",
        confoverrides=config,
        status=None,
        warning=None,
    )
    app.press_pages_only = pages_only
    return app
