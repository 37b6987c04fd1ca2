"""Drawn charts as parts of a page, and as pictures of their own."""

import re

import altair
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from press.charts import svg


def test_two_figures_on_a_page_share_no_id(atelier):
    shaded = (
        altair.Chart(RAIN)
        .mark_area(
            color=altair.Gradient(gradient="linear", stops=[altair.GradientStop(color=project.color("ink"), offset=0)])
        )
        .encode(x="town", y="rain")
    )
    drawn = draw(shaded, atelier)
    pages = [
        svg.inline(drawn, figure, variant, "Rain.") for figure in ("fig-a", "fig-b") for variant in ("wide", "narrow")
    ]
    ids = [re.findall(r'\bid="([^"]+)"', page) for page in pages]
    assert all(ids), "the chart should have ids to tell apart"
    assert len({id for found in ids for id in found}) == sum(map(len, ids))
    for page, found in zip(pages, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(found)


def test_a_chart_on_a_page_is_one_image_with_one_text(atelier):
    page = svg.inline(draw(bars(), atelier), "fig-rain", "wide", 'Rain "fell" & <stopped>.')
    assert page.count("role=") == page.count("aria-") == page.count("aria-label=") == 1
    assert page.startswith(
        '<svg class="chart-wide" role="img" aria-label="Rain &quot;fell&quot; &amp; &lt;stopped&gt;." viewBox='
    )
    assert not re.search(r"<svg[^>]* (width|height)=", page)


PLACES = some.tuples(some.integers(-9999, 9999), some.integers(-9999, 9999))  # tenths of a px


@settings(max_examples=50, deadline=None)
@given(some.lists(some.lists(PLACES, min_size=1, max_size=9), min_size=1, max_size=3))
def test_a_line_told_step_by_step_has_the_same_corners(lines):
    tag = '<path d="{}"/>'.format(
        "".join(("L" if n else "M") + f"{x / 10:g},{y / 10:g}" for line in lines for n, (x, y) in enumerate(line))
    )
    found, at = [], (0, 0)
    for command, x, y in re.findall(
        r"([Ml])([-\d.]+),([-\d.]+)", svg.inline(f"<svg>{tag}</svg>", "fig-rain", "wide", "Rain.")
    ):
        step = (round(10 * float(x)), round(10 * float(y)))
        at = step if command == "M" else (at[0] + step[0], at[1] + step[1])
        found.append(at)
    assert found == [corner for line in lines for corner in line]


@pytest.mark.parametrize("path", ["M5,0A5,5,0,1,1,-5,0", "M0,0h4v3h-4Z", "M0,0L4,0C1,2,3,4,5,6"])
def test_what_is_not_straight_is_left_as_it_is(path):
    assert f'd="{path}"' in svg.inline(f'<svg><path d="{path}"/></svg>', "fig-rain", "wide", "Rain.")
