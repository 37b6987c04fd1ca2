"""United Nations climate convention: pledges, parties, and what governments report of their emissions.

Days and states of the pledges come from the registry of nationally determined contributions (NDC), as
openclimatedata/ndcs copied it on August 19, 2026. What each pledge promises is transcribed.
"""

import pandas as pd

from alliance.collect.sources import ADDITIONS, Folder, read, reading

REGISTRY = "economy-climate/unfccc_ndc_registry_2026-08.csv"
PLEDGE = {
    "country": str,
    "submitted_on": str,
    "instrument": str,
    "target_year": int,
    "base_year": float,
    "cut_low_pct": float,
    "cut_high_pct": float,
    "gross_cut_pct": float,
}
PLEDGE |= {"base_mt_co2e": float, "target_mt_co2e": float, "scope": str}
SOURCES = dict.fromkeys(
    ["source_title", "source_url", "second_source_title", "second_source_url", "confidence", "note"], str
)


def climate_targets(folder: Folder) -> pd.DataFrame:
    """Tabulate the pledges of both governments since 2015; the day is checked against the registry."""
    frame = read(ADDITIONS, "climate_targets.csv", PLEDGE | SOURCES)
    frame["base_year"] = frame["base_year"].astype("Int64")  # empty where the pledge has no base year
    registry = read(folder, REGISTRY, {"code": str, "submissionDate": str, "status": str})
    keys = registry["code"] + " " + registry["submissionDate"]
    states = dict(zip(keys, registry["status"].str.lower(), strict=True))
    keys = frame["country"] + " " + frame["submitted_on"]
    registered = frame["instrument"].str.contains("NDC")
    place = f"{REGISTRY}, code and submissionDate"
    state = [
        reading(key, states, place) if has else "not in the registry" for key, has in zip(keys, registered, strict=True)
    ]
    frame.insert(list(frame.columns).index("scope") + 1, "registry", state)
    return frame.sort_values(["country", "submitted_on", "target_year"])


def climate_events(folder: Folder) -> pd.DataFrame:
    """Tabulate when the two states joined and left the Paris Agreement, and the acts around it; transcribed."""
    return read(ADDITIONS, "climate_events.csv", dict.fromkeys(["country", "date", "event", "kind"], str) | SOURCES)


def national_emissions(folder: Folder) -> pd.DataFrame:
    """Tabulate emissions as the two governments report them, or as an institute estimates them; transcribed."""
    columns = {"country": str, "year": int, "series": str, "emissions_mt_co2e": float, "state": str}
    return read(ADDITIONS, "national_emissions.csv", columns | SOURCES)
