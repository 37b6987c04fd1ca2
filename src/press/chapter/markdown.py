"""The text of a chapter as it reads on the page, with the values of the notebook that runs.

Roles and directives become plain Markdown, which every notebook shows: in JupyterLab and Notebook 7 the extension in
`press/labextensions` asks for it, cell by cell; elsewhere `press.read` shows it.
"""

import json
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from IPython.display import JSON

from press import project
from press.chapter import session
from press.ledger import KINDS, MARKS, worded

_SPARED = r"(?P<spared>(?ms:^[> ]*```.*?^[> ]*```$)|``.+?``)"  # code, also where it shows how a role is written
_DOLLAR = r"(?P<dollar>\\\$)"
_ROLE = re.compile(rf"{_SPARED}|{_DOLLAR}|\{{(?P<role>[a-z:]+)\}}`(?P<text>[^`]+)`")
_MONEY = "<span>&#36;</span>"  # a dollar that no notebook takes for the begin of an equation, nor two for its ends
_FORMED = re.compile(r"(?P<id>[^*:]+)(?:(?:\*(?P<factor>[\d.]+))?:(?P<form>.+))?")
_FENCE = re.compile(r" *(?P<marks>:{3,}|`{3,})(?:\{(?P<name>[\w-]+)\} *(?P<argument>.*)|(?<=`)[^`{]*)")
_OPTION = re.compile(r" *:[\w-]+:")
_TARGET = re.compile(r"(?m)^\([\w-]+\)=\n")
_EQUATION = re.compile(r"(?m)^\$\$ *\((?P<label>[\w-]+)\) *$")
_PAGE = re.compile(r"\[\]\((?P<page>[^)#]+)[^)]*\)")
_EXPLICIT = re.compile(r"(?P<words>.+?) *<[^<>]+>")
_BOXES = {"note", "tip", "hint", "important", "warning", "caution", "attention", "danger", "error", "seealso", "topic"}
_BOXES |= {"admonition", "dropdown", "margin", "sidebar"}


class _Fence(NamedTuple):
    """Marks that have opened a block: whether of code, and what begins its lines."""

    marks: str
    is_code: bool
    start: str


def told(texts: list[str], notebook: str) -> JSON:
    """Return what JupyterLab shows in place of the Markdown cells of the notebook that runs.

    Parameters
    ----------
    texts : list of str
        The cells, as their author wrote them.
    notebook : str
        The notebook’s file; its kernel runs in the same folder.
    """
    session.shown_in_lab()
    return JSON(dict(zip(texts, in_words(texts, Path(Path(notebook).name)), strict=True)))


def in_words(texts: list[str], notebook: Path) -> list[str]:
    """Return the Markdown cells of a notebook with what their roles and directives stand for.

    Parameters
    ----------
    texts : list of str
        The cells, as their author wrote them, in their order: equations are counted through the notebook.
    notebook : Path
        The file they stand in. Until a cell of it has run, its numbers are those of the book.
    """
    entries = _entries(notebook.stem)
    labels = [match["label"] for text in texts for match in _EQUATION.finditer(text)]
    equations = {label: number for number, label in enumerate(labels, 1)}
    return [_in_words(text, notebook.parent, entries, equations) for text in texts]


def _in_words(text: str, folder: Path, entries: dict[str, dict], equations: dict[str, int]) -> str:
    text = _EQUATION.sub(lambda match: f"\\tag{{{equations[match['label']]}}}\n$$", _without_fences(text, entries))
    text = _PAGE.sub(lambda match: f"[{_title(folder / match['page'])}]({match['page']})", _TARGET.sub("", text))

    def role(match: re.Match) -> str:
        if match["dollar"]:
            return _MONEY
        if match["role"] == "eq":
            return f"({equations.get(match['text'], '…')})"
        return match["spared"] or _role(match["role"], match["text"], entries)

    return _ROLE.sub(role, text)


def _without_fences(text: str, entries: dict[str, dict]) -> str:
    """Return Markdown without directives: boxes as quotations, lists filled in; code stays as it is."""
    lines: list[str] = []
    opened: list[_Fence] = []
    for line in text.splitlines():
        fence, inner = _FENCE.fullmatch(line), opened[-1] if opened else None
        if inner and line.strip() == inner.marks:
            opened.pop()
            shown = [line] if inner.is_code else []
        elif not fence or (inner and inner.is_code):
            is_option = inner and not inner.is_code and _OPTION.match(line)
            shown = [] if is_option else [line]
        else:
            opened.append(_Fence(fence["marks"], not fence["name"], "> " if fence["name"] in _BOXES else ""))
            shown = _directive(fence, entries) if fence["name"] else [line]
        start = "".join(fence.start for fence in opened)
        lines += [start + each if each else start.rstrip() for each in shown]
    return "\n".join(lines) + "\n" * text.endswith("\n")


def _directive(fence: re.Match, entries: dict[str, dict]) -> list[str]:
    """Return the lines that open a box, or that a list consists of."""
    name, argument = fence["name"], fence["argument"].strip()
    if name in _BOXES:
        return [f"**{argument or name.capitalize()}**", ""]
    if name == "claims":
        claims = [record for record in session.records() if record["kind"] == "claim"]
        return [f"* {MARKS[claim['holds']]} {_escaped(claim['statement'])}" for claim in claims]
    if name in ("items", "board"):
        items = [entry for entry in entries.values() if entry["kind"] == "item" and argument in ("", entry["group"])]
        return [f"* **{_escaped(one['title'])}: {one['status']['short']}.** {_escaped(one['reason'])}" for one in items]
    return []


def _role(role: str, text: str, entries: dict[str, dict]) -> str:
    if role == "glue:text":
        return _number(text, entries)
    if role == "claim":
        return _mark(entries[text]) if text in entries else ""
    if role == "status":
        return entries[text]["status"]["short"] if text in entries else ""
    if role.startswith("cite"):
        named = "; ".join(_sources().get(key.strip(), key.strip()) for key in text.split(","))
        return f"[{named}]" if role == "cite:p" else named
    if role == "numref":
        return _figure(text, entries)
    explicit = _EXPLICIT.fullmatch(text)
    return explicit["words"] if explicit else text


def _mark(claim: dict) -> str:
    """Return the mark of a claim, kept on the line of its sentence; whoever points at it reads the exact statement."""
    statement = escape(claim["statement"]).replace("$", "&#36;")
    return f'\u00a0<span title="{statement}">{MARKS[claim["holds"]]}</span>'


def _figure(id: str, entries: dict[str, dict]) -> str:
    entry = entries.get(id)
    return f"{entry['kind'].capitalize()} “{_escaped(entry['title'])}”" if entry else "the figure"


def _number(text: str, entries: dict[str, dict]) -> str:
    asked = _FORMED.fullmatch(text)
    entry = entries.get(asked["id"]) if asked else None
    if asked is None or entry is None:
        return "[…]"  # its cell has not run; or it is another chapter’s, and there is no book
    value = entry["value"] * float(asked["factor"] or 1)
    return _escaped(worded(f"{{:{asked['form']}}}", value) if asked["form"] else entry["text"])


def _escaped(text: str) -> str:
    """Return text in which dollars are money."""
    return text.replace("$", _MONEY)


def _entries(chapter: str) -> dict[str, dict]:
    """Return id → record: those of this run, and of the book for all other chapters, or for all before the run."""
    mine = {record["id"]: record for record in session.records()}
    of_book = _of_book(project.find_root())
    others = {id: entry for id, entry in of_book.items() if not mine or Path(entry["chapter"]).name != chapter}
    return others | mine


@cache
def _of_book(root: Path) -> dict[str, dict]:
    """Return id → entry of the book in `_build`, or of the last edition."""
    editions = sorted((root / "editions").glob("*.json"), reverse=True)
    files = [path for path in (root / "_build" / "html" / "ledger.json", *editions) if path.exists()]
    content = json.loads(files[0].read_text(encoding="utf-8")) if files else {}
    return {entry["id"]: entry | {"kind": kind} for kind, part in KINDS.items() for entry in content.get(part, [])}


@cache
def _sources() -> dict[str, str]:
    """Return key → author and year of each source in the bibliography, as a link to it where it has an address."""
    from pybtex.database import parse_file

    root = project.find_root()
    settings = project.sphinx_settings(project.read_settings(root, project.CONFIG))
    files = [parse_file(str(root / name)) for name in settings.get("bibtex_bibfiles", [])]
    return {key: _link(entry) for file in files for key, entry in file.entries.items()}


def _link(entry) -> str:
    name, address = _author_and_year(entry), entry.fields.get("url", "")
    return f"[{name}](<{address}>)" if address else name


def _author_and_year(entry) -> str:
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(person.last_names).strip("{}") for person in persons]
    author = (
        f"{names[0]} et al." if len(names) > 2 else " and ".join(names) or entry.fields.get("title", "").strip("{}")
    )
    return ", ".join(filter(None, [author, entry.fields.get("year", "")]))


def _title(path: Path) -> str:
    """Return the title of another page of the book."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if path.suffix == ".ipynb" and text:
        text = "".join(json.loads(text)["cells"][0]["source"])
    first = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return first.removeprefix("# ") or path.name
