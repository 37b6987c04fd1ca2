"""World Integrated Trade Solution (World Bank, from UN Comtrade): partners' shares in imports."""

from alliance.collect.sources import read
from alliance.countries import code

FILE = "economy-climate/wits_import_partner_share_1988_2018_all_reporters.csv"
REPORTERS = ["Korea, Rep.", "United States"]


def import_partner_shares(folder):
    """Share of every partner in the imports of the Republic of Korea (from 1988) and the United States (from 1991)."""
    years = [str(year) for year in range(1988, 2019)]
    raw = read(folder, FILE, {"Reporter Name": str, "Partner Name": str} | dict.fromkeys(years, float))
    raw = raw[raw["Reporter Name"].isin(REPORTERS)]
    frame = raw.melt(["Reporter Name", "Partner Name"], years, "year", "share_pct").dropna(subset="share_pct")
    frame = frame[frame["share_pct"] > 0].rename(columns={"Partner Name": "partner"})
    frame = frame.assign(reporter=frame["Reporter Name"].map(code), year=frame["year"].astype(int))
    return frame[["reporter", "year", "partner", "share_pct"]].sort_values(["reporter", "year", "partner"])
