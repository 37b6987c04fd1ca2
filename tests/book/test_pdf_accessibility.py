"""The built PDFs by independent checkers: of PDF/UA-1, and of what is said to those who cannot see them."""

import outloud
import pdfua
import pytest
from pdfs import ANNEX, BOOK, BRIEFS, solid, texts

pytestmark = pytest.mark.slow


def test_an_independent_checker_finds_nothing(book):
    """Of PDF/UA-1, pdfua checks 16 of 106 rules; it says itself that this is no statement of conformance."""
    for name in (BOOK, ANNEX, *BRIEFS):
        assert list(pdfua.validate(str(book / "pdf" / name)).findings) == [], name


# What outloud says of the book and its annex, and why it stands.
ACCEPTED = {
    "TAG-002": "words marked as decoration: a running head, or the head of a table on its next page, repeats them",
    "TBL-010": "too many heads: a table of one row, whose first cell names it as in all tables",
    "TBL-014": "a grid of lines is no table: the lines of a chart, whose words are its alternative text",
    "FIG-012": "an alternative text that is no language: it tells many numbers",
    "ORD-001": "painted in another order than it is read: figures at the head of a page belong to what stands below",
    "PAG-001": "words on many pages are no running head: promises have the same headings and name the same chapters",
}


@pytest.mark.parametrize("name", [BOOK, ANNEX, *BRIEFS])
def test_a_checker_of_what_is_said_finds_only_what_we_know_why(book, name):
    """A brief has nothing to accept but the order in which its columns are painted."""
    said = outloud.check(str(book / "pdf" / name))
    known = {"ORD-001"} if name in BRIEFS else set(ACCEPTED)
    assert not said.error and {finding.rule for finding in said.findings} <= known, said.findings
    repeated = [solid(finding.evidence) for finding in said.findings if finding.rule == "TAG-002"]
    text = solid("".join(texts(book / "pdf" / name)))
    assert all(text.count(words) > 1 for words in repeated), repeated
