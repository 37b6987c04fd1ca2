"""ASEAN Smart Cities Network: its pilot cities, and what the two governments' programs say of themselves."""

import pandas as pd

from alliance.collect.sources import ADDITIONS, Folder, read, reading

CODES = {
    "Brunei Darussalam": "BRN",
    "Cambodia": "KHM",
    "Indonesia": "IDN",
    "Lao PDR": "LAO",
    "Malaysia": "MYS",
    "Myanmar": "MMR",
    "Philippines": "PHL",
    "Singapore": "SGP",
    "Thailand": "THA",
    "Viet Nam": "VNM",
}


def smart_cities(folder: Folder) -> pd.DataFrame:
    """Tabulate the 26 pilot cities that the ASEAN Smart Cities Network named in 2018."""
    file = "economy-climate/ascn_26_pilot_cities.csv"
    raw = read(folder, file, {"country": str, "city": str})
    raw["country"] = [reading(name, CODES, f"{file}, column country") for name in raw["country"]]
    frame = raw.assign(
        source_title="ASEAN Smart Cities Network, list of pilot cities",
        source_url="https://asean.org/our-communities/asean-smart-cities-network/",
    )
    return frame.sort_values(["country", "city"])


def smart_city_programs(folder: Folder) -> pd.DataFrame:
    """Tabulate what American and Korean programs for smart cities report of themselves; transcribed."""
    columns = [
        "country",
        "program",
        "place",
        "asean_country",
        "what",
        "as_of",
        "source_title",
        "source_url",
        "confidence",
        "note",
    ]
    return read(ADDITIONS, "smart_city_programs.csv", dict.fromkeys(columns, str))
