"""The numbers and claims of a cell are one table, in a notebook that runs as in one that is built."""

import nbformat
import pytest
from helpers import run_chapters
from nbclient import NotebookClient

from press.ledger import RECORD, records_of

CELL = """
from press import claim, number
number("rain", 902.5, "{:,.1f} mm")
claim("wet", True, "It rains <often>.")
"""
SECOND = "number('snow', 3)"


def outputs(notebook):
    return [cell["outputs"] for cell in notebook["cells"]]


def check(notebook):
    (first,), (second,) = outputs(notebook)
    assert [record["id"] for record in records_of(notebook)] == ["rain", "wet", "snow"]
    assert first["data"]["text/html"].count("<table>") == 1 and first["data"]["text/html"].count("<tr>") == 3
    assert "✓ It rains &lt;often&gt;." in first["data"]["text/html"]
    assert first["data"]["text/plain"] == "rain  902.5 mm\nwet   ✓ It rains <often>."
    assert second["data"][RECORD]["id"] == "snow" and "wet" not in second["data"]["text/html"]


@pytest.mark.slow
def test_in_a_chapter_that_is_built(tmp_path):
    (tmp_path / "_config.yml").write_text("title: Rain\n", encoding="utf-8")
    check(run_chapters(tmp_path, {"rain": [CELL, SECOND]})["rain"]["notebook"])


@pytest.mark.slow
def test_in_a_notebook_that_a_kernel_runs():
    cells = [nbformat.v4.new_code_cell(source) for source in (CELL, SECOND)]
    check(NotebookClient(nbformat.v4.new_notebook(cells=cells), timeout=120, kernel_name="python3").execute())


@pytest.mark.slow
def test_an_untrue_claim_is_one_message():
    cell = nbformat.v4.new_code_cell("from press import claim\nclaim('dry', False, 'It is dry.')")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True).execute()
    (error,) = notebook.cells[0].outputs
    assert error["traceback"] == [
        "claim 'dry': the data no longer support “It is dry.” Correct the sentence, or the data; "
        "python -m press what-if lists all that would change."
    ]
