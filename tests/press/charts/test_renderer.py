"""The renderer: charts as SVG and as PNG, measured by the book's own type."""

import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import altair
import pandas
import pytest

from press import background
from press.charts import layout, renderer, svg
from press.errors import PressError


def test_a_chart_is_drawn_at_two_widths_and_once(bars, draw, new_cache):
    wide, narrow = (draw(bars, width) for width in (layout.WIDE, layout.NARROW))
    assert re.search(r'width="640"', wide) and re.search(r'width="344"', narrow)
    assert len(list(new_cache.glob("charts/*.svg"))) == 2
    next(new_cache.glob("charts/*.svg")).write_text("kept", encoding="utf-8")
    assert "kept" in (draw(bars), draw(bars, layout.NARROW))


def test_a_chart_that_changed_is_drawn_anew(bars, draw, new_cache):
    draw(bars)
    draw(bars.encode(x="town:N", y="rain:Q", opacity=altair.value(0.5)))
    assert len(list(new_cache.glob("charts/*.svg"))) == 2


def test_a_chart_gives_its_labels_the_room_that_the_type_takes(draw):
    """Measured in a browser at 13 px: 137 px in Source Sans 3, 155 px in Arial, which is seen until that has come."""
    frame = pandas.DataFrame({"town": ["needed from the base year"], "rain": [1]})
    chart = altair.Chart(frame).mark_bar().encode(y=altair.Y("town", title=None), x="rain")
    left = float(re.search(r'transform="translate\(([\d.]+),', draw(chart))[1])
    assert 155 < left < 155 + 20, left


def test_a_label_that_is_too_long_is_cut_at_its_limit(draw):
    frame = pandas.DataFrame({"town": ["a town with a very long name indeed"], "rain": [1]})
    town = altair.Y("town", title=None, axis=altair.Axis(labelLimit=90))
    assert re.search(r">a town with[a-z ]*…<", draw(altair.Chart(frame).mark_bar().encode(y=town, x="rain")))


@pytest.mark.parametrize("color", ["hotpink", "#123456", "rgb(1,2,3)"])
def test_a_color_outside_the_palette_is_named_with_its_figure(bars, draw, new_cache, color):
    with pytest.raises(PressError, match=f"figure 'fig-rain': color {re.escape(color)} is not in book/palette.json"):
        draw(bars.mark_bar(color=color))
    assert list(new_cache.glob("charts/*.svg")) == []


@pytest.mark.parametrize("color", ["#0A5071", "transparent"])
def test_the_same_color_in_capitals_and_none_at_all_are_no_other_colors(bars, draw, color):
    assert "<svg" in draw(bars.mark_bar(color=color))


def test_a_word_in_a_label_is_no_color(draw):
    frame = pandas.DataFrame({"town": ['fill="hotpink"'], "rain": [1]})
    assert "hotpink" in draw(altair.Chart(frame).mark_bar().encode(x="town", y="rain"))


def test_a_chart_that_cannot_be_drawn_is_named(bars, draw):
    with pytest.raises(PressError, match=r"figure 'fig-rain': the chart cannot be drawn.*Look at its transforms"):
        draw(bars.transform_filter("datum.["))


def test_a_picture_has_twice_its_size_in_pixels(drawn, new_cache):
    picture = svg.poster(drawn, "Rain", "Rain, mm, two towns", "Rain fell.", ["Source: none."])
    width, height = svg.size(picture)
    image = renderer.render_png(picture, new_cache)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)] == [2 * width, 2 * height]
    (kept,) = new_cache.glob("charts/*.png")
    kept.write_bytes(b"kept")
    assert renderer.render_png(picture, new_cache) == b"kept"


def test_the_script_is_bundled_once(tmp_path, monkeypatch):
    import vl_convert

    bundles = []
    monkeypatch.setattr(vl_convert, "javascript_bundle", lambda text, vl_version: bundles.append(vl_version) or "draw")
    paths = {renderer.script_bundle(tmp_path) for _ in range(2)}
    assert bundles == ["6.4"] and [path.read_text(encoding="utf-8") for path in paths] == ["(function(){draw})();"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="forking is not safe")
def test_a_fork_of_a_process_that_has_drawn_draws_too(bars, draw, monkeypatch):
    draw(bars)
    monkeypatch.setattr(background, "FORKS", True)
    assert "<svg" in background.BackgroundTask(lambda: draw(bars, layout.NARROW)).join()


def test_tooltips_of_the_nearest_point_still_need_their_repair(cache_dir):
    """When this fails, Vega-Lite reads numbers from the point itself: take `pointsOwnWords` out of live.js."""
    nearest = altair.selection_point(nearest=True, on="pointerover")
    chart = altair.Chart(pandas.DataFrame({"year": [1], "rain": [2.5]})).mark_point().encode(x="year:Q", y="rain:Q")
    pointed_at = chart.encode(tooltip=altair.Tooltip("rain:Q", format=".1f")).add_params(nearest)
    spec = (chart + pointed_at).to_dict()
    drawn = f"JSON.stringify(vegaLite.compile({json.dumps(spec)}).spec)"
    with ThreadPoolExecutor(1) as thread:  # an engine that is made here would wait for the loop of a browser's test
        compiled = thread.submit(lambda: renderer._engine(cache_dir, os.getpid()).eval(drawn)).result()
    assert "_voronoi" in compiled
    words = [signal for signal in re.findall(r'"tooltip":\{"signal":"(.*?)"\}', compiled) if "datum" in signal]
    assert any(re.search(r"(^|[^.\w])datum\[", signal) for signal in words), compiled


def test_what_is_there_to_be_pointed_at_is_not_drawn(cache_dir):
    nearest = altair.selection_point(nearest=True, on="pointerover", empty=False)
    chart = altair.Chart(pandas.DataFrame({"year": [1, 2], "rain": [2.5, 3]})).encode(x="year:Q", y="rain:Q")
    shown = chart.mark_line(stroke="#202020")
    pointed_at = chart.mark_rule(opacity=0).add_params(nearest)
    drawn, plain = (
        renderer.render_svg(made.to_dict(), "fig-rain", cache_dir, any_color=True)
        for made in (shown + pointed_at, shown)
    )
    assert drawn.count("<path") == plain.count("<path") and drawn.count("<line") == plain.count("<line")
