"""What a chapter's outputs depend on: what it reads is noted, what has changed is told."""

import contextlib
import glob
import importlib.metadata
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import SAMPLE

from press.execution import dependencies
from press.execution.dependencies import ENVIRONMENT, PROGRAMS, Tracker
from press.ledger import RECORD
from press.project import data_package

NOTEBOOK = {"cells": []}


# --- what is noted ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A book's folder with one file in it."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "data").mkdir()
    return folder


@pytest.fixture(scope="module")
def only_tracker(root):
    """The one tracker of these tests: Python never forgets a hook."""
    return Tracker(root)


@pytest.fixture
def tracker(only_tracker, root):
    """A tracker that has seen nothing yet, and a file to read."""
    (root / "data" / "rain.csv").write_text("a\n1\n", encoding="utf-8")
    only_tracker.read_paths.clear()
    only_tracker.ran_programs = False
    return only_tracker


def seen(tracker):
    """What of the book's folder was noted."""
    return {os.path.relpath(path, tracker.root) for path in tracker.read_paths if path.startswith(str(tracker.root))}


@pytest.mark.parametrize("mode", ["r", "rb", "r+", "a+"])
def test_a_file_that_is_opened_to_be_read_is_noted(tracker, root, mode):
    open(root / "data" / "rain.csv", mode).close()
    assert seen(tracker) == {"data/rain.csv"}


@pytest.mark.parametrize("mode", ["w", "wb", "w+", "a"])
def test_a_file_that_is_only_written_is_not(tracker, root, mode):
    open(root / "data" / "rain.csv", mode).close()
    assert seen(tracker) == set()


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (lambda path: os.close(os.open(path, os.O_RDONLY)), "data/rain.csv"),
        (lambda path: open(os.fsencode(path), "rb").close(), "data/rain.csv"),
        (lambda path: os.close(os.open(os.path.join(path, "..", "rain.csv"), os.O_RDONLY)), "data/rain.csv"),
        (lambda path: os.listdir(os.path.dirname(path)), "data"),
        (lambda path: os.scandir(os.path.dirname(path)).close(), "data"),
        (lambda path: glob.glob(os.path.join(os.path.dirname(path), "*")), "data"),
        (lambda path: list(Path(path).parent.glob("*")), "data"),
        (lambda path: sqlite3.connect(path).close(), "data/rain.csv"),
    ],
    ids=["os.open", "bytes", "a way round", "listdir", "scandir", "glob", "pathlib", "sqlite"],
)
def test_every_way_of_reading_is_noted(tracker, root, read, name):
    (root / "data" / "rain.csv").write_bytes(b"")
    with contextlib.suppress(NotADirectoryError):
        read(str(root / "data" / "rain.csv"))
    assert name in seen(tracker)


def test_a_listing_of_the_working_folder_is_noted(tracker, root, monkeypatch):
    monkeypatch.chdir(root)
    os.listdir()
    assert seen(tracker) == {"."}


def test_what_python_lists_to_find_modules_and_packages_is_not(tracker, root, monkeypatch):
    monkeypatch.syspath_prepend(str(root / "data"))
    monkeypatch.syspath_prepend("")
    monkeypatch.chdir(root)
    sys.path_importer_cache.clear()
    with pytest.raises(ImportError):
        __import__("no_module_of_this_name")
    importlib.metadata.version("altair")
    assert seen(tracker) == set()


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of Unix")
@pytest.mark.parametrize(
    "start",
    [lambda: subprocess.run(["true"], check=True), lambda: os.system("true")],
    ids=["subprocess", "system"],
)
def test_a_chapter_that_starts_a_program_always_runs(tracker, root, start):
    start()
    noted = tracker.dependencies(NOTEBOOK)
    assert dependencies.changed(noted, root) == [PROGRAMS]


def test_a_file_that_changed_while_the_chapter_ran_makes_it_run_again(tracker, root):
    path = root / "data" / "rain.csv"
    path.read_text(encoding="utf-8")
    later = time.time_ns() + 1_000_000_000
    os.utime(path, ns=(later, later))
    noted = tracker.dependencies(NOTEBOOK)
    assert noted["data/rain.csv"] == "changed meanwhile"
    assert dependencies.changed(noted, root) == ["data/rain.csv"]


def test_modules_are_noted_and_installed_packages_are_not(tracker, root, monkeypatch):
    (root / "measure.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.delitem(sys.modules, "measure", raising=False)
    __import__("measure")
    noted = tracker.dependencies(NOTEBOOK)
    assert "measure.py" in noted and not [name for name in noted if "site-packages" in name or "__pycache__" in name]
    assert not [name for name in noted if name.startswith(sys.base_prefix)]
    monkeypatch.delitem(sys.modules, "measure")


def test_what_the_build_itself_made_is_not_noted(tracker, root):
    (root / "_build").mkdir(exist_ok=True)
    (root / "_build" / "page").touch()
    (root / "_build" / "page").read_text(encoding="utf-8")
    assert not [name for name in tracker.dependencies(NOTEBOOK) if name.startswith("_build")]


@pytest.fixture
def rainfall(monkeypatch):
    """A tracker of the sample book."""
    monkeypatch.setattr(sys, "addaudithook", lambda hook: None)
    return Tracker(SAMPLE)


def test_a_table_is_noted_by_its_name_whether_it_is_read_or_named_as_a_source(rainfall):
    rainfall.read_paths.add(str(SAMPLE / "data" / "rainfall.csv"))
    rainfall.read_paths.add(str(SAMPLE / "data" / "datapackage.json"))
    inside = {name for name in rainfall.dependencies(NOTEBOOK) if not name.startswith("/")}
    assert inside == {"table rainfall", ENVIRONMENT}, "the data package counts table by table"
    rainfall.read_paths.clear()
    output = {"data": {RECORD: {"kind": "figure", "sources": ["rainfall"]}}}
    noted = rainfall.dependencies({"cells": [{"cell_type": "code", "outputs": [output]}]})
    assert "table rainfall" in noted and dependencies.changed(noted, SAMPLE) == []


# --- what has changed -------------------------------------------------------------------------------------------------

INPUTS = ["table rainfall", "src/rain.py", ENVIRONMENT, "book/palette.json", "data"]


@pytest.fixture
def copied(tmp_path):
    """A copy of the sample, whose data package has not been read yet."""
    data_package.load_data_package.cache_clear()
    return shutil.copytree(SAMPLE, tmp_path / "rain")


@pytest.mark.parametrize("name", INPUTS)
def test_an_input_is_told_by_its_content_wherever_the_book_lies(copied, name):
    assert dependencies.fingerprint(name, copied) == dependencies.fingerprint(name, SAMPLE)


@pytest.mark.parametrize(
    ("file", "input"),
    [
        ("data/rainfall.csv", "table rainfall"),
        ("src/rain.py", "src/rain.py"),
        ("requirements.lock", ENVIRONMENT),
        ("data/new.csv", "data"),
    ],
)
def test_a_change_of_one_input_is_told_and_of_no_other(copied, file, input):
    noted = {name: dependencies.fingerprint(name, copied) for name in INPUTS}
    with open(copied / file, "ab") as changed:
        changed.write(b"\n")
    assert dependencies.changed(noted, copied) == [input]


def test_what_the_data_package_says_of_a_table_belongs_to_it(copied, monkeypatch):
    noted = {name: dependencies.fingerprint(name, copied) for name in INPUTS}
    (entry,) = data_package.load_data_package(copied)["resources"]
    monkeypatch.setitem(entry, "vintage", "2025")
    assert dependencies.changed(noted, copied) == ["table rainfall"]


def test_another_python_makes_every_chapter_run_again(copied, monkeypatch):
    noted = {name: dependencies.fingerprint(name, copied) for name in INPUTS}
    monkeypatch.setattr(sys, "version", "3.99.0 (rain)")
    assert dependencies.changed(noted, copied) == [ENVIRONMENT]


def test_an_input_that_is_gone_has_changed_and_one_that_never_was_has_not(copied):
    noted = {name: dependencies.fingerprint(name, copied) for name in ("src/rain.py", "src/snow.py")}
    (copied / "src" / "rain.py").unlink()
    assert dependencies.changed(noted, copied) == ["src/rain.py"]


def test_what_another_program_read_cannot_be_known():
    assert dependencies.changed({PROGRAMS: ""}, SAMPLE) == [PROGRAMS]


def test_a_book_without_a_data_package_has_files_only(tmp_path):
    (tmp_path / "rain.csv").write_text("1\n", encoding="utf-8")
    noted = {"rain.csv": dependencies.fingerprint("rain.csv", tmp_path)}
    assert dependencies.changed(noted, tmp_path) == []
