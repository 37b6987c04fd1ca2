"""The tutorial: every step does what it says."""

import nbformat
import pytest
from conftest import ROOT
from helpers import published
from nbclient import NotebookClient

from press.build.normalize_notebooks import canonical

PATH = ROOT / "docs" / "tutorial.ipynb"


def text_of(cell):
    return "\n".join(
        "\n".join(output.get("traceback", [])) or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


def run(notebook):
    return NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(PATH.parent)}}
    ).execute()


def told(notebook):
    """Begin of each step's code → what it showed."""
    return {cell.source.splitlines()[0]: text_of(cell) for cell in notebook.cells if cell.cell_type == "code"}


def found(shown, start):
    (text,) = [text for source, text in shown.items() if source.startswith(start)]
    return text


def test_the_tutorial_has_its_one_form():
    text = PATH.read_text(encoding="utf-8")
    assert canonical(text) == text


@pytest.mark.slow
def test_every_step_does_what_it_says(built_book):
    before = published(built_book)
    shown = told(run(nbformat.read(PATH, 4)))
    assert "'billion KRW, current'" in found(shown, "contributions.attrs")
    assert "more than doubled" in found(shown, "chart = ")
    assert "✓ The contribution of 2026 is more than twice that of 2005" in found(shown, "growth = ")
    assert found(shown, 'claim("my-tripled"').startswith("claim 'my-tripled': the data no longer support “The contribu")
    report = found(shown, "other = ")
    assert "Changed sources: table sma_contributions." in report and "✗ " in report
    assert "sma-2026: " in report and "1,390" in report
    assert "it has other columns. Give it year, agreement" in found(
        shown, "press.what_if(sma_contributions=other.rename"
    )
    assert published(built_book) == before


@pytest.mark.slow
def test_another_base_year_breaks_the_claim_as_the_tutorial_says():
    notebook = nbformat.read(PATH, 4)
    steps = next(index for index, cell in enumerate(notebook.cells) if cell.source.startswith("growth ="))
    notebook.cells = notebook.cells[: steps + 1]
    for cell in notebook.cells:
        cell.source = cell.source.replace("BASE, LAST = 2005", "BASE, LAST = 2014")
    notebook.cells[-1].metadata["tags"] = ["raises-exception"]
    assert "claim 'my-doubled': the data no longer support" in text_of(run(notebook).cells[-1])
