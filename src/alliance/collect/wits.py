"""World Integrated Trade Solution (World Bank, from UN Comtrade): partners' shares in imports."""

import pandas as pd

from alliance.collect.sources import Folder, read
from alliance.countries import code

FILE = "economy-climate/wits_import_partner_share_1988_2018_all_reporters.csv"
REPORTERS = ["Korea, Rep.", "United States"]
SOURCE = {"source_title": "World Bank, WITS", "source_url": "https://wits.worldbank.org"}
# Partners below this share are added up: the extract stays small, and an index of squares loses less than 0.00003.
SMALLEST_PCT = 0.1
REST = "Other partners"


def import_partner_shares(folder: Folder) -> pd.DataFrame:
    """Tabulate shares of partners in the imports of Korea (from 1988) and the United States (from 1991)."""
    years = [str(year) for year in range(1988, 2019)]
    raw = read(folder, FILE, {"Reporter Name": str, "Partner Name": str} | dict.fromkeys(years, float))
    raw = raw[raw["Reporter Name"].isin(REPORTERS)]
    frame = raw.melt(["Reporter Name", "Partner Name"], years, "year", "share_pct").dropna(subset="share_pct")
    frame["partner"] = frame["Partner Name"].where(frame["share_pct"] >= SMALLEST_PCT, REST)
    frame = frame.assign(reporter=frame["Reporter Name"].map(code), year=frame["year"].astype(int))
    keys = ["reporter", "year", "partner"]
    return frame.groupby(keys)["share_pct"].sum().round(4).reset_index().assign(**SOURCE)
