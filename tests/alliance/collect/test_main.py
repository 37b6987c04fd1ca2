"""The command: the same bytes each time, or one clear error and nothing changed."""

import os
import sys

import pytest
from builders import contents

from alliance import data
from alliance.collect import __main__ as command
from alliance.collect import refreshing, registry
from alliance.collect.tables import TABLES
from alliance.collect.writing import alone

SOURCES = os.environ.get("ALLIANCE_SOURCES")


with_sources = pytest.mark.skipif(not SOURCES, reason="ALLIANCE_SOURCES names no folder with the source files")


@with_sources
def test_making_the_tables_again_gives_identical_bytes(folder):
    before = contents(data.DATA)
    assert refreshing.collect(SOURCES, folder)[0] == []
    for path in folder.glob("*.csv"):
        path.unlink()
    assert len(refreshing.collect(SOURCES, folder)[0]) == len(data.tables())
    assert contents(folder) == before


@with_sources
def test_the_command_says_what_changed(folder, capsys, monkeypatch):
    (folder / "gdp.csv").write_bytes(b"spoilt\n")
    monkeypatch.setattr(refreshing.collect, "__defaults__", (folder, registry.REGISTRY, False, None, ()))
    monkeypatch.setattr(sys, "argv", ["collect", "--from", SOURCES])
    assert command.main() == 0
    assert capsys.readouterr().out.endswith(f"\n{len(data.tables())} tables; changed: gdp.csv\n")


@pytest.mark.slow
def test_a_table_can_be_made_without_the_files_of_the_others(folder, tmp_path):
    (folder / "verdict_reasons.csv").write_bytes(b"spoilt\n")
    assert refreshing.collect(tmp_path, folder, only=["verdict_reasons"])[0] == ["verdict_reasons.csv"]
    with pytest.raises(data.DataError, match="the source file is missing"):
        refreshing.collect(tmp_path, folder, only=["verdict_reasons", "gdp"])


def test_an_option_that_would_have_no_effect_is_refused(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["collect", "--from", ".", "--skip", "gdp"])
    with pytest.raises(SystemExit):
        command.main()
    assert "--from" in capsys.readouterr().err


def test_every_described_table_is_collected():
    assert [table.__name__ for table in TABLES] == data.tables()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"finding\nx\n", "it has no column reason"),
        (b"finding;reason\nx;y\n", "it has no column finding"),
        (b"finding,reason\nx,\xe9\n", "it cannot be read"),
        (b'finding,reason\nx,"y\n', "it cannot be read"),
        (None, "it cannot be read"),
    ],
)
def test_a_spoilt_list_of_acceptances_is_one_line(tmp_path, capsys, monkeypatch, content, expected):
    path = tmp_path / "accepted.csv"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["collect", "--accept", str(path)])
    assert command.main() == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{path}: {expected}") and "Remedy: " in err and err.count("\n") == 1


def test_a_list_that_excel_saved_is_read(tmp_path):
    path = tmp_path / "accepted.csv"
    path.write_bytes(b"\xef\xbb\xbffinding,reason\r\nx,y\r\nz\r\n")
    assert command.acceptances(str(path)) == {"x": "y", "z": ""}


def test_a_second_refresh_is_turned_away(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["collect", "--recover"])
    with alone(data.DATA):
        assert command.main() == 1
    assert "another refresh is under way" in capsys.readouterr().err


def test_a_missing_folder_is_one_line(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["collect", "--from", "no/such/folder"])
    assert command.main() == 1
    err = capsys.readouterr().err
    assert err.startswith("no/such/folder: there is no such folder.") and err.count("\n") == 1


def test_a_missing_source_file_is_one_line(sources, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["collect", "--from", str(sources)])
    assert command.main() == 1
    err = capsys.readouterr().err
    assert "sma_contributions_by_year_1991_2026.csv: the source file is missing." in err and err.count("\n") == 1
