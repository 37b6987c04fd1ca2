"""The built pages in a real browser: dark, small, by keyboard, on paper, searched."""

import pytest
from browsing import ALONE, CHAPTER, PAGES, PHONE, SEARCH, START
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


# --- light and dark ---------------------------------------------------------------------------------------------------


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
  const parse = color => { const n = color.match(/[\\d.]+/g).map(Number);
    return n.length > 3 && n[3] === 0 ? null : n.slice(0, 3); };
  const light = rgb => rgb.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                          .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = node => { for (; node; node = node.parentElement) {
    const color = parse(getComputedStyle(node).backgroundColor); if (color) return color; } return [255, 255, 255]; };
  const within = (shape, x, y) =>
    shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
  const under = text => {  // the shape that a chart's text stands on, if any
    const box = text.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const shape = [...text.closest("svg").querySelectorAll("path, rect")].filter(shape => {
      const style = getComputedStyle(shape);
      return style.fill !== "none" && style.opacity !== "0" && style.fillOpacity !== "0"
        && shape.compareDocumentPosition(text) & 4 && within(shape, x, y);
    }).pop();
    if (!shape) return null;
    const { fill, fillOpacity } = getComputedStyle(shape), behind = ground(text);
    return parse(fill)?.map((c, at) => c * fillOpacity + behind[at] * (1 - fillOpacity)); };
  return [...document.querySelectorAll(selector)]
    .filter(node => node.getClientRects().length
      && [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
    .map(node => {
      const style = getComputedStyle(node), ink = parse(node.closest("svg") ? style.fill : style.color);
      const [low, high] = [light(ink), light(node.closest("svg") && under(node) || ground(node))].sort((a, b) => a - b);
      return { text: node.textContent.trim().slice(0, 40), ratio: (high + 0.05) / (low + 0.05) };
    });
}"""


# --- every page in every dress ----------------------------------------------------------------------------------------


OVER = """() => [...document.querySelectorAll("main svg")].filter(svg => svg.getClientRects().length).flatMap(svg =>
  [...svg.querySelectorAll("text")].filter(text => text.textContent).map(text => text.getBoundingClientRect())
    .filter(box => box.width && (box.right > innerWidth || box.left < 0))
    .map(box => [svg.closest("figure").id, box.left, box.right]))"""
SMALL = """least => [...document.querySelectorAll("main svg text")]
  .filter(text => text.getClientRects().length && text.textContent)
  .map(text => ({ text, at: text.getScreenCTM(), set: parseFloat(getComputedStyle(text).fontSize) }))
  .map(({ text, at, set }) => ({ text, size: set * Math.hypot(at.a, at.b) }))
  .filter(({ size }) => size < least)
  .map(({ text, size }) => ({ figure: text.closest("figure")?.id, text: text.textContent, size }))"""


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


@pytest.mark.parametrize("name", ["book/index.html", "book/promises/c1.html", "notebooks/05-indo-pacific.html"])
def test_a_page_fits_between_the_widths_at_which_its_columns_change(reader, name):
    page = reader().open(name)
    for width in [640, 960, 961, 1100, 1200, 1248, 1249]:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize(
    ("width", "scripts"),
    [(1280, True), (360, True), (360, False)],
    ids=["desk", "phone", "phone without scripts and type"],
)
@pytest.mark.parametrize("name", [*PAGES, "book/figures.html", ALONE])
def test_a_page_is_alone_fits_and_can_be_read(reader, name, width, scripts):
    """With every fold open, light and dark, in the system's type too.

    Nothing is asked of others or complained of; nothing is cut off; size and contrast suffice; all controls work.
    """
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
    phone = width == PHONE["width"]
    assert page.evaluate(SMALL, 12 if phone else 12.9) == []
    if scripts and not phone:
        assert pale(page) == []
        page.emulate_media(color_scheme="dark")
        assert pale(page) == [], "in the dark"
        use_controls(page)
        assert visitor.complaints == []


# --- phone, keyboard, paper -------------------------------------------------------------------------------------------


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
    targets = ".masthead a, .masthead button, .contents a, summary, .turn a"
    small = page.evaluate(
        """targets => [...document.querySelectorAll(targets)].filter(node => node.getClientRects().length)
      .map(node => [node.textContent.trim(), node.getBoundingClientRect().height])
      .filter(([text, height]) => height < 24)""",
        targets,
    )
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


# --- search -----------------------------------------------------------------------------------------------------------


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
