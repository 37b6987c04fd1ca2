"""What a start page is made of: cards of chapters, sentences to quote, and figures that are shown once more."""

from typing import ClassVar
from urllib.parse import quote

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join
from sphinx.util.docutils import SphinxDirective

from press import ledger
from press.document import statuses
from press.document.figures import figures_of_page
from press.document.nodes import chart, listed_items, shown_again, thumbnail
from press.document.numbering import numbered
from press.errors import PressError, place


class ChapterCard(SphinxDirective):
    """`{chapter-card} PAGE`: a page's title as a link, how many items stand how, a small picture, and some words."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"figure": directives.unchanged_required, "group": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the card; what it takes from other pages is filled in once all are read."""
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        page = docname_join(self.env.docname, self.arguments[0])
        if page not in self.env.found_docs:
            where = place(self.env.docname, self.lineno)
            raise PressError(where, f"there is no page {page!r}.", "Name a page of _toc.yml, without its extension.")
        parts: list[nodes.Node] = [shown_again(form="title", page=page, line=self.lineno)]
        if "group" in self.options:
            group = self.options["group"]
            parts.append(listed_items(form="counts", group=group, id=group, line=self.lineno))
        if "figure" in self.options:
            parts.append(shown_again(form="small", figure=self.options["figure"], line=self.lineno))
        return [nodes.container("", *parts, *self.parse_content_to_nodes(), classes=["chapter-card"])]


class ShownAgain(SphinxDirective):
    """`{picture} ID`: the chart of a figure of another page, with a link to the figure."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a place for the chart; it is filled in once all pages are read."""
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [shown_again(form="chart", figure=self.arguments[0], line=self.lineno)]


class Quotable(SphinxDirective):
    """`{quotable}`: a list of sentences, each with an address of its own and a link that sends it by mail."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list with places for the links."""
        box = nodes.container("", *self.parse_content_to_nodes(), classes=["quotable"])
        for number, item in enumerate(box.findall(nodes.list_item), 1):
            item["ids"].append(f"quote-{number}")
        return [box]


class ResolveStartPage(SphinxPostTransform):
    """Fill cards and pictures, and add the links of sentences to quote, once numbers stand in their places."""

    default_priority = 7  # after ResolveCited and ResolveItems

    def run(self, **kwargs) -> None:
        """Fill the places of one page."""
        for node in list(self.document.findall(shown_again)):
            node.replace_self(self._page_title(node) if node["form"] == "title" else self._figure(node))
        if self.app.builder.format == "html":
            for box in [box for box in self.document.findall(nodes.container) if "quotable" in box["classes"]]:
                self._add_links(box)

    def _page_title(self, node: shown_again) -> nodes.paragraph:
        address = self.app.builder.get_relative_uri(self.env.docname, node["page"])
        link = nodes.reference("", self.env.titles[node["page"]].astext(), internal=True, refuri=address)
        return nodes.paragraph("", "", link, classes=["card-title"])

    def _figure(self, node: shown_again) -> nodes.Node:
        places = {item.id: item for item in numbered(self.env, "figure")}
        if node["figure"] not in places:
            where = place(self.env.docname, node["line"])
            raise PressError(where, f"no chapter has a figure {node['figure']!r}.", f"Choose from {', '.join(places)}.")
        item = places[node["figure"]]
        address = f"{self.app.builder.get_relative_uri(self.env.docname, item.page)}#{item.id}"
        found = figures_of_page(self.app, item.page)[item.id].chart
        still = found.attributes | {"figure": f"{item.id}-again", "live": False, "controls": False}
        if node["form"] == "small":
            return thumbnail(**still | {"address": address, "alt": f"{item.number}: {item.title}"})
        again = chart(**still)
        link = nodes.reference("", f"{item.number}: {item.title}", internal=True, refuri=address)
        return nodes.container("", nodes.paragraph("", "", link), again, classes=["strip"])

    def _add_links(self, box: nodes.container) -> None:
        base = self.config.html_baseurl
        page = self.app.builder.get_target_uri(self.env.docname)
        for item in box.findall(nodes.list_item):
            words = item.astext().replace("✓", "").strip()
            anchor = f"#{item['ids'][0]}"
            body = f"“{words}” — {self.config.html_title}" + (f", {base.rstrip('/')}/{page}{anchor}" if base else "")
            mail = f"mailto:?subject={quote(self.config.html_title)}&body={quote(body)}"
            links = nodes.inline("", classes=["shares"])
            for text, address in (("Link to this sentence", anchor), ("Send by email", mail)):
                hidden = nodes.inline("", f": {words[:40]}…", classes=["visually-hidden"])
                link = nodes.reference("", "", nodes.Text(text), hidden, refuri=address, classes=["share"])
                links += [nodes.Text(" "), link]
            item.next_node(nodes.paragraph).append(links)


def counts_of(items: list[dict]) -> nodes.paragraph:
    """Return how many items of a group have each status, as chips."""
    paragraph = nodes.paragraph("", "", classes=["card-counts"])
    for status, count in statuses.counts(items):
        paragraph += [nodes.Text(f"{count} "), statuses.chip(status), nodes.Text(" ")]
    return paragraph
