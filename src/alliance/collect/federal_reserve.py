"""Federal Reserve, H.10 foreign exchange rates (public domain)."""

import pandas as pd

from alliance.collect.sources import Folder, read
from alliance.countries import code

TITLE = "Federal Reserve, H.10 / G.5A yearly average (FRED series AEXKOUS)"
URL = "https://fred.stlouisfed.org/series/AEXKOUS"


def exchange_rates(folder: Folder) -> pd.DataFrame:
    """Tabulate won per U.S. dollar, average of the year, from 1991."""
    raw = read(folder, "security/fed_fx_annual_selected.csv", {"Date": str, "Country": str, "Exchange rate": float})
    raw = raw[raw["Country"] == "South Korea"]
    frame = raw.assign(
        country=raw["Country"].map(code),
        year=raw["Date"].str[:4].astype(int),
        krw_per_usd=raw["Exchange rate"],
        source_title=TITLE,
        source_url=URL,
    )
    columns = ["country", "year", "krw_per_usd", "source_title", "source_url"]
    return frame.loc[frame["year"] >= 1991, columns].sort_values(["country", "year"])
