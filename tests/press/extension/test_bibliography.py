"""The bibliography: each entry is set once."""

import pytest
from pybtex.database import Entry, Person
from pybtex.plugin import find_plugin
from sphinx.config import Config

from press import state
from press.extension import bibliography

GROUP = "pybtex.style.formatting"
GAUGE = Entry(
    "book", {"title": "How Rain Is Measured", "publisher": "Nobody", "year": "2024"}, {"author": [Person("Gauge, Ada")]}
)


def config():
    """The settings of a book with a bibliography."""
    made = Config()
    made.add("bibtex_default_style", "unsrtalpha", "env", str)
    return made


@pytest.fixture
def style(monkeypatch):
    """The style that the book has chosen, with a cache of its own."""
    bibliography.cache_style(None, config())
    found = find_plugin(GROUP, "unsrtalpha")
    monkeypatch.setattr(bibliography.CachedEntries, "entries", {})
    return found


def test_the_chosen_style_is_cached_and_is_still_that_style(style):
    assert issubclass(style, bibliography.CachedEntries) and style.__mro__[2].__module__.startswith(
        "pybtex.style.formatting"
    )
    text = style().format_entry("Gau24", GAUGE).text.render_as("text")
    assert text == "Ada Gauge. How Rain Is Measured. Nobody, 2024."


def test_an_entry_is_set_once(style):
    first = style().format_entry("Gau24", GAUGE)
    assert style().format_entry("Gau24", GAUGE) is first


@pytest.mark.parametrize(("label", "year"), [("Gau25", "2024"), ("Gau24", "2025")])
def test_another_entry_or_label_is_set_anew(style, label, year):
    first = style().format_entry("Gau24", GAUGE)
    other = Entry(
        "book",
        {"title": "How Rain Is Measured", "publisher": "Nobody", "year": year},
        {"author": [Person("Gauge, Ada")]},
    )
    made = style().format_entry(label, other)
    assert made is not first and made.label == label and year in made.text.render_as("text")


def test_the_style_is_registered_once(style):
    bibliography.cache_style(None, config())
    assert find_plugin(GROUP, "unsrtalpha") is style


def test_a_book_without_a_bibliography_has_no_style(monkeypatch):
    monkeypatch.setattr(bibliography, "register_plugin", None)
    bibliography.cache_style(None, Config())


def test_what_a_style_would_look_up_each_time_is_looked_up_already(style, monkeypatch):
    monkeypatch.setattr("pybtex.plugin.entry_points", None)
    style()
    assert find_plugin("pybtex.backends", "docutils") and find_plugin("pybtex.backends", "plaintext")


def test_entries_are_kept_from_build_to_build(app, monkeypatch):
    monkeypatch.setattr(bibliography.CachedEntries, "entries", {})
    kept = state.book(app.env).bibliography
    assert len(kept) == 1
    bibliography.use_kept_entries(app)
    assert bibliography.CachedEntries.entries is kept
