"""What went wrong, where, and what to do about it."""

import json
import os

from sphinx.errors import SphinxError


class PressError(SphinxError):
    """One problem of the book, in words an author can act on.

    Parameters
    ----------
    where : str
        File, chapter, cell or line.
    what : str
        What is wrong, naming the value.
    remedy : str
        What to do.
    """

    def __init__(self, where: str, what: str, remedy: str):
        super().__init__(f"{where}: {what} {remedy}")
        self.where, self.what, self.remedy = where, what, remedy

    category = "The book is not printed"

    def __reduce__(self):
        return type(self), (self.where, self.what, self.remedy)


# What Sphinx, MyST and Jupyter say without saying what to do.
_REMEDIES = {
    "DeadKernelError": "It ran out of memory, or native code crashed: run the chapter in JupyterLab to see where.",
    "CellTimeoutError": "Make it faster, or raise execute: timeout in _config.yml.",
    "could not find bibtex key": "Add it to the bibliography, or correct the key.",
    "undefined label": "Correct the label, or give it to a figure, table or section.",
    "equation not found": "Correct the label, or give it to an equation.",
    "cross-reference target not found": "Correct the path or label.",
    "nonexisting document": "Correct _toc.yml, or write the page.",
    "No mime type available": "Show it with number, figure or table, or end the cell's last line with a semicolon.",
    "Unknown directive": "Correct its name.",
    "Unknown interpreted text role": "Correct its name.",
}


def with_remedy(message: str) -> str:
    """A message of somebody else, and what to do about it."""
    remedy = next((remedy for words, remedy in _REMEDIES.items() if words in message), "")
    return f"{message.rstrip('. ')}. {remedy}".rstrip()


class UntrueClaim(PressError):
    """A sentence that the data no longer support."""


def place(page: str, line: int | None) -> str:
    """Page and line, in a chapter its cell and line: there MyST-NB counts 10,000 lines a cell."""
    if line is None:
        return page
    cell, line = divmod(line, 10_000)
    return f"{page}, cell {cell}, line {line}" if cell else f"{page}, line {line}"


def explain(error: BaseException) -> str:
    """The failure of a build in one message: chapter and cell, what is wrong, what to do."""
    return "; ".join(_explanations(error))


def _explanations(error: BaseException) -> list[str]:
    chain = [error]
    while (inner := chain[-1].__cause__ or getattr(chain[-1], "orig_exc", None)) is not None:
        chain.append(inner)
    for link in chain:  # a problem of the book, however deep Sphinx has wrapped it
        if isinstance(link, PressError):
            return [str(link)]
    if type(error).__name__ == "ExecutionError":
        return [_of_cell(str(error), error.__cause__)]
    where = "".join(f"{note}: " for note in getattr(error, "__notes__", []))
    return [with_remedy(f"{where}{type(error).__name__}: {error}")]


def _of_cell(notebook: str, failure: BaseException | None) -> str:
    """A chapter that did not run to its end."""
    name = getattr(failure, "ename", type(failure).__name__)
    value = getattr(failure, "evalue", str(failure).partition("\n")[0])
    message = f"{os.path.relpath(notebook)}, {_cell(notebook, str(failure))}: {name}: {value}"
    return message if name in ("PressError", "UntrueClaim") else with_remedy(message)


def _cell(notebook: str, text: str) -> str:
    """Which cell a failure quotes."""
    with open(notebook, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    for place, cell in enumerate(cells, 1):
        source = "".join(cell["source"]).strip()
        beginning = repr(source.splitlines()[:5])[1:-1]  # what a cell that took too long is quoted by
        if cell["cell_type"] == "code" and source and (source in text or beginning in text):
            return f"cell {place}"
    return "a cell"
