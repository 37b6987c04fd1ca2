"""Bank of Korea: Korea's balance of payments with single partners, read in press reports of its June releases.

A year is revised in the releases after it: `vintage` says which release a figure is from, and figures of two
releases are not joined to one series.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, with_additions

FILE = "vintages-2026-11/economy-climate/bok_regional_balance_2018_2024_keyed.csv"
KINDS = {"partner": str, "year": int, "item": str, "korea_balance_bn_usd": float, "vintage": str}
COLUMNS = ["partner", "year", "item", "vintage", "balance_bn_usd", "transcribed", "source_title", "source_url"]


def regional_balance(folder: Folder) -> pd.DataFrame:
    """Tabulate Korea's balances with the United States, China, Japan, and the world; minus is a Korean deficit."""
    raw = read(folder, FILE, KINDS | {"source_title": str, "source_url": str})
    raw = raw.assign(source_title=american(raw["source_title"]), transcribed=True)
    frame = raw.rename(columns={"korea_balance_bn_usd": "balance_bn_usd"})
    added = with_additions(frame[COLUMNS].drop(columns="transcribed"), "regional_balance").assign(transcribed=True)
    return added[COLUMNS].sort_values(["partner", "item", "year", "vintage"])
