"""Electricity by source as official bodies state it: Korea's ministry, utility, and exchange, and the U.S. agency.

Read in press reports. Generation and electricity traded are two bases, and neither is the Energy Institute's: a
figure shows one basis alone. Months, half-years, and forecasts of the source file are left out.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, readings

FILE = "vintages-2026-11/economy-climate/power_generation_kor_usa_2021_2025_keyed.csv"
MINISTRY, UTILITY = "ROK Ministry of Trade, gross generation", "KEPCO, gross generation"
EXCHANGE = "Korea Power Exchange, electricity traded"
AGENCY = "U.S. Energy Information Administration, net generation with small-scale solar"
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
# Better sources than the file has for an incomplete address, a staging address, and a search page dated a month early.
WOLF = (
    "https://wolfstreet.com/2026/02/24/whoosh-goes-demand-for-electricity-us-power-generation-by-source-in-2025"
    "-natural-gas-coal-nuclear-wind-hydro-solar-geothermal-biomass-petroleum/"
)
NEWSIS = "https://www.newsis.com/view/NISX20250510_0003170430"
YTN = "https://science.ytn.co.kr/program/view.php?key=202502101606302111&mcd=0082"
TITLES = {
    "Economist (Korea), 9 Jan 2025, search page (Korea Power Exchange)": (
        "YTN Science, 10 Feb 2025 (Korea Power Exchange); the total from Economist (Korea), 9 Feb 2025"
    )
}
ADDRESSES = {"wolfstreet.com": WOLF, "test-www.newsis.com": NEWSIS, "economist.co.kr": YTN}


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
        source_title=american(raw["source_title"].replace(TITLES)),
        source_url=[
            next((better for site, better in ADDRESSES.items() if site in url), url) for url in raw["source_url"]
        ],
    )
    columns = ["country", "year", "source", "basis", "generation_twh", "share_pct", "transcribed"]
    return frame[[*columns, "source_title", "source_url"]].sort_values(["country", "basis", "year", "source"])
