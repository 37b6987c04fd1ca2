"""The built pages in browsers that withhold something, in high contrast, in a frame, and searched in Hangul."""

import re
import time

import pytest
from browsing import CHAPTER, SEARCH

pytestmark = pytest.mark.slow

PROJECTION, FIGURE = f"{CHAPTER}#fig-sma-projection", "figures/fig-sma-timeline.html"


# --- what a browser withholds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "withheld",
    [
        "performance.getEntriesByType = () => [];",
        "performance.getEntriesByType = undefined;",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('closed'); } });",
        "window.IntersectionObserver = undefined; window.requestIdleCallback = undefined;",
        "MediaQueryList.prototype.addEventListener = undefined;",
        "Element.prototype.closest = undefined;",
        "history.replaceState = () => { throw new DOMException('too often', 'SecurityError'); };",
    ],
    ids=["no entries", "no timing", "no storage", "no observers", "old media queries", "old elements", "no history"],
)
def test_what_a_browser_withholds_ends_nothing_else(reader, withheld):
    visitor = reader()
    visitor.page.add_init_script(withheld)
    broken = []
    visitor.page.on("pageerror", lambda error: broken.append(str(error)))
    page = visitor.open(CHAPTER)
    page.wait_for_function("document.querySelector('button.copy')")
    assert broken == [] and page.locator(".theme-switch").is_visible()
    assert page.locator("pre.embed").first.text_content().count(page.url.rpartition("/notebooks")[0])


@pytest.mark.parametrize("fragment", ["%E0%A4%A", "%", "?", "fig-sma-projection?%E0%A4%A=1", "nowhere?x=1&x=2"])
def test_a_malformed_fragment_ends_nothing(reader, fragment):
    visitor = reader()
    page = visitor.open(f"{CHAPTER}#{fragment}")
    page.wait_for_function("document.querySelector('button.copy')")
    assert [words for words in visitor.complaints if "URI" in words] == []


# --- clicks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_a_click_that_opens_another_page_leaves_this_one_where_it_is(reader, key):
    visitor = reader()
    page = visitor.open(PROJECTION)
    page.wait_for_function("scrollY > 0")
    link = page.locator('article a[href^="#"]:not(.headerlink)').first
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    with visitor.context.expect_page():
        link.click(modifiers=[key])
    page.wait_for_timeout(300)
    assert abs(page.evaluate("scrollY") - before) < 50


# --- search -----------------------------------------------------------------------------------------------------------


def found(reader, words):
    """Pages that a search finds."""
    page = reader().open(f"{SEARCH}?q={words}")
    page.wait_for_selector(".search-summary:not(:empty)")
    until = time.monotonic() + 20
    while len(links := page.locator("ul.search li > a").all()) < count(page) and time.monotonic() < until:
        page.wait_for_timeout(50)
    return [link.get_attribute("href").partition("?")[0] for link in links]


def count(page):
    """How many pages a search says it has found."""
    said = re.search(r"(\d+) page", page.locator(".search-summary").text_content())
    return int(said[1]) if said else 0


def test_parts_of_words_in_hangul_are_found_beside_whole_words(reader):
    assert found(reader, "방위") and found(reader, "탄소")
    assert len(found(reader, "방위비")) > 1, "also inside a longer word"


def test_numbers_are_found(reader):
    assert found(reader, "2021") and found(reader, "639")


@pytest.mark.parametrize(
    ("words", "kind", "address"),
    [
        ("D1", "Promise D1", "book/promises/d1.html"),
        ("promise c3", "Promise C3", "book/promises/c3.html"),
        ("Figure 2.1", "Figure 2.1", "notebooks/02-burden-sharing.html"),
        ("burden sharing", "Chapter 2", "notebooks/02-burden-sharing.html"),
    ],
)
def test_pages_are_found_by_what_they_are_called_and_say_so(reader, words, kind, address):
    found(reader, words)
    page = reader().open(f"{SEARCH}?q={words}")
    page.wait_for_selector(".search-summary:not(:empty)")
    item = page.locator("ul.search > li", has=page.get_by_text(kind, exact=True)).first
    assert item.locator("a").get_attribute("href").startswith(address)


def test_one_syllable_of_a_korean_word_is_enough(reader):
    assert len(found(reader, "협")) > 1


def test_all_words_must_occur(reader):
    assert len(found(reader, "2021 climate")) <= min(len(found(reader, "2021")), len(found(reader, "climate")))
    assert found(reader, "2021 nosuchword") == []


def test_what_was_found_is_shown_among_its_words(reader):
    page = reader().open(f"{SEARCH}?q=burden")
    page.wait_for_selector("ul.search .context")
    assert re.search("burden", page.locator("ul.search .context").first.text_content(), re.IGNORECASE)


# --- in somebody's page -----------------------------------------------------------------------------------------------


def test_links_of_an_embedded_figure_open_outside_its_frame(reader, site):
    visitor = reader()
    visitor.page.set_content(f'<iframe src="{site}{FIGURE}" width="900" height="700"></iframe>')
    frame = visitor.page.frame_locator("iframe")
    with visitor.context.expect_page() as opened:
        frame.locator(".legend a").first.click()
    assert "data.html" in opened.value.url and FIGURE in visitor.page.frames[1].url


# --- colors that the system forces ------------------------------------------------------------------------------------

COLORS = "selector => ['color', 'fill'].map(name => getComputedStyle(document.querySelector(selector))[name])"


@pytest.mark.parametrize("chosen", ["light", "dark", None])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_colors_that_are_forced_win_over_a_chosen_theme(reader, chosen, system):
    visitor = reader(forced_colors="active", color_scheme=system)
    if chosen:
        visitor.page.add_init_script(f"localStorage.setItem('theme', '{chosen}')")
    page = visitor.open(CHAPTER)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    black, white = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert ground == (black if system == "dark" else white)
    assert page.evaluate(COLORS, ".chart svg text")[1] == (white if system == "dark" else black)
    borders = "getComputedStyle(document.querySelector('.contents li a:not([aria-current])')).borderLeftColor"
    assert page.evaluate(borders) == ground
