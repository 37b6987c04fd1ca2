"""International Maritime Bureau: attacks on ships.

One by one to 2020, compiled by Benden, Feng, Howell and Dalla Riva (CC BY 4.0); from 2020 on the totals of the yearly
reports, as press pages state them.
"""

import pandas as pd

from alliance.collect.sources import Folder, correct, corrections, read

PUBLISHED = "https://doi.org/10.5334/johd.39"

SOUTHEAST_ASIA = ["IDN", "MYS", "SGP", "PHL", "VNM", "THA", "KHM", "MMR", "BRN", "TLS"]
HORN_OF_AFRICA = ["SOM", "YEM", "OMN", "DJI", "ERI", "KEN", "SYC"]
GULF_OF_GUINEA = [
    "NGA",
    "BEN",
    "TGO",
    "GHA",
    "CIV",
    "CMR",
    "GNQ",
    "GAB",
    "STP",
    "COG",
    "AGO",
    "LBR",
    "SLE",
    "GIN",
    "COD",
]
PACIFIC = ["COK", "FJI", "FSM", "KIR", "MHL", "NIU", "NRU", "PLW", "PNG", "SLB", "TON", "TUV", "VUT", "WSM"]

# Waters whose incidents the reports state every year.
WATERS = ["World", "Singapore Straits", "Indonesia", "Gulf of Guinea"]


def sea_area(longitude: float, latitude: float, nearest_country: str) -> str:
    """Name the sea area of an attack: the straits by a box, all else by the nearest coast."""
    if 95 <= longitude <= 104.5 and 0.9 <= latitude <= 6.5:
        return "Straits of Malacca and Singapore"
    areas = {
        "other Southeast Asia": SOUTHEAST_ASIA,
        "Horn of Africa": HORN_OF_AFRICA,
        "Gulf of Guinea": GULF_OF_GUINEA,
        "Pacific islands": PACIFIC,
    }
    return next((area for area, coast in areas.items() if nearest_country in coast), "elsewhere")


def ship_attacks(folder: Folder) -> pd.DataFrame:
    """Tabulate attacks and attempts reported to the bureau, by year and sea area, 1993–2020."""
    file = "indo-pacific/imb_pirate_attacks_1993_2020_FULL.csv"
    columns = {"date": str, "longitude": float, "latitude": float, "nearest_country": str, "data_source": str}
    raw = read(folder, file, columns)
    frame = pd.DataFrame(
        {
            "year": raw["date"].str[:4].astype(int),
            "area": [
                sea_area(*row) for row in zip(raw["longitude"], raw["latitude"], raw["nearest_country"], strict=True)
            ],
            "compiled_by": raw["data_source"],
        }
    )
    counts = frame.groupby(["year", "area", "compiled_by"]).size().rename("reports").reset_index()
    return counts.assign(
        source_title="Benden and others (2021), reports of the International Maritime Bureau", source_url=PUBLISHED
    )


def ship_attack_totals(folder: Folder) -> pd.DataFrame:
    """Tabulate the incidents that the bureau counted a year in the world and in some waters, 2020–2025; transcribed."""
    file = "vintages-2026-11/security-indo-pacific/imb_piracy_2020_2025.csv"
    raw = read(folder, file, {"year": int, "area": str, "measure": str, "value": int, "address": str, "note": str})
    raw = raw[(raw["measure"] == "all incidents") & raw["area"].isin(WATERS)].sort_values(["area", "year"])
    raw = correct(raw, corrections("ship_attack_totals", "area", "year"), "area", "year")
    hosts = raw["address"].str.extract(r"https?://(?:www\.)?([^/]+)/")[0]
    return pd.DataFrame(
        {
            "area": raw["area"],
            "year": raw["year"],
            "incidents": raw["value"],
            "transcribed": True,
            "note": raw["note"],
            "source_title": "International Maritime Bureau, yearly report, as reported by " + hosts,
            "source_url": raw["address"],
        }
    )
