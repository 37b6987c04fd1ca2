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
    assert [entry["title"] for entry in first["encoding"]["tooltip"]] == ["Rain, mm", "Wet days", "X"]
    assert second == spec["layer"][1] and named["datasets"] == spec["datasets"]


def test_what_is_picked_in_a_legend_stands_out(bars):
    spec = bars.encode(color="town:N").to_dict()
    answering = layout.answer_legends(spec)
    (picked,) = answering["params"]
    assert picked["bind"] == "legend" and picked["select"] == {"type": "point", "fields": ["town"], "toggle": "true"}
    assert answering["encoding"]["opacity"] == {"condition": {"param": "picked_town", "value": 1}, "value": 0.15}
    assert "params" not in spec and "opacity" not in spec["encoding"], "what is printed stays as it is"


def test_in_layers_one_view_holds_the_selection_and_all_that_draw_the_column_fade(bars):
    points = bars.mark_circle().encode(color="town:N")
    spec = layout.answer_legends((bars.mark_text() + points + bars.encode(opacity=altair.value(0))).to_dict())
    words, dots, hidden = spec["layer"]
    assert [len(part.get("params", [])) for part in spec["layer"]] == [0, 1, 0]
    assert dots["encoding"]["opacity"]["condition"]["value"] == 0.7, "as it is without a choice"
    assert "opacity" in words["encoding"] and hidden["encoding"]["opacity"] == {"value": 0}


def test_without_a_legend_of_categories_nothing_is_picked(bars):
    for chart in (bars, bars.encode(color=altair.Color("town:N", legend=None)), bars.encode(color="rain:Q")):
        assert layout.answer_legends(chart.to_dict()) == chart.to_dict()


def test_columns_are_what_tooltips_tell(bars):
    tips = [altair.Tooltip("town", title="Town"), altair.Tooltip("rain", title="Rain, mm")]
    assert layout.columns_of_tooltips((bars.encode(tooltip=tips) | bars).to_dict()) == {
        "town": "Town",
        "rain": "Rain, mm",
    }


def test_a_legend_of_a_condition_answers_too(bars):
    complete = altair.when("datum.rain > 0").then(altair.Color("town:N")).otherwise(altair.value("#ffffff"))
    assert len(layout.answer_legends(bars.encode(fill=complete).to_dict()).get("params", [])) == 1
