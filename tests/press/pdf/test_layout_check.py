"""The finished PDF read back."""

import pytest

from press.pdf.layout_check import check_layout

PAGE = """#set document(title: "x")
#set page(width: 300pt, height: 200pt, margin: 30pt)
= First
{}
"""


@pytest.fixture
def faults(tmp_path):
    """What is said of a page with some markup on it."""
    import typst

    def faults(markup):
        pdf = typst.Compiler(PAGE.format(markup).encode()).compile(pdf_standards=["ua-1"])
        (tmp_path / "a.pdf").write_bytes(pdf)
        return [str(problem) for problem in check_layout(tmp_path / "a.pdf", tmp_path / "kept.txt")]

    return faults


def test_a_page_as_it_should_be(faults):
    assert faults('Words (in ((nested) parentheses)) and #super[1] ₩1 — ffi. #raw("a(b")') == []


def test_words_off_the_paper_are_quoted_with_their_place(faults):
    (said,) = faults('#box(width: 400pt, "abc" + h(300pt) + "(gone)")')
    assert said.startswith("“First”, page 1 of the PDF: “(gone)” leaves the paper.")
    assert "below" in faults("#place(bottom, dy: 50pt)[below]")[0]


def test_braces_under_an_equation_lie_on_nothing(faults):
    brace = "underbrace(E[Y_1 - Y_0 | T = 1], A)"
    assert faults(f'#math.equation(alt: "x", block: true, ${brace}$)') == []


def test_words_on_one_another(faults):
    (said,) = faults("#place(dx: 10pt)[Hello over] #place(dx: 30pt)[Another]")
    assert "“Hello over” and “Another” lie on one another" in said


def test_type_that_cannot_be_read(faults):
    assert "type of 1.0 points" in faults("#text(size: 1pt)[tiny]")[0]


def test_pages_that_were_good_are_not_read_again(faults, tmp_path, monkeypatch):
    assert faults("Words") == []
    monkeypatch.setattr("press.pdf.layout_check._faults", lambda *_: ["read again"])
    assert faults("Words") == []
    assert "read again" in faults("Other words")[0]
