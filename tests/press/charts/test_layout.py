"""How a chart is laid out for a page, and what it offers its reader."""

import altair
import pytest

from press.charts import layout


def test_a_chart_takes_the_width_of_the_page(bars):
    spec = bars.to_dict()
    wide = layout.widen(spec)
    assert wide["width"] == layout.WIDE and wide["autosize"] == {"type": "fit-x", "contains": "padding"}
    assert layout.widen(spec, layout.NARROW)["width"] == layout.NARROW
    assert "width" not in spec, "the specification itself stays as it is"


def test_charts_side_by_side_keep_their_widths(bars):
    pair = (bars | bars).to_dict()
    assert layout.widen(pair) == pair


def test_on_a_phone_the_entries_of_a_legend_stand_below_one_another(bars):
    pair = (bars | bars).to_dict()
    for spec in (bars.to_dict(), pair):
        legend = layout.widen(spec, layout.NARROW)["config"]["legend"]
        assert legend == spec["config"]["legend"] | {"columns": 1}, "the rest of the theme stays"
    assert "columns" not in layout.widen(pair)["config"]["legend"]
    assert layout.widen({"mark": "bar"}, layout.NARROW)["config"] == {"legend": {"columns": 1}}


POINT, SLIDER = altair.selection_point(), altair.param(name="factor", bind=altair.binding_range(min=0, max=2))


@pytest.mark.parametrize(
    ("change", "interactive", "controls"),
    [
        (lambda bars: bars, False, False),
        (lambda bars: bars.encode(tooltip="rain"), True, False),
        (lambda bars: bars.mark_bar(tooltip=True), True, False),
        (lambda bars: bars.add_params(POINT), True, False),
        (lambda bars: bars.add_params(SLIDER), True, True),
        (lambda bars: bars + bars.encode(tooltip="rain"), True, False),
        (lambda bars: bars | bars.add_params(SLIDER), True, True),
    ],
    ids=["still", "tooltip", "tooltip of the mark", "selection", "slider", "layer", "side by side"],
)
def test_a_chart_is_live_when_it_answers_its_reader(bars, change, interactive, controls):
    spec = change(bars).to_dict()
    assert (layout.is_interactive(spec), layout.has_controls(spec)) == (interactive, controls)


def test_data_and_settings_that_are_called_like_controls_are_none(bars):
    spec = bars.to_dict() | {"datasets": {"a": [{"tooltip": "rain", "params": "x"}]}, "config": {"params": [1]}}
    assert not layout.is_interactive(spec)


def test_a_specification_that_is_taken_away_says_what_it_is(bars):
    whole = layout.complete(bars.to_dict(), "Rain", "mm, 2024", "Rain fell.", "Source: none.")
    assert whole["title"] == {"text": "Rain", "subtitle": "mm, 2024", "anchor": "start"}
    assert whole["description"] == "Rain fell." and whole["usermeta"] == {"source": "Source: none."}
    assert whole["width"] == layout.WIDE


def test_tooltips_call_columns_by_words():
    fields = {"rain_mm": {"title": "Rain, mm"}}
    spec = {
        "layer": [
            {"encoding": {"tooltip": [{"field": "rain_mm"}, {"field": "wet_days"}, {"field": "x", "title": "X"}]}},
            {"encoding": {"tooltip": {"value": "none"}}},
        ],
        "datasets": {"a": [{"tooltip": {"field": "a_b"}}]},
    }
    named = layout.name_tooltips(spec, fields)
    first, second = named["layer"]
    assert [entry["title"] for entry in first["encoding"]["tooltip"]] == ["Rain, mm", "wet days", "X"]
    assert second == spec["layer"][1] and named["datasets"] == spec["datasets"]
