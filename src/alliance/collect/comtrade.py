"""UN Comtrade: what China reports to have exported of three minerals, by destination.

Read through a copy of its monthly figures. Only lines that stand for one commodity of the Harmonized System
are taken; the copy's own groups are wider than their names.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, reading

FILE = "economy-climate/comtrade_china_critical_minerals_deep_dive_hs6_monthly.csv"
SOURCE = {"source_title": "UN Comtrade, China, exports", "source_url": "https://comtradeplus.un.org"}
DESTINATIONS = {"South Korea": "KOR", "Japan": "JPN", "USA": "USA"}
# By their terms no more is passed on than the chapters use: one line since 2017, the others since 2021.
SINCE, LONGEST = 2021, ("250410", "KOR")
COMMODITIES = {
    "250410": "natural graphite, powder or flakes",
    "380110": "artificial graphite",
    "811292": "basket with gallium and germanium",
}


def china_mineral_exports(folder: Folder) -> pd.DataFrame:
    """Tabulate weights of China's exports of graphite and of a basket with gallium, by month, to 2024.

    Graphite goes to Korea (natural: since 2017), Japan, and the United States; of the basket, only what goes to Korea
    is taken.
    """
    raw = read(folder, FILE, {"period_dt": str, "partner_name": str, "hs6": str, "val": float, "qty": float})
    raw["commodity"] = [reading(line, COMMODITIES, f"{FILE}, column hs6") for line in raw["hs6"]]
    raw["destination"] = raw["partner_name"].map(DESTINATIONS)
    raw["year"], raw["month"] = raw["period_dt"].str[:4].astype(int), raw["period_dt"].str[5:7].astype(int)
    # A value without a weight is a weight not reported, and makes the month's sum unknown.
    raw["qty"] = raw["qty"].mask((raw["qty"] == 0) & (raw["val"] > 0))
    long = (raw["hs6"] == LONGEST[0]) & (raw["destination"] == LONGEST[1])
    raw = raw[((raw["year"] >= SINCE) | long) & raw["destination"].notna()]
    raw = raw[(raw["hs6"] != "811292") | (raw["destination"] == "KOR")]
    keys = ["hs6", "commodity", "destination", "year", "month"]
    sums = raw.groupby(keys)["qty"].agg(lambda weights: weights.sum(skipna=False)).rename("weight_kg")
    return sums.round(1).reset_index().assign(**SOURCE)
