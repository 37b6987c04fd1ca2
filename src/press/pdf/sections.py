"""The book, its pages, and their sections."""

from datetime import datetime

from docutils import nodes

from press.pdf.base import Base
from press.pdf.markup import string, words


class Sections(Base):
    """Sets the book, its pages, sections, and headings."""

    def document(self, built: datetime) -> str:
        """Return the whole book: the template's call, then its body."""
        body = self.reach(self.begin_page() + self.children(self.tree))
        facts = {
            "title": self.config.html_title,
            "subtitle": self.config.press_subtitle,
            "author": self.config.author,
            "edition": self.config.press_edition,
            "imprint": self.config.press_imprint,
            "language": self.config.language or "en",
        }
        self.text.append(("the title page", "\n".join(facts.values())))
        settings = ", ".join(f"{key}: {string(value)}" for key, value in facts.items())
        date = f"datetime(year: {built.year}, month: {built.month}, day: {built.day})"
        return f'#import "template.typ": *\n#show: book.with({settings}, date: {date})\n\n{body}'

    def render_document(self, node) -> str:
        return self.children(node)

    def render_start_of_file(self, node) -> str:
        """Set a page; one below another is a section of it."""
        outer, self.page, self.level = (self.page, self.level), node["docname"], self.nesting
        self.nesting += 1
        body = self.begin_page() + self.children(node)
        self.nesting -= 1
        self.page, self.level = outer
        return body

    def begin_page(self) -> str:
        """Return the place to link to where a page begins."""
        self.anchored.add((self.page, ""))
        return self.anchor("") + "\n"

    def render_section(self, node) -> str:
        self.level += 1
        body = self.children(node)
        self.level -= 1
        return body

    def render_title(self, node) -> str:
        """Set a heading; the title of a box is none."""
        if not isinstance(node.parent, (nodes.section, nodes.document)):
            return f"#box-title[{self.children(node)}]\n\n"
        return f"\n#heading(level: {max(1, self.level)})[{self.number(node)}{self.children(node)}]\n\n"

    render_subtitle = render_title

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
