"""International Telecommunication Union, Global Cybersecurity Index: a small extract of facts with attribution.

Transcribed by others from the two reports.
"""

import pandas as pd

from alliance.collect.sources import read
from alliance.schema import DataError

FILE = "indo-pacific/itu_gci_2014_2024.csv"
NOT_SCORED = ["", "#N/A"]
COUNTRIES = {
    "Korea (the Republic of)": "KOR", "United States": "USA", "Indonesia": "IDN", "Cambodia": "KHM", "Lao": "LAO",
    "Myanmar": "MMR", "Malaysia": "MYS", "Philippines": "PHL", "Thailand": "THA", "Viet Nam": "VNM", "Fiji": "FJI",
    "Micronesia": "FSM", "Kiribati": "KIR", "Marshall Islands": "MHL", "Nauru": "NRU", "Palau": "PLW",
    "Papua New Guinea": "PNG", "Solomon Islands": "SLB", "Tonga": "TON", "Tuvalu": "TUV", "Vanuatu": "VUT", "Samoa": "WSM",
}  # fmt: skip
EDITIONS = dict.fromkeys([2020, 2024], "https://www.itu.int/en/ITU-D/Cybersecurity/Pages/global-cybersecurity-index.aspx")


def cybersecurity_index(folder):
    """Scores of the two allies and of states of ASEAN and the Pacific, editions of 2020 and 2024."""
    raw = read(folder, FILE, {"Country": str, "2020": str, "2024": str})
    raw = raw[raw["Country"].isin(COUNTRIES)]
    frames = [_edition(raw["Country"], raw[str(edition)], edition, url) for edition, url in EDITIONS.items()]
    return pd.concat(frames).dropna(subset="score").sort_values(["edition", "country"])


def _edition(names, cells, edition, url):
    scores = pd.to_numeric(cells.where(~cells.isin(NOT_SCORED)), errors="coerce")
    if (wrong := scores.isna() & ~cells.isin(NOT_SCORED)).any():
        raise DataError(f"{FILE}, column {edition}", f'"{cells[wrong].iloc[0]}" is not a number', "a score is a number or missing.", "get the file anew.")
    return pd.DataFrame({
        "country": names.map(COUNTRIES), "edition": edition, "score": scores, "transcribed": True,
        "source_title": f"ITU, Global Cybersecurity Index {edition}", "source_url": url,
    })  # fmt: skip
