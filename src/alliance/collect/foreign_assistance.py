"""U.S. Department of State, ForeignAssistance.gov: obligations and disbursements by country and fiscal year."""

import pandas as pd

from alliance.collect.lowy import RECIPIENTS as PACIFIC
from alliance.collect.sources import Folder, read
from alliance.collect.world_bank import ASEAN_RECIPIENTS

KINDS = {"Obligations": "obligations", "Disbursements": "disbursements"}
FIRST = 2010
TRANSITION = "1976tq"  # the quarter between two reckonings of the fiscal year


def us_foreign_assistance(folder: Folder) -> pd.DataFrame:
    """Tabulate obligations and disbursements to states of ASEAN and the Pacific, from fiscal year 2010."""
    file = "indo-pacific/us_foreign_aid_country.csv"
    columns = {"Country Code": str, "Transaction Type Name": str, "Fiscal Year": str, "current_amount": int}
    raw = read(folder, file, columns)
    raw = raw[raw["Country Code"].isin([*ASEAN_RECIPIENTS, *PACIFIC.values()]) & (raw["Fiscal Year"] != TRANSITION)]
    raw = raw[raw["Transaction Type Name"].isin(KINDS)]
    frame = raw.assign(
        recipient=raw["Country Code"],
        kind=raw["Transaction Type Name"].map(KINDS),
        fiscal_year=raw["Fiscal Year"].astype(int),
        amount_usd=raw["current_amount"],
    )
    sums = frame[frame["fiscal_year"] >= FIRST].groupby(["recipient", "kind", "fiscal_year"])["amount_usd"].sum()
    return sums.reset_index().assign(
        partial=lambda rows: rows["fiscal_year"] == rows["fiscal_year"].max(),  # the newest is not complete yet
        source_title="ForeignAssistance.gov, country file",
        source_url="https://foreignassistance.gov/data",
    )
