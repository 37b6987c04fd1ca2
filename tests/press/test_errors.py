"""What went wrong is told with its place and a remedy."""

import pickle

import pytest
from sphinx.errors import SphinxError

from press.errors import PressError, UntrueClaim, explain, place, with_remedy


def test_a_problem_says_where_what_and_what_to_do():
    problem = PressError("chapter", "it is wrong.", "Mend it.")
    assert str(problem) == "chapter: it is wrong. Mend it."
    assert isinstance(problem, SphinxError), "Sphinx's own command tells it without a traceback"


@pytest.mark.parametrize("kind", [PressError, UntrueClaim])
def test_a_problem_comes_whole_from_another_process(kind):
    problem = pickle.loads(pickle.dumps(kind("chapter", "it is wrong.", "Mend it.")))
    assert type(problem) is kind and (problem.where, problem.what, problem.remedy) == (
        "chapter",
        "it is wrong.",
        "Mend it.",
    )


def test_a_problem_of_the_book_is_found_however_deep_it_is_wrapped():
    inner = PressError("chapter", "it is wrong.", "Mend it.")
    outer = RuntimeError("theme error")
    outer.orig_exc = ValueError("again")
    outer.orig_exc.__cause__ = inner
    assert explain(outer) == explain(inner) == "chapter: it is wrong. Mend it."


def test_any_other_failure_says_what_and_where():
    failure = KeyError("rain")
    failure.add_note("notebooks/01-rainfall")
    assert explain(failure) == "notebooks/01-rainfall: KeyError: 'rain'."


def test_what_a_handler_raised_says_more_than_sphinxs_words_about_it():
    outer = SphinxError("Handler <function on_read> for event 'doctree-read' threw an exception")
    outer.orig_exc = ValueError("no rain")
    assert explain(outer) == "ValueError: no rain."


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("could not find bibtex key 'gauge'", "could not find bibtex key 'gauge'. Add it to the bibliography, or"),
        ("undefined label: 'snow' ..", "undefined label: 'snow'. Correct the label"),
        (
            "Unknown directive type 'snow'.",
            "Unknown directive type 'snow'. Correct its name, or load the extension that defines it.",
        ),
        ("it rains", "it rains."),
    ],
)
def test_what_others_say_gets_a_remedy(message, says):
    assert with_remedy(message).startswith(says)


@pytest.mark.parametrize("line, says", [(None, "page"), (7, "page, line 7"), (30_012, "page, cell 3, line 12")])
def test_a_line_of_a_chapter_is_a_line_of_a_cell(line, says):
    assert place("page", line) == says
