"""The registry of source files: complete, well formed, and held to."""

import re
from datetime import date

import pytest
from builders import put

from alliance import data, schema
from alliance.collect import forms, registry
from alliance.collect.sources import read, read_json, verified
from alliance.data import DataError

LISTED = registry.sources()
CADENCES = {"daily", "monthly", "quarterly", "yearly", "irregular", "once"}


@pytest.mark.parametrize("source", LISTED.values(), ids=LISTED)
def test_every_file_has_a_publisher_addresses_terms_and_a_hash(source):
    assert source.publisher and source.cadence in CADENCES and source.transcribed in ("true", "false")
    assert all(re.fullmatch(r"https?://[^\s]+", text) for text in (source.page, source.terms))
    assert all(re.fullmatch(r"(https://[^\s]+( |$))*", text) for text in (source.interface, source.copy))
    assert re.fullmatch("[0-9a-f]{64}", source.sha256) and date.fromisoformat(source.retrieved)
    assert set(source.tables.split()) <= set(data.tables())
    assert bool(source.form) != bool(source.by_hand) and date.fromisoformat(source.searched)
    form = registry.LARGE.sub("", source.form)
    assert not form or (source.interface and form.partition(" ")[0] in forms.FORMS)


#: Tables that end: their sources have had their last edition, or the table is about years that are over.
ENDED = {"sma_unspent_construction", "us_construction", "forecast_2019", "ship_attacks", "korea_export_definitions"}
# Of new editions this table takes the same three years, until its module names others.
CHOSEN = {"mineral_production"}


@pytest.mark.slow
@pytest.mark.parametrize("table", sorted({*data.tables()} - ENDED - CHOSEN))
def test_the_bounds_of_a_table_let_years_be_added(table):
    described = data.describe(table)
    for field in described["schema"]["fields"]:
        if field["type"] == "integer" and field["name"].endswith("year"):
            later = max(int(data.load(table)[field["name"]].max()), date.today().year) + 1
            assert not [*schema._cell_problems(str(later), field, table)]


def test_the_registry_is_written_as_it_is_read():
    assert registry.csv_bytes(LISTED) == registry.REGISTRY.read_bytes()


SPOILT = {
    "half of it": lambda b: b[: len(b) // 2],
    "nothing": lambda b: b"",
    "as Excel saves it": lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n"),
    "a column lost": lambda b: b.replace(b",terms", b"", 1),
    "a row twice": lambda b: b + b.splitlines()[-1] + b"\n",
    "a row too short": lambda b: b + b"economy-climate/x.csv,gdp\n",
    "days of another country": lambda b: b.replace(b"2026-11-24", b"24.11.2026", 1),
    "Latin-1": lambda b: b.replace("é".encode(), b"\xe9"),
    "an open quotation mark": lambda b: b + b'"x',
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_registry_is_named(tmp_path, kind):
    path = tmp_path / "registry.csv"
    path.write_bytes(SPOILT[kind](registry.REGISTRY.read_bytes()))
    with pytest.raises(DataError, match=r"registry\.csv.*Remedy: restore registry\.csv, or mend the row"):
        registry.sources(path)


def source(content):
    sample = next(iter(LISTED.values()))
    return sample._replace(file="security/x.csv", sha256=registry.sha256(content), interface="", page="https://a.b/c")


def test_a_listed_file_is_read(sources):
    put(sources, "security/x.csv", "Year\n1995\n")
    with verified({"security/x.csv": source(b"Year\n1995\n")}):
        assert read(sources, "security/x.csv", {"Year": int})["Year"].to_list() == [1995]


def test_another_file_under_the_same_name_is_refused(sources):
    put(sources, "security/x.csv", "Year\n1996\n")
    put(sources, "security/x.json", "{}")
    expected = r"x\.csv: the file is not the one retrieved on \d{4}.*Remedy: get it again \(https://a\.b/c\)"
    with verified({"security/x.csv": source(b"Year\n1995\n")}):
        with pytest.raises(DataError, match=expected):
            read(sources, "security/x.csv", {"Year": int})
        with pytest.raises(DataError, match=r"x\.json: the source file is not in the registry"):
            read_json(sources, "security/x.json")


def test_a_newer_file_is_listed_with_its_day(sources):
    put(sources, "security/x.csv", "Year\n1996\n")
    old = {"security/x.csv": source(b"Year\n1995\n"), "security/y.csv": source(b"")}
    new = registry.newer(sources, old)
    assert new["security/x.csv"].sha256 == registry.sha256(b"Year\n1996\n")
    assert new["security/x.csv"].retrieved == date.today().isoformat()
    assert new["security/y.csv"] == old["security/y.csv"]
