"""HTML told in nodes, for the PDF: tables, lists, text and its kinds; what only a browser can show is left out."""

import base64
import html as entities
import re
from collections.abc import Callable, Iterable
from functools import partial
from xml.etree import ElementTree

from bs4 import BeautifulSoup, CData, Comment, Declaration, Doctype, NavigableString, ProcessingInstruction, Tag
from docutils import nodes

from press.document.nodes import ON_PAGE, line_break

_SILENT = (
    "script",
    "style",
    "template",
    "head",
    "title",
    "noscript",
    "colgroup",
    "button",
    "input",
    "select",
    "svg",
)
_BLOCKS = frozenset(
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "details",
            "dd",
            "div",
            "dl",
            "dt",
            "figure",
            "footer",
        ),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "ul"),
    ]
)
_KINDS: dict[type[nodes.TextElement], str] = {
    nodes.strong: "b strong th summary",
    nodes.emphasis: "i em cite var dfn",
    nodes.literal: "code kbd samp tt",
    nodes.superscript: "sup",
    nodes.subscript: "sub",
}
_MARKS = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
_EMBEDDED = ("iframe", "video", "audio", "embed", "object", "source")

_SMALLEST = 48  # px: what is narrower is an icon
_SVG = re.compile(r"<svg\b[^>]*>.*?</svg>", re.S | re.I)
_NAMESPACES = {"xmlns": "http://www.w3.org/2000/svg", "xmlns:xlink": "http://www.w3.org/1999/xlink"}
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text", "image", "use")
_UNTRUSTED = "Make this Notebook Trusted"  # what folium says beside a map where scripts do not run
_OF_A_BROWSER = ("canvas", "svg", "button", "select")  # says nothing without one


def tell(html: str) -> list[nodes.Node]:
    """Return HTML as nodes that stand between paragraphs; where an object brings its text along, that alone."""
    soup = _parse(html)
    return _blocks(soup.select("pre[class$=text-repr-fallback], [class$=text-repr-fallback] pre") or soup.children)


def tell_inline(html: str) -> list[nodes.Node]:
    """Return HTML as nodes that stand within a line; a tag alone says nothing but a line break."""
    return _inlines(_parse(html.strip() if "<br" in html else html).children)


def marked(opening: str, inside: list[nodes.Node]) -> list[nodes.Node]:
    """Return what stands between a tag of HTML, such as `<sub>`, and its end, marked as the tag says."""
    tag = _parse(opening).find()
    if not isinstance(tag, Tag):
        return inside
    if tag.name in _EMBEDDED and not inside:
        return tell_inline(opening)
    if tag.name in _OF_A_BROWSER:
        return [nodes.emphasis("", ON_PAGE)]
    if not inside:
        return inside
    if _is_silent(tag):
        return []
    address = str(tag.get("href", ""))
    if tag.name == "a" and _leads(address):
        return [nodes.reference("", "", *inside, refuri=address)]
    if tag.name in ("s", "del", "strike"):
        return [nodes.inline("", "", *inside, classes=["struck"])]
    kind = _MARKS.get(tag.name)
    if kind is nodes.literal:
        words = "".join(node.astext() for node in inside)
        return [nodes.literal(words, words)]
    return [kind("", "", *inside)] if kind else inside


def _leads(address: str) -> bool:
    """Tell whether an address leads somewhere without a script."""
    return bool(address.strip()) and not address.strip().lower().startswith(("javascript:", "data:", "about:"))


def is_told(html: str) -> bool:
    """Tell whether HTML says anything without a browser."""
    return any(
        node.astext().replace(ON_PAGE, "").strip() or node.next_node(nodes.image, include_self=True)
        for node in tell(html)
    )


def notice(html: str) -> list[nodes.Node]:
    """Return a word about what only a browser can show; nothing where there is no such thing."""
    if not _parse(html).find([*_OF_A_BROWSER, "script", "input", "object", "iframe", "video", "audio"]):
        return []
    return [nodes.paragraph("", "", nodes.emphasis("", ON_PAGE))]


def _parse(html: str) -> BeautifulSoup:
    """Return HTML parsed, its drawings as images, without what belongs to what only a browser can show."""
    soup = BeautifulSoup(_SVG.sub(_as_image, html) if "<svg" in html else html, "html.parser")
    for control in soup.select("input[type=radio][id], input[type=range][id]"):
        for label in soup.find_all("label", attrs={"for": control["id"]}):
            label.extract()
    if soup.select_one("iframe[srcdoc]"):
        for text in soup.find_all(string=re.compile(_UNTRUSTED)):
            text.extract()
    return soup


def _as_image(found: re.Match) -> str:
    """Return a drawing as an image; an icon, one that a script fills, or one that is no XML as it is."""
    svg = found[0]
    tag = BeautifulSoup(svg, "html.parser").find("svg")
    if not tag or not _is_drawing(tag) or not tag.find(_SHAPES):
        return svg
    for name, address in _NAMESPACES.items():
        if f"{name}=" not in svg:
            svg = svg.replace("<svg", f'<svg {name}="{address}"', 1)
    try:
        ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        return found[0]
    title = tag.find("title")
    alt = str(tag.get("aria-label", "")) or (title.get_text() if title else "")
    encoded = base64.b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{encoded}" alt="{entities.escape(alt)}">'


def _is_silent(part) -> bool:
    if isinstance(part, Tag) and (part.get("type") == "checkbox" or _is_drawing(part)):
        return False
    marks = (Comment, Declaration, Doctype, ProcessingInstruction, CData)
    return isinstance(part, marks) or (isinstance(part, Tag) and (part.name in _SILENT or _is_hidden(part)))


def _is_drawing(tag: Tag) -> bool:
    """Tell whether it is a drawing, and not the icon of a button or of a list."""
    if tag.name != "svg" or _is_hidden(tag):
        return False
    width = re.fullmatch(r"(\d+)(?:\.\d+)?(?:px|pt)?", str(tag.get("width", "")))
    return width is not None and int(width[1]) >= _SMALLEST


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(re.search(r"display\s*:\s*none", str(tag.get("style", "")), re.I))


def _blocks(parts: Iterable) -> list[nodes.Node]:
    """Return blocks; what stands loose between them becomes paragraphs."""
    made: list[nodes.Node] = []
    loose: list = []
    for part in parts:
        if _is_silent(part):
            continue
        if isinstance(part, Tag) and part.name not in _EMBEDDED and (part.name in _BLOCKS or part.find(list(_BLOCKS))):
            made += _paragraph(loose) + _block(part)
            loose = []
        else:
            loose.append(part)
    return made + _paragraph(loose)


def _paragraph(parts: list) -> list[nodes.Node]:
    inside = _inlines(parts)
    said = any(not isinstance(node, nodes.Text) or node.strip() for node in inside)
    return [nodes.paragraph("", "", *inside)] if said else []


def _block(tag: Tag) -> list[nodes.Node]:
    make = _MAKERS.get(tag.name)
    return make(tag) if make else _blocks(tag.children)


def _heading(tag: Tag) -> list[nodes.Node]:
    return [nodes.rubric("", "", *_inlines(tag.children))]


def _list(kind: type[nodes.Element], tag: Tag) -> list[nodes.Node]:
    items = [nodes.list_item("", *_blocks(item.children)) for item in tag.find_all("li", recursive=False)]
    return [kind("", *items)] if items else []


def _code(tag: Tag) -> list[nodes.Node]:
    text = tag.get_text()
    return [nodes.literal_block(text, text)]


def _terms(tag: Tag) -> list[nodes.Node]:
    """Return a list of definitions."""
    items: list[nodes.Element] = []
    for part in tag.find_all(["dt", "dd"]):
        if part.name == "dt" or not items:
            items.append(nodes.definition_list_item("", nodes.term("", "", *_inlines(part.children))))
        else:
            items[-1] += nodes.definition("", *_blocks(part.children))
    return [nodes.definition_list("", *items)] if items else []


def _table(tag: Tag) -> list[nodes.Node]:
    """Return a table; its first rows are its head where they are marked so."""
    rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
    rows = [row for row in rows if row.find(["td", "th"])]
    if not rows:
        return []
    heads = [row for row in rows if _in_head(row)]
    columns = max(sum(_span(cell, "colspan") for cell in _cells(row)) for row in rows)
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in range(columns)], cols=columns)
    for kind, chosen in ((nodes.thead, heads), (nodes.tbody, [row for row in rows if row not in heads])):
        if chosen:
            group += kind("", *[_row(row, columns) for row in chosen])
    table = nodes.table("", group, classes=["html-table"])
    caption = tag.find("caption")
    return [*(_heading(caption) if caption else []), table]


def _in_head(row: Tag) -> bool:
    return row.find_parent(["thead", "tbody", "table"]).name == "thead"  # type: ignore[union-attr]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _row(row: Tag, columns: int) -> nodes.row:
    made = nodes.row()
    for cell in _cells(row):
        entry = nodes.entry("", *_blocks(cell.children))
        if re.fullmatch(r"\s*[+\-−]?[\d.,]+(?:e[+-]?\d+)?%?\s*", cell.get_text()):
            entry["classes"].append("num")
        for name, key in (("colspan", "morecols"), ("rowspan", "morerows")):
            if (span := _span(cell, name)) > 1:
                entry[key] = min(span, columns) - 1 if name == "colspan" else span - 1
        made += entry
    return made


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or 1)
    return max(1, int(value)) if value.isdigit() else 1


def _inlines(parts: Iterable) -> list[nodes.Node]:
    return [node for part in parts if not _is_silent(part) for node in _inline(part)]


def _inline(part) -> list[nodes.Node]:
    """Return one piece of a line."""
    if isinstance(part, NavigableString):
        return [nodes.Text(re.sub(r"\s+", " ", str(part)))] if str(part) else []
    if part.name == "input":
        return [nodes.Text("☑ " if part.has_attr("checked") else "☐ ")]
    if part.name == "br":
        return [line_break()]
    if part.name == "svg" or (part.name == "iframe" and part.has_attr("srcdoc")):
        return [nodes.emphasis("", ON_PAGE)]
    if part.name == "img":
        source = str(part.get("src", ""))
        return [nodes.image(uri=source, alt=str(part.get("alt", "")))] if source else []
    if part.name in _EMBEDDED:
        source = part if part.get("src") else part.find("source") or part
        address = str(source.get("src") or source.get("data") or "")
        return [nodes.reference("", address, refuri=address)] if _leads(address) else []
    if part.name == "a" and _leads(str(part.get("href", ""))):
        return [nodes.reference("", "", *_inlines(part.children), refuri=str(part["href"]))]
    if part.name == "math":
        latex = part.find("annotation", encoding="application/x-tex")
        said = (latex or part).get_text()
        return [nodes.math("", said)] if latex else [nodes.Text("".join(said.split()))]
    if part.name == "code":
        return [nodes.literal("", part.get_text())] if part.get_text() else []
    inside = _inlines(part.children)
    mark = _MARKS.get(part.name)
    if mark is None or not inside:
        return inside
    marked = mark()
    marked += inside
    return [marked]


_MAKERS: dict[str, Callable[[Tag], list[nodes.Node]]] = {
    **{f"h{level}": _heading for level in range(1, 7)},
    "ul": partial(_list, nodes.bullet_list),
    "ol": partial(_list, nodes.enumerated_list),
    "dl": _terms,
    "pre": _code,
    "table": _table,
    "hr": lambda tag: [nodes.transition()],
    "blockquote": lambda tag: [nodes.block_quote("", *_blocks(tag.children))],
}
