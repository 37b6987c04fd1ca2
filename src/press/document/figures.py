"""The charts of a document: their layouts, drawings, and data."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx

from press import project
from press.background import WorkerPool
from press.charts import data_table, layout, renderer, svg
from press.document import nodes as own
from press.document.nodes import chart, plain_chart


def data_table_of(node: chart, root: Path) -> data_table.DataTable:
    """Return the data that a chart draws."""
    return data_table.from_spec(json.loads(node["spec"]), fields_of(node, root))


def fields_of(node: chart, root: Path) -> dict[str, dict]:
    """Return what the data package says of the columns of a chart's tables."""
    return {
        field["name"]: field for name in node["sources"] for field in project.resource(name, root)["schema"]["fields"]
    }


def layouts(node: chart) -> dict[str, dict]:
    """Return the chart as it is laid out for a wide and for a narrow page."""
    return lay_out(json.loads(node["spec"]), json.loads(node["narrow"]))


def lay_out(spec: dict, narrow: dict | None) -> dict[str, dict]:
    """Return a specification as it is laid out for a wide and for a narrow page."""
    return {"wide": layout.widen(spec, layout.WIDE), "narrow": layout.widen(narrow or spec, layout.NARROW)}


def drawings(node: chart, cache_dir: Path) -> dict[str, str]:
    """Return the chart drawn at both widths, as SVG text."""
    return _drawings(node["spec"], node["narrow"], node["figure"], cache_dir)


@lru_cache(16)  # figures: each is drawn in its chapter, measured for a frame, and drawn again on its own page
def _drawings(spec: str, narrow: str, figure: str, cache_dir: Path) -> dict[str, str]:
    both = lay_out(json.loads(spec), json.loads(narrow))
    return {variant: renderer.render_svg(laid_out, figure, cache_dir) for variant, laid_out in both.items()}


def small_drawing(node: chart, cache_dir: Path, tallest: int) -> str:
    """Return the chart as drawn for a phone; of charts below one another only the first, if all are too tall.

    Parameters
    ----------
    tallest : int
        Height in px that the charts are not to exceed; a single one may.
    """
    spec, drawn = json.loads(node["narrow"]) or {}, drawings(node, cache_dir)["narrow"]
    while svg.size(drawn)[1] > tallest and len(spec.get("vconcat", [])) > 1:
        spec = spec | {"vconcat": spec["vconcat"][:-1]}
        drawn = renderer.render_svg(layout.widen(spec, layout.NARROW), node["figure"], cache_dir)
    return drawn


def plain_drawing(node: plain_chart, cache_dir: Path) -> dict[str, str]:
    """Return a chart that a cell shows as it is, drawn at both widths; its colors are its author's."""
    spec = layout.in_book_type(json.loads(node["spec"]))
    return {
        variant: renderer.render_svg(laid_out, node["name"], cache_dir, any_color=True)
        for variant, laid_out in lay_out(spec, None).items()
    }


def draw_records(records: list[dict], cache_dir: Path) -> WorkerPool:
    """Draw figures that chapters just displayed, while the pages are read."""
    return WorkerPool(
        lambda record: [
            renderer.render_svg(spec, record["id"], cache_dir)
            for spec in lay_out(record["spec"], record["narrow"]).values()
        ],
        records,
    )


class FigureOnPage(NamedTuple):
    """A figure as it was read: its page, its node, and the node of its chart; not to be changed."""

    document: nodes.document
    figure: nodes.Element
    chart: chart


@lru_cache(8)  # pages
def figures_of_page(app: Sphinx, page: str) -> dict[str, FigureOnPage]:
    """Return the figures of a chapter as they were read, by id."""
    document = own.page_as_read(app.env, page)
    return {node["figure"]: FigureOnPage(document, node.parent, node) for node in document.findall(chart)}
