"""Tables of ours, from texts and links to one node."""

from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes
from docutils.utils.smartquotes import educateQuotes

from press.document.nodes import tabular

_SHORT = 14  # letters: a column of such cells is not broken


class Link(NamedTuple):
    """A cell that leads somewhere."""

    text: str
    address: str


class Chip(NamedTuple):
    """A cell that holds a status: its word, its mark, the name of its color."""

    text: str
    mark: str
    color: str


Cell = str | Link | Chip


def make_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    label: str,
    numeric: Sequence[bool] | None = None,
    row_headers: bool = False,
    classes: Sequence[str] = (),
    explore: bool = False,
) -> tabular:
    """Return the node of a table without title.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : sequence of rows
        Cells, as many in each row as there are headings.
    label : str
        What the table is called where it scrolls.
    numeric : sequence of bool, optional
        Columns set to the right; none by default.
    row_headers : bool
        Whether the first cell names its row.
    classes : sequence of str
        For the style sheet.
    explore : bool
        Whether readers can search, filter, and sort it.
    """
    columns, rows = [_typeset(text) for text in columns], [[_typeset_cell(cell) for cell in row] for row in rows]
    texts = [[cell_text(cell) for cell in row] for row in rows]
    short = [max((len(text) for text in column), default=0) <= _SHORT for column in zip(*texts, strict=True)]
    return tabular(
        "",
        nodes.Text(" ".join([*columns, *(text for row in texts for text in row)])),
        columns=columns,
        rows=rows,
        numeric=list(numeric or [False] * len(columns)),
        short=short or [False] * len(columns),
        row_headers=row_headers,
        label=label,
        explore=explore,
        leads_to_labels=False,
        classes=list(classes),
    )


def _typeset_cell(cell: Cell) -> Cell:
    return cell._replace(text=_typeset(cell.text)) if isinstance(cell, (Link, Chip)) else _typeset(cell)


def _typeset(text: str) -> str:
    """Return a text with typographic quotation marks, as Sphinx sets them elsewhere."""
    return educateQuotes(f" {text}")[1:] if "'" in text or '"' in text else text  # as after a space


def add_title(table: tabular, title: str, subtitle: str = "") -> None:
    """Give a table its title, and below it a subtitle."""
    node = nodes.title("", title)
    if subtitle:
        node += nodes.inline("", subtitle, classes=["table-subtitle"])
    table.insert(0, node)


def cell_text(cell: Cell) -> str:
    """Return the words of a cell."""
    return cell if isinstance(cell, str) else cell.text


def column_classes(table: tabular) -> list[str]:
    """Return how each column is set: `num` for numbers to the right, `short` for texts that are not broken."""
    kinds = zip(table["numeric"], table["short"], strict=True)
    return [" ".join(["num"] * number + ["short"] * short) for number, short in kinds]
