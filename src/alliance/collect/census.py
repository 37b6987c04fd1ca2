"""U.S. Census Bureau: goods trade by partner and the duties calculated on it (public domain).

Three files: the Bureau's own sheet to 2022, the yearly totals of every partner, and months typed from a
published copy of the Bureau's programming interface. The sheet prints a month not yet published as 0.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, with_additions

FOLDER = "economy-climate/"
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
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
NO_NAME = "UNIDENTIFIED"


def us_goods_trade(folder: Folder) -> pd.DataFrame:
    """Tabulate U.S. goods trade with Korea, Japan and the world by month, from 1985 (world: 1987)."""
    columns = ["partner", "year", "month", "exports_m_usd", "imports_m_usd"]
    sheet = _sheet(folder)[columns].assign(status="sheet", **SHEET)
    typed = _typed(folder)[columns].assign(status="transcribed", **INTERFACE)
    frame = pd.concat([sheet, typed], ignore_index=True).sort_values(["partner", "year", "month"])
    return frame.round({"exports_m_usd": 1, "imports_m_usd": 1})


def _sheet(folder: Folder) -> pd.DataFrame:
    """Take the months of the Bureau's sheet, one row each, for years it holds whole."""
    flows = [kind + month for kind in "IE" for month in MONTHS]
    raw = read(
        folder,
        FOLDER + "census_country_selected_1985_2023-01.csv",
        {"year": int, "CTYNAME": str} | dict.fromkeys(flows, float),
    )
    raw = raw[raw["CTYNAME"].isin(PARTNERS) & (raw["year"] <= LAST_WHOLE_YEAR)]
    long = raw.melt(["year", "CTYNAME"], flows)
    long["month"] = long["variable"].str[1:].map(MONTHS.index) + 1
    long["flow"] = long["variable"].str[0].map({"I": "imports_m_usd", "E": "exports_m_usd"})
    long["partner"] = long["CTYNAME"].map(PARTNERS)
    return long.pivot(index=["partner", "year", "month"], columns="flow", values="value").reset_index()


def _typed(folder: Folder) -> pd.DataFrame:
    """Take the months after the sheet's last whole year."""
    kinds = {"country_code": str, "year": int, "month": int, "exports": float, "imports": float}
    raw = read(folder, FOLDER + "census_us_goods_monthly_2023_2026-07_keyed.csv", kinds)
    raw = raw.rename(columns={"country_code": "partner", "exports": "exports_m_usd", "imports": "imports_m_usd"})
    raw["partner"] = raw["partner"].replace("WLD_NSA", "WLD")
    return raw[raw["partner"].isin(PARTNERS.values())]


def us_trade_partners(folder: Folder) -> pd.DataFrame:
    """Tabulate U.S. goods trade with every partner by year, 2013–2024; the sums of the Bureau are left out."""
    kinds = {"CTY_CODE": str, "CTY_NAME": str, "YEAR": int, "imports": float, "exports": float}
    raw = read(folder, FOLDER + "census_us_trade_by_country_annual_2013_2024.csv", kinds)
    raw = raw[raw["CTY_CODE"] != "-"]
    frame = raw.assign(
        partner=raw["CTY_NAME"].where(raw["CTY_NAME"] != "", NO_NAME),
        exports_m_usd=(raw["exports"] / 1e6).round(3),
        imports_m_usd=(raw["imports"] / 1e6).round(3),
        **INTERFACE,
    ).rename(columns={"YEAR": "year", "CTY_CODE": "census_code"})
    columns = ["year", "census_code", "partner", "exports_m_usd", "imports_m_usd", *INTERFACE]
    return frame[columns].sort_values(["year", "census_code"])


def us_duties(folder: Folder) -> pd.DataFrame:
    """Tabulate the duties calculated on U.S. imports by month, for some partners and years; all transcribed."""
    kinds = {"country_code": str, "period": str, "duties": float, "import_value": float}
    raw = read(folder, FOLDER + "census_calculated_duties_monthly_keyed.csv", kinds)
    frame = raw.assign(
        partner=raw["country_code"].replace("ALL", "WLD"),
        year=raw["period"].str[:4].astype(int),
        month=raw["period"].str[5:].astype(int),
        duties_m_usd=(raw["duties"] / 1e6).round(3),
        imports_m_usd=(raw["import_value"] / 1e6).round(3),
        status="transcribed",
        **INTERFACE,
    )
    columns = ["partner", "year", "month", "duties_m_usd", "imports_m_usd", "status", *INTERFACE]
    return with_additions(frame[columns], "us_duties").sort_values(["partner", "year", "month"])
