"""Files and pages of the figures themselves."""

import json
from pathlib import Path
from typing import Any, cast

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.osutil import relative_uri

from press import project, state
from press.background import WorkerPool
from press.charts import data_table, fonts, layout, renderer, svg
from press.document.figures import data_table_of, drawings, fields_of, figures_of_page, layouts, small_drawing
from press.document.nodes import chart
from press.html import social_cards
from press.html.figure_extras import FOLDER, as_sentence
from press.state import FigurePlace, NumberedItem


def write_files(app: Sphinx) -> WorkerPool:
    """Write the files of the figures that changed, while the pages are written."""
    folder, places = Path(app.outdir) / FOLDER, state.book(app.env).figures
    folder.mkdir(parents=True, exist_ok=True)
    for stale in [path for path in folder.iterdir() if path.name.partition(".")[0] not in places]:
        stale.unlink()

    def write(id: str) -> None:
        item = places[id].item
        node = figures_of_page(app, item.page)[id].chart
        for name, content in files(node, item, app).items():
            _write_if_changed(folder / name, content)

    return WorkerPool(write, state.build(app).changed_figures)


def _write_if_changed(path: Path, content: str | bytes) -> None:
    content = content.encode() if isinstance(content, str) else content
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def files(node: chart, item: NumberedItem, app: Sphinx) -> dict[str, str | bytes]:
    """Return name → content of what can be taken away, and of what the page itself loads when it needs it."""
    root, cache_dir, id = project.find_root(app.srcdir), state.cache_directory(app), item.id
    source = project.source_line(node["sources"], root)
    in_full = f"Source: {'; '.join(project.credit(name, root) for name in node['sources'])}."
    edition = f"{as_sentence(f'{item.number} of {app.config.html_title}')} {app.config.press_edition}."
    table, pictures = data_table_of(node, root), drawings(node, cache_dir)
    texts = node["title"], node["subtitle"], node["alt"]
    foot = [*filter(None, [node["note"]]), source, edition]
    poster = svg.poster(pictures["wide"], *texts, foot)
    fields = fields_of(node, root)
    spec = layout.name_tooltips(json.loads(node["spec"]), fields)
    sources = [_source(name, root) for name in node["sources"]]
    description = data_table.csv_description(table, f"{id}.csv", node["title"], node["subtitle"], sources)
    small = small_drawing(node, cache_dir, social_cards.TALLEST)
    written: dict[str, str | bytes] = {
        f"{id}.csv": data_table.csv_text(table),
        f"{id}.csv-metadata.json": _json(description, indent=1),
        f"{id}.svg": fonts.embedded(poster, cache_dir / "fonts"),
        f"{id}.png": renderer.render_png(poster, cache_dir),
        f"{id}.vl.json": _json(layout.complete(spec, *texts, in_full), indent=1),
        f"{id}.thumb.webp": renderer.render_small(social_cards.thumbnail(small, node["title"]), cache_dir),
        f"{id}.landscape.png": renderer.render_png(
            social_cards.landscape(pictures["wide"], node["title"], node["alt"], source), cache_dir
        ),
    }
    return written | ({f"{id}.js": _script(node, fields, foot)} if node["live"] else {})


def _script(node: chart, fields: dict[str, dict], foot: list[str]) -> str:
    """Return the script by which the page loads its live chart: specifications, names of columns, foot."""
    laid_out = {
        variant: layout.answer_legends(layout.name_tooltips(spec, fields)) for variant, spec in layouts(node).items()
    }
    live: dict[str, Any] = laid_out if json.loads(node["narrow"]) else {"wide": laid_out["wide"]}
    if node["controls"]:
        live |= {"columns": layout.columns_of_tooltips(laid_out["wide"]), "foot": foot}
    return f'(window.pressCharts = window.pressCharts || {{}})["{node["figure"]}"] = {_json(live)};\n'


def _json(content: dict, indent: int | None = None) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=indent is None, indent=indent)


def _source(name: str, root: Path) -> dict:
    """Return where a table comes from, for a machine."""
    entry = project.resource(name, root)
    keys = ("title", "publisher", "vintage", "coverage", "licenses", "sources")
    return {"table": name} | {key: entry[key] for key in keys}


def write_own_pages(app: Sphinx, *_) -> list:
    """Write the own pages of the figures that changed, while the other pages are written.

    It begins with the first page that is written, or after the last where none is. Leaves no page to Sphinx.
    """
    run = state.build(app)
    if app.builder.format == "html" and not run.own_pages_started:
        run.own_pages_started = True  # before the fork: in there the same event is emitted
        run.tasks["own pages"] = WorkerPool(lambda id: _write_own_page(app, id), run.changed_figures)
    return []


def _write_own_page(app: Sphinx, id: str) -> None:
    place = state.book(app.env).figures[id]
    builder = cast(StandaloneHTMLBuilder, app.builder)
    builder.handle_page(f"{FOLDER}/{id}", _own_page(builder, place), "figure.html")


def _own_page(builder: StandaloneHTMLBuilder, place: FigurePlace) -> dict:
    """Return what the template of a figure's own page needs."""
    app, item = builder.app, place.item
    found = figures_of_page(app, item.page)[item.id]
    name = f"{FOLDER}/{item.id}"
    alone = found.document.copy()
    alone += found.figure.deepcopy()
    for reference in alone.findall(addnodes.pending_xref):
        reference["refdoc"] = name  # seen from here, not from the chapter
    app.env.resolve_references(alone, name, builder)
    builder.current_docname, builder.fignumbers = name, app.env.toc_fignumbers.get(item.page, {})
    chapter = relative_uri(builder.get_target_uri(name), builder.get_target_uri(item.page))
    return {
        "title": f"{item.number}: {item.title}",
        "body": builder.render_partial(alone[0])["fragment"],
        "place": item,
        "chapter": {"title": app.env.titles[item.page].astext(), "link": f"{chapter}#{item.id}"},
        "has_live_charts": found.chart["live"],
        "around": {"prev": place.previous, "next": place.following},
        "description": found.chart["alt"],
        "picture": f"{name}.landscape.png",
    }
