"""Words of the glossary on the pages: pointed at, reached by keyboard, tapped, and without scripts."""

import pytest

pytestmark = pytest.mark.slow

PAGE = "notebooks/02-burden-sharing.html"
TERM, BOX = "a.term >> nth=0", ".term-box"


def test_a_word_is_explained_when_pointed_at_and_stays_until_left(reader):
    visitor = reader()
    page = visitor.open(PAGE)
    meaning = page.locator(TERM).get_attribute("data-meaning")
    page.locator(TERM).hover()
    assert meaning in page.locator(BOX).inner_text()
    page.locator(BOX).hover()
    page.wait_for_timeout(400)
    assert page.locator(BOX).is_visible(), "one can point at the explanation"
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert page.locator(BOX).count() == 0 and visitor.complaints == []


def test_a_word_is_explained_by_keyboard_and_escape_closes(reader):
    page = reader().open(PAGE)
    page.locator(TERM).focus()
    assert page.locator(BOX).is_visible()
    assert page.locator(TERM).get_attribute("aria-describedby") == page.locator(BOX).get_attribute("id")
    page.keyboard.press("Escape")
    assert page.locator(BOX).count() == 0 and not page.locator(TERM).get_attribute("aria-describedby")


def test_a_tap_explains_and_stays_on_the_page(reader):
    page = reader(viewport={"width": 390, "height": 844}, has_touch=True).open(PAGE)
    page.locator(TERM).scroll_into_view_if_needed()
    page.locator(TERM).tap()
    box = page.locator(BOX).bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and PAGE in page.url
    page.locator(f"{BOX} a").tap()
    page.wait_for_url("**/book/glossary.html#term-*")


def test_without_scripts_a_word_leads_to_the_glossary(reader):
    page = reader(java_script_enabled=False).open(PAGE)
    page.locator(TERM).click()
    page.wait_for_url("**/book/glossary.html#term-*")


def test_every_word_is_explained_once_on_a_page_and_its_entry_is_there(reader):
    page = reader().open(PAGE)
    addresses = page.locator("a.term").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(addresses) == len(set(addresses)) > 3
    glossary = page.goto(page.url.replace(PAGE, "book/glossary.html")) and page
    for address in addresses:
        assert glossary.locator(f"[id='{address.partition('#')[2]}']").count() == 1, address
