"""The pages in Firefox, too: start page, a chapter, a promise, a live chart, a table to search, the figures."""

import pytest
from firefox import opened_firefox

pytestmark = pytest.mark.slow

TAB = "\ue004"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LIVE = "figures/fig-ip-asean.html"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    with opened_firefox(tmp_path_factory.mktemp("firefox")) as opened:
        yield opened


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "name", ["book/index.html", "notebooks/02-burden-sharing.html", "book/promises/d1.html", LIVE, "book/figures.html"]
)
def test_a_page_fits_the_view_and_complains_of_nothing(firefox, site, name, width):
    firefox.complaints.clear()
    firefox.size(width, 844)
    firefox.open(site + name)
    assert firefox.evaluate("document.querySelector('h1, .kicker').textContent.trim()")
    assert firefox.evaluate(SIDEWAYS) <= 0
    assert firefox.evaluate(
        "document.fonts.ready.then(fonts => Array.from(fonts).some(face => face.status === 'loaded'))"
    )
    assert firefox.complaints == []


def test_the_whole_board_stands_in_the_first_screen_of_a_phone(firefox, site):
    firefox.size(390, 844)
    firefox.open(f"{site}book/index.html")
    tiles = firefox.evaluate(
        "Array.from(document.querySelectorAll('.tile'), tile => tile.getBoundingClientRect().bottom)"
    )
    assert len(tiles) == 25 and max(tiles) <= 844


def test_all_charts_of_a_chapter_come_alive(firefox, site):
    firefox.complaints.clear()
    firefox.size(1280, 900)
    firefox.open(f"{site}notebooks/02-burden-sharing.html")
    for place in range(firefox.evaluate("document.querySelectorAll('.chart[data-live]').length")):
        chart = f"document.querySelectorAll('.chart[data-live]')[{place}]"
        firefox.evaluate(f"{chart}.scrollIntoView({{ block: 'center' }})")
        firefox.until(f"{chart}.classList.contains('is-live')")
    assert firefox.complaints == []


def test_a_live_chart_answers_pointer_menu_and_keys(firefox, site):
    firefox.complaints.clear()
    firefox.size(1280, 900)
    firefox.open(site + LIVE)
    firefox.until("document.querySelector('.chart.is-live')")
    x, y = firefox.middle(".chart-live .mark-line path")
    firefox.point(x - 5, y)
    firefox.point(x, y)
    firefox.until("document.querySelector('.chart-tooltip:not([hidden])')")
    assert "null" not in firefox.evaluate("document.querySelector('.chart-tooltip').textContent")
    firefox.set(".vega-bindings select", "Indonesia")
    firefox.until("document.querySelector('figcaption').textContent.includes('Indonesia')")
    firefox.evaluate("document.querySelector('.vega-bindings select').focus()")
    firefox.press(TAB)
    assert firefox.evaluate("document.activeElement.className") == "to-data"
    firefox.evaluate("document.activeElement.click()")  # keys that are sent this way press no button of any page
    firefox.until("document.activeElement.classList.contains('scroll')")
    assert firefox.complaints == []


def test_a_long_table_is_searched(firefox, site):
    firefox.size(1280, 900)
    firefox.open(f"{site}book/chronology.html")
    firefox.set(".explore-tools input", "Camp David")
    shown = "Array.from(document.querySelectorAll('.explore tbody tr')).filter(row => !row.hidden).length"
    assert 0 < firefox.evaluate(shown) < 20
