"""Words of the glossary, linked where a page first uses them.

The glossary is every list of the directive `{glossary}`, and the definition lists of the page that `press_glossary`
names. A term is known by its name and by the abbreviation that follows in brackets; what follows a dash, as its name
in another language, is no part of it. One plain word (“Tariff”) is not linked: readers know it, and it is everywhere.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from press import state
from press.document.nodes import tabular, term_link

TERMS = "press_terms"  # in the metadata of a page
_NAME = re.compile(r"(?P<name>[^–(]+?)\s*(?:\((?P<short>[^)]+)\))?\s*(?:–.*)?", re.DOTALL)
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+")
_WITHIN = (nodes.paragraph, nodes.emphasis, nodes.strong, nodes.inline)
_NO_PROSE = (nodes.figure, nodes.table, tabular, nodes.footnote, nodes.citation, nodes.definition_list, nodes.topic)


class Term(NamedTuple):
    """A term: how it is written in prose, the id of its entry, what the entry says."""

    forms: tuple[str, ...]
    id: str
    meaning: str


def note_terms(app: Sphinx, document: nodes.document) -> None:
    """Note the terms that a page explains, and give each entry an id."""
    page = app.env.docname
    lists = [
        found
        for found in document.findall(nodes.definition_list)
        if page == app.config.press_glossary or "glossary" in found["classes"]
    ]
    terms = [term for found in lists for item in found.children for term in _terms(item)]  # type: ignore[arg-type]
    app.env.metadata[page][TERMS] = terms


def _terms(item: nodes.Element) -> Iterator[Term]:
    meaning = " ".join(next(item.findall(nodes.definition)).astext().split())
    for node in item.findall(nodes.term):
        forms = forms_of(node.astext())
        if not node["ids"]:
            node["ids"] = [f"term-{nodes.make_id(forms[0] if forms else node.astext())}"]
        if forms:
            yield Term(forms, node["ids"][0], meaning)


def forms_of(term: str) -> tuple[str, ...]:
    """Return how a term is written in prose: its name, its abbreviation."""
    found = _NAME.fullmatch(term.strip())
    forms = [" ".join(form.split()) for form in found.group("name", "short") if form] if found else []
    return tuple(form for form in forms if not _PLAIN_WORD.fullmatch(form))


def rewrite_all_when_terms_changed(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return all pages when the glossary changed."""
    book = state.book(env)
    now = {page: metadata[TERMS] for page, metadata in env.metadata.items() if metadata.get(TERMS)}
    before, book.terms = book.terms, now
    return sorted(env.found_docs) if before != now else []


class LinkTerms(SphinxPostTransform):
    """Link each term where a page first uses it in its prose."""

    default_priority = 800  # after all references, before Korean is marked

    def run(self, **kwargs) -> None:
        """Look at the prose of one page."""
        page = self.env.docname
        terms = [(where, term) for where, found in sorted(state.book(self.env).terms.items()) for term in found]
        by_form = {in_lower_case(form): (where, term) for where, term in terms if where != page for form in term.forms}
        if by_form and page in self.env.found_docs:
            self._link(by_form, _pattern([form for _, term in terms for form in term.forms]))

    def _link(self, by_form: dict[str, tuple[str, Term]], pattern: re.Pattern[str]) -> None:
        used: set[str] = set()
        for text in [text for text in self.document.findall(nodes.Text) if is_prose(text)]:
            parts: list[nodes.Node] = []
            at, whole = 0, text.astext()
            for match in pattern.finditer(whole):
                where, term = by_form.get(in_lower_case(match["form"]), ("", None))
                if term is None or term.id in used:
                    continue
                used.add(term.id)
                address = f"{self.app.builder.get_relative_uri(self.env.docname, where)}#{term.id}"
                link = term_link("", match[0], refuri=address, meaning=term.meaning)
                parts += [nodes.Text(whole[at : match.start()]), link]
                at = match.end()
            if parts:
                text.parent.replace(text, [part for part in [*parts, nodes.Text(whole[at:])] if part.astext()])


def in_lower_case(form: str) -> str:
    """Return a form as it is looked up: a name that is no proper name also stands in lower case."""
    return form[0].lower() + form[1:] if form[1:] == form[1:].lower() else form


def _pattern(forms: list[str]) -> re.Pattern[str]:
    """Return what finds terms, the longest first; also in the plural."""
    written = sorted({other for form in forms for other in (form, in_lower_case(form))}, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?P<form>{'|'.join(map(re.escape, written))})s?(?![\w-])")


def is_prose(text: nodes.Text) -> bool:
    """Tell whether a text stands in a paragraph, in no link, code, equation, or caption."""
    node = text.parent
    while isinstance(node, _WITHIN) and not isinstance(node, nodes.paragraph):
        if "number" in node["classes"]:
            return False
        node = node.parent
    if not isinstance(node, nodes.paragraph):
        return False
    while node is not None:
        if isinstance(node, _NO_PROSE) or {"legend", "table-legend"} & set(node["classes"]):
            return False
        node = node.parent
    return True
