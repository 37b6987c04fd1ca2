#!/usr/bin/env python3
"""Pack a release: the pages, the PDFs, and the data as CSV and Parquet, with checksums.

PDFs on US Letter go with it if ``make letter`` has set them. The same book gives the same bytes.
``_build/release/NAME.zip`` holds all of it, with ``SHA256SUMS``; its parts lie beside it.
"""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import duckdb

from alliance import data

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ["CITATION.cff", ".zenodo.json", "LICENSE", "README.md", "CHANGELOG.md"]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that a ZIP archive can hold: times are no part of a release


def main():
    """Pack the release of the built book; return the exit code."""
    missing = [name for name in ("html", "pdf") if not (ROOT / "_build" / name).is_dir()]
    if missing:
        print(f"_build/{missing[0]} is missing: run make book, then make release again.", file=sys.stderr)
        return 1
    made = pack(ROOT, ROOT / "_build" / "release")
    print(f"{made.relative_to(ROOT)}  {hashlib.sha256(made.read_bytes()).hexdigest()}")
    return 0


def pack(root, folder):
    """Gather a release of the book in ``root`` into ``folder``, anew, and return the archive."""
    shutil.rmtree(folder, ignore_errors=True)
    version = re.search(r'^version = "(.*)"', (root / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
    parts = folder / f"us-rok-alliance-{version}"
    shutil.copytree(root / "_build" / "html", parts / "site")
    for paper in filter(Path.is_dir, [root / "_build" / "pdf", root / "_build" / "us-letter"]):
        shutil.copytree(paper, parts / paper.name, ignore=shutil.ignore_patterns("source"))
    for name in TEXTS:
        shutil.copy(root / name, parts / name)
    tables(root / "data", parts / "data")
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in listed(parts)]
    (parts / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return zipped(parts, folder / f"{parts.name}.zip")


def tables(source, target):
    """Copy the data package, and write each table as Parquet too."""
    target.mkdir(parents=True)
    described = json.loads((source / data.PACKAGE).read_text(encoding="utf-8"))
    shutil.copy(source / data.PACKAGE, target / data.PACKAGE)
    (target / "parquet").mkdir()
    with duckdb.connect() as engine:
        engine.execute("SET threads = 1")  # several would write the rows of a large table in another order
        for resource in described["resources"]:
            shutil.copy(source / resource["path"], target / resource["path"])
            engine.register("frame", data.load(resource["name"], source))
            engine.execute(f"COPY frame TO '{target / 'parquet' / resource['name']}.parquet' (FORMAT parquet)")


def listed(folder):
    """List the files of a folder: name with slashes, and path, in the order of the names."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted((path.relative_to(folder).as_posix(), path) for path in paths)


def zipped(folder, target):
    """Write a folder as a ZIP archive without times, owners, or the order in which files were found."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in listed(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return target


if __name__ == "__main__":
    sys.exit(main())
