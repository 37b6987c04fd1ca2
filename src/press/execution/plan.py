"""Which pages of the book are chapters that the press runs, and by which rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from press import project
from press.execution.notebook_reader import NotebookReader, notebook_reader_of_config, read_notebook

if TYPE_CHECKING:
    from nbformat import NotebookNode

RUN = ("auto", "cache", "force")  # modes in which the press runs chapters: whenever their inputs have changed


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


def pages_with_notebooks(root: Path, reader: NotebookReader) -> list[Path]:
    """Return those pages of the book that are notebooks of any format."""
    suffixes = (".ipynb", ".md", *reader.settings.custom_formats)
    pages = [root / page for page in project.list_pages(root)]
    found = [Path(f"{page}{suffix}") for page in pages for suffix in suffixes]
    return [path for path in [*pages, *found] if path.is_file() and reader.is_notebook(path)]


def planned(root: Path) -> tuple[list[Path], Rules]:
    """Return the chapters that the press runs, of every format, and the rules, before Sphinx is set up."""
    reader = notebook_reader_of_config(root)
    rules = replace(rules_of_config(root), read=reader)
    return [path for path in pages_with_notebooks(root, reader) if rules.runs(path)], rules
