"""Paragraphs, lists, definitions, quotations, and code."""

from docutils import nodes

from press.pdf.base import DESCRIBED, Base
from press.pdf.markup import string, uncolored, words

_PARAGRAPHS = {
    "subtitle": "subtitle-line",
    "note": "note-line",
    "source": "source-line",
    "card-title": "card-title",
    "card-counts": "card-counts",
}
_NUMBERING = {"loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


class Blocks(Base):
    """Sets what text is made of."""

    def render_compound(self, node) -> str:
        return self.children(node)

    render_scroll = render_legend = render_glossary = render_compound
    render_PassthroughTextElement = render_hlist = render_hlistcol = render_acks = render_compound

    def render_paragraph(self, node) -> str:
        kinds = [call for name, call in _PARAGRAPHS.items() if name in node["classes"]]
        body = self.children(node)
        return f"#{kinds[0]}[{body}]\n\n" if kinds else f"{body}\n\n"

    render_compact_paragraph = render_paragraph

    def render_rubric(self, node) -> str:
        in_box = node.parent.get("design_component") in ("dropdown", "tab-item") and not node.parent.index(node)
        kind = "box-title" if in_box else "small-heading"
        return f"#{kind}[{self.children(node)}]\n\n"

    render_centered = render_caption = render_rubric

    def render_transition(self, node) -> str:
        return "#line(length: 22%, stroke: 0.4pt + line-color)\n\n"

    # -- quotations and verse

    def render_block_quote(self, node) -> str:
        return f"#quote(block: true)[{self.within(node)}]\n\n"

    def render_attribution(self, node) -> str:
        return f"#align(right)[— {self.children(node)}]\n\n"

    def render_line_block(self, node) -> str:
        lines = "#linebreak()".join(self.render(line) for line in node.children)
        inner = isinstance(node.parent, nodes.line_block)
        return f"#pad(left: 1.5em)[{lines}]" if inner else f"{lines}\n\n"

    def render_line(self, node) -> str:
        return self.children(node)

    # -- lists

    def render_bullet_list(self, node) -> str:
        return f"#list({self.items(node)})\n\n" if node.children else ""

    def render_enumerated_list(self, node) -> str:
        kind = _NUMBERING.get(node.get("enumtype", ""))
        numbering = f"numbering: {string(f'{kind}.')}, " if kind else ""
        return f"#enum({numbering}start: {node.get('start', 1)}, {self.items(node)})\n\n"

    def items(self, node) -> str:
        """All items of a list."""
        with self.deeper():
            return ", ".join(f"[{self.render(item)}]" for item in node.children)

    def render_list_item(self, node) -> str:
        self.name(node, node.astext(), most=DESCRIBED)
        return self.children(node)

    def render_definition_list(self, node) -> str:
        """Set words and what they mean, or facts and their names."""
        kind = "facts(" if "facts" in node["classes"] else f"definitions(inner: {str(self.depth > 0).lower()}, "
        items = [item for item in node.children if isinstance(item, nodes.definition_list_item)]
        return f"#{kind}{''.join(map(self.render_definition_list_item, items))})\n\n"

    def render_definition_list_item(self, node) -> str:
        """Set one or more terms, and one or more definitions, as a pair."""
        heads = [child for child in node.children if isinstance(child, (nodes.term, nodes.classifier))]
        bodies = [child for child in node.children if child not in heads]
        for head in heads:
            self.name(head, head.astext())
        terms = "#linebreak()".join(self.render(head) for head in heads)
        with self.deeper():
            meaning = "".join(self.render(body) for body in bodies)
        return f"([{self.anchors(node)}{terms}], [{meaning}]), "

    def render_term(self, node) -> str:
        return self.children(node)

    render_definition = render_description = render_field_body = render_term

    def render_classifier(self, node) -> str:
        return f"#emph[{self.children(node)}]"

    def render_field_list(self, node) -> str:
        return self.children(node)

    render_option_list = render_field_list

    def render_field(self, node) -> str:
        name, body = node.children
        return f"#explained[{self.children(name)}][{self.within(body)}]\n\n"

    def render_option_list_item(self, node) -> str:
        group, description = node.children
        self.note_text(node, group.astext())
        return f"#explained[{words(group.astext())}][{self.within(description)}]\n\n"

    # -- code

    def render_literal_block(self, node) -> str:
        code = uncolored(node.astext())
        self.note_text(node, code)
        return f"#raw(block: true, {string(code)})\n\n"

    render_doctest_block = render_literal_block

    def render_code(self, node) -> str:
        """Set the code of cells, unless the book folds it away."""
        if self.config.press_code == "folded":
            return ""
        return "".join(f"#cell-code[{self.render(block)}]\n\n" for block in node.children)

    def render_raw(self, node) -> str:
        """Set what is written in Typst; HTML has been told in nodes before, and other formats are for others."""
        return node.astext() if "typst" in node.get("format", "").split() else ""
