"""The data package: sound as it lies in the project, and refused once anything is wrong with it."""

import hashlib
import itertools
import json
import re
import shutil

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance import countries, data
from alliance.data import DataError

TABLES = data.tables()
GRADED = [
    name for name in TABLES if "confidence" in [field["name"] for field in data.describe(name)["schema"]["fields"]]
]


@pytest.fixture
def folder(tmp_path):
    """A copy of ``data/`` to spoil."""
    return shutil.copytree(data.DATA, tmp_path / "data")


def edit(folder, table, old, new):
    """Replace the first `old` bytes of a table; fail if they are not there."""
    path = folder / f"{table}.csv"
    content = path.read_bytes()
    assert old in content, f"{old} is not in {table}"
    path.write_bytes(content.replace(old, new, 1))


def refusal(folder, table):
    """Return the message with which a table is refused."""
    with pytest.raises(DataError) as caught:
        data.load(table, folder)
    return str(caught.value)


# -- the package as it is -------------------------------------------------------------------------


def test_frictionless_finds_the_package_valid():
    report = Package(str(data.DATA / data.PACKAGE)).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] == len(TABLES)


def test_check_finds_no_fault():
    assert data.check() == []


@pytest.mark.parametrize("table", TABLES)
def test_rows_bytes_and_hash_are_those_of_the_file(table):
    described = data.describe(table)
    content = (data.DATA / described["path"]).read_bytes()
    assert described["bytes"] == len(content)
    assert described["rows"] == content.count(b"\n") - 1 == len(data.load(table))
    assert described["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source_that_can_be_read(table):
    frame = data.load(table)
    assert frame["source_title"].notna().all()
    assert frame["source_url"].str.fullmatch(r"https?://[^/\s]+\.[^\s]+").all()
    if "second_source_url" in frame:
        assert frame["second_source_url"].dropna().str.fullmatch(r"https?://[^/\s]+\.[^\s]+").all()
        assert (frame["second_source_title"].isna() == frame["second_source_url"].isna()).all()


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_described(table):
    for field in data.describe(table)["schema"]["fields"]:
        assert field["title"] and field["description"].endswith("."), field["name"]
        if field["type"] in ("integer", "number"):
            assert field["unit"], f"{field['name']} has no unit"


@pytest.mark.parametrize("table", GRADED)
def test_two_sources_are_named_where_they_are_claimed(table):
    frame = data.load(table)
    claimed = frame["confidence"].str.startswith("two sources")
    if "second_source_url" in frame:
        assert frame.loc[claimed, "second_source_url"].notna().all()
    else:
        assert not claimed.any()


def test_loaded_columns_have_the_types_of_the_schema():
    frame = data.load("defence_budget")
    assert frame.attrs["table"] == "defence_budget"
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


# -- figures that were published elsewhere -------------------------------------------------------


def test_2015_items_add_up_to_the_published_totals():
    sums = data.load("support_2015").groupby("class")["amount_bn_krw"].sum()
    assert sums["direct"] == pytest.approx(2427.9, abs=0.05)
    assert sums["indirect"] == pytest.approx(958.9, abs=0.05)
    assert sums["direct"] + sums["indirect"] == pytest.approx(3386.8, abs=0.05)


def test_categories_add_up_to_the_contribution_of_their_year():
    frame = data.load("sma_categories").set_index("year")
    parts = frame[["labour_bn_krw", "construction_bn_krw", "logistics_bn_krw"]].sum(axis="columns")
    contribution = data.load("sma_contributions").set_index("year")["amount_bn_krw"].loc[frame.index]
    assert parts.to_numpy() == pytest.approx(frame["total_bn_krw"].to_numpy(), abs=0.05)
    assert frame["total_bn_krw"].to_numpy() == pytest.approx(contribution.to_numpy(), abs=0.001)


def test_dollars_end_in_2004_and_won_begins_in_2005():
    frame = data.load("sma_contributions")
    assert frame["year"].tolist() == list(range(1991, 2027))
    assert (frame["amount_m_usd"].notna() == (frame["year"] <= 2004)).all()
    assert (frame["amount_bn_krw"].notna() == (frame["year"] >= 2005)).all()


def test_contributions_lie_within_their_agreements():
    contributions, agreements = data.load("sma_contributions"), data.load("sma_agreements")
    spans = contributions.merge(agreements[["agreement", "first_year", "last_year"]], on="agreement")
    assert len(spans) == len(contributions)
    assert spans["year"].between(spans["first_year"], spans["last_year"]).all()


def test_agreements_follow_each_other_and_state_one_currency():
    frame = data.load("sma_agreements")
    assert (frame["first_year"].iloc[1:].to_numpy() == frame["last_year"].iloc[:-1].to_numpy() + 1).all()
    assert (frame["first_year_amount_bn_krw"].notna() == frame["currency"].str.contains("KRW")).all()
    assert (frame["first_year_amount_m_usd"].notna() == frame["currency"].str.contains("USD")).all()
    amounts = data.load("sma_contributions").set_index("year")["amount_bn_krw"]
    won = frame[frame["currency"] == "KRW"]
    assert won["first_year_amount_bn_krw"].tolist() == amounts.loc[won["first_year"]].tolist()


def test_dates_of_an_agreement_are_in_order():
    dates = data.load("sma_agreements")[["agreed_on", "initialled_on", "signed_on", "in_force_on"]]
    for known in (row.dropna().tolist() for _, row in dates.iterrows()):
        # Only as far as both dates are precise: "2009-03" is not before "2009-03-05".
        assert all(a[: len(b)] <= b[: len(a)] for a, b in itertools.pairwise(known)), known


def test_consumer_prices_of_2025_are_marked_as_national():
    frame = data.load("consumer_prices").set_index(["country", "year"])
    assert frame.loc[("KOR", 2025), "inflation_pct"] == 2.1
    assert "not from the World Bank" in frame.loc[("KOR", 2025), "note"]
    assert frame["note"].notna().sum() == 1
    assert set(frame.loc["KOR"].index) == set(range(1990, 2026))
    assert set(frame.loc["USA"].index) == set(range(1990, 2025))


def test_published_budget_growth_is_that_of_the_budgets():
    frame = data.load("defence_budget").set_index("year")
    computed = (frame["budget_bn_krw"] / frame["budget_bn_krw"].shift() - 1) * 100
    assert (computed - frame["growth_pct"]).abs().max() <= 0.05


def test_amounts_from_2022_to_2025_follow_from_the_formula():
    amounts = data.load("sma_contributions").set_index("year")["amount_bn_krw"]
    growth = data.load("defence_budget").set_index("year")["growth_pct"]
    for year in (2022, 2023, 2024, 2025):
        assert amounts[year] == pytest.approx(amounts[year - 1] * (1 + growth[year - 1] / 100), abs=0.05)


# -- which Korea -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["South Korea", "Korea, Rep.", "Korea, Republic of", "KOREA, SOUTH", "ROK", "Republic of Korea"]
)
def test_names_of_the_republic_of_korea(name):
    assert countries.code(name) == "KOR"


@pytest.mark.parametrize("name", ["North Korea", "Korea, Dem. People's Rep.", "DPRK"])
def test_names_of_the_dprk(name):
    assert countries.code(name) == "PRK"


@pytest.mark.parametrize("name", ["Korea", "korea", "KOREA"])
def test_a_bare_korea_is_refused(name):
    with pytest.raises(ValueError, match="which Korea"):
        countries.code(name)


def test_an_unknown_country_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"Corea.*Korea, Rep\."):
        countries.code("Corea")


def test_prk_cannot_slip_into_a_table_of_the_republic(folder):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    message = refusal(folder, "gdp")
    assert 'data/gdp.csv, row 6 (country PRK, year 1995), column country: "PRK" is unknown' in message
    assert "Rule: one of KOR." in message


# -- bad input --------------------------------------------------------------------------------------

HEADER = b"year,agreement,amount_bn_krw,amount_m_usd,status"
BAD_INPUT = {
    # what happens: (table, old bytes, new bytes, what the message must hold)
    "text in a number column": (
        *("sma_contributions", b"2001,4,,440.0", b"2001,4,,4.4x"),
        [
            'data/sma_contributions.csv, row 12 (year 2001), column amount_m_usd: "4.4x" is not a number.',
            "Rule: the column holds a number from 100 to 1000.",
            "Remedy: correct the cell",
        ],
    ),
    "exponent": (
        *("gdp", b"330.6470428373337", b"3.3e2"),
        ["row 2 (country KOR, year 1991), column gdp_bn_usd", '"3.3e2" is not a number'],
    ),
    "not a number": (*("gdp", b"330.6470428373337", b"nan"), ["row 2", '"nan" is not a number']),
    "fraction in a column of whole numbers": (
        *("us_troops_abroad", b"97820", b"97820.5"),
        ["row 2 (country DEU, year 1950, month 6), column active_duty", '"97820.5" is not a whole number'],
    ),
    "truth value in other words": (
        *("defence_budget", b"true", b"yes"),
        ["column provisional", '"yes" is not true or false', "Rule: the column holds true or false."],
    ),
    "duplicate key": (
        *("sma_contributions", b"2002,5", b"2001,5"),
        [
            "data/sma_contributions.csv, row 13 (year 2001): the key year 2001 stands in row 12 already.",
            "Rule: year is unique.",
            "Remedy: delete or correct one of the two rows.",
        ],
    ),
    "duplicate composite key": (
        *("us_troops_abroad", b"DEU,1953,6", b"DEU,1950,6"),
        [
            "row 3 (country DEU, year 1950, month 6)",
            "stands in row 2",
            "Rule: country + year + month is unique.",
        ],
    ),
    "value above its bounds": (
        *("sma_contributions", b"2026,12,1519.2", b"2026,12,15192.0"),
        [
            "row 37 (year 2026), column amount_bn_krw: 15192.0 is out of bounds.",
            "Rule: the column holds a number from 500 to 3000.",
        ],
    ),
    "value below its bounds": (
        *("us_troops_abroad", b"DEU,1950,6", b"DEU,1950,0"),
        ["column month: 0 is out of bounds.", "Rule: the column holds a whole number from 1 to 12."],
    ),
    "unknown country": (
        *("consumer_prices", b"USA,2001", b"UAS,2001"),
        ["(country UAS, year 2001), column country", '"UAS" is unknown', "Rule: one of KOR, USA."],
    ),
    "unknown agreement": (
        *("sma_contributions", b"2026,12,", b"2026,13,"),
        ["column agreement", '"13" is unknown', "Rule: one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12."],
    ),
    "unknown rule": (
        *("sma_agreements", b",flat,", b",level,"),
        ["column rule", '"level" is unknown', "fixed increase"],
    ),
    "impossible date": (
        *("sma_agreements", b"2019-03-08", b"2019-13-08"),
        ["(agreement 10), column signed_on", '"2019-13-08" has the wrong form', "Rule: the text matches"],
    ),
    "prose for an address": (
        *("gdp", b"https://data", b"see data"),
        ["column source_url", "has the wrong form", "https?://"],
    ),
    "required value empty": (
        *("exchange_rates", b"736.7331", b""),
        [
            "row 2 (country KOR, year 1991), column krw_per_usd: the cell is empty.",
            "Rule: a value is required.",
        ],
    ),
    "both currencies": (
        *("sma_contributions", b"2004,5,,620.0", b"2004,5,747.0,620.0"),
        [
            "row 15 (year 2004): filled: amount_bn_krw 747.0 and amount_m_usd 620.0.",
            "Rule: exactly one of amount_bn_krw, amount_m_usd is filled.",
        ],
    ),
    "no amount": (
        *("sma_contributions", b"2004,5,,620.0", b"2004,5,,"),
        ["row 15 (year 2004): filled: none.", "Rule: exactly one of"],
    ),
    "missing column": (
        *("sma_contributions", HEADER, b"year,agreement,amount_bn_krw,status"),
        [
            "row 1: wrong header: missing amount_m_usd.",
            "Rule: the columns are year, agreement,",
            "Remedy: rename",
        ],
    ),
    "extra column": (
        *("sma_contributions", HEADER, HEADER + b",euros"),
        ["row 1: wrong header: not known euros."],
    ),
    "renamed column": (
        *("sma_contributions", HEADER, HEADER.replace(b"status", b"state")),
        ["wrong header: missing status; not known state."],
    ),
    "reordered columns": (
        *("sma_contributions", HEADER, b"agreement,year,amount_bn_krw,amount_m_usd,status"),
        ["row 1: wrong header: the same columns in another order or twice."],
    ),
    "short row": (
        *("gdp", b"KOR,1993,", b"KOR,1993 "),
        ["data/gdp.csv, row 4: the row has 4 cells, not 5.", "Rule: every row has one cell for each column."],
    ),
    "blank line": (*("gdp", b"KOR,1993,", b"\nKOR,1993,"), ["row 4: the row has 0 cells, not 5."]),
    "open quote": (*("gdp", b"KOR,1993,", b'KOR,1993,"'), ["data/gdp.csv, row 4", "is not a line of CSV"]),
    "changed digit": (
        *("gdp", b"330.6470428373337", b"330.6470428373338"),
        [
            "data/gdp.csv: the hash is sha256:",
            "not sha256:",
            "Rule: the table is the one described",
            "Remedy: restore",
        ],
    ),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_cells_and_rows_are_named(folder, case):
    table, old, new, expected = BAD_INPUT[case]
    edit(folder, table, old, new)
    message = refusal(folder, table)
    for part in [*expected, "Rule: ", "Remedy: "]:
        assert part in message, message
    assert message.count("Rule: ") == 1 and "\n" not in message


def rewritten(folder, change):
    path = folder / "gdp.csv"
    path.write_bytes(change(path.read_bytes()))
    return refusal(folder, "gdp")


BAD_FILES = {
    "byte order mark": (
        lambda b: b"\xef\xbb\xbf" + b,
        ["data/gdp.csv: the file starts with a byte order mark."],
    ),
    "CRLF": (
        lambda b: b.replace(b"\n", b"\r\n"),
        ["data/gdp.csv, row 1: the line has a carriage return (CRLF)."],
    ),
    "one CRLF": (lambda b: b[:-1] + b"\r\n", ["data/gdp.csv, row 34: the line has a carriage return"]),
    "truncated last line": (
        lambda b: b[:-30],
        ["data/gdp.csv, row 34: the last line", "KOR,2023,1712", "is truncated: it has no line end."],
    ),
    "no final newline": (lambda b: b[:-1], ["row 34: the last line", "is truncated"]),
    "last row lost": (lambda b: b[: b.rindex(b"KOR")], ["data/gdp.csv: the table has 32 rows, not 33."]),
    "row added": (
        lambda b: b + b"KOR,1990,283.4,World Bank,https://data.worldbank.org/\n",
        ["row 35 (country KOR, year 1990), column year: 1990 is out of bounds."],
    ),
    "not UTF-8": (
        lambda b: b.replace(b"World", b"W\xf6rld", 1),
        ["data/gdp.csv, row 2: byte 0xf6 is not UTF-8."],
    ),
    "empty": (lambda b: b"", ["data/gdp.csv: the file is empty."]),
    "header alone": (lambda b: b[: b.index(b"\n") + 1], ["data/gdp.csv: the table has 0 rows, not 33."]),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_files_are_named(folder, case):
    change, expected = BAD_FILES[case]
    message = rewritten(folder, change)
    for part in [*expected, "Rule: ", "Remedy: "]:
        assert part in message, message
    assert "\n" not in message


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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_single_changed_byte_is_refused(tmp_path_factory, draw):
    folder = tmp_path_factory.mktemp("flipped") / "data"
    folder.mkdir()
    table = draw.draw(st.sampled_from(TABLES))
    shutil.copy(data.DATA / data.PACKAGE, folder)
    content = bytearray((data.DATA / f"{table}.csv").read_bytes())
    content[draw.draw(st.integers(0, len(content) - 1))] ^= draw.draw(st.integers(1, 255))
    (folder / f"{table}.csv").write_bytes(content)
    assert f"data/{table}.csv" in refusal(folder, table)


# -- the check ---------------------------------------------------------------------------------------


def test_check_names_all_faults_of_all_tables(folder):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    edit(folder, "gdp", b"KOR,1996", b"JPN,1996")
    (folder / "us_troops_abroad.csv").unlink()
    (folder / "stray.csv").write_bytes(b"a\n1\n")
    places = [fault.place for fault in data.check(folder)]
    assert len(places) == 4
    for place in ("data/gdp.csv, row 6", "data/gdp.csv, row 7", "data/us_troops_abroad.csv", "data/stray.csv"):
        assert any(found.startswith(place) for found in places), places


def test_main_lists_tables_and_rows(capsys):
    assert data.main() == 0
    out = capsys.readouterr().out
    assert re.search(r"^ +36  sma_contributions$", out, re.MULTILINE)
    assert f"{len(TABLES)} tables, all sound" in out


def test_main_fails_with_all_faults(folder, capsys, monkeypatch):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    edit(folder, "us_troops_abroad", b"97820", b"9782 0")
    monkeypatch.setattr(data.check, "__defaults__", (folder,))
    assert data.main() == 1
    err = capsys.readouterr().err
    assert "data/gdp.csv, row 6" in err and "data/us_troops_abroad.csv, row 2" in err and "2 faults" in err


def test_the_package_is_version_1_and_names_its_day():
    described = json.loads((data.DATA / data.PACKAGE).read_text(encoding="utf-8"))
    assert described["profile"] == "tabular-data-package"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", described["created"])
    assert {resource["profile"] for resource in described["resources"]} == {"tabular-data-resource"}
