"""United Nations General Assembly: roll calls, ideal points, and the State Department's own count of agreement.

Roll calls to 2019 are Voeten's through the R package unvotes; those of 2020 to 2023 are Voeten's through a later copy,
which names no resolutions: these, and which votes the State Department calls important, come from two further lists.

Ideal points: Bailey, Strezhnev and Voeten, a small extract. What was read has no codebook: its three variants keep the
publisher's short names.
"""

import pandas as pd

from alliance.collect.sources import Folder, read, reading
from alliance.countries import code

ROLL_CALLS = "security/unga_rollcalls_unvotes_1985_2019_selected.csv"
IDEAL_POINTS = "security/unga_idealpoints_july2025_selected.csv"
NAMES = ["United States", "South Korea", "Japan", "Australia", "China", "Russia", "North Korea"]
STATES = [code(name) for name in NAMES]
FIRST = 1991  # the two Korean states joined on September 17, 1991
LAST_ROLL_CALL = 2019  # of 2020 the file holds a single vote
NEWER = "vintages-2026-11/security-indo-pacific/"
LATER_YEARS = (2020, 2023)  # of 2024 the copy holds six votes
VOTES = {"1": "yes", "2": "abstain", "3": "no", "8": ""}
# From 2019 both copies code every vote on arms control as one on colonialism and on development too, and no other.
FAULTY_FROM, FAULTY = 2019, ["co", "ec"]
TOPICS = ["co", "di", "ec", "hr", "me", "nu"]
SURE = ["tally and US vote equal", "matched by hand (see note)"]
REPORTS = "https://www.state.gov/voting-practices-in-the-united-nations/"
VOTE_SETS = {
    "all contested votes": "all contested",
    "important votes": "important",
    "Israel-related votes": "Israel-related",
    "Ukraine-related votes": "Ukraine-related",
}
COUNTS = ["same", "partial", "opposite", "absent"]
VARIANTS = {  # publisher's variant: columns of the estimate and of its 5 and 95 percent quantiles
    "fp": ("idealpointfp", "q5fp", "q95fp"),
    "all": ("idealpointall", "q5all", "q95all"),
    "legacy": ("idealpointlegacy", None, None),
}
# Releases by the last year of their estimates.
RELEASES = {2024: "release of July 2025"}
DATASET = "https://doi.org/10.7910/DVN/LEJUQZ"


def un_roll_calls(folder: Folder) -> pd.DataFrame:
    """Tabulate the roll calls of the General Assembly in which both allies voted, 1991–2023, one row each."""
    states = [state.lower() for state in STATES]
    columns = ["rcid", "date", "year", "resolution", "important", "issues", *states, "source_title", "source_url"]
    frame = pd.concat([_to_2019(folder)[columns].sort_values("rcid"), _from_2020(folder)[columns]])
    return frame.assign(issues=[_sound(*row) for row in zip(frame["issues"], frame["year"], strict=True)])


def _sound(issues: str, year: int) -> str:
    """Leave out the issue codes that are faulty in a year."""
    return " ".join(issue for issue in issues.split() if year < FAULTY_FROM or issue not in FAULTY)


def _to_2019(folder: Folder) -> pd.DataFrame:
    """Read the roll calls of the R package."""
    kinds = {"rcid": int, "date": str, "unres": str, "importantvote": float, "issues": str}
    raw = read(folder, ROLL_CALLS, kinds | dict.fromkeys(NAMES, str))
    raw = raw.rename(columns=dict(zip(NAMES, [state.lower() for state in STATES], strict=True)))
    raw["year"] = raw["date"].str[:4].astype(int)
    kept = raw[(raw["usa"] != "") & (raw["kor"] != "") & raw["year"].between(FIRST, LAST_ROLL_CALL)]
    return kept.assign(
        important=kept["importantvote"].map({1: "yes", 0: "no"}).fillna(""),
        resolution=kept["unres"],
        issues=kept["issues"].str.replace("|", " "),
        source_title="Voeten, read through unvotes",
        source_url="https://github.com/dgrtwo/unvotes",
    )


def _from_2020(folder: Folder) -> pd.DataFrame:
    """Read the roll calls of the later copy, in the order of their days."""
    file = f"{NEWER}unga_rollcalls_2019_2024-06_selected.csv"
    raw = read(folder, file, {"rcid": int, "date": str} | dict.fromkeys([*TOPICS, *STATES], str))
    raw = raw[raw["date"].str[:4].astype(int).between(*LATER_YEARS)]
    votes = {state.lower(): [reading(v, VOTES, f"{file}, column {state}") for v in raw[state]] for state in STATES}
    issues = [_topics(row) for row in raw.to_dict("records")]
    raw = raw.assign(**votes, year=raw["date"].str[:4].astype(int), issues=issues)
    raw = raw[(raw["usa"] != "") & (raw["kor"] != "")].merge(_named(folder), on="rcid", how="left")
    return (
        raw.fillna({"resolution": "", "important": ""})
        .sort_values(["date", "rcid"])
        .assign(source_title="Voeten, read through Mapping-UNGA-Voting-Alliances", source_url=DATASET)
    )


def _topics(row: dict) -> str:
    """List the issue codes of one roll call."""
    return " ".join(topic for topic in TOPICS if row[topic] == "TRUE")


def _named(folder: Folder) -> pd.DataFrame:
    """Give roll calls their resolution and whether the State Department called the vote important.

    A resolution that two lists name differently keeps the first list's name and loses the second's judgment.
    """
    first = read(folder, f"{NEWER}unga_resolution_numbers_2019-11_2021-03.csv", {"rcid": int, "unres": str})
    kinds = {"resolution": str, "important": str, "rcid": float, "match": str}
    second = read(folder, f"{NEWER}state_unga_contested_votes_2020_2023.csv", kinds)
    second = second[second["match"].isin(SURE)].astype({"rcid": int})
    both = first.merge(second[["rcid", "resolution", "important"]], on="rcid", how="outer")
    parted = both["unres"].notna() & both["resolution"].notna() & (both["unres"] != both["resolution"])
    both["important"] = both["important"].mask(parted)
    return both.assign(resolution=both["unres"].fillna(both["resolution"]))[["rcid", "resolution", "important"]]


def voting_coincidence(folder: Folder) -> pd.DataFrame:
    """Tabulate how often six states voted with the United States, as the State Department reports, 2019–2023."""
    file = f"{NEWER}state_un_voting_coincidence_2019_2023.csv"
    kinds = {"year": int, "vote_set": str, "iso3": str, "coincidence_printed": str} | dict.fromkeys(COUNTS, float)
    raw = read(folder, file, kinds).rename(columns={"iso3": "country"})
    raw["votes"] = [reading(name, VOTE_SETS, f"{file}, column vote_set") for name in raw["vote_set"]]
    raw["coincidence_pct"] = raw["coincidence_printed"].str.removesuffix("%").astype(int)
    raw[COUNTS] = raw[COUNTS].astype("Int64")
    columns = ["country", "year", "votes", *COUNTS, "coincidence_pct"]
    title = "U.S. Department of State, Voting Practices in the United Nations, report for " + raw["year"].astype(str)
    return raw[columns].sort_values(["country", "votes", "year"]).assign(source_title=title, source_url=REPORTS)


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
    last = frame["year"].max()
    release = RELEASES.get(last, f"estimates to {last}")
    frame = frame.assign(source_title=f"Bailey, Strezhnev and Voeten, {release}", source_url=DATASET)
    return frame.sort_values(["country", "year", "variant"])
