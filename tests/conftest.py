"""What several tests share: the real book, printed once, and a small sample book about rain."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import press  # noqa: F401 – first of all: it spares every import of altair and nbformat a grammar of seconds
import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "sample"
EPOCH = "1790000000"  # the date in the PDF, so that two printings can be compared
NOT_SOURCE = shutil.ignore_patterns(".*", "_build", "__pycache__", "*.egg-info", "tests")


def run(folder, *command, path=""):
    """Run Python in a book's folder as a reader would; return the finished process."""
    variables = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH, PYTHONPATH=str(path))
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=500
    )


def lend(workshop, folder):
    """Give a book the faces and the script bundle, which take half a minute to make."""
    lent = folder / "_build" / ".press"
    shutil.copytree(workshop / "fonts", lent / "fonts", ignore=shutil.ignore_patterns("hangul*"))
    shutil.copy(workshop / "charts.js", lent)


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
    from press import charts, fonts

    folder = ROOT / "_build" / ".press"
    with alone(shared):
        fonts.cut(folder / "fonts")
        charts.bundle(folder / "charts.js")
    return folder


def printed(folder, sources, workshop, shared, ignore=None):
    """A book printed from a clean copy, once for all processes; what the build said lies beside it."""
    with alone(shared):
        if not folder.exists():
            shutil.copytree(sources, folder, ignore=ignore)
            lend(workshop, folder)
            done = run(folder, "-m", "press", "build", path=folder / "src" if (folder / "src" / "press").exists() else "")
            assert done.returncode == 0, done.stdout + done.stderr
            (folder.parent / "said.json").write_text(json.dumps([done.stdout, done.stderr]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def printed_book(workshop, shared):
    """The real book, printed. Not to be written to."""
    return printed(shared / "book" / "book", ROOT, workshop, shared, NOT_SOURCE)


@pytest.fixture(scope="session")
def book(printed_book):
    """`_build` of the real book: `html` and `pdf`."""
    return printed_book / "_build"


@pytest.fixture(scope="session")
def printed_sample(workshop, shared):
    """The sample book, printed. Not to be written to."""
    return printed(shared / "sample" / "rain", SAMPLE, workshop, shared)


@pytest.fixture
def sample(printed_sample, tmp_path):
    """A copy of the printed sample book to edit and print again."""
    return shutil.copytree(printed_sample, tmp_path / "rain")
