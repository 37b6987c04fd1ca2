"""Our World in Data: electricity, vaccination, objects launched into space, doses through COVAX."""

import pandas as pd

from alliance.collect.lowy import RECIPIENTS as PACIFIC
from alliance.collect.sources import Folder, read
from alliance.collect.world_bank import ASEAN

GRAPHER = "https://ourworldindata.org/grapher/"
SPACEFARERS = ["KOR", "USA", "JPN", "CHN"]
SPACE_FROM = 2016  # ten years: a small extract
NEWER = "vintages-2026-11/security-indo-pacific/"
ALLIES = ["KOR", "USA"]
DOSES = ["delivered", "only_donated", "only_announced"]


def electricity_access(folder: Folder) -> pd.DataFrame:
    """Tabulate the share of the population with electricity, states of ASEAN and the Pacific, from 2000."""
    share = "Share of the population with access to electricity"
    raw = read(folder, "indo-pacific/owid_access_to_electricity.csv", {"Code": str, "Year": int, share: float})
    raw = raw[raw["Code"].isin([*ASEAN, *PACIFIC.values()]) & (raw["Year"] >= 2000)]
    frame = raw.rename(columns={"Code": "country", "Year": "year", share: "access_pct"}).sort_values(
        ["country", "year"]
    )
    frame["access_pct"] = frame["access_pct"].round(1)
    return frame.assign(
        source_title="World Bank, through Our World in Data",
        source_url=f"{GRAPHER}share-of-the-population-with-access-to-electricity",
    )


def vaccination(folder: Folder) -> pd.DataFrame:
    """Tabulate the share fully vaccinated against COVID-19, ASEAN, the Pacific and both allies, April 1, 2022."""
    fully = "people_fully_vaccinated_per_hundred"
    raw = read(
        folder, "indo-pacific/owid_covid_latest_2022.csv", {"iso_code": str, "last_updated_date": str, fully: float}
    )
    raw = raw[raw["iso_code"].isin([*ASEAN, *PACIFIC.values(), *ALLIES]) & raw[fully].notna()]
    frame = raw.rename(columns={"iso_code": "country", "last_updated_date": "date", fully: "fully_vaccinated_pct"})
    return frame.sort_values("country").assign(
        source_title="National reports, through Our World in Data",
        source_url=f"{GRAPHER}share-people-fully-vaccinated-covid",
    )


def space_objects(folder: Folder) -> pd.DataFrame:
    """Tabulate objects launched into space in ten years, four states and the members of ASEAN together, to 2025.

    Counts of a register of the United Nations, whose terms allow no redistribution: no more than the chapter states.
    """
    file = f"{NEWER}owid_unoosa_objects_1957_2025_selected.csv"
    count = "Annual number of objects launched into outer space"
    raw = read(folder, file, {"Code": str, "Year": int, count: int})
    raw = raw[raw["Code"].isin([*SPACEFARERS, *ASEAN]) & (raw["Year"] >= SPACE_FROM)]
    raw = raw.assign(launched_by=raw["Code"].where(raw["Code"].isin(SPACEFARERS), "ASEAN"))
    wide = raw.groupby(["Year", "launched_by"])[count].sum().unstack(fill_value=0).rename_axis("year").reset_index()
    frame = wide.melt("year", value_name="objects").sort_values(["launched_by", "year"])
    frame = frame[["launched_by", "year", "objects"]]
    return frame.assign(
        source_title="United Nations Office for Outer Space Affairs, through Our World in Data, counted",
        source_url=f"{GRAPHER}yearly-number-of-objects-launched-into-outer-space",
    )


def covax_doses(folder: Folder) -> pd.DataFrame:
    """Tabulate doses given through COVAX by stage, by donor state, about April 14, 2022."""
    file = "indo-pacific/owid_covax_donations_2022-04.csv"
    raw = read(folder, file, {"Code": str} | dict.fromkeys(DOSES, int))
    raw = raw[raw["Code"] != ""]  # the European Union together
    frame = pd.DataFrame({"donor": raw["Code"]} | {f"{stage}_doses": raw[stage] for stage in DOSES}).sort_values(
        "donor"
    )
    return frame.assign(source_title="COVAX, through Our World in Data", source_url=f"{GRAPHER}covax-donations")
