"""Alternative texts of pictures that cells show."""

from docutils import nodes
from sphinx.application import Sphinx


def describe_pictures(app: Sphinx, document: nodes.document) -> None:
    """Give to each picture without a text what its object says of itself, where that is more than its type."""
    for option in [node for node in document.findall(nodes.container) if node.get("mime_type") == "text/plain"]:
        text = " ".join(option.astext().split())
        if not text or text.startswith("<"):
            continue
        for image in option.parent.findall(nodes.image):
            if not (image.get("alt") or "").strip():
                image["alt"] = text
