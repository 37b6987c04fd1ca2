"""The book, its pages, and their sections."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from docutils import nodes
from sphinx import addnodes

from press import state
from press.pdf.base import Elsewhere
from press.pdf.documents import page_above, page_of
from press.pdf.floats import near_their_names
from press.pdf.markup import string, words
from press.pdf.qr_code import address_code
from press.pdf.statuses import Statuses

_OWN_KINDS = ("figure", "table", "code-block", "section")  # whose numbers stand in captions and headings


class Sections(Statuses):
    """Sets the book, its pages, sections, and headings."""

    def document(
        self, built: datetime, elsewhere: dict[str, Elsewhere] | None = None, named: Collection[str] = ()
    ) -> str:
        """Return the whole document: the template's call, then its body.

        Parameters
        ----------
        built : datetime
            When the book was built.
        elsewhere : dict, optional
            Place to link to → the other document where it is.
        named : collection of str, optional
            Places whose pages other documents name.
        """
        config, own = self.config, self.own
        facts = {
            "form": own.form,
            "paper": own.paper,
            "name": own.name if own.file != config.press_pdf else "",
            "title": own.title or config.html_title,
            "subtitle": own.subtitle or config.press_subtitle,
            "author": config.author,
            "edition": config.press_edition,
            "imprint": config.press_imprint,
            "blurb": config.press_back_cover,
            "license": config.press_license,
            "address": config.html_baseurl,
            "language": own.language or config.language or "en",
        }
        body = self.reach(self.body, elsewhere or {})
        opening = self.reach(self.all_items() if self.own.board else "", elsewhere or {})
        self.text.append(("the title page", "\n".join(facts.values())))
        settings = ", ".join(f"{key}: {string(value)}" for key, value in facts.items())
        date = f"datetime(year: {built.year}, month: {built.month}, day: {built.day})"
        keywords = ", ".join(map(string, config.press_keywords))
        settings += f", opening: [{opening}], marks: ({self.marks()}), "
        settings += f"totals: ({self.totals(state.book(self.env).ledger.entries('item'))}), date: {date}"
        settings += f", index: {str(own.index).lower()}, code: {string(address_code(config.html_baseurl))}"
        settings += f", imprint-facts: ({self.imprint_facts()})"
        settings += f", keywords: ({keywords}{',' if keywords else ''})"
        asked = "".join(f"{string(place)}, " for place in sorted(self.places & (self.linked | {*named})))
        return f'#import "template.typ": *\n#show: book.with({settings})\n\n{body}\n#places(({asked}))\n'

    def imprint_facts(self) -> str:
        """Return further lines of the imprint: a name, and what it says."""
        repository = {"Repository": self.config.press_repository} if self.config.press_repository else {}
        facts = self.config.press_imprint_facts | repository
        self.text += [("the imprint", text) for fact in facts.items() for text in fact]
        return "".join(f"({string(name)}, {string(said)}), " for name, said in facts.items())

    @cached_property
    def body(self) -> str:
        """What the document holds, one page after the other."""
        set_: list[str] = []
        above = None
        for unit in self.share.units:
            parent = page_above(unit)
            if parent in self.share.units and isinstance(unit, addnodes.start_of_file):
                continue  # it is set where its page above is
            alone = parent if parent not in self.share.units else None
            if alone is not None and alone is not above:
                set_.append(
                    f"{self.new_part(False)}#heading(level: 1)[{words(self.env.titles[alone['docname']].astext())}]\n\n"
                )
            above, self.nesting = alone, int(alone is not None)
            set_.append(self.unit(unit))
        return "".join(set_)

    def unit(self, node: nodes.Element) -> str:
        """Return a page, or a section that stands without its page."""
        if not isinstance(node, nodes.section):
            return self.start_of_file(node)
        self.page, self.level = page_of(node)["docname"], self.nesting
        return self.anchors(node) + self.section(node)

    def render_document(self, node) -> str:
        return self.children(node)

    def render_start_of_file(self, node) -> str:
        """Set a page below another, if it stands in this document; it is a section of that."""
        return self.start_of_file(node) if node in self.share.units else ""

    def start_of_file(self, node) -> str:
        """Return a page with those below it."""
        outer, self.page, self.level = (self.page, self.level), node["docname"], self.nesting
        self.nesting += 1
        below = addnodes.start_of_file if isinstance(node, nodes.document) else ()
        parts = [self.render(child) for child in node.children if not isinstance(child, below)]
        self.nesting -= 1
        opened = "" if self.nesting else self.new_part(bool(self.env.toc_secnumbers.get(node["docname"])))
        body = opened + self.begin_page() + "".join(parts)
        self.page, self.level = outer
        return body

    def new_part(self, numbered: bool) -> str:
        """Return the end of what stands before a part of its own; a brief has none."""
        return "" if self.own.form == "brief" else f"\n#new-part({str(numbered).lower()})\n"

    def begin_page(self) -> str:
        """Return the place to link to where a page begins."""
        self.anchored.add((self.page, ""))
        self.names[f"{self.page}#"] = self.env.titles[self.page].astext()
        return self.anchor("") + "\n"

    def render_section(self, node) -> str:
        return "" if node in self.share.left_out else self.section(node)

    def section(self, node) -> str:
        """Return a section one level below that at hand."""
        self.level += 1
        body = "".join(near_their_names([self.render(child) for child in node.children]))
        self.level -= 1
        return body

    def render_title(self, node) -> str:
        """Set a heading; the title of a box is none."""
        if not isinstance(node.parent, (nodes.section, nodes.document)):
            return f"#box-title[{self.numbered_kind(node.parent)}{self.children(node)}]\n\n"
        level, number = max(1, self.level), self.number(node)
        self.name(node.parent, node.astext())
        kind = "numbered" if number else "page" if self.is_first(node.parent) else "section"
        before = "".join(map(self.anchors, node.findall(nodes.Element)))  # the contents repeat what is in a heading
        return f"\n{before}#heading(level: {level}, supplement: [{kind}])[{number}{self.children(node)}]\n\n"

    render_subtitle = render_title

    def numbered_kind(self, box) -> str:
        """Return what a box of another extension is, and its number, as on the page: Theorem 1, Exercise 2."""
        kinds = self.env.toc_fignumbers.get(self.page, {})
        found = [(kind, numbers[id]) for kind, numbers in kinds.items() for id in box["ids"] if id in numbers]
        kind, number = found[0] if found else ("", ())
        if not found and not box.next_node(nodes.title).astext().partition(" ")[0]:  # the page puts the kind before it
            kind = str(box.get("type", ""))
        if kind in _OWN_KINDS or not (name := box.get("realtype") or kind):
            return ""
        title = " ".join(filter(None, [name.title(), ".".join(map(str, number))]))
        self.text.append((self.page, title))
        return words(title)

    def number(self, title) -> str:
        """Return the section's number, as on the page."""
        numbers = self.env.toc_secnumbers.get(self.page, {})
        section = title.parent
        keys = [f"#{id}" for id in section["ids"]] + ([""] if self.is_first(section) else [])
        found = next((numbers[key] for key in keys if key in numbers), None)
        return words(".".join(map(str, found)) + "\u2002") if found else ""

    def is_first(self, section) -> bool:
        """Tell whether a section is the page itself."""
        return isinstance(section.parent, nodes.document) or type(section.parent).__name__ == "start_of_file"
