"""Chapters run outside of the build: by nbclient, by nbconvert, and in JupyterLab; the way in lists them all."""

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


@pytest.mark.slow
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_kernel_runs_each_chapter_and_finds_what_the_book_says(path, built_book):
    notebook = nbformat.read(path, 4)
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    of_book = {entry["id"]: entry["text"] for entry in ledger["numbers"] if entry["chapter"].endswith(path.stem)}
    assert {record["id"]: record["text"] for record in records_of(notebook) if record["kind"] == "number"} == of_book


@pytest.mark.slow
def test_nbconvert_runs_a_chapter(tmp_path):
    command = ["nbconvert", "--to", "html", "--execute", "--output-dir", str(tmp_path), str(CHAPTERS[2])]
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", *command], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / f"{CHAPTERS[2].stem}.html").read_text(encoding="utf-8")
    assert "sma-2026" in page and "As printed, or as claimed" in page
