"""A chapter as it reads on the page, shown in the notebook that has just run it."""

import json
import os
import re
from functools import cache
from pathlib import Path

from IPython import get_ipython
from IPython.display import display

from press import project
from press.chapter.session import said
from press.errors import PressError
from press.ledger import KINDS, MARKS, RECORD, worded

_ROLE = re.compile(r"\{(?P<role>[a-z:]+)\}`(?P<text>[^`]+)`")
_FORMED = re.compile(r"(?P<id>[^*:]+)(?:(?:\*(?P<factor>[\d.]+))?:(?P<form>.+))?")
_FENCE = re.compile(r"(?m)^(?::{3,}|`{3,})(?:\{(?P<name>[\w-]+)\} *(?P<argument>.*))?$\n?")
_TARGET = re.compile(r"(?m)^\([\w-]+\)=\n")
_PAGE = re.compile(r"\[\]\((?P<page>[^)#]+)[^)]*\)")
_ID = re.compile(r"\bid=\"([a-z0-9-]+)\"")
_VSCODE = "__vsc_ipynb_file__"


def read(notebook: str | Path = "") -> None:
    """Show the whole chapter as it reads on the page, once all of its cells have run.

    Numbers, check marks, citations, figures, and tables stand in their places, with the values of this run. What
    other chapters record is taken from the book in `_build`, where it has been built. Save the notebook first:
    its text is read from the file.

    Parameters
    ----------
    notebook : path, optional
        The notebook's file. JupyterLab, Notebook 7, and VS Code tell it; elsewhere it must be named.
    """
    path = Path(notebook or _own_path())
    if not path.exists():
        raise PressError(
            "press.read", f"there is no file {str(path)!r}.", 'Name it: press.read("02-burden-sharing.ipynb").'
        )
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            text = in_words(source, path.parent)
            display({RECORD: {"kind": "lab"}, "text/markdown": text, "text/plain": text}, raw=True)
        elif cell["cell_type"] == "code":
            for id in _ID.findall(source):
                for output in said[id].outputs if id in said else ():
                    display(output | {RECORD: {"kind": "lab"}}, raw=True)


def _own_path() -> str:
    """Return the file of the notebook that runs, as far as the program that shows it tells."""
    shell = get_ipython()
    return os.environ.get("JPY_SESSION_NAME") or (shell.user_ns.get(_VSCODE, "") if shell else "") or "unknown"


def in_words(text: str, folder: Path) -> str:
    """Return the Markdown of a cell with what its roles and directives stand for.

    Parameters
    ----------
    text : str
        As the author wrote it.
    folder : Path
        That of the notebook.
    """
    text = _FENCE.sub(lambda match: _directive(match["name"] or "", (match["argument"] or "").strip()), text)
    text = _PAGE.sub(lambda match: f"[{_title(folder / match['page'])}]({match['page']})", _TARGET.sub("", text))
    return _ROLE.sub(lambda match: _role(match["role"], match["text"]), text)


def _directive(name: str, argument: str) -> str:
    if name == "claims":
        claims = [entry.record for entry in said.values() if entry.record["kind"] == "claim"]
        return "".join(f"* {MARKS[claim['holds']]} {claim['statement']}\n" for claim in claims)
    if name == "items":
        found = [entry for entry in _entries().values() if entry["kind"] == "item" and entry["group"] == argument]
        return "".join(f"* **{item['status']['short']}** {item['title']}. {item['reason']}\n" for item in found)
    return ""  # a box: what it holds stays


def _role(role: str, text: str) -> str:
    if role == "glue:text":
        return _number(text)
    if role == "claim":
        entry = _entries().get(text)
        return f" {MARKS[entry['holds']]}" if entry else ""
    if role.startswith("cite"):
        named = "; ".join(_sources().get(key.strip(), key.strip()) for key in text.split(","))
        return f"[{named}]" if role == "cite:p" else named
    if role == "numref":
        entry = _entries().get(text)
        return f"{entry['kind'].capitalize()} “{entry['title']}”" if entry else "the figure"
    return {"eq": "the equation above"}.get(role, text)


def _number(text: str) -> str:
    asked = _FORMED.fullmatch(text)
    entry = _entries().get(asked["id"]) if asked else None
    if asked is None or entry is None:
        return "[…]"  # of another chapter, and the book has not been built
    value = entry["value"] * float(asked["factor"] or 1)
    return (worded(f"{{:{asked['form']}}}", value) if asked["form"] else entry["text"]).replace("$", r"\$")


def _entries() -> dict[str, dict]:
    """Return id → record: of this run, and of the built book for all else."""
    return _of_book(project.find_root()) | {id: entry.record for id, entry in said.items()}


@cache
def _of_book(root: Path) -> dict[str, dict]:
    path = root / "_build" / "html" / "ledger.json"
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {entry["id"]: entry | {"kind": kind} for kind, part in KINDS.items() for entry in content.get(part, [])}


@cache
def _sources() -> dict[str, str]:
    """Return key → author and year of each source in the bibliography."""
    from pybtex.database import parse_file

    root = project.find_root()
    settings = (project.read_settings(root, project.CONFIG).get("sphinx") or {}).get("config") or {}
    files = [parse_file(str(root / name)) for name in settings.get("bibtex_bibfiles", [])]
    return {key: _author_and_year(entry) for file in files for key, entry in file.entries.items()}


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
