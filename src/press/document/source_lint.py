"""What an author is told of Markdown that Markdown passes over: fences left open, lost notes and cells, conflicts."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_block.table import escapedSplit
from sphinx.application import Sphinx
from sphinx.util import logging

from press import state

logger = logging.getLogger(__name__)
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<signs>`{3,}|~{3,}|:{3,})(?P<info>.*)")
_DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}")
# Directives whose content is no Markdown.
_LITERAL = re.compile(r".*(?:code|literal|math|raw|eval-rst|mermaid|graphviz|csv-table|tikz|html|js|svg).*")
_NOTE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](:?)")
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_RULE = re.compile(r"[ \t>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BEGINS = re.compile(r"[ \t>]*`{3,}\{[\w:.+-]+\}")
_CONFLICT = re.compile(r"(?:<{7}|>{7}) ")


class Fence(NamedTuple):
    """A line that opens a block, and whether what stands in the block is no Markdown."""

    line: int
    signs: str
    words: str
    is_literal: bool


class Line(NamedTuple):
    """A line of Markdown, and its number."""

    number: int
    text: str


def check_source(app: Sphinx, page: str, source: list[str]) -> None:
    """Warn of what is wrong in the Markdown of a page, or of a notebook's cells."""
    path = app.env.doc2path(page)
    colons = "colon_fence" in app.config.myst_enable_extensions
    plan = state.build(app).plan
    if path.endswith(".ipynb") and plan:
        cells = plan.rules.read(app.srcdir / path).cells
        texts = [(number * 10_000, cell.source) for number, cell in enumerate(cells, 1) if cell.cell_type == "markdown"]
    else:
        texts = [(0, source[0])] if path.endswith(".md") else []
    lines: list[Line] = []
    for before, text in texts:
        read, fence = read_lines(text.splitlines(), colons)
        lines += [Line(before + number, line) for number, line in read]
        if fence:
            kind = "block" if fence.signs else "comment"
            _warn(path, before + fence.line, f"the {kind} “%s” is never closed", fence.words)
    includes = any("{include}" in text for _, text in texts)
    found = [*_lost_notes(lines, includes), *_lost_cells(lines), *_no_blocks(lines), *_conflicts(lines)]
    for number, what, words in found:
        _warn(path, number, what, words)


def _warn(path: str, line: int, what: str, words: str) -> None:
    logger.warning(what, words, location=f"{path}:{line}")


def read_lines(lines: Sequence[str], colons: bool) -> tuple[list[Line], Fence | None]:
    """Return those lines that are Markdown and no fence, and the fence that is not closed where all below is in one."""
    opened: list[Fence] = []
    read, cut = [], []
    comment = 0  # the line that begins one
    for number, line in enumerate(lines, 1):
        literal = bool(opened) and opened[-1].is_literal
        if comment or (not literal and line.lstrip().startswith("<!--")):
            comment = 0 if "-->" in line else comment or number
            continue
        found = _FENCE.match(line)
        signs, info = (found["signs"], found["info"].strip()) if found else ("", "")
        if (signs.startswith(":") and not colons) or (signs.startswith("`") and "`" in info):
            signs = ""
        closed = next((place for place, fence in enumerate(opened) if not info and _closes(signs, fence)), None)
        if closed is not None:
            cut += opened[closed + 1 :]
            del opened[closed:]
        elif signs and not literal:
            name = _DIRECTIVE.match(info)
            is_literal = bool(_LITERAL.fullmatch(name[1])) if name else signs[0] != ":"
            opened.append(Fence(number, signs, line.strip(), is_literal))
        elif not literal:
            read.append(Line(number, line))
    if comment:
        return read, Fence(comment, "", lines[comment - 1].strip(), True)
    swallows = any(fence.words.strip(":") for fence in opened)  # colons alone begin a block of no meaning
    return read, min(cut + opened) if swallows else None


def _closes(signs: str, fence: Fence) -> bool:
    """Tell whether signs alone on a line close a block."""
    return signs[:1] == fence.signs[0] and len(signs) >= len(fence.signs)


def _lost_notes(lines: list[Line], includes: bool) -> Iterator[tuple[int, str, str]]:
    """Yield the notes that nothing refers to, and the references to none; a page that includes others may have them."""
    if includes:
        return
    written: dict[str, int] = {}
    asked: dict[str, int] = {}
    for number, line in lines:
        for found in _NOTE.finditer(_CODE.sub("", line)):
            begins = found[2] and not line[: line.index(found[0])].strip(" \t>")
            (written if begins else asked).setdefault(found[1], number)
    yield from ((at, "there is no note [^%s]", name) for name, at in asked.items() if name not in written)
    yield from ((at, "nothing refers to the note [^%s]", name) for name, at in written.items() if name not in asked)


def _lost_cells(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of tables that have more cells than the head: Markdown leaves these out."""
    columns, head = 0, ""
    for number, line in lines:
        if "|" not in line:
            columns, head = 0, ""
        elif columns and _cells(line) > columns:
            yield number, "the row has more cells than the head of its table: “%s”", line.strip()
        elif not columns and head and _RULE.fullmatch(line) and _cells(line) == _cells(head):
            columns = _cells(line)
        head = line


def _cells(line: str) -> int:
    """Return how many cells a row has."""
    return len(escapedSplit(line.strip(" \t>").removeprefix("|").removesuffix("|")))


def _no_blocks(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield lines that would begin a block, but for the code in them: Markdown reads them as text."""
    for number, line in lines:
        if _BEGINS.match(_CODE.sub("", line)):
            yield number, "the block is none, since its first line has backticks: “%s”", line.strip()


def _conflicts(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield the marks between which git has left two versions."""
    yield from (
        (number, "git has left two versions here: “%s”", line) for number, line in lines if _CONFLICT.match(line)
    )
