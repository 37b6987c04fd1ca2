"""What tests of the press share: the sample book, built in this process, to look at or to edit and build again."""

import shutil
from pathlib import Path

import lxml.html
import pytest
from helpers import EPOCH, SAMPLE, edit, share_cache

from press import background, project
from press.build import sphinx_run


@pytest.fixture(autouse=True)
def in_the_sample(monkeypatch):
    """What an author imports finds the book that it belongs to from the folder it runs in."""
    monkeypatch.chdir(SAMPLE / "notebooks")


class Book:
    """The sample book in a folder of its own, built in this process: no forks, so that coverage sees it all."""

    def __init__(self, root: Path):
        self.root = root
        self.staging = root / "_build" / ".press" / "book"
        self.html, self.pdf = self.staging / "html", self.staging / "pdf"
        self.app = None

    def build(self, **options):
        """Build it, as `press build` does; the application."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(background, "FORKS", False)
            patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
            patch.chdir(self.root)
            for remembered in (project.load_data_package, project.load_palette):
                remembered.cache_clear()
            self.app = sphinx_run.build_book(self.root, self.staging, **options)
        return self.app

    def edit(self, file, old, new):
        edit(self.root, file, old, new)

    def text(self, name):
        """A page, or a file beside the pages, as it was written."""
        return (self.html / name).read_text(encoding="utf-8")

    def page(self, name):
        """A page, parsed."""
        return lxml.html.fromstring(self.text(name).encode())

    @property
    def typst(self):
        """What the PDF was set from."""
        return (self.pdf / "source" / "book.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def rain(cache_dir, tmp_path_factory):
    """The sample book, built once. Not to be written to."""
    book = Book(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("built") / "rain"))
    share_cache(cache_dir, book.root)
    book.build()
    return book


@pytest.fixture
def rain_copy(rain, tmp_path):
    """A copy of the built sample book, to edit and build again."""
    return Book(shutil.copytree(rain.root, tmp_path / "rain"))
