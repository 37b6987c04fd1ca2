"""What tests of several folders build with: where the books lie, and how one is copied, edited and built."""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from press.execution import pool

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "sample"
INDEX, CHAPTER = "book/index.md", "notebooks/01-rainfall.ipynb"  # of the sample


def _epoch() -> str:
    """Seconds since 1970 of the last commit, so that the tests build what `make book` builds; else a constant."""
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "1790000000"


EPOCH = _epoch()


def load(path):
    """A file outside the packages as a module."""
    spec = importlib.util.spec_from_file_location("tool", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(folder, *command, path=""):
    """Run Python in a book's folder as a reader would; return the finished process."""
    variables = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH, PYTHONPATH=str(path))
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=500
    )


def press(folder, *arguments):
    """Run a command of the press in a book's folder; return the finished process."""
    return run(folder, "-m", "press", *arguments)


def built(folder):
    """Build a book that has no faults; return the finished process."""
    done = press(folder, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def message(done):
    """Return the one message of a command that stopped."""
    assert done.returncode != 0, "it should have stopped"
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    lines = [line for line in done.stderr.splitlines() if line and "--debug" not in line]
    assert len(lines) == 1, done.stderr
    assert not re.search(r"\x1b|<class|<function|object at 0x", lines[0]), lines[0]
    return lines[0]


def git(folder, *arguments, day="2026-03-04T05:06:07+00:00"):
    """Run git in a folder as somebody, at a moment."""
    who = {
        f"GIT_{role}_{fact}": value
        for role in ("AUTHOR", "COMMITTER")
        for fact, value in {"NAME": "A", "EMAIL": "a@b.example", "DATE": day}.items()
    }
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | who)


def commit_all(folder):
    """Put a book under version control, without what is made, and commit it."""
    (folder / ".gitignore").write_text("_build/\nruns.txt\n__pycache__/\n", encoding="utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Rain")


def edit(folder, file, old, new):
    """Replace a text that is there; in a notebook, within one line of a cell."""
    path = folder / file
    if path.suffix == ".ipynb":
        old, new = (json.dumps(text, ensure_ascii=False)[1:-1] for text in (old, new))
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def published(folder):
    """Path below the book's folder → content of everything that readers get."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("html", "pdf")
        for path in (folder / "_build" / part).rglob("*")
        if path.is_file()
    }


def copy_book(folder):
    """Copy the real book with what its last build kept, but not the pages and the PDF."""
    made = {
        ROOT / ".venv",
        *(
            ROOT / "_build" / name
            for name in (
                "html",
                "pdf",
                ".bench",
                ".press/book",
                ".press/preview",
                ".press/lock",
                ".press/published.json",
            )
        ),
    }
    return shutil.copytree(
        ROOT,
        folder,
        ignore=lambda place, names: [name for name in names if Path(place, name) in made or name == "__pycache__"],
    )


def share_cache(cache_dir, folder):
    """Give a book the fonts and the script bundle, which take half a minute to make."""
    target = folder / "_build" / ".press"
    shutil.copytree(cache_dir / "fonts", target / "fonts", ignore=shutil.ignore_patterns("hangul*"))
    shutil.copytree(cache_dir / "scripts", target / "scripts")


@contextmanager
def lock(folder):
    """Let one process at a time make what others will find."""
    database = sqlite3.connect(folder / "lock", timeout=900, isolation_level=None)
    try:
        database.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        database.close()


def write_chapters(root, chapters):
    """Write chapters, name → code of a cell or of several, as notebooks of a book; their paths."""
    import nbformat  # here, since `conftest` first spares it a grammar of seconds

    (root / "notebooks").mkdir(parents=True, exist_ok=True)
    paths = [root / "notebooks" / f"{name}.ipynb" for name in chapters]
    for path, code in zip(paths, chapters.values(), strict=True):
        cells = [nbformat.v4.new_code_cell(source) for source in ([code] if isinstance(code, str) else code)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return paths


def run_chapters(root, chapters, limit=20):
    """Run chapters, each in a process of its own; name → outcome."""
    found = pool.Pool().run(write_chapters(root, chapters), root, limit)
    return {Path(each["chapter"]).stem: each for each in found}
