"""Tables as bytes: all of them are replaced, or none."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import contents, loaded

from alliance import data
from alliance.collect import writing
from alliance.collect.sources import with_additions
from alliance.collect.writing import csv_bytes, write
from alliance.data import DataError

pytestmark = pytest.mark.slow  # plays publishers and breaks tables: some seconds, seldom touched

FEW = ["sma_contributions", "us_troops_abroad", "gdp", "coastlines"]


@pytest.fixture
def folder(tmp_path):
    """A data package with few tables, to write to."""
    folder = tmp_path / "data"
    folder.mkdir()
    resources = [data.describe(name) for name in FEW]
    for resource in resources:
        shutil.copy(data.DATA / resource["path"], folder)
    described = json.dumps(data.package() | {"resources": resources}, ensure_ascii=False, indent=2)
    (folder / data.PACKAGE).write_text(f"{described}\n", encoding="utf-8")
    return folder


def every_table():
    return {name: loaded(name) for name in FEW}


@pytest.mark.parametrize("table", data.tables())
def test_writing_a_loaded_table_gives_its_bytes(table):
    resource = data.describe(table)
    assert csv_bytes(loaded(table), resource) == (data.DATA / resource["path"]).read_bytes()


def test_nothing_changes_when_one_table_is_bad(folder):
    before = contents(folder)
    frames = every_table()
    frames["sma_contributions"] = frames["sma_contributions"].assign(note="changed")
    frames["us_troops_abroad"] = frames["us_troops_abroad"].assign(month=13)
    with pytest.raises(DataError, match=r"new us_troops_abroad\.csv, row 2 .*column month: 13 is out of bounds"):
        write(frames, folder)
    assert contents(folder) == before


def test_nothing_changes_when_the_disk_is_full(folder, monkeypatch):
    before = contents(folder)
    frames = every_table()
    frames["gdp"] = frames["gdp"].iloc[:-1]
    real = type(folder).write_bytes

    def full(path, content):
        if path.name.startswith("datapackage"):
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(type(folder), "write_bytes", full)
    with pytest.raises(DataError, match=r"cannot be written \(No space left.*nothing was changed.*make room"):
        write(frames, folder)
    assert contents(folder) == before


def test_a_changed_table_refreshes_rows_bytes_and_hash(folder):
    frames = every_table()
    frames["gdp"] = frames["gdp"].iloc[:-1]
    assert write(frames, folder) == ["gdp.csv", "datapackage.json"]
    assert len(data.load("gdp", folder)) == data.describe("gdp", folder)["rows"] == 32
    assert data.check(folder) == []


def test_a_table_nobody_described_is_refused(folder):
    frames = every_table() | {"weather": data.load("gdp")}
    with pytest.raises(DataError, match=r"'weather'.*every table is collected and described"):
        write(frames, folder)


def test_a_later_row_that_the_source_holds_as_well_is_refused():
    twice = with_additions(data.load("consumer_prices"), "consumer_prices")
    with pytest.raises(DataError, match=r"country KOR, year 2025 stands in row \d+ already"):
        csv_bytes(twice, data.describe("consumer_prices"))


STEPS = [
    (os, "replace"),
    (os, "rename"),
    (os, "fsync"),
    (shutil, "rmtree"),
    *((Path, name) for name in ("write_bytes", "mkdir", "unlink")),
]


class Killed(BaseException):
    """The end of the process, as far as a test can have it."""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_kill_leaves_the_old_state_whole(folder, monkeypatch, after):
    before, real, replaced = contents(folder), os.replace, []
    frames = every_table()
    frames["gdp"], frames["coastlines"] = frames["gdp"].iloc[:-1], frames["coastlines"].iloc[:-1]

    def until(temporary, path):
        if len(replaced) == after:
            raise Killed
        replaced.append(path.name)
        real(temporary, path)

    with monkeypatch.context() as dying:
        dying.setattr(os, "replace", until)
        dying.setattr(writing, "recover", lambda folder: None)  # a dead process puts nothing back
        with pytest.raises(Killed):
            write(frames, folder)
    with pytest.raises(DataError, match=r"a refresh was cut off.*--recover"):
        data.load("gdp", folder)
    assert writing.recover(folder) and not writing.recover(folder)
    assert contents(folder) == before and data.check(folder) == []


def test_a_fault_while_files_are_replaced_puts_the_old_ones_back(folder, monkeypatch):
    before, real = contents(folder), os.replace
    frames = every_table() | {"gdp": data.load("gdp").iloc[:-1]}

    def until_the_description(temporary, path):
        if path.name == data.PACKAGE and temporary.name in broken:
            raise OSError(5, "Input/output error", str(path))
        real(temporary, path)

    broken = [f"{data.PACKAGE}.new"]
    monkeypatch.setattr(os, "replace", until_the_description)
    with pytest.raises(DataError, match=r"cannot be written \(Input/output error.*nothing was"):
        write(frames, folder)
    assert contents(folder) == before
    broken.append("1.old")  # nor can the old one be put back
    with pytest.raises(DataError, match=r"the old state is not back yet.*--recover"):
        write(frames, folder)
    with pytest.raises(DataError, match="a refresh was cut off"):
        data.load("gdp", folder)
    broken.clear()
    assert writing.recover(folder) and contents(folder) == before


def test_a_further_file_changes_with_the_tables_or_not_at_all(folder, tmp_path):
    frames, further = every_table(), tmp_path / "registry.csv"
    further.write_bytes(b"old")
    assert write(frames, folder, {further: b"new"}) == ["registry.csv"] and further.read_bytes() == b"new"
    with pytest.raises(DataError):
        write(frames | {"gdp": data.load("gdp").assign(year=3000)}, folder, {further: b"newer"})
    assert further.read_bytes() == b"new"


def killed_at(step, monkeypatch, act):
    """Do something in a process that dies before its n-th change on the disk; say whether it died."""
    done = []

    def counted(real):
        def change(*args, **kwargs):
            if len(done) >= step:
                raise Killed
            done.append(real.__name__)
            return real(*args, **kwargs)

        return change

    with monkeypatch.context() as dying:
        for owner, name in STEPS:
            dying.setattr(owner, name, counted(getattr(owner, name)))
        try:
            act()
        except Killed:
            return True
    return False


def test_a_kill_at_any_step_leaves_the_old_or_the_new_state(folder, tmp_path, monkeypatch):
    further = tmp_path / "registry.csv"
    further.write_bytes(b"old")
    frames = every_table()
    before = {**contents(folder), "further": b"old"}
    frames["gdp"], frames["coastlines"] = frames["gdp"].iloc[:-1], frames["coastlines"].iloc[:-1]
    seen = set()
    for step in range(200):
        if not killed_at(step, monkeypatch, lambda: write(frames, folder, {further: b"new"})):
            break
        cut_off = (folder / data.JOURNAL).exists()
        again = 0  # what puts the old state back can die as well
        while killed_at(again, monkeypatch, lambda: writing.recover(folder)):
            again += 1
        state = {**contents(folder), "further": further.read_bytes()}
        assert data.check(folder) == []
        assert (state == before) or (not cut_off and further.read_bytes() == b"new"), step
        seen.add((cut_off, state == before))
        if state != before:
            write(every_table(), folder, {further: b"old"})
    assert 20 < step < 199 and seen == {(False, True), (True, True), (False, False)}
    assert data.load("gdp", folder).shape == frames["gdp"].shape and further.read_bytes() == b"new"
    assert not list(folder.glob("*.new")) and not (folder / ".refresh").exists()


def test_a_link_to_a_table_stays_a_link(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere.csv"
    (folder / "gdp.csv").rename(elsewhere)
    (folder / "gdp.csv").symlink_to(elsewhere)
    frames = every_table() | {"gdp": data.load("gdp").iloc[:-1]}
    assert write(frames, folder) == ["gdp.csv", "datapackage.json"]
    assert (folder / "gdp.csv").is_symlink() and elsewhere.read_bytes().count(b"\n") == 33


def test_two_refreshes_at_once_are_one_too_many(folder):
    code = (
        f"from alliance.collect.writing import alone\nwith alone({str(folder)!r}):\n    print(1, flush=True), input()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"1\n"
        with pytest.raises(DataError, match="another refresh is under way"), writing.alone(folder):
            pass
        other.kill()
        other.wait()
    with writing.alone(folder):
        pass
