#!/usr/bin/env python3
"""Set the PDFs anew with the template as it is saved, from what the last build left: a trial, in seconds.

Reads ``_build/pdf/source``, writes ``_build/pdf/trial``. Only ``make book`` completes tags and metadata, and checks.
"""

import argparse
import shutil
import sys
from pathlib import Path

from press import project
from press.errors import PressError
from press.pdf.builder import TEMPLATE, compile_pdf

ROOT = Path(__file__).resolve().parents[1]


def main(names):
    """Set the documents whose names contain one of these words; without words, all."""
    folder = ROOT / "_build" / "pdf"
    sources = [path for path in sorted((folder / "source").glob("*.typ")) if path.name != "template.typ"]
    if not sources:
        return "There is nothing to set yet: make book first."
    shutil.copyfile(TEMPLATE, folder / "source" / "template.typ")
    (folder / "trial").mkdir(exist_ok=True)
    for source in sources:
        if not names or any(name in source.stem for name in names):
            target = folder / "trial" / f"{source.stem}.pdf"
            try:
                compile_pdf(source, target, project.cache_directory(ROOT) / "fonts")
            except PressError as problem:
                return str(problem)
            print(target.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="words in the names of the documents to set, for example brief")
    sys.exit(main(parser.parse_args().names))
