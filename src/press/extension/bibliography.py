"""The bibliography: each entry is set once, though it is asked for at every citation and by every builder."""

import re
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, cast

from pybtex.database import Entry
from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from press import patches, state

if TYPE_CHECKING:
    from sphinxcontrib.bibtex.domain import BibtexDomain

_GROUP = "pybtex.style.formatting"
_PLAIN = "pybtex.backends", "plaintext"  # asked for at every citation: what is registered is found at once
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(\d{4})[a-z]*")
_NAMED = 2  # authors whom a citation names; of more it names the first


class CachedEntries:
    """A mixin for pybtex styles that sets an entry once, and after that only gives it back."""

    entries: ClassVar[dict] = {}  # those of the book that is built, see `use_kept_entries`

    def format_entry(self, label, entry, bib_data=None):
        """Return the entry as the style sets it; one that was set before is not set again."""
        key = type(self).__qualname__, label, repr(entry)
        if key not in self.entries:
            self.entries[key] = super().format_entry(label, entry, bib_data)  # type: ignore[misc]
        return self.entries[key]


def cache_style(app: Sphinx, config: Config) -> None:
    """Register the style that the book has chosen, with a cache."""
    if "bibtex_default_style" not in config:  # a book without a bibliography
        return
    patches.look_through_packages_once()
    register_plugin(*_PLAIN, find_plugin(*_PLAIN), force=True)
    style = find_plugin(_GROUP, config.bibtex_default_style)
    if issubclass(style, CachedEntries):
        return
    register_plugin(_GROUP, config.bibtex_default_style, type(style.__name__, (CachedEntries, style), {}), force=True)


def part_with_semicolons(app: Sphinx, config: Config) -> None:
    """Let semicolons part the works of one citation: within a work a comma stands before its year."""
    if "bibtex_reference_style" not in config:  # a book without a bibliography
        return
    from sphinxcontrib.bibtex.plugin import register_plugin
    from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

    class Style(AuthorYearReferenceStyle):
        def __init__(self):
            super().__init__()
            self.bracket_parenthetical.sep = "; "

    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year", Style, force=True)


def use_kept_entries(app: Sphinx) -> None:
    """Let the style find the entries that an earlier build has set; they are kept with Sphinx's environment."""
    CachedEntries.entries = state.book(app.env).bibliography


def tell_apart(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give works that are cited by the same names and year a letter behind the year: 2021a, 2021b, by month and title.

    Returns
    -------
    list of str
        The pages that cite a work whose letter is another than before.
    """
    domain = env.domains.get("cite")
    if domain is None or not str(app.config.bibtex_reference_style).startswith("author_year"):
        return []
    citations = cast("BibtexDomain", domain).citation_refs
    known = cast("BibtexDomain", domain).bibdata.data.entries
    keys = {target.key for citation in citations for target in citation.targets}
    cited = sorted((known[key] for key in keys if key in known), key=_in_order)
    before = {entry.key: entry.fields.get("year", "") for entry in cited}
    for _, group in groupby(cited, _cited_as):
        alike = list(group)
        for place, entry in enumerate(alike):
            if year := _year(entry):
                entry.fields["year"] = year + (_letter(place) if len(alike) > 1 else "")
    changed = {entry.key for entry in cited if entry.fields.get("year", "") != before[entry.key]}
    return sorted({each.docname for each in citations if changed & {target.key for target in each.targets}})


def _cited_as(entry: Entry) -> tuple[str, str]:
    """Return the names and the year that a citation prints."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join([*person.prelast_names, *person.last_names]) for person in persons]
    if not names:
        return entry.fields.get("title", ""), _year(entry)
    return " ".join(names if len(names) <= _NAMED else [names[0], "et al."]), _year(entry)


def _in_order(entry: Entry) -> tuple:
    month = entry.fields.get("month", "")[:3].lower()
    return *_cited_as(entry), _MONTHS.index(month) if month in _MONTHS else -1, entry.fields.get("title", ""), entry.key


def _year(entry: Entry) -> str:
    """Return the year of a work without its letter."""
    year = entry.fields.get("year", "")
    return found[1] if (found := _YEAR.fullmatch(year)) else year


def _letter(place: int) -> str:
    """Return a, b, …, z, za, zb, …, which sort in this order."""
    return "z" * (place // 25) + "abcdefghijklmnopqrstuvwxy"[place % 25]
