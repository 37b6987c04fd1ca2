"""Sphinx's resolved tree as Typst markup. A node that is not known here stops the build by name."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from press import project
from press.charts import layout
from press.document import math
from press.document.figures import drawings
from press.document.numbering import numbered
from press.document.statuses import by_group, counts, mark_svg
from press.document.tables import Cell, Link, cell_text
from press.errors import PressError, place

LONG = 30  # rows of a table that will not fit on one page
_SPACE = re.compile(r"\s+")


def string(text: str) -> str:
    """Return a Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def words(text: str) -> str:
    """Text as a Typst expression: nothing in it can be taken for markup."""
    return f"#{string(text)};" if text else ""


class Translator:
    """Write one tree as a Typst document; `text` collects what will be set, for the glyph check."""

    def __init__(self, builder, tree: nodes.document, folder: Path, cache_dir: Path):
        self.builder, self.config, self.env = builder, builder.config, builder.env
        self.tree, self.folder, self.cache_dir = tree, folder, cache_dir
        self.page = tree["docname"]
        self.level = 0
        self.text = ""
        self.anchored: set[tuple[str, str]] = set()

    def document(self, built: datetime) -> str:
        """Return the whole book: the template's call, then its body."""
        body = self.children(self.tree)
        facts = {
            "title": self.config.html_title,
            "subtitle": self.config.press_subtitle,
            "author": self.config.author,
            "edition": self.config.press_edition,
            "language": self.config.language,
        }
        self.text += "".join(facts.values())
        settings = ", ".join(f"{key}: {string(value)}" for key, value in facts.items())
        date = f"datetime(year: {built.year}, month: {built.month}, day: {built.day})"
        return f'#import "template.typ": *\n#show: book.with({settings}, date: {date})\n\n{body}'

    def render(self, node: nodes.Node) -> str:
        """One node, with a place to link to for each of its ids."""
        method = getattr(self, f"render_{type(node).__name__}", None)
        if method is None:
            raise PressError(
                place(self.page, node.line),
                f"the PDF does not know the node “{type(node).__name__}”.",
                "Teach it in press/pdf/translator.py, or keep it to the page with {only} html.",
            )
        return self.anchors(node) + method(node)

    def anchors(self, node: nodes.Node) -> str:
        """Places to link to, one for each id of a node; each is set once, however often an id is passed down."""
        new = [id for id in getattr(node, "attributes", {}).get("ids", []) if (self.page, id) not in self.anchored]
        self.anchored |= {(self.page, id) for id in new}
        return "".join(self.anchor(id) for id in new)

    def children(self, node: nodes.Element) -> str:
        return "".join(self.render(child) for child in node.children)

    def anchor(self, id: str) -> str:
        return f"#metadata(none)#label({string(f'{self.page}#{id}')})"

    # -- structure

    def render_document(self, node) -> str:
        return self.children(node)

    def render_start_of_file(self, node) -> str:
        outer, self.page, self.level = (self.page, self.level), node["docname"], 0
        body = f"#metadata(none)#label({string(self.page + '#')})\n" + self.children(node)
        self.page, self.level = outer
        return body

    def render_section(self, node) -> str:
        self.level += 1
        body = self.children(node)
        self.level -= 1
        return body

    def render_title(self, node) -> str:
        return f"\n#heading(level: {max(1, self.level)})[{self.number(node)}{self.children(node)}]\n\n"

    def number(self, title) -> str:
        """Return the section's number, as on the page."""
        numbers = self.env.toc_secnumbers.get(self.page, {})
        section = title.parent
        keys = [f"#{id}" for id in section["ids"]] + ([""] if self.is_first(section) else [])
        found = next((numbers[key] for key in keys if key in numbers), None)
        return words(".".join(map(str, found)) + "\u2002") if found else ""

    def is_first(self, section) -> bool:
        return isinstance(section.parent, nodes.document) or type(section.parent).__name__ == "start_of_file"

    def render_compound(self, node) -> str:
        return self.children(node)

    def render_container(self, node) -> str:
        """Return a box of no meaning; the legend of a table is set with the table."""
        return "" if "table-legend" in node["classes"] else self.children(node)

    render_scroll = render_legend = render_definition_list = render_compound

    def render_paragraph(self, node) -> str:
        kinds = [name for name in ("subtitle", "note", "source") if name in node["classes"]]
        body = self.children(node)
        return f"#{kinds[0]}-line[{body}]\n\n" if kinds else f"{body}\n\n"

    def render_block_quote(self, node) -> str:
        return f"#quote(block: true)[{self.children(node)}]\n\n"

    def render_bullet_list(self, node) -> str:
        return f"#list({self.items(node)})\n\n"

    def render_enumerated_list(self, node) -> str:
        return f"#enum(start: {node.get('start', 1)}, {self.items(node)})\n\n"

    def items(self, node) -> str:
        return ", ".join(f"[{self.render(item)}]" for item in node.children)

    def render_list_item(self, node) -> str:
        return self.children(node)

    def render_definition_list_item(self, node) -> str:
        term, meaning = node.children[0], node.children[-1]
        kind = "definition" if "facts" in node.parent["classes"] else "explained"
        return f"#{kind}[{self.children(term)}][{self.children(meaning)}]\n\n"

    def render_topic(self, node) -> str:
        return f"#aside[{self.children(node)}]\n\n"

    def render_note(self, node) -> str:
        return self.render_topic(node)

    render_warning = render_important = render_tip = render_admonition = render_note

    def render_transition(self, node) -> str:
        return "#line(length: 22%, stroke: 0.4pt + line-color)\n\n"

    def render_rubric(self, node) -> str:
        return f"#strong[{self.children(node)}]\n\n"

    def render_literal_block(self, node) -> str:
        self.text += node.astext()
        return f"#raw(block: true, {string(node.astext())})\n\n"

    # -- figures and tables

    def render_figure(self, node) -> str:
        caption = node.next_node(nodes.caption)
        parts = [child for child in node.children if child is not caption]
        body = "".join(self.render(part) for part in parts)
        return f"#picture({self.caption(node, caption, 'figure')})[{body}]\n\n"

    def render_gallery(self, node) -> str:
        """All figures or all tables, with the page each is on."""
        lines = []
        for item in numbered(self.env, node["kind"]):
            self.text += item.number + item.title
            lines.append(
                f"#listed(label({string(f'{item.page}#{item.id}')}), {string(item.number)}, {string(item.title)})"
            )
        return "\n".join(lines) + "\n\n"

    def render_chart(self, node) -> str:
        name = f"{node['figure']}.svg"
        picture = drawings(node, self.cache_dir)["wide"]
        self.text += re.sub(r"<[^>]+>", " ", picture)
        (self.folder / name).write_text(
            picture.replace(layout.SANS, "'Source Sans 3', 'Noto Sans KR'"), encoding="utf-8"
        )
        return f"#image({string(name)}, alt: {string(node['alt'])}, width: 100%)\n\n"

    def caption(self, node, title, kind: str) -> str:
        """Return number and title, the number as on the page."""
        numbers = self.env.toc_fignumbers.get(self.page, {}).get(kind, {})
        found = next((numbers[id] for id in node["ids"] if id in numbers), None)
        prefix = self.config.numfig_format[kind] % ".".join(map(str, found)) if found else ""
        return f"[{words(prefix)}], [{self.children(title)}]"

    def render_table(self, node) -> str:
        """Set a table that the author has written."""
        group = node.next_node(nodes.tgroup)
        rows = len(list(group.findall(nodes.row)))
        table = f"#table({self.columns(group)}, {self.head(group)} {self.cells(group.next_node(nodes.tbody))})"
        return self.titled_table(node, node.parent, table, rows)

    def render_tabular(self, node) -> str:
        """Set a table of ours."""
        align = ", ".join("right" if number else "left" for number in node["numeric"])
        head = ", ".join(f"[{self.cell(text)}]" for text in node["columns"])
        body = ", ".join(f"[{self.cell(cell)}]" for row in node["rows"] for cell in row)
        table = f"#table(columns: {len(node['columns'])}, align: ({align},), table.header({head}), {body})"
        return self.titled_table(node, node, table, len(node["rows"]) + 1)

    def cell(self, cell: Cell) -> str:
        text = words(cell_text(cell))
        self.text += cell_text(cell) + "\n"
        return f"#link({string(cell.address)})[{text}]" if isinstance(cell, Link) else text

    def titled_table(self, node, before_legend, table: str, rows: int) -> str:
        """Return a table with number, title, and legend; one without title stands as it is."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        if title is None:
            return f"#plain-grid[{table}]\n\n"
        legend = before_legend.next_node(nodes.container, descend=False, siblings=True)
        below = self.children(legend) if legend and "table-legend" in legend["classes"] else ""
        long = "true" if rows > LONG else "false"
        return f"#grid-of({self.caption(node, title, 'table')}, [{below}], {long})[{table}]\n\n"

    def columns(self, group) -> str:
        """Each column takes what it needs; where that is more than the page has, the widest share what is left."""
        body = group.next_node(nodes.tbody)
        aligned = [
            "right" if {"num", "text-right"} & {*entry["classes"]} else "left"
            for entry in body.next_node(nodes.row).children
        ]
        return f"columns: {len(aligned)}, align: ({', '.join(aligned)},)"

    def head(self, group) -> str:
        head = group.next_node(nodes.thead)
        return f"table.header({self.cells(head)})," if head else ""

    def cells(self, rows) -> str:
        return ", ".join(f"[{self.children(entry).strip()}]" for row in rows.children for entry in row.children)

    # -- statuses

    def render_status_chip(self, node) -> str:
        return self.chip(node["mark"], node["color"], node.astext())

    def chip(self, mark: str, color: str, word: str) -> str:
        """Return a chip: its mark, which says nothing that the word does not, and the word."""
        self.text += word + "\n"
        picture = mark_svg(mark, project.color(color))
        return f"#chip({string(picture)}, {string(word)})"

    def render_board(self, node) -> str:
        """Set all items as tiles, with their counts."""
        totals = ", ".join(
            f"({string(str(count))}, [{self.chip(status['mark'], status['color'], status['short'])}])"
            for status, count in counts(node["items"])
        )
        groups = ", ".join(f"({string(group)}, ({self.tiles(items)},))" for group, items in by_group(node["items"]))
        self.text += node.astext() + "\n" + "\n".join(group for group, _ in by_group(node["items"]))
        return f"#board(({totals},), ({groups},))\n\n"

    def tiles(self, items: list[dict]) -> str:
        return ", ".join(f"({self.color(item)}, [{self.titled(item)}], [{self.chip_of(item)}])" for item in items)

    def render_item_list(self, node) -> str:
        """Set items with chip and reason."""
        self.text += node.astext() + "\n"
        lines = [f"[{self.chip_of(item)} {self.titled(item)} {words(item['reason'])}]" for item in node["items"]]
        return f"#items({', '.join(lines)})\n\n"

    def chip_of(self, item: dict) -> str:
        status = item["status"]
        return self.chip(status["mark"], status["color"], status["short"])

    def color(self, item: dict) -> str:
        return f"rgb({string(project.color(item['status']['color']))})"

    def titled(self, item: dict) -> str:
        """Return an item's title, with a link to its page."""
        title = f"#strong[{words(item['title'])}]"
        return self.link(f"{item['page']}#", title) if item["page"] else title

    # -- equations and notes

    def render_math(self, node) -> str:
        return f"#term({string(node.astext())}, ${math.to_typst(node.astext(), self.page)}$)"

    def render_math_block(self, node) -> str:
        self.builder.fignumbers = self.env.toc_fignumbers.get(self.page, {})  # as a page builder holds them
        number = f"[({get_node_equation_number(cast(HTML5Translator, self), node)})]" if node.get("number") else "none"
        return f"#formula({number}, {string(node.astext())}, $ {math.to_typst(node.astext(), self.page)} $)\n\n"

    def render_footnote_reference(self, node) -> str:
        return f"#super[{self.link(self.page + '#' + node['refid'], self.children(node))}]"

    def render_footnote(self, node) -> str:
        label, *body = node.children
        return f"#note-line[#super[{self.children(label)}] {''.join(self.render(part) for part in body)}]\n\n"

    def render_citation(self, node) -> str:
        _label, *body = node.children
        return f"#entry[{''.join(self.render(part) for part in body)}]\n\n"

    # -- within a line

    def render_Text(self, node) -> str:
        text = _SPACE.sub(" ", node.astext())
        self.text += text
        return words(text)

    def render_emphasis(self, node) -> str:
        return f"#emph[{self.children(node)}]"

    render_title_reference = render_emphasis

    def render_strong(self, node) -> str:
        return f"#strong[{self.children(node)}]"

    def render_literal(self, node) -> str:
        self.text += node.astext()
        return f"#raw({string(node.astext())})"

    def render_file(self, node) -> str:
        return self.children(node)

    def render_superscript(self, node) -> str:
        return f"#super[{self.children(node)}]"

    def render_subscript(self, node) -> str:
        return f"#sub[{self.children(node)}]"

    render_claim_mark = render_superscript

    def render_inline(self, node) -> str:
        if "number" in node["classes"]:  # a number and its unit stay on one line
            self.text += node.astext()
            return words(node.astext().replace(" ", "\u00a0"))
        body = self.children(node)
        if language := next((name[9:] for name in node["classes"] if name.startswith("language-")), None):
            return f"#text(lang: {string(language)})[{body}]"
        return f"#linebreak()#table-subtitle[{body}]" if "table-subtitle" in node["classes"] else body

    def render_reference(self, node) -> str:
        body = self.children(node)
        if "refid" in node:
            return self.link(f"{self.page}#{node['refid']}", body)
        address = node["refuri"]
        if address.startswith("%"):
            page, _, id = address[1:].partition("#")
            return self.link(f"{page}#{id}", body)
        if address.startswith("#"):
            return self.link(self.page + address, body)
        return f"#link({string(address)})[{body}]"

    render_number_reference = render_reference

    def link(self, target: str, body: str) -> str:
        return f"#link(label({string(target)}))[{body}]"

    # -- what has no place on paper

    def render_comment(self, node) -> str:
        return ""

    render_figure_extras = render_code = render_target = render_substitution_definition = render_index = render_meta = (
        render_comment
    )
    render_colspec = render_comment
