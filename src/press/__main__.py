"""The press's command line: `python -m press build`, and the lesser commands."""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from press import patches, project


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it worked, 1 with one message on stderr when it did not."""
    patches.skip_optional_json_formats()
    if (sys.argv[1:] if arguments is None else arguments) == ["run-chapters"]:
        return _run_chapters()
    options = _parser().parse_args(arguments)
    from press.errors import PressError, explain

    _print_anywhere()
    try:
        COMMANDS[options.command](
            Path.cwd(), *[getattr(options, name.strip("-")) for name in ARGUMENTS.get(options.command, {})]
        )
    except KeyboardInterrupt:
        print("Stopped. The published book is untouched.", file=sys.stderr)
        return 130
    except Exception as error:
        if options.debug:
            raise
        print(f"\n{explain(error)}", file=sys.stderr)
        if not isinstance(error, PressError):
            print("(--debug shows where it came from.)", file=sys.stderr)
        return 1
    return 0


def _print_anywhere() -> None:
    """Let a terminal that has no sign for a letter show its number: no build fails by what it says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run_chapters() -> int:
    """Serve a build as its pool of workers (see `press.execution.pool`); not for the command line."""
    from press.execution import pool

    pool.main()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m press", description="Build the book.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=(function.__doc__ or "").partition("\n")[0])
        command.add_argument("--debug", action="store_true", help="show the traceback of a failure")
        for argument, settings in ARGUMENTS.get(name, {}).items():
            command.add_argument(argument, **settings)
    return parser


def build(start: Path) -> None:
    """Build the book beside the published one, and put it in its place when it is whole."""
    from press.build import publish

    began = time.monotonic()
    root = project.find_root(start)
    publish.lock(root)
    publish.recover(root)
    sources = publish.sources_digest(root)
    if publish.is_current(root, sources):
        print("Nothing has changed since the last build:")
    else:
        from press.build import sphinx_run  # with Sphinx: not needed when nothing has changed

        staging = project.cache_directory(root) / "book"
        app = sphinx_run.build_book(root, staging)
        publish.publish(staging, root, sources, sphinx_run.outside_inputs(app))
        print(f"Built in {time.monotonic() - began:.1f} s:")
    for path in (root / "_build" / "html" / "index.html", *sorted((root / "_build" / "pdf").glob("*.pdf"))):
        print(f"  {path.relative_to(root)}")


def letter(start: Path) -> None:
    """Build the book, and set its PDFs on US Letter too, into _build/us-letter."""
    build(start)
    from press.build import sphinx_run

    root = project.find_root(start)
    folder = sphinx_run.set_on_letter(root, project.cache_directory(root) / "book")
    for path in sorted(folder.glob("*.pdf")):
        print(f"  {path.relative_to(root)}")


def what_if(start: Path, tables: Path | None) -> None:
    """Build the pages from changed tables or chapters into _build/what-if, and say what no longer holds."""
    from press.build import publish
    from press.build import what_if as building

    began = time.monotonic()
    root = project.find_root(start)
    publish.lock(root)
    publish.recover(root)
    print(building.what_if(root, tables))
    print(f"\nBuilt in {time.monotonic() - began:.1f} s: {building.FOLDER}/html/index.html; the book is untouched.")


def why(start: Path) -> None:
    """Say which chapters the next build would run, and why."""
    from press.execution import cache, plan

    root = project.find_root(start)
    planned, rules = plan.planned(root)
    outputs = project.cache_directory(root) / "outputs"
    for chapter, reasons in cache.stale_reasons(planned, root, outputs, rules).items():
        print(f"{chapter.relative_to(root)}: {'; '.join(reasons) or 'nothing has changed'}")


def tidy(start: Path) -> None:
    """Put the chapters into canonical form: no outputs, no counts, one order of keys."""
    from press.build import normalize_notebooks

    root = project.find_root(start)
    for path in normalize_notebooks.tidy(root / "notebooks"):
        print(f"Tidied {path.relative_to(root)}")


def preview(start: Path, port: int) -> None:
    """Serve the pages on this machine, and print them again whenever a source is saved."""
    from press import preview

    preview.serve(project.find_root(start), port)


def release(start: Path, name: str) -> None:
    """Freeze the published book as an edition: editions/NAME.json."""
    from press.build.release import release as release_edition

    root = project.find_root(start)
    print(f"Released {release_edition(root, name).relative_to(root)}: commit it.")


def diff(start: Path, old: str, new: str) -> None:
    """Tell what changed between two editions; the published book is called “now”."""
    from press import editions

    root = project.find_root(start)
    changes = editions.compare(editions.load(root, old), editions.load(root, new))
    print("\n".join(map(str, changes)) or "Nothing has changed.")


COMMANDS: dict[str, Callable[..., None]] = {
    "build": build,
    "letter": letter,
    "preview": preview,
    "what-if": what_if,
    "tidy": tidy,
    "why": why,
    "release": release,
    "diff": diff,
}
ARGUMENTS: dict[str, dict[str, dict[str, Any]]] = {
    "preview": {"--port": {"type": int, "default": 8765, "help": "on this machine; 0 for any that is free"}},
    "what-if": {
        "--tables": {"type": Path, "metavar": "FOLDER", "help": "of CSV files that stand in for tables of their names"}
    },
    "release": {"name": {}},
    "diff": {"old": {}, "new": {}},
}


def exit_now(status: int) -> None:
    """End this process at once: Python would take the book apart in memory, object by object, for most of a second."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    exit_now(main())
