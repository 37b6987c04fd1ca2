"""Defense Manpower Data Center: US military personnel by country.

Read through the R package troopdata (Flynn, GPL-3), file of single reports. Its companion with one
row per country and year is wrong for Korea in 2008 and must not be used.
"""

import calendar

from alliance.collect.sources import read
from alliance.countries import code

URL = "https://meflynn.github.io/troopdata"
COLUMNS = {
    "iso3c": str,
    "year": int,
    "month": str,
    "source": str,
    "Location": str,
    "troops_ad": float,
    "Total Active Duty": float,
}


def us_troops(folder):
    """Active-duty personnel permanently assigned to the Republic of Korea, one row per report, from 1991."""
    raw = read(folder, "security/troopdata_reports_1950_2024_selected.csv", COLUMNS)
    raw = raw[(raw["iso3c"] == "KOR") & (raw["year"] >= 1991)]
    # Reports before 2008 have no total of their own; troops_ad is the same count.
    active = raw["Total Active Duty"].fillna(raw["troops_ad"])
    frame = raw.assign(
        country=raw["Location"].map(code),
        month=raw["month"].map(list(calendar.month_name).index),
        active_duty=active.astype(int),
        source_title="Defense Manpower Data Center, report of " + raw["source"] + ", read through troopdata",
        source_url=URL,
    )
    columns = ["country", "year", "month", "active_duty", "source_title", "source_url"]
    return frame[columns].sort_values(["country", "year", "month"])
