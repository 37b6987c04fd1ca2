"""Statuses: what became of each item of a list, as tiles, chips, and lists.

An item is something that the book judges – a promise, a target, a recommendation. A chapter records each with
`item`; pages print all as a board (`{board}`), those of a group (`{items}`), one with its evidence (`{item}`), or the
chip of one in a sentence (`{status}`).
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx.builders import Builder

from press.document.nodes import board, chart, item_heading, item_list, status_chip, tabular
from press.document.tables import Cell, Chip, Link, make_table

_LONG = 15  # rows, from which on readers search a table of evidence
# Marks that are told apart without color: name → what is drawn in a square of 16 by 16.
MARKS = {
    "full": '<circle cx="8" cy="8" r="6.5"/>',
    "half": '<path d="M8 2.5a5.5 5.5 0 0 0 0 11z"/>'
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="COLOR" stroke-width="2"/>',
    "empty": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="COLOR" stroke-width="2"/>',
    "cross": '<path d="M3 3l10 10M13 3L3 13" fill="none" stroke="COLOR" stroke-width="3"/>',
    "dash": '<path d="M2 8h12" fill="none" stroke="COLOR" stroke-width="3" stroke-dasharray="3 2"/>',
    "up": '<path d="M8 2l6 11H2z"/>',
    "level": '<path d="M2 5.5h12v5H2z"/>',
    "down": '<path d="M8 14L2 3h12z"/>',
}


def mark_svg(mark: str, color: str) -> str:
    """Return a mark as SVG; `color` is a hex value, or `currentColor`."""
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" fill="{color}">'
    return f"{opening}{MARKS[mark].replace('COLOR', color)}</svg>"


def by_group(items: Iterable[dict]) -> list[tuple[str, list[dict]]]:
    """Return the items of each group, in the order in which they were recorded."""
    return [(group, list(members)) for group, members in groupby(items, key=lambda item: item["group"])]


def counts(items: Sequence[dict]) -> list[tuple[dict, int]]:
    """Return each word for a status that occurs, best first, and how many items have it."""
    ranked = sorted((item["status"] for item in items), key=lambda status: status["rank"])
    statuses = {status["short"]: status for status in reversed(ranked)}
    words = dict.fromkeys(status["short"] for status in ranked)
    return [(statuses[word], sum(status["short"] == word for status in ranked)) for word in words]


def explained(items: Iterable[dict]) -> list[dict]:
    """Return each status that occurs and that says at `long` what it means; best first."""
    named = {item["status"]["name"]: item["status"] for item in items if item["status"].get("long")}
    return sorted(named.values(), key=lambda status: status["rank"])


def of_few(items: Sequence[dict], most: int = 3) -> list[tuple[dict, list[dict]]]:
    """Return each word for a status that at most so many items have, best first, with these items."""
    few = [status for status, count in counts(items) if count <= most]
    return [(status, [item for item in items if item["status"]["short"] == status["short"]]) for status in few]


def chip(status: dict) -> status_chip:
    """Return the node of a chip: mark and word."""
    return status_chip("", status["short"], mark=status["mark"], color=status["color"])


def has_fallen(item: dict) -> bool:
    """Tell whether an item once stood higher than it does now."""
    return bool(item.get("best")) and item["best"]["rank"] < item["status"]["rank"]


def address_of(item: dict, page: str, builder: Builder) -> str:
    """Return where the item's own page lies, as seen from another; empty where it has none."""
    return builder.get_relative_uri(page, item["page"]) if item["page"] else ""


def with_addresses(items: Iterable[dict], page: str, builder: Builder) -> list[dict]:
    """Return items with the address of their own page, for a template."""
    return [item | {"address": address_of(item, page, builder)} for item in items]


def make_board(items: Sequence[dict], page: str, builder: Builder) -> board:
    """Return the board of all items, in the order in which they were recorded."""
    return board("", nodes.Text(_words(items)), items=with_addresses(items, page, builder))


def make_list(items: Sequence[dict], page: str, builder: Builder) -> item_list:
    """Return a list of items, each with its chip and reason."""
    return item_list("", nodes.Text(_words(items)), items=with_addresses(items, page, builder))


def make_standing(items: Sequence[dict], page: str, builder: Builder) -> nodes.bullet_list:
    """Return which items have which status, in a line each: what the page of a group says below its title."""
    lines = []
    for status, _ in counts(items):
        line = nodes.paragraph("", "", chip(status), nodes.Text(" "))
        for place, item in enumerate(item for item in items if item["status"]["short"] == status["short"]):
            address, name = address_of(item, page, builder), nodes.Text(item["title"])
            link = nodes.reference("", "", name, internal=True, refuri=address) if address else name
            line += [nodes.Text(", " * bool(place)), link]
        lines.append(nodes.list_item("", line))
    return nodes.bullet_list("", *lines, classes=["standing"])


def _words(items: Iterable[dict]) -> str:
    """Return the text of items, for the search index."""
    return " ".join(f"{item['title']} {item['status']['short']} {item['reason']}" for item in items)


def item_nodes(item: dict) -> list[nodes.Node]:
    """Return what an item's own page shows: its status and reason, those of its parts if they differ, its blocks."""
    differ = len({status["name"] for _, status, _ in item["parts"]}) > 1
    verdicts = [("", item["status"], item["reason"]), *(item["parts"] if differ else ())]
    shown: list[nodes.Node] = [
        nodes.paragraph("", "", *_verdict(who, status, reason), classes=["verdict"]) for who, status, reason in verdicts
    ]
    if said := explained({"status": status} for _, status, _ in verdicts):
        shown.append(_meanings(said))
    return shown + [node for block in item["blocks"] for node in _block(item, block)]


def _verdict(who: str, status: dict, reason: str) -> list[nodes.Node]:
    name = [nodes.strong("", who), nodes.Text(" ")] if who else []
    return [*name, chip(status), nodes.Text(f": {reason}")]


def _meanings(explained: list[dict]) -> nodes.paragraph:
    """Return what the words for statuses mean."""
    paragraph = nodes.paragraph("", classes=["verdict-words"])
    for status in explained:
        paragraph += [nodes.strong("", status["short"]), nodes.Text(f": {status['long']}. ")]
    return paragraph


def _block(item: dict, block: dict[str, Any]) -> list[nodes.Node]:
    kind = block["kind"]
    if kind == "heading":
        return [item_heading(block["text"])]
    if kind == "quote":
        return [_quote(block)]
    if kind == "table":
        names, rows = _shown_columns(block)
        return [make_table(names, rows, label=block["label"], classes=["rows", "stacked"], explore=len(rows) > _LONG)]
    if kind == "chart":
        id = f"{item['id']}-{block['id']}"
        return [_picture(id, block)]
    return [nodes.paragraph("", block["text"])]


def _quote(block: dict[str, Any]) -> nodes.block_quote:
    text, marked = block["text"], block.get("marked", "")
    before, _, after = text.partition(marked) if marked else (text, "", "")
    words = [nodes.Text(before), *([nodes.strong("", marked), nodes.Text(after)] if marked else [])]
    quote = nodes.block_quote("", nodes.paragraph("", "", *words))
    if "source" in block:
        text, address = block["source"]
        quote += nodes.attribution("", "", nodes.reference("", text, refuri=address))
    return quote


def _rows(block: dict[str, Any]) -> list[list[Cell]]:
    return [[Link(*cell) if isinstance(cell, (list, tuple)) else cell for cell in row] for row in block["rows"]]


def _shown_columns(block: dict[str, Any]) -> tuple[list[str], list[list[Cell]]]:
    """Return headings and rows as the item's own page shows them: columns that have no name there are left out."""
    names = block.get("names", block["columns"])
    shown = [place for place, name in enumerate(names) if name]
    return [names[place] for place in shown], [[row[place] for place in shown] for row in _rows(block)]


def make_evidence(items: Sequence[dict], page: str, builder: Builder) -> tabular:
    """Return the tables of all items as one, each row with its item and what became of it; readers can search it."""
    tables = [(item, block) for item in items for block in item["blocks"] if block["kind"] == "table"]
    columns = next((list(block["columns"]) for _, block in tables), [])
    rows = [
        [_name(item, page, builder), chip_cell(item["status"]), *row]
        for item, block in tables
        if list(block["columns"]) == columns
        for row in _rows(block)
    ]
    headings = [builder.config.press_item_name, builder.config.press_status_name, *columns]
    table = make_table(headings, rows, label="All evidence", classes=["rows", "stacked"], explore=True)
    table["ids"] = ["evidence"]
    return table


def _name(item: dict, page: str, builder: Builder) -> Cell:
    address = address_of(item, page, builder)
    return Link(item["title"], address) if address else item["title"]


def chip_cell(status: dict) -> Chip:
    """Return a status as the cell of a table."""
    return Chip(status["short"], status["mark"], status["color"])


def _picture(id: str, block: dict[str, Any]) -> nodes.container:
    """Return a chart without number, caption, and files."""
    texts = {"title": "", "subtitle": "", "note": "", "alt": block["alt"]}
    specs = {key: json.dumps(block[key]) for key in ("spec", "narrow")}
    picture = chart(figure=id, sources=[], live=False, controls=False, **texts, **specs)
    return nodes.container("", picture, classes=["strip"])
