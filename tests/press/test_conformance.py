"""A stock Jupyter Book comes out of the press as it comes out of the stock tool: on the pages, and in the PDF."""

import re

import pypdf
import pytest
from bs4 import BeautifulSoup
from helpers import ROOT, load, share_cache

pytestmark = pytest.mark.slow
conformance = load(ROOT / "tools" / "conformance.py")


@pytest.fixture(scope="module")
def compared(cache_dir, tmp_path_factory):
    """The plain book, built by both: the status, and the folder of the copies."""
    place = tmp_path_factory.mktemp("conformance")
    share_cache(cache_dir, place / "press")
    return conformance.main([str(ROOT / "tests" / "plain"), "--keep", str(place)]), place


@pytest.fixture(scope="module")
def typst(compared):
    return (compared[1] / "press/_build/pdf/source/book.typ").read_text(encoding="utf-8")


def page(compared, name, copy="press"):
    return (compared[1] / copy / "_build/html" / f"{name}.html").read_text(encoding="utf-8")


def test_nothing_is_lost(compared):
    assert compared[0] == 0


def test_what_programs_write_is_shown_as_it_was_in_the_end(compared, typst):
    assert "100 of 100" in page(compared, "outputs") and "50 of 100" not in page(compared, "outputs")
    assert '"red and green\\n100 of 100"' in typst


def test_tags_of_html_mark_what_stands_between_them(typst):
    assert '#"H";#sub[#"2";]#"O and x";#super[#"2";]' in typst and '#strike[#"struck";]' in typst
    assert '#link("https://example.org")[#"a link";]' in typst
    assert '#"☐ "' in typst and '#"☑ "' in typst


def test_links_of_html_lead_to_pages_and_places(typst):
    assert '#link(label("deep/second#"))[#"a page";]' in typst and '[#"a place";]' in typst


def test_what_a_heading_holds_is_not_repeated_by_the_contents(typst):
    line = next(line for line in typst.splitlines() if '#"A heading with a note' in line)
    anchor, heading = line.split("#heading(")
    assert re.search(r'#label\("deep/second#id\d+"\)$', anchor) and "#label" not in heading.replace("#link(label", "")
    assert "]<note-mark>" in typst


def test_an_image_goes_by_what_it_holds(typst):
    assert '#shown("named.jpeg.png", alt: "PNG by another name"' in typst


def test_a_long_line_of_code_is_broken_where_it_ends(compared):
    pages = pypdf.PdfReader(compared[1] / "press/_build/html/book.pdf").pages
    text = "".join(page.extract_text() for page in pages)
    assert "metadata=_fetch_figure_metadata(figure_manager" in re.sub("[\\s\u200b]+", "", text)


def test_letters_without_a_type_are_told_by_their_names(compared, typst):
    assert "[rocket]" in typst and "🚀" not in typst
    assert "no font of the book has '🚀'" in (compared[1] / "press.log").read_text(encoding="utf-8")


def test_a_table_wider_than_any_page_is_set_in_parts(typst):
    wide = next(line for line in typst.splitlines() if "#plain-grid" in line and '"0"' in line and '"1000"' in line)
    begin = typst.index(wide)
    assert typst[begin : typst.index("#cell-code", begin)].count("#table(") > 1


def test_images_of_pages_in_folders_and_of_other_pages_are_found(compared, typst):
    assert 'alt: "in the middle"' in typst and 'alt: "a name with a space"' in typst
    glued = BeautifulSoup(page(compared, "glued"), "html.parser").select_one("article img")
    assert (compared[1] / "press/_build/html" / glued["src"]).exists()


def test_what_only_a_browser_shows_leaves_a_word(typst):
    assert "What stands here works on the page only." in typst and 'link("about:blank")' not in typst


def test_a_number_that_nobody_has_glued_is_told(compared, typst):
    assert "number 'unknown' is cited but not defined" in (compared[1] / "press.log").read_text(encoding="utf-8")
    assert '#raw("unknown")' in typst


def test_a_book_without_a_title_goes_by_that_of_its_first_page(compared):
    assert re.search(r"<title>Welcome: code, .*more", page(compared, "index"))


def test_the_stock_copy_does_not_know_the_press(compared):
    assert "html_theme: press" not in (compared[1] / "stock/_config.yml").read_text(encoding="utf-8")
    assert "html_theme: press" in (compared[1] / "press/_config.yml").read_text(encoding="utf-8")


def test_pages_are_chosen_with_those_above_them():
    toc = {"root": "index", "chapters": [{"file": "a.md", "sections": [{"file": "b/c"}]}, {"file": "d"}]}
    assert conformance.reduced(toc, ["b/*"]) == {
        "root": "index",
        "chapters": [{"file": "a.md", "sections": [{"file": "b/c"}]}],
    }
    assert conformance.reduced(toc, ["d"])["chapters"] == [{"file": "d"}]
