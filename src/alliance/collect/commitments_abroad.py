"""What Korea and its firms promised to invest in the United States, what was paid, and what firms were awarded.

The White House, the National Assembly, the Department of Commerce, and companies, read in press reports. The rows
of October 2026 come from one summary that names its sources; the originals were not read.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, without_shelf_marks

PLEDGES = "vintages-2026-11/economy-climate/us_korea_investment_commitments_2025_2026_keyed.csv"
AWARDS = "vintages-2026-11/economy-climate/chips_act_korean_firms_keyed.csv"
# Addresses that the file has incomplete: the pages were found again on November 28, 2026.
FOUND = {
    "koreajoongangdaily.joins.com article 2206582 (slug not kept)": (
        "U.S. Department of Commerce, release of December 19, 2024 (copy by EIN Presswire)",
        "https://www.einpresswire.com/article/770340399/biden-harris-administration-announces-chips-incentives-award"
        "-with-sk-hynix-to-advance-u-s-technological-leadership-and-expand-capacity-of-chips",
    ),
    "koreajoongangdaily.joins.com article 2454378 (slug not kept)": (
        "Korea JoongAng Daily, November 14, 2025, article 2454378",
        "https://koreajoongangdaily.joins.com/news/2025-11-14/national/diplomacy/"
        "White-House-releases-joint-fact-sheet-on-KoreaUS-trade-and-defense-talks/2454378",
    ),
}
# Better sources than the file has: a national daily for a copy at a radio station.
BETTER = {
    "Hyundai Motor Group": ("Korea Herald, August 26, 2025", "https://www.koreaherald.com/article/10562134"),
    "private pledge": ("Korea Herald, August 26, 2025, from Yonhap", "https://www.koreaherald.com/article/10561697"),
}
DAYS = {"2024-04": "2024-04-15"}  # the day of the release: statement of Senator Cornyn, April 15, 2024
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
    pledges = raw.assign(
        kind=raw["item"].map(KINDS),
        value=pd.to_numeric(raw["value"], errors="coerce"),  # votes and acts without an amount have none
        confidence="one source",
    )
    frame = pd.concat([pledges, _awards(folder)], ignore_index=True)
    sources = [
        BETTER.get(item, FOUND.get(url, (title, url)))
        for item, title, url in zip(frame["item"], frame["source_title"], frame["source_url"], strict=True)
    ]
    frame["source_title"], frame["source_url"] = zip(*sources, strict=True)
    frame["date"] = frame["date"].replace(DAYS)
    frame["source_title"] = without_shelf_marks(american(frame["source_title"]))
    frame["unit"] = frame["unit"].str.replace("bn USD", "billion USD").replace(UNITS)
    return frame[COLUMNS].assign(transcribed=True).sort_values(["date", "item"])


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
