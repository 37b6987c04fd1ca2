"""How what an author has hidden becomes HTML."""

from html import escape

from sphinx.writers.html5 import HTML5Translator

from press.document.nodes import folded


def visit_folded(self: HTML5Translator, node: folded) -> None:
    """Begin what is folded away."""
    self.body.append(f'<details class="folded"><summary>{escape(node["label"])}</summary>\n')


def depart_folded(self: HTML5Translator, node: folded) -> None:
    """End what is folded away."""
    self.body.append("</details>\n")
