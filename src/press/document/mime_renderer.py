"""From the record that a chapter displayed to document nodes, the same for every output."""

import base64
import hashlib
import json
import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from press import ledger, project, state
from press.charts import column_check, layout
from press.document.nodes import chart, figure_extras, plain_chart, scroll, sources_in_full
from press.document.tables import add_title, make_table
from press.ledger import LAB_CHART, RECORD

logger = logging.getLogger(__name__)
_ENCODED = ("image/png", "image/jpeg", "image/gif", "application/pdf")
# What Altair shows by itself, and has shown.
_VEGA_LITE = (
    "application/vnd.vegalite.v6.json",
    *(f"application/vnd.vegalite.v{series}+json" for series in (6, 5, 4)),
)
_EMBEDDED = re.compile(r"\}\s*\)\s*\(\s*(?=\{)")  # before the specification, in the HTML that Altair writes
_EQUATION = re.compile(r"(\$\$.+?\$\$|(?<!\\)\$[^$]+(?<!\\)\$)", re.S)
_FOR_LATEX = re.compile(r"(text|application)/(x-)?(latex|tex|restructuredtext|x-rst)|pdf|latex")
# From best to least, as MyST-NB ranks kinds for other builders.
_ON_PAPER = ("text/html", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "text/markdown")


# Builder, kind, and its place among others, as the setting `nb_mime_priority_overrides` has them.
PRIORITIES = (
    ("*", RECORD, 1),
    *(("*", kind, 2) for kind in _VEGA_LITE),
    ("*", "text/latex", 35),  # rather than a picture of an equation
    *(("pdf", kind, 10 + place) for place, kind in enumerate(_ON_PAPER)),
    ("pdf", "application/javascript", 50),
    ("pdf", "application/vnd.jupyter.widget-view+json", 50),
    ("pdf", "text/plain", 100),
)


class RecordRenderer:
    """MyST-NB MIME renderer: takes over what `number`, `claim`, `figure`, and `table` display, and plain charts.

    MyST-NB asks it in every book on this machine; it leaves those alone that do not use the press.
    """

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes of a record; none for what is shown in JupyterLab only; None for other people's outputs."""
        env = getattr(renderer.renderer.document.settings, "env", None)
        if env is None or "press" not in env.app.extensions:
            return None
        if _is_for_lab(data) or _is_raw_cell_for_latex(data):
            return []
        if data.mime_type in _ENCODED and (fault := _fault(data.string)):
            where = f"{renderer.source}:{data.line}"
            logger.warning("the cell’s output is no %s: %s", data.mime_type, fault, location=where)
            return [nodes.comment()]
        if spec := None if inline else _vega_lite(data):
            return [_plain_chart(renderer, data, spec)]
        if data.mime_type == "text/html" and not inline and "<table" in data.string:
            return [_boxed_html(data.string)]
        if data.mime_type == "text/latex" and not inline and (made := _text_with_equations(data.string)):
            return made
        if data.mime_type != RECORD:
            return None
        record, document = data.content, renderer.renderer.document
        for entry in ledger.unpacked(record):
            if entry["kind"] in ledger.KINDS:
                state.book(env).ledger.enter(env.docname, entry)
        made = _MAKERS[record["kind"]](record, env)
        if made:  # the label sits on the figure or table itself, so that numbering and references find it
            made[0]["names"].append(record["id"])
            document.note_explicit_target(made[0], made[0])
        return made or [nodes.comment()]  # an empty list would let the next mime type in


def _is_for_lab(data: Any) -> bool:
    """Tell whether it is a chart as JupyterLab draws it beside a record: a newer one by an older name."""
    return data.mime_type == LAB_CHART and "/v5" not in data.content.get("$schema", "")


def _fault(image: str) -> str:
    """Return what is wrong with an image that a notebook keeps as text; empty where nothing is."""
    try:
        base64.b64decode(image)
    except ValueError as error:
        return str(error)
    return ""


def _is_raw_cell_for_latex(data: Any) -> bool:
    """Tell whether it is a raw cell, of a format that is neither for the page nor for this PDF."""
    raw = data.cell_index is not None and data.output_index is None
    return raw and bool(_FOR_LATEX.fullmatch(data.mime_type))


def _vega_lite(data: Any) -> dict | None:
    """Return the specification of a chart that Altair shows, as JSON or within HTML for a browser."""
    if data.mime_type in _VEGA_LITE:
        return data.content
    begin = _EMBEDDED.search(data.string) if data.mime_type == "text/html" and "vegaEmbed" in data.string else None
    return json.JSONDecoder().raw_decode(data.string, begin.end())[0] if begin else None


def _plain_chart(renderer: Any, data: Any, content: dict) -> plain_chart:
    """Return a chart as Altair shows it; its text is its description, or that of the cell's images."""
    spec = json.dumps(content, sort_keys=True)
    options = renderer.renderer.get_cell_level_config("render_image_options", data.cell_metadata, line=data.line)
    alt = content.get("description") or options.get("alt", "")
    node = plain_chart(name=f"chart-{hashlib.sha256(spec.encode()).hexdigest()[:12]}", alt=alt, spec=spec)
    node.line, node.source = data.line, renderer.source
    for unknown in column_check.unknown_columns(content):
        logger.warning("%s", unknown, location=f"{renderer.source}:{data.line}")
    return node


def _text_with_equations(latex: str) -> list[nodes.Element]:
    """Return text among equations, as `Latex` can show it; nothing where all is one equation."""
    pieces = _EQUATION.split(latex.strip())
    if len(pieces) == 1 or not "".join(pieces[::2]).strip():
        return []
    made: list[nodes.Element] = []
    line = nodes.paragraph(classes=["output"])
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            line += nodes.Text(re.sub(r"\\([%&_#$])", r"\1", piece))
        elif piece.startswith("$$"):
            made += [line, nodes.math_block("", piece.strip("$"), number=None, label=None, nowrap=False)]
            line = nodes.paragraph(classes=["output"])
        else:
            line += nodes.math("", piece.strip("$"))
    return [each for each in [*made, line] if each.astext().strip()]


def _boxed_html(html: str) -> scroll:
    """Return HTML that holds a table in a box that scrolls by itself."""
    return scroll("", nodes.raw("", html, format="html", classes=["output", "text_html"]), label="Table")


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
        classes=["press-table", *(["stacked"] if record.get("explore") else [])],
        explore=record.get("explore", False),
    )
    add_title(table, record["title"], record["subtitle"])
    legend = nodes.container("", *_small(record, env), classes=["table-legend"])
    legend += sources_in_full(sources=list(record["sources"]))
    return [table, legend]


def _small(record: dict, env: Any) -> list[nodes.Element]:
    """Return note and source line; each publisher leads to the place of its table on the data page."""
    lines = [nodes.paragraph("", record["note"], classes=["note"])] if record["note"] else []
    named = project.publishers(record["sources"], project.find_root(env.srcdir))
    source = nodes.paragraph("", f"{project.source_word(named)}: ", classes=["source"])
    for place, (publisher, name) in enumerate(named):
        if place:
            source += nodes.Text("; ")
        source += _to_data(name, publisher, env)
    source += nodes.Text(".")
    return [*lines, source]


def _to_data(name: str, text: str, env: Any) -> addnodes.pending_xref:
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
    "several": lambda record, env: [],
    "figure": _figure,
    "table": _table,
    "item": lambda record, env: [],
}
