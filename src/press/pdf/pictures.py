"""Figures, images, and charts."""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util.images import get_image_size

from press.charts import layout, svg
from press.document.figures import drawings, plain_drawing
from press.document.numbering import numbered
from press.pdf.base import Base
from press.pdf.boxes import Boxes
from press.pdf.markup import breakable, string, words

_POINTS = {
    "px": 0.75,
    "": 0.75,
    "pt": 1,
    "pc": 12,
    "in": 72,
    "cm": 28.3465,
    "mm": 2.83465,
    "em": 10.2,
    "ex": 5,
    "rem": 10.2,
}
_LENGTH = re.compile(r"\s*([\d.]+)\s*([a-z%]*)\s*")
# How a file of each kind begins; its name may say otherwise.
_KINDS = {
    ".png": rb"\x89PNG",
    ".jpg": rb"\xff\xd8\xff",
    ".gif": rb"GIF8",
    ".webp": rb"RIFF....WEBP",
    ".svg": rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!|svg)",
    ".pdf": rb"%PDF",
}
_TALL = 1.2  # times its width: what is taller may not fit on a page
_FONTS = "'Source Sans 3', 'Noto Sans KR'"


class Pictures(Boxes, Base):
    """Sets everything that is looked at."""

    def render_figure(self, node) -> str:
        """Set a figure: its caption above a chart, below an image; one without caption stands in the text."""
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        if caption is None:
            return self.within(node)
        place = node.index(caption)
        fixed = "none" if self.depth else "auto"
        titled = self.caption(node, caption, "figure")
        with self.deeper():
            above = "".join(self.render(part) for part in node.children[:place])
            below = "".join(self.render(part) for part in node.children[place + 1 :])
        body = f"below: [{below}], placement: {fixed})[{above}]" if above else f"placement: {fixed})[{below}]"
        return f"#picture({titled}, {body}\n\n"

    def render_thumbnail(self, node) -> str:
        """Leave out a small picture of a figure that the book shows elsewhere."""
        return ""

    def render_gallery(self, node) -> str:
        """All figures or all tables, with the page each is on."""
        items = numbered(self.env, node["kind"])
        return "\n".join(self.listed(f"{item.page}#{item.id}", item.number, item.title) for item in items) + "\n\n"

    def render_chart(self, node) -> str:
        return self.drawing(f"{node['figure']}.svg", drawings(node, self.cache_dir)["wide"], node["alt"])

    def render_plain_chart(self, node) -> str:
        return self.drawing(f"{node['name']}.svg", plain_drawing(node, self.cache_dir)["wide"], node["alt"])

    def drawing(self, name: str, picture: str, alt: str) -> str:
        """Return a drawn chart, as wide as what it stands in; by itself, as wide as a figure."""
        self.text.append((self.page, re.sub(r"<[^>]+>", " ", picture)))
        (self.folder / name).write_text(picture.replace(layout.SANS, _FONTS), encoding="utf-8")
        across, down = svg.size(picture)
        place = f"{string(name)}, alt: {string(alt or 'Chart')}"
        return f"#shown({place})\n\n" if down > _TALL * across or self.depth else f"#chart({place})\n\n"

    def render_image(self, node) -> str:
        """Set an image as wide as it says, or as on the page; never wider than the text or higher than the paper."""
        source = Path(self.env.srcdir, node["uri"])
        if "://" in node["uri"] or not source.exists():
            return self.missing(node)
        kind = _kind(source)
        if not kind:
            what = f"the PDF cannot show the image {node['uri']}: it knows {', '.join(_KINDS)}, and the file is none."
            self.note_problem(node, what, _pointer(source) or "Save it in one of these formats.")
            return self.missing(node)
        name = self.builder.images.get(node["uri"]) or source.name
        if not name.lower().replace(".jpeg", ".jpg").endswith(kind):
            name += kind
        if not (self.folder / name).exists():
            shutil.copyfile(source, self.folder / name)
        alt = node.get("alt") or "Picture"
        inline = isinstance(node.parent, nodes.TextElement) and len(node.parent) > 1
        kind = "small-picture" if inline else "shown"
        return f"#{kind}({string(name)}, alt: {string(alt)}, width: {_width(node, source)})" + (
            "" if inline else "\n\n"
        )

    def missing(self, node) -> str:
        """Return what stands in the place of an image that lies elsewhere."""
        alt = node.get("alt") or node["uri"]
        self.text.append((self.page, alt))
        ends = "" if isinstance(node.parent, nodes.TextElement) else "\n\n"
        return self.led(node["uri"] if "://" in node["uri"] else "", words(breakable(alt))) + ends


def _kind(source: Path) -> str:
    """Return the suffix that belongs to what an image file holds; empty where it is none that paper shows."""
    with source.open("rb") as file:
        begin = file.read(200)
    kind = next((suffix for suffix, pattern in _KINDS.items() if re.match(pattern, begin, re.S)), "")
    return kind if kind != ".svg" or _is_xml(source) else ""


def _pointer(source: Path) -> str:
    """Return what to do about a file that only says where Git LFS keeps the picture; empty for others."""
    is_one = source.read_bytes()[:50].startswith(b"version https://git-lfs")
    return "Git LFS keeps it elsewhere: fetch it with “git lfs pull”." if is_one else ""


def _is_xml(source: Path) -> bool:
    try:
        ElementTree.parse(source)
    except ElementTree.ParseError:
        return False
    return True


def _width(node: nodes.image, source: Path) -> str:
    """Return the width of an image: a length, or a share of the text's width."""
    scale = int(node.get("scale", 100)) / 100
    across, down = _size(source)
    if (width := _points(node.get("width"))) is not None:
        return width
    height = _LENGTH.fullmatch(str(node.get("height", "")))
    if height and height[2] in _POINTS and down:
        return f"{float(height[1]) * _POINTS[height[2]] * across / down * scale:.1f}pt"
    return f"{across * _POINTS['px'] * scale:.1f}pt" if across else "100%"


def _size(source: Path) -> tuple[float, float]:
    """Return width and height of an image in px; zeros where it does not say."""
    if source.suffix.lower() != ".svg":
        return get_image_size(str(source)) or (0, 0)
    begin = re.search(r"<svg\b[^>]*>", source.read_text(encoding="utf-8", errors="replace"))
    given = dict(re.findall(r"""\b(width|height|viewBox)\s*=\s*["']([^"']*)["']""", begin[0])) if begin else {}
    sizes = [_LENGTH.fullmatch(given.get(side, "")) for side in ("width", "height")]
    known = [float(size[1]) * _POINTS[size[2]] / _POINTS["px"] for size in sizes if size and size[2] in _POINTS]
    if len(known) == 2:
        return known[0], known[1]
    box = given.get("viewBox", "").replace(",", " ").split()
    return (float(box[2]), float(box[3])) if len(box) == 4 else (0, 0)


def _points(length: str | None) -> str | None:
    """Return a length of docutils in points, or as a share; None where none is given."""
    found = _LENGTH.fullmatch(str(length or ""))
    if not found:
        return None
    return f"{found[1]}%" if found[2] == "%" else f"{float(found[1]) * _POINTS.get(found[2], 0.75):.1f}pt"
