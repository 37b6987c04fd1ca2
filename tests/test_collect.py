"""From source files to tables: the same bytes each time, or one clear error and nothing changed."""

import os
import shutil
import sys

import pytest

from alliance import data
from alliance.collect import __main__ as command
from alliance.collect import federal_reserve, mnd, special_measures, world_bank
from alliance.collect.sources import ADDITIONS, correct, read, reading, with_additions
from alliance.collect.writing import csv_bytes, write
from alliance.data import DataError

SOURCES = os.environ.get("ALLIANCE_SOURCES")
with_sources = pytest.mark.skipif(not SOURCES, reason="ALLIANCE_SOURCES names no folder with the source files")


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data.DATA, tmp_path / "data")


@pytest.fixture
def sources(tmp_path):
    """A folder of made-up source files."""
    (tmp_path / "from" / "security").mkdir(parents=True)
    return tmp_path / "from"


def put(sources, name, text):
    (sources / "security" / name).write_text(text, encoding="utf-8")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# -- with the source files -------------------------------------------------------------------------


@with_sources
def test_making_the_tables_again_gives_identical_bytes(folder):
    before = contents(data.DATA)
    assert command.collect(SOURCES, folder) == []
    for path in folder.glob("*.csv"):
        path.unlink()
    assert len(command.collect(SOURCES, folder)) == len(data.tables())
    assert contents(folder) == before


@with_sources
def test_the_command_says_what_changed(folder, capsys, monkeypatch):
    (folder / "gdp.csv").write_bytes(b"spoilt\n")
    monkeypatch.setattr(command.collect, "__defaults__", (folder,))
    monkeypatch.setattr(sys, "argv", ["collect", "--from", SOURCES])
    assert command.main() == 0
    assert capsys.readouterr().out == f"{len(data.tables())} tables made; changed: gdp.csv\n"


# -- without them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("table", data.tables())
def test_writing_a_loaded_table_gives_its_bytes(table):
    resource = data.describe(table)
    assert csv_bytes(data.load(table), resource) == (data.DATA / resource["path"]).read_bytes()


def test_every_described_table_is_collected():
    assert [table.__name__ for table in command.TABLES] == data.tables()


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
    with pytest.raises(DataError, match="'weather'.*every table is collected and described"):
        write(frames, folder)


# -- publishers ------------------------------------------------------------------------------------


def test_world_bank_keeps_the_two_koreas_apart(sources):
    put(
        sources,
        "worldbank_gdp_current_usd_selected.csv",
        "Country Name,Country Code,Year,Value\n"
        '"Korea, Dem. People\'s Rep.",PRK,1995,5000000000\n"Korea, Rep.",KOR,1995,566581003128.2037\n'
        '"Korea, Rep.",KOR,1990,1\nJapan,JPN,1995,2\n',
    )
    frame = world_bank.gdp(sources)
    assert frame[["country", "year"]].to_numpy().tolist() == [["KOR", 1995]]
    assert frame["gdp_bn_usd"].tolist() == [566.5810031282037]


def test_federal_reserve_reads_won_per_dollar(sources):
    put(
        sources,
        "fed_fx_annual_selected.csv",
        "Date,Country,Exchange rate\n1990-01-01,South Korea,710.644\n1998-01-01,South Korea,1400.4036\n"
        "1998-01-01,Japan,130.99\n",
    )
    frame = federal_reserve.exchange_rates(sources)
    assert frame[["country", "year", "krw_per_usd"]].to_numpy().tolist() == [["KOR", 1998, 1400.4036]]


def test_total_rows_of_2015_are_left_out(sources):
    put(
        sources,
        "rok_direct_indirect_support_2015.csv",
        "class,item,bn_krw_2015,source_title,source_url,confidence\n"
        "direct,KATUSA support,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n"
        "direct,TOTAL direct,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n"
        "total,GRAND TOTAL,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n",
    )
    assert mnd.support_2015(sources)["item"].tolist() == ["KATUSA support"]


def test_a_parliament_s_approval_is_no_entry_into_force():
    read_as = special_measures.DATES["entered_into_force"]["2007-04 (National Assembly approval)"]
    assert "in_force_on" not in read_as and read_as["not_found"] == "entry into force not found"
    agreements = data.load("sma_agreements").set_index("agreement")
    assert agreements["in_force_on"].isna()[7]


def test_two_white_papers_are_one_publisher():
    frame = data.load("sma_contributions")
    both = frame["source_title"].str.startswith("ROK MND") & frame["second_source_title"].str.startswith("ROK MND")
    assert set(frame.loc[both & (frame["status"] == "published"), "confidence"]) == {"two sources, same publisher"}


def test_the_chronology_dates_agreements_and_meetings_as_their_tables_do():
    events = data.load("chronology")
    signed = data.load("sma_agreements")["signed_on"].dropna()
    ministers = data.load("dialogue_meetings")[lambda table: table["mechanism"] == "2+2 ministerial"]["date"]
    assert set(events["date"][events["event"].str.contains("Special Measures Agreement signed")]) == set(signed)
    assert set(events["date"][events["event"].str.contains(r"\(2\+2\)")]) == set(ministers)


def test_the_chronology_says_how_exactly_a_date_is_known_and_by_how_many_sources():
    events = data.load("chronology")
    assert list(events["precision"]) == [{4: "year", 7: "month", 10: "day"}[len(date)] for date in events["date"]]
    assert ((events["confidence"] == "one source") >= events["second_source_url"].isna()).all()
    assert (events["source_url"] != events["second_source_url"]).all()
    assert events["date"].is_monotonic_increasing and events["date"].iloc[0] == "1953-07-27"


def test_later_rows_are_added_with_their_types():
    frame = data.load("sma_categories")[lambda table: table["year"] < 2022]
    added = with_additions(frame, "sma_categories")
    assert added["year"].dtype == "int64" and added["total_bn_krw"].dtype == "float64"
    assert added["year"].tolist()[-1] == 2022


def test_a_later_row_that_the_source_holds_as_well_is_refused():
    twice = with_additions(data.load("consumer_prices"), "consumer_prices")
    with pytest.raises(DataError, match=r"country KOR, year 2025 stands in row \d+ already"):
        csv_bytes(twice, data.describe("consumer_prices"))


def test_every_file_of_later_rows_belongs_to_a_table():
    assert {path.stem for path in ADDITIONS.iterdir()} == {
        "chronology",
        "climate_events",
        "climate_targets",
        "national_emissions",
        "smart_city_programmes",
        "commitments",
        "consumer_prices",
        "dialogue_meetings",
        "dialogue_not_found",
        "evidence",
        "exercises",
        "host_nation_support",
        "leader_visits",
        "scorecard_rules",
        "sma_categories",
        "us_duties",
    }


# -- errors ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Year\n1995\n",
            r"security/x\.csv, row 1: missing Value\. Rule: the file has the columns Year, Value\.",
        ),
        ("Year,Value\n1995,1\n1996,4.4x\n", r'security/x\.csv, row 3, column Value: "4\.4x" is not a number'),
        ("Year,Value\n1995.5,1\n", r'row 2, column Year: "1995\.5" is not a whole number'),
        ("Year,Value\n,1\n", r'row 2, column Year: "" is not a whole number'),
        ("Year,Value\n1995,1\n1996,1,2\n", r"security/x\.csv, row 3: the row has 3 cells, not 2"),
        ('Year,Value\n1995,"1\n', r"security/x\.csv: not readable as CSV"),
        ("", r"security/x\.csv, row 1: missing Year, Value"),
    ],
)
def test_a_spoilt_source_file_is_named(sources, text, expected):
    put(sources, "x.csv", text)
    with pytest.raises(DataError, match=expected):
        read(sources, "security/x.csv", {"Year": int, "Value": float})


def test_a_source_file_that_is_not_utf8_is_named(sources):
    (sources / "security" / "x.csv").write_bytes(b"Year,Value\n1995,\xff\n")
    with pytest.raises(DataError, match=r"security/x\.csv: not readable as CSV"):
        read(sources, "security/x.csv", {"Year": int, "Value": float})


def test_an_unread_text_is_refused():
    with pytest.raises(DataError, match='"three-sources" is not a text this column was known to hold'):
        reading("three-sources", {"one-source": "one source"}, "security/x.csv, column confidence")


def test_a_correction_fails_once_the_source_is_mended(sources):
    put(sources, "x.csv", "year,amount\n1993,220.00000000000003\n")
    raw = read(sources, "security/x.csv", {"year": int, "amount": float})
    amounts = {"amount": {1993: (220.00000000000003, 220.0)}}
    assert correct(raw, amounts, "year")["amount"].tolist() == [220.0]
    put(sources, "x.csv", "year,amount\n1993,220.0\n")
    raw = read(sources, "security/x.csv", {"year": int, "amount": float})
    with pytest.raises(DataError, match=r"security/x\.csv, year 1993, column amount: \[220\.0\] is not the expected"):
        correct(raw, amounts, "year")
