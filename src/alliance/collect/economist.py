"""The Economist: deaths above what was expected (data CC BY 4.0)."""

import pandas as pd

from alliance.collect.sources import Folder, read
from alliance.countries import code

FILE = "economy-climate/economist_excess_deaths.csv"
SOURCE = {
    "source_title": "The Economist, excess deaths tracker",
    "source_url": "https://github.com/TheEconomist/covid-19-excess-deaths-tracker",
}
COUNTRIES = ["South Korea", "United States", "Japan", "Germany"]


def excess_deaths(folder: Folder) -> pd.DataFrame:
    """Tabulate deaths, expected deaths and Covid-19 deaths by week (Japan: month), from December 30, 2019."""
    kinds = {
        "country": str,
        "start_date": str,
        "end_date": str,
        "population": int,
        "total_deaths": float,
        "covid_deaths": float,
        "expected_deaths": float,
    }
    raw = read(folder, FILE, kinds)
    raw = raw[raw["country"].isin(COUNTRIES)]
    frame = raw.assign(country=raw["country"].map(code), expected_deaths=raw["expected_deaths"].round(1))
    return frame[list(kinds)].sort_values(["country", "start_date"]).assign(**SOURCE)
