"""Tables that readers search: in a browser, from the address, on a phone, and without scripts."""

import csv

import pytest

pytestmark = pytest.mark.slow

PAGE = "book/evidence.html"
ROWS = "#evidence tbody tr:visible"


def test_rows_are_searched_filtered_and_sorted_and_the_address_keeps_the_choice(reader):
    visitor = reader()
    page = visitor.open(PAGE)
    tools = page.locator(".explore-tools").first
    everything = page.locator(ROWS).count()
    tools.get_by_label("Promise", exact=True).select_option("Space")
    chosen = page.locator(ROWS).count()
    assert 0 < chosen < everything and f"{chosen} of {everything} rows" in tools.inner_text()
    assert set(page.locator(f"{ROWS} td:first-child").all_inner_texts()) == {"Space"}
    tools.get_by_label("Search", exact=True).fill("dialogue")
    page.locator("#evidence thead").get_by_role("button", name="Date").click()
    dates = page.locator(f"{ROWS} td:nth-child(3)").all_inner_texts()
    assert dates and dates == sorted(dates)
    assert page.locator("#evidence th[aria-sort=ascending]").count() == 1
    address = page.url
    assert "#evidence?q=dialogue&Promise=Space&sort=Date" in address
    page.goto("about:blank")
    page.goto(address)
    assert page.locator(f"{ROWS} td:nth-child(3)").all_inner_texts() == dates
    page.locator(".explore-tools").first.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(100)
    assert page.locator(ROWS).count() == everything
    assert visitor.complaints == []


def test_the_rows_that_are_shown_can_be_taken_away(reader, tmp_path):
    page = reader().open(f"{PAGE}#evidence?Promise=Space")
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV of these rows").first.click()
    started.value.save_as(tmp_path / "rows.csv")
    rows = list(csv.reader((tmp_path / "rows.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["Promise", "Verdict", "Date"] and len(rows) == 1 + page.locator(ROWS).count()
    assert {row[0] for row in rows[1:]} == {"Space"}


@pytest.mark.parametrize("address", ["#evidence?Promise=Snow&sort=Snow", "#evidence?%", "#snow?q=rain"])
def test_what_a_table_does_not_offer_is_ignored(reader, address):
    visitor = reader()
    page = visitor.open(f"{PAGE}{address}")
    assert page.locator(ROWS).count() > 100 and visitor.complaints == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("name", [PAGE, "book/promises/d1.html", "book/dictionary.html", "book/chronology.html"])
def test_on_a_phone_rows_are_cards_and_nothing_is_off_the_screen(reader, name, scripts):
    visitor = reader(viewport={"width": 390, "height": 844}, java_script_enabled=scripts)
    page = visitor.open(name)
    assert page.locator(".stacked tbody tr").first.evaluate("row => getComputedStyle(row).display") == "block"
    box = page.locator(".scroll:has(.stacked)").first
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    labels = page.locator(".stacked tbody tr").first.locator("[data-label]")
    assert labels.first.evaluate("cell => getComputedStyle(cell, '::before').content") not in ("none", "")


def test_without_scripts_and_on_paper_the_table_is_complete(reader):
    page = reader(java_script_enabled=False).open(PAGE)
    assert page.locator(".explore-tools").count() == 0 and page.locator(ROWS).count() > 100
    page = reader().open(f"{PAGE}#evidence?Promise=Space")
    few = page.locator(ROWS).count()
    page.emulate_media(media="print")
    assert page.locator(ROWS).count() > few and not page.locator(".explore-tools").first.is_visible()


@pytest.mark.parametrize("width", [700, 1000, 1280])
def test_on_a_wider_page_heads_stand_above_their_columns(reader, width):
    page = reader(viewport={"width": width, "height": 900}).open("book/promises/d1.html")
    head = page.locator(".stacked thead th").first.bounding_box()
    cell = page.locator(".stacked tbody td").first.bounding_box()
    assert abs(head["x"] - cell["x"]) < 2 and head["y"] + head["height"] <= cell["y"] + 1
