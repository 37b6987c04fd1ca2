"""What every figure offers besides its chart: its data, files to take away, a citation, a page of its own."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from docutils import nodes
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from press import book, charts, drawing, editions, ledger, plotted
from press import nodes as own
from press.aside import Crew
from press.nodes import chart, offers

FOLDER = "figures"
IN_CHAPTER, ON_OWN_PAGE = 30, 500  # rows of the data table; all are in the CSV file
KOREAN = re.compile(r"([\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+(?:[ ·]+[\uac00-\ud7a3\u1100-\u11ff]+)*)")
_CAPTION = 190  # px, about what title, subtitle and source take in a frame
_TEX = {letter: f"\\{letter}" for letter in "%&#_{}$"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Place:
    """A numbered figure or table: its id, its title, its number in words, the page it stands on."""

    id: str
    title: str
    number: str
    page: str


def places(env, kind: str) -> list[Place]:
    """All figures, or all tables, in the order of the book."""
    found = []
    for entry in ledger.of(env).entries(kind):
        number = env.toc_fignumbers.get(entry["chapter"], {}).get(kind, {}).get(entry["id"], ())
        words = env.config.numfig_format[kind] % ".".join(map(str, number)) if number else ""
        found.append((number, Place(entry["id"], entry["title"], words, entry["chapter"])))
    return [place for _, place in sorted(found, key=lambda pair: pair[0])]


@cache
def template(name: str):
    """Return a piece of page from `theme/press/pieces`; every text put into it is escaped."""
    loader = FileSystemLoader(Path(__file__).parent / "theme" / "press" / "pieces")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["korean"] = korean
    return environment.get_template(name)


def korean(text: str) -> Markup:
    """Text for the page, with its runs of Hangul marked as Korean."""
    parts = KOREAN.split(text)
    return Markup("").join(
        Markup('<span lang="ko">{}</span>').format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def data(node: chart, folder: Path) -> plotted.Plotted:
    """Return the plotted table of a chart."""
    fields = {
        field["name"]: field for name in node["sources"] for field in book.resource(name, folder)["schema"]["fields"]
    }
    return plotted.plotted(json.loads(node["spec"]), fields)


def specs(node: chart) -> dict[str, dict]:
    """Return the chart as it is laid out for a wide and for a narrow page."""
    return _laid_out(json.loads(node["spec"]), json.loads(node["narrow"]))


def _laid_out(spec: dict, narrow: dict | None) -> dict[str, dict]:
    return {"wide": charts.widen(spec, charts.WIDE), "narrow": charts.widen(narrow or spec, charts.NARROW)}


def drawn(node: chart, workshop: Path) -> dict[str, str]:
    """Return the chart drawn at both widths, as SVG text."""
    return {variant: drawing.svg(spec, node["figure"], workshop) for variant, spec in specs(node).items()}


# --- on the page ----------------------------------------------------------------------------------------------------------


def visit_offers(self: HTML5Translator, node: offers) -> None:
    """Return data, downloads, citation and embedding, folded; the data unfolded on the figure's own page."""
    builder, chart_node = self.builder, node.parent.next_node(chart)
    id, here = chart_node["figure"], builder.current_docname
    alone = here.startswith(f"{FOLDER}/")
    number = _number(builder, id)
    table = data(chart_node, book.root(builder.srcdir))
    most = ON_OWN_PAGE if alone else IN_CHAPTER
    address = f"{builder.config.html_baseurl.rstrip('/')}/{FOLDER}/{id}.html" if builder.config.html_baseurl else ""
    self.body.append(
        template("offers.html").render(
            id=id,
            number=number,
            title=chart_node["title"],
            alone=alone,
            table=table,
            cell=plotted.cell,
            rows=table.rows[:most],
            at=relative_uri(builder.get_target_uri(here), f"{FOLDER}/{id}"),
            address=address,
            citation=citation(builder.config, chart_node, number, address),
            bibtex=bibtex(builder.config, chart_node, number, address),
            height=_height(chart_node, builder.app),
            changed=changed(builder.app).get(id),
        )
    )
    raise nodes.SkipNode


def changed(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Figure → the last edition and what changed since, where anything did."""
    if not hasattr(app, "press_changed"):
        root = book.root(app.srcdir)
        last = [editions.load(root, name) for name in editions.names(root)[-1:]]
        now = (
            editions.printing(root, ledger.of(app.env).content(), Path(app.config.nb_execution_cache_path))
            if last
            else {}
        )
        found = [change for edition in last for change in editions.compare(edition, now) if change.kind == "figure"]
        app.press_changed = {
            change.id: (last[0]["name"], str(change).removeprefix(f"figure {change.id}: ")) for change in found
        }
    return app.press_changed


def rewrite_after_release(app: Sphinx, env) -> list[str]:
    """All pages, when an edition was released since they were written: they tell changes from the last one."""
    names = editions.names(book.root(app.srcdir))
    before, env.press_editions = getattr(env, "press_editions", names), names
    app.press_released = before != names
    return sorted(env.found_docs) if app.press_released else []


def _number(builder, id: str) -> str:
    number = builder.fignumbers.get("figure", {}).get(id, ())
    return builder.config.numfig_format["figure"] % ".".join(map(str, number)) if number else "Figure"


def _height(node: chart, app: Sphinx) -> int:
    """Room for the figure in somebody else's page, in px."""
    pictures = drawn(node, book.workshop(book.root(app.srcdir))).values()
    return max(charts.size(picture)[1] for picture in pictures) + _CAPTION


def citation(config, node: chart, number: str, address: str) -> str:
    """How to cite a figure, in words."""
    text = _ended(f"{config.author}, “{node['title']}”, {number} of {config.html_title}")
    return " ".join(filter(None, [text, f"{config.press_edition}.", address]))


def _ended(text: str) -> str:
    """Return a sentence with its full stop, unless the title that ends it asks or calls."""
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def bibtex(config, node: chart, number: str, address: str) -> str:
    """How to cite a figure, for BibTeX."""
    facts = {
        "author": f"{{{tex(config.author)}}}",
        "title": f"{{{tex(node['title'])}}}",
        "howpublished": rf"{tex(number)} of \emph{{{tex(config.html_title)}}}",
        "note": tex(config.press_edition),
        "year": tex(config.copyright if isinstance(config.copyright, str) else config.copyright[0]),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in facts.items() if value]
    return "\n".join([f"@misc{{{node['figure']},", *lines, "}"])


def tex(text: str) -> str:
    """Text in which nothing is taken for a command."""
    return "".join(_TEX.get(letter, letter) for letter in text)


# --- files and pages of their own -----------------------------------------------------------------------------------------


def draw(records: list[dict], workshop: Path) -> Crew:
    """Draw figures that chapters just displayed, while the pages are read."""
    return Crew(
        lambda record: [
            drawing.svg(spec, record["id"], workshop) for spec in _laid_out(record["spec"], record["narrow"]).values()
        ],
        records,
    )


def note_places(app: Sphinx, env) -> list[str]:
    """Once figures are numbered: keep each with its neighbours and its fingerprint, and see which differ from the build before."""
    found = places(env, "figure")
    before = getattr(env, "press_places", {})
    around = zip([None, *found], found, [*found[1:], None], strict=False)
    env.press_places = {
        place.id: (previous, place, following, _fingerprint(app, place, before))
        for previous, place, following in around
    }
    of_all = app.press_released or env.config_status != CONFIG_OK
    app.press_changed_figures = [id for id, now in env.press_places.items() if of_all or before.get(id) != now]
    return []


def _fingerprint(app: Sphinx, place: Place, before: dict) -> str:
    """Return a fingerprint of all that a figure's files and own page are made of; the old one where its chapter was not read."""
    if place.page not in app.press_read and place.id in before:
        return before[place.id][3]
    figure = as_read(app, place.page)[place.id][1]
    tables = [book.resource(name, book.root(app.srcdir)) for name in figure.next_node(chart)["sources"]]
    return hashlib.sha256(
        f"{app.env.titles[place.page].astext()} {figure.pformat()} {json.dumps(tables)}".encode()
    ).hexdigest()


def write_files(app: Sphinx) -> Crew:
    """Write the files of the figures that changed, while the pages are written."""
    folder = Path(app.outdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for stale in [path for path in folder.iterdir() if path.name.partition(".")[0] not in app.env.press_places]:
        stale.unlink()

    def write(id: str) -> None:
        place = app.env.press_places[id][1]
        node = as_read(app, place.page)[id][1].next_node(chart)
        for name, content in files(node, place, app).items():
            _write(folder / name, content)

    return Crew(write, app.press_changed_figures)


def write_own_pages(app: Sphinx, *_) -> list:
    """Write the own pages of the figures that changed, while the other pages are written: from the first of those on, or after them. Leaves none to Sphinx."""
    if app.builder.format == "html" and not app.press_writing:
        app.press_writing = True  # before the fork: in there the same event is heard
        app.press_asides["own pages"] = Crew(lambda id: _write_own_page(app, id), app.press_changed_figures)
    return []


def _write_own_page(app: Sphinx, id: str) -> None:
    previous, place, following, _ = app.env.press_places[id]
    document, figure = as_read(app, place.page)[id]
    app.builder.handle_page(
        f"{FOLDER}/{id}", _own_page(app, place, document, figure, {"prev": previous, "next": following}), "figure.html"
    )


@lru_cache(8)  # pages
def as_read(app: Sphinx, page: str) -> dict[str, tuple[nodes.document, nodes.figure]]:
    """Return the figures of a chapter as they were read, by id."""
    document = own.as_read(app.env, page)
    return {node["figure"]: (document, node.parent) for node in document.findall(chart)}


def _write(path: Path, content: str | bytes) -> None:
    content = content.encode() if isinstance(content, str) else content
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def files(node: chart, place: Place, app: Sphinx) -> dict[str, str | bytes]:
    """Name → content of what can be taken away, and of what the page itself loads when it needs it."""
    root = book.root(app.srcdir)
    workshop = book.workshop(root)
    id, credits = place.id, [book.credit(name, root) for name in node["sources"]]
    source = f"Source: {'; '.join(credits)}."
    edition = f"{_ended(f'{place.number} of {app.config.html_title}')} {app.config.press_edition}."
    table, pictures = data(node, root), drawn(node, workshop)
    poster = charts.poster(
        pictures["wide"], node["title"], node["subtitle"], node["alt"], [*filter(None, [node["note"]]), source, edition]
    )
    spec = charts.complete(json.loads(node["spec"]), node["title"], node["subtitle"], node["alt"], source)
    described = plotted.csv_description(
        table, f"{id}.csv", node["title"], node["subtitle"], [_source(name, root) for name in node["sources"]]
    )
    laid_out = specs(node)
    live = laid_out if json.loads(node["narrow"]) else {"wide": laid_out["wide"]}
    return {
        f"{id}.csv": plotted.csv_text(table),
        f"{id}.csv-metadata.json": _json(described, indent=1),
        f"{id}.svg": poster,
        f"{id}.png": drawing.png(poster, workshop),
        f"{id}.vl.json": _json(spec, indent=1),
        f"{id}.small.svg": pictures["narrow"],
    } | (
        {f"{id}.js": f'(window.pressCharts = window.pressCharts || {{}})["{id}"] = {_json(live)};\n'}
        if node["live"]
        else {}
    )


def _json(content: dict, indent: int | None = None) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=indent is None, indent=indent)


def _source(name: str, root: Path) -> dict:
    """Where a table comes from, for a machine."""
    entry = book.resource(name, root)
    return {"table": name} | {
        key: entry[key] for key in ("title", "publisher", "vintage", "coverage", "licenses", "sources")
    }


def _own_page(app: Sphinx, place: Place, document: nodes.document, figure: nodes.figure, around: dict) -> dict:
    """Return what the template of a figure's own page needs."""
    builder, name = app.builder, f"{FOLDER}/{place.id}"
    alone = document.copy()
    alone += figure.deepcopy()
    app.env.resolve_references(alone, name, builder)
    builder.current_docname, builder.fignumbers = name, app.env.toc_fignumbers.get(place.page, {})
    node = figure.next_node(chart)
    return {
        "title": f"{place.number}: {place.title}",
        "body": builder.render_partial(alone[0])["fragment"],
        "place": place,
        "chapter": {
            "title": app.env.titles[place.page].astext(),
            "link": f"{relative_uri(builder.get_target_uri(name), builder.get_target_uri(place.page))}#{place.id}",
        },
        "has_live_charts": node["live"],
        "around": around,
        "description": node["alt"],
        "picture": f"{name}.png",
    }
