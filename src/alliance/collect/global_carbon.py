"""Global Carbon Budget: carbon dioxide where it is emitted and where the goods are used.

Read through Gapminder's Fast Track collection (CC BY 4.0), in its indicators in million tonnes.
"""

import pandas as pd

from alliance.collect.sources import Folder, read

STATES = {"kor": "KOR", "usa": "USA"}
COLUMNS = {"terr_emissions": "territorial_mt", "cons_emissions": "consumption_mt"}


def co2_footprints(folder: Folder) -> pd.DataFrame:
    """Tabulate territorial and consumption emissions of carbon dioxide, million metric tons, 1990–2020."""
    columns = {"geo": str, "time": int, "indicator": str, "value": float}
    raw = read(folder, "economy-climate/gapminder_fasttrack_co2_pop.csv", columns)
    raw = raw[raw["geo"].isin(STATES) & raw["indicator"].isin(COLUMNS) & raw["time"].between(1990, 2020)]
    raw = raw.assign(country=raw["geo"].map(STATES))
    frame = raw.pivot(index=["country", "time"], columns="indicator", values="value").reset_index()
    frame = frame.rename(columns=COLUMNS | {"time": "year"}).rename_axis(columns=None)
    frame = frame[["country", "year", "territorial_mt", "consumption_mt"]]
    return frame.assign(
        source_title="Global Carbon Budget, read through Gapminder Fast Track",
        source_url="https://globalcarbonbudget.org",
    )
