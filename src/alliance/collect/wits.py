"""World Integrated Trade Solution (World Bank, from UN Comtrade): partners' shares in imports, to 2018.

Later years have other publishers and are marked by `basis`: the U.S. Census Bureau for the United States, and for
Korea one year of twelve partners by the International Trade Centre, read at second hand. They do not continue the
first series.
"""

import pandas as pd

from alliance.collect import census
from alliance.collect.sources import Folder, read
from alliance.countries import code

FILE = "economy-climate/wits_import_partner_share_1988_2018_all_reporters.csv"
REPORTERS = ["Korea, Rep.", "United States"]
SOURCE = {"source_title": "World Bank, WITS", "source_url": "https://wits.worldbank.org"}
# Partners below this share are added up: by their terms no more is passed on than the chapters use, and no index
# of squares loses more than a thousandth of itself.
SMALLEST_PCT = 0.25
REST = "Other partners"
LATER = "vintages-2026-11/economy-climate/korea_import_partner_shares_2023_keyed.csv"
NAMES = {
    "CHN": "China",
    "USA": "United States",
    "JPN": "Japan",
    "AUS": "Australia",
    "SAU": "Saudi Arabia",
    "VNM": "Vietnam",
    "TWN": "Other Asia, nes",
    "DEU": "Germany",
    "ARE": "United Arab Emirates",
    "MYS": "Malaysia",
    "QAT": "Qatar",
    "IDN": "Indonesia",
}
COLUMNS = ["reporter", "year", "partner", "basis", "share_pct", "complete", *SOURCE]


def import_partner_shares(folder: Folder) -> pd.DataFrame:
    """Tabulate shares of partners in the imports of Korea (1988–2018, 2023) and the United States (1991–2025)."""
    parts = [_wits(folder), _census(folder), _trade_centre(folder)]
    return pd.concat(parts, ignore_index=True)[COLUMNS].sort_values(["reporter", "year", "partner"])


def _wits(folder: Folder) -> pd.DataFrame:
    """Take both reporters from the World Bank's file."""
    years = [str(year) for year in range(1988, 2019)]
    raw = read(folder, FILE, {"Reporter Name": str, "Partner Name": str} | dict.fromkeys(years, float))
    raw = raw[raw["Reporter Name"].isin(REPORTERS)]
    frame = raw.melt(["Reporter Name", "Partner Name"], years, "year", "share_pct").dropna(subset="share_pct")
    frame = frame.assign(
        reporter=frame["Reporter Name"].map(code), year=frame["year"].astype(int), partner=frame["Partner Name"]
    )
    return _without_small(frame).assign(basis="WITS", complete=True, **SOURCE)


def _census(folder: Folder) -> pd.DataFrame:
    """Take the United States from 2019 on; of 2025 only 23 partners are known."""
    frame = _without_small(census.us_import_shares(folder))
    return frame.assign(basis="Census", complete=frame["year"] < census.NEWER_FROM, **census.INTERFACE)


def _trade_centre(folder: Folder) -> pd.DataFrame:
    """Take Korea's twelve largest partners of 2023, from one secondary page."""
    texts = dict.fromkeys(["reporter", "partner", "source_title", "source_url"], str)
    raw = read(folder, LATER, texts | {"year": int, "share_pct": float})
    return raw.assign(partner=raw["partner"].map(NAMES), basis="ITC, secondary", complete=False)


def _without_small(frame: pd.DataFrame) -> pd.DataFrame:
    """Add up the partners below the smallest share that is kept."""
    partner = frame["partner"].where(frame["share_pct"] >= SMALLEST_PCT, REST)
    sums = frame.assign(partner=partner).groupby(["reporter", "year", "partner"])["share_pct"].sum()
    return sums.round(4).reset_index()
