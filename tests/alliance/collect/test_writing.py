"""Tables as bytes: all of them are replaced, or none."""

import json
import os
import shutil

import pytest
from builders import contents, loaded

from alliance import data
from alliance.collect.sources import with_additions
from alliance.collect.writing import csv_bytes, write
from alliance.data import DataError

FEW = ["sma_contributions", "us_troops_abroad", "gdp", "coastlines"]


@pytest.fixture
def few(tmp_path):
    """A data package with few tables, to write to."""
    folder = tmp_path / "data"
    folder.mkdir()
    resources = [data.describe(name) for name in FEW]
    for resource in resources:
        shutil.copy(data.DATA / resource["path"], folder)
    (folder / data.PACKAGE).write_text(json.dumps(data.package() | {"resources": resources}), encoding="utf-8")
    return folder


@pytest.mark.parametrize("table", data.tables())
def test_writing_a_loaded_table_gives_its_bytes(table):
    resource = data.describe(table)
    assert csv_bytes(loaded(table), resource) == (data.DATA / resource["path"]).read_bytes()


def test_nothing_changes_when_one_table_is_bad(few):
    before = contents(few)
    frames = {name: loaded(name) for name in FEW}
    frames["sma_contributions"] = frames["sma_contributions"].assign(note="changed")
    frames["us_troops_abroad"] = frames["us_troops_abroad"].assign(month=13)
    with pytest.raises(DataError, match=r"new us_troops_abroad\.csv, row 2 .*column month: 13 is out of bounds"):
        write(frames, few)
    assert contents(few) == before


def test_nothing_changes_when_the_disk_is_full(few, monkeypatch):
    before = contents(few)
    frames = {name: loaded(name) for name in FEW}
    frames["gdp"] = frames["gdp"].iloc[:-1]
    real = type(few).write_bytes

    def full(path, content):
        if path.name.startswith("datapackage"):
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(type(few), "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write(frames, few)
    assert contents(few) == before


def test_a_changed_table_refreshes_rows_bytes_and_hash(few):
    frames = {name: loaded(name) for name in FEW}
    frames["gdp"] = frames["gdp"].iloc[:-1]
    assert write(frames, few) == ["gdp.csv", "datapackage.json"]
    assert len(data.load("gdp", few)) == data.describe("gdp", few)["rows"] == 32
    assert data.check(few) == []


def test_a_table_nobody_described_is_refused(few):
    frames = {name: loaded(name) for name in FEW} | {"weather": data.load("gdp")}
    with pytest.raises(DataError, match=r"'weather'.*every table is collected and described"):
        write(frames, few)


def test_a_later_row_that_the_source_holds_as_well_is_refused():
    twice = with_additions(data.load("consumer_prices"), "consumer_prices")
    with pytest.raises(DataError, match=r"country KOR, year 2025 stands in row \d+ already"):
        csv_bytes(twice, data.describe("consumer_prices"))


def test_the_description_goes_last_so_that_a_half_made_set_is_refused(few, monkeypatch):
    frames = {name: loaded(name) for name in FEW}
    frames["gdp"], frames["coastlines"] = frames["gdp"].iloc[:-1], frames["coastlines"].iloc[:-1]
    real, replaced = os.replace, []

    def until_the_description(temporary, path):
        if path.name == data.PACKAGE:
            raise OSError(5, "Input/output error", str(path))
        replaced.append(path.name)
        real(temporary, path)

    monkeypatch.setattr(os, "replace", until_the_description)
    with pytest.raises(OSError, match="Input/output error"):
        write(frames, few)
    assert sorted(replaced) == ["coastlines.csv", "gdp.csv"]
    assert [fault.place for fault in data.check(few)] == ["data/gdp.csv", "data/coastlines.csv"]
    assert not list(few.glob("*.new"))
