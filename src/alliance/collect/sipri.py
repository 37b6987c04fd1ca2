"""Stockholm International Peace Research Institute: military expenditure and arms transfers.

The institute allows small extracts for non-commercial use, with attribution. Only the countries, years and columns
the book draws are taken: five states and two measures, the same five of one fact sheet, and yearly sums of arms
deliveries to one recipient.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, readings, stated
from alliance.countries import code

MILEX_URL = "https://www.sipri.org/databases/milex"
TRANSFERS_URL = "https://armstransfers.sipri.org"
COUNTRIES = ["Korea, South", "Japan", "China", "Russia", "United States of America"]
MEASURES = {"Constant (2023) US$": "expenditure_m_usd_2023", "Share of GDP": "share_gdp_pct"}
NOT_KNOWN = "..."
REGISTER = "security/sipri_arms_register_to_south_korea_1995_2025.csv"
# The copy of the register that was read.
COPIED = "generated February 12, 2026"
FACT_SHEET = "vintages-2026-11/security-indo-pacific/sipri_factsheet_2025_table1_selected.csv"
FACT_SHEET_COLUMNS = {
    "spending_2025_bn_current_usd": "spending_bn_usd",
    "change_2024_25_pct_real": "change_2024_pct",
    "change_2016_25_pct_real": "change_2016_pct",
    "share_gdp_2025_pct": "share_gdp_pct",
    "share_gdp_2016_pct": "share_gdp_2016_pct",
}


def military_expenditure(folder: Folder) -> pd.DataFrame:
    """Tabulate military expenditure in constant dollars and as a share of GDP, five states, from 1990."""
    file = "security/sipri_milex_1949_2024_selected_long.csv"
    raw = read(folder, file, {"country": str, "sheet": str, "year": int, "value": str})
    raw = raw[raw["country"].isin(COUNTRIES) & raw["sheet"].isin(MEASURES) & (raw["year"] >= 1990)]
    values = pd.to_numeric(raw["value"].where(raw["value"] != NOT_KNOWN))
    wide = raw.assign(value=values).pivot(index=["country", "year"], columns="sheet", values="value")
    frame = wide.rename(columns=MEASURES).reset_index()
    frame["country"] = frame["country"].map(code)
    # The sheet gives fractions. One decimal of a million and three of a percent keep the extract small.
    frame["share_gdp_pct"] = (100 * frame["share_gdp_pct"]).round(3)
    frame["expenditure_m_usd_2023"] = frame["expenditure_m_usd_2023"].round(1)
    frame["source_title"] = "SIPRI Military Expenditure Database, 1949–2024"
    frame["source_url"] = MILEX_URL
    columns = ["country", "year", *MEASURES.values(), "source_title", "source_url"]
    return frame[columns].dropna(subset="expenditure_m_usd_2023").sort_values(["country", "year"])


def military_expenditure_2025(folder: Folder) -> pd.DataFrame:
    """Tabulate military expenditure in 2025 in current dollars, with real changes, five states; transcribed."""
    raw = read(folder, FACT_SHEET, {"iso3": str, "sipri_estimate": str} | dict.fromkeys(FACT_SHEET_COLUMNS, float))
    raw = raw[raw["iso3"].isin([code(country) for country in COUNTRIES])]
    frame = raw.rename(columns={"iso3": "country"} | FACT_SHEET_COLUMNS)
    frame["estimate"] = readings(raw, "sipri_estimate", {"yes": True, "no": False})
    frame = frame[["country", *FACT_SHEET_COLUMNS.values(), "estimate"]].sort_values("country")
    return frame.assign(
        transcribed=True,
        source_title="SIPRI Fact Sheet, Trends in World Military Expenditure, 2025, Table 1, read in a copy",
        source_url="https://doi.org/10.55163/ZLHQ1057",
    )


def arms_imports(folder: Folder) -> pd.DataFrame:
    """Tabulate the volume of major arms delivered to Korea by supplier and year, 1995–2024."""
    raw = read(
        folder, REGISTER, {"Supplier": str, "Recipient": str, "Delivery year": int, "TIV delivery values": float}
    )
    raw = raw.rename(columns={"Supplier": "supplier", "Delivery year": "year"})
    sums = raw.groupby(["year", "supplier"])["TIV delivery values"].sum().round(2)
    frame = sums.rename("tiv_m").reset_index()
    edition = stated(folder, REGISTER, "edition", COPIED)
    title = f"SIPRI Arms Transfers Database, trade register {edition}, summed"
    return frame.assign(source_title=title, source_url=TRANSFERS_URL)
