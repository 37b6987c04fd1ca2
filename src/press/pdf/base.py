"""What all parts of the translator share: the tree, where it is being read, and what was found wrong."""

import json
import re
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from typing import NamedTuple

from docutils import nodes

from press.document.nodes import ON_PAGE
from press.errors import PressError, place
from press.pdf.documents import Document, Share, share_out
from press.pdf.markup import ended, string

_UNKNOWN = (
    "Keep it to the page with an {only} html directive, or leave out the extension that it comes from: "
    "the PDF cannot tell what it should look like."
)


DESCRIBED = 80  # letters of a work, or of an item of a list, that describe a link to it
_LINK = re.compile(r'#(link|numbered)\(label\(("(?:[^"\\]|\\.)*")\)\)\[')
_LISTED = re.compile(r'#listed\(label\(("(?:[^"\\]|\\.)*")\).*\n')


class Elsewhere(NamedTuple):
    """Where something stands in another PDF: what that is called, and the page, if it is known."""

    name: str
    page: int | None = None


class Base:
    """Writes nodes one by one; a method `render_x` sets the node `x`, or a node whose class derives from `x`.

    Attributes
    ----------
    page : str
        The page of the book that is being set.
    own, share : Document, Share
        The PDF that is set, and what of the tree stands in it.
    depth : int
        How many boxes, lists, and cells the node at hand stands in: there nothing floats and no page is turned.
    linked, referred : set of str
        Places that links lead to, and those that the text names by their number.
    names : dict
        Place to link to → what stands there, in words.
    text : list of tuple
        Place and words of all that is set, for the check of glyphs.
    problems : list of PressError
        What cannot be set.
    """

    def __init__(
        self,
        builder,
        tree: nodes.document,
        folder: Path,
        cache_dir: Path,
        own: Document | None = None,
        share: Share | None = None,
    ):
        self.own = own or Document(builder.config.press_pdf)
        self.share = share or share_out(tree, [self.own])[0]
        self.builder, self.config, self.env = builder, builder.config, builder.env
        self.tree, self.folder, self.cache_dir = tree, folder, cache_dir
        self.page = tree["docname"]
        self.level = self.nesting = self.depth = 0
        self.text: list[tuple[str, str]] = []
        self.problems: list[PressError] = []
        self.anchored: set[tuple[str, str]] = set()
        self.linked: set[str] = set()
        self.referred: set[str] = set()
        self.names: dict[str, str] = {}
        self._methods: dict[type, Callable[[nodes.Node], str] | None] = {}

    def render(self, node: nodes.Node) -> str:
        """One node, with a place to link to for each of its ids."""
        kind = type(node)
        if kind not in self._methods:
            named = (getattr(self, f"render_{base.__name__}", None) for base in kind.__mro__)
            self._methods[kind] = next(filter(None, named), None)
        method = self._methods[kind]
        if method is None:
            return self.unknown(node)
        if isinstance(node, (nodes.figure, nodes.table)):  # it may float: the place to link to is in its caption
            body = method(node)
            return self.anchors(node) + body
        return self.anchors(node) + method(node)

    def unknown(self, node: nodes.Node) -> str:
        """Name a node that nothing here sets; where that is only told, its words or one about it stand in its place."""
        self.note_problem(node, f"the PDF does not know the node “{type(node).__name__}”.", _UNKNOWN)
        ends = "" if isinstance(node.parent, nodes.TextElement) else "\n\n"
        return (self.children(node) or f"#emph[{ON_PAGE}]") + ends

    def children(self, node: nodes.Node) -> str:
        """All children of a node, one after the other."""
        return "".join(self.render(child) for child in node.children)

    def within(self, node: nodes.Node) -> str:
        """All children of a node that is a box, a list's item or a cell."""
        with self.deeper():
            return self.children(node)

    @contextmanager
    def deeper(self):
        """Set what stands in a box."""
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1

    def anchors(self, node: nodes.Node) -> str:
        """Places to link to, one for each id of a node; each is set once, however often an id is passed down."""
        new = [id for id in getattr(node, "attributes", {}).get("ids", []) if (self.page, id) not in self.anchored]
        self.anchored.update((self.page, id) for id in new)
        return "".join(self.anchor(id) for id in new)

    def name(self, node: nodes.Element, words: str, most: int | None = None) -> None:
        """Keep what stands at a node, shortened to so many letters, for those who hear where a link leads."""
        said = shorten(words, most, placeholder=" …") if most else " ".join(words.split())
        self.names.update({f"{self.page}#{id}": said for id in node["ids"]})

    def anchor(self, id: str) -> str:
        """Return a place to link to."""
        return f"#metadata(none)#label({string(f'{self.page}#{id}')})"

    def led(self, address: str, body: str) -> str:
        """Return words that lead to an address: a page of the book, a place on this page, or another site."""
        if address.startswith("%"):
            page, _, id = address[1:].partition("#")
            return self.link(f"{page}#{id}", body)
        if address.startswith("#"):
            return self.link(self.page + address, body)
        return f"#link({string(address)})[{ended(body)}]" if address else body

    def link(self, target: str, body: str) -> str:
        """Return a link to a place in the book."""
        self.linked.add(target)
        return f"#link(label({string(target)}))[{ended(body)}]"

    @property
    def places(self) -> set[str]:
        """All that can be linked to, once everything is set."""
        return {f"{page}#{id}" for page, id in self.anchored}

    def reach(self, body: str, elsewhere: dict[str, Elsewhere]) -> str:
        """Return markup whose links all lead somewhere.

        What the PDF leaves out is reached by its page; what stands in another PDF is named with that, and its page.
        """
        known = self.places

        def led(link: re.Match[str]) -> str:
            call, target = link[1], json.loads(link[2])
            page = f"{target.partition('#')[0]}#"
            if target in known:
                return link[0]
            if target in elsewhere and call == "numbered":
                there = elsewhere[target]
                return f"#elsewhere({string(there.name)}, {there.page or 'none'})["
            return f"#{call}(label({string(page)}))[" if page in known else "#["

        body = _LINK.sub(led, body)
        return _LISTED.sub(lambda line: line[0] if json.loads(line[1]) in known else "", body)

    def note_problem(self, node: nodes.Node, what: str, remedy: str) -> None:
        """Keep what is wrong with a node, with its page and line; all problems are told at once."""
        self.problems.append(PressError(self.place_of(node), what, remedy))

    def place_of(self, node: nodes.Node) -> str:
        """Return page and line of a node; many nodes know the line only of what they stand in."""
        at: nodes.Node | None = node
        while at is not None and not at.line:
            at = at.parent
        return place(self.page, at.line if at is not None else None)

    def note_text(self, node: nodes.Node, text: str) -> None:
        """Keep words that will be set, with their place."""
        self.text.append((self.page, text))
