"""Each publisher's interface, played on this machine: its answers become the table, and nothing else does."""

import base64
import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import date, datetime
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest
from publishers import Publishers, facts

from alliance import data
from alliance.collect import (
    cepii,
    dmdc,
    energy_institute,
    fetching,
    forms,
    global_carbon,
    iea,
    refreshing,
    registry,
    release_lists,
    un_votes,
)
from alliance.collect.census import CENSUS_CODES, MONTHS
from alliance.collect.forms.customs import COUNTRIES, HEADINGS
from alliance.collect.natural_earth import REGION
from alliance.collect.plausibility import Refused
from alliance.collect.sources import ADDITIONS, Superseded, verified
from alliance.collect.tables import TABLES
from alliance.collect.writing import csv_bytes

QUICK = fetching.Limits(connect=2, read=10, whole=20, retries=0, back_off=0.01)
YEARS = range(2010, 2016)


def lines(*rows):
    """The bytes of a CSV file."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue().encode()


def workbook(**sheets):
    """The bytes of a workbook."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file.getvalue()


def world_bank(address, **values):
    """The World Bank's answer: a value for each country, growing by one a year."""
    indicator = address.split("/indicator/")[1].split("?")[0]
    rows = [(country, year, first + place) for country, first in values.items() for place, year in enumerate(YEARS)]
    return json.dumps(facts(indicator, rows)).encode()


def emissions(address):
    return world_bank(address, KOR=600.5, USA=6500.25, JPN=1200.0)


def aid(address):
    return world_bank(address, IDN=4e7, VNM=9e7)


def electricity(_):
    rows = [("Fiji", "FJI", year, 90.25 + year % 5) for year in YEARS] + [("World", "OWID_WRL", 2014, 85)]
    return lines(["Entity", "Code", "Year", "Access to electricity (% of population)"], *rows)


def launches(_):
    rows = [(name, code, year, 30) for name, code in (("Korea", "KOR"), ("U", "USA")) for year in range(2016, 2026)]
    return lines(["Entity", "Code", "Year", "Annual number of objects launched into outer space"], *rows)


def gapminder(address):
    name = address.split("datapoints--")[-1].split("--by--")[0]
    values = {"total_gdp_us_inflation_adjusted": 1e12, "patent_applications_total": 2000}
    rows = [(geo, year, values.get(name, 4.5)) for geo in ("kor", "usa") for year in YEARS]
    return lines(["geo", "time", name], *rows)


def energy(address):
    """The Institute's figures as Gapminder's copy has them; people and output come from others."""
    if "/indicator/" in address:
        return world_bank(address, KOR=51e6, USA=310e6)
    if "countries-etc-datapoints" in address:
        return gapminder(address)
    name = address.split("datapoints--")[-1].split("--by--")[0]
    places = ["china", "total_world"] if name.endswith(energy_institute.SUFFIX) else [*energy_institute.STATES, "japan"]
    value = 700.25 if name == "co2_from_energy" else 7.25
    return lines(["geo", "year", name], *((place, year, value) for place in places for year in YEARS))


def carbon(address):
    """The Budget's sheets as CSV: remarks, then a column for each state; consumption ends a year earlier."""
    last = 2014 if "consumption" in address else 2015
    rows = [(year, *([150.5 if year <= last else ""] * len(global_carbon.NAMES))) for year in YEARS]
    return b'# Global Carbon Budget, "MtC/yr"\n#\n' + lines(["Year", *global_carbon.NAMES], *rows)


def sectors(_):
    fact = {"short": "KOREA", "flow": "TOTTRANS", "units": "MtCO2", "product": "TOTAL", "value": 12.5}
    keys = [(code, year, name) for code in ("KOR", "USA", "WORLD") for year in YEARS for name in iea.SECTORS]
    return json.dumps(
        [fact | {"country": code, "year": str(year), "seriesLabel": name} for code, year, name in keys]
    ).encode()


def allowances(address):
    """Closing prices of two vintages on two days of the year that is asked for; none yet of a year to come."""
    year = address.split("likeBasDt=")[1]
    fact = {"srtnCd": "1", "isinCd": "KR", "mkp": "9000", "trPrc": "1"}
    keys = [(day, name) for day in ("0102", "0103") for name in ("KAU24", "KAU25")]
    rows = [
        fact | {"basDt": year + day, "itmsNm": name, "clpr": "9150", "trqu": "0" if name == "KAU24" else "500"}
        for day, name in keys
    ] * (year <= "2026")
    body = {"numOfRows": 9999, "pageNo": 1, "totalCount": len(rows), "items": {"item": rows} if rows else ""}
    return json.dumps({"response": {"header": {"resultCode": "00"}, "body": body}}).encode()


def votes(address):
    """The list of a data set in a Dataverse, or the file in it."""
    columns = [column for names in un_votes.VARIANTS.values() for column in names if column]
    rows = [(code, float(year), *[0.5] * len(columns)) for code in ("KOR", "USA") for year in YEARS]
    kept = io.BytesIO()
    frame = pd.DataFrame(rows, columns=["iso3c", "year", *columns]).astype(dict.fromkeys(columns, "float32"))
    frame.to_stata(kept, write_index=False, version=118, time_stamp=datetime(2025, 7, 1))
    if not release_lists.is_list(address):
        return kept.getvalue()
    file = {"id": 5, "filename": "IdealpointsJuly2025.tab", "originalFileName": "IdealpointsJuly2025.dta"}
    file["checksum"] = {"type": "MD5", "value": hashlib.md5(kept.getvalue(), usedforsecurity=False).hexdigest()}
    file["creationDate"] = "2025-07-01"
    return json.dumps({"status": "OK", "data": {"latestVersion": {"files": [{"dataFile": file}]}}}).encode()


def census(address):
    """The Bureau's answer: a list of lines, the first of which names the columns; no year 2026 yet."""
    if address.endswith("2026-12"):
        return None
    if address.endswith(".xlsx"):
        header = ["year", "CTY_CODE", "CTYNAME", *(flow + month for flow in "IE" for month in [*MONTHS, "YR"])]
        partners = {"5800": "Korea, South", "0004": "World, Not Seasonally Adjusted"}
        rows = [("2022", code, name, *[1234.5] * 26) for code, name in partners.items()]
        return workbook(country=[header, *rows])
    variables = [name for name in address.split("get=")[1].split("&")[0].split(",") if not name.startswith("CTY")]
    first = address.split("time=")[1].removeprefix("from+")[:4]
    times = [address.split("time=")[1]] if "_YR" in variables[0] else [f"{first}-{month:02d}" for month in range(1, 13)]
    codes = {CENSUS_CODES["KOR"]: "KOREA, SOUTH", CENSUS_CODES["JPN"]: "JAPAN", "-": "TOTAL FOR ALL COUNTRIES"}
    codes["0003"] = "EUROPEAN UNION"
    rows = [[code, name, *["5123456789"] * len(variables), time] for code, name in codes.items() for time in times]
    return json.dumps([["CTY_CODE", "CTY_NAME", *variables, "time"], *rows]).encode()


def comtrade(address):
    year = int(address.split("period=")[1][:4])
    keys = [(partner, code) for partner in (410, 392, 842) for code in ("250410", "380110", "811292")]
    whole = {"partner2Code": 0, "customsCode": "C00", "motCode": 0, "primaryValue": 9e6, "netWgt": 4e6}
    rows = [
        {"refYear": year, "refMonth": month, "partnerCode": partner, "cmdCode": code, **whole, **part}
        for partner, code in keys
        for month in (1, 2)
        for part in ({}, {"motCode": 2100, "netWgt": 1e6})  # by sea: within the whole
    ]
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": ""}).encode()


def cars(address):
    share = "EV sales share" if "sales" in address else "EV stock share"
    header = ["region", "category", "parameter", "mode", "powertrain", "year", "unit", "value"]
    rows = [
        (place, "Historical", share, "Cars", "EV", year, "percent", 2.5) for place in ("Korea", "USA") for year in YEARS
    ]
    return lines(header, *rows)


def pledges(_):
    with (ADDITIONS / "climate_targets.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["country"], row["submitted_on"], "Active") for row in csv.DictReader(file)]
    return lines(["code", "submissionDate", "status"], *rows)


def missiles(_):
    tests = [{"date": f"2017-0{month}-14", "missile": "hwasong-12", "outcome": "success"} for month in range(1, 8)]
    return json.dumps({"timeBins": [{"year": 2017, "data": tests}]}).encode()


def outlines(_):
    square = [[127, 36], [129, 36], [129, 38], [127, 38], [127, 36]]
    shape = {"type": "Polygon", "coordinates": [square]}
    named = {"LABEL_X": 128.25, "LABEL_Y": 37.5}
    features = [
        {"type": "Feature", "properties": {"ISO_A3_EH": code, **named}, "geometry": shape}
        for code in ("KOR", "FJI", "FRA")
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def assistance(_):
    header = [
        "Country Code",
        "Country Name",
        "Transaction Type Name",
        "Fiscal Year",
        "current_amount",
        "constant_amount",
    ]
    rows = [("FJI", "Fiji", "Obligations", year, 5000000, 6000000) for year in YEARS] + [
        ("FJI", "Fiji", "Obligations", "1976tq", 1, 1)
    ]
    return lines(header, *rows)


def pacific(_):
    header = [
        "DATAFLOW",
        "FREQ",
        "GEO_PICT",
        "INDICATOR",
        "DONOR",
        "COMMITTED_SPENT",
        "FLOW_TYPE",
        "TIME_PERIOD",
        "OBS_VALUE",
    ]
    donors = ["KR", "US", "_T"]
    rows = [
        ("SPC:DF_PAM(1.0)", "A", "FJ", "TRVAL", donor, "SPE", "_T", year, 7000000) for donor in donors for year in YEARS
    ]
    return lines(header, *rows)


def oecd(_):
    header = ["DATAFLOW", "DONOR", "RECIPIENT", "FLOW_TYPE", "PRICE_BASE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MULT"]
    rows = [
        ("OECD", donor, "VNM", flow, "Q", year, 55.5, 6) for donor in ("KOR", "USA") for flow in "CD" for year in YEARS
    ]
    return lines(header, *rows)


def milex(_):
    def sheet(value, *beside):
        return [
            ["A title"],
            [""],
            ["Country", *beside, "Notes", *YEARS],
            [],
            ["Asia"],
            *(
                [name, *(None for _ in beside), "1", ". .", *[value] * (len(YEARS) - 1)]
                for name in ("Korea, South", "Japan")
            ),
        ]

    return workbook(**{"Constant (2023) US$": sheet(47000.5, ""), "Share of GDP": sheet(0.025)})


def customs(address):
    """The Customs Service's answers: exports by line of the tariff, by country, or in all; nothing of months to come.

    Each line has a hundred million dollars a month; their sum stands in a row of its own.
    """
    asked = parse_qs(urlsplit(address).query)
    first, last = asked["strtYymm"][0], asked["endYymm"][0]
    months = [f"{first[:4]}.{month:02d}" for month in range(int(first[4:]), int(last[4:]) + 1)]
    months = [month for month in months if month <= "2026.07"]
    lines_there = [f"{heading:0<10}".lstrip("0") for heading in HEADINGS] + ["0101210000", "8450111000"]
    names = {"Itemtrade": ("hsCode", lines_there), "nationtrade": ("statCd", [*COUNTRIES, "KP"])}
    column, keys = names.get(urlsplit(address).path.split("/")[2], ("", [""]))
    each = 100_000_000 * (len(lines_there) if not column else 1)
    if column == "statCd":
        each = each * len(lines_there) // len(keys)
    rows = [(month, key, each) for month in months for key in keys] + [("총계", "-", each * len(keys) * len(months))]
    items = "".join(
        f"<item><expDlr>{dollars}</expDlr>{f'<{column}>{key}</{column}>' if column else ''}<year>{month}</year></item>"
        for month, key, dollars in (rows if months else [])
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><response><header><resultCode>00</resultCode><resultMsg>정상서비스.'
        f"</resultMsg></header><body><items>{items}</items></body></response>"
    ).encode()


SHARES = {"US": 400, "QA": 700, "AU": 1000}


def gas(address):
    """The Customs Service's answer about one line of the tariff: imports by country, and all of them first."""
    year = parse_qs(urlsplit(address).query)["strtYymm"][0][:4]
    months = [f"{year}.{month:02d}" for month in range(1, 13) if year < "2026" or month <= 7]
    rows = [(month, code, 1_000_000 * share) for month in months for code, share in SHARES.items()]
    rows += [(month, "CH", 24_000) for month in months]  # a tank
    rows.insert(0, ("총계", "-", sum(weight for *_, weight in rows)))
    items = "".join(
        f"<item><expDlr>0</expDlr><expWgt>0</expWgt><hsCd>{'-' if code == '-' else '2711110000'}</hsCd>"
        f"<impDlr>{weight // 2}</impDlr><impWgt>{weight}</impWgt><statCd>{code}</statCd><year>{month}</year></item>"
        for month, code, weight in rows
    )
    head = "<response><header><resultCode>00</resultCode></header>"
    return f"{head}<body><items>{items}</items></body></response>".encode()


REGISTER = [
    ["SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Delivery year", "TIV delivery values"],
    *((7, supplier, "South Korea", "F-15K", year, 90.25) for supplier in ("United States", "Israel") for year in YEARS),
    (8, "Russia", "North Korea", "9M14M", 2010, 2),
    (9, "Germany", "Norway", "Type-212", 2011, 275),
]


def arms(_, register=None, remarks="Source: SIPRI\r\nData generated: 12 Mar 2026 10:52:58 AM\r\n"):
    """The institute's register, which it gives to those who send it filters: CSV under remarks, within JSON."""
    content = remarks.encode() + (register or lines(*REGISTER))
    return json.dumps({"bytes": base64.b64encode(content).decode()}).encode()


def report(above, *hosts):
    """A workbook of the Center: titles, groups of columns, branches under them, and a line for each place."""
    branches = [None, "LOCATION", "ARMY***", "SPACE FORCE", "TOTAL", "ARMY RESERVE", "TOTAL"]
    places = [[None, name, 15000, 80, total, 5, 99999] for name, total in hosts]
    return workbook(Location=[["Personnel"], [], [None, None, above, None, None, "RESERVE", None], branches, *places])


def troops(address):
    """The copy of early reports, the list of the Center's workbooks, or one of them."""
    if release_lists.is_list(address):
        names = [f"DMDC_Website_Location_Report_{period}.xlsx" for period in ("2512", "2603", "2606")]
        files = [{"fileName": name, "fileId": number, "groupName": "m"} for number, name in enumerate(names)]
        return json.dumps({"page": {"sections": [{"files": files}]}}).encode()
    if "dmdc" in address or "fileId" in address:
        return report(
            "ACTIVE  DUTY", ("Japan", 55000), ("KOREA, SOUTH", 23000), ("Germany *", 37000), ("FRANCE", "N/A")
        )
    rows = [(code, 2025, "December", "December 2025", "NA", 23500) for code in ("KOR", "JPN", "DEU", "FRA")]
    rows += [("KOR", 2026, "March", "March 2026", "NA", 23372)]
    return lines(["iso3c", "year", "month", "source", "troops_ad", "Total Active Duty"], *rows)


def zipped(files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


BACI = {
    "country_codes_V202601.csv": lines(
        ["country_code", "country_name", "country_iso2", "country_iso3"],
        *((number, "", code, "") for number, code in cepii.NUMBERS.items()),
        (250, "", "FR", "FRA"),
        (490, "Other Asia, nes", "", "S19"),
        (516, "Namibia", "NA", "NAM"),
        (697, "Europe EFTA, nes", "", "R20"),
    ),
    "Readme.txt": b"BACI",
    "BACI_HS92_Y2009_V202601.csv": b"not read",
} | {
    f"BACI_HS92_Y{year}_V202601.csv": lines(
        ["t", "i", "j", "k", "v", "q"],
        (year, 410, 242, "010121", "1000.125", "   2.5"),
        (year, 410, 242, "890190", "0.500", "NA"),
        (year, 408, 242, "270900", 7, 1),
        (year, 842, 242, "9999AA", 3, "NA"),
        (year, 490, 242, "850110", 4, 1),
        (year, 516, 242, "030110", 5, 1),
        (year, 697, 242, "030110", 0.25, 1),
        (year, 410, 584, "890120", 9, 1),
        (year, 242, 410, "170111", 99, 1),
    )
    for year in YEARS
}


def baci(address):
    """The page about BACI, which leads to archives, or an archive of it."""
    if release_lists.is_page(address):
        names = ["HS92_V202601", "HS22_V202601", "HS92_V202401b"]
        return (
            b"<!DOCTYPE html>\n<p>BACI</p>"
            + "".join(
                f'<a href="https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_{name}.zip">{name}</a>' for name in names
            ).encode()
        )
    return zipped(BACI)


PUBLISHERS = {
    "greenhouse_gas_emissions": emissions,
    "net_aid": aid,
    "electricity_access": electricity,
    "space_objects": launches,
    "economies": gapminder,
    "us_goods_trade": census,
    "us_trade_partners": census,
    "us_duties": census,
    "china_mineral_exports": comtrade,
    "electric_cars": cars,
    "climate_targets": pledges,
    "missile_tests": missiles,
    "coastlines": outlines,
    "label_points": outlines,
    "us_foreign_assistance": assistance,
    "pacific_aid": pacific,
    "aid_reported": oecd,
    "military_expenditure": milex,
    "arms_imports": arms,
    "korea_exports": customs,
    "korea_lng_suppliers": gas,
    "kaya": energy,
    "power_generation": energy,
    "mineral_production": energy,
    "lng_imports": energy,
    "co2_footprints": carbon,
    "co2_by_sector": sectors,
    "carbon_price": allowances,
    "ideal_points": votes,
    "us_troops_abroad": troops,
    "pacific_imports": baci,
}
LISTED = registry.sources()


def test_every_interface_with_a_form_is_played():
    ready = {table.__name__ for table in TABLES if not refreshing.by_hand(table.__name__, of_table(table.__name__))}
    assert ready == {*PUBLISHERS, "gdp", "consumer_prices", "exchange_rates"}


def of_table(name):
    return registry.of_table(name, LISTED)


class Desk:
    """A data package of one table, as its publisher's answers make it."""

    def __init__(self, folder, server, name, monkeypatch):
        self.data, self.cache, self.registry = folder / "data", folder / "cache", folder / "r.csv"
        self.table = next(table for table in TABLES if table.__name__ == name)
        self.server, self.play, self.name, self.made = server, PUBLISHERS[name], name, folder / "made"
        monkeypatch.setattr(refreshing, "TABLES", [self.table])
        monkeypatch.setenv("CENSUS_KEY", "abc")
        monkeypatch.setenv("DATA_GO_KR_KEY", "abc")
        self.listed = {source.file: self.local(source) for source in of_table(name)}
        self.serve(self.play)
        self.data.mkdir()
        resource = data.describe(name)
        content = csv_bytes(self.frame(), resource)
        resource |= {"rows": content.count(b"\n") - 1, "bytes": len(content), "hash": data.schema.fingerprint(content)}
        described = json.dumps(data.package() | {"resources": [resource]}, ensure_ascii=False, indent=2) + "\n"
        (self.data / resource["path"]).write_bytes(content)
        (self.data / data.PACKAGE).write_text(described, "utf-8")
        self.registry.write_bytes(registry.csv_bytes(self.listed))

    def local(self, source):
        """Let the registry name this machine for the publisher's."""
        there = [urlsplit(address) for address in source.interface.split()]
        here = [address._replace(scheme="http", netloc=f"127.0.0.1:{self.server.server_port}") for address in there]
        return source._replace(interface=" ".join(address.geturl() for address in here), transcribed="false")

    def serve(self, play):
        for source in self.listed.values():
            for address in [*registry.addresses(source), *self.files(source)]:
                path = urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()
                self.server.special[path] = self.giving(play(address))

    def files(self, source):
        """The addresses of the newest files in the lists that a source file is found by."""
        listed = [
            forms.Answer(address, self.play(address))
            for address in registry.addresses(source)
            if release_lists.is_list(address)
        ]
        return [file.address for answer in listed for file in release_lists.wanted(answer)]

    @staticmethod
    def giving(content):
        return lambda request: request.give(content or b"", status=200 if content is not None else 204)

    def frame(self):
        """Make the table from the answers, without the network."""
        for source in self.listed.values():
            places = self.files(source) or registry.addresses(source)
            answers = [forms.Answer(address, self.play(address) or b"") for address in places]
            path = self.made / source.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(forms.source_file(source.form, answers))
        with verified(registry.newer(self.made, self.listed)):
            return self.table(self.made)

    def refresh(self):
        return refreshing.online(self.data, self.registry, self.cache, limits=QUICK, only=[self.name])

    def state(self):
        return {path.name: path.read_bytes() for path in [*self.data.iterdir(), self.registry]}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with Publishers() as server:
        yield server


@pytest.fixture(params=PUBLISHERS)
def desk(request, tmp_path, server, monkeypatch):
    return Desk(tmp_path, server, request.param, monkeypatch)


pytestmark = [
    pytest.mark.slow,  # plays publishers: some seconds, seldom touched
    pytest.mark.filterwarnings(f"ignore::{Superseded.__module__}.Superseded"),
]


def test_answers_as_they_are_change_nothing(desk):
    before = desk.state()
    assert len(data.load(desk.name, desk.data)) > 1
    changed, report = desk.refresh()
    assert changed == [] and f"Not changed: {desk.name}" in report and desk.state() == before


#: What a publisher holds now, and what a revised answer holds in its place.
REVISIONS = {
    "greenhouse_gas_emissions": (b"600.5", b"600.75"),
    "net_aid": (b"40000000.0", b"40000001.0"),
    "electricity_access": (b"90.25", b"90.75"),
    "space_objects": (b"KOR,2016,30", b"KOR,2016,29"),
    "economies": (b"kor,2010,4.5", b"kor,2010,4.6"),
    "us_goods_trade": (b"5123456789", b"5125456789"),
    "us_trade_partners": (b"5123456789", b"5125456789"),
    "us_duties": (b"5123456789", b"5125456789"),
    "china_mineral_exports": (b'"netWgt": 4000000.0', b'"netWgt": 4000100.0'),
    "electric_cars": (
        b"Korea,Historical,EV sales share,Cars,EV,2010,percent,2.5",
        b"Korea,Historical,EV sales share,Cars,EV,2010,percent,2.6",
    ),
    "climate_targets": (b"Active", b"Archived"),
    "missile_tests": (b"2017-07-14", b"2017-07-15"),
    "coastlines": (b"[127, 38]", b"[127, 39]"),
    "label_points": (b"37.5", b"37.25"),
    "us_foreign_assistance": (b"2010,5000000", b"2010,5000001"),
    "pacific_aid": (b"KR,SPE,_T,2010,7000000", b"KR,SPE,_T,2010,7000001"),
    "aid_reported": (b"2010,55.5", b"2010,55.6"),
    "military_expenditure": (None, None),  # a workbook; its cells are looked at below
    "korea_lng_suppliers": (b">CH<", b">US<"),
    "korea_exports": (b">5200000000<", b">0105110000<"),
    "arms_imports": (None, None),  # within JSON, where no text shows; see below
    "kaya": (b"south_korea,2010,7.25", b"south_korea,2010,7.5"),
    "power_generation": (b"south_korea,2010,7.25", b"south_korea,2010,7.5"),
    "mineral_production": (b"china,2014,7.25", b"china,2014,7.3"),
    "lng_imports": (b"japan,2010,7.25", b"japan,2010,7.75"),
    "co2_footprints": (b"2010,150.5", b"2010,150.75"),
    "co2_by_sector": (b"12.5", b"12.6"),
    "carbon_price": (b"9150", b"9175"),
    "us_troops_abroad": (b"December 2025,NA,23500", b"December 2025,NA,23501"),
    "ideal_points": (None, None),  # a file in a Dataverse; see test_lists
    "pacific_imports": (None, None),  # an archive; see below
}


def test_a_revised_answer_changes_the_table(desk):
    old, new = REVISIONS[desk.name]
    if old is None:
        pytest.skip("no text")
    play = desk.play
    assert any(
        old in (play(address) or b"") for source in desk.listed.values() for address in registry.addresses(source)
    )
    desk.serve(lambda address: content and content.replace(old, new) if (content := play(address)) else content)
    changed, report = desk.refresh()
    assert f"{desk.name}.csv" in changed and f"Fetched: {desk.name}" in report
    assert data.check(desk.data) == [] and data.describe(desk.name, desk.data)["vintage"].startswith("read ")
    assert all(source.transcribed == "false" for source in registry.sources(desk.registry).values())


SPOILT = {
    "a web page": lambda content: b"<html>Please accept our terms</html>",
    "cut in half": lambda content: content[: len(content) // 2],
    "a message": lambda content: b'{"error": "no such series"}',
    "nothing": lambda content: b" ",
    "another encoding": lambda content: b"\xff\xfe" + content[len(content) // 3 :],
    "empty brackets": lambda content: b"[]",
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_spoilt_answer_is_refused_with_its_table(desk, kind):
    before, play = desk.state(), desk.play
    desk.serve(lambda address: content and SPOILT[kind](content) if (content := play(address)) else content)
    with pytest.raises(Refused) as refused:
        desk.refresh()
    assert desk.state() == before and refused.value.states == {desk.name: "refused"}
    assert {finding.table for finding in refused.value.findings} == {desk.name}


@pytest.fixture
def register(tmp_path, server, monkeypatch):
    return Desk(tmp_path, server, "arms_imports", monkeypatch)


def test_the_register_is_asked_for_by_its_filters_and_summed(register):
    assert register.refresh()[0] == []
    (body,) = filter(None, register.server.bodies)
    filters = {part["field"]: (part["value1"], part["value2"]) for part in json.loads(body)["filters"]}
    assert filters["Delivery year"] == (1995, date.today().year) and filters["exportOption"] == ("", "")
    rows = data.load("arms_imports", register.data)
    assert set(rows["supplier"]) == {"United States", "Israel"} and set(rows["tiv_m"]) == {90.25}
    assert set(rows["source_title"]) == {"SIPRI Arms Transfers Database, trade register to 2015, summed"}
    register.serve(lambda _: arms(_, lines(*REGISTER, (10, "Israel", "South Korea", "EL/M-2080", 2016, 60))))
    changed, report = register.refresh()
    assert "arms_imports.csv" in changed and "1 row added" in report
    assert data.load("arms_imports", register.data).iloc[-1][["supplier", "year", "tiv_m"]].to_list() == [
        "Israel",
        2016,
        60.0,
    ]


@pytest.fixture
def exports(tmp_path, server, monkeypatch):
    return Desk(tmp_path, server, "korea_exports", monkeypatch)


def test_exports_are_summed_by_the_longest_heading_and_by_place(exports):
    table = data.load("korea_exports", exports.data)
    assert len(table) == 12 * 28 and table[["year", "month"]].value_counts().nunique() == 1
    july = table.query("year == 2026 and month == 7").set_index("name_en")["exports_bn_usd"]
    assert july["home appliances"] == 0.6 and july["machinery"] == 0.1  # of chapter 84 without what has a heading
    assert july["food"] == 0.6 and july["all exports"] == pytest.approx(0.1 * (len(HEADINGS) + 2))
    assert july["European Union"] == pytest.approx(27 * july["United States"], abs=0.2) and "KP" not in COUNTRIES
    assert set(table["source_title"]) == {"Korea Customs Service, trade statistics"}


EXCESS = "시작과 종료의 조회기간은 1년이내 기간만 가능합니다."
BAD_EXPORTS = {
    "an error in words": (
        "/nationtrade/",
        lambda xml: xml.replace(b">00<", b">99<").replace("정상서비스.".encode(), EXCESS.encode()),
        f"it answers 99, {EXCESS}",
    ),
    "a key that is not known": (
        "/Newtrade/",
        lambda _: (
            b"<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>KEY</returnAuthMsg></cmmMsgHeader>"
            b"</OpenAPI_ServiceResponse>"
        ),
        "it answers an error, KEY",
    ),
    "entities": ("/Newtrade/", lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml, "declares a type of document"),
    "cut off": ("/Newtrade/", lambda xml: xml[:-40], "not the Service’s XML"),
    "a line lost": (
        "/Itemtrade/",
        lambda xml: xml.replace(b"<item><expDlr>100000000</expDlr><hsCode>8541000000</hsCode>", b"<item><hsCode/>", 1),
        "KeyError: 'expDlr'",
    ),
    "half of the lines": (
        "/Itemtrade/",
        lambda xml: xml.replace(b">100000000<", b">50000000<"),
        "sum to 2650000000 of expDlr, and not to 5300000000",
    ),
    "half of them and of their sum": (
        "/Itemtrade/",
        lambda xml: xml.replace(b">100000000<", b">50000000<").replace(b">5300000000<", b">2650000000<"),
        "its lines sum to 2650000000 dollars, the countries to",
    ),
    "thousands": ("/Newtrade/", lambda xml: xml.replace(b"0000000<", b"0,000,000<"), "invalid literal for int"),
    "a line that is none": ("/Itemtrade/", lambda xml: xml.replace(b">8541000000<", b">8541<"), "8541 is no line"),
    "a month not asked for": ("/Newtrade/", lambda xml: xml.replace(b"2025.08", b"2024.08"), "2024.08 was not asked"),
    "a month missing": (
        "/Newtrade/",
        lambda xml: xml.replace(b"<year>2025.10</year>", b"<year>2025.11</year>"),
        "months are missing, or stand twice: it has 2025.08, 2025.09, 2025.11, 2025.11",
    ),
    "a year for a month": ("/Newtrade/", lambda xml: xml.replace(b"2025.08", b"August"), "August is no month"),
}


@pytest.mark.parametrize(("path", "change", "expected"), BAD_EXPORTS.values(), ids=BAD_EXPORTS)
def test_bad_exports_are_refused_by_name(path, change, expected):
    (source,) = (source for source in of_table("korea_exports") if path in source.interface)
    answers = {address: customs(address) for address in registry.addresses(source)}
    with pytest.raises(data.DataError, match=expected):
        forms.source_file(
            source.form,
            [forms.Answer(address, change(xml) if path in address else xml) for address, xml in answers.items()],
        )


def test_a_key_for_exports_is_to_be_had_at_the_page_of_their_service(exports, monkeypatch):
    monkeypatch.delenv("DATA_GO_KR_KEY")
    _, report = exports.refresh()
    assert (
        "* korea_exports: not asked: the publisher asks for a key: get one at https://www.data.go.kr/data/1510"
        in report
    )


def test_exports_to_the_other_korea_are_refused_and_change_nothing(exports):
    before = exports.state()
    exports.serve(lambda address: customs(address).replace(b">US<", b">KP<"))
    with pytest.raises(
        Refused, match=r"korea_exports: revised: 12 of .* values of exports_bn_usd moved by more than 25%"
    ):
        exports.refresh()
    assert exports.state() == before


def test_a_month_that_is_not_over_is_left_out(exports, monkeypatch):
    class Today(date):
        @classmethod
        def today(cls):
            return cls(2026, 7, 20)

    monkeypatch.setattr("alliance.collect.forms.customs.date", Today)
    assert data.load("korea_exports", exports.data).query("year == 2026")["month"].max() == 7
    with pytest.raises(Refused, match="korea_exports: rows lost"):
        exports.refresh()


def gas_file(change=lambda xml: xml):
    """The source file that the answers about gas become, as rows by year, supplier, and unit."""
    (source,) = of_table("korea_lng_suppliers")
    answers = [forms.Answer(address, change(gas(address))) for address in registry.addresses(source)]
    kept = csv.DictReader(io.StringIO(forms.source_file(source.form, answers).decode()))
    return {(row["year"], row["supplier"], row["unit"]): float(row["value"]) for row in kept}


def test_gas_is_summed_by_supplier_in_the_years_that_are_over(tmp_path, server, monkeypatch):
    file = gas_file()
    assert {key[0] for key in file} == {str(year) for year in range(2017, 2026)}
    assert file["2025", "USA", "t"] == 12 * 400_000 and file["2025", "USA", "M USD"] == 12 * 200
    assert file["2025", "WLD", "t"] == 12 * 2_100_000 + 288  # a tank counts in the total alone
    table = data.load("korea_lng_suppliers", Desk(tmp_path, server, "korea_lng_suppliers", monkeypatch).data)
    row = table.query("year == 2025 and supplier == 'AUS'").squeeze()
    assert row["imports_kt"] == 12_000 and row["basis"] == "published" and len(table) == 9 * 4
    assert not table["transcribed"].any() and set(table["source_title"]) == {"Korea Customs Service, trade statistics"}


BAD_GAS = {
    "North Korea for Qatar": (lambda xml: xml.replace(b">QA<", b">KP<"), "in 2017 KP delivers 8400000 tons"),
    "Korea itself": (lambda xml: xml.replace(b">QA<", b">KR<"), "in 2017 KR delivers 8400000 tons, and is no known"),
    "names for codes": (lambda xml: xml.replace(b">QA<", ">카타르<".encode()), "in 2017 카타르 delivers"),
    "tons for kilograms": (
        lambda xml: re.sub(rb"(<impWgt>\d+)000<", rb"\1<", xml),
        r"in 2017 a ton from AU costs 5e\+05 dollars",
    ),
    "thousands of dollars": (
        lambda xml: re.sub(rb"(?<=<impDlr>)\d+", lambda found: b"%d" % (int(found[0]) // 1000), xml),
        "in 2017 a ton from AU costs 0.5 dollars",
    ),
    "weights and values exchanged": (
        lambda xml: xml.replace(b"impDlr", b"x").replace(b"impWgt", b"impDlr").replace(b"<x", b"<impWgt"),
        "not the Service’s XML",
    ),
    "exports alone": (lambda xml: xml.replace(b"impWgt", b"wgt"), "KeyError: 'impWgt'"),
    "gas from a pipe": (lambda xml: xml.replace(b"2711110000", b"2711210000"), "2711210000 was not asked for"),
    "a country lost": (
        lambda xml: re.sub(rb"<item>(?:(?!<item>).)*>US<.*?</item>", b"", xml),
        "and not to 25200288000",
    ),
    "a month lost": (lambda xml: xml.replace(b"2019.05", b"2019.06"), "months are missing"),
    "no year": (lambda xml: re.sub(rb"<item>.*</item>", b"", xml), "it has none"),
}


@pytest.mark.parametrize(("change", "expected"), BAD_GAS.values(), ids=BAD_GAS)
def test_bad_answers_about_gas_are_refused_by_name(change, expected):
    with pytest.raises(data.DataError, match=expected):
        gas_file(change)


NORTH = [[*row[:2], {"South Korea": "North Korea"}.get(row[2], row[2]), *row[3:]] for row in REGISTER]
BAD_REGISTERS = {
    "North Korea’s arms": (lines(*NORTH), "none of its 14 deliveries went to South Korea"),
    "a column renamed": (lines(["SIPRI AT Database ID", "Seller"], [7, "Israel"]), "without Supplier, Recipient"),
    "no register": (b"no data for these filters", "not the institute’s CSV"),
    "a row cut off": (lines(*REGISTER)[:-9], "not the institute’s CSV"),
    "a year in words": (lines(*REGISTER, (1, "Israel", "South Korea", "x", "2016?", 1)), '"2016\\?" is not a whole'),
    "thousands": (lines(*REGISTER, (1, "Israel", "South Korea", "x", 2016, "1\u202f060")), "is not a number"),
    "a broken letter": (lines(*REGISTER) + b"7,T\xfcrkiye,South Korea,x,2016,1\n", "other letters than UTF-8 knows"),
}


def test_a_bad_register_is_refused_by_name_and_changes_nothing(register):
    before = register.state()
    for content, expected in BAD_REGISTERS.values():
        register.serve(lambda _, content=content: arms(_, content))
        with pytest.raises(Refused, match=expected):
            register.refresh()
        assert register.state() == before
    register.serve(lambda _: arms(_).replace(b'": "', b'": "*'))
    with pytest.raises(Refused, match=r"not the institute’s JSON .*base64"):
        register.refresh()
    assert register.state() == before


class Archive:
    """BACI from its page on this machine; a test can put another answer in the place of its archive."""

    def __init__(self, desk):
        self.desk = desk
        self.address = next(iter(desk.files(next(iter(desk.listed.values())))))

    def refresh(self, content=None, only=("pacific_imports",), **headers):
        if content:
            self.desk.server.body(urlsplit(self.address).path, content, **headers)
        desk = self.desk
        return refreshing.online(desk.data, desk.registry, desk.cache, limits=QUICK, only=only)


@pytest.fixture
def archive(tmp_path, server, monkeypatch):
    return Archive(Desk(tmp_path, server, "pacific_imports", monkeypatch))


def test_the_archive_gives_what_the_islands_import_by_partner(archive):
    rows = data.load("pacific_imports", archive.desk.data)
    fiji = rows[(rows["importer"] == "FJI") & (rows["year"] == 2012)].set_index("partner")["imports_usd"]
    assert fiji.to_dict() == {"KOR": 1_000_625, "USA": 3_000, "TWN": 4_000, "others": 12_250}
    assert set(rows["importer"]) == {"FJI", "MHL"} and sorted(set(rows["year"])) == list(YEARS)
    assert set(rows["source_title"]) == {"CEPII BACI, HS 1992, version 202601, summed"}


def test_a_large_archive_is_fetched_only_where_its_table_is_named(archive):
    before, asked_before = archive.desk.state(), len(archive.desk.server.asked)
    changed, report = archive.refresh(only=())
    assert changed == [] and archive.desk.state() == before and len(archive.desk.server.asked) == asked_before
    assert "* pacific_imports: not asked: an answer of up to 4 GB; to fetch it: make refresh TABLES=pac" in report
    assert archive.refresh()[0] == [] and len(archive.desk.server.asked) == asked_before + 2


def test_a_newer_version_is_taken_and_named(archive):
    newer = {name.replace("202601", "202701"): content for name, content in BACI.items()}
    name = "BACI_HS92_Y2015_V202701.csv"
    newer[name] = newer[name].replace(b"1000.125", b"1001.125")
    server = archive.desk.server
    server.body("/DATA_DOWNLOAD/baci/doc/baci_webpage.html", b"<html>BACI_HS92_V202601.zip BACI_HS92_V202701.zip")
    server.body("/DATA_DOWNLOAD/baci/data/BACI_HS92_V202701.zip", zipped(newer))
    assert "pacific_imports.csv" in archive.refresh()[0]
    assert "version 202701" in data.load("pacific_imports", archive.desk.data)["source_title"].iloc[0]


CODES, LAST = "country_codes_V202601.csv", "BACI_HS92_Y2015_V202601.csv"
BAD_FILES = {
    "a year missing": ({"BACI_HS92_Y2012_V202601.csv": None}, "the archive lacks the years 2012"),
    "the first year missing": ({"BACI_HS92_Y2010_V202601.csv": None}, "the archive lacks the years 2010"),
    "two versions": ({"BACI_HS92_Y2016_V202701.csv": BACI[LAST]}, "the archive mixes versions"),
    "no list of countries": ({CODES: None}, "the archive lacks country_codes_V202601"),
    "a column renamed": ({LAST: BACI[LAST].replace(b",v,", b",value,")}, "is t,i,j,k,value,q, not t,i,j,k,v,q"),
    "columns swapped": ({LAST: BACI[LAST].replace(b"t,i,j", b"t,j,i")}, "is t,j,i,k,v,q, not"),
    "another year": ({LAST: BACI[LAST].replace(b"2015", b"2014", 1)}, "or another year"),
    "a text for a value": ({LAST: BACI[LAST].replace(b"1000.125", b"n/a")}, "other cells than numbers"),
    "a wrong sign": ({LAST: BACI[LAST].replace(b"1000.125", b"-1000.125")}, "other cells than numbers"),
    "a row cut off": ({LAST: BACI[LAST][:-20]}, "other cells than numbers"),
    "Korea’s number for North Korea": (
        {CODES: BACI[CODES].replace(b"410,,KR", b"410,,KP").replace(b"408,,KP", b"408,,KR")},
        "lacks, or has twice: 410 for KR, 408 for KP",
    ),
    "a number twice": ({CODES: BACI[CODES] + b"410,,KR,\n"}, "lacks, or has twice: a number"),
    "an unknown number": ({LAST: BACI[LAST] + b"2015,999,242,010121,1,1\n"}, "its list of countries lacks 999"),
    "a column of codes renamed": ({CODES: BACI[CODES].replace(b"country_iso2", b"iso2")}, "without country_iso2"),
}


@pytest.mark.parametrize(("files", "expected"), BAD_FILES.values(), ids=BAD_FILES)
def test_what_is_wrong_in_an_archive_is_named(files, expected):
    with pytest.raises(data.DataError, match=expected):
        asked("large 9 baci", zipped(changed(files)))


def changed(files):
    return {name: content for name, content in (BACI | files).items() if content is not None}


WHOLE = zipped(BACI)
DAMAGED = WHOLE.replace(LAST.encode(), LAST.replace("HS92", "HS93").encode(), 1)
BAD_ANSWERS = {
    "too large": (WHOLE, {"length": "4000000001"}, "4000000001 bytes are announced, the limit is 4000000000"),
    "cut off": (WHOLE[:900], {"length": str(len(WHOLE))}, "the answer was cut off"),
    "half of it": (WHOLE[:900], {}, "it is no sound ZIP archive"),
    "damaged": (DAMAGED, {}, "it is no sound ZIP archive"),
    "a web page": (b"<html>moved</html>", {}, "the answer is a web page"),
    "out of its folder": (zipped(changed({"../x.csv": b"1"})), {}, "a name that leads out of it"),
    "the last year missing": (zipped(changed({LAST: None})), {}, "end lost: year ends with 2014, not 2015"),
    "dollars": (zipped(changed({LAST: BACI[LAST].replace(b"1000.125", b"1000125")})), {}, "decimal point"),
}


def test_a_bad_archive_is_refused_by_name_and_changes_nothing(archive):
    before = archive.desk.state()
    for content, headers, expected in BAD_ANSWERS.values():
        with pytest.raises(Refused, match=expected):
            archive.refresh(content, **headers)
        assert archive.desk.state() == before and not [*archive.desk.cache.rglob("*.part")]


def test_an_archive_that_unpacks_to_more_than_its_limit_is_refused(archive, monkeypatch):
    monkeypatch.setattr("alliance.collect.forms.trade.UNPACKED", 1000)
    with pytest.raises(Refused, match="unpacked, the archive is larger than 1000 bytes"):
        archive.refresh()


def asked(form, *contents, address="https://a.b/c#A_2603.xlsx"):
    return forms.source_file(form, [forms.Answer(address, content) for content in contents])


CRS = oecd("").decode()
PAM = pacific("").decode()
SHORT = allowances("likeBasDt=2026").replace(b'"totalCount": 4', b'"totalCount": 9')
TRADE = json.loads(comtrade("period=202401"))
HEADER = b'["CTY_CODE", "CTY_NAME", "ALL_VAL_MO", "time"]'


@pytest.mark.parametrize(
    ("form", "content", "expected"),
    [
        ("oecd-crs", CRS.replace(",Q,", ",V,", 1), "other values than millions of constant dollars"),
        ("oecd-crs", CRS + CRS.splitlines()[1] + "\n", "was not asked for, or stands twice"),
        ("oecd-crs", CRS.replace(",KOR,", ",PRK,"), "PRK.* was not asked for"),
        ("lowy", PAM.replace(",SPE,", ",COM,", 1), "a line of A TRVAL COM _T was not asked for"),
        ("comtrade", json.dumps({"data": TRADE["data"] * 20}), "the most that are given"),
        ("comtrade", json.dumps({"data": [TRADE["data"][0] | {"partnerCode": 408}]}), "not UN Comtrade’s JSON"),
        ("comtrade", json.dumps({"data": [TRADE["data"][0] | {"netWgt": "4 t"}]}), "'4 t' is not a number"),
        ("census-years", "[" + HEADER.decode().replace("_MO", "_YR") + ', ["1", "A", "1,000", "2024-12"]]', "1,000"),
        ("census-months a b c", f"[{HEADER.decode()}, {', '.join(2 * ['[1, 2, 3, 4]'])}]", "stands twice"),
        ("census-sheet", b"PK", "no sound ZIP archive"),
        ("census-sheet", workbook(country=[["year", "IYR"], [2022, 1]]), "the first line is year, IYR, not year, CTY"),
        ("sipri-milex Share of GDP", workbook(**{"Constant (2024) US$": [["Country", 2024]]}), "not Share of GDP"),
        ("sipri-milex Share of GDP", workbook(**{"Share of GDP": [["Land", 2024]]}), "begins with Country"),
        ("owid x", lines(["Entity", "Code", "Year", "a", "b"], ["F", "FJI", 2010, 1, 2]), "not a, b"),
        ("carbon-budget a b", carbon(""), "1 of 2 sheets have figures"),
        ("carbon-budget a", carbon("").replace(b"150.5", b"n/a", 1), "'n/a' is not a number"),
        ("carbon-budget a", carbon("").replace(b"South Korea", b"Korea"), "without South Korea"),
        ("iea-sectors", sectors("").replace(b"MtCO2", b"kt", 1), "other sectors or units than are known: kt"),
        ("iea-sectors", sectors("").replace(b"Residential", b"Homes"), "than are known: Homes"),
        ("allowances a b c", SHORT, "4 of 9 prices"),
        ("allowances a b c", allowances("likeBasDt=2026").replace(b"20260102", b"2026-01-02"), "not the Financial"),
        ("allowances a b c", b"<OpenAPI_ServiceResponse>no such key</OpenAPI_ServiceResponse>", "not the Financial"),
        ("troops", report("ON DUTY"), "names the group Active Duty"),
        ("troops", report("ACTIVE DUTY", ("JAPAN", 5)), "1 totals of active duty, and the hosts JPN"),
        ("troops", report("ACTIVE DUTY", *((name, "N/A") for name in dmdc.NAMES)), "no whole numbers: KOR: 'N/A'"),
        ("table iso3c", votes("")[:400], "it is no sound Stata file"),
        ("table iso3c|session", votes(""), "without session"),
        ("table a|b", lines(["a", "c"], [1, 2]), "its columns are a, c, without b"),
        ("table a", lines(["a", "a"], [1, 2]), "without a"),
        ("missiles", json.dumps({"timeBins": [{"data": [{"date": "2017-05-14"}]}]}), "not the list’s JSON"),
    ],
)
def test_what_only_the_answer_shows_is_looked_at(form, content, expected):
    with pytest.raises(data.DataError, match=expected):
        asked(form, content.encode() if isinstance(content, str) else content)


def test_a_form_that_there_is_not_is_named():
    with pytest.raises(data.DataError, match=r"registry\.csv gives it the form frod, which there is not"):
        asked("frod South Korea", b"x")


@pytest.mark.parametrize("damage", [b"<a>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\xff" * 50, b""])
def test_a_workbook_of_damaged_parts_is_refused(damage):
    whole, spoilt = workbook(country=[["year"]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as file, zipfile.ZipFile(spoilt, "w") as copy:
        for entry in file.namelist():
            copy.writestr(entry, damage if entry.endswith(("sheet1.xml", "workbook.xml")) else file.read(entry))
    with pytest.raises(data.DataError, match="it is no sound workbook"):
        asked("census-sheet", spoilt.getvalue())


def test_a_bomb_in_a_workbook_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("alliance.collect.archives.check.__defaults__", (1000,))
    with pytest.raises(data.DataError, match="larger than 1000 bytes"):
        asked("census-sheet", workbook(country=[["x" * 100] * 100] * 10))


def test_signs_for_what_is_not_known_are_one_sign():
    rows = list(csv.DictReader(io.StringIO(asked("sipri-milex Constant (2023) US$|Share of GDP", milex("")).decode())))
    korea = [row["value"] for row in rows if row["country"] == "Korea, South" and row["sheet"] == "Share of GDP"]
    assert korea == ["...", *["0.025"] * 5] and {row["country"] for row in rows} == {"Korea, South", "Japan"}


def test_only_the_line_of_all_ways_counts():
    rows = list(csv.DictReader(io.StringIO(asked("comtrade", comtrade("period=202401")).decode())))
    assert len(rows) == 18 and {row["qty"] for row in rows} == {"4000000.0"}


def test_only_the_region_is_kept_of_the_world():
    kept = json.loads(asked("natural-earth", outlines("")))["features"]
    assert [feature["properties"]["ISO_A3_EH"] for feature in kept] == ["KOR", "FJI"] and "FRA" not in REGION


def test_years_are_filled_into_an_address(monkeypatch):
    source = next(iter(LISTED.values()))._replace(interface="https://a.b/{2013..}?p={2013..}01 https://a.b/all")
    found = registry.addresses(source)
    assert found[0] == "https://a.b/2013?p=201301" and found[-1] == "https://a.b/all"
    assert all(int(later[12:16]) - int(earlier[12:16]) == 1 for earlier, later in pairwise(found[:-1]))
