"""What if: the book made from changed tables, rules, or chapters, in a folder of its own.

The sources are copied to `_build/what-if/sources` and built there: nothing of the published book, of its cache, or of
an edition is ever written to.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

from press import editions, project, state
from press.build import effects, publish, sphinx_run
from press.errors import PressError, explain
from press.execution import dependencies

FOLDER, REPORT = "_build/what-if", "what-if.txt"
_OF_ONE_BUILD = ("book", "preview", "lock*", "published.json")  # in the book's cache


def what_if(root: Path, tables: Path | None = None) -> effects.Effects:
    """Build the book from what its sources are now, compare it with the published one, and leave that as it is.

    Parameters
    ----------
    root : Path
        The book's folder.
    tables : Path, optional
        A folder of CSV files that stand in for the tables of the same names.

    Returns
    -------
    Effects
        What changed. It stands also beside the pages, in `_build/what-if/html/what-if.txt`.

    Raises
    ------
    PressError
        When there is no book to compare with, a file of `tables` is no table of the book, or a chapter stops for
        another reason than a claim, such as a table that breaks its schema.
    """
    before = _before(root)
    copy, html = root / FOLDER / "sources", root / FOLDER / "html"
    shutil.rmtree(html, ignore_errors=True)  # of another what-if, should this one stop
    _copy_sources(root, copy, _stand_ins(root, tables))
    _describe_tables(copy)
    _share_cache(root, copy)
    app = _build(root, copy)
    shutil.copytree(app.outdir, html)
    ledger = json.loads((html / "ledger.json").read_text(encoding="utf-8"))
    after = editions.edition_of(copy, ledger, project.cache_directory(copy) / "outputs")
    cited = state.book(app.env).ledger.citations
    found = effects.effects(before, after, root / "_build" / "html", html, _changed(before, root, copy), cited)
    (html / REPORT).write_text(f"{found}\n", encoding="utf-8")
    return found


def _before(root: Path) -> dict:
    """Return what the book says: the published one, or the last edition where none is published here."""
    if (root / "_build" / "html" / "ledger.json").exists():
        return editions.load(root, editions.NOW)
    if released := editions.names(root):
        return editions.load(root, released[-1])
    raise PressError("what-if", "there is no book to compare with.", "Build it first.")


def _stand_ins(root: Path, tables: Path | None) -> dict[str, bytes]:
    """Return the files that stand in for tables, by their paths in the book."""
    found = {f"data/{path.name}": path.read_bytes() for path in sorted(tables.glob("*.csv"))} if tables else {}
    known = {path.relative_to(root).as_posix() for path in project.published_data(root)}
    for name in found:
        if name not in known:
            raise PressError(name, "the book has no such table.", "Name the file as the table is named in data/.")
    return found


def _copy_sources(root: Path, copy: Path, stand_ins: dict[str, bytes]) -> None:
    """Make the copy what the sources are now; what is the same stays untouched, so that little is built again."""
    wanted = {path.relative_to(root): path for path in publish.source_files(root)}
    for path in list(publish.source_files(copy)):
        if path.relative_to(copy) not in wanted:
            path.unlink()
    for name, path in wanted.items():
        content, target = stand_ins.get(name.as_posix(), path.read_bytes()), copy / name
        if not target.exists() or target.read_bytes() != content:
            project.write_atomic(target, content)
    project.mark_what_if(copy)


def _describe_tables(copy: Path) -> None:
    """Let the copy's data package give sizes and hashes of the tables as they are; what a cell may hold still binds."""
    path = copy / project.PACKAGE
    package = json.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {"resources": []}
    changed = False
    for entry in package.get("resources", []):
        table = copy / "data" / str(entry.get("path"))
        content = table.read_bytes() if table.is_file() else b""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        if content and entry.get("hash") != digest:
            changed = True
            entry.update(rows=content.count(b"\n") - 1, bytes=len(content), hash=digest)
    if changed:
        path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _share_cache(root: Path, copy: Path) -> None:
    """Give the copy, once, what the book's builds have kept: fonts, drawings, outputs of chapters."""
    mine, its = project.cache_directory(root), project.cache_directory(copy)
    if mine.exists() and not (its / "outputs").exists():
        shutil.copytree(mine, its, ignore=shutil.ignore_patterns(*_OF_ONE_BUILD), dirs_exist_ok=True)


def _build(root: Path, copy: Path):
    """Build the pages of the copy with its own code, as of the date of the book; the application."""
    date = str(int(project.build_time(root).timestamp()))
    staging = project.cache_directory(copy) / "book"
    try:
        with _variables(PYTHONPATH=str(copy / "src"), SOURCE_DATE_EPOCH=date), chdir(copy):
            return sphinx_run.build_book(copy, staging, pages_only=True, settings={"press_warnings": "tell"})
    except Exception as error:
        remedy = "A claim may fail, but each cell must run: change what it reads, or the cell. The book is untouched."
        said = explain(error).removeprefix("the book is not built: ").strip()
        raise PressError("what-if", f"a chapter stops. {said}", remedy) from error


@contextmanager
def _variables(**values: str) -> Iterator[None]:
    """Set environment variables for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _changed(before: dict, root: Path, copy: Path) -> list[str]:
    """Return the pages that are not those of the published book, and what is not as its chapters had read it."""
    read = {name: was for inputs in before["inputs"].values() for name, was in inputs.items()}
    published = root / "_build" / "html" / "_sources"
    names = sorted(path.relative_to(published).as_posix() for path in published.rglob("*") if path.is_file())
    pages = [name for name in names if not _is_published(copy / name, published / name)]
    return pages + sorted(name for name in dependencies.changed(read, copy))


def _is_published(page: Path, published: Path) -> bool:
    """Tell whether a page of the sources says what the published one said; downloads of notebooks begin with a note."""
    if not page.exists() or page.suffix != ".ipynb":
        return page.exists() and page.read_bytes() == published.read_bytes()
    now, before = _cells(page), _cells(published)
    return before in (now, before[:1] + now)


def _cells(notebook: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(notebook.read_text(encoding="utf-8-sig")).get("cells", [])]
