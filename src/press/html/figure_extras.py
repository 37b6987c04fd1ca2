"""What every figure offers besides its chart: its data, downloads, a citation, an address to embed."""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.osutil import relative_uri

from press import editions, project, state
from press.charts import data_table, svg
from press.document.figures import data_table_of, drawings
from press.document.nodes import chart, figure_extras
from press.html.templates import template

FOLDER = "figures"  # of the figures' own pages and files
IN_CHAPTER, ON_OWN_PAGE = 30, 500  # rows of the data table; all are in the CSV file
_CAPTION = 190  # px, about what title, subtitle and source take in a frame
_TEX = {letter: f"\\{letter}" for letter in "%&#_{}$"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def render(builder: StandaloneHTMLBuilder, node: figure_extras) -> str:
    """Return data, downloads, citation, and embedding, folded; the data unfolded on the figure's own page."""
    chart_node = next(iter(node.parent.findall(chart)))
    id, here = chart_node["figure"], builder.current_docname
    alone = here.startswith(f"{FOLDER}/")
    number = _number(builder, id)
    table = data_table_of(chart_node, project.find_root(builder.srcdir))
    base = builder.config.html_baseurl.rstrip("/")
    address = f"{base}/{FOLDER}/{id}.html" if base else ""
    return template("figure_extras.html").render(
        id=id,
        number=number,
        title=chart_node["title"],
        alone=alone,
        table=table,
        sources=sources(builder, chart_node["sources"]),
        cell=data_table.format_cell,
        rows=table.rows[: ON_OWN_PAGE if alone else IN_CHAPTER],
        at=relative_uri(builder.get_target_uri(here), f"{FOLDER}/{id}"),
        address=address,
        citation=citation(builder.config, chart_node, number, address),
        bibtex=bibtex(builder.config, chart_node, number, address),
        height=_height(chart_node, builder.app),
        changed=changes_since_edition(builder.app).get(id),
    )


def sources(builder: StandaloneHTMLBuilder, names: list[str]) -> list[tuple[str, str]]:
    """Return of each table what the book says of it in full, and where its entry lies as the page sees it."""
    root, labels = project.find_root(builder.srcdir), builder.env.domains["std"].labels
    here = builder.current_docname
    return [
        (project.credit(name, root), builder.get_relative_uri(here, page) + f"#{anchor}" if page else "")
        for name in names
        for page, anchor, _ in [labels.get(f"data-{name.replace('_', '-')}", ("", "", ""))]
    ]


def changes_since_edition(app: Sphinx) -> dict[str, tuple[str, str]]:
    """Return figure → the last edition and what changed since, where anything did."""
    run = state.build(app)
    if run.edition_changes is None:
        run.edition_changes = _changes_since_edition(app)
    return run.edition_changes


def _changes_since_edition(app: Sphinx) -> dict[str, tuple[str, str]]:
    root = project.find_root(app.srcdir)
    names = editions.names(root)
    if not names or project.is_what_if(root):
        return {}
    last = editions.load(root, names[-1])
    now = editions.edition_of(root, state.book(app.env).ledger.content(), Path(app.config.nb_execution_cache_path))
    found = [change for change in editions.compare(last, now) if change.kind == "figure"]
    return {change.id: (last["name"], str(change).removeprefix(f"figure {change.id}: ")) for change in found}


def rewrite_after_release(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages when an edition was released since they were written: they tell changes from the last one."""
    run, book = state.build(app), state.book(env)
    names = editions.names(project.find_root(app.srcdir))
    run.edition_released = book.editions not in (None, names)
    book.editions = names
    return sorted(env.found_docs) if run.edition_released else []


def _number(builder: StandaloneHTMLBuilder, id: str) -> str:
    number = builder.fignumbers.get("figure", {}).get(id, ())
    return builder.config.numfig_format["figure"] % ".".join(map(str, number)) if number else "Figure"


def _height(node: chart, app: Sphinx) -> int:
    """Return the room that the figure needs in somebody else's page, in px."""
    return max(svg.size(picture)[1] for picture in drawings(node, state.cache_directory(app)).values()) + _CAPTION


def citation(config: Config, node: chart, number: str, address: str) -> str:
    """Return how to cite a figure, in words."""
    text = as_sentence(f"{config.author}, “{node['title']}”, {number} of {config.html_title}")
    return " ".join(filter(None, [text, f"{config.press_edition}.", address]))


def as_sentence(text: str) -> str:
    """Return the text with its full stop, unless the title that ends it asks or calls."""
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def bibtex(config: Config, node: chart, number: str, address: str) -> str:
    """Return how to cite a figure, for BibTeX."""
    facts = {
        "author": f"{{{escape_tex(config.author)}}}",
        "title": f"{{{escape_tex(node['title'])}}}",
        "howpublished": rf"{escape_tex(number)} of \emph{{{escape_tex(config.html_title)}}}",
        "note": escape_tex(config.press_edition),
        "year": escape_tex(config.copyright if isinstance(config.copyright, str) else config.copyright[0]),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in facts.items() if value]
    return "\n".join([f"@misc{{{node['figure']},", *lines, "}"])


def escape_tex(text: str) -> str:
    """Return text in which nothing is taken for a command of TeX."""
    return "".join(_TEX.get(letter, letter) for letter in text)
