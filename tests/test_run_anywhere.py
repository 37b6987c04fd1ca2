"""Chapters run outside of the build: by nbconvert, papermill, and nbclient; the way in lists them all."""

import json
import re

import nbformat
import pytest
from click.testing import CliRunner
from conftest import ROOT
from nbclient.cli import NbClientApp
from nbconvert.nbconvertapp import NbConvertApp
from papermill.cli import papermill

from press.ledger import records_of

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
START = ROOT / "docs" / "start.md"

pytestmark = pytest.mark.slow


def test_the_way_in_lists_every_chapter_and_nothing_else():
    links = re.findall(r"\]\(([^)]+)\)", START.read_text(encoding="utf-8"))
    assert [(START.parent / link).resolve() for link in links if "notebooks" in link] == CHAPTERS
    assert all((START.parent / link).exists() for link in links)


# Each command as it is typed, but in this process: Python and its packages are loaded once.


def nbconvert(path, done):
    app = NbConvertApp()
    app.initialize(["--to=notebook", "--execute", f"--output={done.name}", f"--output-dir={done.parent}", str(path)])
    app.start()


def execute(path, done):
    """`jupyter execute`, the command of nbclient."""
    NbClientApp().initialize([f"--output={done}", str(path)])


def by_papermill(path, done):
    """Saved once, and not at each cell: that takes as long as the cells."""
    quick = ["--no-request-save-on-cell-execute", "--no-progress-bar"]
    result = CliRunner().invoke(papermill, [str(path), str(done), *quick])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
@pytest.mark.parametrize("run", [nbconvert, execute, by_papermill])
def test_a_chapter_runs_elsewhere_and_finds_what_the_book_says(run, path, built_book, tmp_path):
    done = tmp_path / path.name
    run(path, done)
    notebook = nbformat.read(done, 4)
    ledger = json.loads((built_book / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    of_book = {entry["id"]: entry["text"] for entry in ledger["numbers"] if entry["chapter"].endswith(path.stem)}
    found = {record["id"]: record["text"] for record in records_of(notebook) if record["kind"] == "number"}
    assert found == of_book
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "data" in output]
    assert any("As printed, or as claimed" in output["data"].get("text/html", "") for output in outputs)
