"""What several tests share: the real book, printed once, and a small sample book about rain."""

import os
import shutil
import subprocess
import sys
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
    shutil.copytree(workshop, folder / "_build" / ".press")


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """Cut faces and the script bundle: those of the last build of the book, or made now."""
    from press import charts, fonts

    folder, last = tmp_path_factory.mktemp("workshop"), ROOT / "_build" / ".press"
    if (last / "fonts").exists():
        shutil.copytree(last / "fonts", folder / "fonts", ignore=shutil.ignore_patterns("hangul*"))
    if (last / "charts.js").exists():
        shutil.copy(last / "charts.js", folder)
    fonts.cut(folder / "fonts")
    charts.bundle(folder / "charts.js")
    return folder


@pytest.fixture(scope="session")
def printed_book(tmp_path_factory, workshop):
    """The real book, printed from a clean copy; the folder, and what the build said. Not to be written to."""
    folder = tmp_path_factory.mktemp("book") / "book"
    shutil.copytree(ROOT, folder, ignore=NOT_SOURCE)
    lend(workshop, folder)
    done = run(folder, "-m", "press", "build", path=folder / "src")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done


@pytest.fixture(scope="session")
def book(printed_book):
    """`_build` of the real book: `html` and `pdf`."""
    return printed_book[0] / "_build"


@pytest.fixture(scope="session")
def printed_sample(tmp_path_factory, workshop):
    """The sample book, printed. Not to be written to."""
    folder = tmp_path_factory.mktemp("sample") / "rain"
    shutil.copytree(SAMPLE, folder)
    lend(workshop, folder)
    done = run(folder, "-m", "press", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def sample(printed_sample, tmp_path):
    """A copy of the printed sample book to edit and print again."""
    return shutil.copytree(printed_sample, tmp_path / "rain")
