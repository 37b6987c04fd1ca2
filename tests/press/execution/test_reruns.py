"""When a chapter runs again, and when it does not."""

import json
import shutil

import pytest
from helpers import CHAPTER, INDEX, built, edit, message, press, published

from press.build import normalize_notebooks

pytestmark = pytest.mark.slow


def add_chapter(folder, name, code):
    """A second chapter: a title and one cell of code."""
    sources = [
        {"cell_type": kind, "source": source, "metadata": {}}
        for kind, source in (("markdown", f"# {name}"), ("code", code))
    ]
    text = normalize_notebooks.canonical(json.dumps({"nbformat": 4, "cells": sources}))
    (folder / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    edit(folder, "_toc.yml", "01-rainfall\n", f"01-rainfall\n      - file: notebooks/{name}\n")


def runs(folder):
    """How often the chapter has run."""
    return (folder / "runs.txt").read_text(encoding="utf-8").count("run")


def number_of(folder, id):
    ledger = json.loads((folder / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    return next(entry["value"] for entry in ledger["numbers"] if entry["id"] == id)


def test_nothing_changed_runs_nothing_and_gives_the_same(sample):
    before, ran = published(sample), runs(sample)
    built(sample)
    assert published(sample) == before and runs(sample) == ran == 1


def test_a_notebook_outside_the_book_does_not_run(sample):
    shutil.copy(sample / "notebooks" / "01-rainfall.ipynb", sample / "notebooks" / "draft.ipynb")
    edit(sample, "notebooks/draft.ipynb", "Boxford is drier than Arley", "Nothing is known")
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    built(sample)
    assert runs(sample) == 1


def test_an_edit_of_the_prose_runs_nothing_and_shows(sample):
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    edit(sample, CHAPTER, "Boxford is drier than Arley", "Boxford is far drier than Arley")
    built(sample)
    html = sample / "_build" / "html"
    assert runs(sample) == 1
    assert "was much drier" in (html / "book" / "index.html").read_text(encoding="utf-8")
    assert "is far drier" in (html / "notebooks" / "01-rainfall.html").read_text(encoding="utf-8")


def test_a_chapter_runs_again_when_what_it_depends_on_has_changed(sample):
    assert number_of(sample, "rain-arley") == 902.5
    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    built(sample)
    assert runs(sample) == 2 and number_of(sample, "rain-arley") == 912.5
    page = (sample / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert "912.5 mm" in page and "902.5 mm" not in page, "a page that cites the number shows the new one"

    total = number_of(sample, "rain-total")
    edit(sample, "src/rain.py", ".sum()", ".sum() * 2")
    built(sample)
    assert runs(sample) == 3 and number_of(sample, "rain-total") == 2 * total

    edit(sample, "data/rainfall.csv", "Arley,2024,912.5", "Arley,2024,1.0")
    assert "no longer support" in message(press(sample, "build")), "a claim is checked against the new table"


def test_only_the_chapter_whose_code_changed_runs(sample):
    add_chapter(sample, "02-snow", '_ = open("../snow.txt", "a").write("run\\n")')
    built(sample)
    assert runs(sample) == 1 and (sample / "snow.txt").read_text(encoding="utf-8") == "run\n"


def test_prose_another_table_and_another_module_run_nothing(sample):
    (sample / "src" / "snow.py").write_text("", encoding="utf-8")
    edit(sample, "data/datapackage.json", '"name": "rain",', '"name": "rains",')
    edit(sample, CHAPTER, "Nobody read the gauge", "Nobody reads the gauge")
    built(sample)
    assert runs(sample) == 1


def test_why_says_what_would_run(sample):
    def why():
        return press(sample, "why").stdout.strip().removeprefix(f"{CHAPTER}: ")

    assert why() == "nothing has changed"
    edit(sample, "src/rain.py", ".sum()", ".sum() * 2")
    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    assert why() == "changed: src/rain.py; changed: table rainfall"
    edit(sample, CHAPTER, "import rain", "import rain  # again")
    assert why() == "changed: cell 2"
    shutil.rmtree(sample / "_build" / ".press" / "outputs")
    assert why() == "it has not run yet"


@pytest.mark.parametrize(("file", "content"), [("global.db", b"not a database"), ("executed/*/base.ipynb", b"{")])
def test_a_damaged_cache_is_told_and_made_anew(sample, file, content):
    before = published(sample)
    (damaged,) = (sample / "_build" / ".press" / "outputs").glob(file)
    damaged.write_bytes(content)
    edit(sample, CHAPTER, "Nobody read the gauge", "Nobody reads the gauge")
    assert "are damaged" in built(sample).stdout and runs(sample) == 2
    edit(sample, CHAPTER, "Nobody reads the gauge", "Nobody read the gauge")
    built(sample)
    assert published(sample) == before
