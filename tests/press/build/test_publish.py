"""Publishing: what readers get is whole at any moment, and made of the sources that it says."""

import os
import shutil
import sqlite3
import sys

import pytest
from helpers import INDEX, SAMPLE, edit

from press import project
from press.build import publish


@pytest.fixture
def staged(tmp_path):
    """A book's folder in which `old` is published and `new` waits in the staging directory; that directory."""
    staging = tmp_path / "_build" / ".press" / "book"
    for part in publish.PARTS:
        for folder, text in ((tmp_path / "_build" / part, "old"), (staging / part, "new")):
            folder.mkdir(parents=True)
            (folder / "page").write_text(text, encoding="utf-8")
    return staging


def pages(root):
    """What readers find, part by part."""
    return {
        part: (root / "_build" / part / "page").read_text(encoding="utf-8")
        for part in publish.PARTS
        if (root / "_build" / part).exists()
    }


EXCHANGES = [pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="it cannot here")), False]


@pytest.fixture(params=EXCHANGES, ids=["in one step", "in two steps"])
def exchanges(request, monkeypatch):
    """Whether the system exchanges two folders in one step."""
    if not request.param:
        monkeypatch.setattr(publish, "_exchange", lambda one, other: False)
    return request.param


def test_what_is_staged_takes_the_place_of_what_is_published(staged, tmp_path, exchanges):
    publish.publish(staged, tmp_path, "sources")
    assert pages(tmp_path) == {"html": "new", "pdf": "new"}
    assert (staged / "html" / "page").exists(), "the next build begins with what this one made"
    assert sorted(path.name for path in (tmp_path / "_build").iterdir()) == [".press", "html", "pdf"]


def test_a_first_book_is_published_too(staged, tmp_path, exchanges):
    for part in publish.PARTS:
        (tmp_path / "_build" / part).rename(tmp_path / f"{part}.gone")
    publish.publish(staged, tmp_path, "sources")
    assert pages(tmp_path) == {"html": "new", "pdf": "new"}


def test_what_a_killed_build_left_half_copied_is_not_published(staged, tmp_path, exchanges):
    (tmp_path / "_build" / "html.new").mkdir()
    (tmp_path / "_build" / "html.new" / "half").touch()
    publish.publish(staged, tmp_path, "sources")
    assert not (tmp_path / "_build" / "html" / "half").exists()


def test_killed_between_two_steps_the_old_part_comes_back(tmp_path):
    (tmp_path / "_build" / "html.old").mkdir(parents=True)
    (tmp_path / "_build" / "html.old" / "page").write_text("old", encoding="utf-8")
    publish.recover(tmp_path)
    assert pages(tmp_path) == {"html": "old"} and not (tmp_path / "_build" / "html.old").exists()


def test_after_the_second_step_the_new_part_stays(staged, tmp_path):
    (tmp_path / "_build" / "html.old").mkdir()
    publish.recover(tmp_path)
    assert pages(tmp_path)["html"] == "old" and (tmp_path / "_build" / "html.old").exists()


def test_a_book_is_current_while_neither_sources_nor_pages_change(staged, tmp_path):
    assert not publish.is_current(tmp_path, "sources"), "nothing is known of what lies there"
    publish.publish(staged, tmp_path, "sources")
    assert publish.is_current(tmp_path, "sources") and not publish.is_current(tmp_path, "other sources")


@pytest.mark.parametrize("change", ["cut", "gone", "more"])
def test_a_published_book_that_somebody_changed_is_not_current(staged, tmp_path, change):
    publish.publish(staged, tmp_path, "sources")
    page = tmp_path / "_build" / "pdf" / "page"
    if change == "cut":
        page.write_text("n", encoding="utf-8")
    elif change == "gone":
        page.unlink()
    else:
        page.with_name("another").touch()
    assert not publish.is_current(tmp_path, "sources")


# --- the sources ------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A book's folder, to be edited."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return shutil.copytree(SAMPLE, tmp_path / "rain")


@pytest.fixture
def digest(book):
    """The digest of its sources as they are now."""
    return lambda: publish.sources_digest(book)


def test_an_edit_of_any_source_changes_the_digest(digest, book):
    before = digest()
    assert digest() == before
    edit(book, INDEX, "Boxford was drier", "Boxford was much drier")
    assert digest() != before


def test_a_new_name_of_a_source_changes_the_digest(digest, book):
    before = digest()
    (book / "src" / "rain.py").rename(book / "src" / "rains.py")
    assert digest() != before


def test_what_is_made_or_hidden_does_not(digest, book):
    before = digest()
    for name in ("_build/html/page", ".cache/page", "src/__pycache__/rain.pyc", ".hidden"):
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).touch()
    assert digest() == before


def test_the_press_and_the_date_of_the_build_count_as_sources(digest, monkeypatch):
    before = digest()
    with monkeypatch.context() as patch:
        patch.setattr(project, "code_version", lambda: 1)
        assert digest() != before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000001")
    assert digest() != before


def test_source_files_come_in_one_order():
    names = [path.relative_to(SAMPLE).as_posix() for path in publish.source_files(SAMPLE)]
    assert names[:2] == ["_config.yml", "_toc.yml"] and "book/palette.json" in names
    assert names == [path.relative_to(SAMPLE).as_posix() for path in publish.source_files(SAMPLE)]


# --- one build at a time ----------------------------------------------------------------------------------------------


@pytest.fixture
def locks(monkeypatch):
    """The locks that this process holds; they are given back at the end."""
    held = {}
    monkeypatch.setattr(publish, "_locks", held)
    yield held
    for connection in held.values():
        connection.close()


def test_a_process_locks_a_book_once(locks, tmp_path, capsys):
    publish.lock(tmp_path)
    publish.lock(tmp_path)
    assert list(locks) == [tmp_path] and capsys.readouterr().err == ""


def test_another_process_waits_until_the_book_is_free(locks, tmp_path, monkeypatch, capsys):
    publish.lock(tmp_path)
    first = locks.pop(tmp_path)
    tries, take = [], publish._lock

    def watched(path, wait):
        tries.append(wait)
        if wait:
            first.close()  # as the end of the first process does
        return take(path, wait)

    monkeypatch.setattr(publish, "_lock", watched)
    publish.lock(tmp_path)
    assert tries == [0, 3600] and tmp_path in locks
    assert "being built by another process; waiting for it" in capsys.readouterr().err


def test_the_system_takes_the_lock_back_from_a_process_that_is_killed(locks, tmp_path):
    (tmp_path / "_build" / ".press").mkdir(parents=True)
    child = os.fork() if hasattr(os, "fork") else pytest.skip("nothing forks here")
    if not child:
        publish.lock(tmp_path)
        os._exit(9)
    os.waitpid(child, 0)
    publish.lock(tmp_path)
    with pytest.raises(sqlite3.OperationalError):
        publish._lock(project.cache_directory(tmp_path) / "lock", wait=0)
