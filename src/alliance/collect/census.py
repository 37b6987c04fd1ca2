"""U.S. Census Bureau: goods trade by partner and the duties calculated on it (public domain).

The Bureau's own sheet to 2022, the yearly totals of every partner to 2024, and months typed from published copies
of the Bureau's programming interface: from 2023 for three partners, from 2025 for those that a later copy has. The
sheet prints a month not yet published as 0.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, typed, with_additions

SHEET_FILE = "economy-climate/census_country_selected_1985_2023-01.csv"
TYPED_FILE = "economy-climate/census_us_goods_monthly_2023_2026-07_keyed.csv"
YEARLY_FILE = "economy-climate/census_us_trade_by_country_annual_2013_2024.csv"
DUTIES_FILE = "economy-climate/census_calculated_duties_monthly_keyed.csv"
_NEWER = "vintages-2026-11/economy-climate/census_"
GOODS_FILE = _NEWER + "us_goods_partners_monthly_2025_2026-08_keyed.csv"
TOTALS_FILE = _NEWER + "us_goods_partners_totals_2025_2026-08_keyed.csv"
SHARES_FILE = _NEWER + "us_import_partner_shares_2019_2025_computed.csv"
LATER_DUTIES_FILE = _NEWER + "duties_by_partner_monthly_2025_2026-08_keyed.csv"
SHEET = {
    "source_title": "U.S. Census Bureau, goods by country",
    "source_url": "https://www.census.gov/foreign-trade/balance/",
}
INTERFACE = {
    "source_title": "U.S. Census Bureau, interface intltrade",
    "source_url": "https://api.census.gov/data/timeseries/intltrade/",
}
PARTNERS = {"Korea, South": "KOR", "Japan": "JPN", "World, Not Seasonally Adjusted": "WLD"}
LAST_WHOLE_YEAR = 2022
NEWER_FROM = 2025  # the first year of the later copy; the world is not in it
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
NO_NAME = "UNIDENTIFIED"
# Partners of the later copy, by their code there: the Bureau's code.
CENSUS_CODES = {
    "AUS": "6021",
    "BEL": "4231",
    "BRA": "3510",
    "CAN": "1220",
    "CHE": "4419",
    "CHN": "5700",
    "DEU": "4280",
    "FRA": "4279",
    "GBR": "4120",
    "HKG": "5820",
    "IDN": "5600",
    "IND": "5330",
    "IRL": "4190",
    "ITA": "4759",
    "JPN": "5880",
    "KOR": "5800",
    "MEX": "2010",
    "MYS": "5570",
    "NLD": "4210",
    "SGP": "5590",
    "THA": "5490",
    "TWN": "5830",
    "VNM": "5520",
}
# Partners whose duties are kept, beside all together.
DUTIES_OF = ["CAN", "CHN", "DEU", "JPN", "KOR", "MEX", "TWN", "VNM"]
FLOWS = ["exports_m_usd", "imports_m_usd"]


def us_goods_trade(folder: Folder) -> pd.DataFrame:
    """Tabulate U.S. goods trade by month, with Korea, Japan, and the world from the 1980s, with others from 2025."""
    columns = ["partner", "year", "month", *FLOWS]
    sheet = _sheet(folder)[columns].assign(status="sheet", **SHEET)
    later = [
        _typed(folder)[columns].assign(status=_status(TYPED_FILE)),
        _newer(folder)[columns].assign(status=_status(GOODS_FILE)),
    ]
    frame = pd.concat([sheet, *(part.assign(**INTERFACE) for part in later)], ignore_index=True)
    return frame.sort_values(["partner", "year", "month"]).round(dict.fromkeys(FLOWS, 1))


def _status(file: str) -> str:
    """Say how the figures of a file came from the Bureau's programming interface."""
    return "transcribed" if typed(file) else "interface"


def _newer(folder: Folder) -> pd.DataFrame:
    """Take the months of the later copy; a month of which one flow was not read is left out."""
    kinds = {"partner": str, "year": int, "month": int} | dict.fromkeys(FLOWS, float)
    return read(folder, GOODS_FILE, kinds).dropna()


def _sheet(folder: Folder) -> pd.DataFrame:
    """Take the months of the Bureau's sheet, one row each, for years it holds whole."""
    flows = [kind + month for kind in "IE" for month in MONTHS]
    raw = read(
        folder,
        SHEET_FILE,
        {"year": int, "CTYNAME": str} | dict.fromkeys(flows, float),
    )
    raw = raw[raw["CTYNAME"].isin(PARTNERS) & (raw["year"] <= LAST_WHOLE_YEAR)]
    long = raw.melt(["year", "CTYNAME"], flows)
    long["month"] = long["variable"].str[1:].map(MONTHS.index) + 1
    long["flow"] = long["variable"].str[0].map({"I": "imports_m_usd", "E": "exports_m_usd"})
    long["partner"] = long["CTYNAME"].map(PARTNERS)
    return long.pivot(index=["partner", "year", "month"], columns="flow", values="value").reset_index()


def _typed(folder: Folder) -> pd.DataFrame:
    """Take the months after the sheet's last whole year, to where the later copy begins; of the world all."""
    kinds = {"country_code": str, "year": int, "month": int, "exports": float, "imports": float}
    raw = read(folder, TYPED_FILE, kinds)
    raw = raw.rename(columns={"country_code": "partner", "exports": "exports_m_usd", "imports": "imports_m_usd"})
    raw["partner"] = raw["partner"].replace("WLD_NSA", "WLD")
    earlier = (raw["year"] < NEWER_FROM) | (raw["partner"] == "WLD")
    return raw[raw["partner"].isin(PARTNERS.values()) & earlier]


def us_trade_partners(folder: Folder) -> pd.DataFrame:
    """Tabulate U.S. goods trade by year from 2013, every partner or 23; the Bureau's sums are left out."""
    kinds = {"CTY_CODE": str, "CTY_NAME": str, "YEAR": int, "imports": float, "exports": float}
    raw = read(folder, YEARLY_FILE, kinds)
    raw = raw[raw["CTY_CODE"] != "-"]
    frame = raw.assign(
        partner=raw["CTY_NAME"].where(raw["CTY_NAME"] != "", NO_NAME),
        exports_m_usd=(raw["exports"] / 1e6).round(3),
        imports_m_usd=(raw["imports"] / 1e6).round(3),
        status="all partners",
    ).rename(columns={"YEAR": "year", "CTY_CODE": "census_code"})
    columns = ["year", "census_code", "partner", *FLOWS, "status"]
    names = dict(zip(frame["census_code"], frame["partner"], strict=True))  # of the last year that has the code
    later = _totals(folder, names)[columns]
    later = later[~later["year"].isin(frame["year"])]
    both = pd.concat([frame[columns], later], ignore_index=True)
    return both.assign(**INTERFACE).sort_values(["year", "census_code"])


def _totals(folder: Folder, names: dict[str, str]) -> pd.DataFrame:
    """Take whole years of the partners that the later copy has, named as in the years before."""
    kinds = {"partner": str, "year": int, "months": str} | dict.fromkeys(FLOWS, float)
    raw = read(folder, TOTALS_FILE, kinds)
    raw = raw[raw["months"] == "1-12"]
    codes = raw["partner"].map(CENSUS_CODES)
    return raw.assign(census_code=codes, partner=codes.map(names), status="23 partners")


def us_import_shares(folder: Folder) -> pd.DataFrame:
    """Compute the partners' shares in U.S. imports: every partner 2019–2024; 23 of them 2025, over the whole."""
    kinds = {"reporter": str, "year": int, "partner": str, "iso": str, "imports_usd": float}
    raw = read(folder, SHARES_FILE, kinds)
    every = us_trade_partners(folder)
    names = dict(zip(every["census_code"], every["partner"], strict=True))
    whole = us_goods_trade(folder).query("partner == 'WLD' and year == 2025")["imports_m_usd"].sum() * 1e6
    totals = raw.groupby("year")["imports_usd"].sum().to_dict() | {2025: whole}
    codes = raw["iso"].map(CENSUS_CODES).where(raw["year"] == 2025)
    share = 100 * raw["imports_usd"] / raw["year"].map(totals)
    return pd.DataFrame(
        {
            "reporter": raw["reporter"],
            "year": raw["year"],
            "partner": codes.map(names).fillna(raw["partner"]),
            "share_pct": share,
        }
    )


def us_duties(folder: Folder) -> pd.DataFrame:
    """Tabulate the duties calculated on U.S. imports by month, for some partners and years."""
    kinds = {"country_code": str, "period": str, "duties": float, "import_value": float}
    raw = read(folder, DUTIES_FILE, kinds)
    months = raw.assign(
        partner=raw["country_code"].replace("ALL", "WLD"),
        year=raw["period"].str[:4].astype(int),
        month=raw["period"].str[5:].astype(int),
    )
    columns = ["partner", "year", "month", "duties_m_usd", "imports_m_usd"]
    earlier = _in_millions(months[months["year"] < NEWER_FROM], "duties", "import_value")[columns]
    frame = with_additions(earlier.assign(status=_status(DUTIES_FILE), **INTERFACE), "us_duties", columns[:3])
    frame = frame[frame["year"] < NEWER_FROM]
    later = _newer_duties(folder)[columns].assign(status=_status(LATER_DUTIES_FILE), **INTERFACE)
    return pd.concat([frame, later], ignore_index=True).sort_values(columns[:3])


def _newer_duties(folder: Folder) -> pd.DataFrame:
    """Take the months of the later copy; a month whose imports were not read is left out."""
    duties, imports = "calculated_duties_usd", "imports_for_consumption_usd"
    kinds = {"partner": str, "year": int, "month": int, duties: float, imports: float}
    raw = read(folder, LATER_DUTIES_FILE, kinds)
    return _in_millions(raw.dropna(), duties, imports)


def _in_millions(frame: pd.DataFrame, duties: str, imports: str) -> pd.DataFrame:
    return frame.assign(duties_m_usd=(frame[duties] / 1e6).round(3), imports_m_usd=(frame[imports] / 1e6).round(3))
