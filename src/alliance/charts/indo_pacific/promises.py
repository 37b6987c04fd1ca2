"""The promises of the fact sheet for the Indo-Pacific, and what there is to measure them by."""

import pandas as pd

_COLUMNS = ["field", "measure", "missing", "measurable"]
_FIELDS = [
    (
        "Coordination with the New Southern Policy",
        "aid of each to the same states",
        "joint projects; the dialogues are in chapter 1",
        "yes",
    ),
    (
        "Health security",
        "doses through COVAX, one day of 2022; each ally’s own totals; single scores",
        "a table of capacities under an open license; a final table of donors",
        "in part",
    ),
    (
        "Cyber capacity building",
        "single ranks and tiers, cited; use of the Internet in ASEAN",
        "an open table; who built the capacity",
        "in part",
    ),
    (
        "Cyber capacity building in the islands and on the Mekong",
        "–",
        "open scores of the islands; a joint project of the two",
        "no",
    ),
    ("Energy security", "access to electricity; gas imports", "contracts, grids, joint investment", "in part"),
    ("Space", "objects launched in ten years", "joint missions", "in part"),
    ("Law enforcement with the islands", "–", "training, cases, patrols", "no"),
    (
        "Maritime security with the islands",
        "attacks reported, to 2025; shipping ties, to 2021",
        "unlicensed fishing, patrols",
        "in part",
    ),
    ("Mekong, Friends of the Mekong", "aid of each to five states", "trainings held, projects", "yes"),
]


def promises() -> pd.DataFrame:
    """List each promised field, what measures it, what was not found, and the authors' judgment whether it can be."""
    return pd.DataFrame(_FIELDS, columns=_COLUMNS)
