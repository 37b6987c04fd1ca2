"""What pages can list: claims, changes, figures, tables, items and the evidence on them, the data package."""

from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from press import ledger, project, state
from press.document.nodes import changes, file, folded, gallery, listed_claims, listed_items, tabular
from press.document.tables import Cell, Link, make_table
from press.errors import PressError, place

LISTS_CLAIMS = "press_lists_claims"  # in the metadata of a page: its own, or all
DESCRIBES_TABLES = "press_describes_tables"  # in the metadata of a page
_COLUMNS = ("Column", "Type", "Unit", "Meaning")
_IN_EXCEL = (
    "The files are text in UTF-8. In Excel, open them with Data, From Text/CSV: "
    "after a double click some letters may come out wrong."
)


class Claims(SphinxDirective):
    """List every claim of this chapter, or with `all` those of every chapter; the marks in the prose lead here."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the list, to be filled once the page is read, or all are."""
        if not self.arguments:
            return [self._of_chapter()]
        if self.arguments != ["all"]:
            what = f"{{claims}} knows no {self.arguments[0]!r}."
            raise PressError(place(self.env.docname, self.lineno), what, "Write “all”, or nothing.")
        self.env.metadata[self.env.docname] |= {LISTS_CLAIMS: "all", ledger.OF_ALL: True}
        return [listed_claims()]

    def _of_chapter(self) -> folded:
        self.env.metadata[self.env.docname].setdefault(LISTS_CLAIMS, "own")
        return folded("", nodes.bullet_list("", classes=["claims"], press_claims=True), label="Checked sentences")


class Changes(SphinxDirective):
    """List what changed from each edition to the next, and from the last to the book as it is now."""

    def run(self) -> list[nodes.Node]:
        """Return a place for the changes between editions."""
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [changes()]


class Gallery(SphinxDirective):
    """`{figures}` and `{tables}`: every figure or table of the book."""

    kinds: ClassVar = {"figures": "figure", "tables": "table"}

    def run(self) -> list[nodes.Node]:
        """Return a place for the list."""
        self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [gallery(kind=self.kinds[self.name])]


class Items(SphinxDirective):
    """`{board}`: all items as tiles; `{items} GROUP`: a group as a list; `{item} ID`: one with its evidence.

    `{evidence}`: the evidence on all items in one table that readers can search.
    """

    forms: ClassVar = {"board": "board", "items": "list", "item": "page", "evidence": "evidence"}
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Return a place for the items; it is filled in once all chapters are read."""
        form, name = self.forms[self.name], self.arguments[0] if self.arguments else ""
        if form == "page":
            state.book(self.env).ledger.cite(self.env.docname, "item", name, self.lineno)
        else:
            self.env.metadata[self.env.docname][ledger.OF_ALL] = True
        return [listed_items(form=form, group=name, id=name, line=self.lineno)]


class DataPackage(SphinxDirective):
    """One section per table of the data package: publisher, license, coverage, caveats, columns."""

    def run(self) -> list[nodes.Node]:
        """Return the sections."""
        folder = project.find_root(self.env.srcdir)
        self.env.note_dependency(str(folder / "data" / "datapackage.json"))
        self.env.metadata[self.env.docname][DESCRIBES_TABLES] = True
        entries = project.load_data_package(folder)["resources"]
        return [*self._advice(folder), *map(self._section, entries)]

    def _advice(self, folder: Path) -> list[nodes.Node]:
        """Return how to open the files, where a spreadsheet would take them for what they are not."""
        if all(not path.exists() or project.opens_everywhere(path) for path in project.published_data(folder)[1:]):
            return []
        return [nodes.paragraph("", _IN_EXCEL)]

    def _section(self, entry: dict) -> nodes.section:
        label = f"data-{entry['name'].replace('_', '-')}"
        title = nodes.title("", entry.get("title") or entry["name"])
        section = nodes.section("", title, ids=[label], names=[label], press_table=entry["name"])
        self.state.document.note_explicit_target(section, section)
        if entry.get("description"):
            section += nodes.paragraph("", entry["description"])
        section += self._facts(entry)
        section += self._columns(entry)
        return section

    def _facts(self, entry: dict) -> nodes.definition_list:
        """Return what the package says of a table, and nothing of what it does not say."""
        licenses = [
            _link(license.get("title") or license["name"], license.get("path"))
            for license in entry.get("licenses") or []
        ]
        if entry.get("license_note"):
            licenses.append(nodes.Text(entry["license_note"]))
        said: dict[str, list[nodes.Node]] = {
            name: [nodes.Text(entry[name])] for name in ("publisher", "vintage", "coverage") if entry.get(name)
        }
        name = f"data/{entry['path']}"
        rows = [nodes.Text(f"{entry['rows']} rows")] if "rows" in entry else []
        facts: dict[str, list[nodes.Node]] = {
            "File": [file("", "", nodes.literal("", name), path=name), *rows],
            "Publisher": said.get("publisher", []),
            "Source": [_link(source["title"], source.get("path")) for source in entry.get("sources") or []],
            "License": licenses,
            "Vintage": said.get("vintage", []),
            "Coverage": said.get("coverage", []),
            "Caveats": [nodes.Text(caveat) for caveat in entry.get("caveats") or []],
            "SHA-256": [nodes.literal("", entry["hash"].removeprefix("sha256:"))] if entry.get("hash") else [],
        }
        return nodes.definition_list(
            "", *[_fact(term, parts) for term, parts in facts.items() if parts], classes=["facts"]
        )

    def _columns(self, entry: dict) -> tabular:
        rows = [_column(entry, field) for field in entry["schema"]["fields"]]
        label = f"Columns of {entry.get('title') or entry['name']}"
        return make_table(_COLUMNS, rows, label=label, row_headers=True, classes=["columns"])


class DataRows(SphinxDirective):
    """Rows of one table of the data package, in chosen columns; `between: FIRST LAST` bounds the first of them.

    A column `x_title` beside a column `x_url` is printed as a link. With `explore`, readers can search the rows.
    """

    required_arguments = 1
    option_spec: ClassVar = {
        "columns": directives.unchanged_required,
        "between": directives.unchanged_required,
        "explore": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        folder = project.find_root(self.env.srcdir)
        try:
            entry = project.resource(self.arguments[0], folder)
        except PressError as problem:
            raise PressError(place(self.env.docname, self.lineno), problem.what, problem.remedy) from None
        columns = self._columns(entry)
        path = folder / "data" / entry["path"]
        for file_read in (path, folder / "data" / "datapackage.json"):
            self.env.note_dependency(str(file_read))
        rows = project.read_rows(path, columns, f"data/{entry['path']}")
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

    def _table(self, entry: dict, columns: list[str], rows: list[dict]) -> tabular:
        titles = {field["name"]: field.get("title", field["name"]) for field in entry["schema"]["fields"]}
        cells = [[_cell(row, name) for name in columns] for row in rows]
        headings = [titles[name] for name in columns]
        explore = "explore" in self.options
        table = make_table(headings, cells, label=entry["title"], classes=["rows", "stacked"], explore=explore)
        if explore:
            table["ids"] = [f"rows-{entry['name'].replace('_', '-')}"]
        return table


class DataColumns(SphinxDirective):
    """All columns of all tables of the data package in one table that readers can search."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        folder = project.find_root(self.env.srcdir)
        self.env.note_dependency(str(folder / "data" / "datapackage.json"))
        rows = [
            (Link(entry["name"], f"data-{entry['name'].replace('_', '-')}"), *_column(entry, field))
            for entry in project.load_data_package(folder)["resources"]
            for field in entry["schema"]["fields"]
        ]
        table = make_table(("Table", *_COLUMNS), rows, label="All columns of all tables", classes=["rows", "stacked"])
        table["explore"], table["ids"], table["leads_to_labels"] = True, ["all-columns"], True
        return [table]


def _column(entry: dict, field: dict) -> tuple[str, str, str, str]:
    """Return name, type, unit, and meaning of a column."""
    is_key = field["name"] in entry["schema"].get("primaryKey", [])
    return field["name"] + " (key)" * is_key, field.get("type", ""), field.get("unit", ""), field.get("description", "")


def _cell(row: dict, column: str) -> Cell:
    """Return the text of a cell, or a link when the table has an address for it."""
    address = row.get(column.removesuffix("_title") + "_url") if column.endswith("_title") else None
    return Link(row[column], address) if address else row[column]


def _link(text: str, address: str | None) -> nodes.Node:
    return nodes.reference("", text, refuri=address) if address else nodes.Text(text)


def _fact(term: str, parts: list) -> nodes.definition_list_item:
    body = nodes.definition("", *[nodes.paragraph("", "", part) for part in parts])
    return nodes.definition_list_item("", nodes.term("", term), body)
