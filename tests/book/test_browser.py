"""The printed pages in a real browser: alone, with and without scripts, dark, small, by keyboard, on paper."""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time

import brotli
import pytest
from conftest import ROOT
from playwright.sync_api import Error, expect, sync_playwright

pytestmark = pytest.mark.slow

CHAPTER, START, SEARCH = "notebooks/02-burden-sharing.html", "book/index.html", "search.html"
CHAPTERS = [f"notebooks/{path.stem}.html" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
ALONE = "figures/fig-sma-projection.html"
PAGES = [START, *CHAPTERS, "book/figures.html", "book/data.html", "book/references.html", ALONE, SEARCH]
# Nothing from elsewhere, no script and no style within a page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
NOISE = 'WARN Dropping "fit-y" because spec has discrete height.'  # Vega-Lite of every chart as high as its rows; nothing that was asked for is dropped
PHONE = {"width": 360, "height": 740}
ARGUMENTS = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]


# --- a browser, a server, a page ------------------------------------------------------------------------------------------


def installed():
    """A Chrome or Chromium that is on the machine."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def fetched(*command):
    """Whether a command that brings a browser worked, and the last that it said."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=500)
    return done.returncode == 0, (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()[-1]


def find_browser():
    """Path of an installed Chromium, or None for Playwright's own; skips where none can be had."""
    if found := installed():
        return found
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (
            ["apt-get", "-qq", "update"],
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
        ):
            fetched(*command)
        if found := installed():
            return found
    worked, said = fetched(sys.executable, "-m", "playwright", "install", "chromium")
    if not worked:
        pytest.skip(f"browser: no Chromium here, and Playwright could not fetch its own: {said}")
    return None


@pytest.fixture(scope="module")
def browser():
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    path = find_browser()
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *root])
        except Error as error:
            pytest.skip(f"browser: {path or 'Playwright’s Chromium'} does not start: {error.message.splitlines()[0]}")
        yield opened
        opened.close()


class Handler(http.server.SimpleHTTPRequestHandler):
    """The book as a careful site would serve it."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(book):
    """Address of the served book, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(book / "html")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


ENLIVEN = """async () => {
  for (const chart of document.querySelectorAll(".chart[data-live]")) {
    chart.scrollIntoView({ block: "center", behavior: "instant" });
    const until = performance.now() + 15000;
    while (!chart.classList.contains("is-live")) {
      if (performance.now() > until) throw new Error(chart.dataset.figure + " did not come alive");
      await new Promise(requestAnimationFrame);
    }
  }
}"""


class Reader:
    """One reader's browser: opens pages, and notes what they ask for and complain of."""

    def __init__(self, browser, site, **settings):
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | settings))
        self.page, self.site = self.context.new_page(), site
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in ("error", "warning") and message.text != NOISE
                else None
            ),
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, name):
        self.page.goto(self.site + name, wait_until="load")
        return self.page

    def all_charts(self):
        """Scroll through the page until every chart is alive."""
        self.page.evaluate(ENLIVEN)

    def elsewhere(self):
        return [url for url in self.requests if not url.startswith((self.site, "data:", "blob:"))]


@pytest.fixture
def reader(browser, site):
    readers = []

    def new(**settings):
        readers.append(Reader(browser, site, **settings))
        return readers[-1]

    yield new
    for each in readers:
        each.context.close()


# --- alone ----------------------------------------------------------------------------------------------------------------


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
    page.locator("nav.contents a", has_text="About this book").click()
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
    chart = page.locator(".chart").nth(9)
    chart.evaluate("chart => chart.scrollIntoView({ block: 'center', behavior: 'instant' })")
    came_to = chart.bounding_box()["y"]
    page.wait_for_timeout(1500)
    assert abs(chart.bounding_box()["y"] - came_to) < 60
    assert page.locator(".laid-out").count() > 0


def test_the_front_door_opens(reader):
    page = reader().open("index.html")
    page.wait_for_url(f"**/{START}")


# --- charts ---------------------------------------------------------------------------------------------------------------


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
        return chart.locator(".chart-live svg path").evaluate_all(
            "paths => paths.map(path => path.getAttribute('d')).join()"
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
    for place in ("fig-sma-split", "what-the-data-cannot-show", "claim-sma-dates"):
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


# --- what figures offer -----------------------------------------------------------------------------------------------------


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
    page.locator("#fig-sma-amounts summary", has_text="Data").click()
    table = page.locator("#fig-sma-amounts details.data table")
    expect(table).to_be_visible()
    assert table.locator("tbody tr").count() > 10
    page.locator("#fig-sma-amounts summary", has_text="Download").click()
    with page.expect_download() as download:
        page.locator("#fig-sma-amounts a", has_text="PNG").click()
    assert download.value.suggested_filename == "fig-sma-amounts.png"


SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) sum += entry.value; }))
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
            "field => (field.labels.length ? field.labels[0].textContent : field.getAttribute('aria-label') || '').trim()"
        )


# --- light and dark -------------------------------------------------------------------------------------------------------

PAPER = "getComputedStyle(document.body).backgroundColor"


def test_the_switch_turns_the_light_off_and_is_remembered(reader):
    page = reader(color_scheme="light").open(CHAPTER)
    light = page.evaluate(PAPER)
    page.locator(".theme-switch").click()
    dark = page.evaluate(PAPER)
    assert dark != light and page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(page.url.replace(CHAPTER, START))
    assert page.evaluate(PAPER) == dark
    page.locator(".theme-switch").click()
    assert page.evaluate(PAPER) == light


def test_the_readers_choice_is_there_before_the_first_paint(reader):
    visitor = reader(color_scheme="light")
    page = visitor.open(START)
    page.locator(".theme-switch").click()
    page.add_init_script("""
      new MutationObserver((changes, watch) => {
        if (document.body) { window.themeAtBody = document.documentElement.dataset.theme; watch.disconnect(); }
      }).observe(document, { childList: true, subtree: true });
    """)
    page.reload()
    assert page.evaluate("window.themeAtBody") == "dark"


def test_the_page_follows_the_system(reader):
    assert reader(color_scheme="dark").open(START).evaluate(PAPER) != reader(color_scheme="light").open(START).evaluate(
        PAPER
    )


CONTRAST = """selector => {
  const parse = color => { const n = color.match(/[\\d.]+/g).map(Number); return n.length > 3 && n[3] === 0 ? null : n.slice(0, 3); };
  const light = rgb => rgb.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                          .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = node => { for (; node; node = node.parentElement) {
    const color = parse(getComputedStyle(node).backgroundColor); if (color) return color; } return [255, 255, 255]; };
  const within = (shape, x, y) => shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
  const under = text => {  // the shape that a chart's text stands on, if any
    const box = text.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const shape = [...text.closest("svg").querySelectorAll("path, rect")].filter(shape => {
      const style = getComputedStyle(shape);
      return style.fill !== "none" && style.opacity !== "0" && style.fillOpacity !== "0" && shape.compareDocumentPosition(text) & 4 && within(shape, x, y);
    }).pop();
    return shape ? parse(getComputedStyle(shape).fill) : null; };
  return [...document.querySelectorAll(selector)]
    .filter(node => node.getClientRects().length && [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
    .map(node => {
      const style = getComputedStyle(node), ink = parse(node.closest("svg") ? style.fill : style.color);
      const [low, high] = [light(ink), light(node.closest("svg") && under(node) || ground(node))].sort((a, b) => a - b);
      return { text: node.textContent.trim().slice(0, 40), ratio: (high + 0.05) / (low + 0.05) };
    });
}"""


# --- every page in every dress --------------------------------------------------------------------------------------------

OVER = """() => [...document.querySelectorAll("main svg")].filter(svg => svg.getClientRects().length).flatMap(svg =>
  [...svg.querySelectorAll("text")].filter(text => text.textContent).map(text => text.getBoundingClientRect())
    .filter(box => box.width && (box.right > innerWidth || box.left < 0)).map(box => [svg.closest("figure").id, box.left, box.right]))"""
SMALL = """() => [...document.querySelectorAll("main svg text")].filter(text => text.getClientRects().length && text.textContent)
  .map(text => ({ text: text.textContent, size: parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b) }))
  .filter(text => text.size < 10)"""


def pale(page):
    """Text whose contrast with what it stands on is below 4.5."""
    found = page.evaluate(CONTRAST, "body *:not(script):not(style)")
    assert len(found) > 15
    return [f"{node['text']} ({node['ratio']:.1f})" for node in found if node["ratio"] < 4.5]


def use_controls(page):
    """Menus, sliders, legends and pointing: whatever a page's charts offer."""
    for menu in page.locator(".chart-live select").all():
        menu.select_option(index=menu.locator("option").count() - 1)
    for slider in page.locator(".chart-live input[type=range]").all():
        slider.focus()
        page.keyboard.press("ArrowRight")
    for symbol in page.locator(".chart-live .role-legend-symbol path:visible").all():
        symbol.dispatch_event("click")
    for mark in page.locator(".chart-live .mark-symbol.role-mark path").all()[:10]:
        mark.dispatch_event("mousemove")
    page.wait_for_timeout(300)


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (360, True), (360, False)],
    ids=["desk", "phone", "phone without scripts and type"],
)
@pytest.mark.parametrize("name", [*PAGES, "book/figures.html", ALONE])
def test_a_page_is_alone_fits_and_can_be_read(reader, name, width, scripts):
    """Nothing is asked of others or complained of; nothing is cut off, with the system’s type either; size and contrast suffice, light and dark, with every fold open; all controls work."""
    visitor = reader(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    if not scripts:
        visitor.page.route("**/*.woff2", lambda route: route.abort())
    page = visitor.open(name)
    if scripts:
        visitor.all_charts()
        page.locator("details").evaluate_all("boxes => boxes.forEach(box => { box.open = true; })")
    complaints = [
        text for text in visitor.complaints if scripts or text != "Failed to load resource: net::ERR_FAILED"
    ]  # the type, kept from it
    assert visitor.requests and visitor.elsewhere() == [] and complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVER) == []
    if width == PHONE["width"]:
        assert page.evaluate(SMALL) == []
    elif scripts:
        assert pale(page) == []
        page.emulate_media(color_scheme="dark")
        assert pale(page) == [], "in the dark"
        use_controls(page)
        assert visitor.complaints == []


# --- phone, keyboard, paper -------------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_the_text_the_search_and_the_switch(reader):
    page = reader().open(CHAPTER)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Skip to the text")
    assert focused.bounding_box()["x"] >= 0, "the skip link shows when it has the focus"
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.locator(":focus").inner_text().strip())
        assert page.locator(":focus").evaluate("node => getComputedStyle(node).outlineStyle") != "none", (
            f"no focus ring: {reached[-1]}"
        )
    assert {"Search", "PDF", "Dark"} <= set(reached)
    page.locator(".theme-switch").focus()
    page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_the_skip_link_skips(reader):
    page = reader().open(CHAPTER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_targets_are_large_enough(reader):
    """WCAG 2.2, 2.5.8: what is not a link within a sentence measures 24 px."""
    page = reader(viewport=PHONE).open(CHAPTER)
    page.locator(".contents summary").click()
    small = page.evaluate("""() => [...document.querySelectorAll(".masthead a, .masthead button, .contents a, summary, .turn a")]
      .filter(node => node.getClientRects().length).map(node => [node.textContent.trim(), node.getBoundingClientRect().height])
      .filter(([text, height]) => height < 24)""")
    assert small == []


def test_paper_shows_the_text_and_not_the_tools(reader):
    visitor = reader(color_scheme="dark")
    page = visitor.open(CHAPTER)
    visitor.all_charts()
    page.emulate_media(media="print")
    for tool in (".contents", ".tools", ".turn", "details.code", ".chart-live"):
        assert page.locator(f"{tool}:visible").count() == 0, tool
    assert page.locator("main h1:visible").count() == 1
    assert page.locator("figure .chart > svg:visible").count() == page.locator("figure .chart").count()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 33, 39)", "dark ink on paper"


# --- search ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["SMA", "방위비분담특별협정", "inflation", "lighter yardstick"])
@pytest.mark.parametrize("from_disk", [False, True], ids=["served", "disk"])
def test_search_finds_the_chapter(reader, book, words, from_disk):
    visitor = reader()
    if from_disk:
        visitor.site = (book / "html").resolve().as_uri() + "/"
    page = visitor.open(SEARCH)
    page.get_by_label("Search the book").fill(words)
    page.keyboard.press("Enter")
    result = page.locator("#search-results li a", has_text="Burden sharing").first
    expect(result).to_be_visible(timeout=10000)
    assert visitor.elsewhere() == []
    result.click()
    expect(page.locator("h1")).to_contain_text("Burden sharing")


def test_search_says_when_there_is_nothing(reader):
    page = reader().open(f"{SEARCH}?q=xylophone")
    expect(page.locator("#search-results")).to_contain_text("did not match", timeout=10000)
