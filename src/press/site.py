"""The pages: how the press's nodes become HTML, and what every page needs besides its text."""

import json
import shutil
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

from press import book, charts, fonts
from press.nodes import chart, claim_mark, code, scroll

THEME = Path(__file__).parent / "theme" / "press"
REDIRECT = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}"><link rel="canonical" href="{page}"></head>
<body><p><a href="{page}">{title}</a></p></body></html>
"""


def workshop(app: Sphinx) -> Path:
    """Folder for what is made once and kept between builds: faces, drawn charts, the script bundle."""
    return book.root(app.srcdir) / "_build" / ".press"


def visit_chart(self: HTML5Translator, node: chart) -> None:
    folder = workshop(self.builder.app)
    drawn = []
    specs = {
        "wide": charts.widen(charts.kept(node["spec"]), charts.WIDE),
        "narrow": charts.widen(charts.kept(node["narrow"] or node["spec"]), charts.NARROW),
    }
    for variant, spec in specs.items():
        picture = charts.svg(spec, node["figure"], folder / "charts", folder / "fonts")
        drawn.append(charts.inline(picture, node["figure"], variant, node["alt"]))
    self.body.append(f'</figcaption>\n<div class="chart" data-figure="{node["figure"]}">{"".join(drawn)}</div>\n')
    if node["live"]:
        asked = {"wide": specs["wide"], "alt": node["alt"]} | ({"narrow": specs["narrow"]} if node["narrow"] else {})
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False).replace("<", "\\u003c")
        self.body.append(f'<script type="application/json" class="chart-spec">{text}</script>\n')
    raise nodes.SkipNode


def depart_figure(self: HTML5Translator, node: nodes.figure) -> None:
    """Docutils closes the caption behind what follows it; the press has closed it before the chart."""
    if node.next_node(chart):
        self.body.append("</figure>\n")
    else:
        HTML5Translator.depart_figure(self, node)


def visit_code(self: HTML5Translator, node: code) -> None:
    self.body.append('<details class="code"><summary>Code of this step</summary>\n')


def depart_code(self: HTML5Translator, node: code) -> None:
    self.body.append("</details>\n")


def visit_scroll(self: HTML5Translator, node: scroll) -> None:
    self.body.append(f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(node["label"])}">')


def depart_scroll(self: HTML5Translator, node: scroll) -> None:
    self.body.append("</div>\n")


def visit_claim_mark(self: HTML5Translator, node: claim_mark) -> None:
    statement = escape(node["statement"])
    self.body.append(f'<span class="claim-mark" title="Checked by every build: {statement}" aria-label="checked claim">')


def depart_claim_mark(self: HTML5Translator, node: claim_mark) -> None:
    self.body.append("</span>")


def visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    """An entry of the bibliography; its label is what the text already says."""
    node.pop(node.first_child_matching_class(nodes.label))
    self.body.append(self.starttag(node, "div", CLASS="citation"))


def depart_citation(self: HTML5Translator, node: nodes.citation) -> None:
    self.body.append("</div>\n")


def furnish(app: Sphinx) -> None:
    """Make ready what the pages carry: faces, colours, the script of the live charts."""
    folder = workshop(app)
    fonts.cut(folder / "fonts")
    static = folder / "static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "palette.css").write_text(palette_css(book.palette(book.root(app.srcdir))), encoding="utf-8")
    for face in (folder / "fonts").glob("Source*.woff2"):
        shutil.copyfile(face, static / face.name)
    shutil.copyfile(charts.bundle(folder / "charts.js"), static / "charts.js")
    app.config.html_static_path.append(str(static))


def palette_css(palette: dict) -> str:
    """Colours as custom properties, light and dark, and the rules that re-colour charts in the dark."""
    colours = palette["page"] | palette["chart"]
    light, dark = ("".join(f"--{name}:{shades[shade]};" for name, shades in colours.items()) for shade in ("light", "dark"))
    chart_rules = "".join(
        f'.chart [{kind}="{shades["light"]}"]{{{kind}:var(--{name})}}'
        for name, shades in (palette["page"] | palette["chart"]).items() if name != "link"
        for kind in ("fill", "stroke")
    )  # fmt: skip
    return (
        f":root{{color-scheme:light;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n{chart_rules}\n"
    )


def add_context(app: Sphinx, page: str, template: str, context: dict, doctree) -> None:
    """What the layout asks for besides Sphinx's own variables."""
    prose = doctree.findall(nodes.paragraph) if doctree is not None else ()
    words = sum(len(p.astext().split()) for p in prose if not isinstance(p.parent, nodes.entry))
    context["reading_minutes"] = max(1, round(words / 230)) if page.startswith("notebooks/") else 0
    context["pdf"] = app.config.press_pdf
    context["edition"] = app.config.press_edition
    context["has_live_charts"] = doctree is not None and any(node["live"] for node in doctree.findall(chart))
    context["description"] = _first_words(doctree)


def _first_words(doctree, length: int = 155) -> str:
    """The page's first paragraph, for search engines and link previews."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else ()
    text = next((" ".join(p.astext().split()) for p in paragraphs), "")
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def write_hangul(app: Sphinx) -> None:
    """A small Hangul font with just the syllables of these pages, for readers whose system has none."""
    path = workshop(app) / "fonts" / "hangul.woff2"
    text = "".join(app.env.get_doctree(page).astext() for page in sorted(app.env.found_docs))
    fonts.subset_hangul(text, path)
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
