"""Combined military exercises: a scholarly list to 2010, and what press reports give for later years."""

import pandas as pd

from alliance.collect.sources import Folder, read, with_additions

NOT_NAMED = "-9"  # the code of the list for a name that is missing
FLAGS = {"CPX": "command post", "Air": "air", "Land": "land", "Sea": "sea", "Amphibious": "amphibious"}


def exercises(folder: Folder) -> pd.DataFrame:
    """Tabulate exercises of U.S. and ROK forces: 1980–2010 from one data set, 2017–2026 from the press."""
    file = "security/mme_v7_exercises_with_south_korea_1980_2010.csv"
    kinds = {"MMEID": str, "Ex_Name": str, "s.year": int, "n_states": int, "usa": str} | dict.fromkeys(FLAGS, int)
    raw = read(folder, file, kinds)
    raw = raw[raw["usa"] == "True"]
    forms = [", ".join(name for flag, name in FLAGS.items() if row[flag] == 1) for _, row in raw.iterrows()]
    frame = raw.rename(columns={"MMEID": "exercise_id", "Ex_Name": "exercise", "s.year": "year", "n_states": "states"})
    frame = frame.assign(
        exercise=frame["exercise"].replace(NOT_NAMED, "not named in the list"),
        field_exercises=float("nan"),
        forms=forms,
        source_title="Multinational Military Exercises, version 7, read through troopdata",
        source_url="https://meflynn.github.io/troopdata",
        second_source_title="",
        second_source_url="",
        note="",
    )
    columns = ["exercise_id", "exercise", "year", "states", "forms", "field_exercises"]
    columns += ["source_title", "source_url"]
    columns += ["second_source_title", "second_source_url", "note"]
    return with_additions(frame[columns], "exercises").sort_values(["year", "exercise_id"])
