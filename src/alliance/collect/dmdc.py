"""Defense Manpower Data Center: US military personnel by country.

Read through the R package troopdata (Flynn, GPL-3), file of single reports. Its companion with one
row per country and year is wrong for Korea in 2008 and must not be used.
"""

import calendar

import pandas as pd

from alliance.collect.sources import Folder, read

URL = "https://meflynn.github.io/troopdata"
REPORTS = "security/troopdata_reports_1950_2024_selected.csv"
COLUMNS = {
    "iso3c": str,
    "year": int,
    "month": str,
    "source": str,
    "troops_ad": float,
    "Total Active Duty": float,
}


def us_troops_abroad(folder: Folder) -> pd.DataFrame:
    """Tabulate active-duty personnel permanently assigned to three host countries, by report, from 1950."""
    raw = read(folder, REPORTS, COLUMNS)
    raw = raw[raw["iso3c"].isin(["KOR", "JPN", "DEU"])]
    frame = raw.assign(
        # The early reports print "Korea" alone; which one is meant is coded in the file (iso3c).
        country=raw["iso3c"],
        month=raw["month"].map(list(calendar.month_name).index),
        # Reports before 2008 have no total of their own; troops_ad is the same count.
        active_duty=raw["Total Active Duty"].fillna(raw["troops_ad"]).astype(int),
        source_title="Defense Manpower Data Center, report of " + raw["source"] + ", read through troopdata",
        source_url=URL,
    )
    columns = ["country", "year", "month", "active_duty", "source_title", "source_url"]
    return frame[columns].sort_values(["country", "year", "month"])


def us_construction(folder: Folder) -> pd.DataFrame:
    """Tabulate obligational authority for U.S. military construction in three host countries by place, 2008–2019."""
    kinds = {"iso3c": str, "year": int, "location": str, "spend_construction": float}
    raw = read(folder, "security/troopdata_builddata_2008_2019_selected.csv", kinds)
    raw = raw.rename(columns={"iso3c": "country", "location": "place"})
    sums = raw.groupby(["country", "year", "place"])["spend_construction"].sum() / 1000
    frame = sums.round(3).rename("amount_m_usd").reset_index()
    return frame.assign(source_title="troopdata, construction by site (builddata)", source_url=URL)
