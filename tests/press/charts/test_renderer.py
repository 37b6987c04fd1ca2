"""The renderer: charts as SVG and as PNG, measured by the book's own type."""

import re

import altair
import pandas
import pytest

from press.charts import layout, renderer, svg
from press.errors import PressError


@pytest.fixture
def atelier(workshop, tmp_path):
    """A workshop with the book's type and scripts, in which nothing is drawn yet."""
    for name in ("fonts", "scripts"):
        (tmp_path / name).symlink_to(workshop / name)
    return tmp_path


def draw(chart, atelier, width=layout.WIDE):
    return renderer.render_svg(layout.widen(chart.to_dict(), width), "fig-rain", atelier)


def test_a_chart_is_drawn_at_two_widths_and_once(atelier):
    wide, narrow = (draw(bars(), atelier, width) for width in (layout.WIDE, layout.NARROW))
    assert re.search(r'width="700"', wide) and re.search(r'width="344"', narrow)
    assert len(list(atelier.glob("charts/*.svg"))) == 2
    kept = next(atelier.glob("charts/*.svg"))
    kept.write_text("kept", encoding="utf-8")
    assert "kept" in (draw(bars(), atelier), draw(bars(), atelier, layout.NARROW))


def test_a_chart_gives_its_labels_the_room_that_the_type_takes(atelier):
    """Measured in a browser at 12 px: 126 px in Source Sans 3, 143 px in Arial, which is seen until that has come."""
    name = "needed from the base year"
    chart = (
        altair.Chart(pandas.DataFrame({"town": [name], "rain": [1]}))
        .mark_bar()
        .encode(y=altair.Y("town", title=None), x="rain")
    )
    left = float(re.search(r'transform="translate\(([\d.]+),', draw(chart, atelier))[1])
    assert 143 < left < 143 + 20, left


def test_a_label_that_is_too_long_is_cut_at_its_limit(atelier):
    chart = altair.Chart(pandas.DataFrame({"town": ["a town with a very long name indeed"], "rain": [1]})).mark_bar()
    drawn = draw(chart.encode(y=altair.Y("town", title=None, axis=altair.Axis(labelLimit=80)), x="rain"), atelier)
    assert re.search(r">a town with[a-z ]*…<", drawn)


def test_a_picture_has_twice_its_size_in_pixels(atelier):
    picture = svg.poster(draw(bars(), atelier), "Rain", "Rain, mm, two towns", "Rain fell.", ["Source: none."])
    width, height = svg.size(picture)
    image = renderer.render_png(picture, atelier)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)] == [2 * width, 2 * height]


@pytest.mark.parametrize("color", ["hotpink", "#123456", "rgb(1,2,3)"])
def test_a_color_outside_the_palette_is_named_with_its_figure(atelier, color):
    with pytest.raises(PressError, match=f"figure 'fig-rain': color {re.escape(color)} is not in book/palette.json"):
        draw(altair.Chart(RAIN).mark_bar(color=color).encode(x="town", y="rain"), atelier)
    assert list(atelier.glob("charts/*.svg")) == []


def test_a_chart_that_cannot_be_drawn_is_named(atelier):
    with pytest.raises(PressError, match="figure 'fig-rain': the chart cannot be drawn"):
        draw(bars().transform_filter("datum.["), atelier)
