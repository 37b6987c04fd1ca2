"""Forms of publishers who give trade by partner: the U.S. Census Bureau, UN Comtrade, and CEPII."""

import re
from collections.abc import Iterable
from zipfile import ZipFile

import pandas as pd

from alliance.collect import archives, cepii
from alliance.collect.census import CENSUS_CODES, DUTIES_OF, MONTHS
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, number, parsed, records, sheet

# The Bureau's code of all partners together.
ALL = "-"
NAMED = {code: partner for partner, code in CENSUS_CODES.items()}
# UN Comtrade's codes of the three partners, as the source file names them, and how much its open door gives at most.
PARTNERS = {410: "South Korea", 392: "Japan", 842: "USA"}
MOST = 500
# How large the files of an archive of BACI may be together, in bytes, and how many of their rows are read at once.
UNPACKED, ROWS = 40_000_000_000, 1_000_000
FLOWS = ["t", "i", "j", "k", "v", "q"]
Trade = dict[tuple[str, str], dict[str, int]]


def census_sheet(answers: list[Answer], _: str) -> bytes:
    """Read the Bureau's workbook: one line for each partner and year, months of imports and of exports."""
    (answer,) = answers
    columns = ["year", "CTY_CODE", "CTYNAME", *(flow + month for flow in "IE" for month in [*MONTHS, "YR"])]
    header, *lines = sheet(answer) or [[]]
    if header != columns:
        raise bad(answer.address, f"the first line is {', '.join(map(str, header))}, not {', '.join(columns)}")
    return csv_bytes(columns, lines)


def census_months(answers: list[Answer], words: str) -> bytes:
    """Read exports and imports by month; the argument names three columns, and the world where it is wanted."""
    partner, exports, imports, *world = words.split()
    trade, _ = _trade(answers, "ALL_VAL_MO", "GEN_VAL_MO")
    names = NAMED | dict.fromkeys([ALL], *world) if world else NAMED
    rows = [
        (names[code], time[:4], int(time[5:7]), *_millions(values, "ALL_VAL_MO", "GEN_VAL_MO"))
        for (code, time), values in trade.items()
        if code in names
    ]
    return csv_bytes([partner, "year", "month", exports, imports], sorted(rows))


def census_years(answers: list[Answer], _: str) -> bytes:
    """Read exports and imports of whole years, every partner; groups of states are left out."""
    trade, names = _trade(answers, "ALL_VAL_YR", "GEN_VAL_YR")
    rows = [
        (code, names[code], time[:4], values.get("GEN_VAL_YR", ""), values.get("ALL_VAL_YR", ""))
        for (code, time), values in trade.items()
        if code == ALL or (code.isdigit() and not code.startswith("00"))
    ]
    return csv_bytes(["CTY_CODE", "CTY_NAME", "YEAR", "imports", "exports"], sorted(rows))


def census_totals(answers: list[Answer], _: str) -> bytes:
    """Read exports and imports of whole years, for the partners whose months are kept."""
    trade, _names = _trade(answers, "ALL_VAL_YR", "GEN_VAL_YR")
    rows = [
        (NAMED[code], time[:4], "1-12", *_millions(values, "ALL_VAL_YR", "GEN_VAL_YR"))
        for (code, time), values in trade.items()
        if code in NAMED
    ]
    return csv_bytes(["partner", "year", "months", "exports_m_usd", "imports_m_usd"], sorted(rows))


def census_duties(answers: list[Answer], words: str) -> bytes:
    """Read duties and imports for consumption by month; the argument names the columns of the file."""
    header = words.split()
    names = {CENSUS_CODES[partner]: partner for partner in DUTIES_OF} | {ALL: "WLD"}
    trade, _names = _trade(answers, "CAL_DUT_MO", "CON_VAL_MO")
    rows = [
        (names[code], *((time,) if "period" in header else (time[:4], int(time[5:7]))), *_both(values))
        for (code, time), values in trade.items()
        if code in names
    ]
    return csv_bytes(header, sorted(rows))


def _both(values: dict[str, int]) -> tuple[int | str, int | str]:
    return values.get("CAL_DUT_MO", ""), values.get("CON_VAL_MO", "")


def _millions(values: dict[str, int], *variables: str) -> list[float | str]:
    return [values[variable] / 1e6 if variable in values else "" for variable in variables]


def _trade(answers: Iterable[Answer], *variables: str) -> tuple[Trade, dict[str, str]]:
    """Read the Bureau's JSON, a list of lines under a header: dollars by code and time, and the names of the codes."""
    trade: Trade = {}
    names: dict[str, str] = {}
    for answer in answers:
        try:
            header, *lines = parsed(answer, "the Bureau’s")
            for line in lines:
                row = dict(zip(header, line, strict=True))
                names[row["CTY_CODE"]] = row["CTY_NAME"]
                cells = trade.setdefault((row["CTY_CODE"], row["time"]), {})
                found = {variable: int(row[variable]) for variable in variables if variable in row}
                if not found or found.keys() & cells.keys():
                    raise ValueError(f"{row['CTY_NAME']} {row['time']} has no value, or stands twice")
                cells |= found
        except (TypeError, ValueError, KeyError) as error:
            raise bad(answer.address, f"not the Bureau’s JSON ({type(error).__name__}: {error})") from None
    return trade, names


def comtrade(answers: list[Answer], _: str) -> bytes:
    """Read Comtrade's JSON: of each month, partner, and commodity the line of all ways and procedures together."""
    rows = []
    for answer in answers:
        try:
            lines = parsed(answer, "UN Comtrade’s")["data"]
            whole = [
                line for line in lines if (line["partner2Code"], line["customsCode"], line["motCode"]) == (0, "C00", 0)
            ]
            rows += [
                (
                    f"{line['refYear']}-{line['refMonth']:02d}-01",
                    PARTNERS[line["partnerCode"]],
                    line["cmdCode"],
                    number(line["primaryValue"]),
                    number(line["netWgt"]) or 0,
                )
                for line in whole
            ]
        except (TypeError, ValueError, KeyError) as error:
            raise bad(answer.address, f"not UN Comtrade’s JSON ({type(error).__name__}: {error})") from None
        if len(lines) >= MOST:
            raise bad(answer.address, f"it holds {len(lines)} lines, the most that are given; some may be missing")
    return csv_bytes(["period_dt", "partner_name", "hs6", "val", "qty"], sorted(rows))


def baci(answers: list[Answer], _: str) -> bytes:
    """Read what Pacific Island states import by partner out of CEPII's archive: a file for each year, all products.

    Its values are thousands of dollars; the file has dollars. The archive is not unpacked.
    """
    (answer,) = answers
    with archives.opened(answer.file or answer.content, answer.address, UNPACKED) as archive:
        years, version = _years(archive, answer.address)
        codes = _countries(archive, f"country_codes_V{version}.csv", answer.address)
        sums = {year: _imports(archive, name, year, answer.address) for year, name in years.items()}
    unknown = {exporter for flows in sums.values() for _, exporter in flows} - codes.keys()
    if unknown:
        raise bad(answer.address, f"its list of countries lacks {', '.join(map(str, sorted(unknown)))}")
    rows = [
        (codes[importer], codes[exporter], year, round(1000 * value), version)
        for year, flows in sums.items()
        for (importer, exporter), value in flows.items()
    ]
    return csv_bytes(["Pacific ISO2", "Counterpart Code", "year", "value_usd", "version"], sorted(rows))


def _years(archive: ZipFile, address: str) -> tuple[dict[int, str], str]:
    """Find the files of the years from the first one on, and the version that all of them name."""
    found = [re.fullmatch(r"BACI_HS92_Y(\d{4})_V(\d{6}[a-z]?)\.csv", name) for name in archive.namelist()]
    years = {int(match[1]): match[0] for match in sorted(filter(None, found), key=lambda match: match[1])}
    versions = {match[2] for match in found if match}
    wanted = range(cepii.FIRST, max(years, default=cepii.FIRST) + 1)
    missing = [str(year) for year in wanted if year not in years]
    if missing or len(versions) != 1:
        problem = f"the archive lacks the years {', '.join(missing)}" if missing else "the archive mixes versions"
        raise bad(address, problem)
    return {year: years[year] for year in wanted}, versions.pop()


def _countries(archive: ZipFile, name: str, address: str) -> dict[int, str]:
    """Read which number stands for which country, and refuse a list where a known one stands for another."""
    if name not in archive.namelist():
        raise bad(address, f"the archive lacks {name}")
    plain = archive.read(name).decode("utf-8-sig", errors="replace").encode()  # only names have other letters
    listed = records(Answer(f"{address}, {name}", plain), "CEPII’s", "country_code", "country_iso2")
    codes = {row["country_code"]: row["country_iso2"] for row in listed}
    wrong = [f"{number} for {code}" for number, code in cepii.NUMBERS.items() if codes.get(str(number)) != code]
    if wrong or len(codes) != len(listed):
        raise bad(address, f"its list of countries lacks, or has twice: {', '.join(wrong) or 'a number'}")
    known = {int(number): code or number for number, code in codes.items() if number.isdigit()}
    return known | {cepii.TAIWAN: "TW"}


def _imports(archive: ZipFile, name: str, year: int, address: str) -> dict[tuple[int, int], float]:
    """Sum the flows of one year by importer and exporter, some rows at a time."""
    with archive.open(name) as file:
        header = file.readline(100).decode("utf-8-sig", errors="replace").strip()
        if header.replace('"', "") != ",".join(FLOWS):
            raise bad(address, f"the first line of {name} is {header}, not {','.join(FLOWS)}")
        kinds = {"t": "int64", "i": "int64", "j": "int64", "v": "float64"}
        try:
            parts = pd.read_csv(
                file, header=None, names=FLOWS, usecols=list(kinds), dtype=kinds, chunksize=ROWS, skipinitialspace=True
            )
            sums = [_summed(part, year) for part in parts]
        except ValueError as error:
            raise bad(address, f"{name} has other cells than numbers, or another year ({error})") from None
    return pd.concat(sums).groupby(level=["j", "i"]).sum().to_dict()


def _summed(flows: pd.DataFrame, year: int) -> pd.Series:
    if (flows["t"] != year).any() or not flows["v"].between(0, float("inf"), inclusive="left").all():
        raise ValueError("a year that is not its own, or a value that is none")
    ours = flows[flows["j"].isin([number for number, code in cepii.NUMBERS.items() if code in cepii.RECIPIENTS])]
    return ours.groupby(["j", "i"])["v"].sum()
