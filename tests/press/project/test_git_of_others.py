"""The commit that pages name is that of the book's own repository, or none."""

import subprocess

import pytest
from helpers import commit_all, git

from press import project
from press.project import git as git_module


@pytest.fixture
def outer(tmp_path):
    """A repository that has a folder `rain` with a book in it, which it does not keep."""
    book = tmp_path / "rain"
    book.mkdir()
    (book / "_config.yml").write_text("title: Rain\n", encoding="utf-8")
    (tmp_path / "settings.txt").touch()
    (tmp_path / ".gitignore").write_text("rain/\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Settings")
    return tmp_path


def test_a_repository_around_the_book_is_not_the_books(outer):
    assert project.last_commit(outer) is not None and project.last_commit(outer / "rain") is None


def test_a_book_in_a_folder_of_a_repository_has_its_commit(outer):
    (outer / ".gitignore").unlink()
    git(outer, "add", ".")
    git(outer, "commit", "-qm", "A book")
    assert project.last_commit(outer / "rain") == project.last_commit(outer)
    (outer / "settings.txt").write_text("changed", encoding="utf-8")
    assert not project.last_commit(outer / "rain").dirty, "the book is as it was"


def test_a_word_is_said_once_when_git_refuses(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.md").touch()
    commit_all(tmp_path)
    words = f"fatal: detected dubious ownership in repository at '{tmp_path}'\nTo add an exception …"
    refused = subprocess.CompletedProcess([], 128, "", words)
    monkeypatch.setattr(git_module.subprocess, "run", lambda *_, **__: refused)
    assert project.last_commit(tmp_path) is None and project.last_commit(tmp_path) is None
    said = capsys.readouterr().err
    assert said.count("git does not tell the commit of this book (fatal: detected dubious ownership") == 1
    assert f"git config --global --add safe.directory {tmp_path}" in said


def test_a_new_repository_without_commits_is_no_refusal(tmp_path, capsys):
    git(tmp_path, "init", "-q")
    assert project.last_commit(tmp_path) is None and capsys.readouterr().err == ""
