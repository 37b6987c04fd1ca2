"""What a reader of a phone sees first, and how the list of figures is filtered."""

import pytest

pytestmark = pytest.mark.slow

TILES = """Array.from(document.querySelectorAll(".tile a"), tile => {
  const box = tile.getBoundingClientRect(), mark = tile.querySelector("svg").getBoundingClientRect();
  return [box.bottom, Math.min(box.width, box.height), mark.width, tile.textContent.trim()];
})"""


@pytest.mark.parametrize(("width", "height", "scripts"), [(390, 844, True), (360, 800, True), (390, 844, False)])
def test_the_whole_board_stands_in_the_first_screen_of_a_phone(reader, width, height, scripts):
    page = reader(viewport={"width": width, "height": height}, java_script_enabled=scripts).open("book/index.html")
    page.wait_for_timeout(300)  # the contents fold
    tiles = page.evaluate(TILES)
    assert len(tiles) == 25
    for bottom, smallest, mark, words in tiles:
        assert bottom <= height and smallest >= 24 and mark > 8, words
    assert page.locator(".tile-id").first.is_visible()
    assert page.locator(".tile").first.inner_text().startswith("D1")
    named = page.locator(".board-named div").last
    assert named.inner_text() == "reversed: C2 Net zero by 2050, C3 Climate targets for 2030"
    assert "set back" in page.locator(".board-fell").inner_text()
    for said in (named, page.locator(".board-fell")):
        box = said.bounding_box()
        assert box["y"] + box["height"] <= height


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_promises_of_a_chapter_and_their_verdicts_stand_in_its_first_screen(reader, book, width, height):
    shown, visitor = {}, reader(viewport={"width": width, "height": height})
    for path in sorted((book / "html" / "notebooks").glob("0[1-6]-*.html")):
        page = visitor.open(f"notebooks/{path.name}")
        standing = page.locator("h1 + .standing")
        box = standing.bounding_box()
        assert box["y"] + box["height"] <= height, path.stem
        shown[path.stem] = standing.locator("a").count()
    assert list(shown.values()) == [4, 2, 2, 4, 9, 4]


def test_names_stand_on_the_tiles_when_a_reader_asks_for_them(reader):
    page = reader(viewport={"width": 390, "height": 844}).open("book/index.html")
    title = page.locator(".tile-title").first
    assert title.bounding_box()["width"] <= 1
    page.locator("label[for='board-names']").click()
    assert title.bounding_box()["width"] > 60
    wide = reader().open("book/index.html")
    assert not wide.locator("label[for='board-names']").is_visible()
    assert wide.locator(".tile").first.inner_text().startswith("D1 A new policy dialogue")


def test_figures_are_filtered_by_chapter_country_and_kind(reader):
    visitor = reader()
    page = visitor.open("book/figures.html")
    shown = page.locator(".gallery.figures li:visible")
    every = shown.count()
    page.locator("select[name='country']").select_option("Japan")
    page.locator("select[name='kind']").select_option("lines")
    assert 0 < shown.count() < every / 2
    assert page.locator(".explore-count").inner_text() == f"{shown.count()} of {every} figures"
    address = page.evaluate("location.hash")
    again = reader().open(f"book/figures.html{address}")
    assert again.locator(".gallery.figures li:visible").count() == shown.count()
    page.locator(".gallery-tools button").click()
    page.wait_for_function(
        f"document.querySelectorAll('.gallery.figures li:not([hidden])').length === {every}", polling=100
    )
    assert visitor.complaints == []


def test_figures_stand_in_a_grid_without_holes(reader):
    page = reader().open("book/figures.html")
    rows = {}
    for box in page.evaluate(
        "Array.from(document.querySelectorAll('.gallery.figures li'), li => { const b = li.getBoundingClientRect(); "
        "return [Math.round(b.top), Math.round(b.left)]; })"
    ):
        rows.setdefault(box[0], []).append(box[1])
    columns = [sorted(row) for row in rows.values()]
    assert len(columns[0]) >= 3 and all(row == columns[0] for row in columns[:-1])


def test_without_scripts_links_lead_to_the_figures_of_each_chapter(reader):
    page = reader(java_script_enabled=False).open("book/figures.html")
    links = page.locator(".gallery-ways").first.locator("a")
    assert links.count() > 10 and links.first.is_visible()
    for link in links.all():
        assert page.locator(link.get_attribute("href")).count() == 1
