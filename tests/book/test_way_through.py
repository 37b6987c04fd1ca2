"""The way through the book: where a page stands, what one reads of it, its code, how to cite it."""

import pytest

pytestmark = pytest.mark.slow

CHAPTER = "notebooks/02-burden-sharing.html"


def test_a_page_says_where_it_stands(reader):
    page = reader().open("book/promises/d1.html")
    assert page.locator(".crumbs li").first.inner_text().strip() == "Promises Kept?"
    assert page.locator(".crumbs a").last.get_attribute("href") == "../../notebooks/00-scorecard.html"


def test_the_contents_of_a_chapter_follow_its_reader(reader):
    page = reader(viewport={"width": 1400, "height": 800}).open(CHAPTER)
    for section in page.locator("article section[id] > h2").all()[1:4]:
        section.evaluate("head => scrollTo(0, head.getBoundingClientRect().top + scrollY - 100)")
        page.wait_for_timeout(150)
        id = section.evaluate("head => head.parentElement.id")
        assert page.locator(".on-page [aria-current]").get_attribute("href") == f"#{id}"


def test_one_switch_shows_all_code_of_a_chapter(reader):
    page = reader().open(CHAPTER)
    assert page.locator("details.code:visible").count() == 0
    page.get_by_role("button", name="Show the code").click()
    shown = page.locator("details.code[open]:visible").count()
    assert shown == page.locator("details.code").count() > 3
    page.get_by_role("button", name="Show the code").click()
    assert page.locator("details.code:visible").count() == 0


def test_without_scripts_each_step_shows_its_code_by_itself(reader):
    page = reader(java_script_enabled=False).open(CHAPTER)
    assert page.locator("details.code > summary:visible").count() > 3
    assert not page.locator(".code-switch").is_visible()


@pytest.mark.parametrize("name", [CHAPTER, "book/index.html", "book/promises/c3.html"])
def test_every_page_can_be_cited_and_corrected(reader, name):
    page = reader().open(name)
    page.get_by_text("Cite this page").click()
    assert "The U.S.–ROK Alliance Book" in page.locator(".about-page details").inner_text()
    assert page.locator(".about-page").get_by_role("link", name="Report an error").get_attribute("href")
