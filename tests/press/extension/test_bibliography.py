"""The bibliography: each entry is set once."""

from types import SimpleNamespace

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


def test_the_installed_packages_are_looked_through_once(style, monkeypatch):
    monkeypatch.setattr("importlib.metadata.distributions", None)  # what looking through them would call
    style()
    assert find_plugin("pybtex.backends", "docutils") and find_plugin("pybtex.backends", "plaintext")


def test_entries_are_kept_from_build_to_build(app, monkeypatch):
    monkeypatch.setattr(bibliography.CachedEntries, "entries", {})
    kept = state.book(app.env).bibliography
    assert len(kept) == 1
    bibliography.use_kept_entries(app)
    assert bibliography.CachedEntries.entries is kept


# --- a and b ----------------------------------------------------------------------------------------------------------


def work(key, year, month="", names=("Gauge, Ada",), title="Rain"):
    fields = {"title": title, "year": year} | ({"month": month} if month else {})
    made = Entry("misc", fields, {"author": [Person(name) for name in names]})
    made.key = key
    return made


class Cited:
    """What the bibliography knows, and who cites what."""

    def __init__(self, *works):
        self.bibdata = SimpleNamespace(data=SimpleNamespace(entries={work.key: work for work in works}))
        targets = [SimpleNamespace(key=work.key) for work in works]
        self.citation_refs = [SimpleNamespace(docname=f"page-{target.key}", targets=[target]) for target in targets]
        self.env = SimpleNamespace(domains={"cite": self})

    @property
    def years(self):
        return {key: work.fields["year"] for key, work in self.bibdata.data.entries.items()}


APP = SimpleNamespace(config=SimpleNamespace(bibtex_reference_style="author_year"))


def test_works_of_the_same_names_and_year_are_told_apart_by_month_and_title():
    cited = Cited(
        work("late", "2021", "November"), work("early", "2021", "February"), work("other", "2020"), work("b", "2021")
    )
    assert bibliography.tell_apart(APP, cited.env) == ["page-b", "page-early", "page-late"]
    assert cited.years == {"b": "2021a", "early": "2021b", "late": "2021c", "other": "2020"}
    assert bibliography.tell_apart(APP, cited.env) == [], "the letters stay"


def test_of_many_authors_a_citation_names_one():
    many = ("Gauge, Ada", "Ice, Bo", "Snow, Cy")
    cited = Cited(work("a", "2021", names=many), work("b", "2021", names=(*many[:2], "Hail, Di")), work("c", "2021"))
    bibliography.tell_apart(APP, cited.env)
    assert cited.years == {"a": "2021a", "b": "2021b", "c": "2021"}


def test_a_letter_that_is_not_needed_any_more_goes():
    cited = Cited(work("a", "2021b"))
    assert bibliography.tell_apart(APP, cited.env) == ["page-a"] and cited.years == {"a": "2021"}


def test_letters_never_end_and_sort():
    letters = [bibliography._letter(place) for place in range(60)]
    assert letters == sorted(set(letters)) and letters[:2] == ["a", "b"]


def test_works_cited_by_number_have_no_letters():
    cited = Cited(work("a", "2021"), work("b", "2021"))
    assert (
        bibliography.tell_apart(SimpleNamespace(config=SimpleNamespace(bibtex_reference_style="label")), cited.env)
        == []
    )
    assert bibliography.tell_apart(APP, SimpleNamespace(domains={})) == []


def test_semicolons_part_the_works_of_a_citation():
    from sphinxcontrib.bibtex.plugin import find_plugin as find

    made = Config()
    made.add("bibtex_reference_style", "author_year", "env", str)
    bibliography.part_with_semicolons(None, made)
    style = find("sphinxcontrib.bibtex.style.referencing", "author_year")()
    joined = style.role_style["p"].outer("p", ["Gauge, 2024", "Gauge, 2025"]).format()
    assert joined.render_as("text") == "[Gauge, 2024; Gauge, 2025]"
