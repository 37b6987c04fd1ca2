"""What if, from a notebook: which command it runs on which tables, and what it says."""

import subprocess
import sys
from pathlib import Path

import pandas
import pytest

from press.chapter import what_if
from press.errors import PressError

RAIN = pandas.DataFrame({"town": ["Arley"], "year": [2024], "rain_mm": [1000.0]})


@pytest.fixture
def ran(monkeypatch):
    """Commands that were run, with the tables that they were given, and what was displayed."""
    found = []

    def run(command, cwd, **options):
        tables = {path.name: path.read_text(encoding="utf-8") for path in Path(command[-1]).iterdir()}
        found.append((command[:-1], tables))
        return subprocess.CompletedProcess(command, int("snow" in str(tables)), "1 claim <no longer> holds\n", "Snow.")

    monkeypatch.setattr(what_if.subprocess, "run", run)
    monkeypatch.setattr(what_if, "display", lambda data, raw: found.append(data))
    return found


def test_other_tables_are_handed_to_a_build_and_its_report_is_shown(ran):
    what_if.what_if(rainfall=RAIN)
    (command, tables), shown = ran
    assert command == [sys.executable, "-m", "press", "what-if", "--tables"]
    assert tables == {"rainfall.csv": "town,year,rain_mm\nArley,2024,1000.0\n"}
    assert shown["text/plain"] == "1 claim <no longer> holds" and "&lt;no longer&gt;" in shown["text/html"]


def test_without_tables_the_sources_are_taken_as_they_are(ran):
    what_if.what_if()
    assert ran[0][1] == {}


def test_truth_values_are_written_as_the_tables_have_them():
    frame = pandas.DataFrame({"a": [True, False], "b": pandas.array([True, None], dtype="boolean")})
    assert what_if._csv(frame) == b"a,b\ntrue,true\nfalse,\n"


def test_a_build_that_stops_says_why(ran):
    with pytest.raises(PressError, match="what if: Snow"):
        what_if.what_if(rainfall=RAIN.assign(town="snow"))


def test_tables_have_their_columns_and_a_chapter_asks_for_none(ran, monkeypatch):
    with pytest.raises(PressError, match="no table 'snow'"):
        what_if.what_if(snow=RAIN)
    with pytest.raises(PressError, match=r"other columns\. Give it town, year, rain_mm, in this order"):
        what_if.what_if(rainfall=RAIN[["year", "town", "rain_mm"]])
    monkeypatch.setattr(what_if.project, "is_what_if", lambda root: True)
    with pytest.raises(PressError, match="within a chapter"):
        what_if.what_if(rainfall=RAIN)
    assert ran == []
