"""The press's command line: `python -m press build`, `python -m press tidy`."""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path

os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # kernels warn of frozen modules otherwise


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one message on stderr when it did not."""
    parser = argparse.ArgumentParser(prog="python -m press", description="Print the book.")
    parser.add_argument("command", choices=COMMANDS, help="build: pages and PDF into _build; tidy: notebooks into canonical form")
    parser.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    options = parser.parse_args(arguments)
    from press.errors import PressError, explain

    try:
        COMMANDS[options.command](Path.cwd())
    except KeyboardInterrupt:
        print("Stopped. The last printed book is untouched.", file=sys.stderr)
        return 130
    except Exception as error:
        if options.debug:
            raise
        print(f"\n{explain(error)}", file=sys.stderr)
        if not isinstance(error, PressError):
            print("(--debug shows where it came from.)", file=sys.stderr)
        return 1
    return 0


def build(start: Path) -> None:
    """Print the book beside the last one, and put it in its place when it is whole."""
    from press import book

    began = time.monotonic()
    root = book.root(start)
    _cut_type(root / "_build" / ".press" / "fonts")
    bench = root / "_build" / ".press" / "book"
    app = _sphinx(root, bench)
    try:
        app.build()
    except Exception as error:
        if page := app.env.temp_data.get("docname"):  # the page that was being read
            error.add_note(page)
        raise
    _publish(bench / "html", root / "_build" / "html")
    _publish(bench / "pdf", root / "_build" / "pdf")
    print(f"Printed in {time.monotonic() - began:.1f} s:")
    for path in (root / "_build" / "html" / "index.html", root / "_build" / "pdf" / app.config.press_pdf):
        print(f"  {path.relative_to(root)}")


def _cut_type(folder: Path) -> None:
    """The one slow step of a first build, announced."""
    from press import fonts

    if not folder.exists():
        began = time.monotonic()
        print("The book's type, cut once …", end=" ", flush=True)
        fonts.cut(folder)
        print(f"{time.monotonic() - began:.1f} s")


def _sphinx(root: Path, bench: Path):
    """Sphinx, configured as `jupyter-book build` does, quiet but for the chapters."""
    from jupyter_book.config import get_final_config
    from sphinx.application import Sphinx

    config, _ = get_final_config(
        user_yaml=root / "_config.yml", sourcedir=root,
        cli_config={"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False},
    )  # fmt: skip
    app = Sphinx(
        srcdir=root, confdir=None, outdir=bench / "html", doctreedir=bench / "doctrees", buildername="html",
        confoverrides=config, status=None, warning=None,
    )  # fmt: skip
    app.connect("source-read", _begin_chapter)
    app.connect("doctree-read", _end_chapter)
    return app


def _begin_chapter(app, page: str, source: list[str]) -> None:
    if str(app.env.doc2path(page)).endswith(".ipynb"):
        app.press_clock = time.monotonic()
        print(f"{page} …", end=" ", flush=True)


def _end_chapter(app, document) -> None:
    if hasattr(app, "press_clock"):
        print(f"{time.monotonic() - app.press_clock:.1f} s", flush=True)
        del app.press_clock


def _publish(made: Path, published: Path) -> None:
    """Put a finished folder in the place of the published one."""
    fresh, old = published.with_name(f"{published.name}.new"), published.with_name(f"{published.name}.old")
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, fresh)
    if published.exists():
        published.rename(old)
    fresh.rename(published)
    shutil.rmtree(old, ignore_errors=True)


def tidy(start: Path) -> None:
    """Put the chapters into canonical form: no outputs, no counts, one order of keys."""
    from press import book, notebooks

    root = book.root(start)
    for path in notebooks.tidy(root / "notebooks"):
        print(f"Tidied {path.relative_to(root)}")


COMMANDS = {"build": build, "tidy": tidy}

if __name__ == "__main__":
    sys.exit(main())
