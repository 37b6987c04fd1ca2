"""The HTML translator: how the press's nodes become HTML."""

import re
from html import escape

from docutils import nodes
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.util.osutil import relative_uri
from sphinx.writers.html5 import HTML5Translator

from press import state
from press.charts import svg
from press.document import math
from press.document.figures import drawings, plain_drawing, small_drawing
from press.document.nodes import (
    board,
    chart,
    cited,
    claim_mark,
    code,
    figure_extras,
    file,
    gallery,
    item_list,
    plain_chart,
    scroll,
    sources_in_full,
    status_chip,
    tabular,
    term_link,
    thumbnail,
)
from press.document.statuses import by_group, counts, explained, has_fallen, mark_svg, of_few
from press.document.tables import column_classes
from press.html import figure_extras as extras
from press.html import gallery as galleries
from press.html.assets import height_step
from press.html.templates import template
from press.ledger import MARKS

logger = logging.getLogger(__name__)
_PERMALINK = re.compile(r'<a class="headerlink".*?</a>')
_CARD = 544  # px, the tallest picture of a card, as in the style sheet
_SHORT_ID = 3  # letters that a tile has room for on a phone, where its name has none
# Marks of the highlighter that the style sheet does not use.
_UNUSED_MARK = re.compile(r'<span class="(?!(?:k|kn|kc|ow|s|s1|s2|sa|c|c1|gp)")\w+">([^<]*)</span>|<span></span>()')


class HTMLTranslator(HTML5Translator):
    """Sphinx's HTML translator, with the nodes of `press.document.nodes`."""

    def visit_chart(self, node: chart) -> None:
        """Write both drawings of a chart; in a figure, the caption ends before it."""
        pictures = drawings(node, state.cache_directory(self.builder.app))
        here = self.builder.get_target_uri(self.builder.current_docname)
        script = relative_uri(here, f"{extras.FOLDER}/{node['figure']}.js")
        live = f' data-live="{script}"' if node["live"] else ""
        drawn = "".join(
            svg.inline(picture, node["figure"], variant, node["alt"]) for variant, picture in pictures.items()
        )
        room = " ".join(f"{variant[0]}{height_step(svg.size(picture)[1])}" for variant, picture in pictures.items())
        room += " with-controls" * node["controls"]
        attributes = f'class="chart {room}" data-figure="{node["figure"]}"{live}'
        caption = "</figcaption>\n" if isinstance(node.parent, nodes.figure) else ""
        self.body.append(f"{caption}<div {attributes}>{drawn}</div>\n")
        raise nodes.SkipNode

    def visit_plain_chart(self, node: plain_chart) -> None:
        """Write both drawings of a chart that a cell shows as it is."""
        pictures = plain_drawing(node, state.cache_directory(self.builder.app))
        drawn = "".join(
            svg.inline(picture, node["name"], variant, node["alt"]) for variant, picture in pictures.items()
        )
        self.body.append(f'<div class="chart plain">{drawn}</div>\n')
        raise nodes.SkipNode

    def visit_cited(self, node: cited) -> None:
        """Begin a number in a heading, as the contents show it."""

    def depart_cited(self, node: cited) -> None:
        """End a number in a heading."""

    def depart_figure(self, node: nodes.figure) -> None:
        """End a figure; docutils would end its caption behind what follows it, and a chart has ended it before."""
        if node.next_node(chart):
            self.body.append("</figure>\n")
        else:
            super().depart_figure(node)

    def visit_figure_extras(self, node: figure_extras) -> None:
        """Write data, downloads, citation, and embedding of a figure."""
        self.body.append(extras.render(self.builder, node))
        raise nodes.SkipNode

    def visit_sources_in_full(self, node: sources_in_full) -> None:
        """Write the tables behind a table, folded."""
        self.body.append(template("sources.html").render(sources=extras.sources(self.builder, node["sources"])))
        raise nodes.SkipNode

    def visit_gallery(self, node: gallery) -> None:
        """Write the list of figures or tables."""
        self.body.append(galleries.render(self.builder, node["kind"]))
        raise nodes.SkipNode

    def visit_thumbnail(self, node: thumbnail) -> None:
        """Write a figure as drawn for a phone as a link to the figure: of charts below one another, those that fit."""
        drawn = small_drawing(node, state.cache_directory(self.builder.app), _CARD)
        picture = svg.inline(drawn, node["figure"], "narrow", node["alt"])
        picture = picture.replace("<svg ", '<svg preserveAspectRatio="xMinYMin" ', 1)
        step = height_step(svg.size(drawn)[1])
        self.body.append(f'<a class="thumbnail chart w{step} n{step}" href="{node["address"]}">{picture}</a>\n')
        raise nodes.SkipNode

    def add_secnumber(self, node: nodes.Element) -> None:
        """Write the number of a section, and begin its text, which stands beside it."""
        begins = len(self.body)
        super().add_secnumber(node)
        if len(self.body) > begins:
            node["numbered"] = True
            self.body.append('<span class="section-text">')

    def depart_title(self, node: nodes.Element) -> None:
        """End a title; the text of one with a number ends before its link."""
        self.body.append("</span>" * bool(node.get("numbered")))
        super().depart_title(node)

    def visit_tabular(self, node: tabular) -> None:
        """Write a table of ours, in a box that scrolls by itself."""
        kind = "scroll explore" if node["explore"] else "scroll"
        self.body.append(f'<div class="{kind}" tabindex="0" role="region" aria-label="{escape(node["label"])}">')
        opening = self.starttag(node, "table", CLASS="docutils")
        as_cards = "stacked" in node["classes"]
        self.body.append(opening.replace("<table ", '<table role="table" ', 1) if as_cards else opening)
        for title in [child for child in node.children if isinstance(child, nodes.title)]:
            begins = len(self.body)
            title.walkabout(self)
            if as_cards:  # a table that says its role may hold no link outside its rows
                self.body[begins:] = [_PERMALINK.sub("", part) for part in self.body[begins:]]
        piece = template("table.html")
        self.body.append(piece.render(node.attributes | {"classes": column_classes(node), "as_cards": as_cards}))
        self.body.append("</table></div>\n")
        raise nodes.SkipNode

    def visit_status_chip(self, node: status_chip) -> None:
        """Begin a chip: its mark, then its word."""
        mark = mark_svg(node["mark"], "currentColor").replace("<svg ", '<svg aria-hidden="true" ', 1)
        self.body.append(f'<span class="status status-{node["color"]}">{mark}')

    def depart_status_chip(self, node: status_chip) -> None:
        """End a chip."""
        self.body.append("</span>")

    def visit_board(self, node: board) -> None:
        """Write all items as tiles, with their counts."""
        items = node["items"]
        told = {"totals": counts(items), "total": len(items), "words": explained(items)}
        told |= {"fell": any(map(has_fallen, items)), "few": of_few(items)}
        self.body.append(template("board.html").render(groups=by_group(items), compact=_are_short(items), **told))
        raise nodes.SkipNode

    def visit_item_list(self, node: item_list) -> None:
        """Write items with chip and reason."""
        items = node["items"]
        self.body.append(template("items.html").render(items=items, compact=_are_short(items)))
        raise nodes.SkipNode

    def visit_code(self, node: code) -> None:
        """Begin the code of cells."""
        node["begins"] = len(self.body)
        begin = '<details class="code"><summary>Code of this step</summary>' if node["folded"] else '<div class="code">'
        self.body.append(f"{begin}\n")

    def depart_code(self, node: code) -> None:
        """End a cell's code, without marks that the style sheet does not use: they were half of a page's elements."""
        begins = node["begins"]
        self.body[begins:] = [_UNUSED_MARK.sub(r"\1", part) for part in self.body[begins:]]
        self.body.append("</details>\n" if node["folded"] else "</div>\n")

    def visit_term_link(self, node: term_link) -> None:
        """Begin a word of the glossary; its meaning is shown where scripts run."""
        self.body.append(f'<a class="term" href="{escape(node["refuri"])}" data-meaning="{escape(node["meaning"])}">')

    def depart_term_link(self, node: term_link) -> None:
        """End a word of the glossary."""
        self.body.append("</a>")

    def visit_scroll(self, node: scroll) -> None:
        """Begin a box that scrolls by itself."""
        label = escape(node["label"])
        self.body.append(f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">')

    def depart_scroll(self, node: scroll) -> None:
        """End a box that scrolls by itself."""
        self.body.append("</div>\n")

    def visit_claim_mark(self, node: claim_mark) -> None:
        """Begin the check mark of a claim."""
        holds = node.astext() == MARKS[True]
        words, label = ("Checked by every build", "checked claim") if holds else ("No longer holds", "untrue claim")
        title = f"{words} ({node['number']}): {escape(node['statement'])}"
        self.body.append(f'<span class="claim-mark" title="{title}" aria-label="{label}">')

    def depart_claim_mark(self, node: claim_mark) -> None:
        """End the check mark of a claim."""
        self.body.append("</span>")

    def visit_file(self, node: file) -> None:
        """Begin a link to a file beside the pages."""
        here = self.builder.get_target_uri(self.builder.current_docname)
        self.body.append(f'<a href="{relative_uri(here, node["path"])}" download>')

    def depart_file(self, node: file) -> None:
        """End a link to a file beside the pages."""
        self.body.append("</a>")

    def visit_citation(self, node: nodes.Element) -> None:
        """Begin an entry of the bibliography; where the text names authors, the entry needs no label."""
        if str(getattr(self.config, "bibtex_reference_style", "")).startswith("author"):
            node.children = [child for child in node.children if not isinstance(child, nodes.label)]
        self.body.append(self.starttag(node, "div", CLASS="citation"))

    def depart_citation(self, node: nodes.Element) -> None:
        """End an entry of the bibliography."""
        self.body.append("</div>\n")

    def visit_paragraph(self, node: nodes.paragraph) -> None:
        """Begin a paragraph, unless it is all that a table's cell holds."""
        if not _is_cell(node):
            super().visit_paragraph(node)

    def depart_paragraph(self, node: nodes.paragraph) -> None:
        """End a paragraph."""
        if not _is_cell(node):
            super().depart_paragraph(node)


def _are_short(items: list[dict]) -> bool:
    return all(len(item["id"]) <= _SHORT_ID for item in items)


def _is_cell(node: nodes.Element) -> bool:
    """Tell whether a paragraph is all that a table's cell holds: without its tag a long page is laid out faster."""
    return isinstance(node.parent, nodes.entry) and len(node.parent) == 1 and not node["classes"]


def _mathml(node: nodes.Element, display: str) -> str:
    """Return an equation as MathML; one that cannot be converted as its LaTeX, with a warning."""
    try:
        return math.to_mathml(node.astext(), display)
    except math.EquationError as error:
        logger.warning("the page cannot show the equation “%s”: %s", node.astext().strip(), error, location=node)
        return f"<code>{escape(node.astext())}</code>"


def visit_inline_math(self: HTML5Translator, node: nodes.Element) -> None:
    """Write an equation within a line as MathML."""
    self.body.append(_mathml(node, "inline"))
    raise nodes.SkipNode


def visit_block_math(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write an equation of its own as MathML, with its number."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    self.body.append(f'<div class="formula" tabindex="0">{_mathml(node, "block")}</div>')
    if node["number"]:
        self.body.append(f'<span class="equation-number">({get_node_equation_number(self, node)})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode
