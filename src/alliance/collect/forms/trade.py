"""Forms of publishers who give trade by partner: the U.S. Census Bureau and UN Comtrade."""

from collections.abc import Iterable

from alliance.collect.census import CENSUS_CODES, DUTIES_OF, MONTHS
from alliance.collect.forms.shapes import Answer, bad, csv_bytes, number, parsed, sheet

# The Bureau's code of all partners together.
ALL = "-"
NAMED = {code: partner for partner, code in CENSUS_CODES.items()}
# UN Comtrade's codes of the three partners, as the source file names them, and how much its open door gives at most.
PARTNERS = {410: "South Korea", 392: "Japan", 842: "USA"}
MOST = 500
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
