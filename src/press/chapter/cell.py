"""What a cell says in numbers and claims, shown as one table however many they are."""

from html import escape
from typing import NamedTuple

from IPython import get_ipython
from IPython.display import display

from press.chapter import session
from press.ledger import RECORD

_LEFT = 'style="text-align: left; vertical-align: top"'
_HEADINGS = ("Name", "As printed, or as claimed")


class Row(NamedTuple):
    """A line of the table: what is recorded, and how it reads."""

    record: dict
    text: str


_shown: dict[str, list[Row]] = {}  # of the cell that runs: the name of its table → its lines


def show(record: dict, text: str) -> None:
    """Show a number or a claim: in the table of the cell that runs, or alone where no cell does.

    Parameters
    ----------
    record : dict
        What the build reads.
    text : str
        The number as it is printed, or the mark and statement of the claim.
    """
    session.note(record)
    row, name = Row(record, text), _name_of_table()
    if not name:
        display(_output([row]), raw=True)
        return
    is_first = name not in _shown
    if is_first:
        _shown.clear()
    rows = _shown.setdefault(name, [])
    rows.append(row)
    display(_output(rows), raw=True, display_id=name, update=not is_first)


def _name_of_table() -> str:
    """Return a name for the table of the cell that runs; empty outside of IPython."""
    shell = get_ipython()
    return f"press-{id(shell)}-{shell.execution_count}" if shell else ""


def _output(rows: list[Row]) -> dict:
    """Return the table in all its forms, with one record, or all of them."""
    records = [row.record for row in rows]
    body = "".join(map(_line, rows))
    head = "".join(f"<th {_LEFT}>{heading}</th>" for heading in _HEADINGS)
    width = max(len(row.record["id"]) for row in rows)
    return {
        RECORD: records[0] if len(records) == 1 else {"kind": "several", "records": records},
        "text/html": f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>",
        "text/plain": "\n".join(f"{row.record['id']:{width}}  {row.text}" for row in rows),
    }


def _line(row: Row) -> str:
    name = f'<code style="white-space: nowrap">{row.record["id"]}</code>'
    return f"<tr><td {_LEFT}>{name}</td><td {_LEFT}>{escape(row.text)}</td></tr>"
