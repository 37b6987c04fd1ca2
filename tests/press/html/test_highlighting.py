"""Highlighting of code: once, and kept."""

import pytest
from sphinx.highlighting import PygmentsBridge

from press import state
from press.html.highlighting import CachedHighlighter


@pytest.fixture
def run():
    return state.BuildState()


@pytest.fixture
def highlighter(tmp_path, run):
    return CachedHighlighter(PygmentsBridge("html", "sphinx"), tmp_path, run)


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("x = 1  # rain", "python"),
        ("x = f'{1:.1f}' != 2  # rain?\nclass A: pass", "ipython3"),
        ("%matplotlib inline\nfiles = !ls\nlen?", "ipython3"),
    ],
)
def test_code_is_highlighted_as_sphinx_does(highlighter, source, language):
    expected = PygmentsBridge("html", "sphinx").highlight_block(source, language)
    assert highlighter.highlight_block(source, language) == expected


def test_each_piece_is_highlighted_once(highlighter, tmp_path, monkeypatch):
    first = highlighter.highlight_block("x = 1", "python")
    monkeypatch.setattr(PygmentsBridge, "highlight_block", None)
    assert highlighter.highlight_block("x = 1", "python") == first and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    "other", [("x = 2", "python", {}), ("x = 1", "text", {}), ("x = 1", "python", {"linenos": True})]
)
def test_what_is_asked_otherwise_is_highlighted_anew(highlighter, tmp_path, other):
    highlighter.highlight_block("x = 1", "python")
    source, language, options = other
    highlighter.highlight_block(source, language, **options)
    assert len(list(tmp_path.iterdir())) == 2


def test_another_version_of_pygments_highlights_anew(highlighter, tmp_path, monkeypatch):
    highlighter.highlight_block("x = 1", "python")
    monkeypatch.setattr("pygments.__version__", "99")
    highlighter.highlight_block("x = 1", "python")
    assert len(list(tmp_path.iterdir())) == 2


def test_what_was_warned_of_is_not_kept_so_that_it_is_warned_of_again(highlighter, run, tmp_path, monkeypatch):
    def warn(self, *arguments, **options):
        run.warnings.append("a lexer is missing")
        return "<pre>x</pre>"

    monkeypatch.setattr(PygmentsBridge, "highlight_block", warn)
    for _ in range(2):
        assert highlighter.highlight_block("x = 1", "snow") == "<pre>x</pre>"
    assert len(run.warnings) == 2 and list(tmp_path.iterdir()) == []


def test_the_builder_of_the_pages_keeps_what_it_highlights(app):
    assert isinstance(app.builder.highlighter, CachedHighlighter)
