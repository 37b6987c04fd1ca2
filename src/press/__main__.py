"""The press's command line: `python -m press build`, and the lesser commands."""

import argparse
import gc
import sys
import time
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one message on stderr when it did not."""
    options = _parser().parse_args(arguments)
    from press.errors import PressError, explain

    try:
        COMMANDS[options.command](Path.cwd(), *[getattr(options, name) for name in NAMES.get(options.command, ())])
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m press", description="Print the book.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__.partition("\n")[0])
        command.add_argument("--debug", action="store_true", help="show the traceback of a failure")
        for argument in NAMES.get(name, ()):
            command.add_argument(argument)
    return parser


def build(start: Path) -> None:
    """Print the book beside the last one, and put it in its place when it is whole."""
    from press import book, publication

    began = time.monotonic()
    root = book.root(start)
    publication.hold(root)
    publication.recover(root)
    sources = publication.sources(root)
    if publication.current(root, sources):
        print("Nothing has changed since the last printing:")
    else:
        _print(root)
        publication.publish(root / "_build" / ".press" / "book", root, sources)
        print(f"Printed in {time.monotonic() - began:.1f} s:")
    for path in (root / "_build" / "html" / "index.html", *sorted((root / "_build" / "pdf").glob("*.pdf"))):
        print(f"  {path.relative_to(root)}")


def _print(root: Path) -> None:
    """Pages and PDF into a folder of the press's own."""
    gc.set_threshold(200_000, 20, 100)  # trees of documents are large and live long: looking for garbage took a third of a build
    _cut_type(root / "_build" / ".press" / "fonts")
    app = _sphinx(root, root / "_build" / ".press" / "book")
    try:
        app.build()
    except Exception as error:
        if page := app.env.temp_data.get("docname"):  # the page that was being read
            error.add_note(page)
        raise


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
    return app


def why(start: Path) -> None:
    """Say which chapters the next build would run, and why."""
    from press import book, outputs

    root = book.root(start)
    kept = root / "_build" / ".press" / "outputs"
    for chapter in sorted((root / "notebooks").glob("*.ipynb")):
        reasons = outputs.why(chapter, root, kept)
        print(f"{chapter.relative_to(root)}: {'; '.join(reasons) or 'nothing has changed'}")


def tidy(start: Path) -> None:
    """Put the chapters into canonical form: no outputs, no counts, one order of keys."""
    from press import book, notebooks

    root = book.root(start)
    for path in notebooks.tidy(root / "notebooks"):
        print(f"Tidied {path.relative_to(root)}")


def release(start: Path, name: str) -> None:
    """Freeze the printed book as an edition: editions/NAME.json."""
    from press import book, editions

    root = book.root(start)
    print(f"Released {editions.release(root, name).relative_to(root)}: commit it.")


def diff(start: Path, old: str, new: str) -> None:
    """Tell what changed between two editions; the printed book is called “now”."""
    from press import book, editions

    root = book.root(start)
    changes = editions.compare(editions.load(root, old), editions.load(root, new))
    print("\n".join(map(str, changes)) or "Nothing has changed.")


COMMANDS = {"build": build, "tidy": tidy, "why": why, "release": release, "diff": diff}
NAMES = {"release": ["name"], "diff": ["old", "new"]}

if __name__ == "__main__":
    sys.exit(main())
