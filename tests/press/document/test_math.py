"""Equations for the PDF."""

import pytest

from press.document import math
from press.errors import PressError


def test_latex_becomes_typst():
    assert math.to_typst(r"\frac{1}{n}", "page") == "1/n"


def test_an_equation_that_cannot_be_set_is_named_with_its_page():
    with pytest.raises(PressError) as refused:
        math.to_typst(r"\frac{1}{", "page")
    said = str(refused.value)
    assert said.startswith(r"page: the PDF cannot set the equation '\\frac{1}{' (Conversion failed: Unmatched")
    assert said.endswith(". Write it more simply.") and "\n" not in said
