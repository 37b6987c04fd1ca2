"""The book's folder is found from any folder in it."""

import pytest
from helpers import SAMPLE

from press import project
from press.errors import PressError


@pytest.mark.parametrize("start", ["", "notebooks", "book/data.md"])
def test_a_book_is_found_from_any_place_in_it(start):
    assert project.find_root(SAMPLE / start) == SAMPLE


def test_without_a_place_the_search_begins_in_the_working_folder(monkeypatch):
    monkeypatch.chdir(SAMPLE / "data")
    assert project.find_root() == SAMPLE


def test_the_nearest_book_is_taken(tmp_path):
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    for folder in (inner.parent, inner):
        (folder / "_config.yml").touch()
    assert project.find_root(inner) == inner


def test_where_there_is_no_book_the_folder_is_named(tmp_path):
    with pytest.raises(
        PressError, match=r"no _config\.yml here or above\. Run this inside the book's folder"
    ) as refused:
        project.find_root(tmp_path)
    assert refused.value.where == str(tmp_path)
