"""The builder of the PDF."""

import re
import shutil

import pikepdf
import pypdf
import pytest
from docutils import nodes
from sphinx.util.docutils import new_document

from press import state
from press.errors import PressError
from press.pdf import builder
from press.pdf.builder import PdfBuilder, compile_pdf


@pytest.fixture
def fonts(app):
    """The folder of the book's fonts."""
    return state.cache_directory(app) / "fonts"


@pytest.fixture
def compiled(tmp_path, fonts, monkeypatch):
    """Compile Typst markup; the path of the PDF."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")

    def compile(markup, head='#set document(title: "Rain")\n#set text(lang: "en", font: "Source Serif 4")\n'):
        (tmp_path / "book.typ").write_text(head + markup, encoding="utf-8")
        compile_pdf(tmp_path / "book.typ", tmp_path / "book.pdf", fonts)
        return tmp_path / "book.pdf"

    return compile


def test_the_pdf_is_tagged_and_dated(compiled):
    with pikepdf.open(compiled("Rain.")) as pdf, pdf.open_metadata() as facts:
        assert pdf.Root.MarkInfo.Marked and facts["pdfuaid:part"] == "1"
        assert facts["xmp:CreateDate"].startswith("2026-09-21T14:13:20")


def test_the_same_markup_gives_the_same_bytes(compiled):
    assert compiled("Rain.").read_bytes() == compiled("Rain.").read_bytes()


PLACE = '#metadata(none)#label("{}")\n'


@pytest.mark.parametrize("fault", ['#text(font: "No Such Font")[a]', "#undefined", "#panic()"])
def test_a_warning_or_an_error_is_told_with_the_last_place_before_it(compiled, tmp_path, fault):
    markup = (
        PLACE.format("book/index#rain")
        + "Rain.\n\n"
        + PLACE.format("book/data#")
        + f"{fault}\n\n"
        + PLACE.format("later")
    )
    with pytest.raises(PressError) as refused:
        compiled(markup)
    assert refused.value.where == "book/data#, in the PDF" and "book.typ, line 7," in refused.value.remedy
    assert not (tmp_path / "book.pdf").exists()


def test_a_place_on_the_same_line_counts_as_far_as_it_stands_before(compiled):
    with pytest.raises(PressError, match=r"^a, in the PDF"):
        compiled('#metadata(none)#label("a")#undefined#metadata(none)#label("b")')


def test_a_fault_before_any_place_is_one_of_the_book(compiled):
    with pytest.raises(
        PressError, match=r"^the book, in the PDF: unknown variable: undefined\. Mend what stands there"
    ):
        compiled("#undefined")


def test_pages_become_places():
    pdf = PdfBuilder.__new__(PdfBuilder)
    assert pdf.get_target_uri("book/data") == pdf.get_relative_uri("a", "book/data") == "%book/data"
    assert pdf.get_outdated_docs() == "the whole book"
    assert pdf.prepare_writing(set()) is pdf.write_doc("a", new_document("a")) is None


def test_what_typst_gives_is_one_file():
    assert builder._one_file(b"%PDF") == b"%PDF"
    with pytest.raises(TypeError, match="list, not one file"):
        builder._one_file([b"a", b"b"])


def test_all_pages_stand_in_one_tree_in_the_order_of_the_contents(rain):
    labels = re.findall(r'#label\("([^#"]+)#"\)', rain.typst)
    assert labels == ["book/index", "notebooks/01-rainfall", "book/figures", "book/data", "book/references"]


def test_a_number_stands_among_the_words_of_another_language_that_it_counts():
    """A line may end between the two otherwise, and a screen reader says the number in English."""
    tree = new_document("a")
    korean = [nodes.inline("", word, classes=["language-ko"]) for word in ("월", "일", "건")]
    computed = nodes.inline("", "25", classes=["number"])
    tree += nodes.paragraph("", "", nodes.Text("2+3"), korean[0], nodes.Text(" 1,018"), korean[1], computed, korean[2])
    builder._put_numbers_with_their_words(tree)
    assert [node.astext() for node in tree[0]] == ["2+", "3월", " ", "1,018일", "25건"]
    assert korean[2][0] is computed


def test_the_text_can_be_read_back(rain):
    text = "".join(page.extract_text() for page in pypdf.PdfReader(rain.pdf / "rain.pdf").pages)
    assert "It rains more in Arley" in text and "비" in text and "Boxford had less rain than Arley in 2024." in text
    assert re.search(r"Figure 1\.1\s+It rains more in Arley\s+\d+", text)
    assert re.search(r"Table 1\.1\s+Rain in each year\s+\d+", text)


ONLY = "\n\n```{only} html\nFor the page.\n```\n\n```{only} pdf\nFor the paper.\n```\n"


@pytest.mark.slow
def test_what_is_for_the_page_or_the_paper_only_stands_there_only(rain_copy):
    rain_copy.edit("book/index.md", "See [the chapter]", f"{ONLY}\n\nSee [the chapter]")
    rain_copy.build()
    page = rain_copy.text("book/index.html")
    assert "For the page." in page and "For the paper." not in page
    assert "For the paper." in rain_copy.typst and "For the page." not in rain_copy.typst
    assert rain_copy.app.builder.name == "html" and "pdf" not in rain_copy.app.tags


def test_warnings_of_the_paper_stop_the_build(rain_copy):
    """A reference that stands on paper only is looked for when the PDF is set."""
    rain_copy.edit("book/index.md", "See [the chapter]", "\n\n```{only} pdf\n{ref}`snow`\n```\n\nSee [the chapter]")
    with pytest.raises(PressError, match="undefined label: 'snow'"):
        rain_copy.build()


def test_the_note_of_a_long_table_stands_on_the_page_of_its_last_row(compiled, tmp_path):
    shutil.copy(builder.TEMPLATE, tmp_path / "template.typ")
    markup = """
#import "template.typ": *
#set text(font: serif)
#for rows in range(3, 11) {
  grid-of([], [Rain], [Note. #lorem(40)], true, table(columns: (20mm, 60mm), table.header([Day], [Rain]),
    ..range(rows).map(row => ([#row], [wet])).flatten()))
  pagebreak(weak: true)
}
"""
    page = "#set page(width: 100mm, height: 80mm, margin: (left: 8mm, rest: 9mm))"
    made = compiled(markup, f'#set document(title: "Rain")\n{page}\n')
    noted = [text for page in pypdf.PdfReader(made).pages if "Note." in (text := page.extract_text())]
    assert len(noted) == 8 and all("wet" in text for text in noted)
