"""Drawn charts as parts of a page, and as pictures of their own."""

import re
import xml.etree.ElementTree as xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from press.charts import svg


def on_page(inner, figure="fig-rain", variant="wide", alt="Rain."):
    """What becomes of a piece of a drawing on the page, without the picture around it."""
    whole = svg.inline(f'<svg width="9" height="9" viewBox="0 0 9 9">{inner}</svg>', figure, variant, alt)
    return whole.partition(">")[2].removesuffix("</svg>")


def test_two_figures_on_a_page_share_no_id(drawn):
    pages = [svg.inline(drawn, figure, size, "Rain.") for figure in ("fig-a", "fig-b") for size in ("wide", "narrow")]
    ids = [re.findall(r'\bid="([^"]+)"', page) for page in pages]
    assert all(ids), "the chart should have ids to tell apart"
    assert len({id for found in ids for id in found}) == sum(map(len, ids))
    for page, found in zip(pages, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(found)


def test_a_chart_on_a_page_is_one_image_with_one_text(drawn):
    page = svg.inline(drawn, "fig-rain", "wide", 'Rain "fell" & <stopped>.')
    assert page.count("role=") == page.count("aria-") == page.count("aria-label=") == 1
    assert page.startswith(
        '<svg class="chart-wide" role="img" aria-label="Rain &quot;fell&quot; &amp; &lt;stopped&gt;." viewBox='
    )
    assert not re.search(r"<svg[^>]* (width|height)=", page)


def test_a_site_that_allows_no_style_attributes_shows_the_chart_all_the_same():
    assert (
        on_page('<text style="fill: #202020; opacity:0.5;">a</text>') == '<text fill="#202020" opacity="0.5">a</text>'
    )


def test_full_opacity_goes_without_saying():
    assert on_page('<path opacity="0.5" d="M0,0h1"/>') == '<path opacity="0.5" d="M0,0h1"/>'
    assert on_page('<path opacity="1" d="M0,0h1"/>') == '<path d="M0,0h1"/>'


def test_text_is_not_taken_for_a_tag():
    text = '<text x="1">style="a" d="1.2345" id="x"</text>'
    assert on_page(text) == text


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "short"),
    [
        ("12.34567", "12.3"),
        ("-0.26", "-0.3"),
        ("0.04", "0"),
        ("5.5", "5.5"),
        ("7", "7"),
        ("1.234e-7", "0"),
        (".25", "0.2"),
    ],
)
def test_numbers_have_no_more_digits_than_the_eye_can_see(number, short):
    assert on_page(f'<rect x="{number}"/>') == f'<rect x="{short}"/>'
    assert on_page(f'<g transform="translate({number},{number})"/>') == f'<g transform="translate({short},{short})"/>'
    assert on_page(f'<text data="{number}"/>') == f'<text data="{number}"/>', "only what places a mark"


def test_a_line_goes_in_whole_tenths_that_do_not_add_up_to_an_error():
    corners = "".join(f"{'L' if n else 'M'}{n / 3},{n / 7}" for n in range(100))
    at, tenths = [0, 0], re.compile(r"-?\d+(\.\d)?").fullmatch
    for _, x, y in re.findall(
        r"([Ml])([^,]+),([^MlZ]+)", re.search(' d="([^"]*)"', on_page(f'<path d="{corners}"/>'))[1]
    ):
        assert tenths(x) and tenths(y), (x, y)
        at = [at[0] + round(10 * float(x)), at[1] + round(10 * float(y))]
    assert at == [round(10 * 99 / 3), round(10 * 99 / 7)]


TENTHS = some.tuples(some.integers(-9999, 9999), some.integers(-9999, 9999))  # of a px


@settings(max_examples=50, deadline=None, derandomize=True)
@given(some.lists(some.lists(TENTHS, min_size=1, max_size=9), min_size=1, max_size=3))
def test_a_line_in_steps_has_the_same_corners(lines):
    corners = [("L" if n else "M", x, y) for line in lines for n, (x, y) in enumerate(line)]
    path = "".join(f"{command}{x / 10:g},{y / 10:g}" for command, x, y in corners)
    found, at = [], (0, 0)
    for command, x, y in re.findall(r"([Ml])([-\d.]+),([-\d.]+)", on_page(f'<path d="{path}"/>')):
        step = (round(10 * float(x)), round(10 * float(y)))
        at = step if command == "M" else (at[0] + step[0], at[1] + step[1])
        found.append(at)
    assert found == [corner for line in lines for corner in line]


def test_a_closed_line_stays_closed():
    assert on_page('<path d="M1,1L3,1L3,2Z"/>') == '<path d="M1,1l2,0l0,1Z"/>'


@pytest.mark.parametrize("path", ["M5,0A5,5,0,1,1,-5,0", "M0,0h4v3h-4Z", "M0,0L4,0C1,2,3,4,5,6"])
def test_what_is_not_straight_is_left_as_it_is(path):
    assert f'd="{path}"' in on_page(f'<path d="{path}"/>')


# --- sizes and pictures -----------------------------------------------------------------------------------------------


def test_a_size_is_in_whole_pixels():
    width, height = svg.size('<svg xmlns="x" width="699.6" height="300.4" viewBox="0 0 1 1">')
    assert (width, height) == (700, 300) and type(width) is type(height) is int


def test_a_drawing_without_size_is_none():
    with pytest.raises(ValueError, match="no <svg> element with width and height"):
        svg.size("<svg/>")


def test_a_picture_of_its_own_says_what_it_shows_and_from_where(drawn):
    title = "It rained <more> in Arley than in Boxford " * 4
    picture = svg.poster(drawn, title, "Rain, mm & more", "Rain fell.", ["A note.", "Source: none."])
    tree = xml.fromstring(picture)
    texts = [node.text for node in tree.iter() if node.tag.endswith("}text")]
    assert " ".join(texts[:2]).startswith("It rained <more> in Arley") and len(texts[0]) <= svg.WIDE / 8
    assert "Rain, mm & more" in texts and texts[-2:] == ["A note.", "Source: none."]
    assert tree[0].text == title and tree[1].text == "Rain fell."
    width, height = svg.size(picture)
    assert width == svg.size(drawn)[0] + 2 * svg.MARGIN and height > svg.size(drawn)[1]


def test_a_narrow_drawing_stands_on_a_picture_of_full_width():
    picture = svg.poster('<svg width="100" height="50"></svg>', "Rain", "mm", "Rain.", [])
    assert svg.size(picture)[0] == svg.WIDE + 2 * svg.MARGIN
