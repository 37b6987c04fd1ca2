"""What an author imports: number, claim, figure, table, and what is wrong with a call."""

import json
import re

import altair
import numpy
import pandas
import pytest

import press
from press import ledger
from press.chapter import api, cell, theme
from press.errors import PressError, UntrueClaim

RAIN = pandas.DataFrame({"town": ["Arley", "Boxford"], "rain": [902.5, 612.0]})
FIGURE = {
    "id": "fig-rain",
    "title": "It rains",
    "subtitle": "mm, 2024",
    "alt": "902 and 612 mm.",
    "source": ["rainfall"],
}
TABLE = {"id": "tbl-rain", "title": "Rain", "source": ["rainfall"], "columns": {"town": "Town", "rain": "Rain, mm"}}


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, output by output."""
    outputs = []

    def display(output, raw):
        assert raw and output["text/plain"], "an output without plain text is nothing in a terminal"
        outputs.append(output)

    for module in (api, cell):
        monkeypatch.setattr(module, "display", display)
    return outputs


def record(shown):
    return shown[0][ledger.RECORD]


def bars(frame=RAIN):
    return altair.Chart(frame).mark_bar().encode(x="town", y="rain")


# --- number ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, form, text",
    [
        (1519.2, "₩{:,.1f} bn", "₩1,519.2 bn"),
        (-3.5, "{:.1f} %", "−3.5 %"),
        (-0.5, "{:+.1f}", "−0.5"),
        (0.5, "{:+.1f}", "+0.5"),
        (7, "{}", "7"),
        (numpy.float64(2.25), "{:.2f}", "2.25"),
        (numpy.int64(-12), "{:,}", "−12"),
        (-2, "1991-{}", "1991-−2"),
        (3, "well-known {}", "well-known 3"),
    ],
)
def test_a_number_is_printed_as_a_printer_would(shown, value, form, text):
    api.number("rain", value, form)
    made = record(shown)
    assert made == {"kind": "number", "id": "rain", "value": made["value"], "text": text}
    assert made["value"] == value and type(made["value"]) in (int, float)
    assert json.loads(json.dumps(made)) == made
    assert shown[0]["text/plain"] == f"rain  {text}" and text in shown[0]["text/html"]


def test_a_form_that_prints_no_number_is_named(shown):
    with pytest.raises(
        PressError, match=r"number 'rain': 1 cannot be printed as '\{:,.1f mm'.* Give a pattern such as"
    ):
        api.number("rain", 1, "{:,.1f mm")


@pytest.mark.parametrize("value", [float("nan"), numpy.nan, None, pandas.NA, pandas.NaT])
def test_a_missing_number_is_refused(shown, value):
    with pytest.raises(PressError, match=r"number 'rain': the value is missing \(NaN\)\. Look at the table"):
        api.number("rain", value)
    assert shown == []


@pytest.mark.parametrize("value", ["12", [1, 2], RAIN["rain"], True, float("inf"), numpy.array([1.0, 2.0])])
def test_what_is_no_number_is_refused(shown, value):
    with pytest.raises(PressError, match="number 'rain'"):
        api.number("rain", value)
    assert shown == []


@pytest.mark.parametrize("id", ["Rain", "rain_2024", "rain-", "-rain", "rain--2024", "2024", "", "rain 2024", "비"])
@pytest.mark.parametrize("word", ["number", "claim", "figure", "table"])
def test_an_id_that_cannot_be_cited_is_refused(shown, word, id):
    call = {
        "number": lambda: api.number(id, 1),
        "claim": lambda: api.claim(id, True, "It rains."),
        "figure": lambda: api.figure(bars(), **(FIGURE | {"id": id})),
        "table": lambda: api.table(RAIN, **(TABLE | {"id": id})),
    }[word]
    with pytest.raises(PressError, match=r"not a valid id.*hyphens"):
        call()
    assert shown == []


# --- claim ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("holds", [True, numpy.True_, numpy.bool_(1)])
def test_a_true_claim_is_recorded(shown, holds):
    api.claim("rains", holds, "It rains <often>.")
    assert record(shown) == {"kind": "claim", "id": "rains", "statement": "It rains <often>.", "holds": True}
    assert "<often>" not in shown[0]["text/html"]


@pytest.mark.parametrize("holds", [False, numpy.False_])
def test_an_untrue_claim_names_its_sentence(shown, holds):
    with pytest.raises(UntrueClaim, match=r"claim 'rains': the data no longer support “It rains\.” Correct.*what-if"):
        api.claim("rains", holds, "It rains.")
    assert shown == []


@pytest.mark.parametrize("holds", [1, 0, "yes", None, RAIN["rain"] > 1, numpy.array([True, False]), pandas.NA, 1.0])
def test_a_claim_is_true_or_false_and_nothing_else(shown, holds):
    with pytest.raises(PressError, match=r"claim 'rains': .*neither true nor false") as refused:
        api.claim("rains", holds, "It rains.")
    assert not isinstance(refused.value, UntrueClaim) and shown == []


def test_a_claim_says_something(shown):
    with pytest.raises(PressError, match=r"claim 'rains'.*statement is empty"):
        api.claim("rains", True, " ")


# --- figure ---------------------------------------------------------------------------------------------------------


def test_a_figure_records_all_that_a_reader_expects(shown):
    api.figure(bars(), **FIGURE, note="Nobody measured it.")
    made = record(shown)
    assert {key: made[key] for key in ("id", "title", "subtitle", "alt")} == {
        key: FIGURE[key] for key in ("id", "title", "subtitle", "alt")
    }
    assert made["sources"] == ["rainfall"] and made["note"] == "Nobody measured it." and made["narrow"] is None
    lab = shown[0][ledger.LAB_CHART]
    assert lab["title"]["text"] == FIGURE["title"] and lab["description"] == FIGURE["alt"]
    assert (
        "Nobody, Rainfall of two towns (2024), CC0" in shown[1]["text/html"]
        and "Nobody measured it." in shown[1]["text/html"]
    )


def fingerprint(shown, chart):
    shown.clear()
    api.figure(chart, **FIGURE)
    return record(shown)["sha256"]


def test_a_figures_fingerprint_is_that_of_its_data(shown):
    """A chart that only looks otherwise tells of the same data; so an edition says what moved a figure."""
    first = fingerprint(shown, bars())
    assert re.fullmatch("[0-9a-f]{64}", first) and fingerprint(shown, bars(RAIN.copy())) == first
    assert fingerprint(shown, bars(RAIN.assign(rain=[902.5, 612.1]))) != first
    assert fingerprint(shown, bars().mark_line(color=theme.color("boxford"))) == first


def test_the_text_of_a_chart_is_its_own_description_where_no_other_is_given(shown):
    described = bars().properties(description="Arley had 902 mm.")
    api.figure(described, **{key: FIGURE[key] for key in FIGURE if key != "alt"})
    assert record(shown)["alt"] == "Arley had 902 mm." and "description" not in record(shown)["spec"]
    shown.clear()
    api.figure(described, **FIGURE)
    assert record(shown)["alt"] == FIGURE["alt"]


def test_a_figure_may_be_laid_out_otherwise_for_a_phone(shown):
    api.figure(bars() | bars(), **FIGURE, narrow=bars() & bars())
    assert "hconcat" in record(shown)["spec"] and "vconcat" in record(shown)["narrow"]


def test_a_tables_fingerprint_is_that_of_what_it_shows(shown):
    prints = []
    for frame in (RAIN, RAIN.copy(), RAIN.assign(rain=[902.5, 613.0])):
        shown.clear()
        api.table(frame, **TABLE)
        prints.append(record(shown)["sha256"])
    assert prints[0] == prints[1] != prints[2]


@pytest.mark.parametrize("part", ["title", "subtitle", "alt"])
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_a_figure_lacks_nothing(shown, part, empty):
    with pytest.raises(PressError, match=f"figure 'fig-rain': {part} is empty. Write the {part}"):
        api.figure(bars(), **(FIGURE | {part: empty}))
    assert shown == []


def test_a_figure_names_no_column_that_its_data_lack(shown):
    with pytest.raises(
        PressError, match=r"figure 'fig-rain': .* column 'years', which its data lack: they .*\. Correct"
    ):
        api.figure(bars().encode(color="years:N"), **FIGURE)
    with pytest.raises(PressError, match="'towns'"):
        api.figure(bars(), narrow=bars().encode(color="towns:N"), **FIGURE)
    assert shown == []


@pytest.mark.parametrize("word, what", [("figure", bars()), ("table", RAIN)], ids=["figure", "table"])
@pytest.mark.parametrize(
    "source, says",
    [
        ([], "no source is named. Pass source="),
        (["snow"], "no table 'snow'. Choose one of rainfall"),
        ("rainfall", "not a list"),
    ],
)
def test_figures_and_tables_have_sources_that_exist(shown, word, what, source, says):
    facts = {"figure": FIGURE, "table": TABLE}[word] | {"source": source}
    with pytest.raises(PressError, match=re.escape(says)):
        getattr(api, word)(what, **facts)
    assert shown == []


# --- table ----------------------------------------------------------------------------------------------------------


def test_a_table_prints_its_cells_once(shown):
    frame = RAIN.assign(change=[-3.25, numpy.nan], days=[-120, 98])
    columns = {"town": "Town", "rain": "Rain, mm", "change": "Change, %", "days": "Days"}
    api.table(frame, **(TABLE | {"columns": columns}), forms={"rain": "{:,.1f}", "change": "{:.1f}"})
    made = record(shown)
    assert made["columns"] == ["Town", "Rain, mm", "Change, %", "Days"]
    assert made["rows"] == [["Arley", "902.5", "−3.2", "−120"], ["Boxford", "612.0", "–", "98"]]
    assert made["numeric"] == [False, True, True, True]


def test_text_in_a_table_keeps_its_hyphens(shown):
    api.table(RAIN.assign(town=["A-1", "1991-1993"]), **TABLE)
    assert [row[0] for row in record(shown)["rows"]] == ["A-1", "1991-1993"]


def test_a_column_that_is_not_there_is_named(shown):
    with pytest.raises(PressError, match=r"table 'tbl-rain': no column 'snow'\. Choose from town, rain\."):
        api.table(RAIN, **(TABLE | {"columns": {"town": "Town", "snow": "Snow"}}))


def test_a_form_for_a_column_that_is_not_shown_is_named(shown):
    with pytest.raises(PressError, match=r"table 'tbl-rain': .*'snow'"):
        api.table(RAIN, **TABLE, forms={"snow": "{:.1f}"})


def test_an_empty_table_is_refused(shown):
    with pytest.raises(PressError, match=r"table 'tbl-rain': .*no rows"):
        api.table(RAIN[:0], **TABLE)


def test_a_table_may_have_a_subtitle_and_a_note(shown):
    api.table(RAIN, **TABLE, subtitle="mm, 2024", note="Nobody measured <it>.")
    assert record(shown)["subtitle"] == "mm, 2024" and record(shown)["note"] == "Nobody measured <it>."
    assert "Nobody measured &lt;it&gt;." in shown[0]["text/html"] and "<td>Arley</td>" in shown[0]["text/html"]


# --- words for numbers, and what is imported --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "text"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1234, "1,234"), (-1, "-1")]
)
def test_a_count_is_spelled_up_to_twelve(count, text):
    assert api.spelled(count) == text


def test_a_chapter_imports_from_press_what_it_needs():
    assert [getattr(press, name) for name in ("number", "claim", "figure", "table")] == [
        api.number,
        api.claim,
        api.figure,
        api.table,
    ]
    assert press.color is theme.color and press.YEARS is theme.YEARS
    with pytest.raises(AttributeError, match="press has no 'numbers'; it has number, claim"):
        press.numbers  # noqa: B018  # to be looked up is all it does


def test_in_a_what_if_build_an_untrue_claim_is_recorded(shown, monkeypatch):
    monkeypatch.setattr(api.project, "is_what_if", lambda root: True)
    api.claim("rains", numpy.False_, "It rains.")
    assert record(shown) == {"kind": "claim", "id": "rains", "statement": "It rains.", "holds": False}
    assert shown[0]["text/plain"] == "rains  ✗ It rains."
