"""A refresh from the publishers: what they hold changes nothing, what they should not answer is refused by name."""

import io
import json
import re
import shutil
import sys
import time
import zipfile

import pytest
import requests
from publishers import GDP, PRICES, RATES, Publishers, answer, facts, present, squeezed

from alliance import data
from alliance.collect import __main__ as command
from alliance.collect import archives, federal_reserve, fetching, refreshing, registry, world_bank
from alliance.collect.plausibility import Refused
from alliance.collect.sources import Superseded
from alliance.data import DataError

pytestmark = pytest.mark.slow  # plays publishers and breaks tables: some seconds, seldom touched

FILES = {
    "security/worldbank_gdp_current_usd_selected.csv": GDP + "?format=json",
    "security/worldbank_cpi_inflation_selected.csv": PRICES + "?format=json",
    "security/fed_fx_annual_selected.csv": RATES + "?id=AEXKOUS",
}
TABLES = [world_bank.gdp, world_bank.consumer_prices, federal_reserve.exchange_rates]
QUICK = fetching.Limits(connect=2, read=10, whole=20, size=100_000, retries=1, back_off=0.01, longest_wait=0.05)


class Desk:
    """A small data package, its registry, and its publishers."""

    def __init__(self, folder, server):
        self.data, self.cache, self.registry, self.server = folder / "data", folder / "cache", folder / "r.csv", server
        self.data.mkdir()
        described = data.package()
        names = {table.__name__ for table in TABLES}
        described["resources"] = [entry for entry in described["resources"] if entry["name"] in names]
        (self.data / data.PACKAGE).write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")
        for name in names:
            shutil.copy(data.DATA / f"{name}.csv", self.data)
        host = f"http://127.0.0.1:{server.server_port}"
        listed = registry.sources()
        self.listed = {file: listed[file]._replace(interface=host + path) for file, path in FILES.items()}
        self.registry.write_bytes(registry.csv_bytes(self.listed))

    def refresh(self, accepted=None, limits=QUICK, skip=()):
        return refreshing.online(self.data, self.registry, self.cache, accepted, limits, skip)

    def state(self):
        return {path.name: path.read_bytes() for path in [*self.data.iterdir(), self.registry]}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(refreshing, "TABLES", TABLES)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Publishers() as server:
        yield Desk(tmp_path, server)


def test_refreshing_from_what_is_there_changes_nothing(desk):
    before = desk.state()
    changed, report = desk.refresh()
    assert changed == [] and "No table changes." in report and desk.state() == before
    assert desk.refresh()[0] == [] and desk.state() == before


def test_a_revision_within_the_tolerance_is_taken_and_told(desk):
    desk.server.rows(GDP, lambda rows: [*rows[:-1], (*rows[-1][:2], rows[-1][2] * 1.02)])
    changed, report = desk.refresh()
    assert changed == ["gdp.csv", "datapackage.json", "r.csv"] and data.check(desk.data) == []
    assert "0 rows added, 1 changed, 0 removed." in report and "(+2.0%)" in report and "## gdp" in report
    assert data.describe("gdp", desk.data)["vintage"].startswith("read ")
    assert registry.sources(desk.registry) != desk.listed


def test_unchanged_answers_are_not_sent_again(desk):
    def give(request):
        if request.headers.get("If-None-Match") == '"one"':
            request.give(b"", status=304)
        else:
            request.give(answer(GDP, present(GDP)), ETag='"one"')

    desk.server.special[GDP] = give
    assert desk.refresh()[0] == desk.refresh()[0] == []
    assert [asked.get("If-None-Match") for path, asked in desk.server.asked if GDP in path] == [None, '"one"']


def test_what_one_address_gave_is_not_held_against_another(desk):
    desk.server.special[RATES] = lambda request: request.give(RATES_NOW, Last_Modified="Sun, 01 Nov 2026 00:00:00 GMT")
    assert desk.refresh()[0] == []
    moved = desk.listed["security/fed_fx_annual_selected.csv"]
    moved = moved._replace(interface=moved.interface.replace("id=", "edition=2027&id="))
    desk.registry.write_bytes(registry.csv_bytes(desk.listed | {moved.file: moved}))
    assert desk.refresh()[0] == []
    assert [asked.get("If-Modified-Since") for path, asked in desk.server.asked if RATES in path] == [None, None]


def test_what_the_header_says_of_letters_does_not_count(desk):
    desk.server.body(RATES, RATES_NOW, Content_Type="text/csv; charset=utf-16")
    assert desk.refresh()[0] == []


def test_an_answer_may_be_compressed_in_several_pieces(desk):
    desk.server.body(RATES, squeezed(RATES_NOW[:300]) + squeezed(RATES_NOW[300:]), Content_Encoding="gzip")
    assert desk.refresh()[0] == []


def test_a_note_that_was_cut_off_is_not_relied_on(desk):
    assert desk.refresh()[0] == []
    for note in (desk.cache / "answers").rglob("*.json"):
        note.write_bytes(note.read_bytes()[:7])
    assert desk.refresh()[0] == []
    for kept in (desk.cache / "answers").rglob("*.csv"):
        kept.write_bytes(b"spoilt")
    assert desk.refresh()[0] == []


def test_the_client_names_the_book_and_waits_as_long_as_it_is_asked_to(desk, monkeypatch):
    waits, given = [], iter([(429, {"Retry_After": "7"}), (503, {"Retry_After": "9999"}), (500, {}), (502, {})])
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waits.append)

    def give(request):
        status, headers = next(given, (200, {}))
        request.give(b"" if headers or status > 200 else answer(RATES, present(RATES)), status=status, **headers)

    desk.server.special[RATES] = give
    assert desk.refresh(limits=fetching.Limits(read=10))[0] == []
    assert waits == [7, 120, 4, 8]  # as asked, at most two minutes; without a word, twice as long each time
    tries = [asked["User-Agent"] for path, asked in desk.server.asked if RATES in path]
    assert len(tries) == 5 and tries[0].startswith("us-rok-alliance/")


def test_an_accepted_finding_is_taken_with_its_reason(desk):
    desk.server.rows(GDP, lambda rows: [*rows[:-1], (*rows[-1][:2], rows[-1][2] * 2)])
    with pytest.raises(Refused) as refused:
        desk.refresh()
    (finding,) = refused.value.findings
    with pytest.raises(Refused, match="acceptance: without reason"):
        desk.refresh({str(finding): " "})
    with pytest.raises(Refused, match="acceptance: fits nothing: gdp: moved: something else"):
        desk.refresh({str(finding): "rebased", "gdp: moved: something else": "rebased"})
    assert "gdp.csv" in desk.refresh({str(finding): "rebased"})[0]
    assert data.describe("gdp", desk.data)["accepted"] == [{"finding": str(finding), "reason": "rebased"}]


def times(factor, *, at=slice(None)):
    def change(rows):
        chosen = set(rows[at] if isinstance(at, slice) else [rows[at]])
        return [(*row[:-1], row[-1] * factor) if row in chosen else row for row in rows]

    return change


def as_country(old, new):
    return lambda rows: [(new if row[0] == old else row[0], *row[1:]) for row in rows]


def swapped(rows):
    values = {(country, year): value for country, year, value in rows}
    other = {"KOR": "USA", "USA": "KOR"}
    return [(country, year, values.get((other[country], year), value)) for country, year, value in rows]


def first_value(value):
    return lambda rows: [(*rows[0][:2], value), *rows[1:]]


BAD_ROWS = {
    "rows twice": (GDP, lambda rows: [*rows, rows[0]], "the key country KOR, year 1991 stands in row"),
    "cut at half": (GDP, lambda rows: rows[: len(rows) // 2], "gdp: rows lost: .*\n.*end lost: year ends with"),
    "late start": (RATES, lambda rows: rows[1:], "start lost: year begins with 1992, not 1991"),
    "early end": (RATES, lambda rows: rows[:-1], "end lost: year ends with"),
    "a vanished country": (PRICES, lambda rows: [row for row in rows if row[0] != "USA"], "has the country USA any"),
    "Korea renamed": (PRICES, as_country("KOR", "ROK"), "vanished|rows lost"),
    "another country under Korea’s name": (PRICES, swapped, "consumer_prices: revised: .* values of inflation_pct"),
    "millions for dollars": (GDP, times(1e-6), '" is out of bounds|out of bounds|unit or base'),
    "another base year": (GDP, times(1.13), "unit or base: all values of gdp_bn_usd are 1.13 times"),
    "a shifted decimal point": (RATES, times(0.1, at=5), "decimal point|out of bounds"),
    "one wild value": (GDP, times(1.6, at=-1), "gdp: moved: gdp_bn_usd at country KOR, year"),
    "a wrong sign": (GDP, times(-1, at=-1), "out of bounds|moved"),
    "percent as fractions": (PRICES, times(0.01), "unit or base: all values of inflation_pct are 0.01 times"),
    "a text for a number": (GDP, first_value("1,234.5"), "'1,234.5' is not a number"),
    "NaN": (GDP, first_value(float("nan")), "nan is not a number"),
    "true for a number": (GDP, first_value(True), "True is not a number"),
    "a year of letters": (GDP, lambda rows: [("KOR", "2020Q1", 1.0), *rows], "invalid literal for int"),
    "a new row of another size": (RATES, lambda rows: [*rows, ("2026-01-01", 2e6)], "outlier|out of bounds"),
    "a year to come": (
        RATES,
        lambda rows: [*rows, ("2039-01-01", 1400.0)],
        "exchange_rates: year to come: year ends with 2039",
    ),
}


@pytest.mark.parametrize(("path", "change", "expected"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_bad_rows_are_refused_by_name_and_change_nothing(desk, path, change, expected):
    before = desk.state()
    desk.server.rows(path, change)
    with pytest.raises(Refused, match=expected):
        desk.refresh()
    assert desk.state() == before


RATES_NOW = answer(RATES, present(RATES))
GDP_NOW = answer(GDP, present(GDP))
BAD_BODIES = {
    "a web page": (RATES, b"\n<!DOCTYPE html><html><body>Please log in</body></html>", {}, "the answer is a web page"),
    "nothing": (RATES, b"", {}, "the answer is empty"),
    "blanks": (RATES, b" \n\n", {}, "the answer is empty"),
    "not found": (RATES, b"no such series", {"status": 404}, "the publisher answers 404"),
    "forbidden": (RATES, b"no", {"status": 403}, "the publisher answers 403"),
    "a broken server": (RATES, b"", {"status": 503}, "the publisher answers 503"),
    "cut off half-way": (RATES, RATES_NOW[:200], {"length": str(len(RATES_NOW))}, "the answer was cut off"),
    "no gzip": (RATES, RATES_NOW, {"Content_Encoding": "gzip"}, "not compressed as it says"),
    "ten gigabytes announced": (RATES, RATES_NOW, {"length": "10000000000"}, "10000000000 bytes are announced"),
    "a gzip bomb": (RATES, squeezed(bytes(1_000_000)), {"Content_Encoding": "gzip"}, "larger than 100000 bytes"),
    "Latin-1": (RATES, RATES_NOW.replace(b"1991", b"\xe9991"), {}, "byte 0xe9 is not UTF-8"),
    "a changed header": (
        RATES,
        RATES_NOW.replace(b"AEXKOUS", b"AEXJPUS"),
        {},
        "its columns are observation_date, AEXJPUS, without AEXKOUS",
    ),
    "swapped columns": (RATES, b"AEXKOUS,day\n733.1,1991-01-01\n", {}, "without observation_date"),
    "comma decimals": (RATES, RATES_NOW.replace(b".", b","), {}, "argument 2 is longer"),
    "thousands": (RATES, b'observation_date,AEXKOUS\n1998-01-01,"1,400.4"\n', {}, "could not convert string to float"),
    "an open quotation mark": (RATES, RATES_NOW + b'"2026', {}, "Federal Reserve’s CSV"),
    "JSON cut off": (GDP, GDP_NOW[:-40], {}, "not the World Bank’s JSON"),
    "a message for data": (GDP, b'[{"message": [{"id": "120"}]}]', {}, "not the World Bank’s JSON"),
    "CSV for JSON": (GDP, b"Country Code,Year,Value\nKOR,2020,1\n", {}, "not the World Bank’s JSON"),
    "page one of two": (GDP, GDP_NOW.replace(b'"pages": 1', b'"pages": 2'), {}, "page 1 of 2"),
    "fewer than announced": (GDP, GDP_NOW.replace(b'"total": 33', b'"total": 99'), {}, "33 of 99 values"),
    "brackets without end": (GDP, b"[" * 90_000, {}, "not the World Bank’s JSON"),
    "an endless number": (GDP, GDP_NOW.replace(b'"total": 33', b'"total": ' + b"9" * 5000), {}, "not the World Bank’s"),
    "infinity": (
        GDP,
        re.sub(rb'"value": [0-9.e+]+', b'"value": Infinity', GDP_NOW, count=1),
        {},
        "inf is not a number",
    ),
    "a length that is no number": (RATES, RATES_NOW, {"length": "all"}, "all bytes are announced"),
    "a negative length": (RATES, RATES_NOW, {"length": "-5"}, "-5 bytes are announced|cut off"),
    "not changed, unasked": (RATES, b"", {"status": 304}, "the publisher answers 304"),
    "a redirect to nowhere": (RATES, b"", {"status": 302}, "the publisher answers 302"),
    "a redirect to a file": (RATES, b"", {"status": 302, "Location": "file:///etc/passwd"}, "leads away"),
    "zero bytes": (RATES, bytes(500), {}, "Federal Reserve’s CSV"),
    "a mark of byte order in the middle": (
        RATES,
        RATES_NOW.replace(b"2001-", b"\xef\xbb\xbf2001-"),
        {},
        "a source file cannot be read .*ufeff200",
    ),
    "days before months": (RATES, RATES_NOW.replace(b"2001-01-01", b"01/01/2001"), {}, "cannot be read .*'01/0'"),
    "two headers": (RATES, RATES_NOW[:25] + RATES_NOW, {}, "could not convert string to float: 'AEXKOUS'"),
    "a workbook for CSV": (RATES, b"PK\x03\x04\x14\0\xc7\x8f", {}, "it is a workbook or an archive"),
    "a message for CSV": (RATES, b'{"error_code": 400, "error_message": "Bad Request"}', {}, "Federal Reserve’s CSV"),
    "less announced than sent": (RATES, RATES_NOW, {"length": "300"}, "argument 2 is shorter"),
    "a part alone": (RATES, RATES_NOW, {"status": 206}, "the publisher answers 206"),
    "UTF-16": (RATES, RATES_NOW.decode().encode("utf-16"), {}, "byte 0xff is not UTF-8"),
    "thousands parted by a narrow blank": (
        RATES,
        RATES_NOW.replace(b"1998-01-01,1", b"1998-01-01,1\xe2\x80\xaf"),
        {},
        "could not convert string to float: '1.u202f",
    ),
    "gzip cut off": (RATES, squeezed(RATES_NOW)[:-20], {"Content_Encoding": "gzip"}, "cut off while it was compressed"),
    "gzip that nobody announces": (RATES, squeezed(RATES_NOW), {}, "byte 0x8b is not UTF-8"),
    "another compression": (RATES, RATES_NOW, {"Content_Encoding": "br"}, "compressed as br, which was not asked for"),
    "a name twice in an object": (
        GDP,
        GDP_NOW.replace(b'"value": ', b'"value": 1, "value": ', 1),
        {},
        "a name stands twice among indicator",
    ),
    "no list of facts": (GDP, b'[{"page": 1, "pages": 1, "total": 0}, null]', {}, "not the World Bank’s JSON"),
    "North Korea’s rows under the code of South Korea": (
        GDP,
        GDP_NOW.replace(b'"countryiso3code": "KOR"', b'"country": {"id": "KP"}, "countryiso3code": "KOR"'),
        {},
        "it names one Korea for the other: KOR for KP",
    ),
    "another indicator": (GDP, json.dumps(facts("NY.GDP.PCAP.CD", present(GDP))).encode(), {}, "another indicator"),
}


@pytest.mark.parametrize(("path", "content", "headers", "expected"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_bad_answer_is_refused_by_name_and_changes_nothing(desk, path, content, headers, expected):
    before = desk.state()
    desk.server.body(path, content, **headers)
    with pytest.raises(Refused, match=expected):
        desk.refresh()
    assert desk.state() == before


def leading(where):
    def give(request):
        request.give(b"", status=302, Location=where.format(port=request.server.server_port))

    return give


def in_chunks(*chunks):
    """Send chunks without the empty one that ends them."""

    def give(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"".join(chunks))
        request.close_connection = True

    return give


BAD_WAYS = {
    "chunks cut off": (in_chunks(b"64\r\n", RATES_NOW[:100], b"\r\n"), "the answer was cut off"),
    "chunks of no length": (in_chunks(b"zz\r\n", RATES_NOW[:100]), "the answer was cut off"),
    "a redirect loop": (leading(RATES), "it redirects more than 5 times"),
    "a redirect to another domain": (
        leading("http://localhost:{port}" + RATES),
        "leads away from its publisher, to lo",
    ),
    "a slow drip": (lambda request: request.drip(RATES_NOW, 0.05), "the answer takes longer than 0.3 seconds"),
}


@pytest.mark.parametrize(("give", "expected"), BAD_WAYS.values(), ids=BAD_WAYS)
def test_a_bad_way_of_answering_is_refused_and_changes_nothing(desk, give, expected):
    before = desk.state()
    desk.server.special[RATES] = give
    with pytest.raises(Refused, match=expected):
        desk.refresh(limits=QUICK._replace(whole=0.3))
    assert desk.state() == before


def test_a_redirect_within_the_publishers_domain_is_followed(desk):
    desk.server.special["/moved"] = lambda request: request.give(RATES_NOW)
    desk.server.special[RATES] = leading("/moved")
    assert desk.refresh()[0] == []


def test_a_secure_address_does_not_lead_to_an_open_one(monkeypatch):
    response = requests.Response()
    response.status_code, response.raw, response.headers["Location"] = 302, io.BytesIO(), "http://www.worldbank.org/v2"
    session = fetching.client(QUICK)
    monkeypatch.setattr(session, "request", lambda *_, **__: response)
    with pytest.raises(DataError, match=r"leads away from its publisher, to www\.worldbank\.org"):
        fetching._answer(session, "https://api.worldbank.org/v2", {}, {}, QUICK, "")


def test_a_publisher_is_the_domain_that_somebody_registered():
    assert fetching._site("https://api.worldbank.org/v2") == fetching._site("https://data.worldbank.org/x")
    assert fetching._site("https://www.mnd.go.kr") == "mnd.go.kr" != fetching._site("https://www.mofa.go.kr")
    assert fetching._site("http://127.0.0.1:80/x") == "127.0.0.1"


def test_a_missing_key_says_where_to_get_one(desk, monkeypatch):
    monkeypatch.delenv("CENSUS_KEY", raising=False)
    source = next(iter(desk.listed.values()))._replace(key="CENSUS_KEY")
    with pytest.raises(DataError, match=r"CENSUS_KEY is not set.*get one at https://api\.census\.gov"):
        fetching.fetch(source, desk.cache, fetching.client(QUICK), QUICK)
    monkeypatch.setenv("CENSUS_KEY", "abc")
    fetching.fetch(source, desk.cache, fetching.client(QUICK), QUICK)
    assert desk.server.asked[-1][0].endswith("key=abc")


@pytest.mark.parametrize("kind", ["nobody listens", "nobody answers"])
def test_without_a_network_nothing_is_touched(desk, monkeypatch, capsys, kind):
    before, real = desk.state(), refreshing.online
    hurried = QUICK._replace(read=0.2, retries=0)
    if kind == "nobody listens":
        desk.server.server_close()
    else:
        desk.server.special = dict.fromkeys((GDP, PRICES, RATES), lambda request: time.sleep(1))
    monkeypatch.setattr(
        refreshing, "online", lambda accepted, skip, only: real(desk.data, desk.registry, desk.cache, accepted, hurried)
    )
    monkeypatch.setattr(sys, "argv", ["collect"])
    assert command.main() == 3 and desk.state() == before
    out, err = capsys.readouterr()
    assert err.startswith("127.0.0.1 cannot be reached") and "Nothing was changed." in err and err.count("\n") == 1
    assert out == ""


def archive(**files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def doubled():
    kept = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(kept, "w") as file:
        for content in "12":
            file.writestr("data.csv", content)
    return kept.getvalue()


def link():
    kept, entry = io.BytesIO(), zipfile.ZipInfo("data.csv")
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(kept, "w") as file:
        file.writestr(entry, "/etc/passwd")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (archive(**{"..__x.csv": "1"}), "a name that leads out of it"),
        (archive(**{"__x.csv": "1"}), "a name that leads out of it"),
        (archive(**{"C:x.csv": "1"}), "a name that leads out of it"),
        (link(), "the archive holds a link"),
        (doubled(), "the archive holds a name twice: data.csv"),
        (archive(**{"data.csv": bytes(200_000)}), "larger than 100000 bytes"),
        (archive(other="1"), "the archive lacks data.csv"),
        (b"PK no", "it is no sound ZIP archive"),
        (archive(**{"data.csv": "1"})[:-30], "it is no sound ZIP archive"),
    ],
    ids=["up", "root", "drive", "link", "twice", "large", "absent", "no archive", "cut off"],
)
def test_an_archive_cannot_leave_its_folder(content, expected):
    with pytest.raises(DataError, match=expected):
        archives.member(content, "data.csv", "https://a.b/c.zip", limit=100_000)


def test_a_file_comes_out_of_an_archive():
    assert archives.member(archive(**{"data.csv": "1"}), "data.csv", "https://a.b/c.zip") == b"1"


def test_a_row_that_we_had_typed_gives_way_to_the_publishers(desk):
    desk.server.rows(PRICES, lambda rows: [*rows, ("KOR", 2025, 2.14)])
    with pytest.warns(Superseded, match=r"additions/consumer_prices\.csv: .* has 1 rows now, first KOR 2025; delete"):
        changed, _ = desk.refresh()
    row = data.load("consumer_prices", desk.data).query("country == 'KOR' and year == 2025").squeeze()
    assert "consumer_prices.csv" in changed and row["inflation_pct"] == 2.14 and row["note"] != row["note"]


def test_the_other_tables_are_taken_without_a_refused_one(desk):
    desk.server.body(RATES, b"no", status=403)
    desk.server.rows(GDP, lambda rows: [*rows[:-1], (*rows[-1][:2], rows[-1][2] * 1.02)])
    with pytest.raises(Refused, match='make refresh SKIP="exchange_rates"') as refused:
        desk.refresh()
    assert refused.value.states == {"gdp": "fetched", "consumer_prices": "not changed", "exchange_rates": "refused"}
    changed, report = desk.refresh(skip=["exchange_rates"])
    assert "gdp.csv" in changed and "exchange_rates.csv" not in changed
    assert "Fetched: gdp\n" in report and "Not changed: consumer_prices\n" in report
    assert "* exchange_rates: left as it is" in report
    changed, report = desk.refresh(skip=["refused"])
    assert changed == [] and "* exchange_rates: refused: answer: http" in report and "answers 403" in report
    with pytest.raises(DataError, match='did you mean "exchange_rates"'):
        desk.refresh(skip=["exchange_rate"])


def test_one_publisher_out_of_reach_refuses_its_table_alone(desk):
    gone = desk.listed["security/fed_fx_annual_selected.csv"]
    gone = gone._replace(interface="http://127.0.0.1:9/fred/graph.csv?id=AEXKOUS")  # nobody listens there
    desk.registry.write_bytes(registry.csv_bytes(desk.listed | {gone.file: gone}))
    with pytest.raises(Refused, match=r"exchange_rates: answer: 127\.0\.0\.1 cannot be reached"):
        desk.refresh()


def test_an_answer_in_an_archive_is_taken_out_of_it(desk):
    source = desk.listed["security/fed_fx_annual_selected.csv"]
    zipped = source._replace(form="zip AEXKOUS.csv fred South Korea")
    desk.registry.write_bytes(registry.csv_bytes(desk.listed | {source.file: zipped}))
    desk.server.body(RATES, archive(**{"AEXKOUS.csv": RATES_NOW, "README.txt": "x"}))
    before = desk.state()
    assert desk.refresh()[0] == [] and desk.state() == before
    for content, expected in BAD_ARCHIVES.values():
        desk.server.body(RATES, content)
        with pytest.raises(Refused, match=expected):
            desk.refresh()
        assert desk.state() == before


BAD_ARCHIVES = {
    "no archive": (RATES_NOW, "no sound ZIP archive"),
    "cut off": (archive(**{"AEXKOUS.csv": RATES_NOW})[:-40], "no sound ZIP archive"),
    "another file": (archive(**{"AEXJPUS.csv": RATES_NOW}), "lacks AEXKOUS.csv"),
    "out of its folder": (archive(**{"..__AEXKOUS.csv": RATES_NOW}), "a name that leads out of it"),
    "an empty file": (archive(**{"AEXKOUS.csv": ""}), "the answer is empty"),
    "damaged": (
        archive(**{"AEXKOUS.csv": RATES_NOW}).replace(b"AEXKOUS.csv", b"AEXKOUS.cs\xff", 1),
        "no sound ZIP archive",
    ),
}


def test_a_key_goes_to_its_publisher_and_nowhere_else(desk, monkeypatch, capsys):
    source = desk.listed["security/fed_fx_annual_selected.csv"]._replace(key="CENSUS_KEY")
    desk.registry.write_bytes(registry.csv_bytes(desk.listed | {source.file: source}))
    monkeypatch.delenv("CENSUS_KEY", raising=False)
    assert (
        "* exchange_rates: not asked: the publisher asks for a key: get one at https://api.census" in desk.refresh()[1]
    )
    monkeypatch.setenv("CENSUS_KEY", "secret-of-mine")
    desk.server.special["/moved"] = lambda request: request.give(RATES_NOW)
    desk.server.special[RATES] = leading("/moved")
    assert desk.refresh()[0] == []
    with_key = [path for path, _ in desk.server.asked if "secret-of-mine" in path]
    assert with_key == [RATES + "?id=AEXKOUS&key=secret-of-mine"]
    desk.server.body(RATES, b"A valid key must be included", status=400)
    with pytest.raises(Refused, match="answers 400") as refused:
        desk.refresh()
    kept = [path.read_bytes() for path in desk.data.parent.rglob("*") if path.is_file()]
    assert "secret-of-mine" not in str(refused.value) and not any(b"secret-of-mine" in content for content in kept)
