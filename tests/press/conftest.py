"""What tests of the press share: the sample book, built in this process, to look at or to edit and build again."""

import copy
import gc
import os
import shutil
from pathlib import Path

import lxml.html
import pytest
from docutils import nodes
from helpers import EPOCH, SAMPLE, edit, share_cache
from sphinx import addnodes
from sphinx.testing import restructuredtext
from sphinx.util.docutils import new_document

from press import background, project, state
from press.build import sphinx_run
from press.document.figures import figures_of_page
from press.document.nodes import page_as_read
from press.pdf.builder import PdfBuilder
from press.pdf.translator import Translator


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
        name = Path(self.app.config.press_pdf).with_suffix(".typ").name
        return (self.pdf / "source" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def rain(cache_dir, tmp_path_factory):
    """The sample book, built once. Not to be written to."""
    book = Book(shutil.copytree(SAMPLE, tmp_path_factory.mktemp("built") / "rain"))
    share_cache(cache_dir, book.root)
    book.build()
    return book


@pytest.fixture
def rain_copy(rain, tmp_path):
    """A copy of the built sample book, to edit and build again; without what every build copies anew."""

    def copy(source, target):
        if "/fonts/Source" in source or "/scripts/" in source:
            os.symlink(source, target)
        else:
            shutil.copy2(source, target)

    made_anew = shutil.ignore_patterns("static", "_static", "_sources")
    book = Book(shutil.copytree(rain.root, tmp_path / "rain", ignore=made_anew, copy_function=copy))
    gc.freeze()  # an extension of Jupyter Book goes through all objects of the process; those of pytest are many
    yield book
    book.app = None  # each build leaves a hundred thousand objects: let them go while they are easily told apart
    figures_of_page.cache_clear()
    page_as_read.cache_clear()
    gc.collect()


@pytest.fixture
def app(rain):
    """The application that has built the sample book; what a test changes in its environment is undone."""
    env, labels = rain.app.env, rain.app.env.domains["std"].data
    kept = copy.deepcopy((state.book(env), env.metadata, env.dependencies, labels["labels"], labels["anonlabels"]))
    yield rain.app
    env.press_state, env.metadata, env.dependencies, labels["labels"], labels["anonlabels"] = kept


@pytest.fixture
def parse(app):
    """Read reStructuredText as the page `book/snippet` of the sample book; its document."""
    return lambda text: restructuredtext.parse(app, text, "book/snippet")


@pytest.fixture
def figure(app):
    """A copy of the sample's figure as it was read, but for its references, which are resolved already."""
    found = figures_of_page(app, "notebooks/01-rainfall")["fig-rain"].figure.deepcopy()
    for reference in list(found.findall(addnodes.pending_xref)):
        reference.replace_self(nodes.reference("", reference.astext(), refuri="#data-rainfall", internal=True))
    return found


@pytest.fixture
def html(app):
    """Set nodes as a part of a page of the sample book."""

    def render(*parts, page="book/index"):
        app.builder.current_docname = page
        app.builder.fignumbers = app.env.toc_fignumbers.get(page, {})
        return "".join(app.builder.render_partial(node)["fragment"] for node in parts)

    return render


@pytest.fixture
def typst(app, tmp_path):
    """Set nodes as a part of the PDF of the sample book; pictures go into a folder of the test."""

    def render(*parts, page="book/index"):
        tree = new_document(page)
        tree["docname"] = page
        tree += parts
        builder = PdfBuilder(app, app.env)
        return Translator(builder, tree, tmp_path, state.cache_directory(app)).children(tree)

    return render
