"""The chapters' sources: one canonical form, each in the table of contents."""

import ast
import json
import re

import nbformat
import pytest
import yaml
from helpers import ROOT, SAMPLE

from press.build import normalize_notebooks

CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WITH_SAMPLE = [*CHAPTERS, *sorted((SAMPLE / "notebooks").glob("*.ipynb"))]


def name(path):
    return path.relative_to(ROOT).as_posix()


def cells(path, kind):
    return [
        "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == kind
    ]


@pytest.mark.parametrize("path", WITH_SAMPLE, ids=name)
def test_a_notebook_is_in_its_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert normalize_notebooks.canonical(text, name(path)) == text, "run: python -m press tidy"
    nbformat.validate(nbformat.reads(text, as_version=4))


def test_every_chapter_is_in_the_table_of_contents():
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = {chapter["file"] for part in contents["parts"] for chapter in part["chapters"]} | {contents["root"]}
    assert {f"notebooks/{path.stem}" for path in CHAPTERS} == {file for file in listed if file.startswith("notebooks/")}
    assert all(list(ROOT.glob(f"{file}.*")) for file in listed)


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_a_chapter_is_named_by_its_place_and_opens_with_one_title(path):
    assert re.fullmatch(r"(\d\d|a\d)-[a-z]+(-[a-z]+)*", path.stem)
    prose = "\n\n".join(cells(path, "markdown"))
    titles = re.findall(r"(?m)^# .+", prose)
    assert len(titles) == 1 and prose.startswith(titles[0])


@pytest.mark.parametrize("path", CHAPTERS, ids=name)
def test_a_chapter_reads_data_by_its_one_door_and_asks_no_network(path):
    code = "\n".join(cells(path, "code"))
    assert not re.search(r"read_csv|read_json|read_excel|\bopen\(|requests|urllib|http", code)
    parts = [node for node in ast.walk(ast.parse(code)) if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    long = [part.name for part in parts if part.end_lineno - part.lineno >= 10]
    assert long == [], "a function of more than a few lines belongs to alliance, with its tests"
