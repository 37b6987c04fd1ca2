"""Sphinx's resolved tree as Typst markup: the parts of the translator, joined."""

from press.pdf.api_signatures import Signatures
from press.pdf.blocks import Blocks
from press.pdf.equations import Equations
from press.pdf.inline import Inlines
from press.pdf.markup import string, words
from press.pdf.pictures import Pictures
from press.pdf.sections import Sections
from press.pdf.tables import Tables

__all__ = ["Translator", "string", "words"]


class Translator(Sections, Tables, Pictures, Signatures, Blocks, Equations, Inlines):
    """Write one tree as a Typst document; `text` collects what will be set, `problems` what cannot be.

    A method `render_x` sets the node `x`.
    """
