"""International Monetary Fund, World Economic Outlook of April 2019: what was expected before the pandemic."""

import pandas as pd

from alliance.collect.sources import Folder, read

FILE = "economy-climate/imf_weo_april2019_selected.csv"
SOURCE = {
    "source_title": "IMF, World Economic Outlook, April 2019",
    "source_url": "https://www.imf.org/en/Publications/WEO",
}
COUNTRIES = ["kor", "usa", "jpn", "deu", "fra", "gbr", "chn"]
INDICATORS = {"ngdp_rpch": "growth_pct", "lur": "unemployment_pct"}


def forecast_2019(folder: Folder) -> pd.DataFrame:
    """Tabulate growth and unemployment forecast in April 2019 for 2019–2024, seven economies."""
    raw = read(folder, FILE, {"country": str, "year": int, "value": float, "indicator": str})
    raw = raw[raw["country"].isin(COUNTRIES) & raw["indicator"].isin(INDICATORS) & raw["year"].between(2019, 2024)]
    wide = (
        raw.pivot(index=["country", "year"], columns="indicator", values="value")
        .rename(columns=INDICATORS)
        .reset_index()
    )
    wide["country"] = wide["country"].str.upper()
    return wide[["country", "year", *INDICATORS.values()]].sort_values(["country", "year"]).assign(**SOURCE)
