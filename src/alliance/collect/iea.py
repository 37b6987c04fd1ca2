"""International Energy Agency: carbon dioxide by sector and the Global EV Data Explorer 2025 (CC BY 4.0).

The agency calls the Republic of Korea "Korea"; its membership leaves no doubt which state is meant.
"""

import pandas as pd

from alliance.collect.sources import Folder, read

EMITTERS = {"Korea": "KOR", "United States": "USA"}
STATES = {"Korea": "KOR", "United States": "USA", "USA": "USA", "China": "CHN", "Japan": "JPN", "World": "WLD"}
SECTORS = {
    "Electricity and heat producers": "electricity and heat",
    "Other energy industries": "other energy industries",
    "Transport Sector": "transport",
    "Industry Sector": "industry",
    "Commercial and Public Services": "services",
    "Residential": "homes",
    "Agriculture/Forestry": "farming, fishing and other",
    "Fishing": "farming, fishing and other",
    "Non-specified (Other)": "farming, fishing and other",
}
BROWSER = "https://www.iea.org/data-and-statistics/data-tools/energy-statistics-data-browser"
EXPLORER = "https://www.iea.org/data-and-statistics/data-tools/global-ev-data-explorer"


def co2_by_sector(folder: Folder) -> pd.DataFrame:
    """Tabulate carbon dioxide from burning fuel by the sector that burns it, million metric tons, 1990–2023."""
    columns = {"country": str, "year": int, "category": str, "value": float}
    raw = read(folder, "economy-climate/iea_co2_by_sector.csv", columns)
    raw = raw[raw["country"].isin(EMITTERS)]
    raw = raw.assign(country=raw["country"].map(EMITTERS), sector=raw["category"].map(SECTORS))
    frame = raw.groupby(["country", "year", "sector"])["value"].sum().round(3).rename("co2_mt").reset_index()
    return frame.assign(source_title="International Energy Agency, CO2 emissions by sector", source_url=BROWSER)


def electric_cars(folder: Folder) -> pd.DataFrame:
    """Tabulate the share of electric cars in the sales of a year and in all cars, percent, from 2010."""
    columns = {"region_country": str, "category": str, "parameter": str, "mode": str, "powertrain": str}
    raw = read(folder, "economy-climate/iea_ev_historical_selected.csv", columns | {"year": int, "value": float})
    raw = raw[(raw["category"] == "Historical") & (raw["mode"] == "Cars") & (raw["powertrain"] == "EV")]
    raw = raw[raw["region_country"].isin(STATES)].assign(country=raw["region_country"].map(STATES))
    wide = raw.pivot(index=["country", "year"], columns="parameter", values="value").reset_index()
    frame = wide.rename(columns={"EV sales share": "sales_share_pct", "EV stock share": "stock_share_pct"})
    frame = frame.assign(source_title="International Energy Agency, Global EV Data Explorer", source_url=EXPLORER)
    return frame[["country", "year", "sales_share_pct", "stock_share_pct", "source_title", "source_url"]].rename_axis(
        columns=None
    )
