"""The pages: how the press's nodes become HTML, and what every page needs besides its text."""

import json
import re
import shutil
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from press import book, charts, drawing, figures, fonts, ledger, metadata
from press.nodes import chart, claim_mark, code, file, scroll

THEME = Path(__file__).parent / "theme" / "press"
_PLAIN = re.compile(r'<span class="(?!(?:k|kn|kc|ow|s|s1|s2|sa|c|c1|gp)")\w+">([^<]*)</span>|<span></span>()')
_FACES = [
    "SourceSerif4-400",
    "SourceSans3-400",
    "SourceSans3-600",
]  # asked for before the style sheet tells of them, to be there at the first view
_FACES_OF_PROSE = ["SourceSerif4-400-italic", "SourceSerif4-600"]
_STEP, _TALLEST = 20, 1600  # px: room that a chart is given before it is drawn, which is when it nears the view
REDIRECT = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}"><link rel="canonical" href="{page}"></head>
<body><p><a href="{page}">{title}</a></p></body></html>
"""


def workshop(app: Sphinx) -> Path:
    """Return the workshop of the book that Sphinx prints."""
    return book.workshop(book.root(app.srcdir))


def visit_chart(self: HTML5Translator, node: chart) -> None:
    pictures = figures.drawn(node, workshop(self.builder.app))
    here = self.builder.get_target_uri(self.builder.current_docname)
    script = relative_uri(here, f"{figures.FOLDER}/{node['figure']}.js")
    live = f' data-live="{script}"' if node["live"] else ""
    drawn = "".join(
        charts.inline(picture, node["figure"], variant, node["alt"]) for variant, picture in pictures.items()
    )
    room = " ".join(f"{variant[0]}{_step(charts.size(picture)[1])}" for variant, picture in pictures.items())
    room += " with-controls" * node["controls"]
    self.body.append(f'</figcaption>\n<div class="chart {room}" data-figure="{node["figure"]}"{live}>{drawn}</div>\n')
    raise nodes.SkipNode


def _step(height: int) -> int:
    """Return the next of the heights that the style sheet knows."""
    return min(-(-height // _STEP) * _STEP, _TALLEST)


def depart_figure(self: HTML5Translator, node: nodes.figure) -> None:
    """Docutils closes the caption behind what follows it; the press has closed it before the chart."""
    if node.next_node(chart):
        self.body.append("</figure>\n")
    else:
        HTML5Translator.depart_figure(self, node)


def visit_code(self: HTML5Translator, node: code) -> None:
    node["begins"] = len(self.body)
    self.body.append('<details class="code"><summary>Code of this step</summary>\n')


def depart_code(self: HTML5Translator, node: code) -> None:
    """Return marks of the highlighter that the look of the pages does not use are dropped: they were half of a page's elements."""
    begins = node["begins"]
    self.body[begins:] = [_PLAIN.sub(r"\1", part) for part in self.body[begins:]]
    self.body.append("</details>\n")


def visit_scroll(self: HTML5Translator, node: scroll) -> None:
    self.body.append(f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(node["label"])}">')


def depart_scroll(self: HTML5Translator, node: scroll) -> None:
    self.body.append("</div>\n")


def visit_claim_mark(self: HTML5Translator, node: claim_mark) -> None:
    statement = escape(node["statement"])
    self.body.append(
        f'<span class="claim-mark" title="Checked by every build: {statement}" aria-label="checked claim">'
    )


def depart_claim_mark(self: HTML5Translator, node: claim_mark) -> None:
    self.body.append("</span>")


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """Return an entry of the bibliography; its label is what the text already says."""
    node.pop(node.first_child_matching_class(nodes.label))
    self.body.append(self.starttag(node, "div", CLASS="citation"))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    self.body.append("</div>\n")


def _is_cell(node: nodes.paragraph) -> bool:
    """Whether a paragraph is all that a table's cell holds: a tag less, and a tenth of the page less to lay out where there are many tables."""
    return isinstance(node.parent, nodes.entry) and len(node.parent) == 1 and not node["classes"]


def visit_paragraph(self: HTML5Translator, node: nodes.paragraph) -> None:
    if not _is_cell(node):
        HTML5Translator.visit_paragraph(self, node)


def depart_paragraph(self: HTML5Translator, node: nodes.paragraph) -> None:
    if not _is_cell(node):
        HTML5Translator.depart_paragraph(self, node)


def visit_file(self: HTML5Translator, node: file) -> None:
    here = self.builder.get_target_uri(self.builder.current_docname)
    self.body.append(f'<a href="{relative_uri(here, node["path"])}" download>')


def depart_file(self: HTML5Translator, node: file) -> None:
    self.body.append("</a>")


def furnish(app: Sphinx) -> None:
    """Make ready what the pages carry: faces, colors, the script of the live charts."""
    folder = workshop(app)
    fonts.cut(folder / "fonts")
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    look = (
        fonts.css()
        + palette_css(book.palette(book.root(app.srcdir)))
        + (THEME / "static" / "press.css").read_text(encoding="utf-8")
    )
    (static / "book.css").write_text(look, encoding="utf-8")
    for face in (folder / "fonts").glob("Source*.woff2"):
        shutil.copyfile(face, static / face.name)
    shutil.copyfile(drawing.bundle(folder), static / "charts.js")
    app.config.html_static_path.append(str(static))


def palette_css(palette: dict) -> str:
    """Colors as custom properties, light and dark, and the rules that re-color charts in the dark."""
    colors = palette["page"] | palette["chart"]
    light, dark = (
        "".join(f"--{name}:{shades[shade]};" for name, shades in colors.items()) for shade in ("light", "dark")
    )
    chart_rules = "".join(
        f'.chart [{kind}="{shades["light"]}"]{{{kind}:var(--{name})}}'
        for name, shades in (palette["page"] | palette["chart"]).items()
        if name != "link"
        for kind in ("fill", "stroke")
    )
    steps = range(_STEP, _TALLEST + 1, _STEP)
    wide, narrow = (
        "".join(f".chart.{width}{step}{{contain-intrinsic-height:auto {step}px}}" for step in steps) for width in "wn"
    )
    return (
        f"{wide}\n@media (max-width:595px){{{narrow}}}\n"
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n{chart_rules}\n"
        "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]) .gallery img{filter:invert(1) hue-rotate(180deg)}}\n"
        "@media screen{:root[data-theme=dark] .gallery img{filter:invert(1) hue-rotate(180deg)}}\n"
    )


def note_contents(app: Sphinx, env) -> list[str]:
    """Put the contents together, once a build; all pages, when they are not those of the build before: each page shows them."""
    before, env.press_contents = getattr(env, "press_contents", None), contents(app)
    env.__dict__.pop("master_doctree", None)  # Sphinx would keep the first page for the next build, as it is now
    return sorted(env.found_docs) if env.press_contents != before else []


def contents(app: Sphinx) -> list[tuple[str, list[tuple[str, str]]]]:
    """Caption of each part of the book, address and title of each of its pages, as they are numbered."""
    root, parts, caption = app.config.root_doc, [], ""
    tree = global_toctree_for_doc(app.env, root, app.builder, maxdepth=1, titles_only=True)
    for node in tree.children if tree else []:
        if isinstance(node, nodes.title):
            caption = node.astext()
        else:
            parts.append((caption, [_entry(link, app) for link in node.findall(nodes.reference)]))
            caption = ""
    return parts


def _entry(link: nodes.reference, app: Sphinx) -> tuple[str, str]:
    number = "".join(f"{part}." for part in link.get("secnumber") or ())
    return urljoin(app.builder.get_target_uri(app.config.root_doc), link["refuri"]), f"{number} {link.astext()}".strip()


def navigation(app: Sphinx, page: str) -> str:
    """Return the contents as a page links to them: set once for a folder, the page itself marked in them."""
    folder, _, own = app.builder.get_target_uri(page).rpartition("/")
    if folder not in app.press_navigation:
        here, first = f"{folder}/" if folder else "", app.builder.get_target_uri(app.config.root_doc)
        parts = [
            (caption, [(_way(here, address), title) for address, title in pages])
            for caption, pages in app.env.press_contents
        ]
        app.press_navigation[folder] = figures.template("contents.html").render(first=_way(here, first), parts=parts)
    return app.press_navigation[folder].replace(f'href="{escape(own)}"', 'href="#" aria-current="page"')


def _way(here: str, address: str) -> str:
    return address if "://" in address else relative_uri(here, address)


def add_context(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """Return what the layout asks for besides Sphinx's own variables."""
    prose = doctree.findall(nodes.paragraph) if doctree is not None else ()
    words = sum(len(p.astext().split()) for p in prose if not isinstance(p.parent, nodes.entry))
    context["reading_minutes"] = max(1, round(words / 230)) if page.startswith("notebooks/") else 0
    context["navigation"], context["korean"] = partial(navigation, app, page), figures.korean
    context["faces"] = (
        _FACES
        + (_FACES_OF_PROSE if page in app.env.found_docs else [])
        + ["hangul"] * bool(app.env.metadata.get(page, {}).get("press_hangul"))
    )
    context["pdf"] = app.config.press_pdf
    context["edition"] = app.config.press_edition
    context.setdefault("description", _first_words(doctree) or app.config.press_subtitle)
    context["launch"] = launch(app, page)
    context["json_ld"] = metadata.of_page(app, page, doctree)
    first = next((entry["id"] for entry in ledger.of(app.env).records.get(page, []) if entry["kind"] == "figure"), None)
    picture = context.get("picture") or (f"{figures.FOLDER}/{first}.png" if first else None)
    context["picture"] = picture and (metadata.address(app, picture) or context["pathto"](picture, 1))
    if page == "404":
        _from_the_root(app, context)


def _from_the_root(app: Sphinx, context: dict) -> None:
    """Links for a page that is served at any depth."""
    base = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    context["pageurl"], context["content_root"] = None, base
    context["pathto"] = lambda target, resource=False: (
        base + (target if resource else app.builder.get_target_uri(target))
    )


def launch(app: Sphinx, page: str) -> dict | None:
    """Where a chapter can be run: addresses made of the one address of the repository."""
    repository = app.config.press_repository.rstrip("/")
    notebook = app.env.doc2path(page, base=False) if page in app.env.found_docs else ""
    if not repository or not notebook.endswith(".ipynb"):
        return None
    name = urlsplit(repository).path.strip("/")
    return {
        "repository": repository,
        "lab": f"https://mybinder.org/v2/gh/{name}/HEAD?urlpath=lab/tree/{notebook}",
        "colab": f"https://colab.research.google.com/github/{name}/blob/HEAD/{notebook}",
        "first_cell": f"!git clone -q {repository} book\n!pip install -q -e book\n%cd book/notebooks\nimport sys; sys.path.insert(0, '../src')",
    }


def _first_words(doctree, length: int = 155) -> str:
    """Return the page's first paragraph, for search engines and link previews; without marks and notes."""
    first = next(doctree.findall(nodes.paragraph), None) if doctree is not None else None
    if first is None:
        return ""
    marks = {
        id(text)
        for mark in first.findall(lambda node: isinstance(node, (claim_mark, nodes.footnote_reference)))
        for text in mark.findall(nodes.Text)
    }
    text = " ".join("".join(part for part in first.findall(nodes.Text) if id(part) not in marks).split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def note_hangul(env, page: str, text: str) -> None:
    """Keep which Korean letters a page has; pages that are not read again need not be fetched for it."""
    env.metadata[page]["press_hangul"] = "".join(sorted(set(figures.KOREAN.findall(text))))


def write_hangul(app: Sphinx) -> None:
    """Return a small Hangul font with just the syllables of these pages, for readers whose system has none."""
    path = workshop(app) / "fonts" / "hangul.woff2"
    fonts.subset_hangul("".join(app.env.metadata[page]["press_hangul"] for page in app.env.found_docs), path)
    shutil.copyfile(path, Path(app.outdir) / "_static" / "hangul.woff2")


def prune_index(app: Sphinx) -> None:
    """Drop words that no page holds any more from the search index; Sphinx keeps them from the build before."""
    path, begin, end = Path(app.outdir) / "searchindex.js", "Search.setIndex(", ")"
    index = json.loads(path.read_text(encoding="utf-8").removeprefix(begin).removesuffix(end))
    for kind in ("terms", "titleterms"):
        index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
    path.write_text(begin + json.dumps(index, ensure_ascii=False, sort_keys=True) + end, encoding="utf-8")


def write_redirect(app: Sphinx) -> None:
    """`index.html`, where the first page lies elsewhere."""
    first = app.config.root_doc
    if first != "index":
        text = REDIRECT.format(lang=app.config.language, title=escape(app.config.html_title), page=f"{first}.html")
        Path(app.outdir, "index.html").write_text(text, encoding="utf-8")


def extra_pages(app: Sphinx):
    """After the chapters: the page for lost readers, the map for search engines, the tables themselves."""
    if app.builder.format != "html":
        return
    root = book.root(app.srcdir)
    shutil.copytree(root / "data", Path(app.outdir) / "data", dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*"))
    if app.config.html_baseurl:
        pages = [
            *sorted(app.env.found_docs),
            *(f"{figures.FOLDER}/{place.id}" for place in figures.places(app.env, "figure")),
        ]
        Path(app.outdir, "sitemap.xml").write_text(metadata.sitemap(app, pages), encoding="utf-8")
    yield "404", {"title": "Not in the book", "description": "This page is not in the book."}, "404.html"


def stamp(app: Sphinx, error: Exception | None) -> None:
    """Last of all: the commit that the book is printed from, at the foot of every page."""
    if error is not None or app.builder.format != "html":
        return
    printed = book.commit(book.root(app.srcdir))
    words = (
        f" Printed from commit {printed.name} of {printed.time.day} {printed.time:%B %Y}{', with later changes' if printed.dirty else ''}."
        if printed
        else ""
    )
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        stamped = re.sub("<!-- commit -->.*?<!-- /commit -->", f"<!-- commit -->{words}<!-- /commit -->", text)
        if stamped != text:
            path.write_text(stamped, encoding="utf-8")
