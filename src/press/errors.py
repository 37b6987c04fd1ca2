"""What went wrong, where, and what to do about it."""

import difflib
from collections.abc import Collection, Sequence

from sphinx.errors import SphinxError

_NOT_BUILT = "the book is not built"
_MOST = 12  # names that a message lists


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
    parts : sequence of PressError or str
        The problems, where it stands for several.
    """

    def __init__(self, where: str, what: str, remedy: str, parts: "Sequence[PressError | str]" = ()):
        super().__init__(f"{where}: {what} {remedy}")
        self.where, self.what, self.remedy, self.parts = where, what, remedy, tuple(parts)

    category = "The book is not built"

    def _render_traceback_(self) -> list[str]:
        """Let Jupyter show the message alone: it names the place, and what to do."""
        return [str(self)]

    def __reduce__(self):
        """Let the error pass from one process to another."""
        return type(self), (self.where, self.what, self.remedy, self.parts)


# What Sphinx, MyST and Jupyter say without saying what to do.
_REMEDIES = {
    "could not find bibtex key": "Add it to the bibliography, or correct the key.",
    "syntax error in line": "It is a line of the bibliography (bibtex_bibfiles in _config.yml): mend it there.",
    "the cell’s output is no": "Run the cell again and save the notebook, or clear its output.",
    "No source code lexer found": "Name the language in the notebook’s metadata: open it in JupyterLab and save it.",
    "repeated bibliography entry": "Delete one of the two, or give it another key.",
    "which its data lack": "Correct the name in the chart, or make the column before.",
    "leads into a column": "Write two backslashes before it, or give the column another name.",
    "stderr was found": "Mend what the cell warns of, or choose what becomes of it: stderr_output in _config.yml.",
    "undefined label": "Correct the label, or give it to a figure, table or section.",
    "equation not found": "Correct the label, or give it to an equation.",
    "cross-reference target not found": "Correct the path or label.",
    "nonexisting document": "Correct _toc.yml, or write the page.",
    "No mime type available": "Show it with number, figure or table, or end the cell's last line with a semicolon.",
    "has no alternative text": (
        "Say in a few words what it shows: between the brackets of ![…](…), in the figure’s option :alt:, as the "
        "chart’s description, or for a cell’s image in its metadata (mystnb: image: alt)."
    ),
    "lies elsewhere; readers": "Save it beside the page, and name the file.",
    "is read as an amount": (
        "Put a blank between the digit and the dollar sign, or the digit into the equation; "
        "or set myst_dmath_allow_digits: true in _config.yml."
    ),
    "the page cannot show the equation": (
        "Write it with commands that it knows, or define the macro under mathjax3_config in _config.yml."
    ),
    **{
        f"Unknown directive type: {quote}{name}": "Add sphinx_design to the extensions in _config.yml."
        for name in ("dropdown", "tab-", "grid", "card", "button-", "article-info", "div")
        for quote in ("'", '"')
    },
    "%5C": "Write / between the folders of a path.",
    "image file not readable": (
        "Correct the path: it is taken from the folder of the page, or, where it begins with /, from that of the book."
    ),
    "download file not readable": "Correct the path, which is taken from the folder of the page.",
    "file not found: ": "Correct the path, which is taken from the folder of the page.",
    "directive path:": "Correct the path, which is taken from the folder of the page.",
    "not found or reading it failed": "Correct the path, which is taken from the folder of the page.",
    "Unknown option keys": "Correct the name of the option, or leave it out.",
    "Invalid option value": "Correct the value of the option.",
    "argument(s) required, 0 supplied": "Write what it needs behind its name in braces, on the same line.",
    "uniform two-level bullet list expected": "Give each row as many cells as the first has.",
    "Malformed YAML": "Mend the lines between the two --- that begin the page: on each a name, a colon, and a value.",
    "unknown document": "Correct the name of the page, or list it in _toc.yml.",
    "isn't included in any toctree": "List it in _toc.yml, or set only_build_toc_files: true in _config.yml.",
    "local id not found in doc": "Correct what stands behind #: a label, or a heading’s anchor (myst_heading_anchors).",
    "A title or caption not found": "Give the figure or table a caption, or the section a heading below the label.",
    "Any number is not assigned": "Give it a caption, or number the sections (numbered: true in _toc.yml).",
    "term not in glossary": "Add the word to the {glossary}, or correct it.",
    "duplicate label": "Give one of the two another name.",
    "Duplicate explicit target name": "Give one of the two another name.",
    "No footnote definitions found": "Write the note on a line of its own ([^name]: …), or correct its name.",
    "Multiple footnote definitions": "Give one of the notes another name.",
    "is not referenced": "Refer to it ([^name]), or leave it out.",
    "Pygments lexer name": "Name a language that Pygments knows, or none.",
    "Lexing literal_block": "Correct the code, or name the language that it is in, or none.",
    "the comment “": "End it with -->.",
    "is never closed": (
        "Close it with a line of the same signs; a block around others begins and ends with more signs than they do."
    ),
    "there is no note": "Write it on a line of its own ([^name]: …), or correct its name.",
    "nothing refers to the note": "Refer to it ([^name]), or leave it out: readers do not see it.",
    "more cells than the head": "Give the head as many; within a cell, write a bar as \\|.",
    "git has left two versions": "Choose one of them, and delete the lines that begin with <<<<<<<, =======, >>>>>>>.",
    "stands apart from its words": "Write the backticks right behind the brace, and something between them.",
    "two dollars on each side, within a line": (
        "Write one on each side, or the equation on lines of its own, or set myst_dmath_double_inline: true."
    ),
    "the block is none": "Begin and end it with ~~~ or, with colon_fence among the extensions, with :::.",
    "an equation begins and does not end": "End it with $$, or write a dollar sign as \\$.",
    "maximum recursion depth exceeded": "Look for an {include} that leads back to its own page.",
    "there is no setting": "Correct its name in _config.yml, or leave it out.",
    "myst configuration invalid": "Correct it in _config.yml.",
    "logo file": "Correct logo in _config.yml, or save the file there.",
    "may not begin with a transition": (
        "Where --- begins the front matter of the page, a second --- ends it; as a line, it stands between paragraphs."
    ),
    "Non-consecutive header level": "Add one # at a time: ### stands below ##.",
    "headings start at H": "Let the first heading of the page begin with one #.",
    "skipping unknown output mime type": "Show it as a table, an image, HTML, or text.",
    "unexpected `code-cell`": (
        "Begin the page with the front matter of a text notebook (file_format: mystnb, and kernelspec), and let the "
        "cell stand in no list or box."
    ),
    "Substitution error": "Define it under myst_substitutions in _config.yml, or in the front matter of the page.",
    "undecodable source characters": "Save the page as UTF-8.",
    "doesn't have a title": "Begin that page with a heading.",
    "iref_missing": "Correct what stands behind inv:, or build with a network: the link and its words are left out.",
    "unable to load the master document": "Correct the root in _toc.yml, or write that page.",
    "ModuleNotFoundError: No module named": "Install it, or take it out of the extensions in _config.yml.",
    "The config value": "Correct it in _config.yml.",
    "could not open bibtex file": "Correct bibtex_bibfiles in _config.yml, or write the file.",
    "multiple files found for the document": "Delete or rename one of them.",
    "Unknown directive": "Correct its name, or load the extension that defines it.",
    "Unknown interpreted text role": "Correct its name.",
}


def with_remedy(message: str) -> str:
    """Return a message of somebody else, and what to do about it."""
    remedy = next((remedy for words, remedy in _REMEDIES.items() if words in message), "")
    return f"{message.rstrip('. ')}. {remedy}".rstrip()


def likeliest(name: str, known: Collection[str]) -> str:
    """Return the names that there are as a message lists them: those that an author may have meant first."""
    more = f", and {len(known) - _MOST} others" if len(known) > _MOST else ""
    return ", ".join(difflib.get_close_matches(name, known, _MOST, 0)) + more


class UntrueClaim(PressError):
    """A sentence that the data no longer support."""


def combined(problems: Sequence[PressError | str]) -> PressError:
    """Return one error for all problems, numbered where there are several."""
    parts = [part for problem in problems for part in getattr(problem, "parts", ()) or [problem]]
    problems = list({str(part): part for part in parts}.values())  # pages and PDF may name the same
    if len(problems) == 1:
        problem = problems[0]
        return problem if isinstance(problem, PressError) else PressError(_NOT_BUILT, problem, "")
    numbered = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(problems, 1))
    return PressError(_NOT_BUILT, f"{len(problems)} problems:\n{numbered}", "", problems)


def place(page: str, line: int | None) -> str:
    """Page and line, in a chapter its cell and line: there MyST-NB counts 10,000 lines a cell."""
    if not line:
        return page
    cell, line = divmod(line, 10_000)
    return f"{page}, cell {cell}, line {line}" if cell else f"{page}, line {line}"


def explain(error: BaseException) -> str:
    """Return the failure of a build in one message: chapter and cell, what is wrong, what to do."""
    return "; ".join(_explanations(error))


def _explanations(error: BaseException) -> list[str]:
    chain = [error]
    while (inner := chain[-1].__cause__ or getattr(chain[-1], "orig_exc", None)) is not None:
        chain.append(inner)
    for link in chain:  # a problem of the book, however deep Sphinx has wrapped it
        if isinstance(link, PressError):
            return [str(link)]
    where = "".join(f"{note}: " for note in getattr(error, "__notes__", []))
    inner = chain[-1]  # what a handler raised says more than Sphinx's words about the handler
    return [with_remedy(f"{where}{type(inner).__name__}: {inner}")]
