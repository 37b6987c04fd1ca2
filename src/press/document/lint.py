"""What an author is told of a page: images without a text, dollars and marks that may be meant otherwise."""

import re
from textwrap import shorten

from docutils import nodes
from docutils.parsers.rst import roles
from sphinx.application import Sphinx
from sphinx.util import logging

from press.document.nodes import plain_chart

logger = logging.getLogger(__name__)
_TOLD_ELSE = {"text/html", "text/latex"}  # kinds of output that are shown rather than an image
_ROLE = re.compile(r"\{([a-z]+(?:[:-][a-z]+)*)\}(``)?\s*")
_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.S)
_UNREAD = re.compile(r"\d\$(?=[^$\n]*[\\^_=])[A-Za-z\\][^$\n]*(?<!\s)\$|\$[^$\n]*\\[A-Za-z]+[^$\n]*\$\d")


def check_images(app: Sphinx, document: nodes.document) -> None:
    """Warn of images that say nothing to those who cannot see them, and of images that lie elsewhere."""
    found: list[nodes.Element] = [*document.findall(nodes.image), *document.findall(plain_chart)]
    for node in found:
        address = node.get("uri", "")
        if "://" in address:
            logger.warning("the image %s lies elsewhere; readers have no network", address, location=node)
        if not (node.get("alt") or "").strip() and not _is_told_else(node):
            logger.warning("%s has no alternative text", _named(node), location=_placed(node))


def _is_told_else(node: nodes.Element) -> bool:
    """Tell whether a cell's output is shown in another way than by this image."""
    return not isinstance(node, plain_chart) and bool(_TOLD_ELSE & _forms(node).keys())


def _forms(node: nodes.Element) -> dict[str, nodes.container]:
    """Return the forms in which a cell shows what is shown here, by kind; none for what no cell shows."""
    option = node.parent
    while option is not None and not (isinstance(option, nodes.container) and option.get("mime_type")):
        option = option.parent
    if option is None:
        return {}
    return {other["mime_type"]: other for other in option.parent.children if isinstance(other, nodes.container)}


def _named(node: nodes.Element) -> str:
    if isinstance(node, plain_chart):
        return "the chart that a cell shows"
    if not (forms := _forms(node)):
        return f"the image {node.get('uri', '')}"
    said = " ".join(forms["text/plain"].astext().split()) if "text/plain" in forms else ""
    return f"the image that a cell shows ({said})" if said else "the image that a cell shows"


def _placed(node: nodes.Node) -> nodes.Node:
    """Return the nearest node that knows its line."""
    at: nodes.Node = node
    while not at.line and at.parent is not None:
        at = at.parent
    return at if at.line else node


def drop_comments(app: Sphinx, document: nodes.document) -> None:
    """Take HTML that is nothing but a comment out of a page: it is an author's note, not for readers of the source."""
    for raw in [raw for raw in document.findall(nodes.raw) if _COMMENT.fullmatch(raw.astext())]:
        raw.parent.remove(raw)


def check_dollars(app: Sphinx, document: nodes.document) -> None:
    """Warn of equations that stand right beside a digit: they are read as sums of money."""
    for text in document.findall(nodes.Text):
        if isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)):
            continue
        if found := _UNREAD.search(text.astext()):
            logger.warning("an equation beside a digit is read as an amount: %s", found[0], location=_placed(text))


def check_marks(app: Sphinx, document: nodes.document) -> None:
    """Warn of roles and equations that have been read as text."""
    for text in document.findall(nodes.Text):
        if isinstance(text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.raw)):
            continue
        if text.startswith("$$") and not text.parent.index(text):
            logger.warning(
                "an equation begins and does not end: “%s”", shorten(text.parent.astext(), 60), location=_placed(text)
            )
        after = text.next_node(descend=False, siblings=True)
        if text.endswith("$") and isinstance(after, nodes.math) and _follows(after).startswith("$"):
            logger.warning("two dollars on each side, within a line: “$$%s$$”", after.astext(), location=_placed(text))
        for found in _ROLE.finditer(text):
            follows = isinstance(after, nodes.literal)
            if _is_role(app, found[1]) and (found[2] or (follows and found.end() == len(text))):
                logger.warning("the role {%s} stands apart from its words", found[1], location=_placed(text))


def _follows(node: nodes.Node) -> str:
    after = node.next_node(descend=False, siblings=True)
    return after.astext() if after is not None else ""


def _is_role(app: Sphinx, name: str) -> bool:
    domain, _, role = name.rpartition(":")
    return role in getattr(app.env.domains.get(domain or "std"), "roles", {}) or name in roles._roles  # type: ignore[attr-defined]
