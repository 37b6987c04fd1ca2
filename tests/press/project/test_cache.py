"""The cache directory: files have names of their own, and are there whole or not at all."""

import os
from pathlib import Path

import pytest

from press import project


def test_a_path_tells_content_and_kind_apart(tmp_path):
    paths = [
        project.cache_path(tmp_path, kind, *texts)
        for kind, texts in (("svg", ["rain"]), ("png", ["rain"]), ("svg", ["snow"]), ("svg", ["rain", "snow"]))
    ]
    assert len(set(paths)) == 4 and {path.parent for path in paths} == {tmp_path}
    assert project.cache_path(tmp_path, "svg", "rain") == paths[0]
    assert paths[0].suffix == ".svg"


def test_a_file_is_written_with_its_folder(tmp_path):
    path = tmp_path / "charts" / "rain.svg"
    project.write_atomic(path, b"<svg/>")
    assert path.read_bytes() == b"<svg/>" and list(path.parent.iterdir()) == [path]


def test_a_file_is_whole_at_every_moment(tmp_path, monkeypatch):
    """What is written first is another file beside it; the name it is known by changes hands in one step."""
    path = tmp_path / "rain.svg"
    path.write_bytes(b"old")
    seen = []

    def written(self, content):
        assert self != path, "a reader would find a part of the file"
        seen.append(self)
        return write_bytes(self, content)

    write_bytes = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", written)
    project.write_atomic(path, b"new")
    assert path.read_bytes() == b"new" and seen and not seen[0].exists()


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "rain.svg"
    path.write_bytes(b"old")

    def full(self, content):
        with open(self, "wb") as file:
            file.write(content[:1])
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        project.write_atomic(path, b"new")
    assert path.read_bytes() == b"old"


def test_two_processes_do_not_write_into_one_file(tmp_path, monkeypatch):
    names = []
    monkeypatch.setattr(Path, "write_bytes", lambda self, content: names.append(self.name))
    monkeypatch.setattr(Path, "replace", lambda self, target: None)
    for process in (11, 12):
        monkeypatch.setattr(os, "getpid", lambda process=process: process)
        project.write_atomic(tmp_path / "rain.svg", b"")
    assert len(set(names)) == 2


def test_the_version_of_the_press_changes_with_its_code_and_theme(monkeypatch):
    from press.project import version

    now = project.code_version()
    assert project.code_version() == now
    read = Path.read_bytes
    for name in ("state.py", "press.css", "book.typ"):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", lambda self, name=name: read(self) + b" " * (self.name == name))
            version.code_version.cache_clear()
            assert version.code_version() != now, name
    version.code_version.cache_clear()
