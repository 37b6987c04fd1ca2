"""Equations in words."""

import pytest

from press.document.math_speech import spoken


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\pi_t", "pi sub t"),
        (r"H = \sum s_i^2", "H equals the sum of s sub i squared"),
        (r"\sum_{t=1}^{T} m_t", "the sum from t equals 1 to T of m sub t"),
        (r"\bar r = \frac{1}{n}", "r bar equals the fraction 1 over n, end of fraction"),
        (
            r"A_t = A_{t-1} \left(1 + \frac{g_{t-1}}{100}\right)",
            "A sub t equals A sub t minus 1 open parenthesis 1 plus the fraction g sub t minus 1 over 100, end of "
            "fraction close parenthesis",
        ),
        (r"a \, b \\ c & d", "a b, c d"),
        (r"\text{rain} \times 1,000.5", "rain times 1,000.5"),
        (r"x^{n+1} \le \sqrt{2}", "x to the power n plus 1 is at most the root of 2, end of root"),
        (r"\begin{aligned}x &= 1\end{aligned}", "x equals 1"),
        (r"\left. {a} \right)", "a close parenthesis"),
        (r"50\% \alpha'", "50 percent alpha prime"),
        ("", ""),
    ],
)
def test_an_equation_is_read_aloud(latex, words):
    assert spoken(latex) == words


@pytest.mark.parametrize("latex", ["{", "\\", "_", "^", r"\frac{1}", r"\sum_", r"\left", "}"])
def test_what_is_not_whole_is_said_as_far_as_it_goes(latex):
    assert isinstance(spoken(latex), str)
