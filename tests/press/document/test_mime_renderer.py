"""From the record that a chapter displayed to document nodes."""

import json
from types import SimpleNamespace

import pytest
from docutils import nodes
from myst_nb.core.render import MimeData
from sphinx import addnodes
from sphinx.util.docutils import new_document

from press import state
from press.document import mime_renderer
from press.document.mime_renderer import RecordRenderer
from press.document.nodes import chart, figure_extras, tabular
from press.document.tables import column_classes
from press.ledger import LAB_CHART, RECORD

FIGURE = {
    "kind": "figure",
    "id": "fig-snow",
    "title": "It snows",
    "subtitle": "cm, 2024",
    "alt": "No snow fell.",
    "note": "Nobody measured it.",
    "sources": ["rainfall", "rainfall"],
    "spec": {"mark": "bar"},
    "narrow": None,
    "sha256": "0",
}
TABLE = {
    "kind": "table",
    "id": "tbl-snow",
    "title": "Snow",
    "subtitle": "",
    "note": "",
    "sources": ["rainfall"],
    "columns": ["Year", "Town", "Snow, cm"],
    "rows": [["2024", "A town with a long name", "3"]],
    "numeric": [True, False, True],
    "sha256": "0",
}


@pytest.fixture
def handle(app):
    """Render an output of a chapter on the page `book/snippet`; its nodes, and the document."""
    document = new_document("book/snippet")
    document.settings.env = app.env
    app.env.temp_data["docname"] = "book/snippet"

    def handle(content, mime_type=RECORD, output_index=0):
        own = SimpleNamespace(document=document, get_cell_level_config=lambda *args, **options: {})
        renderer = SimpleNamespace(renderer=own, source="book/snippet.ipynb")
        data = MimeData(mime_type, content, cell_index=1, output_index=output_index)
        return RecordRenderer.handle_mime(renderer, data, False), document

    yield handle
    app.env.temp_data.clear()


def test_outputs_of_others_are_left_to_others(handle):
    assert handle("<b>", "text/html")[0] is None
    assert handle("x", "text/latex")[0] is None


def test_a_book_that_does_not_use_the_press_is_left_alone(handle, app, monkeypatch):
    monkeypatch.delitem(app.extensions, "press")
    assert handle("<table></table>", "text/html")[0] is None
    assert not hasattr(RecordRenderer, "mime_priority_overrides"), "MyST-NB takes these in every book"


def test_a_chart_that_names_a_column_which_its_data_lack_is_told(handle, monkeypatch):
    told = []
    monkeypatch.setattr(
        mime_renderer.logger, "warning", lambda text, *words, location: told.append((text % words, location))
    )
    spec = {"data": {"values": [{"year": 1}]}, "mark": "bar", "encoding": {"x": {"field": "years"}}}
    handle(spec, "application/vnd.vegalite.v6.json")
    assert told == [
        ("the chart names the column 'years', which its data lack: they have year.", "book/snippet.ipynb:None")
    ]


def test_text_among_equations_is_text(handle):
    line, equation, rest = handle(r"Let $x$ be 5\%: $$\int x$$ and so on", "text/latex")[0]
    assert line.astext() == "Let x be 5%: " and line.next_node(nodes.math).astext() == "x"
    assert (type(equation), equation.astext(), rest.astext()) == (nodes.math_block, r"\int x", " and so on")


def test_a_raw_cell_for_latex_leaves_nothing(handle):
    assert handle(r"\clearpage", "text/latex", output_index=None)[0] == []
    assert handle("<b>", "text/html", output_index=None)[0] is None


def test_what_is_for_jupyterlab_only_leaves_nothing(handle):
    assert handle({}, LAB_CHART)[0] == []
    assert [type(node) for node in handle({"kind": "lab"})[0]] == [nodes.comment]


def test_a_chart_of_an_older_series_is_a_chart():
    schema = "https://vega.github.io/schema/vega-lite/v{}.json"
    for series in ("4.17.0", "5.20.1", "6.1.0"):
        kind = f"application/vnd.vegalite.v{series[0]}+json"
        data = MimeData(kind, {"$schema": schema.format(series), "mark": "bar"})
        assert not mime_renderer._is_for_lab(data) and mime_renderer._vega_lite(data)["mark"] == "bar"
    assert mime_renderer._is_for_lab(MimeData(LAB_CHART, {"$schema": schema.format("6.1.0")}))


def test_an_image_that_is_none_is_told(handle, monkeypatch):
    told = []
    monkeypatch.setattr(mime_renderer.logger, "warning", lambda text, *of, location: told.append(text % of))
    assert [type(node) for node in handle("x", "image/png")[0]] == [nodes.comment]
    assert "no image/png" in told[0] and handle("eHh4", "image/png")[0] is None


@pytest.mark.parametrize("kind", ["number", "claim"])
def test_numbers_and_claims_are_entered_and_show_nothing(handle, app, kind):
    record = {"kind": kind, "id": "snow", "value": 1, "text": "1 cm", "statement": "It snowed.", "holds": True}
    (made, _) = handle(record)
    assert [type(node) for node in made] == [nodes.comment], "an empty list would let the next kind of output in"
    assert state.book(app.env).ledger.find(kind, "snow")["chapter"] == "book/snippet"


def test_a_figure_is_a_figure_with_all_that_a_reader_expects(handle, app):
    (figure,), document = handle(FIGURE)
    assert [type(part) for part in figure] == [nodes.caption, nodes.paragraph, chart, nodes.container, figure_extras]
    assert figure["ids"] == ["fig-snow"] and document.nameids["fig-snow"] == "fig-snow", "numref finds it"
    node = figure[2]
    assert json.loads(node["spec"]) == {"mark": "bar"} and node["narrow"] == "null"
    assert node["figure"] == "fig-snow" and node["alt"] == "No snow fell." and not node["live"] and not node["controls"]
    assert figure[3].astext() == "Nobody measured it.\n\nSource: Nobody.", "each publisher once"
    assert [link["reftarget"] for link in figure.findall(addnodes.pending_xref)] == ["data-rainfall"]
    assert state.book(app.env).ledger.find("figure", "fig-snow")["sha256"] == "0"


def test_a_chart_that_answers_is_live(handle):
    slider = [{"name": "factor", "bind": {"input": "range"}}]
    (figure,), _ = handle(FIGURE | {"spec": {"mark": "bar", "params": slider}})
    assert figure[2]["live"] and figure[2]["controls"]


def test_a_table_is_one_node_with_a_legend(handle):
    (table, legend), _ = handle(TABLE)
    assert isinstance(table, tabular) and table["ids"] == ["tbl-snow"] and table[0].astext() == "Snow"
    assert table["row_headers"] and table["label"] == "Snow" and table["classes"] == ["press-table"]
    assert legend["classes"] == ["table-legend"] and legend.astext().startswith("Source: Nobody")


def test_numbers_stand_to_the_right_but_for_those_that_name_the_row(handle):
    (table, _), _ = handle(TABLE)
    assert column_classes(table) == ["short", "", "num short"]


def test_a_subtitle_stands_in_the_title_and_a_note_before_the_source(handle):
    (table, legend), _ = handle(TABLE | {"subtitle": "cm, 2024", "note": "Nobody measured it."})
    assert table[0][1].astext() == "cm, 2024" and table[0][1]["classes"] == ["table-subtitle"]
    assert [part["classes"] for part in legend] == [["note"], ["source"], []]
