"""The PDFs of the book: their names, and their text as tests compare it."""

import re
import unicodedata
from functools import cache

import pymupdf

BOOK, ANNEX = "us-rok-alliance.pdf", "us-rok-alliance-annex.pdf"
BRIEFS = [f"us-rok-alliance-brief{kind}.pdf" for kind in ("", "-letter", "-ko")]


@cache
def texts(path):
    """Return the text of each page of a file that no test writes."""
    with pymupdf.open(path) as opened:
        return [page.get_text() for page in opened]


def solid(text):
    """Text without what line breaks do to it: spaces, hyphens, and what forbids a break."""
    return re.sub(r"[\s\u00ad\u2010\u2060-]+", "", unicodedata.normalize("NFKC", text))
