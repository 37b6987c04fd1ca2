"""Gallium, germanium, and graphite as metals, which the lines of the Harmonized System cannot show.

China's and Korea's customs, KOTRA, and the U.S. Geological Survey, read in trade and press reports. Two statements
of one quantity stand as two rows, told apart by their source; they are not reconciled.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, without_shelf_marks

FILE = "vintages-2026-11/economy-climate/gallium_germanium_graphite_flows_2019_2025_keyed.csv"
HANKYOREH = "https://www.hani.co.kr"  # the article's path was not kept
COLUMNS = ["flow", "good", "period", "value", "unit", "note", "transcribed", "source_title", "source_url"]


def mineral_flows(folder: Folder) -> pd.DataFrame:
    """Tabulate amounts and shares by flow, good, and period, 2019–2025; transcribed."""
    texts = dict.fromkeys(["flow", "good", "period", "unit", "note", "source_title", "source_url"], str)
    raw = read(folder, FILE, texts | {"value": float})
    url = raw["source_url"].mask(raw["source_url"].str.startswith("hani.co.kr"), HANKYOREH)
    title = without_shelf_marks(american(raw["source_title"]))
    frame = raw.assign(source_url=url, source_title=title, transcribed=True)
    return frame[COLUMNS].sort_values(["flow", "good", "period", "source_title"])
