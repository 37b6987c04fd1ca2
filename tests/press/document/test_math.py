"""Equations for the PDF."""

import pytest
from docutils import nodes

from press.document import math
from press.pdf.translator import Translator


def test_latex_becomes_typst():
    assert math.to_typst(r"\frac{1}{n}") == "frac(1, n)"


def test_an_equation_that_cannot_be_set_is_named_with_its_page(app, tmp_path):
    with pytest.raises(math.EquationError, match=r"^Unmatched") as refused:
        math.to_typst(r"\frac{1}{")
    tree = nodes.document(None, None, "", nodes.paragraph("", "", nodes.math("", r"\frac{1}{")), docname="book/page")
    tree[0].line = 7
    book = Translator(app.builder, tree, tmp_path, tmp_path)
    book.children(tree)
    (said,) = map(str, book.problems)
    assert said.startswith(
        rf"book/page, line 7: the PDF cannot set the equation “\frac{{1}}{{”: {refused.value}. Write it"
    )
    assert said.endswith(" under mathjax3_config in _config.yml.") and "\n" not in said
