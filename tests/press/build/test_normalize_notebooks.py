"""The one form of a notebook."""

import json
import re
from pathlib import Path

import nbformat
import pytest

from press.__main__ import main
from press.build import normalize_notebooks
from press.errors import PressError

EDITED = {
    "nbformat": 4,
    "nbformat_minor": 2,
    "metadata": {"kernelspec": {"name": "rain", "display_name": "My Python"}, "widgets": {}},
    "cells": [
        {"cell_type": "markdown", "source": "# Rain\n\nIt rains 비.\n\n", "metadata": {"editable": True}},
        {
            "cell_type": "code",
            "id": "b",
            "source": ["1 +\n", " 1"],
            "metadata": {"tags": ["hide"], "scrolled": True},
            "execution_count": 7,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "2"}],
        },
        {"cell_type": "code", "id": "b", "source": "", "metadata": {}, "execution_count": None, "outputs": []},
        {"cell_type": "code", "id": "b", "source": "2", "metadata": {}, "execution_count": None, "outputs": []},
    ],
}


def test_the_canonical_form_keeps_the_chapter_and_drops_the_rest():
    text = normalize_notebooks.canonical(json.dumps(EDITED))
    tidy = json.loads(text)
    assert [cell["source"] for cell in tidy["cells"]] == [["# Rain\n", "\n", "It rains 비."], ["1 +\n", " 1"], ["2"]]
    assert all(cell.get("outputs", []) == [] and cell.get("execution_count") is None for cell in tidy["cells"])
    assert [cell["metadata"] for cell in tidy["cells"]] == [{}, {"tags": ["hide"]}, {}]
    assert (
        tidy["metadata"] == normalize_notebooks.METADATA and "비" in text and text.endswith("}\n") and "\r" not in text
    )
    ids = [cell["id"] for cell in tidy["cells"]]
    assert ids[1] == "b" and len(set(ids)) == 3 and all(re.fullmatch(r"[\w-]{1,64}", id) for id in ids)


def test_the_canonical_form_is_one_and_valid():
    text = normalize_notebooks.canonical(json.dumps(EDITED))
    assert (
        normalize_notebooks.canonical(text)
        == text
        == normalize_notebooks.canonical(json.dumps(json.loads(text), indent=4))
    )
    nbformat.validate(nbformat.reads(text, as_version=4))


@pytest.mark.parametrize(
    "text, says",
    [('{"cells":\n oops}', "line 2: not valid JSON"), ("[]", "not a notebook"), ('{"nbformat": 3}', "not a notebook")],
)
def test_what_is_no_notebook_is_named(text, says):
    with pytest.raises(PressError, match=f"rain.ipynb.*{says}"):
        normalize_notebooks.canonical(text, "rain.ipynb")


def test_tidy_rewrites_only_what_needs_it(tmp_path, monkeypatch, capsys):
    (tmp_path / "_config.yml").touch()
    (tmp_path / "notebooks").mkdir()
    edited, tidy = tmp_path / "notebooks" / "a.ipynb", tmp_path / "notebooks" / "b.ipynb"
    edited.write_text(json.dumps(EDITED), encoding="utf-8")
    tidy.write_text(normalize_notebooks.canonical(json.dumps(EDITED)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["tidy"]) == 0 and capsys.readouterr().out == f"Tidied {Path('notebooks', 'a.ipynb')}\n"
    assert edited.read_bytes() == tidy.read_bytes()
    assert main(["tidy"]) == 0 and capsys.readouterr().out == ""


def test_attachments_of_a_cell_stay():
    picture = {"rain.png": {"image/png": "aGk="}}
    cell = {"cell_type": "markdown", "source": "![](attachment:rain.png)", "metadata": {}, "attachments": picture}
    tidy = json.loads(normalize_notebooks.canonical(json.dumps({"nbformat": 4, "cells": [cell]})))
    assert tidy["cells"][0]["attachments"] == picture


def test_an_id_that_is_given_is_that_of_the_content():
    cell = {"cell_type": "markdown", "source": "Rain", "metadata": {}}
    texts = [normalize_notebooks.canonical(json.dumps({"nbformat": 4, "cells": [cell, cell]})) for _ in range(2)]
    first, second = (each["id"] for each in json.loads(texts[0])["cells"])
    assert texts[0] == texts[1] and first != second
