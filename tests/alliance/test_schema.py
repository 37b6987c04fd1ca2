"""Bad input: every fault of a table is named, with its place, the rule and the remedy."""

import shutil

import pytest
from builders import edit, refusal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance import data, schema

TABLES = data.tables()


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
        *("defense_budget", b"true", b"yes"),
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


@pytest.fixture
def folder(tmp_path):
    """Those tables that are spoiled here, and what describes all."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in {data.PACKAGE, "gdp.csv", *(f"{table}.csv" for table, *_ in BAD_INPUT.values())}:
        shutil.copy(data.DATA / name, folder)
    return folder


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
    "as Excel saves it": (
        lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b"\r\n"),
        ["byte order mark", "after a spreadsheet program, restore the file"],
    ),
    "as it saves it elsewhere": (
        lambda b: b.replace(b",", b";"),
        ["data/gdp.csv, row 1: wrong header: semicolons separate the columns"],
    ),
    "a workbook": (lambda b: b"PK\x03\x04" + b, ["data/gdp.csv: the file is a workbook or an archive."]),
    "UTF-16": (lambda b: b.decode().encode("utf-16"), ["data/gdp.csv: the file is no text: it holds zero bytes."]),
    "zeros after a power cut": (lambda b: bytes(len(b)), ["data/gdp.csv: the file is no text: it holds zero bytes."]),
    "a blank line": (lambda b: b + b"\n", ["data/gdp.csv, row 35: the row has 0 cells, not 5."]),
    "header alone": (lambda b: b[: b.index(b"\n") + 1], ["data/gdp.csv: the table has a header and no rows."]),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_bad_files_are_named(folder, case):
    change, expected = BAD_FILES[case]
    message = rewritten(folder, change)
    for part in [*expected, "Rule: ", "Remedy: "]:
        assert part in message, message
    assert "\n" not in message


@pytest.mark.slow
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


RESOURCE = {
    "path": "rain.csv",
    "rows": 4,
    "hash": "",
    "schema": {
        "primaryKey": ["year"],
        "exactlyOne": ["mm", "inches"],
        "fields": [
            {"name": "year", "type": "integer", "constraints": {"required": True, "minimum": 2000}},
            {"name": "place", "type": "string", "constraints": {"enum": ["Seoul"], "pattern": "[A-Z].*"}},
            {"name": "mm", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
            {"name": "inches", "type": "number"},
        ],
    },
}


def test_every_fault_of_a_table_is_named_and_not_only_the_first():
    content = b"year,place,mm,inches\n1999,seoul,x,\n2001,Seoul,101,1\n2001,Seoul,5,\n,Seoul\n"
    assert [str(fault).split(" Rule:")[0] for fault in schema.problems(content, RESOURCE, "rain.csv")] == [
        "rain.csv, row 2 (year 1999), column year: 1999 is out of bounds.",
        'rain.csv, row 2 (year 1999), column place: "seoul" is unknown.',
        'rain.csv, row 2 (year 1999), column place: "seoul" has the wrong form.',
        'rain.csv, row 2 (year 1999), column mm: "x" is not a number.',
        "rain.csv, row 3 (year 2001), column mm: 101 is out of bounds.",
        "rain.csv, row 3 (year 2001): filled: mm 101 and inches 1.",
        "rain.csv, row 4 (year 2001): the key year 2001 stands in row 3 already.",
        "rain.csv, row 5: the row has 2 cells, not 4.",
    ]


def test_a_faulty_text_is_named_wherever_it_stands():
    content = b"year,place,mm,inches\n2001,Busan,1,\n2002,Busan,2,\n"
    places = [fault.place for fault in schema.problems(content, RESOURCE, "rain.csv")]
    assert places == ["rain.csv, row 2 (year 2001), column place", "rain.csv, row 3 (year 2002), column place"]


def test_a_value_on_its_bound_is_sound():
    content = b"year,place,mm,inches\n2000,Seoul,0,\n2001,Seoul,100,\n2002,,50,\n2003,,,1\n"
    resource = RESOURCE | {"hash": schema.fingerprint(content)}
    assert list(schema.problems(content, resource, "rain.csv")) == []


def test_an_optional_whole_number_or_truth_value_may_be_missing():
    fields = [{"name": "count", "type": "integer"}, {"name": "dry", "type": "boolean"}]
    table = schema.frame(b"count,dry\n1,true\n,\n", {"path": "rain.csv", "schema": {"fields": fields}})
    assert [str(dtype) for dtype in table.dtypes] == ["Int64", "boolean"]
    assert table.isna().to_numpy().tolist() == [[False, False], [True, True]]
