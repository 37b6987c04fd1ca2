"""What `_config.yml` and `_toc.yml` say, and where they are broken."""

import pytest
from helpers import SAMPLE

from press import project
from press.errors import PressError


def test_settings_are_read():
    assert project.read_settings(SAMPLE, project.CONFIG)["title"] == "Rain in Two Towns"


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(PressError, match=r"_toc.yml: the file is missing. Restore it from version control"):
        project.read_settings(tmp_path, project.TOC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: a\nauthor: b: c\n", "_config.yml, line 2: not valid YAML: mapping values are not allowed here"),
        ("- a\n- b\n", "_config.yml: it holds no settings"),
        ("", "_config.yml: it holds no settings"),
        ("title: \x00", "_config.yml: not valid YAML"),
    ],
)
def test_a_file_that_is_broken_is_named_with_its_line(tmp_path, text, says):
    (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PressError) as refused:
        project.read_settings(tmp_path, project.CONFIG)
    assert str(refused.value).startswith(says), refused.value


def test_pages_are_those_of_the_contents():
    pages = ["book/data", "book/figures", "book/index", "book/references", "notebooks/01-rainfall"]
    assert project.list_pages(SAMPLE) == pages


def test_contents_of_old_books_are_told_how_to_be_brought_up_to_date(tmp_path):
    (tmp_path / "_toc.yml").write_text("- file: index\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"_toc\.yml: it is a list.* Run “jupyter-book toc migrate _toc\.yml”"):
        project.list_pages(tmp_path)


def test_contents_that_name_no_page_are_refused(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroots: index\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"_toc\.yml: 'root' key not found.* Compare it with the last one that worked"):
        project.list_pages(tmp_path)
