"""ROK Ministry of Climate, Energy and Environment: the fourth phase of the emissions trading scheme, 2026–2030.

Read in press reports of the allocation plan (November 2025) and of the allocation to firms (December 2025).
"""

import pandas as pd

from alliance.collect.sources import Folder, american, correct, corrections, read

FILE = "vintages-2026-11/economy-climate/kets_phase4_allocation_2026_2030_keyed.csv"
TONNES = {"t CO2e": 1e-6, "Mt CO2e": 1.0, "Mt CO2e per year": 1.0}
COLUMNS = ["item", "period", "value", "unit", "note", "transcribed", "source_title", "source_url"]


def kets_allocation(folder: Folder) -> pd.DataFrame:
    """Tabulate the cap, the auction shares, and the allocation to firms; transcribed."""
    texts = dict.fromkeys(["item", "period", "unit", "note", "source_title", "source_url"], str)
    raw = read(folder, FILE, texts | {"value": float})
    raw = correct(raw, corrections("kets_allocation", "item", "period"), "item", "period")
    factor = raw["unit"].map(TONNES)
    frame = raw.assign(
        value=(raw["value"] * factor.fillna(1.0)).round(6),
        unit=raw["unit"].replace({"t CO2e": "Mt CO2e", "per cent": "percent"}),
        period=raw["period"].replace("phase 3", "2021-2025"),
        transcribed=True,
        source_title=american(raw["source_title"]),
        note=american(raw["note"]),
    )
    return frame[COLUMNS].sort_values(["item", "period"])
