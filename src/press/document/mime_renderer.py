"""From the record that a chapter displayed to document nodes, the same for every output."""

import json
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes

from press import ledger, project, state
from press.charts import layout
from press.document.nodes import chart, figure_extras
from press.document.tables import add_title, make_table
from press.ledger import LAB_CHART, RECORD


class RecordRenderer:
    """MyST-NB MIME renderer: takes over what `number`, `claim`, `figure`, and `table` display."""

    mime_priority_overrides: ClassVar = [("*", RECORD, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes of a record; none for what is shown in JupyterLab only; None for other people's outputs."""
        if data.mime_type == LAB_CHART:
            return []
        if data.mime_type != RECORD:
            return None
        record, document = data.content, renderer.renderer.document
        env = document.settings.env
        if record["kind"] in ledger.KINDS:
            state.book(env).ledger.enter(env.docname, record)
        made = _MAKERS[record["kind"]](record, env)
        if made:  # the label sits on the figure or table itself, so that numbering and references find it
            made[0]["names"].append(record["id"])
            document.note_explicit_target(made[0], made[0])
        return made or [nodes.comment()]  # an empty list would let the next mime type in


def _figure(record: dict, env: Any) -> list[nodes.Element]:
    node = nodes.figure(classes=["press-figure"])
    node += nodes.caption("", record["title"])
    node += nodes.paragraph("", record["subtitle"], classes=["subtitle"])
    kept = {key: record[key] for key in ("title", "subtitle", "alt", "note")}
    # As text: Sphinx reads its trees again and again.
    texts = {key: json.dumps(record[key]) for key in ("spec", "narrow")}
    node += chart(
        figure=record["id"],
        live=layout.is_interactive(record["spec"]),
        controls=layout.has_controls(record["spec"]),
        sources=list(record["sources"]),
        **kept,
        **texts,
    )
    node += nodes.container("", *_small(record, env), classes=["legend"])
    node += figure_extras()
    return [node]


def _table(record: dict, env: Any) -> list[nodes.Element]:
    numeric = [number and index > 0 for index, number in enumerate(record["numeric"])]  # the first names its row
    table = make_table(
        record["columns"],
        record["rows"],
        label=record["title"],
        numeric=numeric,
        row_headers=True,
        classes=["press-table"],
    )
    add_title(table, record["title"], record["subtitle"])
    return [table, nodes.container("", *_small(record, env), classes=["table-legend"])]


def _small(record: dict, env: Any) -> list[nodes.Element]:
    """Return note and source line; each source leads to its place on the data page."""
    lines = [nodes.paragraph("", record["note"], classes=["note"])] if record["note"] else []
    source = nodes.paragraph("", "Source: ", classes=["source"])
    for place, name in enumerate(record["sources"]):
        if place:
            source += nodes.Text("; ")
        source += _to_data(name, env)
    source += nodes.Text(".")
    return [*lines, source]


def _to_data(name: str, env: Any) -> addnodes.pending_xref:
    text = project.credit(name, project.find_root(env.srcdir))
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="std",
        reftype="ref",
        reftarget=f"data-{name.replace('_', '-')}",
        refexplicit=True,
        refwarn=True,
        refdoc=env.docname,
    )


_MAKERS = {
    "number": lambda record, env: [],
    "claim": lambda record, env: [],
    "lab": lambda record, env: [],
    "figure": _figure,
    "table": _table,
    "item": lambda record, env: [],
}
