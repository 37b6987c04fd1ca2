"""Which pages stand in which PDF."""

from types import SimpleNamespace

import pikepdf
import pytest
from docutils import nodes
from sphinx import addnodes

from press.build import sphinx_run
from press.errors import PressError
from press.pdf import documents
from press.pdf.documents import Document, share_out


def page(name, *parts):
    title = name.rpartition("/")[2]
    below = [part for part in parts if isinstance(part, addnodes.start_of_file)]
    sections = [part for part in parts if part not in below]
    return addnodes.start_of_file(
        "", nodes.section("", nodes.title("", title), *sections, ids=[title]), *below, docname=name
    )


def section(id):
    return nodes.section("", nodes.title("", id), nodes.paragraph("", "It rained."), ids=[id])


@pytest.fixture
def tree():
    """A book of a first page, two chapters, and a page below one of them."""
    chapter = page("rain", section("gauges"), section("checked"), page("rain/day"))
    return nodes.document(
        None,
        None,
        nodes.section("", nodes.title("", "Weather"), ids=["weather"]),
        chapter,
        page("snow"),
        docname="index",
    )


def shown(share):
    return [unit["ids"][0] if isinstance(unit, nodes.section) else unit["docname"] for unit in share.units]


def test_one_document_holds_all(tree):
    (share,) = share_out(tree, [Document("book.pdf")])
    assert shown(share) == ["index", "rain", "rain/day", "snow"] and not share.left_out


def test_what_one_leaves_out_the_rest_holds(tree):
    book, annex = share_out(
        tree, [Document("book.pdf", ("snow", "rain"), without=("*#checked",)), Document("annex.pdf")]
    )
    assert shown(book) == ["snow", "rain"] and [node["ids"] for node in book.left_out] == [["checked"]]
    assert shown(annex) == ["index", "rain/day", "checked"]


def test_what_the_rest_leaves_out_stands_nowhere(tree):
    book, rest = share_out(
        tree,
        [Document("book.pdf", ("rain",), without=("rain#checked",)), Document("a.pdf", without=("*#checked", "snow"))],
    )
    assert shown(book) == ["rain"] and shown(rest) == ["index", "rain/day"]


def test_a_page_may_stand_in_several_documents(tree):
    shares = share_out(tree, [Document("book.pdf", ("index", "rain*")), Document("brief.pdf", ("index",))])
    assert [shown(share) for share in shares] == [["index", "rain", "rain/day"], ["index"]]


def test_a_page_that_is_not_there_is_named(tree):
    with pytest.raises(PressError, match=r"press_documents, a.pdf: there is no 'hail'"):
        share_out(tree, [Document("a.pdf", ("hail",))])


def settings(**given):
    return SimpleNamespace(press_pdf="book.pdf", press_paper="a4", press_documents=given)


def test_without_settings_there_is_one_document():
    assert documents.documents(settings()) == [Document("book.pdf")]


def test_settings_name_documents():
    (found,) = documents.documents(settings(a={"pages": ["rain"], "form": "brief", "paper": "us-letter"}))
    assert found == Document("a", ("rain",), form="brief", paper="us-letter")


def test_the_book_names_the_paper_of_documents_that_name_none():
    config = SimpleNamespace(press_documents={"a.pdf": {}, "b.pdf": {"paper": "a4"}}, press_paper="us-letter")
    assert [found.paper for found in documents.documents(config)] == ["us-letter", "a4"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"page": ["rain"]}, "there is no setting 'page'. Choose from pages, without"),
        ({"form": "poster"}, "form is 'poster'. Choose book or brief."),
        ({"paper": "a5"}, "paper is 'a5'. Choose a4 or us-letter."),
        (["rain"], "['rain'] is no setting. Write the name of one before it: pages, for instance."),
        ({"pages": "rain"}, "pages is 'rain', not a list. Write [rain]."),
    ],
)
def test_a_setting_that_is_not_known_is_named(given, said):
    with pytest.raises(PressError) as refused:
        documents.documents(settings(a=given))
    assert said in str(refused.value)


DOCUMENTS = """press_pdf: rain.pdf
    press_documents:
      rain.pdf: {name: the book, pages: [book/index, notebooks/*], without: ["notebooks/*#what-is-checked"]}
      annex.pdf: {name: the annex}
      brief.pdf: {form: brief, pages: [book/index], board: true, paper: us-letter}"""


@pytest.mark.slow
def test_three_documents_come_from_one_book(rain_copy):
    rain_copy.edit("_config.yml", "press_pdf: rain.pdf", DOCUMENTS)
    (rain_copy.pdf / "old.pdf").write_bytes(b"of an earlier build")
    rain_copy.build()
    assert sorted(path.name for path in rain_copy.pdf.glob("*.pdf")) == ["annex.pdf", "brief.pdf", "rain.pdf"]
    assert sorted(path.name for path in rain_copy.html.glob("*.pdf")) >= ["annex.pdf", "brief.pdf", "rain.pdf"]
    book, annex, brief = (
        (rain_copy.pdf / "source" / f"{name}.typ").read_text(encoding="utf-8") for name in ("rain", "annex", "brief")
    )
    with pikepdf.open(sphinx_run.set_on_letter(rain_copy.root, rain_copy.staging) / "rain.pdf") as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]
    claim = "Boxford had less rain than Arley in 2024."
    assert claim not in book and claim in annex
    assert '#heading(level: 1)[#"Rainfall";]' in annex, "the section stands under the name of its chapter"
    assert "#numbered(" in book and '#elsewhere("the book"' not in book
    assert 'form: "brief", paper: "us-letter"' in brief and "supplement: [numbered]" not in brief
