"""What Korea and its firms promised to invest in the United States, what was paid, and what firms were awarded.

The White House, the National Assembly, the Department of Commerce, and companies, read in press reports. The rows
of October 2026 come from digests that name their sources; the originals were not read.
"""

import pandas as pd

from alliance.collect.sources import (
    Folder,
    american,
    correct,
    corrections,
    read,
    with_additions,
    without_shelf_marks,
)

PLEDGES = "vintages-2026-11/economy-climate/us_korea_investment_commitments_2025_2026_keyed.csv"
AWARDS = "vintages-2026-11/economy-climate/chips_act_korean_firms_keyed.csv"
KINDS = {
    "total pledge": "pledge",
    "cash part": "pledge",
    "shipbuilding part": "pledge",
    "annual ceiling": "pledge",
    "private pledge": "pledge",
    "Hyundai Motor Group": "pledge",
    "Korean Air": "purchase",
    "KOGAS LNG purchase": "purchase",
    "memorandum": "act",
    "bill": "act",
    "special act": "act",
    "tariff rate": "act",
    "LNG dispute": "dispute",
    "first transfer": "payment",
    "first project": "project",
    "first project capacity": "project",
    "foreign reserves": "other",
}
UNITS = {"per cent": "percent", "Mt per year, about ten years": "million metric tons a year, about ten years"}
COLUMNS = ["date", "kind", "item", "value", "unit", "fact", "confidence", "source_title", "source_url"]
TEXTS = ["date", "item", "value", "unit", "fact", "source_title", "source_url"]


def investment_commitments(folder: Folder) -> pd.DataFrame:
    """Tabulate pledges, acts, payments, and awards, 2024 – October 2026; transcribed."""
    raw = read(folder, PLEDGES, dict.fromkeys(TEXTS, str))
    pledges = raw.assign(kind=raw["item"].map(KINDS), confidence="one source")
    frame = pd.concat([pledges, _awards(folder)], ignore_index=True)
    frame.attrs["file"] = f"{PLEDGES} or {AWARDS}"
    frame = correct(frame, corrections("investment_commitments", "item"), "item")
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")  # acts without an amount have none
    frame["source_title"] = without_shelf_marks(american(frame["source_title"]))
    frame["unit"] = frame["unit"].str.replace("bn USD", "billion USD").replace(UNITS)
    frame = with_additions(frame[COLUMNS], "investment_commitments")
    return frame.assign(transcribed=True).sort_values(["date", "item"])


def _awards(folder: Folder) -> pd.DataFrame:
    """Take the awards under the CHIPS and Science Act; amounts are upper limits, paid by milestone."""
    kinds = {"company": str, "stage": str, "date": str, "award": float, "unit": str, "place": str}
    raw = read(folder, AWARDS, kinds | {"company_investment_bn_usd": float, "source_title": str, "source_url": str})
    form = raw["unit"].str.extract(r"(grant|loan)", expand=False)
    return raw.assign(
        kind="award",
        item=raw["company"] + ", " + raw["stage"] + ", " + form,
        value=raw["award"],
        unit="bn USD, up to",
        fact=[
            f"CHIPS and Science Act, {place}; the company invests {billions:g} billion dollars"
            for place, billions in zip(raw["place"], raw["company_investment_bn_usd"], strict=True)
        ],
        confidence="one source",
    )
