"""EDGAR (European Commission, Joint Research Centre) as the World Bank republishes it (CC BY 4.0)."""

import pandas as pd

from alliance.collect.sources import Folder, read, typed

FILE = "economy-climate/wdi_edgar_total_ghg_excl_lulucf_keyed.csv"
STATES = {"kor": "KOR", "usa": "USA"}
FIRST = 1990
INDICATOR = "https://data.worldbank.org/indicator/EN.GHG.ALL.MT.CE.AR5?locations={}"
LOCATIONS = {"KOR": "KR", "USA": "US"}


def greenhouse_gas_emissions(folder: Folder) -> pd.DataFrame:
    """Tabulate emissions without land use, million metric tons of CO2 equivalent, from 1990."""
    raw = read(folder, FILE, {"geo": str, "time": int, "en_ghg_all_mt_ce_ar5": float})
    raw = raw[raw["geo"].isin(STATES) & (raw["time"] >= FIRST)]
    frame = raw.rename(columns={"time": "year", "en_ghg_all_mt_ce_ar5": "emissions_mt_co2e"})
    country = frame["geo"].map(STATES)
    frame = frame.assign(
        country=country,
        transcribed=typed(FILE),
        source_title="EDGAR in World Bank, World Development Indicators, EN.GHG.ALL.MT.CE.AR5",
        source_url=[INDICATOR.format(LOCATIONS[state]) for state in country],
    )
    columns = ["country", "year", "emissions_mt_co2e", "transcribed", "source_title", "source_url"]
    return frame[columns].sort_values(["country", "year"])
