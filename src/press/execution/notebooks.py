"""The book's chapters: which pages are run, how their notebooks are read, and by which rules they run."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from press import project
from press.errors import PressError

if TYPE_CHECKING:
    from myst_nb.core.config import NbParserConfig
    from myst_parser.config.main import MdParserConfig
    from nbformat import NotebookNode

RUN = ("auto", "cache", "force")  # modes in which the press runs chapters: whenever their inputs have changed
SKIPPED, FAILING = "skip-execution", "raises-exception"  # tags of cells that do not run, or are expected to fail
_PYTHON = re.compile(r"py", re.IGNORECASE)
_RESTORE = "Restore it from version control, or open it in JupyterLab and save it."


def read_notebook(path: Path) -> "NotebookNode":
    """Return a chapter that is a Jupyter notebook; read once as long as nobody writes it, and not to be changed."""
    return _read_notebook(path, path.stat().st_mtime_ns)


@cache
def _read_notebook(path: Path, written: int) -> "NotebookNode":
    import nbformat  # slow, and not needed to start the pool

    where, text = project.typed(path), ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        notebook = nbformat.reads(text, as_version=4)
        bare = next((number for number, cell in enumerate(notebook.cells, 1) if "source" not in cell), None)
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # what nbformat raises
        raise PressError(where, *_unread(where, text, error)) from None
    if bare:
        raise PressError(f"{where}, cell {bare}", "the cell has no source.", _RESTORE)
    return notebook


def _unread(where: str, text: str, error: Exception) -> tuple[str, str]:
    """Return why a notebook cannot be read, and what to do."""
    conflict = next((number for number, line in enumerate(text.splitlines(), 1) if line.startswith("<<<<<<< ")), None)
    if conflict:
        return (
            f"git has left two versions in it, from line {conflict}.",
            f"Choose one of them: git checkout --ours {where}, or --theirs.",
        )
    if not text.strip():
        return "the file is empty.", _RESTORE
    return f"not a notebook that can be read: {error}.", _RESTORE


def tags(cell: dict) -> list[str]:
    """Return the tags of a cell."""
    return cell["metadata"].get("tags", [])


def has_unexpected_error(cell: dict) -> bool:
    """Tell whether a cell shows an error that it is not tagged for."""
    outputs = cell.get("outputs", []) if SKIPPED not in tags(cell) else []
    return FAILING not in tags(cell) and any(output["output_type"] == "error" for output in outputs)


@dataclass(frozen=True)
class Rules:
    """How chapters are read and run.

    Attributes
    ----------
    mode : str
        MyST-NB's `nb_execution_mode`: `"cache"`, `"auto"` (a notebook that holds all outputs does not run),
        `"force"` (always), `"inline"`, `"off"`.
    timeout : int or None
        Seconds that one cell may take.
    allow_errors : bool
        Whether a cell that fails only shows its error.
    in_temp : bool
        Whether chapters run in an empty folder instead of their own.
    excluded : tuple of str
        Patterns of paths that do not run.
    read : callable
        Path → notebook; other things than notebooks are never asked for.
    """

    mode: str = "cache"
    timeout: int | None = 30  # what Jupyter Book takes by itself
    allow_errors: bool = False
    in_temp: bool = False
    excluded: tuple[str, ...] = ()
    read: Callable[[Path], "NotebookNode"] = read_notebook

    def for_notebook(self, notebook: "NotebookNode") -> "Rules":
        """Return the rules with what the notebook's own metadata say (`mystnb: execution_timeout: 60`)."""
        own = notebook.metadata.get("mystnb") or {}
        names = ("timeout", "allow_errors", "in_temp")
        return replace(self, **{name: own[f"execution_{name}"] for name in names if f"execution_{name}" in own})

    def runs(self, path: Path) -> bool:
        """Tell whether the press runs a chapter."""
        if self.is_excluded(path):
            return False
        notebook = self.read(path)
        has_all = all(cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code")
        own = _own_mode(notebook)
        return own == "cache" or (own is None and self.mode in RUN and not (self.mode == "auto" and has_all))

    def leaves(self, path: Path) -> bool:
        """Tell whether a chapter is left to a kernel of Jupyter's, which runs it whenever the page is read."""
        mode = _own_mode(self.read(path)) or ("off" if self.mode in RUN else self.mode)
        return mode not in ("cache", "off") and not self.is_excluded(path)

    def is_excluded(self, path: Path) -> bool:
        """Tell whether a pattern of the settings takes a chapter out."""
        return any(PurePosixPath(path.as_posix()).match(pattern) for pattern in self.excluded)


class Plan(NamedTuple):
    """The chapters that the press runs (path → page) and its rules, and the pages that are left to Jupyter's kernels.

    Those are read again by every build, since nobody knows what they depend on.
    """

    chapters: dict[Path, str]
    rules: Rules
    left: list[str]


def _own_mode(notebook: "NotebookNode") -> str | None:
    """Return the mode that a notebook's own metadata ask for, if they do."""
    return (notebook.metadata.get("mystnb") or {}).get("execution_mode")


def rules_of_settings(values: Mapping[str, Any], **more) -> Rules:
    """Return the rules that Sphinx's settings give, by their names there."""
    return Rules(
        mode=values.get("nb_execution_mode") or "off",
        timeout=values.get("nb_execution_timeout", 30),
        allow_errors=bool(values.get("nb_execution_allow_errors")),
        in_temp=bool(values.get("nb_execution_in_temp")),
        excluded=tuple(values.get("nb_execution_excludepatterns") or ()),
        **more,
    )


# What `_config.yml` calls the settings; the stock values are Jupyter Book's.
_NAMES = {
    "execute_notebooks": ("nb_execution_mode", "auto"),
    "timeout": ("nb_execution_timeout", 30),
    "allow_errors": ("nb_execution_allow_errors", False),
    "run_in_temp": ("nb_execution_in_temp", False),
    "exclude_patterns": ("nb_execution_excludepatterns", []),
}


def rules_of_config(root: Path) -> Rules:
    """Return the rules that `_config.yml` gives, before Sphinx is set up."""
    config = project.read_settings(root, project.CONFIG)
    execute, sphinx = config.get("execute") or {}, project.sphinx_settings(config)
    values = {name: execute.get(own, stock) for own, (name, stock) in _NAMES.items()}
    return rules_of_settings(values | {name: sphinx[name] for name in values if name in sphinx})


def notebooks(root: Path) -> list[Path]:
    """Return those pages of the book that are Jupyter notebooks and can be read before Sphinx is set up."""
    given = project.sphinx_settings(project.read_settings(root, project.CONFIG))
    if {"nb_custom_formats", "nb_kernel_rgx_aliases"} & given.keys():
        return []
    return [
        path for page in project.list_pages(root) if (path := root / f"{page.removesuffix('.ipynb')}.ipynb").exists()
    ]


class NotebookReader:
    """Reads notebooks of every format that MyST-NB knows, text among them, exactly as it does.

    Parameters
    ----------
    markdown, settings : MdParserConfig, NbParserConfig
        Of MyST-Parser and MyST-NB.
    """

    def __init__(self, markdown: "MdParserConfig", settings: "NbParserConfig"):
        self.markdown, self.settings = markdown, settings
        self.known: dict[tuple[Path, int], NotebookNode] = {}

    def is_notebook(self, path: Path) -> bool:
        """Tell whether a page is a notebook."""
        return self._reader(path) is not None

    def __call__(self, path: Path) -> "NotebookNode":
        """Return the notebook that a page is; read once as long as nobody writes it, and not to be changed."""
        key = path, path.stat().st_mtime_ns
        if key not in self.known:
            self.known[key] = self._read(path)
        return self.known[key]

    def _read(self, path: Path) -> "NotebookNode":
        own = self.settings.kernel_rgx_aliases or path.name.endswith(tuple(self.settings.custom_formats))
        if path.suffix == ".ipynb" and not own:
            return read_notebook(path)
        if (reader := self._reader(path)) is None:
            raise PressError(project.typed(path), "it is no notebook.", "Give it the front matter of a text notebook.")
        try:
            notebook = reader.read(path.read_text(encoding="utf-8-sig"))
        except Exception as error:  # of whichever reader the book has chosen
            raise PressError(
                project.typed(path),
                f"not a notebook that can be read: {error}.",
                "Compare its cells and front matter with others.",
            ) from error
        kernel = notebook.metadata.get("kernelspec") or {}
        for pattern, name in (self.settings.kernel_rgx_aliases or {}).items():
            if re.fullmatch(pattern, kernel.get("name") or ""):
                kernel["name"] = name
                break
        return notebook

    def _reader(self, path: Path):
        from myst_nb.core.read import create_nb_reader

        text = "" if path.suffix == ".ipynb" else path.read_text(encoding="utf-8-sig", errors="replace")
        return create_nb_reader(str(path), self.markdown, self.settings, text)


def notebook_reader_of_config(root: Path) -> NotebookReader:
    """Return the reader that `_config.yml` asks for, before Sphinx is set up."""
    from jupyter_book.config import get_final_config
    from myst_nb.core.config import NbParserConfig
    from myst_parser.config.main import MdParserConfig

    toc = {"external_toc_path": str(root / project.TOC), "latex_individualpages": False}
    values, _ = get_final_config(user_yaml=root / project.CONFIG, sourcedir=root, cli_config=toc, validate=False)
    return NotebookReader(_of(MdParserConfig, values, "myst_"), _of(NbParserConfig, values, "nb_"))


def _of(kind: type, values: Mapping[str, Any], prefix: str) -> Any:
    """Return a configuration of MyST's from Sphinx's settings, which have the names of its fields with a prefix."""
    fields = kind.get_fields()  # type: ignore[attr-defined]
    return kind(**{field.name: values[prefix + field.name] for field in fields if prefix + field.name in values})


def pages_with_notebooks(root: Path, reader: NotebookReader) -> list[Path]:
    """Return those pages of the book that are notebooks of any format."""
    suffixes = (".ipynb", ".md", *reader.settings.custom_formats)
    pages = [root / page for page in project.list_pages(root)]
    found = [Path(f"{page}{suffix}") for page in pages for suffix in suffixes]
    return [path for path in [*pages, *found] if path.is_file() and reader.is_notebook(path)]


def refusal(notebook: "NotebookNode", where: str) -> PressError | None:
    """Return the problem of a chapter that is written for another language than Python."""
    if not (kernel := _foreign_kernel(notebook)):
        return None
    return PressError(
        where,
        f"it asks for the kernel {kernel}; this book runs Python only.",
        "Name a Python kernel in its metadata (kernelspec: name: python3, language: python), or keep its outputs in "
        "the notebook and take it out of execution (execute: exclude_patterns in _config.yml).",
    )


def planned(root: Path) -> tuple[list[Path], Rules]:
    """Return the chapters that the press runs, of every format, and the rules, before Sphinx is set up."""
    reader = notebook_reader_of_config(root)
    rules = replace(rules_of_config(root), read=reader)
    return [path for path in pages_with_notebooks(root, reader) if rules.runs(path)], rules


def _foreign_kernel(notebook: "NotebookNode") -> str:
    """Return name and language of a notebook's kernel if it is not one of Python; empty otherwise."""
    kernel = notebook.metadata.get("kernelspec") or {}
    name = kernel.get("name") or ""
    language = kernel.get("language") or (notebook.metadata.get("language_info") or {}).get("name") or ""
    if language:
        is_python = bool(re.fullmatch(r"i?python\d*", language, re.IGNORECASE))
    else:
        is_python = not name or bool(_PYTHON.search(name)) or _installed_language(name) == "python"
    return "" if is_python else f"{name or language!r}" + (f" ({language})" if language and name else "")


def _installed_language(name: str) -> str:
    """Return the language of a kernel that this machine knows; empty where it knows none of that name."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        return KernelSpecManager().get_kernel_spec(name).language.lower()
    except NoSuchKernel:
        return ""
