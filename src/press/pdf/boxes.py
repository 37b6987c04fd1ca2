"""Admonitions, sidebars, and what sphinx-design offers: laid out plainly, one below the other."""

from docutils import nodes
from sphinx.locale import admonitionlabels

from press.pdf.base import Base
from press.pdf.markup import string, words

_STYLED = {"chapter-card": "card", "lead": "lead"}
_BOXES = ("dropdown", "card", "tab-item")  # of sphinx-design; what else it knows only arranges these


class Boxes(Base):
    """Sets what stands in a box of its own."""

    def render_topic(self, node) -> str:
        return f"#aside[{self.within(node)}]\n\n"

    render_sidebar = render_topic

    def render_Admonition(self, node) -> str:
        """Set a box; docutils' own kinds are named by their label, others by the title that they bring along."""
        label = admonitionlabels.get(node.tagname, "")
        if not label and len(node) == 1 and isinstance(node.children[0], nodes.Admonition):
            return self.children(node)  # a box that is no more than another
        title = "" if isinstance(node.next_node(nodes.title, descend=True), nodes.title) and not label else str(label)
        return self.box(title, self.within(node))

    def box(self, title: str, body: str) -> str:
        """Return a box with a title of plain text, if it has one."""
        self.text.append((self.page, title))
        return f"#aside[{f'#box-title[{words(title)}]' if title else ''}{body}]\n\n"

    def render_versionmodified(self, node) -> str:
        return f"#aside[{self.within(node)}]\n\n"

    def render_container(self, node) -> str:
        """Return a box of no meaning; the legend of a table is set with the table."""
        if "table-legend" in node["classes"]:
            return ""
        if "literal-block-wrapper" in node["classes"]:
            return self.listing(node)
        if isinstance(next(iter(node.children), None), nodes.citation):
            return f"#works[{self.children(node)}]\n\n"
        if "key-numbers" in node["classes"]:
            return self.key_numbers(node)
        if kinds := [call for name, call in _STYLED.items() if name in node["classes"]]:
            return f"#{kinds[0]}[{self.children(node)}]\n\n"
        component = node.get("design_component")
        if component in _BOXES:
            return f"#aside[{self.within(node)}]\n\n"
        if component in ("card-title", "card-header"):
            return f"#box-title[{self.children(node)}]\n\n"
        return self.children(node)

    def key_numbers(self, node) -> str:
        """Return numbers that stand large beside one another; each item of the list begins with one, in bold type."""
        pairs = []
        for number in list(node.findall(nodes.strong)):
            sentence, after = number.parent, number.parent.index(number) + 1
            for blank in [child for child in sentence.children[after : after + 1] if isinstance(child, nodes.Text)]:
                sentence.replace(blank, nodes.Text(blank.lstrip()))
            what = "".join(self.render(child) for child in sentence.children[after:])
            pairs.append(f"([{self.children(number)}], [{what}]), ")
        return f"#key-numbers({''.join(pairs)})\n\n"

    def listing(self, node) -> str:
        """Return a piece of code with its number and caption."""
        caption, *code = node.children
        number = self.caption_number(node, "code-block")
        return f"#listing([{number}], [{self.children(caption)}])[{''.join(self.render(part) for part in code)}]\n\n"

    def caption_number(self, node, kind: str) -> str:
        """Return the number of a figure, table, or piece of code as it is set."""
        return words(self.called(node, kind))

    def called(self, node, kind: str) -> str:
        """Return what a figure, table, or piece of code is called: Figure 4.1."""
        numbers = self.env.toc_fignumbers.get(self.page, {}).get(kind, {})
        found = next((numbers[id] for id in node["ids"] if id in numbers), None)
        return self.config.numfig_format[kind] % ".".join(map(str, found)) if found else ""

    def caption(self, node, title, kind: str) -> str:
        """Return number and title as two arguments; what links lead to stands with the number."""
        number = self.caption_number(node, kind)
        self.name(node, f"{self.called(node, kind)}, {title.astext()}")
        return f"[{self.anchors(node)}{number}], [{self.children(title)}]"

    def listed(self, place: str, number: str, title: str) -> str:
        """Return a line of a list of figures or tables."""
        self.text.append((self.page, number + title))
        self.linked.add(place)
        return f"#listed(label({string(place)}), {string(number)}, {string(title)})"
