"""Tables as bytes: all of them are replaced, or none."""

import os

import pytest
from builders import contents

from alliance import data
from alliance.collect.sources import with_additions
from alliance.collect.writing import csv_bytes, write
from alliance.data import DataError


@pytest.mark.parametrize("table", data.tables())
def test_writing_a_loaded_table_gives_its_bytes(table):
    resource = data.describe(table)
    assert csv_bytes(data.load(table), resource) == (data.DATA / resource["path"]).read_bytes()


def test_nothing_changes_when_one_table_is_bad(folder):
    before = contents(folder)
    frames = {name: data.load(name) for name in data.tables()}
    frames["sma_contributions"] = frames["sma_contributions"].assign(note="changed")
    frames["us_troops_abroad"] = frames["us_troops_abroad"].assign(month=13)
    with pytest.raises(DataError, match=r"new us_troops_abroad\.csv, row 2 .*column month: 13 is out of bounds"):
        write(frames, folder)
    assert contents(folder) == before


def test_nothing_changes_when_the_disk_is_full(folder, monkeypatch):
    before = contents(folder)
    frames = {name: data.load(name) for name in data.tables()}
    frames["gdp"] = frames["gdp"].iloc[:-1]
    real = type(folder).write_bytes

    def full(path, content):
        if path.name.startswith("datapackage"):
            raise OSError(28, "No space left on device", str(path))
        return real(path, content)

    monkeypatch.setattr(type(folder), "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write(frames, folder)
    assert contents(folder) == before


def test_a_changed_table_refreshes_rows_bytes_and_hash(folder):
    frames = {name: data.load(name) for name in data.tables()}
    frames["gdp"] = frames["gdp"].iloc[:-1]
    assert write(frames, folder) == ["gdp.csv", "datapackage.json"]
    assert len(data.load("gdp", folder)) == data.describe("gdp", folder)["rows"] == 32
    assert data.check(folder) == []


def test_a_table_nobody_described_is_refused(folder):
    frames = {name: data.load(name) for name in data.tables()} | {"weather": data.load("gdp")}
    with pytest.raises(DataError, match=r"'weather'.*every table is collected and described"):
        write(frames, folder)


def test_a_later_row_that_the_source_holds_as_well_is_refused():
    twice = with_additions(data.load("consumer_prices"), "consumer_prices")
    with pytest.raises(DataError, match=r"country KOR, year 2025 stands in row \d+ already"):
        csv_bytes(twice, data.describe("consumer_prices"))


def test_the_description_goes_last_so_that_a_half_made_set_is_refused(folder, monkeypatch):
    frames = {name: data.load(name) for name in data.tables()}
    frames["gdp"], frames["coastlines"] = frames["gdp"].iloc[:-1], frames["coastlines"].iloc[:-1]
    real, replaced = os.replace, []

    def until_the_description(temporary, path):
        if path.name == data.PACKAGE:
            raise OSError(5, "Input/output error", str(path))
        replaced.append(path.name)
        real(temporary, path)

    monkeypatch.setattr(os, "replace", until_the_description)
    with pytest.raises(OSError, match="Input/output error"):
        write(frames, folder)
    assert sorted(replaced) == ["coastlines.csv", "gdp.csv"]
    assert [fault.place for fault in data.check(folder)] == ["data/gdp.csv", "data/coastlines.csv"]
    assert not list(folder.glob("*.new"))
