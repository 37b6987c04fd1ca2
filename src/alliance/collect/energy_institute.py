"""Energy Institute, Statistical Review of World Energy 2025: who mines critical minerals.

The Institute allows quotation with attribution and asks permission for extensive reproduction: six minerals
and three years are taken.
"""

from alliance.collect.sources import read

FILE = "economy-climate/ei_critical_minerals_production_1995_2024.csv"
SOURCE = {"source_title": "Energy Institute, Statistical Review 2025", "source_url": "https://www.energyinst.org/statistical-review"}
SUFFIX = "_production_and_reserves"
MINERALS = {
    "natural_graphite": "natural graphite", "rare_earth_metals": "rare earths", "cobalt": "cobalt", "lithium": "lithium",
    "nickel": "nickel", "vanadium": "vanadium",
}  # fmt: skip
YEARS = [2014, 2019, 2024]
# Producers as the file names them; the file gives Russia two names.
PRODUCERS = {"democratic_republic_of_congo": "DR Congo", "russia": "Russia", "russian_federation": "Russia", "rest_of_world": "others"}


def mineral_production(folder):
    """Mine production of six critical minerals by producer, thousand tonnes, 2014, 2019 and 2024."""
    raw = read(folder, FILE, {"geo": str, "year": int, "indicator": str, "value": float})
    raw["mineral"] = raw["indicator"].str.removesuffix(SUFFIX).map(MINERALS)
    raw = raw[raw["mineral"].notna() & raw["year"].isin(YEARS) & (raw["geo"] != "total_world") & (raw["value"] > 0)]
    producers = [PRODUCERS.get(geo, geo.replace("_", " ").title()) for geo in raw["geo"]]
    frame = raw.assign(producer=producers, production_kt=raw["value"].round(3), **SOURCE)
    return frame[["mineral", "year", "producer", "production_kt", *SOURCE]].sort_values(["mineral", "year", "producer"])
