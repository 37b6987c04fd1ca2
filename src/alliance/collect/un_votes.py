"""United Nations General Assembly: roll calls (Voeten, through the R package unvotes) and ideal points.

Ideal points: Bailey, Strezhnev and Voeten, release of July 2025, a small extract. The copy read has
no codebook: its three variants keep the publisher's short names.
"""

import pandas as pd

from alliance.collect.sources import Folder, read
from alliance.countries import code

ROLL_CALLS = "security/unga_rollcalls_unvotes_1985_2019_selected.csv"
IDEAL_POINTS = "security/unga_idealpoints_july2025_selected.csv"
NAMES = ["United States", "South Korea", "Japan", "Australia", "China", "Russia", "North Korea"]
STATES = [code(name) for name in NAMES]
FIRST = 1991  # the two Korean states joined on September 17, 1991
LAST_ROLL_CALL = 2019  # of 2020 the file holds a single vote
VARIANTS = {  # publisher's variant: columns of the estimate and of its 5 and 95 percent quantiles
    "fp": ("idealpointfp", "q5fp", "q95fp"),
    "all": ("idealpointall", "q5all", "q95all"),
    "legacy": ("idealpointlegacy", None, None),
}
DATASET = "https://doi.org/10.7910/DVN/LEJUQZ"


def un_roll_calls(folder: Folder) -> pd.DataFrame:
    """Tabulate the roll calls of the General Assembly in which both allies voted, 1991–2019, one row each."""
    kinds = {"rcid": int, "date": str, "unres": str, "importantvote": float, "issues": str}
    raw = read(folder, ROLL_CALLS, kinds | dict.fromkeys(NAMES, str))
    raw = raw.rename(columns=dict(zip(NAMES, [state.lower() for state in STATES], strict=True)))
    raw["year"] = raw["date"].str[:4].astype(int)
    kept = raw[(raw["usa"] != "") & (raw["kor"] != "") & raw["year"].between(FIRST, LAST_ROLL_CALL)]
    frame = kept.assign(
        important=kept["importantvote"].map({1: "yes", 0: "no"}).fillna(""),
        resolution=kept["unres"],
        issues=kept["issues"].str.replace("|", " "),
        source_title="Voeten, read through unvotes",
        source_url="https://github.com/dgrtwo/unvotes",
    )
    states = [state.lower() for state in STATES]
    columns = ["rcid", "date", "year", "resolution", "important", "issues", *states, "source_title", "source_url"]
    return frame[columns].sort_values("rcid")


def ideal_points(folder: Folder) -> pd.DataFrame:
    """Tabulate yearly ideal points of seven states, 1991–2024, in three variants."""
    numbers = [column for columns in VARIANTS.values() for column in columns if column]
    raw = read(folder, IDEAL_POINTS, {"iso3c": str, "year": int} | dict.fromkeys(numbers, float))
    raw = raw[raw["iso3c"].isin(STATES) & (raw["year"] >= FIRST)]
    frames = [
        pd.DataFrame(
            {
                "country": raw["iso3c"],
                "year": raw["year"],
                "variant": variant,
                "ideal_point": raw[point],
                "q5": raw[low] if low else float("nan"),
                "q95": raw[high] if high else float("nan"),
            }
        )
        for variant, (point, low, high) in VARIANTS.items()
    ]
    frame = pd.concat(frames).dropna(subset="ideal_point")
    frame = frame.assign(source_title="Bailey, Strezhnev and Voeten, release of July 2025", source_url=DATASET)
    return frame.sort_values(["country", "year", "variant"])
