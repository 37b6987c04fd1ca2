"""The commit and the date of a build."""

import time
from datetime import UTC, datetime

import pytest
from helpers import commit_all, git

from press import project


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder under version control, with one file."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "rain.md").write_text("Rain\n", encoding="utf-8")
    commit_all(tmp_path)
    return tmp_path


def test_the_last_commit_is_told_with_its_time(folder):
    commit = project.last_commit(folder)
    assert len(commit.name) >= 7 and commit.time == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC) and not commit.dirty
    assert project.build_time(folder) == commit.time


def test_an_edit_is_told_and_a_new_file_is_not(folder):
    (folder / "new.md").touch()
    assert not project.last_commit(folder).dirty
    (folder / "rain.md").write_text("Snow\n", encoding="utf-8")
    assert project.last_commit(folder).dirty


def test_the_last_of_several_commits_counts(folder):
    (folder / "rain.md").write_text("Snow\n", encoding="utf-8")
    git(folder, "commit", "-qam", "Snow", day="2026-05-06T00:00:00+00:00")
    assert project.build_time(folder) == datetime(2026, 5, 6, tzinfo=UTC)


def test_without_version_control_the_time_is_now(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert project.last_commit(tmp_path) is None
    assert abs(project.build_time(tmp_path).timestamp() - time.time()) < 60


def test_without_git_there_is_no_commit(folder, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert project.last_commit(folder) is None


@pytest.fixture(params=["UTC", "Asia/Seoul", "America/New_York"])
def zone(request):
    """A time zone that this process lives in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a process cannot be set here")
def test_an_epoch_that_is_set_counts_in_every_time_zone(folder, zone, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert project.build_time(folder).isoformat() == "2026-09-21T14:13:20+00:00"
