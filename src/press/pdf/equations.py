"""Equations."""

import re
from typing import cast

from docutils import nodes
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from press.document import math
from press.document.math_speech import spoken
from press.errors import PressError
from press.pdf.base import Base
from press.pdf.markup import string, words


class Equations(Base):
    """Sets equations, with words for those who cannot see them."""

    def typst(self, node, latex: str) -> str | None:
        """Return LaTeX as Typst math; where that cannot be, note it and return None."""
        try:
            return math.to_typst(latex)
        except math.EquationError as error:
            self.problems.append(
                PressError(
                    self.place_of(node),
                    f"the PDF cannot set the equation “{node.astext().strip()}”: {error}.",
                    "Write it with commands that it knows, or define the macro under mathjax3_config in _config.yml.",
                )
            )
            return None

    def as_written(self, node) -> str:
        """Return an equation that cannot be set as its LaTeX, as the page shows it."""
        kind = nodes.literal if isinstance(node, nodes.math) else nodes.literal_block
        return self.render(kind("", node.astext().strip()))

    def said(self, node) -> str:
        """Return an equation in words, or as it is written where that says nothing."""
        latex = re.sub(r"\\(?:label|tag\*?)\s*\{[^{}]*\}", "", math.without_tag(node.astext())[0])
        return spoken(latex) or node.astext()

    def render_math(self, node) -> str:
        made = self.typst(node, node.astext())
        return self.as_written(node) if made is None else f"#term({string(self.said(node))}, ${made}$)"

    def render_math_block(self, node) -> str:
        self.builder.fignumbers = self.env.toc_fignumbers.get(self.page, {})  # as a page builder holds them
        number = f"({get_node_equation_number(cast(HTML5Translator, self), node)})" if node.get("number") else ""
        latex, tag = math.without_tag(node.astext())
        label = f"[{words(tag or number)}]" if tag or number else "none"
        made = self.typst(node, latex)
        if made is None:
            return self.as_written(node)
        return f"#formula({label}, {string(self.said(node))}, $ {made} $)\n\n"
