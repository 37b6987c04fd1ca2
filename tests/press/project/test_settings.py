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
        (
            "html:\n\ttitle: a\n",
            "_config.yml, line 2: not valid YAML: found character '\\t' that cannot start any token",
        ),
        ("a: 1\nb: [{c: 1, d: 2, c: 3}]\n", "_config.yml, line 2: 'c' stands here twice. Leave out one of the two."),
    ],
)
def test_a_file_that_is_broken_is_named_with_its_line(tmp_path, text, says):
    (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
    with pytest.raises(PressError) as refused:
        project.read_settings(tmp_path, project.CONFIG)
    assert str(refused.value).startswith(says), refused.value


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("title: a\nexecute: {timeout: 20}\n", ""),
        ("title: a\nexecute: {timeout: twenty}\n", "_config.yml, execute, timeout: 'twenty' is not of type 'number'."),
    ],
)
def test_settings_that_jupyter_book_does_not_understand_are_named(tmp_path, settings, says):
    (tmp_path / "_config.yml").write_text(settings, encoding="utf-8")
    assert " ".join(map(str, project.check_settings(tmp_path))).startswith(says)


def test_a_list_that_is_none_is_refused(tmp_path):
    (tmp_path / "_config.yml").write_text("sphinx: {config: {extensions: press}}\n", encoding="utf-8")
    with pytest.raises(
        PressError, match=r"_config.yml, sphinx, config, extensions: 'press' is not a list. Write \[pre"
    ):
        project.check_settings(tmp_path)


def test_a_first_page_that_is_missing_is_named(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: welcome\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"_toc.yml, root: there is no page 'welcome'. Correct the name, or write"):
        project.check_first_page(tmp_path)
    (tmp_path / "welcome.ipynb").touch()
    project.check_first_page(tmp_path)


def test_pages_are_those_of_the_contents():
    pages = ["book/data", "book/figures", "book/index", "book/references", "notebooks/01-rainfall"]
    assert project.list_pages(SAMPLE) == pages


def test_patterns_of_the_contents_find_their_pages(tmp_path):
    for name in ("index.md", "part/a.md", "part/b.x.ipynb", "part/below/c.md", ".hidden/d.md", "_build/part/e.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    contents = "format: jb-book\nroot: index\nchapters:\n- glob: part/*\n- glob: '*/d'\n"
    (tmp_path / "_toc.yml").write_text(contents, encoding="utf-8")
    assert project.list_pages(tmp_path) == ["index", "part/a", "part/b.x"]


def test_contents_of_old_books_are_told_how_to_be_brought_up_to_date(tmp_path):
    (tmp_path / "_toc.yml").write_text("- file: index\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"_toc\.yml: it is a list.* Run “jupyter-book toc migrate _toc\.yml”"):
        project.list_pages(tmp_path)


def test_a_mistake_of_the_contents_is_named_by_its_entry(tmp_path):
    contents = "format: jb-book\nroot: index\nparts:\n- chapters:\n  - file: a\n  - fil: b\n"
    (tmp_path / "_toc.yml").write_text(contents, encoding="utf-8")
    with pytest.raises(PressError, match=r"^_toc\.yml, parts 1, chapters 2: entry does not contain one of"):
        project.list_pages(tmp_path)


def test_contents_that_name_no_page_are_refused(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroots: index\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"_toc\.yml: 'root' key not found.* Compare it with the last one that worked"):
        project.list_pages(tmp_path)
