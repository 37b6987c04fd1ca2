"""Chapters run outside of the build: by nbconvert, papermill, and nbclient; the way in lists them all."""

import json
import re
import subprocess
import sys

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

from press.ledger import records_of

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "docs" / "start.md"


def test_the_way_in_lists_every_chapter_and_nothing_else():
    links = re.findall(r"\]\(([^)]+)\)", START.read_text(encoding="utf-8"))
    assert [(START.parent / link).resolve() for link in links if "notebooks" in link] == CHAPTERS
    assert all((START.parent / link).exists() for link in links)


NBCONVERT = ["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir"]
PAPERMILL = """
import sys
from pathlib import Path
from papermill import execute_notebook
for path in map(Path, sys.argv[2:]):
    execute_notebook(path, Path(sys.argv[1], path.name), kernel_name="python3", cwd=path.parent, progress_bar=False)
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", [NBCONVERT, ["-c", PAPERMILL]], ids=["nbconvert", "papermill"])
def test_each_chapter_runs_elsewhere_and_finds_what_the_book_says(command, built_book, tmp_path):
    run = [sys.executable, *command, str(tmp_path), *map(str, CHAPTERS)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    for path in CHAPTERS:
        notebook = nbformat.read(tmp_path / path.name, 4)
        of_book = {entry["id"]: entry["text"] for entry in ledger["numbers"] if entry["chapter"].endswith(path.stem)}
        found = {record["id"]: record["text"] for record in records_of(notebook) if record["kind"] == "number"}
        assert found == of_book
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
        assert any("As printed, or as claimed" in output["data"].get("text/html", "") for output in outputs), path


@pytest.mark.slow
def test_nbclient_runs_a_chapter():
    notebook = nbformat.read(CHAPTERS[2], 4)
    resources = {"metadata": {"path": str(CHAPTERS[2].parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    assert "sma-2026" in {record.get("id") for record in records_of(notebook)}
