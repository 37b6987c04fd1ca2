"""Chapters in a whole build: of every format, with hidden cells, tags, and MyST-NB's own glue."""

import json

import nbformat
import pytest
from helpers import CHAPTER, INDEX, built, edit, message, press, run

pytestmark = pytest.mark.slow

TEXT = """---
file_format: mystnb
kernelspec:
  name: python3
---

# Towns

Arley had {glue:text}`md-arley`.{claim}`md-wet`

```{code-cell}
import pandas
from press import claim, number
rain = pandas.read_csv("../data/rainfall.csv")
last = rain[(rain.town == "Arley") & (rain.year == 2024)].rain_mm.iloc[0]
number("md-arley", last, "{:.1f} mm")
claim("md-wet", last > 900, "Arley had more than 900 mm in 2024.")
```

```{code-cell}
!echo from a program
print("from Python")
```

```{claims}
```
"""


def add_page(folder, name, text="", cells=(), **metadata):
    """Add a chapter to the contents: a text, or a notebook of markdown (a text with a #) and code with its tags."""
    path = folder / "notebooks" / f"{name}.{'md' if text else 'ipynb'}"
    notebook = nbformat.v4.new_notebook(metadata=metadata)
    for cell in cells:
        source, *tags = [cell] if isinstance(cell, str) else cell
        new = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        notebook.cells.append(new(source, metadata={"tags": tags}))
    path.write_text(text or nbformat.writes(notebook), encoding="utf-8")
    edit(folder, "_toc.yml", "01-rainfall\n", f"01-rainfall\n      - file: notebooks/{name}\n")


def page(folder, name):
    return (folder / "_build" / "html" / "notebooks" / f"{name}.html").read_text(encoding="utf-8")


def test_a_text_notebook_runs_again_when_a_table_that_it_reads_has_changed(sample):
    add_page(sample, "towns", TEXT)
    built(sample)
    assert "902.5 mm" in page(sample, "towns") and "from a program" in page(sample, "towns")
    assert 'class="highlight-ipython3' in page(sample, "towns"), "or its shell line could not be colored"
    edit(sample, "data/rainfall.csv", "902.5", "950.0")
    why = press(sample, "why").stdout
    assert "notebooks/towns.md: changed: table rainfall" in why or "changed: data/rainfall.csv" in why
    edit(sample, "data/rainfall.csv", "950.0", "850.0")
    assert message(press(sample, "build")).startswith("notebooks/towns.md, line 11: claim 'md-wet'")


def test_a_chapter_that_runs_a_program_runs_also_when_nothing_has_changed(sample):
    add_page(sample, "towns", TEXT)
    built(sample)
    assert "notebooks/towns.md …" in built(sample).stdout
    edit(sample, "notebooks/towns.md", "!echo from a program\n", "")
    built(sample)
    assert "Nothing has changed" in built(sample).stdout


def test_a_variable_that_a_chapter_reads_counts_when_nothing_else_has_changed(sample, monkeypatch):
    add_page(sample, "towns", cells=["# Towns", "import os\nprint(os.environ.get('RAIN_TOWN'))"])
    built(sample)
    assert "Nothing has changed" in built(sample).stdout
    monkeypatch.setenv("RAIN_TOWN", "Camford")
    built(sample)
    assert "Camford" in page(sample, "towns")


HIDDEN = [
    "# Hidden\n\nAll of {glue:text}`removed`, {glue:text}`unshown`, {glue:text}`folded`, {glue:text}`seen`.",
    ("from press import number\nnumber('removed', 1)", "remove-cell"),
    ("number('unshown', 2)", "remove-output"),
    ("number('folded', 3)\nprint('in the fold')", "hide-output"),
    ("number('seen', 4)\nprint('in plain sight')", "remove-input"),
    ("print('never')\nopen('../ran.txt', 'w')", "skip-execution"),
    ("1 / 0", "raises-exception"),
]


def test_tags_are_honored_and_what_hidden_cells_record_is_known(sample):
    add_page(sample, "hidden", cells=HIDDEN)
    built(sample)
    text = page(sample, "hidden")
    assert all(f'<span class="number">{value}</span>' in text for value in (1, 2, 3, 4))
    fold = text[text.index('<details class="folded"') :].partition("</details>")[0]
    assert "in the fold" in fold and "in plain sight" in text and "in plain sight" not in fold
    assert "ZeroDivisionError" in text and not (sample / "ran.txt").exists()
    assert "remove" not in text.replace("removed", "") and "number(&#39;removed" not in text
    ledger = json.loads((sample / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    assert {"removed", "unshown", "folded", "seen"} <= {entry["id"] for entry in ledger["numbers"]}


def test_where_errors_are_allowed_they_are_shown_until_they_are_not(sample):
    add_page(sample, "failing", cells=["# Failing", "1 / 0", "print('after')"])
    edit(sample, "_config.yml", "timeout: 20", "timeout: 20\n  allow_errors: true")
    built(sample)
    assert "ZeroDivisionError" in page(sample, "failing") and "after" in page(sample, "failing")
    edit(sample, "_config.yml", "  allow_errors: true\n", "")
    assert "its errors are no longer allowed" in press(sample, "why").stdout
    assert "notebooks/failing.ipynb, cell 2: ZeroDivisionError" in message(press(sample, "build"))


GLUE = [
    "# Stock",
    "from myst_nb import glue\nglue('stock', 655.25, display=False)\nglue('word', 'rainy', display=False)",
]


def test_the_glue_of_myst_nb_works_beside_numbers(sample):
    here = ["# Stock\n\nHere {glue:text}`stock:.1f`, there {glue:text}`rain-arley`.", *GLUE[1:]]
    add_page(sample, "stock", cells=here)
    edit(
        sample, INDEX, "Boxford was drier", "It was {glue:text}`../notebooks/stock.ipynb::stock:.1f`. Boxford was drier"
    )
    built(sample)
    assert "655.2" in page(sample, "stock") and "902.5 mm" in page(sample, "stock")
    index = sample / "_build" / "html" / "book" / "index.html"
    assert "655.2" in index.read_text(encoding="utf-8")
    edit(sample, "notebooks/stock.ipynb", "655.25", "12.5")
    built(sample)
    assert "12.5" in index.read_text(encoding="utf-8"), "the page that shows it is written again"


def test_a_kernel_of_another_language_stops_the_build_beside_other_problems(sample):
    add_page(
        sample, "foreign", cells=["# R", "x <- 1"], kernelspec={"name": "ir", "language": "R", "display_name": "R"}
    )
    edit(sample, CHAPTER, "latest = ", "latest = 1 / 0\nlatest = ")
    done = press(sample, "build")
    assert "2 problems" in done.stderr and "it asks for the kernel 'ir' (R)" in done.stderr


def test_a_notebook_of_another_language_that_holds_its_outputs_is_shown(sample):
    add_page(
        sample, "foreign", cells=["# R", "x <- 1"], kernelspec={"name": "ir", "language": "R", "display_name": "R"}
    )
    edit(sample, "_config.yml", "timeout: 20", "timeout: 20\n  exclude_patterns: ['*foreign*']")
    built(sample)
    assert "x &lt;- 1" in page(sample, "foreign").replace("<span>", "").replace("</span>", "")


def test_chapters_of_a_book_that_says_nothing_of_execution_run_as_their_inputs_change(sample):
    edit(sample, "_config.yml", "execute_notebooks: cache", "execute_notebooks: auto")
    built(sample)
    assert "Nothing has changed" in built(sample).stdout
    edit(sample, "data/rainfall.csv", "902.5", "903.5")
    built(sample)
    assert "903.5 mm" in page(sample, "01-rainfall")


def test_a_terminal_that_knows_no_other_letters_builds(sample, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    edit(sample, "data/rainfall.csv", "902.5", "903.5")
    assert run(sample, "-m", "press", "build").returncode == 0


@pytest.mark.parametrize("content", ["saved by Excel", "in another encoding"])
def test_a_table_saved_by_excel_is_read_or_refused_by_name(sample, content):
    path = sample / "data" / "rainfall.csv"
    edit(sample, "book/data.md", "```{data-package}", "```{data-rows} rainfall\n```\n\n```{data-package}")
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    if content == "saved by Excel":
        path.write_bytes(text.encode("utf-8-sig"))
        built(sample)
    else:
        edit(sample, "notebooks/01-rainfall.ipynb", "data/rainfall.csv", "data/kept.csv")
        (sample / "data" / "kept.csv").write_text(text, encoding="utf-8")
        path.write_bytes(text.replace("Boxford", "상자").encode("cp949"))
        assert "data/rainfall.csv, line 5: not UTF-8" in message(press(sample, "build"))
