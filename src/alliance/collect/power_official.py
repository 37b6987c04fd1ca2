"""Electricity by source as official bodies state it: Korea's ministry, utility, and exchange, and the U.S. agency.

Read in press reports. Generation and electricity traded are two bases, and neither is the Energy Institute's: a
figure shows one basis alone. Months, half-years, and forecasts of the source file are left out.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, readings

FILE = "vintages-2026-11/economy-climate/power_generation_kor_usa_2021_2025_keyed.csv"
MINISTRY, UTILITY = "ROK Ministry of Trade, gross generation", "KEPCO, gross generation"
EXCHANGE, AGENCY = "Korea Power Exchange, electricity traded", "U.S. Energy Information Administration, net generation"
BASES = {
    "KEPCO, gross generation": UTILITY,
    "MOTIE, gross generation": MINISTRY,
    "MOTIE, gross generation; includes fuel cells and IGCC": MINISTRY,
    "MOTIE, share of gross generation": MINISTRY,
    "KPX, electricity traded (not generation)": EXCHANGE,
    "EIA, utility scale plus small-scale solar as quoted; +3.0 %": AGENCY,
    "EIA; -3.3 %": AGENCY,
    "EIA; +13 %": AGENCY,
}
FORECAST = "total, electric power sector"
# The address was found again, whole, on November 28, 2026.
WOLF = (
    "https://wolfstreet.com/2026/02/24/whoosh-goes-demand-for-electricity-us-power-generation-by-source-in-2025"
    "-natural-gas-coal-nuclear-wind-hydro-solar-geothermal-biomass-petroleum/"
)


def power_official(folder: Folder) -> pd.DataFrame:
    """Tabulate terawatt-hours and shares by source and basis, Korea 2020–2024 and the United States 2025."""
    texts = dict.fromkeys(["country", "period", "source", "basis", "source_title", "source_url"], str)
    raw = read(folder, FILE, texts | {"value": float, "share_pct": float})
    raw = raw[raw["period"].str.fullmatch(r"\d{4}") & (raw["source"] != FORECAST)]
    raw.attrs["file"] = FILE
    frame = raw.assign(
        year=raw["period"].astype(int),
        source=raw["source"].replace("total traded", "total"),
        basis=readings(raw, "basis", BASES),
        generation_twh=raw["value"],
        transcribed=True,
        source_title=american(raw["source_title"]),
        source_url=raw["source_url"].mask(raw["source_url"].str.startswith("wolfstreet.com"), WOLF),
    )
    columns = ["country", "year", "source", "basis", "generation_twh", "share_pct", "transcribed"]
    return frame[[*columns, "source_title", "source_url"]].sort_values(["country", "basis", "year", "source"])
