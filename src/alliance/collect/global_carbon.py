"""Global Carbon Budget 2025 (CC BY 4.0): carbon dioxide where it is emitted and where the goods are used.

One edition for all years: figures of the editions before it are not mixed in, because consumption is revised in
each. The Budget counts carbon; carbon dioxide is that times 3.664. A person has to accept the terms of the Budget's own
download; openclimatedata gives its sheets as CSV files.
"""

import pandas as pd

from alliance.collect.sources import Folder, read

FILE = "vintages-2026-11/economy-climate/gcb2025_fossil_co2_selected.csv"
# States as the Budget names them.
NAMES = {"China": "CHN", "Germany": "DEU", "Japan": "JPN", "South Korea": "KOR", "USA": "USA"}
DIOXIDE = 3.664  # the weight of carbon dioxide with one unit of carbon
FIRST = 1990  # consumption is not known before
COLUMNS = {"territorial_mtco2_computed": "territorial_mt", "consumption_mtco2_computed": "consumption_mt"}


def co2_footprints(folder: Folder) -> pd.DataFrame:
    """Tabulate territorial and consumption emissions of carbon dioxide, million metric tons, 1990–2023.

    The year 2024, of which the edition has territorial emissions alone, is left out.
    """
    raw = read(folder, FILE, {"country": str, "year": int} | dict.fromkeys(COLUMNS, float))
    raw = raw[raw["country"].isin(NAMES.values()) & (raw["year"] >= FIRST)]
    frame = raw.dropna().rename(columns=COLUMNS)
    return frame.sort_values(["country", "year"]).assign(
        source_title="Global Carbon Budget 2025, national fossil emissions v1.0",
        source_url="https://doi.org/10.18160/gcp-2025",
    )
