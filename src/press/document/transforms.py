"""Changes of the document tree: cells are opened as a chapter is read, citations are filled in once all are."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from press import editions, ledger, project, state
from press.document import start_page, statuses
from press.document.bearing import bearing_nodes
from press.document.directives import LISTS_CLAIMS
from press.document.hangul import KOREAN, UNITS, myriads
from press.document.nodes import (
    changes,
    cited,
    claim_mark,
    code,
    folded,
    item_heading,
    listed_claims,
    listed_items,
    scroll,
    tabular,
)
from press.document.tables import Cell, Link
from press.errors import PressError, place
from press.ledger import RECORD

# MyST-NB's words for the tags hide-output, hide-input, and hide-cell.
_HIDES_OUTPUT, _HIDES_CODE = ("output", "input+output", "all"), ("input", "input+output", "all")

_MANY = 20  # entries that came, went, or were reworded: beyond that a page counts them


def unwrap_outputs(document: nodes.document, folds: bool) -> None:
    """Take figures and tables out of their cells' boxes.

    Where it `folds`, code is folded away behind what it shows, and the code of a cell that shows nothing, as of
    numbers and claims, with that of the next cell that does. Otherwise code stands before what it shows.
    """
    waiting: list[nodes.Node] = []
    cells = [node for node in document.findall(nodes.container) if node.get("nb_element") == "cell_code"]
    for number, cell in enumerate(cells, 1):
        parts = [part for part in cell.children if isinstance(part, nodes.Element)]
        sources = [part for part in parts if part.get("nb_element") == "cell_code_source"]
        outputs = [output for part in parts if part not in sources for output in part.children]
        shown = [node for output in outputs for node in _shown_nodes(output)]
        if shown and cell.get("hide_mode") in _HIDES_OUTPUT:
            shown = [folded("", *shown, label="Output of this step")]
        waiting += [block for source in sources for block in source.children]
        ends = bool(shown) or number == len(cells) or not folds
        made = [code("", *waiting, folded=folds or cell.get("hide_mode") in _HIDES_CODE)] if waiting and ends else []
        # A label that the author has put before the cell.
        label = [nodes.target("", "", ids=cell["ids"], names=cell["names"])] if cell["ids"] else []
        position = cell.parent.index(cell)
        cell.parent[position : position + 1] = [*label, *shown, *made] if folds else [*label, *made, *shown]
        waiting = [] if ends else waiting


def _shown_nodes(output: nodes.Node) -> list[nodes.Node]:
    for option in output.children:
        if isinstance(option, nodes.container) and option.get("mime_type") == RECORD:
            return [node for node in option.children if not isinstance(node, nodes.comment)]
    return [output]


def box_tables(document: nodes.document) -> None:
    """Put each table of the author's into a box that scrolls by itself, named by its title or by its place."""
    unnamed = 0
    for table in [table for table in document.findall(nodes.table) if not isinstance(table, tabular)]:
        title = table.next_node(nodes.title)
        label = title.astext() if title else table.get("label", "")
        if not label:
            unnamed += 1
            label = f"Table {unnamed} of this page" if unnamed > 1 else "Table"
        box = scroll(label=label)
        table.replace_self(box)
        box += table


def list_claims(document: nodes.document, entries: list[dict]) -> None:
    """Fill a chapter's `{claims}` list, if it has one."""
    for node in [node for node in document.findall(nodes.bullet_list) if node.get("press_claims")]:
        node += _claim_items(entries)
        node.parent["label"] = f"The exact wording of {len(entries)} checked sentence{'s' * (len(entries) != 1)}"


def _claim_items(entries: list[dict]) -> list[nodes.list_item]:
    return [
        nodes.list_item(
            "",
            nodes.paragraph("", entry["statement"]),
            ids=[f"claim-{entry['id']}"],
            classes=[] if entry["holds"] else ["untrue"],
        )
        for entry in entries
    ]


def page_of_claims(env) -> str:
    """Return the page that lists the claims of all chapters; empty where there is none."""
    pages = [page for page in sorted(env.found_docs) if env.metadata[page].get(LISTS_CLAIMS) == "all"]
    return pages[0] if pages else ""


class ResolveClaims(SphinxPostTransform):
    """List the claims of all chapters, once they are read: by chapter, numbered through the book."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        """Fill the lists of one page."""
        for node in list(self.document.findall(listed_claims)):
            node.replace_self(self._lists())

    def _lists(self) -> list[nodes.Node]:
        numbers = state.book(self.env).ledger.claim_numbers()
        pages: dict[str, list[dict]] = {}
        for entry in state.book(self.env).ledger.entries("claim"):
            pages.setdefault(entry["chapter"], []).append(entry)
        return [node for page, entries in pages.items() for node in self._of_page(page, entries, numbers)]

    def _of_page(self, page: str, entries: list[dict], numbers: dict[str, int]) -> list[nodes.Node]:
        address = self.app.builder.get_relative_uri(self.env.docname, page)
        link = nodes.reference("", self.env.titles[page].astext(), internal=True, refuri=address)
        heading = item_heading("", link)
        listed = nodes.enumerated_list(
            "", *_claim_items(entries), enumtype="arabic", start=numbers[entries[0]["id"]], classes=["claims-of-all"]
        )
        return [heading, listed]


class ResolveChanges(SphinxPostTransform):
    """Fill `{changes}`, once all chapters are read."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        """Fill the lists of one page."""
        for node in list(self.document.findall(changes)):
            node.replace_self(self._lists())

    def _lists(self) -> list[nodes.Node]:
        root, kept = project.find_root(self.env.srcdir), Path(self.config.nb_execution_cache_path)
        released = [editions.load(root, name) for name in editions.names(root)]
        if not released:
            return [nodes.paragraph("", "No edition has been released yet; there is none to compare this one with.")]
        if project.is_what_if(root):  # which is no edition, nor will be one
            elsewhere = nodes.paragraph("", "What this trial changes is told apart; it is no correction of the book.")
            return [elsewhere, *self._between(released)]
        return self._between([*released, editions.edition_of(root, state.book(self.env).ledger.content(), kept)])

    def _between(self, row: list[dict]) -> list[nodes.Node]:
        """List the changes between each two neighbors, the newest first."""
        return [node for old, new in reversed(list(pairwise(row))) for node in self._list(old, new)]

    def _list(self, old: dict, new: dict) -> list[nodes.Node]:
        to = "this one" if new["name"] == editions.NOW else f"edition {new['name']}, {new['built']}"
        heading = nodes.paragraph("", "", nodes.strong("", f"From edition {old['name']}, {old['built']}, to {to}"))
        changes = editions.compare(old, new)
        came = [change for change in changes if change.what.startswith("new: ")]
        went = [change for change in changes if change.what.startswith("gone: ")]
        reworded = [change for change in changes if change.reworded]
        lines, same = [], "Worded otherwise, with the same values and data"
        for words, some in (("New", came), ("Gone", went), (same, reworded)):
            if len(some) > _MANY:
                counted = set(some)
                changes = [change for change in changes if change not in counted]
                lines.append(f"{words}: {_counted(some)}.")
        lines += [change.in_brief() for change in changes]
        items = [nodes.list_item("", nodes.paragraph("", line)) for line in lines]
        nothing = nodes.paragraph("", "No number, claim, figure or table changed.")
        return [heading, nodes.bullet_list("", *items) if items else nothing]


def _counted(changes: list[editions.Change]) -> str:
    """Return how many there are of each kind."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(f"{n} {kind if n == 1 else ledger.KINDS[kind]}" for kind, n in counts.items())


def cited_text(known: ledger.Ledger, node: cited) -> str:
    """Return what the prose prints for a citation, in a line of text: nothing for a claim, or what nobody defines."""
    found = [entry for entry in known.entries(node["kind"]) if entry["id"] == node["id"]]
    if node["kind"] != "number" or not found:
        return ""
    value = found[0].get("value", 0)
    return in_form(node["form"], value * node["factor"]) if node["form"] else found[0]["text"]


def in_form(form: str, value: float) -> str:
    """Return a value in the form that a page asks for: a Python format, or one of Korean large numbers."""
    return myriads(value, UNITS[form]) if form in UNITS else ledger.worded(f"{{:{form}}}", value)


class ResolveCited(SphinxPostTransform):
    """Put the ledger's text where the prose cites it, once all chapters are read."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        """Fill in the citations of one page; a number that nobody defines, where that is only told, by its name."""
        known, tells = state.book(self.env).ledger, self.config.press_warnings == "tell"
        for node in list(self.document.findall(cited)):
            if tells and node["kind"] == "number" and not known.knows("number", node["id"]):
                node.replace_self(nodes.literal("", node["id"]))
            else:
                node.replace_self(self._node(known.find(node["kind"], node["id"]), node))

    def _node(self, entry: dict, node: cited) -> nodes.Node:
        if node["kind"] == "item":
            return statuses.chip(entry["status"])
        return self._number(entry, node) if node["kind"] == "number" else self._mark(entry)

    def _number(self, entry: dict, node: cited) -> nodes.Node:
        return nodes.inline("", self._worded(entry, node) if node["form"] else entry["text"], classes=["number"])

    def _worded(self, entry: dict, node: cited) -> str:
        """Return the value in the form that the page asks for."""
        value = entry["value"] * node["factor"] if node["factor"] != 1 else entry["value"]
        try:
            return in_form(node["form"], value)
        except ValueError as error:
            raise PressError(
                place(self.env.docname, node["at"]),
                f"the number {node['id']!r} cannot be printed as {node['form']!r}: {error}.",
                "Give a Python format, such as ,.1f.",
            ) from None

    def _mark(self, entry: dict) -> nodes.Node:
        here, target = self.env.docname, page_of_claims(self.env) or entry["chapter"]
        page = "" if here == target else self.app.builder.get_relative_uri(here, target)
        number = state.book(self.env).ledger.claim_numbers()[entry["id"]]
        mark = claim_mark("", ledger.MARKS[entry["holds"]], statement=entry["statement"], number=number)
        return nodes.reference("", "", mark, internal=True, refuri=f"{page}#claim-{entry['id']}", classes=["claim"])


class ResolveItems(SphinxPostTransform):
    """Put items where pages ask for them, once all chapters are read."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        """Fill the places of one page."""
        found = list(self.document.findall(listed_items))
        lists = [node for node in found if node["form"] == "list" and node["group"]]
        if len(lists) == 1 and self.app.builder.format == "html":
            self._say_standing(lists[0])
        for node in found:
            node.replace_self(self._nodes(node))

    def _say_standing(self, node: listed_items) -> None:
        """Say below the title of the page of a group how its items stand: the list itself may stand further down."""
        items = self._of_group(state.book(self.env).ledger.entries("item"), node)
        title = next(self.document.findall(nodes.title))
        standing = statuses.make_standing(items, self.env.docname, self.app.builder)
        title.parent.insert(title.parent.index(title) + 1, standing)

    def _nodes(self, node: listed_items) -> list[nodes.Node]:
        book_ledger = state.book(self.env).ledger
        if node["form"] == "page":
            item = book_ledger.find("item", node["id"])
            more = bearing_nodes(self.env, self.app.builder, item, self.env.docname)
            return [*statuses.item_nodes(item), *more]
        items = book_ledger.entries("item")
        if node["form"] == "evidence":
            return [statuses.make_evidence(items, self.env.docname, self.app.builder)]
        if node["form"] == "board":
            return [statuses.make_board(items, self.env.docname, self.app.builder)]
        if node["form"] == "counts":
            return [start_page.counts_of(self._of_group(items, node))]
        return [statuses.make_list(self._of_group(items, node), self.env.docname, self.app.builder)]

    def _of_group(self, items: list[dict], node: listed_items) -> list[dict]:
        if chosen := [item for item in items if node["group"] in ("", item["group"])]:
            return chosen
        groups = list(dict.fromkeys(item["group"] for item in items))
        what = f"no item has the group {node['group']!r}."
        raise PressError(place(self.env.docname, node["line"]), what, f"Choose one of {', '.join(groups)}.")


class MarkStatuses(SphinxPostTransform):
    """Give the words for statuses in our tables their marks and colors: columns that hold nothing else."""

    default_priority = 6

    def run(self, **kwargs) -> None:
        """Look at the tables of one page."""
        items = state.book(self.env).ledger.entries("item")
        found = [status for item in items for status in (item["status"], *(part[1] for part in item["parts"]))]
        known = {status["short"]: statuses.chip_cell(status) for status in found}
        for table in self.document.findall(tabular) if known else ():
            columns = list(zip(*table["rows"], strict=True))
            chosen = [place for place, cells in enumerate(columns) if place and set(cells) <= {*known, "–", ""}]
            if chosen:
                table["rows"] = [
                    [known.get(cell, cell) if place in chosen else cell for place, cell in enumerate(row)]
                    for row in table["rows"]
                ]


class ResolveLabels(SphinxPostTransform):
    """Turn labels, to which the links of a table of ours lead, into addresses."""

    default_priority = 6

    def run(self, **kwargs) -> None:
        """Look at the tables of one page."""
        for table in [table for table in self.document.findall(tabular) if table["leads_to_labels"]]:
            table["rows"] = [[self._led(cell) for cell in row] for row in table["rows"]]

    def _led(self, cell: Cell) -> Cell:
        if not isinstance(cell, Link):
            return cell
        page, id, _ = self.env.domains["std"].labels.get(cell.address, ("", "", ""))
        return (
            Link(cell.text, f"{self.app.builder.get_relative_uri(self.env.docname, page)}#{id}") if page else cell.text
        )


class ResolveNumbers(SphinxPostTransform):
    """Put the numbers of figures and tables where `{numref}` asks for them.

    Sphinx does so too, but reads the whole page that a figure stands on for every reference to it: half of the time
    of writing. What this transform does not know (sections, titles in the text, unknown labels) is left to Sphinx.
    """

    default_priority = 8  # before sphinx.transforms.post_transforms.ReferencesResolver

    def run(self, **kwargs) -> None:
        """Replace the references of one page."""
        for node in list(self.document.findall(addnodes.pending_xref)):
            if node["reftype"] == "numref" and (reference := self._reference(node)):
                node.replace_self(reference)

    def _reference(self, node: addnodes.pending_xref) -> nodes.Element | None:
        domain = self.env.domains["std"]
        page, id, _ = domain.labels.get(node["reftarget"], ("", "", ""))
        found = [kind for kind in ("figure", "table") if id in self.env.toc_fignumbers.get(page, {}).get(kind, {})]
        if not found or node["refexplicit"]:
            return None
        number = ".".join(map(str, self.env.toc_fignumbers[page][found[0]][id]))
        text = self.config.numfig_format[found[0]]
        if "{" in text:
            return None
        return domain.build_reference_node(
            node["refdoc"],
            self.app.builder,
            page,
            id,
            text % number,
            "numref",
            nodeclass=addnodes.number_reference,
            title=text,
        )


class MarkKorean(SphinxPostTransform):
    """Wrap runs of Hangul in a node that says they are Korean, for screen readers and hyphenation."""

    default_priority = 900

    def run(self, **kwargs) -> None:
        """Mark the Korean words of one page."""
        for text in [text for text in self.document.findall(nodes.Text) if KOREAN.search(text)]:
            if isinstance(text.parent, (nodes.literal, nodes.literal_block)):
                continue
            parts = KOREAN.split(text.astext())
            new = [
                nodes.inline("", part, classes=["language-ko"]) if index % 2 else nodes.Text(part)
                for index, part in enumerate(parts)
                if part
            ]
            text.parent.replace(text, new)
