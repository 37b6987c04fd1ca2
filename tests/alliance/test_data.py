"""The door to the tables: what it opens, and what it says where it cannot."""

import re

import pytest
from builders import edit, refusal

from alliance import data
from alliance.data import DataError

TABLES = data.tables()


def test_check_finds_no_fault():
    assert data.check() == []


def test_loaded_columns_have_the_types_of_the_schema():
    frame = data.load("defense_budget")
    assert frame.attrs["table"] == "defense_budget"
    assert [str(frame[name].dtype) for name in ("year", "budget_bn_krw", "provisional", "note")] == [
        *["int64", "float64", "bool", "str"]
    ]
    assert frame.set_index("year")["provisional"].loc[[2022, 2023, 2024, 2025]].tolist() == [
        False,
        True,
        True,
        False,
    ]
    assert frame.set_index("year")["share_gdp_pct"].isna().loc[[2024, 2025, 2026]].tolist() == [
        False,
        True,
        True,
    ]


def test_missing_file(folder):
    (folder / "gdp.csv").unlink()
    message = refusal(folder, "gdp")
    assert (
        message.startswith("data/gdp.csv: the file is missing.") and "python -m alliance.collect --from DIR" in message
    )


def test_unknown_table_offers_the_nearest_name():
    with pytest.raises(DataError, match=r'there is no table "sma_contribution".*did you mean "sma_contributions"\?'):
        data.load("sma_contribution")
    with pytest.raises(DataError, match=r"tables are sma_contributions, .*use one of these names"):
        data.load("weather")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: text[:-5], r"data/datapackage\.json: not JSON"),
        (
            lambda text: text.replace('"publisher"', '"printer"', 1),
            r"resource 1 \(sma_contributions\).*lacks publisher",
        ),
        (lambda text: text.replace('"resources"', '"tables"', 1), r"lacks resources"),
    ],
)
def test_a_spoilt_description_is_named(folder, change, expected):
    path = folder / data.PACKAGE
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=expected):
        data.load("gdp", folder)


def test_a_missing_description_is_named(tmp_path):
    with pytest.raises(DataError, match=r"datapackage\.json: the file is missing"):
        data.tables(tmp_path)


@pytest.mark.slow
def test_check_names_all_faults_of_all_tables(folder):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    edit(folder, "gdp", b"KOR,1996", b"JPN,1996")
    (folder / "us_troops_abroad.csv").unlink()
    (folder / "stray.csv").write_bytes(b"a\n1\n")
    places = [fault.place for fault in data.check(folder)]
    assert len(places) == 4
    for place in ("data/gdp.csv, row 6", "data/gdp.csv, row 7", "data/us_troops_abroad.csv", "data/stray.csv"):
        assert any(found.startswith(place) for found in places), places


@pytest.mark.slow
def test_main_lists_tables_and_rows(capsys):
    assert data.main() == 0
    out = capsys.readouterr().out
    assert re.search(r"^ +36  sma_contributions$", out, re.MULTILINE)
    assert f"{len(TABLES)} tables, all sound" in out


@pytest.mark.slow
def test_main_fails_with_all_faults(folder, capsys, monkeypatch):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    edit(folder, "us_troops_abroad", b"97820", b"9782 0")
    monkeypatch.setattr(data.check, "__defaults__", (folder,))
    assert data.main() == 1
    err = capsys.readouterr().err
    assert "data/gdp.csv, row 6" in err and "data/us_troops_abroad.csv, row 2" in err and "2 faults" in err


def test_a_loaded_table_knows_its_units_and_labels():
    attrs = data.load("sma_contributions").attrs
    assert attrs["units"]["amount_bn_krw"] == "billion KRW, current" and "status" not in attrs["units"]
    assert attrs["labels"]["amount_bn_krw"] == "Amount in won" and attrs["title"].startswith("Contributions under")


def test_a_description_is_a_dict_that_jupyter_shows_as_a_summary():
    described = data.describe("gdp")
    assert described["name"] == "gdp" and described["rows"] == len(data.load("gdp"))
    summary = described._repr_markdown_()
    assert (
        summary.startswith("**Gross domestic product** (`gdp`)") and "| gdp_bn_usd | billion USD, current |" in summary
    )
    assert all(caveat.replace("$", r"\$") in summary for caveat in described["caveats"])


def test_a_changed_table_is_refused_with_the_command_that_tells_what_the_change_would_do(folder):
    edit(folder, "sma_contributions", b"2026,12,1519.2", b"2026,12,1390.0")
    assert "to see what your change would do to the book, run make what-if" in refusal(folder, "sma_contributions")
