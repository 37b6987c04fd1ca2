"""What went wrong, where, and what to do about it."""

import json

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


class UntrueClaim(PressError):
    """A sentence that the data no longer support."""


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
    return [f"{type(error).__name__}: {error}"]


def _of_cell(notebook: str, failure: BaseException | None) -> str:
    """A chapter that did not run to its end."""
    name, value = getattr(failure, "ename", type(failure).__name__), getattr(failure, "evalue", str(failure))
    return f"{notebook}, {_cell(notebook, str(failure))}: {name}: {value}"


def _cell(notebook: str, text: str) -> str:
    """Which cell a failure quotes."""
    with open(notebook, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    for place, cell in enumerate(cells, 1):
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "code" and source and source in text:
            return f"cell {place}"
    return "a cell"
