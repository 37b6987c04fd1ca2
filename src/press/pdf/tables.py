"""Tables: those that an author writes, those that a cell shows, and ours."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from docutils import nodes

from press.document.nodes import status_chip
from press.document.tables import Cell, Chip, Link, cell_text
from press.pdf.boxes import Boxes
from press.pdf.markup import breakable, together, words
from press.pdf.table_fitting import BOX, INSET, PANEL, Fit, Measure, Needs, fit, holds

LONG = 30  # rows of a table that will not fit on one page
_FEWEST = 3  # columns of a table that can be parted
_MUCH = 2500  # letters of a table that may not fit on one page


@dataclass
class Grid:
    """A table as Typst will set it: markup of cells, and what each column needs.

    `given` are widths that the author asks for, relative to one another.
    """

    aligned: list[str]
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    needs: dict[int, Needs] = field(default_factory=dict)
    given: list[int] | None = None
    rows: int = 0
    letters: int = 0
    spans: bool = False

    def columns(self) -> list[Needs]:
        """Return what each column needs."""
        return [self.needs.get(column, Needs(0, 0)) for column in range(len(self.aligned))]

    def part(self, chosen: list[int]) -> "Grid":
        """Return the table with some of its columns; no cell may reach over several."""
        head, body = (
            [row[column] for row in _in_rows(cells, len(self.aligned)) for column in chosen]
            for cells in (self.head, self.body)
        )
        needs = {place: self.columns()[column] for place, column in enumerate(chosen)}
        return Grid([self.aligned[column] for column in chosen], head, body, needs, rows=self.rows)

    def note(self, column: int, needs: Needs) -> None:
        """Take account of a cell that stands in one column."""
        known = self.needs.get(column, Needs(0, 0))
        self.needs[column] = Needs(max(known.least, needs.least), max(known.most, needs.most))


class Tables(Boxes):
    """Sets tables: they break between pages, and shrink or turn where they are too wide."""

    longest = 0  # letters after which a word of the table at hand is broken

    @cached_property
    def measure(self) -> Measure:
        """What measures words in the type of tables."""
        return Measure(self.cache_dir / "fonts")

    def render_table(self, node) -> str:
        """Set a table of docutils."""
        return self.fitted(node, lambda: self.authors_grid(node))

    def render_tabular(self, node) -> str:
        """Set a table of ours."""
        return self.fitted(node, lambda: self.own_grid(node))

    def fitted(self, node, make) -> str:
        """Return a table that fits; where words have to be broken, its cells are set once more."""
        with self.deeper():
            grid = make()
        if grid.given and not holds(grid.columns(), grid.given, self.depth):
            grid.given = None
        chosen = fit(grid.columns(), self.depth)
        if chosen is None:
            return self.in_parts(node, grid)
        if chosen.longest:
            self.longest = chosen.longest
            with self.deeper():
                grid = make()
            self.longest = 0
        return self.titled_table(node, grid, chosen, _sized(grid, chosen))

    def in_parts(self, node, grid: Grid) -> str:
        """Return a table that no page holds in parts, one below the other, each with the first column."""
        parts = _parts(grid, self.depth)
        if not parts:
            self.note_problem(
                node,
                f"the PDF has no room for a table of {len(grid.aligned)} columns.",
                "Split it, leave columns out, or keep it to the page with an {only} html directive.",
            )
            return "".join(f"{' · '.join(cells)}\n\n" for cells in _texts(node))
        below = "\n\n".join(_sized(part, chosen) for part, chosen in parts)
        return self.titled_table(node, replace(grid, rows=grid.rows * len(parts)), Fit(), below)

    def titled_table(self, node, grid: Grid, chosen: Fit, table: str) -> str:
        """Return a table with number, title, and legend; one without title stands as it is."""
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        if title is None:
            body = f"#plain-grid[{table}]" if self.depth else f"#wide[#plain-grid[{table}]]"
        else:
            legend = _legend(node)
            below = self.children(legend) if legend is not None else ""
            long = (
                "true"
                if grid.rows > LONG or self.depth or chosen.turned
                else "auto"
                if grid.letters > _MUCH
                else "false"
            )
            inner = ", inner: true" if self.depth else ""
            body = f"#grid-of({self.caption(node, title, 'table')}, [{below}], {long}{inner})[{table}]"
        return f"#page(flipped: true)[{body}]\n\n" if chosen.turned else f"{body}\n\n"

    # -- cells

    def own_grid(self, node) -> Grid:
        """Return a table of ours as Typst will set it."""
        grid = Grid(["right" if number else "left" for number in node["numeric"]], rows=len(node["rows"]) + 1)
        grid.head = [self.own_cell(grid, column, text, bold=True) for column, text in enumerate(node["columns"])]
        grid.body = [self.own_cell(grid, column, cell) for row in node["rows"] for column, cell in enumerate(row)]
        return grid

    def own_cell(self, grid: Grid, column: int, cell: Cell, bold: bool = False) -> str:
        """Return the cell of a table of ours."""
        plain = cell_text(cell)
        self.text.append((self.page, plain))
        grid.note(column, self.measure.needs(plain, bold))
        grid.letters += len(plain)
        if isinstance(cell, Chip):
            return f"[{self.render(status_chip('', cell.text, mark=cell.mark, color=cell.color))}]"
        text = words(self.pieces(together(plain)))
        return f"[{self.led(cell.address, text)}]" if isinstance(cell, Link) else f"[{text}]"

    def pieces(self, text: str) -> str:
        """Return text whose words can be broken, where the table at hand has no room for them."""
        return breakable(text, self.longest, self.longest) if self.longest else text

    def authors_grid(self, node) -> Grid:
        """Return a table of docutils as Typst will set it."""
        group = node.next_node(nodes.tgroup)
        specs = [child for child in group.children if isinstance(child, nodes.colspec)]
        head, body = (group.next_node(kind) for kind in (nodes.thead, nodes.tbody))
        parts = [part for part in (head, body) if part is not None]
        grid = Grid(_alignment(parts, len(specs)), rows=sum(len(part) for part in parts))
        if "colwidths-given" in node["classes"]:
            grid.given = [spec["colwidth"] for spec in specs]
        grid.head = self.rows_of(grid, head, len(specs), bold=True) if head is not None else []
        grid.body = self.rows_of(grid, body, len(specs)) if body is not None else []
        return grid

    def rows_of(self, grid: Grid, part, columns: int, bold: bool = False) -> list[str]:
        """Return the cells of head or body; columns that a cell above reaches into are skipped."""
        cells, taken = [], [0] * columns
        for row in part.children:
            column = 0
            for entry in row.children:
                while column < columns and taken[column]:
                    column += 1
                across, down = entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1
                cells.append(self.entry(grid, entry, column if across == 1 else None, bold))
                taken[column : column + across] = [down] * len(taken[column : column + across])
                column += across
            taken = [max(0, rows - 1) for rows in taken]
        return cells

    def entry(self, grid: Grid, entry, column: int | None, bold: bool) -> str:
        """Return one cell, which may reach over several columns and rows."""
        grid.letters += len(entry.astext())
        if column is not None:
            for text in entry.findall(nodes.Text):
                block = isinstance(text.parent, nodes.literal_block)
                needs = self.measure.needs(text.astext(), bold, code=block or isinstance(text.parent, nodes.literal))
                grid.note(column, Needs(needs.least + PANEL, needs.most + PANEL) if block else needs)
        spans = {"colspan": entry.get("morecols", 0) + 1, "rowspan": entry.get("morerows", 0) + 1}
        given = ", ".join(f"{name}: {number}" for name, number in spans.items() if number > 1)
        grid.spans = grid.spans or bool(given)
        body = f"[{self.children(entry).strip()}]"
        if column is not None:
            for box in entry.findall(nodes.Admonition):
                needs = self.measure.needs(box.astext(), bold=True)
                grid.note(column, Needs(needs.least + BOX, needs.most + BOX))
            for inner in [self.authors_grid(table) for table in entry.findall(nodes.table)]:
                width = sum(needs.least + INSET for needs in inner.columns())
                grid.note(column, Needs(width, width))
        if bold and entry.parent.parent.index(entry.parent):  # the first row of a head is bold by itself
            body = f"[#strong{body}]"
        return f"table.cell({given}){body}" if given else body

    def render_Text(self, node) -> str:
        """Set text; within a table that has no room for its words, these can be broken."""
        if self.longest:
            node = nodes.Text(self.pieces(node.astext()))
        return super().render_Text(node)  # type: ignore[misc]


def _texts(node: nodes.Element) -> list[list[str]]:
    """Return the words of a table's cells, row by row."""
    return [[words(entry.astext()) for entry in row.children] for row in node.findall(nodes.row)]


def _in_rows(cells: list[str], columns: int) -> list[list[str]]:
    return [cells[start : start + columns] for start in range(0, len(cells), columns)]


def _parts(grid: Grid, depth: int) -> list[tuple[Grid, Fit]]:
    """Return a table in parts that fit on an upright page, as few as can be; none where it cannot be parted."""
    if grid.spans or len(grid.aligned) < _FEWEST or len(grid.body) % len(grid.aligned):
        return []
    columns, parts, chosen = grid.columns(), [], [0]
    for column in range(1, len(columns)):
        if not _is_upright(fit([columns[each] for each in [*chosen, column]], depth)):
            parts.append(chosen)
            chosen = [0]
        chosen.append(column)
    made = [(part, fit(part.columns(), depth)) for part in map(grid.part, [*parts, chosen])]
    return [(part, each) for part, each in made if each] if all(_is_upright(each) for _, each in made) else []


def _is_upright(found: Fit | None) -> bool:
    """Tell whether a table stands on an upright page with its words whole."""
    return found is not None and not found.turned and not found.longest


def _sized(grid: Grid, chosen: Fit) -> str:
    table = f"#{_table(grid, chosen)}"
    return f"#sized({chosen.scale:.3g})[{table}]" if chosen.scale < 1 else table


def _legend(node: nodes.Element) -> nodes.Node | None:
    """Return what stands below one of our tables: note and source."""
    place = node.parent.index(node) + 1
    following = node.parent.children[place] if place < len(node.parent) else None
    is_legend = isinstance(following, nodes.container) and "table-legend" in following["classes"]
    return following if is_legend else None


def _alignment(parts: list, columns: int) -> list[str]:
    """Return how each column is set: as the last row says that has a cell for each."""
    rows = [row for part in parts for row in part.children if len(row) == columns]
    if not rows:
        return ["left"] * columns
    return [_aligned({*entry["classes"]}) for entry in rows[-1].children]


def _aligned(classes: set[str]) -> str:
    if {"num", "text-right"} & classes:
        return "right"
    return "center" if "text-center" in classes else "left"


def _table(grid: Grid, chosen: Fit) -> str:
    """Return the call of Typst's table."""
    columns = str(len(grid.aligned))
    if chosen.widths:
        columns = f"({', '.join(f'{width:.1f}pt' for width in chosen.widths)},)"
    elif grid.given:
        columns = f"({', '.join(f'{width}fr' for width in grid.given)},)"
    head = f"table.header({', '.join(grid.head)}), " if grid.head else ""
    return f"table(columns: {columns}, align: ({', '.join(grid.aligned)},), {head}{', '.join(grid.body)})"
