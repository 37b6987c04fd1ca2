"""One run of Sphinx, set up as `jupyter-book build` does it."""

import gc
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press import project
from press.errors import combined
from press.execution import pool

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def build_book(
    root: Path, staging: Path, pages_only: bool = False, settings: Mapping[str, Any] | None = None
) -> "Sphinx":
    """Write pages and PDF of the book in `root` into the folders `html` and `pdf` of the staging directory.

    `settings` of Sphinx go before those of `_config.yml`.

    Raises
    ------
    PressError
        When something of the book is wrong; the staging directory is then half made, and the next run mends it.
    """
    first = not (project.cache_directory(root) / "outputs").exists()  # every chapter runs: start the pool at once
    workers = pool.Pool() if first else None
    from press import state  # slow, as what follows: it brings Sphinx and a database
    from press.execution.cache import EarlyRun

    early_run = EarlyRun(root, workers)
    app = create_app(root, staging, pages_only, settings)
    state.build(app).early_run = early_run
    build(app)
    return app


def set_on_letter(root: Path, staging: Path) -> Path:
    """Set the PDFs of the book that lies in the staging directory on US Letter; return their folder."""
    from press.pdf.builder import set_documents

    folder = root / "_build" / "us-letter"
    set_documents(create_app(root, staging, pages_only=True), folder, press_paper="us-letter")
    return folder


def outside_inputs(app: "Sphinx") -> dict[str, str]:
    """Return what the chapters of a finished build read that is no source of the book."""
    from press import state
    from press.execution import cache, dependencies

    found = cache.outside_inputs(state.cache_directory(app) / "outputs", app.env.found_docs)
    return found | ({dependencies.PROGRAMS: ""} if state.build(app).always_runs else {})


def build(app: "Sphinx") -> None:
    """Build with an application that `create_app` has set up; an error says which page was being read."""
    try:
        app.build()
    except Exception as error:
        if page := app.env.temp_data.get("docname"):
            error.add_note(page)
        raise


def create_app(root: Path, staging: Path, pages_only: bool, settings: Mapping[str, Any] | None = None) -> "Sphinx":
    """Read the settings and the last build in the staging directory; nothing is written yet."""
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    from press import state

    # Trees of documents are large: looking for garbage as often as Python does took a third of a build.
    gc.set_threshold(50_000, 10, 100)
    _check_settings(root)
    project.check_first_page(root)
    _make_fonts(project.cache_directory(root) / "fonts")
    toc = {"external_toc_path": str(root / project.TOC), "latex_individualpages": False}
    config, _ = get_final_config(user_yaml=root / project.CONFIG, sourcedir=root, cli_config=toc, validate=False)
    app = Sphinx(
        srcdir=root,
        confdir=None,
        outdir=staging / "html",
        doctreedir=staging / "doctrees",
        buildername="html",
        confoverrides=config | dict(settings or {}),
        status=None,
        warning=None,
    )
    state.build(app).pages_only = pages_only
    return app


def _check_settings(root: Path) -> None:
    """Say where the settings are wrong: what reads them does not know, or does not say."""
    problems = project.check_settings(root)
    if not problems:
        return
    if project.sphinx_settings(project.read_settings(root, project.CONFIG)).get("press_warnings") != "tell":
        raise combined(problems)
    for problem in problems:
        print(f"Warning: {problem}", file=sys.stderr, flush=True)


def _make_fonts(folder: Path) -> None:
    """Make the fonts, the one slow step of a first build, and say so."""
    from press.charts import fonts

    if not fonts.are_made(folder):
        began = time.monotonic()
        print("The book's type, cut once …", end=" ", flush=True)
        fonts.make_static_fonts(folder)
        print(f"{time.monotonic() - began:.1f} s")


def warm(app: "Sphinx") -> None:
    """Load what the first page would wait for: templates, and the style of the bibliography."""
    from pybtex.plugin import find_plugin

    for template in ("page.html", "layout.html", "figure.html"):
        app.builder.templates.environment.get_template(template)
    find_plugin("pybtex.style.formatting", app.config.bibtex_default_style)()
