"""Energy Institute, Statistical Review of World Energy: a small extract with attribution."""

from alliance.collect.sources import read

IMPORTERS = {"china": "CHN", "japan": "JPN", "singapore": "SGP", "south_korea": "KOR", "thailand": "THA", "malaysia": "MYS"}


def lng_imports(folder):
    """Imports of liquefied natural gas by six states, 2000–2024."""
    raw = read(folder, "indo-pacific/ei_lng_imports_bcm.csv", {"geo": str, "year": int, "gas_lng_imports_bcm": float})
    raw = raw[raw["geo"].isin(IMPORTERS)]
    frame = raw.assign(country=raw["geo"].map(IMPORTERS), imports_bn_m3=raw["gas_lng_imports_bcm"].round(1))
    return frame[["country", "year", "imports_bn_m3"]].sort_values(["country", "year"]).assign(
        source_title="Energy Institute, Statistical Review of World Energy 2025", source_url="https://www.energyinst.org/statistical-review"
    )
