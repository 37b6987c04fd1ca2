"""Source files: read as decided by hand, or refused by name."""

import pytest
from builders import put

from alliance import data
from alliance.collect.sources import (
    ADDITIONS,
    CORRECTIONS,
    correct,
    corrections,
    read,
    read_json,
    reading,
    with_additions,
)
from alliance.data import DataError


def test_later_rows_are_added_with_their_types():
    frame = data.load("sma_categories")[lambda table: table["year"] < 2022]
    added = with_additions(frame, "sma_categories")
    assert added["year"].dtype == "int64" and added["total_bn_krw"].dtype == "float64"
    assert added["year"].tolist()[-1] == 2022 and added.index.is_unique


def test_every_file_of_later_rows_belongs_to_a_table():
    assert {path.stem for path in ADDITIONS.iterdir()} <= set(data.tables())


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
    put(sources, "security/x.csv", text)
    with pytest.raises(DataError, match=expected):
        read(sources, "security/x.csv", {"Year": int, "Value": float})


def test_a_source_file_that_is_not_utf8_is_named(sources):
    (sources / "security" / "x.csv").write_bytes(b"Year,Value\n1995,\xff\n")
    with pytest.raises(DataError, match=r"security/x\.csv: not readable as CSV"):
        read(sources, "security/x.csv", {"Year": int, "Value": float})


def test_a_source_file_that_excel_saved_is_read(sources):
    (sources / "security" / "x.csv").write_bytes(b"\xef\xbb\xbfYear,Value\r\n1995,1\r\n")
    assert read(sources, "security/x.csv", {"Year": int, "Value": float})["Year"].to_list() == [1995]


def test_a_spoilt_file_of_ours_is_named_with_its_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("alliance.collect.sources.ADDITIONS", tmp_path / "additions")
    (tmp_path / "additions").mkdir()
    (tmp_path / "additions" / "gdp.csv").write_text("country,year\nKOR\n")
    with pytest.raises(
        DataError, match=r"^additions/gdp\.csv, row 2: the row has 1 cells, not 2.*correct it where it is"
    ):
        read(tmp_path / "additions", "gdp.csv", {"country": str, "year": int})


def test_an_unread_text_is_refused():
    with pytest.raises(DataError, match='"three-sources" is not a text this column was known to hold'):
        reading("three-sources", {"one-source": "one source"}, "security/x.csv, column confidence")


def test_a_correction_fails_once_the_source_is_mended(sources):
    put(sources, "security/x.csv", "year,amount\n1993,220.00000000000003\n")
    raw = read(sources, "security/x.csv", {"year": int, "amount": float})
    amounts = {"amount": {1993: (220.00000000000003, 220.0)}}
    assert correct(raw, amounts, "year")["amount"].tolist() == [220.0]
    put(sources, "security/x.csv", "year,amount\n1993,220.0\n")
    raw = read(sources, "security/x.csv", {"year": int, "amount": float})
    with pytest.raises(DataError, match=r"security/x\.csv, year 1993, column amount: \[220\.0\] is not the expected"):
        correct(raw, amounts, "year")


def test_several_columns_can_name_the_row_of_a_correction(sources):
    put(sources, "security/x.csv", "area,year,amount\nA B,1993,x\nA,1993,x\nA,1994,x\n")
    raw = read(sources, "security/x.csv", {"area": str, "year": int, "amount": str})
    amounts = {"amount": {("A", "1993"): ("x", "y")}}
    mended = correct(raw, amounts, "area", "year")
    assert mended["amount"].tolist() == ["x", "y", "x"] and list(mended) == list(raw)
    with pytest.raises(
        DataError, match=r"security/x\.csv, area A, year 1993, column amount: \['y'\] is not the expected"
    ):
        correct(mended, amounts, "area", "year")


def test_a_correction_of_two_rows_at_once_is_refused(sources):
    put(sources, "security/x.csv", "year,amount\n1993,1.0\n1993,1.0\n")
    raw = read(sources, "security/x.csv", {"year": int, "amount": float})
    with pytest.raises(DataError, match=r"\[1\.0, 1\.0\] is not the expected \[1\.0\]"):
        correct(raw, {"amount": {1993: (1.0, 2.0)}}, "year")


def test_a_json_source_is_read_or_told_to_be_none(sources):
    put(sources, "security/x.json", '{"a": 1}')
    assert read_json(sources, "security/x.json") == {"a": 1}
    put(sources, "security/x.json", '{"a": 1')
    with pytest.raises(DataError, match=r"security/x\.json: not JSON: .*get the file anew"):
        read_json(sources, "security/x.json")
    with pytest.raises(DataError, match=r"y\.json: the source file is missing"):
        read_json(sources, "y.json")


@pytest.mark.parametrize("path", sorted(CORRECTIONS.iterdir()), ids=lambda path: path.stem)
def test_every_correction_changes_a_cell_of_a_table(path):
    assert path.stem in data.tables()
    key = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")[:-3]
    for column, cells in corrections(path.stem, *key).items():
        assert all(there != here for there, here in cells.values()), column
