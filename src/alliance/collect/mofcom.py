"""China's Ministry of Commerce: export controls that bear on Korea's supply chains, 2023 – September 2026.

Read through summaries of the Ministry's pages; the measures' own addresses are kept where they were given.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, correct, corrections, read, without_shelf_marks

FILE = "vintages-2026-11/economy-climate/china_export_controls_2023_2026_keyed.csv"
PORTAL = "http://exportcontrol.mofcom.gov.cn"
# Days that the file gives with words, as read since in the notice (No. 33) and in reports of it (No. 70).
DAYS = {"2024-08 (portal page dated 2024-08-26)": "2024-08-15", "2025-11 (day not read)": "2025-11-07"}
TEXTS = ["measure", "announced", "in_force", "goods", "kind", "official_url", "where_read"]


def china_export_controls(folder: Folder) -> pd.DataFrame:
    """Tabulate controls, suspensions, and talks, in order of their announcement; transcribed."""
    raw = read(folder, FILE, dict.fromkeys(TEXTS, str))
    raw = correct(raw, corrections("china_export_controls", "measure"), "measure")
    suspended = raw["goods"].str.contains("(suspended)", regex=False)
    frame = raw.assign(
        announced=raw["announced"].replace(DAYS),
        goods=raw["goods"].str.replace(" (suspended)", "", regex=False),
        kind=american(raw["kind"]),
        state=suspended.map({True: "suspended", False: "in force"}).mask(
            raw["kind"].isin(["suspension", "dialogue", "extension"]), "not a control"
        ),
        source_title=without_shelf_marks(raw["measure"] + "; read in: " + raw["where_read"].str.split(" docs/").str[0]),
        source_url=raw["official_url"].where(raw["official_url"] != "", PORTAL),
        transcribed=True,
    )
    columns = [
        "measure",
        "announced",
        "in_force",
        "goods",
        "kind",
        "state",
        "transcribed",
        "source_title",
        "source_url",
    ]
    return frame[columns].sort_values(["announced", "measure"])
