"""What prose can cite (`{glue:text}`, `{claim}`) and pages can list (`{claims}`, `{changes}`, `{data-package}`, `{data-rows}`)."""

import csv
import re
from itertools import pairwise
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole

from press import book, editions, ledger
from press.errors import PressError, place
from press.figures import KOREAN
from press.nodes import changes, cited, claim_mark, file
from press.render import SHORT

_OTHERWISE = re.compile(r"(?P<id>[^*:]+)(?:(?:\*(?P<factor>[\d.]+))?:(?P<form>.+))?")


class Cite(SphinxRole):
    """Print a number of the ledger, or the mark of a claim, from whichever chapter defines it.

    A number is printed as its chapter words it; for another language, ``id:,.0f`` words its value anew, and
    ``id*10:,.0f`` ten times its value.
    """

    def __init__(self, kind: str):
        super().__init__()
        self.kind = kind

    def run(self):
        asked = _OTHERWISE.fullmatch(self.text) if self.kind == "number" else None
        id, factor, form = asked.group("id", "factor", "form") if asked else (self.text, None, None)
        ledger.of(self.env).cite(self.env.docname, self.kind, id, self.lineno)
        return [cited("", kind=self.kind, id=id, form=form, factor=float(factor or 1), at=self.lineno)], []


class Claims(SphinxDirective):
    """List every claim of this chapter; the marks in its prose lead here."""

    def run(self):
        return [nodes.bullet_list("", classes=["claims"], press_claims=True)]


def list_claims(document: nodes.document, entries: list[dict]) -> bool:
    """Fill a chapter's `{claims}` list; False when the chapter has none."""
    lists = [node for node in document.findall(nodes.bullet_list) if node.get("press_claims")]
    for node in lists:
        node += [nodes.list_item("", nodes.paragraph("", e["statement"]), ids=[f"claim-{e['id']}"]) for e in entries]
    return bool(lists)


class Changes(SphinxDirective):
    """List what changed from each edition to the next, and from the last to this printing."""

    def run(self):
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [changes()]


class ResolveChanges(SphinxPostTransform):
    """Fill `{changes}`, once all chapters are read."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        for node in list(self.document.findall(changes)):
            node.replace_self(self._lists())

    def _lists(self) -> list[nodes.Node]:
        root, kept = book.root(self.env.srcdir), Path(self.config.nb_execution_cache_path)
        released = [editions.load(root, name) for name in editions.names(root)]
        if not released:
            return [
                nodes.paragraph("", "No edition has been released yet; there is none to compare this printing with.")
            ]
        row = [*released, editions.printing(root, ledger.of(self.env).content(), kept)]
        return [node for old, new in reversed(list(pairwise(row))) for node in self._list(old, new)]

    def _list(self, old: dict, new: dict) -> list[nodes.Node]:
        to = "this printing" if new["name"] == editions.NOW else f"edition {new['name']}, {new['printed']}"
        heading = nodes.paragraph("", "", nodes.strong("", f"From edition {old['name']}, {old['printed']}, to {to}"))
        told = [nodes.list_item("", nodes.paragraph("", str(change))) for change in editions.compare(old, new)]
        return [
            heading,
            nodes.bullet_list("", *told) if told else nodes.paragraph("", "No number, claim, figure or table changed."),
        ]


class ResolveCited(SphinxPostTransform):
    """Put the ledger's text where the prose cites it, once all chapters are read."""

    default_priority = 5

    def run(self, **kwargs) -> None:
        for node in list(self.document.findall(cited)):
            entry = ledger.of(self.env).find(node["kind"], node["id"])
            node.replace_self(self._number(entry, node) if node["kind"] == "number" else self._mark(entry))

    def _number(self, entry: dict, node: cited) -> nodes.Node:
        return nodes.inline("", self._worded(entry, node) if node["form"] else entry["text"], classes=["number"])

    def _worded(self, entry: dict, node: cited) -> str:
        """Return the value in the form that the page asks for."""
        value = entry["value"] * node["factor"] if node["factor"] != 1 else entry["value"]
        try:
            return ledger.worded(f"{{:{node['form']}}}", value)
        except ValueError as error:
            raise PressError(
                place(self.env.docname, node["at"]),
                f"the number {node['id']!r} cannot be printed as {node['form']!r}: {error}.",
                "Give a Python format, such as ,.1f.",
            ) from None

    def _mark(self, entry: dict) -> nodes.Node:
        here, target = self.env.docname, entry["chapter"]
        page = "" if here == target else self.app.builder.get_relative_uri(here, target)
        mark = claim_mark("", "✓", statement=entry["statement"])
        return nodes.reference("", "", mark, internal=True, refuri=f"{page}#claim-{entry['id']}", classes=["claim"])


class MarkKorean(SphinxPostTransform):
    """Wrap runs of Hangul in a node that says they are Korean, for screen readers and hyphenation."""

    default_priority = 900
    _runs = KOREAN

    def run(self, **kwargs) -> None:
        for text in [text for text in self.document.findall(nodes.Text) if self._runs.search(text)]:
            if isinstance(text.parent, (nodes.literal, nodes.literal_block)):
                continue
            parts = self._runs.split(text.astext())
            new = [
                nodes.inline("", part, classes=["language-ko"]) if place % 2 else nodes.Text(part)
                for place, part in enumerate(parts)
                if part
            ]
            text.parent.replace(text, new)


class DataPackage(SphinxDirective):
    """One section per table of the data package: publisher, license, coverage, caveats, columns."""

    def run(self):
        folder = book.root(self.env.srcdir)
        self.env.note_dependency(str(folder / "data" / "datapackage.json"))
        return [self._section(entry) for entry in book.package(folder)["resources"]]

    def _section(self, entry: dict) -> nodes.section:
        label = f"data-{entry['name'].replace('_', '-')}"
        section = nodes.section(
            "", nodes.title("", entry["title"]), ids=[label], names=[label], press_table=entry["name"]
        )
        self.state.document.note_explicit_target(section, section)
        section += nodes.paragraph("", entry["description"])
        section += self._facts(entry)
        section += self._columns(entry)
        return section

    def _facts(self, entry: dict) -> nodes.definition_list:
        licenses = [
            _link(license.get("title") or license["name"], license.get("path")) for license in entry["licenses"]
        ]
        if entry.get("license_note"):
            licenses.append(nodes.Text(entry["license_note"]))
        sources = [_link(source["title"], source.get("path")) for source in entry["sources"]]
        facts = {
            "File": [
                file("", "", nodes.literal("", f"data/{entry['path']}"), path=f"data/{entry['path']}"),
                nodes.Text(f"{entry['rows']} rows"),
            ],
            "Publisher": [nodes.Text(entry["publisher"])],
            "Source": sources,
            "License": licenses,
            "Vintage": [nodes.Text(entry["vintage"])],
            "Coverage": [nodes.Text(entry["coverage"])],
            "Caveats": [nodes.Text(caveat) for caveat in entry["caveats"]],
            "SHA-256": [nodes.literal("", entry["hash"].removeprefix("sha256:"))],
        }
        return nodes.definition_list(
            "", *[_fact(term, parts) for term, parts in facts.items() if parts], classes=["facts"]
        )

    def _columns(self, entry: dict) -> nodes.table:
        heads = ("Column", "Type", "Unit", "Meaning")
        group = nodes.tgroup(cols=len(heads))
        group += [nodes.colspec(colwidth=width, stub=int(width == 3)) for width in (3, 2, 2, 6)]
        group += nodes.thead("", _row(heads))
        keys = entry["schema"].get("primaryKey", [])
        for_each = [
            (
                field["name"] + (" (key)" if field["name"] in keys else ""),
                field["type"],
                field.get("unit", ""),
                field["description"],
            )
            for field in entry["schema"]["fields"]
        ]
        group += nodes.tbody("", *[_row(cells) for cells in for_each])
        return nodes.table("", group, classes=["columns"], label=f"Columns of {entry['title']}")


class DataRows(SphinxDirective):
    """Rows of one table of the data package, in chosen columns; `between: FIRST LAST` bounds the first of them.

    A column `x_title` beside a column `x_url` is printed as a link.
    """

    required_arguments = 1
    option_spec = {"columns": directives.unchanged_required, "between": directives.unchanged_required}

    def run(self):
        folder = book.root(self.env.srcdir)
        entry = book.resource(self.arguments[0], folder)
        columns = self._columns(entry)
        path = folder / "data" / entry["path"]
        for file_read in (path, folder / "data" / "datapackage.json"):
            self.env.note_dependency(str(file_read))
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return [self._table(entry, columns, self._chosen(rows, columns[0]))]

    def _columns(self, entry: dict) -> list[str]:
        known = [field["name"] for field in entry["schema"]["fields"]]
        columns = self.options.get("columns", " ".join(known)).split()
        if unknown := [name for name in columns if name not in known]:
            raise PressError(
                place(self.env.docname, self.lineno),
                f"{entry['name']!r} has no column {unknown[0]!r}.",
                f"Choose from {', '.join(known)}.",
            )
        return columns

    def _chosen(self, rows: list[dict], column: str) -> list[dict]:
        first, last = self.options.get("between", "").split() or ("", "\U0010ffff")
        chosen = [row for row in rows if first <= row[column][: len(first)] and row[column][: len(last)] <= last]
        if chosen:
            return chosen
        raise PressError(
            place(self.env.docname, self.lineno),
            f"no row of {self.arguments[0]!r} lies between {first} and {last}.",
            f"Choose bounds of the column {column!r}.",
        )

    def _table(self, entry: dict, columns: list[str], rows: list[dict]) -> nodes.table:
        titles = {field["name"]: field.get("title", field["name"]) for field in entry["schema"]["fields"]}
        group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in columns], cols=len(columns))
        group += nodes.thead("", _row([titles[name] for name in columns]))
        group += nodes.tbody("", *[_row([_cell(row, name) for name in columns]) for row in rows])
        short = [all(len(row[name]) <= SHORT for row in rows) for name in columns]
        for entries in group.findall(nodes.row):
            for cell in (cell for cell, unbroken in zip(entries, short, strict=True) if unbroken):
                cell["classes"].append("short")
        return nodes.table("", group, classes=["rows"], label=entry["title"])


def _cell(row: dict, column: str):
    """Return the text of a cell, or a link when the table has an address for it."""
    address = row.get(column.removesuffix("_title") + "_url") if column.endswith("_title") else None
    return _link(row[column], address) if address else row[column]


def _row(cells) -> nodes.row:
    """Return a row of texts and nodes."""
    parts = [nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells]
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", "", part)) for part in parts])


def _link(text: str, address: str | None) -> nodes.Node:
    return nodes.reference("", text, refuri=address) if address else nodes.Text(text)


def _fact(term: str, parts: list) -> nodes.definition_list_item:
    body = nodes.definition("", *[nodes.paragraph("", "", part) for part in parts])
    return nodes.definition_list_item("", nodes.term("", term), body)
