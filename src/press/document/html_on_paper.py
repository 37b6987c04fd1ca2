"""The HTML of cells and pages, told in words where paper cannot show it."""

import posixpath
import re
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from press.document.nodes import page_of, plain_chart

_TAG = re.compile(r"<(?P<ends>/?)(?P<name>[a-z]+)(?:\s[^<>]*)?>", re.I)  # in a line of text
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|[%#]", re.I)  # begins an address that is none of a file beside the page
_ALONE = ("br", "img", "input", "hr", "wbr")  # tags that nothing ends


class TellHtml(SphinxPostTransform):
    """Put nodes in the place of HTML, for the PDF."""

    default_priority = 6
    formats = ("typst",)

    def run(self, **kwargs) -> None:
        """Replace the HTML of one page; what only a browser can show is replaced by a word about it."""
        if found := self._raw():
            self._replace(found)
        for link in list(self.document.findall(nodes.reference)):
            self._lead(link)

    def _replace(self, found: list[nodes.raw]) -> None:
        from press.document import html_text  # slow, and most pages need it nowhere

        if lines := {id(node.parent): node.parent for node in found if isinstance(node.parent, nodes.TextElement)}:
            for line in lines.values():
                _pair(line)
            found = self._raw()
        for node in found:
            if isinstance(node.parent, nodes.TextElement):
                told = html_text.tell_inline(node.astext())
            else:
                told = html_text.tell(node.astext()) or html_text.notice(node.astext())
            page = page_of(node).get("docname") or self.env.docname
            for image in [each for new in told for each in new.findall(nodes.image)]:
                self._place(image, page)
            for new in told:  # what is said of it names its line
                new.line, new.source = node.line or node.parent.line, node.source
            node.parent.replace(node, told)

    def _raw(self) -> list[nodes.raw]:
        return [node for node in self.document.findall(nodes.raw) if "html" in node.get("format", "").split()]

    def _lead(self, link: nodes.reference) -> None:
        """Let the address of a file beside the page lead to the page of the book that it names, or to the site."""
        address = link.get("refuri", "")
        if not address or _ELSEWHERE.match(address):
            return
        path, _, id = address.partition("#")
        page = page_of(link).get("docname") or self.env.docname
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))
        name, base = re.sub(r"\.(?:html|md|ipynb|rst)$", "", path), self.config.html_baseurl.rstrip("/")
        if name in self.env.found_docs:
            link["refuri"] = f"%{name}#{id}" if id else f"%{name}"
        elif base:
            link["refuri"] = f"{base}/{path}"
        else:
            link.parent.replace(link, link.children)

    def _place(self, image: nodes.image, page: str) -> None:
        """Let an image of a page be found as Sphinx finds those of the text."""
        image["candidates"] = {"?": ""}
        if ":" not in image["uri"]:
            image["uri"], _ = self.env.relfn2path(unquote(image["uri"]), page)
            image["candidates"] = {"*": image["uri"]}


def _pair(line: nodes.TextElement) -> None:
    """Put what stands between two tags of HTML, in a line of text, into one node; a tag alone stays as it is."""
    from press.document import html_text

    made: list[nodes.Node] = []
    open_tags: list[tuple[str, int]] = []
    for child in list(line.children):
        tag = _TAG.fullmatch(child.astext().strip()) if isinstance(child, nodes.raw) else None
        if tag and tag["ends"] and tag["name"] in [name for name, _ in open_tags]:
            while (found := open_tags.pop())[0] != tag["name"]:
                pass
            opening, *inside = made[found[1] :]
            made[found[1] :] = html_text.marked(opening.astext(), inside)
            continue
        if tag and not tag["ends"] and tag["name"] not in _ALONE:
            open_tags.append((tag["name"], len(made)))
        made.append(child)
    line.children = []
    line += made


class ChooseHtml(SphinxPostTransform):
    """Leave out the HTML that a cell shows where it says nothing on paper, and something else does."""

    default_priority = 3  # before myst_nb.sphinx_.SelectMimeType
    formats = ("typst",)

    def run(self, **kwargs) -> None:
        """Look at the outputs of one page."""
        options = [node for node in self.document.findall(nodes.container) if node.get("mime_type") == "text/html"]
        if not options:
            return
        from press.document import html_text  # slow, and most books need it nowhere

        for option in options:
            beside = [other for other in option.parent.children if isinstance(other, nodes.container)]
            others = {other.get("mime_type") for other in beside} - {"text/html", "text/plain"}
            if others and not option.next_node(plain_chart) and not html_text.is_told(option.astext()):
                option.parent.remove(option)
