"""Missile and nuclear tests of North Korea.

Missiles come from the list kept at nagix/nk-missile-tests (Apache-2.0), which continues the database of
the James Martin Center for Nonproliferation Studies (CNS); nuclear tests from CSIS Beyond Parallel, of
which only date and kind are taken.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, reading

MISSILES_URL = "https://github.com/nagix/nk-missile-tests"
EVENTS_URL = "https://beyondparallel.csis.org/database-north-korean-provocations/"

# Class of each missile name. CNS gives it for names in use up to May 2019; later names are read from the
# list's own descriptions, and "not identified" stays what it is.
CLASSES = {
    "short range": (
        "scud-b scud-b-marv scud-c scud-c-marv kn-02 kn-25 hwasong-11a hwasong-11b hwasong-11c hwasong-11d "
        "hwasong-11e hwasong-11-da-45 rail-mobile-kn-23 silo-based-kn-23"
    ),
    "medium and intermediate range": (
        "er-scud nodong musudan pukguksong-2 hwasong-12 hwasong-12a hwasong-12b hwasong-16a hwasong-16b new-irbm-2022"
    ),
    "intercontinental range": "hwasong-14 hwasong-15 hwasong-17 hwasong-18 hwasong-19",
    "submarine-launched": "pukguksong-1 pukguksong-3 hwasong-11s",
    "space launch": "taepodong-1 unha unha-3 chollima-1",
    "not identified": "unknown",
}
CLASS_OF = {name: kind for kind, names in CLASSES.items() for name in names.split()}


def missile_tests(folder: Folder) -> pd.DataFrame:
    """Tabulate missiles launched, one row for each day and name, 1984 to April 18, 2026."""
    file = "security/nagix_nk_missile_tests_1984_2026.csv"
    raw = read(folder, file, {"date": str, "missile": str, "outcome": str})
    counts = raw.groupby(["date", "missile"])["outcome"].agg(
        missiles="size", failures=lambda outcomes: (outcomes == "failure").sum()
    )
    frame = counts.reset_index()
    frame["year"] = frame["date"].str[:4].astype(int)
    frame["class"] = [reading(name, CLASS_OF, f"{file}, column missile") for name in frame["missile"]]
    frame["source_title"] = "List of DPRK missile tests, nagix/nk-missile-tests, after CNS/NTI"
    frame["source_url"] = MISSILES_URL
    columns = ["date", "missile", "class", "year", "missiles", "failures", "source_title", "source_url"]
    return frame[columns].sort_values(["date", "missile"])


def nuclear_tests(folder: Folder) -> pd.DataFrame:
    """Tabulate the days of North Korea's nuclear tests."""
    raw = read(folder, "security/csis_nk_provocations_1958_2026_titles_only.csv", {"date": str, "type": str})
    raw = raw[raw["type"] == "Nuclear Provocation"].sort_values("date")
    return raw[["date"]].assign(
        year=raw["date"].str[:4].astype(int),
        source_title="CSIS Beyond Parallel, database of provocations",
        source_url=EVENTS_URL,
    )


def provocation_days(folder: Folder) -> pd.DataFrame:
    """Count the entries of CSIS Beyond Parallel by year and type, from 1984; counts, not texts."""
    raw = read(folder, "security/csis_nk_provocations_1958_2026_titles_only.csv", {"year": int, "type": str})
    raw = raw[(raw["year"] >= 1984)].assign(type=raw["type"].str.removesuffix(" Provocation").str.lower())
    counts = raw.groupby(["year", "type"]).size().rename("entries").reset_index()
    return counts.assign(source_title="CSIS Beyond Parallel, database of provocations, counted", source_url=EVENTS_URL)
