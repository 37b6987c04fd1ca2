"""Statuses in the PDF: chips, the board of all items, and lists of items."""

from collections.abc import Iterable

from docutils import nodes

from press import project, state
from press.document.statuses import by_group, counts, make_board, mark_svg
from press.pdf.inline import Inlines
from press.pdf.markup import string, words


class Statuses(Inlines):
    """The part of the translator that sets what became of the items that the book judges."""

    def render_status_chip(self, node) -> str:
        return self.chip(node["mark"], node["color"], node.astext())

    def chip(self, mark: str, color: str, word: str) -> str:
        """Return a chip: its mark, which says nothing that the word does not, and the word."""
        self.text.append((self.page, word))
        picture = mark_svg(mark, project.color(color))
        return f"#chip({string(picture)}, {string(word)})"

    def render_board(self, node) -> str:
        """Set all items as tiles, with their counts."""
        totals = self.totals(node["items"])
        groups = ", ".join(f"({string(group)}, ({self.tiles(items)},))" for group, items in by_group(node["items"]))
        self.text += [(self.page, node.astext()), *((self.page, group) for group, _ in by_group(node["items"]))]
        return f"#board(({totals}), ({groups},))\n\n"

    def totals(self, items: list[dict]) -> str:
        """Return how many items stand how."""
        return "".join(
            f"({string(str(count))}, [{self.chip(status['mark'], status['color'], status['short'])}]), "
            for status, count in counts(items)
        )

    def all_items(self) -> str:
        """Return the board of all items, where no page asks for it; in the language of the document’s pages."""
        items = state.book(self.env).ledger.entries("item")
        if self.own.language:
            items = retold(items, self.share.units)
        return self.render_board(make_board(items, self.config.root_doc, self.builder)) if items else ""

    def marks(self) -> str:
        """Return the groups of all items with their marks, for the cover."""
        groups = by_group(state.book(self.env).ledger.entries("item"))
        rows = [(name, "".join(f"{string(self.mark(item['status']))}, " for item in items)) for name, items in groups]
        self.text += [("the title page", name) for name, _ in rows]
        return "".join(f"({string(name)}, ({marks})), " for name, marks in rows)

    def mark(self, status: dict) -> str:
        return mark_svg(status["mark"], project.color(status["color"]))

    def tiles(self, items: list[dict]) -> str:
        return ", ".join(f"({self.color(item)}, [{self.titled(item)}], [{self.chip_of(item)}])" for item in items)

    def render_item_list(self, node) -> str:
        """Set items with chip and reason."""
        self.text.append((self.page, node.astext()))
        lines = [
            f"([{self.chip_of(item)}], [{self.titled(item)}:], [{words(item['reason'])}])" for item in node["items"]
        ]
        return f"#items(inner: {str(self.depth > 0).lower()}, {', '.join(lines)})\n\n"

    def chip_of(self, item: dict) -> str:
        status = item["status"]
        return self.chip(status["mark"], status["color"], status["short"])

    def color(self, item: dict) -> str:
        return f"rgb({string(project.color(item['status']['color']))})"

    def titled(self, item: dict) -> str:
        """Return an item's title, with a link to its page."""
        title = f"#strong[{words(item['title'])}]"
        return self.link(f"{item['page']}#", title) if item["page"] else title


def retold(items: Iterable[dict], pages: Iterable[nodes.Element]) -> list[dict]:
    """Return items in the words of pages in another language.

    Such a page lists items: each line is a link to the item's own page, and the word for its status in bold. The
    heading above names the group, as far as a colon. An item that no page lists keeps its words.
    """
    lines = (_told(line) for page in pages for line in page.findall(nodes.list_item))
    told = {page: (title, word, group) for page, title, word, group in lines if page}
    return [_reworded(item, *told[item["page"]]) if item["page"] in told else item for item in items]


def _told(line: nodes.list_item) -> tuple[str, str, str, str]:
    """Return which page a line of a list leads to, and the title, status, and group that it tells; blank without."""
    link, word = line.next_node(nodes.reference), line.next_node(nodes.strong)
    heading = line.parent.parent.next_node(nodes.title)
    if link is None or word is None or heading is None:
        return "", "", "", ""
    page = link.get("refuri", "").removeprefix("%").partition("#")[0]
    return page, link.astext(), word.astext().rstrip("."), heading.astext().partition(":")[0]


def _reworded(item: dict, title: str, word: str, group: str) -> dict:
    return item | {"title": title, "group": group, "status": item["status"] | {"short": word}}
