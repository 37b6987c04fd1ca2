"""Chapters run outside of the build: by nbconvert and nbclient; the way in lists them all."""

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


def executed(path, folder):
    """The notebook as `nbconvert --execute` leaves it; it runs in the folder of the chapter."""
    command = ["nbconvert", "--to", "notebook", "--execute", "--output-dir", str(folder), str(path)]
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", *command], cwd=folder, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stderr
    return nbformat.read(folder / path.name, 4)


@pytest.mark.slow
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_nbconvert_runs_each_chapter_and_finds_what_the_book_says(path, built_book, tmp_path):
    notebook = executed(path, tmp_path)
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    of_book = {entry["id"]: entry["text"] for entry in ledger["numbers"] if entry["chapter"].endswith(path.stem)}
    assert {record["id"]: record["text"] for record in records_of(notebook) if record["kind"] == "number"} == of_book
    assert "As printed, or as claimed" in "".join(
        output["data"].get("text/html", "")
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if "data" in output
    )


@pytest.mark.slow
def test_nbclient_runs_a_chapter():
    notebook = nbformat.read(CHAPTERS[2], 4)
    resources = {"metadata": {"path": str(CHAPTERS[2].parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    assert "sma-2026" in {record.get("id") for record in records_of(notebook)}
