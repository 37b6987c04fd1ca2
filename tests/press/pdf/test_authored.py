"""What authors write and what cells show stands on the page and in the PDF."""

import re
import shutil

import authored
import lxml.html
import pypdf
import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def book(rain, tmp_path_factory):
    """The sample book with a page, a notebook, and pages below one another."""
    made = type(rain)(shutil.copytree(rain.root, tmp_path_factory.mktemp("authored") / "rain"))
    (made.root / "book/red.png").write_bytes(authored.PICTURE)
    (made.root / "book/p.md").write_text(authored.page(), encoding="utf-8")
    (made.root / "book/below.md").write_text("# Below the page\n\nText.\n", encoding="utf-8")
    (made.root / "notebooks/o.ipynb").write_text(authored.notebook(), encoding="utf-8")
    chapter = "      - file: notebooks/01-rainfall\n"
    more = "      - file: notebooks/o\n      - file: book/p\n        sections:\n          - file: book/below\n"
    made.edit("_toc.yml", chapter, chapter + more)
    made.build()
    return made


@pytest.fixture(scope="module")
def pdf(book):
    """The words of the PDF, with single blanks between them."""
    pages = pypdf.PdfReader(book.pdf / "rain.pdf").pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)).replace("\u200b", "")


@pytest.fixture(scope="module")
def page(book):
    return book.page("book/p.html")


@pytest.mark.parametrize(
    "words",
    [
        "An SMA (Special Measures Agreement), again the SMA. Line one line two and more.",
        "$1.5 billion in 2021 and $2 billion in 2022",
        "A caption.",
        "A legend.",
        "Figure 3.1 Table 3.1 Listing 3.1",
        "방위비",
        "Note Noted.",
        "My own title A body.",
        "See also Seen.",
        "Side title Sidebar text.",
        "Margin text.",
        "Alpha The first letter.",
        "— Somebody",
        "Listing 3.1 My code",
        "# LINE",
        "Term First definition",
        "Second definition",
        "My list",
        "My rows",
        "My table",
        "spans two columns",
        "a. lettered b. list",
        "verse one verse two",
        "Field value",
        "Raw html told head told cell",
        "Greek α, Cyrillic Ж, arrows ⇒, checks ✗.",
        "A note.",
        "of 902.5 mm",
        "Below the page",
    ],
)
def test_what_an_author_writes_stands_in_the_pdf(pdf, words):
    assert words in pdf


@pytest.mark.parametrize(
    "words",
    [
        "Arley 902.5",
        "a 0 1.2",
        "A computed sentence",
        "computed cells here",
        "Told in text",
        "42",
        *[f"row-{row:02d}-end" for row in range(28)],
    ],
)
def test_what_cells_show_stands_in_the_pdf(pdf, words):
    assert words in pdf


def test_what_is_too_wide_is_wrapped_or_turned(book, pdf):
    assert "xxxEND" in pdf.replace(" ", "") and pdf.count("some longer value") == 24
    turned = [
        page for page in pypdf.PdfReader(book.pdf / "rain.pdf").pages if page.mediabox.width > page.mediabox.height
    ]
    assert len(turned) == 1


def test_markdown_of_a_cell_has_tables_and_equations_as_in_jupyterlab(book):
    assert "$x_1^2$" in book.typst and "<msubsup>" in book.text("notebooks/o.html")


def test_comments_and_raw_cells_for_latex_are_left_out(book, pdf):
    for text in (pdf, book.text("book/p.html"), book.text("notebooks/o.html")):
        assert "note to myself" not in text and "clearpage" not in text


def test_titles_of_boxes_are_no_headings(book):
    outline = str(pypdf.PdfReader(book.pdf / "rain.pdf").outline)
    assert "My own title" not in outline and "Side title" not in outline and "Below the page" in outline


def test_images_carry_their_text_on_page_and_paper(book, page):
    source = book.typst
    shown = ("red box", "a red box", "without caption", "attached picture", "a computed picture", "One bar of two")
    for text in (*shown, "A drawn line"):
        assert f'alt: "{text}"' in source
    assert {"red box", "a red box", "without caption"} <= {image.get("alt") for image in page.iter("img")}


def test_a_plain_chart_is_drawn_by_the_press(book):
    output = book.text("notebooks/o.html")
    assert "#123456" in output and "jsdelivr" not in output
    assert 'aria-label="One bar of two"' in output


def test_merged_cells_are_merged(book):
    assert "table.cell(colspan: 2)" in book.typst and "table.cell(rowspan: 2)" in book.typst


def test_macros_of_a_page_hold_below_them(book, page):
    assert "newcommand" not in lxml.html.tostring(page.find(".//article"), encoding="unicode")
    assert "overline(x)" in book.typst or "macron(x)" in book.typst


def test_lines_of_an_equation_are_referred_to_by_its_number(pdf, page):
    assert page.xpath("//a[@href='#equation-eq-first']/text()") == ["(3.2)", "(3.2)"]
    assert page.xpath("//*[@id='equation-eq-first']//*[@class='equation-number']/text()") == ["(3.2)"]
    assert "By (3.2) and (3.2), so." in pdf


def test_a_number_in_a_heading_stands_in_the_contents(book, page):
    assert "902.5 mm" in page.find(".//h2").text_content()
    assert "902.5" in page.xpath("string(//section//nav)") + page.xpath("string(//*[contains(@class, 'topic')])")


def test_pages_below_a_page_stand_below_it_in_the_contents(page):
    (below,) = page.xpath("//nav[@class='contents']//li/ul/li/a")
    assert below.text.endswith("Below the page") and below.getparent().getparent().getparent()[0].text.endswith(
        "A page"
    )


def test_a_table_with_a_title_has_it_on_the_page(page):
    assert [title.text_content().strip("#") for title in page.iter("caption")] == [
        "Table 3.1 My list",
        "Table 3.2 My rows",
        "Table 3.3 My table",
    ]
