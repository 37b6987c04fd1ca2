"""The charts of a document: their layouts, drawings, and data."""

import json

from press import project, state
from press.charts import layout
from press.document import figures
from press.document.nodes import chart

CHAPTER = "notebooks/01-rainfall"


def test_the_figures_of_a_chapter_are_found_by_id(app):
    (found,) = figures.figures_of_page(app, CHAPTER).values()
    assert found.figure["ids"] == ["fig-rain"] and found.chart["figure"] == "fig-rain"
    assert found.figure in list(found.document.findall(type(found.figure)))
    assert figures.figures_of_page(app, "book/index") == {}


def test_the_data_of_a_chart_is_headed_by_the_data_package(app):
    node = figures.figures_of_page(app, CHAPTER)["fig-rain"].chart
    table = figures.data_table_of(node, project.find_root(app.srcdir))
    assert [column.heading for column in table.columns] == ["Year", "Town", "Rain mm"]
    assert table.columns[2].meaning == "Rain in the year." and len(table.rows) == 6


def test_a_chart_is_laid_out_for_wide_and_narrow_pages():
    node = chart(spec=json.dumps({"mark": "bar"}), narrow=json.dumps({"mark": "line"}))
    laid_out = figures.layouts(node)
    assert laid_out["wide"]["mark"] == "bar" and laid_out["wide"]["width"] == layout.WIDE
    assert laid_out["narrow"]["mark"] == "line" and laid_out["narrow"]["width"] == layout.NARROW
    node["narrow"] = "null"
    assert figures.layouts(node)["narrow"]["mark"] == "bar"


def test_of_charts_below_one_another_a_card_shows_those_that_fit(cache_dir):
    plain = {"config": {"background": project.color("paper"), "view": {"stroke": None}}}
    part = {"mark": {"type": "point", "color": project.color("ink")}, "data": {"values": [{}]}, "height": 100}
    node = chart(spec=json.dumps(part | plain), narrow=json.dumps({"vconcat": [part] * 3} | plain), figure="fig-rain")
    for room, parts in ((700, 3), (300, 2), (40, 1)):
        drawn = figures.small_drawing(node, cache_dir, room)
        assert drawn.count('class="mark-symbol role-mark') == parts
    node["narrow"] = "null"
    assert figures.small_drawing(node, cache_dir, 40) == figures.drawings(node, cache_dir)["narrow"]


def test_figures_are_drawn_ahead_of_their_pages(app, monkeypatch):
    asked = []
    monkeypatch.setattr(
        figures.renderer, "render_svg", lambda spec, figure, folder: asked.append((spec["width"], figure))
    )
    monkeypatch.setattr("press.background.FORKS", False)
    record = {"id": "fig-rain", "spec": {"mark": "bar"}, "narrow": None}
    figures.draw_records([record], state.cache_directory(app)).join()
    assert asked == [(layout.WIDE, "fig-rain"), (layout.NARROW, "fig-rain")]
