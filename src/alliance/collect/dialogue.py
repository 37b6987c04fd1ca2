"""Meetings of the two governments: a chronology made by hand from communiqués, ministries and press.

Visits of leaders are in `state_history`: they come from one publisher that lists all of them.
"""

import pandas as pd

from alliance.collect.sources import ADDITIONS, CONFIDENCE, Folder, correct, corrections, read, readings, with_additions

FILE = "security/us_rok_dialogue_chronology.csv"
SOURCES = ["source_title", "source_url", "second_source_title", "second_source_url", "confidence"]
COLUMNS = ["mechanism", "round", "date", "date_precision", "place", "note", *SOURCES]
VISITS = "Presidential summit / leader visit"

# Mechanism of the source file: (short name, level of those who meet).
MECHANISMS = {
    "2+2 Foreign and Defense Ministerial": ("2+2 ministerial", "ministers"),
    "Security Consultative Meeting (SCM)": ("Security Consultative Meeting", "ministers"),
    "EDSCG": ("Extended Deterrence Strategy and Consultation Group", "vice-ministers"),
    "Nuclear Consultative Group": ("Nuclear Consultative Group", "senior officials"),
    "Vice-ministerial Strategic Dialogue": ("Strategic Dialogue", "vice-ministers"),
    "Senior Economic Dialogue": ("Senior Economic Dialogue", "vice-ministers"),
    "Bilateral Policy Dialogue (DAS/Director-General)": ("Bilateral Policy Dialogue", "directors-general"),
    "Trilateral Indo-Pacific Dialogue (US-Japan-ROK)": ("Trilateral Indo-Pacific Dialogue", "senior officials"),
}
HOSTS = {
    "Seoul": "KOR",
    "Washington": "USA",
    "Honolulu": "USA",
    "virtual": "online",
    "": "not known",
}
GRADES = CONFIDENCE


def dialogue_meetings(folder: Folder) -> pd.DataFrame:
    """Tabulate every meeting found of ten series, and examples of other talks, November 1999 to December 2025.

    Visits of leaders are left out.
    """
    raw = read(folder, FILE, dict.fromkeys(COLUMNS, str))
    raw = raw[raw["mechanism"] != VISITS].copy()
    raw[["mechanism", "level"]] = readings(raw, "mechanism", MECHANISMS)
    raw = correct(raw, corrections("dialogue_meetings", "mechanism", "round"), "mechanism", "round")
    frame = raw.assign(
        round=raw["round"].astype(int).astype("float"),
        precision=raw["date_precision"],
        host=readings(raw, "place", HOSTS),
        place=raw["place"].replace("virtual", "online"),
        confidence=readings(raw, "confidence", GRADES),
    )
    columns = ["mechanism", "round", "date", "precision", "level", "host", "place", *SOURCES, "note"]
    frame = with_additions(frame[columns], "dialogue_meetings")
    frame["round"] = frame["round"].astype("Int64")
    return frame.sort_values(["date", "mechanism"])


def other_dialogues(folder: Folder) -> pd.DataFrame:
    """Tabulate the rounds found of further series, which no comparison counts: a list that is not complete."""
    columns = ["mechanism", "heading", "round", "date", "precision", "level", "host", "place", *SOURCES, "note"]
    frame = read(ADDITIONS, "other_dialogues.csv", dict.fromkeys(columns, str) | {"round": float})
    frame["round"] = frame["round"].astype("Int64")
    return frame.sort_values(["date", "mechanism"])


def dialogue_not_found(folder: Folder) -> pd.DataFrame:
    """Tabulate what was looked for in stored pages and not found, mechanism by mechanism."""
    columns = ["mechanism", "sought", "searched", "nearest", "source_title", "source_url"]
    return read(ADDITIONS, "dialogue_not_found.csv", dict.fromkeys(columns, str))
