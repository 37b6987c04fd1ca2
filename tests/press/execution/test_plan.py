"""Which pages are run, how notebooks are read, and by which rules they run."""

import nbformat
import pytest
from myst_nb.core.config import NbParserConfig
from myst_parser.config.main import MdParserConfig

from press.errors import PressError
from press.execution import notebook_reader, plan
from press.execution.notebook_reader import NotebookReader
from press.execution.plan import Rules

TEXT = """---
file_format: mystnb
kernelspec:
  name: python3
---

# Rain

```{code-cell}
:tags: [skip-execution]
1 + 1
```

It rained.

:::{note}
```{code-cell}
nested
```
:::

```{code-cell}
2
```
"""


@pytest.fixture
def reader():
    return NotebookReader(MdParserConfig(enable_extensions={"colon_fence"}), NbParserConfig())


def write(folder, name, *cells, **metadata):
    """Write a notebook; each cell is its code, or its code and its metadata."""
    notebook = nbformat.v4.new_notebook(metadata=metadata)
    for cell in cells:
        source, own = cell if isinstance(cell, tuple) else (cell, {})
        notebook.cells.append(nbformat.v4.new_code_cell(source, metadata=own))
    nbformat.write(notebook, folder / name)
    return folder / name


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_text_notebook_is_read_as_myst_nb_reads_it(reader, tmp_path):
    (tmp_path / "rain.md").write_text(TEXT, encoding="utf-8")
    notebook = reader(tmp_path / "rain.md")
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"] == ["1 + 1", "2"]
    assert notebook.cells[1].metadata.tags == ["skip-execution"]
    assert notebook.metadata.source_map == [5, 9, 12, 22]


def test_a_page_of_prose_is_no_notebook(reader, tmp_path):
    (tmp_path / "rain.md").write_text("---\ntitle: Rain\n---\n\nNo cells.\n", encoding="utf-8")
    assert not reader.is_notebook(tmp_path / "rain.md")


def test_a_notebook_of_another_format_is_read_by_its_reader(tmp_path):
    (tmp_path / "a.rain").write_text("1 + 1", encoding="utf-8")
    reader = NotebookReader(MdParserConfig(), NbParserConfig())
    reader.settings.custom_formats[".rain"] = (read_rain, {}, False)
    assert reader.is_notebook(tmp_path / "a.rain")
    assert reader(tmp_path / "a.rain").cells[0].source == "1 + 1"


def read_rain(text):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text)])


def test_an_alias_of_a_kernel_is_replaced_as_myst_nb_does(tmp_path):
    reader = NotebookReader(MdParserConfig(), NbParserConfig(kernel_rgx_aliases={"mi.*": "python3"}))
    path = write(tmp_path, "a.ipynb", "1", kernelspec={"name": "mine", "display_name": "Mine"})
    assert reader(path).metadata.kernelspec.name == "python3"


def test_what_cannot_be_read_is_named(reader, tmp_path):
    (tmp_path / "a.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(PressError, match=r"a\.ipynb: not a notebook that can be read"):
        notebook_reader.read_notebook(tmp_path / "a.ipynb")
    with pytest.raises(PressError, match=r"a\.ipynb: not a notebook that can be read"):
        reader(tmp_path / "a.ipynb")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "a.ipynb: the file is empty."),
        ("[]", "a.ipynb: not a notebook that can be read"),
        (
            "{\n<<<<<<< HEAD\n}",
            "a.ipynb: git has left two versions in it, from line 2. Choose one of them: git checkout",
        ),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {},'
            ' "cells": [{"cell_type": "raw", "id": "a", "metadata": {}}]}',
            "a.ipynb, cell 1: the cell has no source.",
        ),
    ],
)
def test_what_a_notebook_lacks_is_named(tmp_path, monkeypatch, text, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(PressError) as refused:
        notebook_reader.read_notebook(tmp_path / "a.ipynb")
    assert str(refused.value).startswith(says), refused.value


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "runs"), [("cache", True), ("force", True), ("auto", True), ("off", False), ("inline", False)]
)
def test_a_chapter_runs_by_the_mode_of_the_book(tmp_path, mode, runs):
    assert Rules(mode=mode).runs(write(tmp_path, "a.ipynb", "1")) is runs


@pytest.mark.parametrize(
    ("own", "runs", "left"), [("off", False, False), ("cache", True, False), ("force", False, True)]
)
def test_a_notebook_can_ask_for_a_mode_of_its_own(tmp_path, own, runs, left):
    path = write(tmp_path, "a.ipynb", "1", mystnb={"execution_mode": own})
    assert (Rules(mode="cache").runs(path), Rules(mode="cache").leaves(path)) == (runs, left)
    assert (Rules(mode="off").runs(path), Rules(mode="off").leaves(path)) == (runs, left)


def test_inline_chapters_are_left_to_jupyter(tmp_path):
    assert Rules(mode="inline").leaves(write(tmp_path, "a.ipynb", "1"))


def test_in_the_mode_auto_a_notebook_with_all_outputs_does_not_run(tmp_path):
    path = write(tmp_path, "a.ipynb", "1")
    notebook = nbformat.read(path, 4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="1")]
    nbformat.write(notebook, path)
    assert not Rules(mode="auto").runs(path) and Rules(mode="cache").runs(path)


def test_patterns_take_chapters_out(tmp_path):
    path = write(tmp_path, "slow.ipynb", "1")
    assert not Rules(excluded=("*slow*",)).runs(path) and Rules(excluded=("fast*",)).runs(path)


def test_a_notebook_can_have_rules_of_its_own(tmp_path):
    own = {"execution_timeout": 60, "execution_allow_errors": True, "execution_in_temp": True}
    rules = Rules().for_notebook(nbformat.read(write(tmp_path, "a.ipynb", "1", mystnb=own), 4))
    assert (rules.timeout, rules.allow_errors, rules.in_temp) == (60, True, True)


@pytest.mark.parametrize(
    ("config", "mode"),
    [
        ("title: Rain", "auto"),
        ("execute: {execute_notebooks: off}", "off"),
        ("execute: {execute_notebooks: force}", "force"),
        ("execute: {execute_notebooks: cache}\nsphinx: {config: {nb_execution_mode: 'off'}}", "off"),
    ],
)
def test_the_rules_stand_in_the_configuration(tmp_path, config, mode):
    (tmp_path / "_config.yml").write_text(config, encoding="utf-8")
    assert plan.rules_of_config(tmp_path).mode == mode


# --- kernels ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metadata", "named"),
    [
        ({"kernelspec": {"name": "ir", "language": "R"}}, "'ir' (R)"),
        ({"kernelspec": {"name": "julia-1.9"}}, "'julia-1.9'"),
        ({"kernelspec": {}, "language_info": {"name": "julia"}}, "'julia'"),
        ({"kernelspec": {"name": "bash"}}, "'bash'"),
    ],
)
def test_a_kernel_of_another_language_is_named_and_refused(metadata, named):
    problem = notebook_reader.refusal(nbformat.from_dict({"metadata": metadata}), "a.ipynb")
    assert str(problem).startswith(f"a.ipynb: it asks for the kernel {named}; this book runs Python only.")


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"kernelspec": {"name": "python3"}},
        {"kernelspec": {"name": "conda-env-rain-py"}},
        {"kernelspec": {"name": "rain", "language": "python"}},
        {"kernelspec": {"name": "sage", "language": "Python3"}},
        {"language_info": {"name": "ipython"}},
    ],
)
def test_a_kernel_of_python_is_not_whatever_its_name(metadata):
    assert notebook_reader.refusal(nbformat.from_dict({"metadata": metadata}), "a.ipynb") is None
