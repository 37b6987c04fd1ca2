#!/usr/bin/env python3
"""Join what a refresh changed in the tables, and what that does to the book, into one page: ``_build/refreshed.md``."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES, BOOK, PAGE = "_build/sources/report.md", "_build/what-if/html/what-if.txt", "_build/refreshed.md"
STOPPED = "make what-if has not come to its end since the refresh: a chapter stops, and it says which."


def main(root=ROOT):
    """Write the page; return the exit code."""
    if not (root / TABLES).exists():
        print(f"{TABLES} is missing: run make refresh first.", file=sys.stderr)
        return 1
    tables, book = (root / TABLES).read_text(encoding="utf-8").rstrip(), STOPPED
    if (root / BOOK).exists() and (root / BOOK).stat().st_mtime >= (root / TABLES).stat().st_mtime:
        book = (root / BOOK).read_text(encoding="utf-8").rstrip()
    (root / PAGE).write_text(f"{tables}\n\n## The book\n\n```\n{book}\n```\n", encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
