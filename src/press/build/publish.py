"""Publishing: `_build/html` and `_build/pdf`, whole at any moment."""

import ctypes
import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from press import project
from press.execution import dependencies

PARTS = ("html", "pdf")
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


_locks: dict[Path, sqlite3.Connection] = {}


def lock(root: Path) -> None:
    """Let one process at a time build a book: wait until no other does; keep the lock until this one ends.

    A database's lock, because the system takes it back from a process that is killed.
    """
    if root in _locks:
        return
    path = project.cache_directory(root) / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _locks[root] = _lock(path, wait=0)
    except sqlite3.OperationalError:
        print("This book is being built by another process; waiting for it …", file=sys.stderr, flush=True)
        _locks[root] = _lock(path, wait=3600)


def _lock(path: Path, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def publish(staging: Path, root: Path, sources: str, outside: dict[str, str] | None = None) -> None:
    """Put what the staging directory holds in the place of what is published, and note what it was made from.

    Parameters
    ----------
    staging, root : Path
        The staging directory, and the book's folder.
    sources : str
        Digest of the sources.
    outside : dict, optional
        Inputs of chapters that are no sources, with their fingerprints.
    """
    for part in PARTS:
        fresh = root / "_build" / f"{part}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(staging / part, fresh)
    for part in PARTS:
        _swap(root / "_build" / f"{part}.new", root / "_build" / part)
        shutil.rmtree(root / "_build" / f"{part}.new", ignore_errors=True)
    note = {"sources": sources, "published": _published_files(root), "outside": outside or {}}
    _note(root).write_text(json.dumps(note), encoding="utf-8")


def _swap(fresh: Path, published: Path) -> None:
    """Exchange two folders in one step where the system can; otherwise in two."""
    if not published.exists():
        fresh.rename(published)
    elif not _exchange(fresh, published):
        old = published.with_name(f"{published.name}.old")
        published.rename(old)
        fresh.rename(published)
        shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    if sys.platform != "linux":
        return False
    rename = ctypes.CDLL(None).renameat2
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0


def recover(root: Path) -> None:
    """After a build that was killed between two steps: put the old book back."""
    for part in PARTS:
        published, old = root / "_build" / part, root / "_build" / f"{part}.old"
        if old.exists() and not published.exists():
            old.rename(published)


def is_current(root: Path, sources: str) -> bool:
    """Tell whether the published book is whole, and made from these sources and from what else its chapters read."""
    if not _note(root).exists():
        return False
    note = json.loads(_note(root).read_text(encoding="utf-8"))
    if dependencies.changed(note.pop("outside", {}), root):
        return False
    return note == {"sources": sources, "published": _published_files(root)}


def sources_digest(root: Path) -> str:
    """Return the SHA-256 of all that a build rests on: the book's folder, the press, Python, the date of the build."""
    digest = hashlib.sha256(
        f"{sys.version} {project.code_version()} {project.build_time(root)} {project.last_commit(root)}".encode()
    )
    for path in source_files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def source_files(root: Path) -> Iterator[Path]:
    """Yield every file of the book's folder that is not hidden or made."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_build", "__pycache__")))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _published_files(root: Path) -> list[list]:
    """Return names and sizes of what is published."""
    published = [path for part in PARTS for path in (root / "_build" / part).rglob("*") if path.is_file()]
    return sorted([path.relative_to(root).as_posix(), path.stat().st_size] for path in published)


def _note(root: Path) -> Path:
    return project.cache_directory(root) / "published.json"
