"""Warnings of a build: each is told once, with its place and a remedy, and stops it."""

import logging
from pathlib import Path

import pytest
from docutils import nodes
from docutils.utils import new_document

from press.errors import PressError
from press.extension.warnings import WarningCollector, combined, stop_on_warnings

ROOT = Path("/rain")


@pytest.fixture
def texts():
    """What a collector has collected of what was logged."""
    return []


@pytest.fixture
def warn(texts):
    """Log a warning from somewhere."""
    logger = logging.Logger("rain")
    logger.addHandler(WarningCollector(ROOT, texts))

    def warn(message, *arguments, location=None, level=logging.WARNING):
        logger.log(level, message, *arguments, extra={"location": location} if location else {})

    return warn


def node(line):
    document = new_document("/rain/book/index.md")
    made = nodes.paragraph("", "Rain.")
    document += made
    made.source, made.line = "/rain/book/index.md", line
    return made


@pytest.mark.parametrize(
    ("location", "where"),
    [
        (None, "the book"),
        ("/rain/book/index.md:3", "book/index.md, line 3"),
        ("/rain/notebooks/01.ipynb:20005", "notebooks/01.ipynb, cell 2, line 5"),
        ("/rain/book/index.md", "book/index.md"),
        (("/rain/book/index.md", 3), "book/index.md, line 3"),
        (("/rain/book/index.md", None), "book/index.md"),
        (node(7), "book/index.md, line 7"),
        ("elsewhere/a.md:3", "elsewhere/a.md, line 3"),
    ],
    ids=str,
)
def test_a_warning_says_where_it_comes_from(warn, texts, location, where):
    warn("It %s", "rains", location=location)
    assert texts == [f"{where}: It rains."]


def test_a_warning_of_others_gets_a_remedy(warn, texts):
    warn("undefined label: 'snow'", location="/rain/a.md:1")
    assert texts == [
        "a.md, line 1: undefined label: 'snow'. Correct the label, or give it to a figure, table or section."
    ]


def test_what_is_less_than_a_warning_is_not_kept(warn, texts):
    warn("It rains", level=logging.INFO)
    warn("It pours", level=logging.ERROR)
    assert texts == ["the book: It pours."]


def test_the_same_warning_is_told_once(warn, texts):
    warn("It rains")
    warn("It rains")
    assert len(texts) == 1


def test_what_a_fork_hands_over_names_its_place_once(warn, texts):
    """Sphinx puts place and level into the message of a record that passes between processes."""
    warn("/rain/a.md:3: WARNING: It rains", location="/rain/a.md:3")
    warn("WARNING: It pours")
    assert texts == ["a.md, line 3: It rains.", "the book: It pours."]


def test_no_warning_stops_nothing():
    stop_on_warnings([])


def test_one_warning_is_the_message():
    with pytest.raises(PressError, match=r"^the book is not built: a\.md: It rains\. $"):
        stop_on_warnings(["a.md: It rains."])


def test_several_problems_are_numbered():
    with pytest.raises(PressError, match=r"2 problems:\n  1\. a\.md: It rains\.\n  2\. It pours\."):
        stop_on_warnings(["a.md: It rains.", "It pours."])


def test_one_problem_of_the_book_is_raised_as_it_is():
    problem = PressError("a.md", "it rains.", "Take an umbrella.")
    assert combined([problem]) is problem
