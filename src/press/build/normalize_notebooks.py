"""One canonical form for notebooks, so that a change in version control is a change of the chapter."""

import hashlib
import json
from pathlib import Path

from press.errors import PressError

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


KEPT = ("mystnb", "tags")  # of a cell's metadata; editors leave much else there


def canonical(text: str, where: str = "notebook") -> str:
    """Return the notebook without outputs, counts and editors' traces, as one text for one content.

    Empty cells are dropped; cells keep their ids, and get one from their content where they have none.

    Raises
    ------
    PressError
        When the text is not a notebook of format 4.
    """
    notebook = _parse(text, where)
    cells = [_cell(cell) for cell in notebook["cells"] if "".join(cell["source"]).strip()]
    _give_ids(cells)
    tidy = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(tidy, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def tidy(folder: Path) -> list[Path]:
    """Rewrite the notebooks of a folder in canonical form; return those that changed."""
    changed = []
    for path in sorted(folder.glob("*.ipynb")):
        text = path.read_text(encoding="utf-8")
        if (new := canonical(text, str(path))) != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def _parse(text: str, where: str) -> dict:
    try:
        notebook = json.loads(text)
    except json.JSONDecodeError as error:
        raise PressError(
            f"{where}, line {error.lineno}", f"not valid JSON: {error.msg}.", "Restore it from version control."
        ) from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise PressError(where, "not a notebook of format 4.", "Open it in JupyterLab and save it.")
    return notebook


def _cell(cell: dict) -> dict:
    metadata = {key: value for key, value in cell["metadata"].items() if key in KEPT and value}
    source = "".join(cell["source"]).strip("\n").splitlines(keepends=True)
    tidy = {"cell_type": cell["cell_type"], "id": cell.get("id", ""), "metadata": metadata, "source": source}
    if cell["cell_type"] == "code":
        tidy |= {"execution_count": None, "outputs": []}
    if cell.get("attachments"):
        tidy["attachments"] = cell["attachments"]
    return tidy


def _give_ids(cells: list[dict]) -> None:
    """Give an id to each cell that has none, or one that stands before it."""
    taken: set[str] = set()
    for index, cell in enumerate(cells):
        if not cell["id"] or cell["id"] in taken:
            cell["id"] = hashlib.sha256(f"{index} {''.join(cell['source'])}".encode()).hexdigest()[:8]
        taken.add(cell["id"])
