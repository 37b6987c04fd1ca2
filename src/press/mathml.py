"""Equations: MathML on the page (no script, no fonts), Typst in the PDF."""

from docutils.nodes import SkipNode
from latex2mathml.converter import convert
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from press.errors import PressError


def typst(latex: str, where: str) -> str:
    """LaTeX as Typst math."""
    from tex2typst import tex2typst

    try:
        return tex2typst(latex)
    except Exception as error:  # the converter raises bare exceptions of many kinds
        raise PressError(
            where, f"the PDF cannot set the equation {latex!r} ({error}).", "Write it more simply."
        ) from error


def visit_inline(self: HTML5Translator, node) -> None:
    self.body.append(convert(node.astext(), display="inline"))
    raise SkipNode


def visit_block(self: HTML5Translator, node) -> None:
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(f'<div class="formula" tabindex="0">{convert(node.astext(), display="block")}</div>')
    if node["number"]:
        self.body.append(f'<span class="equation-number">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise SkipNode
