"""OECD, Creditor Reporting System: what the two allies report as committed and disbursed, by recipient."""

import pandas as pd

from alliance.collect.sources import Folder, read

DONORS = {"Korea": "KOR", "United States": "USA"}  # DAC members; the list has one Korea, the Republic
RECIPIENTS = {
    "Cambodia": "KHM",
    "Indonesia": "IDN",
    "Lao People's Democratic Republic": "LAO",
    "Malaysia": "MYS",
    "Myanmar": "MMR",
    "Philippines": "PHL",
    "Thailand": "THA",
    "Viet Nam": "VNM",
}
FIRST = 2007  # Korea itemizes from 2006 on, completely from 2007


def aid_reported(folder: Folder) -> pd.DataFrame:
    """Tabulate commitments and gross disbursements to eight states of ASEAN, million constant dollars, from 2007."""
    file = "indo-pacific/oecd_crs_donor_recipient_2002_2017.csv"
    kinds = {
        "RecipientName": str,
        "DonorName": str,
        "Year": int,
        "commitment_value": float,
        "disbursement_value": float,
    }
    raw = read(folder, file, kinds)
    raw = raw[raw["DonorName"].isin(DONORS) & raw["RecipientName"].isin(RECIPIENTS) & (raw["Year"] >= FIRST)]
    frame = raw.assign(
        donor=raw["DonorName"].map(DONORS),
        recipient=raw["RecipientName"].map(RECIPIENTS),
        year=raw["Year"],
        committed_m_usd_constant=raw["commitment_value"].round(3),
        disbursed_m_usd_constant=raw["disbursement_value"].round(3),
        source_title="OECD Creditor Reporting System, summed by recipient",
        source_url="https://data-explorer.oecd.org",
    )
    columns = [
        "donor",
        "recipient",
        "year",
        "committed_m_usd_constant",
        "disbursed_m_usd_constant",
        "source_title",
        "source_url",
    ]
    return frame[columns].sort_values(["donor", "recipient", "year"])
