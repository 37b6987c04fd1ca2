"""Chapters run outside of the build: by nbconvert, papermill, and nbclient; the way in lists them all."""

import json
import re

import nbformat
import papermill
import pytest
from conftest import ROOT
from nbclient import NotebookClient
from nbconvert.preprocessors import ExecutePreprocessor

from press.ledger import records_of

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "docs" / "start.md"

pytestmark = pytest.mark.slow


def test_the_way_in_lists_every_chapter_and_nothing_else():
    links = re.findall(r"\]\(([^)]+)\)", START.read_text(encoding="utf-8"))
    assert [(START.parent / link).resolve() for link in links if "notebooks" in link] == CHAPTERS
    assert all((START.parent / link).exists() for link in links)


def by_nbconvert(path, folder):
    """Run a chapter as `jupyter nbconvert --execute` does."""
    notebook = nbformat.read(path, 4)
    ExecutePreprocessor(timeout=300, kernel_name="python3").preprocess(notebook, {"metadata": {"path": path.parent}})
    return notebook


def by_papermill(path, folder):
    done = folder / path.name
    papermill.execute_notebook(path, done, kernel_name="python3", cwd=path.parent, progress_bar=False)
    return nbformat.read(done, 4)


@pytest.mark.parametrize(
    ("execute", "path"),
    [(by_nbconvert, path) for path in CHAPTERS] + [(by_papermill, CHAPTERS[2])],
    ids=lambda value: getattr(value, "stem", None),
)
def test_a_chapter_runs_elsewhere_and_finds_what_the_book_says(execute, path, built_book, tmp_path):
    """Papermill runs a chapter cell by cell as nbconvert does and saves it after each, in twice the time: one does."""
    notebook = execute(path, tmp_path)
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    of_book = {entry["id"]: entry["text"] for entry in ledger["numbers"] if entry["chapter"].endswith(path.stem)}
    found = {record["id"]: record["text"] for record in records_of(notebook) if record["kind"] == "number"}
    assert found == of_book
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert any("As printed, or as claimed" in output["data"].get("text/html", "") for output in outputs)


def test_nbclient_runs_a_chapter():
    notebook = nbformat.read(CHAPTERS[2], 4)
    resources = {"metadata": {"path": str(CHAPTERS[2].parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    assert "sma-2026" in {record.get("id") for record in records_of(notebook)}
