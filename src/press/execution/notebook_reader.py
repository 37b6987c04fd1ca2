"""Notebooks of every format, read as MyST-NB reads them."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press import project
from press.errors import PressError

if TYPE_CHECKING:
    from myst_nb.core.config import NbParserConfig
    from myst_parser.config.main import MdParserConfig
    from nbformat import NotebookNode

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
