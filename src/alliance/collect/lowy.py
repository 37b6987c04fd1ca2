"""Lowy Institute: what donors spent in fourteen Pacific Island states, through the Pacific Data Hub."""

import pandas as pd

from alliance.collect.sources import Folder, read

PUBLISHED = "https://pacificaidmap.lowyinstitute.org"
RECIPIENTS = {
    "CK": "COK",
    "FJ": "FJI",
    "FM": "FSM",
    "KI": "KIR",
    "MH": "MHL",
    "NR": "NRU",
    "NU": "NIU",
    "PW": "PLW",
    "PG": "PNG",
    "SB": "SLB",
    "TO": "TON",
    "TV": "TUV",
    "VU": "VUT",
    "WS": "WSM",
}
DONORS = {"KR": "KOR", "US": "USA", "AU": "AUS", "NZ": "NZL", "JP": "JPN", "CN": "CHN"}
LAST = 2023  # of 2024 the United States, Japan and the Republic of Korea are missing


def pacific_aid(folder: Folder) -> pd.DataFrame:
    """Tabulate spending by six donors and by all others together, per recipient and year, 2010–2023."""
    file = "indo-pacific/lowy_pacific_aid_spent.csv"
    raw = read(folder, file, {"pacific_code": str, "counterpart_code": str, "year": int, "value_usd": float})
    raw = raw[raw["year"] <= LAST]
    frame = pd.DataFrame(
        {
            "donor": raw["counterpart_code"].map(DONORS).fillna("others"),
            "recipient": raw["pacific_code"].map(RECIPIENTS),
            "year": raw["year"],
            "spent_usd": raw["value_usd"],
        }
    )
    sums = frame.groupby(["donor", "recipient", "year"])["spent_usd"].sum().round().astype(int).reset_index()
    return sums.assign(source_title="Lowy Institute, Pacific Aid Map, spent", source_url=PUBLISHED)
