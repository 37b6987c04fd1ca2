"""One run of Sphinx, set up as `jupyter-book build` does it."""

import gc
import time
from pathlib import Path

from sphinx.application import Sphinx

from press import book


def print_book(root: Path, bench: Path, pages_only: bool = False) -> Sphinx:
    """Write pages and PDF of the book in `root` into the folders `html` and `pdf` of `bench`.

    Raises
    ------
    PressError
        When something of the book is wrong; `bench` is then half-made, and the next run mends it.
    """
    gc.set_threshold(200_000, 20, 100)  # trees of documents are large and live long: looking for garbage took a third of a build
    _cut_type(book.workshop(root) / "fonts")
    app = _set_up(root, bench)
    app.press_pages_only = pages_only
    try:
        app.build()
    except Exception as error:
        if page := app.env.temp_data.get("docname"):  # the page that was being read
            error.add_note(page)
        raise
    return app


def _cut_type(folder: Path) -> None:
    """The one slow step of a first build, announced."""
    from press import fonts

    if not folder.exists():
        began = time.monotonic()
        print("The book's type, cut once …", end=" ", flush=True)
        fonts.cut(folder)
        print(f"{time.monotonic() - began:.1f} s")


def _set_up(root: Path, bench: Path) -> Sphinx:
    from jupyter_book.config import get_final_config

    config, _ = get_final_config(
        user_yaml=root / "_config.yml", sourcedir=root,
        cli_config={"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False},
    )  # fmt: skip
    return Sphinx(
        srcdir=root, confdir=None, outdir=bench / "html", doctreedir=bench / "doctrees", buildername="html",
        confoverrides=config, status=None, warning=None,
    )  # fmt: skip
