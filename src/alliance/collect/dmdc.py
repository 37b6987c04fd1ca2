"""Defense Manpower Data Center: US military personnel by country.

Read through the R package troopdata (Flynn, GPL-3), file of single reports; later quarters are the Center's own. The
companion of that file, with one row per country and year, is wrong for Korea in 2008 and must not be used.
"""

import calendar

import pandas as pd

from alliance.collect.sources import Folder, read, typed

URL = "https://meflynn.github.io/troopdata"
OFFICIAL = "https://dwp.dmdc.osd.mil/dwp/app/dod-data-reports/workforce-reports"
NEWEST = "vintages-2026-11/security-indo-pacific/dmdc_troops_2026-03_selected.csv"
HOSTS = ["KOR", "JPN", "DEU"]
NAMES = {"KOREA, SOUTH": "KOR", "JAPAN": "JPN", "GERMANY": "DEU"}  # as the Center writes them
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
    """Tabulate active-duty personnel permanently assigned to three host countries, by report, from 1950.

    A report that was transcribed from a copy says so.
    """
    columns = ["country", "year", "month", "active_duty", "transcribed", "source_title", "source_url"]
    earlier, newest = _to_2025(folder)[columns], _newest(folder)[columns]
    known = set(zip(earlier["year"], earlier["month"], strict=True))
    later = [when not in known for when in zip(newest["year"], newest["month"], strict=True)]
    return pd.concat([earlier, newest[later]]).sort_values(["country", "year", "month"])


def _to_2025(folder: Folder) -> pd.DataFrame:
    """Read the reports of the R package."""
    raw = read(folder, REPORTS, COLUMNS)
    raw = raw[raw["iso3c"].isin(HOSTS)]
    return raw.assign(
        # The early reports print "Korea" alone; which one is meant is coded in the file (iso3c).
        country=raw["iso3c"],
        month=raw["month"].map(list(calendar.month_name).index),
        # Reports before 2008 have no total of their own; troops_ad is the same count.
        active_duty=raw["Total Active Duty"].fillna(raw["troops_ad"]).astype(int),
        transcribed=False,
        source_title="Defense Manpower Data Center, report of " + raw["source"] + ", read through troopdata",
        source_url=URL,
    )


def _newest(folder: Folder) -> pd.DataFrame:
    """Read the reports that the R package does not have yet."""
    raw = read(folder, NEWEST, {"iso3": str, "as_of": str, "total_active_duty": int})
    raw = raw[raw["iso3"].isin(HOSTS)]
    year, month = raw["as_of"].str[:4].astype(int), raw["as_of"].str[5:7].astype(int)
    report = "location report of " + month.map(list(calendar.month_name).__getitem__) + " " + year.astype(str)
    in_a_copy = ", read in a copy" if typed(NEWEST) else ""
    return pd.DataFrame(
        {
            "country": raw["iso3"],
            "year": year,
            "month": month,
            "active_duty": raw["total_active_duty"],
            "transcribed": typed(NEWEST),
            "source_title": "Defense Manpower Data Center, " + report + in_a_copy,
            "source_url": OFFICIAL,
        }
    )


def us_construction(folder: Folder) -> pd.DataFrame:
    """Tabulate obligational authority for U.S. military construction in three host countries by place, 2008–2019."""
    kinds = {"iso3c": str, "year": int, "location": str, "spend_construction": float}
    raw = read(folder, "security/troopdata_builddata_2008_2019_selected.csv", kinds)
    raw = raw.rename(columns={"iso3c": "country", "location": "place"})
    sums = raw.groupby(["country", "year", "place"])["spend_construction"].sum() / 1000
    frame = sums.round(3).rename("amount_m_usd").reset_index()
    return frame.assign(source_title="troopdata, construction by site (builddata)", source_url=URL)
