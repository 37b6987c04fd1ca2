"""A chapter as it reads on the page, shown in the notebook that has just run it."""

import json
import os
import re
from pathlib import Path

from IPython import get_ipython
from IPython.display import display

from press.chapter import markdown, session
from press.errors import PressError
from press.ledger import RECORD

_ID = re.compile(r"\bid=\"([a-z0-9-]+)\"")
_VSCODE = "__vsc_ipynb_file__"


def read(notebook: str | Path = "") -> None:
    """Show the whole chapter as it reads on the page, once all of its cells have run.

    Numbers, check marks, citations, figures, and tables stand in their places, with the values of this run. What
    other chapters record is taken from the book in `_build`, or from the last edition. Save the notebook first:
    its text is read from the file. JupyterLab shows the text between the cells so by itself, where it was opened with
    `make lab`.

    Parameters
    ----------
    notebook : path, optional
        The notebook's file. JupyterLab, Notebook 7, and VS Code tell it; elsewhere it must be named.
    """
    if session.is_shown_in_lab() and not notebook:
        print("The text between the cells above shows the values of this run.")
        return
    path = Path(notebook or _own_path())
    if not path.exists():
        raise PressError(
            "press.read", f"there is no file {str(path)!r}.", 'Name it: press.read("02-burden-sharing.ipynb").'
        )
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in _cells(path)]
    words = iter(markdown.in_words([source for kind, source in cells if kind == "markdown"], path))
    for kind, source in cells:
        if kind == "markdown":
            text = next(words)
            display({RECORD: {"kind": "lab"}, "text/markdown": text, "text/plain": text}, raw=True)
        elif kind == "code":
            _show_again(_ID.findall(source))


def _cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def _show_again(ids: list[str]) -> None:
    """Show the figures and tables of a cell once more."""
    for id in ids:
        for output in session.said[id].outputs if id in session.said else ():
            display(output | {RECORD: {"kind": "lab"}}, raw=True)


def _own_path() -> str:
    """Return the file of the notebook that runs, as far as the program that shows it tells."""
    shell = get_ipython()
    return os.environ.get("JPY_SESSION_NAME") or (shell.user_ns.get(_VSCODE, "") if shell else "") or "unknown"
