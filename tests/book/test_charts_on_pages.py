"""The charts of the built pages in a real browser: still and live, and what a figure offers."""

import json
import re
import time

import brotli
import pytest
from browsing import ALONE, CHAPTER, CHAPTERS, PAGES, START
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


# --- alone ------------------------------------------------------------------------------------------------------------


def test_the_book_can_be_read_from_the_disk(reader, book):
    visitor = reader()
    visitor.site = (book / "html").resolve().as_uri() + "/"
    page = visitor.open(CHAPTER)
    visitor.all_charts()
    ahead = page.locator(
        "link[rel=preload]"
    ).count()  # no browser lets a page on a disk ask for type ahead; the style sheet still brings it
    complaints = [
        text for text in visitor.complaints if not re.match("A preload for 'file:|Access to font at 'file:", text)
    ]
    assert visitor.elsewhere() == [] and complaints == ["Failed to load resource: net::ERR_FAILED"] * ahead
    assert page.evaluate("document.fonts.load('400 16px \"Source Serif 4\"').then(faces => faces.length)") == 1
    page.locator("nav.contents a", has_text="Start page").click()
    expect(page.locator("h1")).to_contain_text("Promises Kept?")


def test_a_page_at_rest_is_laid_out_whole_with_and_without_scripts(reader):
    """Who photographs a whole page finds every chart and table on it."""
    late = ":is(.chart, .scroll):not(.laid-out)"
    page = reader().open(CHAPTER)
    expect(page.locator(late)).to_have_count(0)
    assert page.locator(".laid-out").count() > 0
    plain = reader(java_script_enabled=False).open(CHAPTER).locator(late)
    assert set(plain.evaluate_all("all => all.map(piece => getComputedStyle(piece).contentVisibility)")) == {"visible"}


def test_what_a_quick_reader_came_to_stays_where_it_is(reader):
    """Whoever scrolls down before the page is at rest is not pushed away by what is laid out above."""
    page = reader().open(CHAPTER)
    chart = page.locator(".chart").nth(6)
    chart.evaluate("chart => chart.scrollIntoView({ block: 'center', behavior: 'instant' })")
    came_to = chart.bounding_box()["y"]
    page.wait_for_timeout(1500)
    assert abs(chart.bounding_box()["y"] - came_to) < 60
    assert page.locator(".laid-out").count() > 0


def test_the_front_door_opens(reader):
    page = reader().open("index.html")
    page.wait_for_url(f"**/{START}")


# --- charts -----------------------------------------------------------------------------------------------------------


def figures(book, chapter):
    """Ids of a chapter's figures; no chapter is without."""
    ledger = json.loads((book / "html" / "ledger.json").read_text(encoding="utf-8"))
    found = [entry["id"] for entry in ledger["figures"] if f"{entry['chapter']}.html" == chapter]
    assert found
    return found


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_charts_show_without_scripts(reader, book, chapter):
    page = reader(java_script_enabled=False).open(chapter)
    for id in figures(book, chapter):
        drawing = page.locator(f"#{id} svg:visible")
        assert drawing.count() == 1, id
        box = drawing.bounding_box()
        assert box["width"] > 300 and box["height"] > 80, id
    assert page.locator(".theme-switch:visible").count() == 0, "a switch that does nothing is not shown"


def test_live_charts_take_the_place_of_the_still_ones(reader, book):
    visitor = reader()
    page = visitor.open(CHAPTER)
    before = page.evaluate("document.querySelectorAll('.chart-live').length")
    assert before < page.locator(".chart[data-live]").count(), "charts that are far away wait"
    visitor.all_charts()
    for id in figures(book, CHAPTER):
        drawing = page.locator(f"#{id} svg:visible")
        assert drawing.count() == 1, id
        box, room = drawing.bounding_box(), page.locator(f"#{id} .chart").bounding_box()
        assert box["width"] > 300 and box["x"] + box["width"] <= room["x"] + room["width"] + 1, f"{id} is cut off"


def test_the_inflation_slider_moves_the_lines(reader):
    visitor = reader()
    page = visitor.open(CHAPTER)
    visitor.all_charts()
    slider = page.locator(".chart-live input[type=range]").first
    chart = page.locator(".chart", has=slider)
    assert "nflation" in chart.locator(".vega-bindings").inner_text()

    def drawn():
        return chart.locator(".chart-live svg line, .chart-live svg path").evaluate_all(
            "marks => marks.map(mark => mark.outerHTML).join()"
        )

    first = drawn()
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    moved = drawn()
    assert moved != first
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert drawn() == first
    assert visitor.complaints == []


@pytest.mark.parametrize("settings", [{}, {"java_script_enabled": False}], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1280, 360])
def test_an_address_with_a_fragment_leads_to_its_place(reader, settings, width):
    visitor = reader(viewport={"width": width, "height": 900}, **settings)
    for place in ("fig-sma-split", "limits"):
        visitor.page.goto("about:blank")
        visitor.page.goto(f"{visitor.site}{CHAPTER}#{place}", wait_until="load")
        visitor.page.wait_for_timeout(400)  # sections above are laid out, and would push it away
        top = visitor.page.locator(f"[id='{place}']").first.bounding_box()["y"]
        assert -40 <= top <= 60, f"#{place} lies at {top:.0f} px"


def test_a_choice_stands_in_the_address_and_is_found_there_again(reader):
    visitor = reader()
    page = visitor.open(ALONE)
    visitor.all_charts()
    slider = page.locator(".chart-live input[type=range]")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"#fig-sma-projection\?inflation=2\.8$"))
    shared = page.url
    visitor.page.goto("about:blank")
    page.goto(shared)
    visitor.all_charts()
    expect(page.locator(".chart-live input[type=range]")).to_have_value("2.8")
    assert visitor.complaints == []
    page.emulate_media(media="print")
    assert page.locator(".chart-live:visible").count() == 0, "paper shows the default"


@pytest.mark.parametrize("choice", ["inflation=99", "inflation=<script>", "inflation=", "snow=1", "inflation"])
def test_a_choice_that_the_chart_does_not_offer_is_ignored(reader, choice):
    visitor = reader()
    page = visitor.open(f"{ALONE}#fig-sma-projection?{choice}")
    visitor.all_charts()
    expect(page.locator(".chart-live input[type=range]")).to_have_value("2")
    assert visitor.complaints == []


def test_an_address_with_a_choice_leads_to_its_figure(reader):
    visitor = reader()
    page = visitor.open(f"{CHAPTER}#fig-sma-projection?inflation=5")
    expect(page.locator("#fig-sma-projection .chart")).to_have_class(re.compile("is-live"), timeout=15000)
    expect(page.locator("#fig-sma-projection")).to_be_in_viewport()
    expect(page.locator("#fig-sma-projection input[type=range]")).to_have_value("5")


# --- what figures offer -----------------------------------------------------------------------------------------------


def test_a_figure_stands_in_somebody_elses_page(reader):
    visitor = reader()
    visitor.page.set_content(f'<iframe src="{visitor.site}{ALONE}" width="700" height="600"></iframe>')
    page = visitor.page
    frame = page.frame_locator("iframe")
    expect(frame.locator("figure svg:visible").first).to_be_visible()
    assert frame.locator(".masthead:visible").count() == frame.locator(".colophon:visible").count() == 0


def test_the_line_to_embed_names_the_full_address(reader, site):
    page = reader().open(CHAPTER)
    page.locator("#fig-sma-projection summary", has_text="Embed").click()
    assert f'src="{site}{ALONE}"' in page.locator("#fig-sma-projection pre.embed").inner_text()


def test_data_and_downloads_need_no_script(reader):
    page = reader(java_script_enabled=False).open(CHAPTER)
    page.locator("#fig-sma-measures summary", has_text="Data").click()
    table = page.locator("#fig-sma-measures details.data table")
    expect(table).to_be_visible()
    assert table.locator("tbody tr").count() > 10
    page.locator("#fig-sma-measures summary", has_text="Download").click()
    with page.expect_download() as download:
        page.locator("#fig-sma-measures").get_by_role("link", name="PNG", exact=True).click()
    assert download.value.suggested_filename == "fig-sma-measures.png"


SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries()
      .forEach(entry => { if (!entry.hadRecentInput) sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 800); })"""


@pytest.mark.parametrize("name", PAGES)
def test_no_first_view_is_heavy(reader, book, site, name):
    """Compressed (Brotli), with all that the browser fetches by itself; live charts come when they near the view."""
    visitor = reader()
    visitor.open(name).wait_for_timeout(300)
    fetched = {url.removeprefix(site).partition("?")[0] for url in visitor.requests}
    first = [path for path in fetched if path != "_static/charts.js" and not re.fullmatch(r"figures/.*\.js", path)]
    assert sum(len(brotli.compress((book / "html" / path).read_bytes())) for path in first) <= 250_000


@pytest.mark.parametrize(
    ("name", "width"),
    [*[(name, 360) for name in (*CHAPTERS, "book/figures.html", ALONE)], (CHAPTER, 1280), (ALONE, 1280)],
)
def test_nothing_jumps_while_a_page_loads(reader, name, width):
    visitor = reader(viewport={"width": width, "height": 800})
    visitor.page.route(
        "**/press.js", lambda route: (time.sleep(0.4), route.continue_())
    )  # the page is painted before its script runs
    assert visitor.open(name).evaluate(SHIFT) <= 0.02


def test_every_slider_has_a_name(reader):
    visitor = reader()
    page = visitor.open(CHAPTER)
    visitor.all_charts()
    inputs = page.locator(".chart-live input, .chart-live select")
    assert inputs.count() >= 1
    for field in inputs.all():
        assert field.evaluate(
            "field => (field.labels.length ? field.labels[0].textContent"
            " : field.getAttribute('aria-label') || '').trim()"
        )
