"""The Sphinx extension: what the press adds to a stock Jupyter Book, in the order of a build."""

import logging
from functools import cache
from pathlib import Path

import pybtex.plugin
import pygments
from docutils import nodes
from pybtex.style.formatting import BaseStyle
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment.collectors.toctree import TocTreeCollector
from sphinx.search.en import SearchEnglish
from sphinx.util.logging import get_node_location
from sphinx.writers.html5 import HTML5Translator

from press import book, figures, gallery, inputs, ledger, mathml, outputs, roles, site
from press import nodes as own
from press.aside import Aside
from press.errors import PressError, place, with_remedy
from press.ledger import RECORD
from press.nodes import changes, chart, cited, claim_mark, code, scroll
from press.pdf.builder import PdfBuilder, print_pdf

# It reduces the same words to their stems for every page: a twentieth of writing.
SearchEnglish.stem = cache(SearchEnglish.stem)
# It looks through all installed packages for every citation: a sixth of a build.
pybtex.plugin._load_entry_point = cache(pybtex.plugin._load_entry_point)
_format_entry = BaseStyle.format_entry


def keep_citations(app: Sphinx) -> None:
    """Set an entry of the bibliography once: it is set twice at every build otherwise, for all that are cited."""
    kept = app.env.press_citations = getattr(app.env, "press_citations", {})

    def format_entry(style, label, entry, bib_data=None):
        key = type(style).__name__, label, repr(entry)
        if key not in kept:
            kept[key] = _format_entry(style, label, entry, bib_data)
        return kept[key]

    BaseStyle.format_entry = format_entry


def keep_colors(app: Sphinx) -> None:
    """Color a piece of code once, unless something is said about it: a tenth of writing a chapter."""
    color = app.builder.highlighter.highlight_block

    def highlight_block(source, lang, *more, location=None, **options):
        path = book.kept(
            site.workshop(app) / "code",
            "html",
            repr((pygments.__version__, source, lang, more, sorted(options.items()))),
        )
        if not path.exists():
            said = len(app.press_warnings.texts)
            colored = color(source, lang, *more, location=location, **options)
            if len(app.press_warnings.texts) > said:
                return colored
            book.keep(path, colored.encode())
        return path.read_text(encoding="utf-8")

    app.builder.highlighter.highlight_block = highlight_block


class _Shelf:
    """The environment to those who only look something up in its pages: `fetch` says what they get for a page."""

    def __init__(self, env, fetch):
        self.__dict__.update(env=env, get_doctree=fetch)

    def __getattr__(self, name: str):
        return getattr(self.env, name)

    def __setattr__(self, name: str, value) -> None:
        setattr(self.env, name, value)


# It fetches the whole page that a figure stands on for every reference to the figure: half of the time of writing.
_resolve_number = StandardDomain._resolve_numref_xref
StandardDomain._resolve_numref_xref = lambda self, env, *more: _resolve_number(
    self, _Shelf(env, lambda page: own.as_read(env, page)), *more
)

# It fetches all pages, and asks every node of them whether it bears a number.
_assign_numbers = TocTreeCollector.assign_figure_numbers
TocTreeCollector.assign_figure_numbers = lambda self, env: _assign_numbers(self, _Shelf(env, env.press_outlines.get))


def setup(app: Sphinx) -> dict:
    """Register nodes, roles, builder and the steps of the build."""
    app.add_config_value("press_pdf", "book.pdf", "env", str)
    app.add_config_value("press_subtitle", "", "env", str)
    app.add_config_value("press_edition", "", "env", str)
    app.add_config_value("press_repository", "", "html", str)
    app.add_html_theme("press", str(site.THEME))
    app.add_html_math_renderer(
        "mathml", inline_renderers=(mathml.visit_inline, None), block_renderers=(mathml.visit_block, None)
    )
    app.add_builder(PdfBuilder)
    _add_nodes(app)
    app.add_role_to_domain("glue", "text", roles.Cite("number"), override=True)
    app.add_role("claim", roles.Cite("claim"))
    app.add_directive("claims", roles.Claims)
    app.add_directive("changes", roles.Changes)
    app.add_directive("data-package", roles.DataPackage)
    app.add_directive("data-rows", roles.DataRows)
    app.add_directive("figures", gallery.Gallery)
    app.add_directive("tables", gallery.Gallery)
    app.add_post_transform(roles.ResolveCited)
    app.add_post_transform(roles.ResolveChanges)
    app.add_post_transform(roles.MarkKorean)
    for event, handler in _STEPS:
        app.connect(event, handler)
    app.connect("env-updated", figures.rewrite_after_release)
    for note in (site.note_contents, figures.note_places):
        app.connect("env-get-updated", note, priority=900)  # after Sphinx has numbered them
    app.connect("doctree-resolved", figures.write_own_pages)
    app.connect("html-collect-pages", figures.write_own_pages)
    app.connect("html-collect-pages", site.extra_pages)
    app.connect("build-finished", site.stamp, priority=600)  # once the last page is written
    return {"version": "1", "env_version": inputs.version(), "parallel_read_safe": True, "parallel_write_safe": True}


def _add_nodes(app: Sphinx) -> None:
    app.add_node(chart, html=(site.visit_chart, None))
    app.add_node(nodes.figure, override=True, html=(HTML5Translator.visit_figure, site.depart_figure))
    app.add_node(nodes.paragraph, override=True, html=(site.visit_paragraph, site.depart_paragraph))
    app.add_node(own.offers, html=(figures.visit_offers, None))
    app.add_node(own.gallery, html=(gallery.visit_gallery, None))
    app.add_node(own.file, html=(site.visit_file, site.depart_file))
    app.add_node(code, html=(site.visit_code, site.depart_code))
    app.add_node(scroll, html=(site.visit_scroll, site.depart_scroll))
    app.add_node(claim_mark, html=(site.visit_claim_mark, site.depart_claim_mark))
    app.add_node(changes)
    app.add_node(cited)
    app.add_node(nodes.citation, override=True, html=(site.visit_citation, site.depart_citation))


class _Warnings(logging.Handler):
    """Keep every warning of the build: a book with one is not printed."""

    def __init__(self, folder: Path):
        super().__init__(logging.WARNING)
        self.folder = folder
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        where = _place(getattr(record, "location", None)).removeprefix(f"{self.folder}/")
        text = with_remedy(f"{where}: {record.getMessage()}")
        if text not in self.texts:
            self.texts.append(text)


def _place(location: nodes.Node | tuple | str | None) -> str:
    """Where a warning comes from; Sphinx's loggers say it in four ways."""
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    if isinstance(location, tuple):
        location = ":".join(str(part or "") for part in location)
    path, _, line = (location or "the book:").rpartition(":")
    return place(path, int(line)) if line.isdigit() else f"{path}{line}"


def start_clean(app: Sphinx, config) -> None:
    """After a build that stopped or was killed half-way: read and write every page again."""
    if _unfinished(app).exists():
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
    config.nb_execution_cache_path = config.nb_execution_cache_path or str(site.workshop(app) / "outputs")


def _unfinished(app: Sphinx) -> Path:
    return Path(app.doctreedir, "unfinished")


def begin(app: Sphinx) -> None:
    """Before anything is read: watch for warnings, lay out the tools."""
    app.press_warnings = _Warnings(app.srcdir)
    app.press_read, app.press_before, app.press_writing = set(), {}, False
    app.press_navigation, app.press_asides = {}, {}
    logging.getLogger("sphinx").addHandler(app.press_warnings)
    keep_citations(app)
    if app.builder.format == "html":
        keep_colors(app)
    app.env.press_outlines = getattr(app.env, "press_outlines", {})
    site.furnish(app)


def outdated(app: Sphinx, env, added, changed, removed) -> list[str]:
    """Run the chapters whose inputs have changed; they are read again. From here on the printing is half done."""
    _unfinished(app).touch()
    if app.config.nb_execution_mode != "cache":
        return []
    chapters = {
        Path(env.doc2path(page)): page for page in sorted(env.found_docs) if env.doc2path(page).endswith(".ipynb")
    }
    kept = Path(app.config.nb_execution_cache_path)
    ahead = getattr(app, "press_ahead", None)
    ran, problems = ahead.found.result() if ahead else ({}, [])
    if more := [chapter for chapter in chapters if not ahead or chapter not in ahead.chapters]:
        ran_too, problems_too = outputs.refresh(more, book.root(app.srcdir), kept, app.config.nb_execution_timeout)
        ran, problems = ran | ran_too, problems + problems_too
    if problems:
        raise _together(problems)
    app.press_asides["drawings"] = figures.draw(
        [record for shown in ran.values() for record in shown if record["kind"] == "figure"], site.workshop(app)
    )
    return [chapters[path] for path in ran]


def forget(app: Sphinx, env, page: str) -> None:
    """Drop a page from the ledger before it is read again, and the tree of the page read before from memory: it is on the disk."""
    env._write_doc_doctree_cache.clear()
    app.press_before[page] = ledger.of(env).forget(page)
    env.press_outlines.pop(page, None)


def merge(app: Sphinx, env, pages: set[str], other) -> None:
    """Join the ledgers of parallel readers."""
    ledger.of(env).merge(pages, ledger.of(other))
    env.press_outlines |= {page: other.press_outlines[page] for page in pages}
    app.press_read |= set(pages)


def lift(app: Sphinx, document: nodes.document) -> None:
    """Take figures and tables out of their cells' boxes, fold the code away behind them."""
    for cell in [n for n in document.findall(nodes.container) if n.get("nb_element") == "cell_code"]:
        shown: list[nodes.Node] = []
        folded: list[nodes.Node] = []
        for part in cell.children:
            if part.get("nb_element") == "cell_code_source":
                folded += [code("", *part.children)]
            else:
                shown += [node for output in part.children for node in _shown(output)]
        cell.replace_self(shown + folded)
    _box_tables(document)
    page = app.env.docname
    app.press_read.add(page)
    outline = app.env.press_outlines[page] = nodes.Element()
    outline.extend(own.outline(document))
    site.note_hangul(app.env, page, document.astext())
    claims = [entry for entry in ledger.of(app.env).records.get(page, []) if entry["kind"] == "claim"]
    if not roles.list_claims(document, claims) and claims:
        raise PressError(page, "the chapter makes claims but lists none.", "Add the {claims} directive near its end.")


def _shown(output: nodes.Node) -> list[nodes.Node]:
    for option in output.children:
        if isinstance(option, nodes.container) and option.get("mime_type") == RECORD:
            return [node for node in option.children if not isinstance(node, nodes.comment)]
    return [output]


def _box_tables(document: nodes.document) -> None:
    for table in list(document.findall(nodes.table)):
        title = table.next_node(nodes.title)
        box = scroll(label=title.astext() if title else table.get("label", "Table"))
        table.replace_self(box)
        box += table


def check(app: Sphinx, env) -> None:
    """After reading: the ledger is consistent, and nothing was warned of. The PDF is printed beside the pages."""
    problems = ledger.of(env).problems()
    if problems:
        raise _together(problems)
    _stop_on_warnings(app)
    if app.builder.format == "html":
        app.press_asides["files"] = figures.write_files(app)
        if not getattr(app, "press_pages_only", False):
            app.press_asides["pdf"] = Aside(lambda: _print_pdf(app))


def _print_pdf(app: Sphinx) -> list[str]:
    """Print the PDF; what was warned of meanwhile."""
    print_pdf(app)
    return app.press_warnings.texts


def rewrite_citing(app: Sphinx, env) -> list[str]:
    """When a record changed: write those pages again that cite it, or tell something of every page."""
    old, new = (
        [entry for page in app.press_read for entry in records.get(page, [])]
        for records in (app.press_before, ledger.of(env).records)
    )
    changed = [entry for entry in old + new if entry not in old or entry not in new]
    of_all = {page for page, told in env.metadata.items() if ledger.OF_ALL in told} if changed else set()
    return sorted(ledger.of(env).citing(changed) | of_all)


def finish(app: Sphinx, error: Exception | None) -> None:
    """After writing: the ledger, the PDF and the first page – or nothing, when something went wrong."""
    try:
        if error is not None:
            return
        _stop_on_warnings(app)
        if app.builder.format == "html":
            ledger.of(app.env).write(Path(app.outdir) / "ledger.json")
            app.press_warnings.texts += [text for aside in app.press_asides.values() for text in aside.join() or []]
            site.write_hangul(app)
            site.write_redirect(app)
            site.prune_index(app)
            _stop_on_warnings(app)
        _unfinished(app).unlink()
    finally:
        for aside in app.press_asides.values():  # those that still run: something went wrong
            aside.stop()
        logging.getLogger("sphinx").removeHandler(app.press_warnings)


def _stop_on_warnings(app: Sphinx) -> None:
    if app.press_warnings.texts:
        raise _together(app.press_warnings.texts)


def _together(problems: list) -> PressError:
    if len(problems) == 1:
        return (
            problems[0]
            if isinstance(problems[0], PressError)
            else PressError("the book is not printed", problems[0], "")
        )
    numbered = "\n".join(f"  {place}. {problem}" for place, problem in enumerate(problems, 1))
    return PressError("the book is not printed", f"{len(problems)} problems:\n{numbered}", "")


_STEPS = [
    ("config-inited", start_clean),
    ("builder-inited", begin),
    ("env-get-outdated", outdated),
    ("env-purge-doc", forget),
    ("env-merge-info", merge),
    ("doctree-read", lift),
    ("env-check-consistency", check),
    ("env-updated", rewrite_citing),
    ("html-page-context", site.add_context),
    ("build-finished", finish),
]
