"""What the layout of a page asks for, and the pages that are no chapter."""

import json
from datetime import UTC, datetime

import pytest
from docutils import nodes
from sphinx.util.docutils import new_document

from press import project
from press.document.nodes import claim_mark
from press.html import page_context

CHAPTER = "notebooks/01-rainfall"


def document(*children):
    made = new_document("page")
    made += children
    return made


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (346, 2), (2300, 10)])
def test_reading_takes_whole_minutes_and_one_at_least(words, minutes):
    assert page_context._reading_minutes(document(nodes.paragraph("", "rain " * words))) == minutes


def test_tables_are_not_read_word_by_word():
    cells = nodes.entry("", nodes.paragraph("", "rain " * 2300))
    assert page_context._reading_minutes(document(nodes.table("", nodes.row("", cells)))) == 1
    assert page_context._reading_minutes(None) == 1


def test_captions_notes_and_claims_are_not_prose():
    long = nodes.paragraph("", "rain " * 2300)
    for box in (nodes.figure(), nodes.container(classes=["table-legend"]), nodes.bullet_list(classes=["claims"])):
        box += long.deepcopy()
        assert page_context._reading_minutes(document(box)) == 1


def test_a_page_says_how_it_is_cited_and_where_errors_are_told(context, app, monkeypatch):
    made = context(CHAPTER)
    assert made["citing"]["words"].startswith("The tests, “Rainfall”, in Rain in Two Towns. ")
    assert made["citing"]["words"].endswith("https://nobody.example/rain/notebooks/01-rainfall.html")
    assert made["citing"]["bibtex"].startswith("@incollection{01-rainfall,") and "year = {" in made["citing"]["bibtex"]
    assert made["report"].startswith("https://github.com/nobody/rain/issues/new?title=Error+in+")
    assert context("book/index")["citing"]["bibtex"].startswith("@book{")
    monkeypatch.setattr(app.config, "press_repository", "")
    monkeypatch.setattr(app.config, "press_errata", "book/data")
    assert context(CHAPTER)["report"] == "../book/data.html" and context("book/data")["report"] == ""
    assert "citing" not in context("search")


def test_a_page_is_described_by_its_first_words_without_marks_and_notes():
    marks = [claim_mark("", "✓", statement="It rained."), nodes.footnote_reference("", "1")]
    first = nodes.paragraph("", "", nodes.Text("It\nrained"), *marks, nodes.Text(" in  Arley."))
    assert page_context._first_words(document(first, nodes.paragraph("", "More."))) == "It rained in Arley."
    assert page_context._first_words(document()) == page_context._first_words(None) == ""


def test_a_long_first_paragraph_is_cut_between_two_words():
    told = page_context._first_words(document(nodes.paragraph("", "rainfall " * 40)))
    assert told.endswith("rainfall …") and len(told) <= 157 and told.count("rainfall") == 17


def test_a_chapter_can_be_run_elsewhere(app):
    launch = page_context.launch(app, CHAPTER)
    assert launch["lab"].endswith("nobody/rain/HEAD?urlpath=lab/tree/notebooks/01-rainfall.ipynb")
    assert launch["colab"].endswith("github/nobody/rain/blob/HEAD/notebooks/01-rainfall.ipynb")
    assert launch["first_cell"].splitlines()[0] == "!git clone -q https://github.com/nobody/rain book"


@pytest.mark.parametrize("name", ["book/index", "search", "figures/fig-rain"])
def test_what_is_no_notebook_cannot(app, name):
    assert page_context.launch(app, name) is None


def test_without_a_repository_nothing_can_be_run(app, monkeypatch):
    monkeypatch.setattr(app.config, "press_repository", "")
    assert page_context.launch(app, CHAPTER) is None


@pytest.fixture
def context(app):
    """What the layout of a page is given."""

    def context(name, doctree=None, **facts):
        made = {"pathto": lambda target, resource=False: f"to {target}"} | facts
        app.builder.current_docname = name
        page_context.add_context(app, name, "page.html", made, doctree)
        return made

    return context


def test_a_chapter_has_a_time_to_read_and_other_pages_none(context):
    prose = document(nodes.paragraph("", "rain " * 690))
    assert context(CHAPTER, prose)["reading_minutes"] == 3 and context("book/index", prose)["reading_minutes"] == 0


def test_a_page_asks_ahead_for_the_fonts_that_it_needs(context):
    prose, search = context("book/index")["faces"], context("search")["faces"]
    assert set(search) < set(prose) and "hangul" not in prose and "hangul" in context(CHAPTER)["faces"]


def test_a_page_is_shown_by_its_first_figure(context, app, monkeypatch):
    assert context(CHAPTER)["picture"] == "https://nobody.example/rain/figures/fig-rain.landscape.png"
    assert context("book/index")["picture"] == "https://nobody.example/rain/share/book.png"
    assert context("search", picture="figures/x.png")["picture"] == "https://nobody.example/rain/figures/x.png"
    monkeypatch.setattr(app.config, "html_baseurl", "")
    assert context(CHAPTER)["picture"] == "to figures/fig-rain.landscape.png"


def test_a_page_without_words_is_described_by_the_book(context):
    assert context("search")["description"] == "A book that the tests print"
    assert context("404", description="Lost")["description"] == "Lost"


@pytest.mark.parametrize(
    ("base", "root"), [("https://x.example/rain/", "/rain/"), ("https://x.example", "/"), ("", "/")]
)
def test_a_page_for_any_depth_links_from_the_root(context, app, monkeypatch, base, root):
    monkeypatch.setattr(app.config, "html_baseurl", base)
    made = context("404")
    assert made["content_root"] == root and made["pageurl"] is None
    assert (
        made["pathto"]("book/index") == f"{root}book/index.html"
        and made["pathto"]("_static/a.css", 1) == f"{root}_static/a.css"
    )


def test_where_the_first_page_is_the_index_nothing_is_redirected(app, monkeypatch, tmp_path):
    monkeypatch.setattr(app, "outdir", tmp_path)
    page_context.write_redirect(app)
    assert (tmp_path / "index.html").exists()
    (tmp_path / "index.html").unlink()
    monkeypatch.setattr(app.config, "root_doc", "index")
    page_context.write_redirect(app)
    assert not (tmp_path / "index.html").exists()


def test_a_title_in_the_redirect_is_escaped(app, monkeypatch, tmp_path):
    monkeypatch.setattr(app, "outdir", tmp_path)
    monkeypatch.setattr(app.config, "html_title", "Rain & <snow>")
    page_context.write_redirect(app)
    assert "<title>Rain &amp; &lt;snow&gt;</title>" in (tmp_path / "index.html").read_text(encoding="utf-8")


# --- the commit at the foot -------------------------------------------------------------------------------------------


def commit(dirty=False):
    return project.Commit("abc1234", datetime(2026, 3, 4, tzinfo=UTC), dirty)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (None, ""),
        (commit(), " Built from commit abc1234 of March 4, 2026."),
        (commit(dirty=True), " Built from commit abc1234 of March 4, 2026, with later changes."),
    ],
)
def test_the_commit_is_stamped_on_every_page(app, monkeypatch, tmp_path, known, words):
    monkeypatch.setattr(app, "outdir", tmp_path)
    monkeypatch.setattr(project, "last_commit", lambda root: known)
    monkeypatch.setattr(project, "last_changes", lambda root: {"book/index.md": datetime(2026, 3, 1, tzinfo=UTC)})
    (tmp_path / "book").mkdir()
    for name in ("a.html", "book/b.html"):
        (tmp_path / name).write_text("<p>Rain.<!-- commit --> Old.<!-- /commit --></p>", encoding="utf-8")
    (tmp_path / "c.txt").write_text("<!-- commit --><!-- /commit -->", encoding="utf-8")
    page_context.stamp_commit(app, None)
    for name in ("a.html", "book/b.html"):
        assert (tmp_path / name).read_text(encoding="utf-8") == f"<p>Rain.<!-- commit -->{words}<!-- /commit --></p>"
    (tmp_path / "book" / "index.html").write_text("<p><!-- changed --><!-- /changed --></p>", encoding="utf-8")
    page_context.stamp_commit(app, None)
    assert "Last changed March 1, 2026" in (tmp_path / "book" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "fig-rain.html").write_text("<p><!-- changed --><!-- /changed --></p>", encoding="utf-8")
    changes = {
        f"{CHAPTER}.ipynb": datetime(2026, 3, 1, tzinfo=UTC),
        "data/rainfall.csv": datetime(2026, 3, 2, tzinfo=UTC),
    }
    monkeypatch.setattr(project, "last_changes", lambda root: changes)
    page_context.stamp_commit(app, None)
    assert "Last changed March 2, 2026" in (tmp_path / "figures" / "fig-rain.html").read_text(encoding="utf-8")
    assert (tmp_path / "c.txt").read_text(encoding="utf-8") == "<!-- commit --><!-- /commit -->"
    before = (tmp_path / "a.html").stat().st_mtime_ns
    page_context.stamp_commit(app, None)
    assert (tmp_path / "a.html").stat().st_mtime_ns == before


def test_a_build_that_failed_stamps_nothing(app, monkeypatch):
    monkeypatch.setattr(project, "last_commit", None)
    page_context.stamp_commit(app, ValueError())


def test_a_notebook_that_is_taken_away_says_where_it_runs(rain):
    path = rain.html / "_sources" / "notebooks" / "01-rainfall.ipynb"
    first, second = json.loads(path.read_text(encoding="utf-8"))["cells"][:2]
    assert "run it in the folder `notebooks` of a copy of the project" in "".join(first["source"])
    assert "git clone -q https://github.com/nobody/rain book" in "".join(first["source"])
    assert "".join(second["source"]).startswith("# Rainfall")
