"""What several tests share: the real book, printed once, and a small sample book about rain."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import press  # noqa: F401 – first of all: it spares every import of altair and nbformat a grammar of seconds

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "sample"


def _epoch():
    """Seconds since 1970 of the last commit, so that the tests print what `make book` prints; a constant without version control."""
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else "1790000000"


EPOCH = _epoch()


def run(folder, *command, path=""):
    """Run Python in a book's folder as a reader would; return the finished process."""
    variables = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH, PYTHONPATH=str(path))
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=500
    )


def copy_book(folder):
    """A copy of the real book with what its last printing kept, but not the printed pages."""
    made = {
        ROOT / ".venv",
        *(
            ROOT / "_build" / name
            for name in ("html", "pdf", ".bench", ".press/book", ".press/preview", ".press/lock", ".press/published.json")
        ),
    }
    return shutil.copytree(
        ROOT,
        folder,
        ignore=lambda place, names: [name for name in names if Path(place, name) in made or name == "__pycache__"],
    )


def lend(workshop, folder):
    """Give a book the faces and the script bundle, which take half a minute to make."""
    lent = folder / "_build" / ".press"
    shutil.copytree(workshop / "fonts", lent / "fonts", ignore=shutil.ignore_patterns("hangul*"))
    shutil.copytree(workshop / "scripts", lent / "scripts")


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all processes of this test run share, and a lock for what is made in it once."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def alone(folder):
    """Let one process at a time make what others will find."""
    lock = sqlite3.connect(folder / "lock", timeout=900, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


@pytest.fixture(scope="session")
def workshop(shared):
    """Faces and the script bundle, where the real book keeps them: there already, or made now."""
    from press.charts import fonts, renderer

    folder = ROOT / "_build" / ".press"
    with alone(shared):
        fonts.make_static_fonts(folder / "fonts")
        renderer.script_bundle(folder)
    return folder


@pytest.fixture(scope="session")
def printed_book(workshop, shared):
    """The real book, printed where it lies as `make book` prints it; its folder. Not to be written to."""
    with alone(shared):
        done = run(ROOT, "-m", "press", "build")
        assert done.returncode == 0, done.stdout + done.stderr
    return ROOT


@pytest.fixture(scope="session")
def book(printed_book):
    """`_build` of the real book: `html` and `pdf`."""
    return printed_book / "_build"


@pytest.fixture(scope="session")
def printed_sample(workshop, shared):
    """The sample book, printed once for all processes; what the build said lies beside it. Not to be written to."""
    folder = shared / "sample" / "rain"
    with alone(shared):
        if not folder.exists():
            shutil.copytree(SAMPLE, folder)
            lend(workshop, folder)
            done = run(folder, "-m", "press", "build")
            assert done.returncode == 0, done.stdout + done.stderr
            (folder.parent / "said.json").write_text(json.dumps([done.stdout, done.stderr]), encoding="utf-8")
    return folder


@pytest.fixture
def sample(printed_sample, tmp_path):
    """A copy of the printed sample book to edit and print again."""
    return shutil.copytree(printed_sample, tmp_path / "rain")
