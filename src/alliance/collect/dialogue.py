"""Meetings of the two governments: a chronology made by hand from communiqués, ministries and press.

Visits of leaders are in `state_history`: they come from one publisher that lists all of them.
"""

import pandas as pd

from alliance.collect.sources import ADDITIONS, CONFIDENCE, Corrections, Folder, correct, read, readings, with_additions

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

# The ministry's page on the third round, with the months of the first two.
SED_MONTHS = "https://mofa.go.kr/www/brd/m_4080/view.do?itm_seq_1=0&itm_seq_2=0&multi_itm_seq=0&seq=368820"

# Days and second sources found after the file was made: column: {mechanism and round: (there, here)}.
CORRECTIONS: Corrections = {
    "date": {
        "Security Consultative Meeting 43": ("2011-10", "2011-10-28"),
        "Bilateral Policy Dialogue 3": ("2021-10", "2021-10-14"),
        "Nuclear Consultative Group 3": ("2024-06", "2024-06-10"),
    },
    "date_precision": {
        "Security Consultative Meeting 43": ("month", "day"),
        "Bilateral Policy Dialogue 3": ("month", "day"),
        "Nuclear Consultative Group 3": ("month", "day"),
    },
    "place": {"Bilateral Policy Dialogue 3": ("Hawaii", "Honolulu")},
    "note": {
        "Security Consultative Meeting 43": ("day (28) not confirmed", ""),
        "Security Consultative Meeting 57": ("advance notices only", "communiqué published on 14 November 2025"),
        "Bilateral Policy Dialogue 3": (
            "held on a Thursday in October 2021; next session to be in Korea",
            "the next round was to be in Korea",
        ),
        "Nuclear Consultative Group 3": ("a Monday in June 2024; day not stated in the page", ""),
    },
    "source_title": {
        "Security Consultative Meeting 57": (
            "JoongAng Daily 2025-10-27",
            "Yonhap 2025-11-14, full text of the communiqué (copy)",
        ),
    },
    "source_url": {
        "Security Consultative Meeting 57": (
            "https://koreajoongangdaily.joins.com/news/2025-10-27/national/defense/Defense-chiefs-of-Korea-US-to-hold-annual-security-talks/2429276",
            "https://www.mhrd.kr/bbs/board.php?bo_table=latest_policy&page=3&wr_id=750",
        ),
    },
    "second_source_title": {
        "Security Consultative Meeting 43": ("", "Korea Herald 2011-10-28, full text of the communiqué"),
        "Security Consultative Meeting 57": ("KBS World German", "JoongAng Daily 2025-10-27 (advance notice)"),
        "Bilateral Policy Dialogue 3": ("", "MediaPen 2021-10-15"),
        "Nuclear Consultative Group 3": ("", "Newsis 2024-06-10 (copy)"),
        "Senior Economic Dialogue 1": ("", "ROK Ministry of Foreign Affairs 2018-12-04"),
        "Senior Economic Dialogue 2": ("", "ROK Ministry of Foreign Affairs 2018-12-04"),
    },
    "second_source_url": {
        "Security Consultative Meeting 43": (
            "",
            "https://m.koreaherald.com/view.php?mp=39&np=386&ud=20111028000544",
        ),
        "Security Consultative Meeting 57": (
            "https://world.kbs.co.kr/service/news_view.htm?lang=g&Seq_Code=105676",
            "https://koreajoongangdaily.joins.com/news/2025-10-27/national/defense/Defense-chiefs-of-Korea-US-to-hold-annual-security-talks/2429276",
        ),
        "Bilateral Policy Dialogue 3": ("", "https://mediapen.com/news/view/670835"),
        "Nuclear Consultative Group 3": ("", "https://newsbox.co.kr/contents/6667600b12be5f21a2dd9d7f"),
        "Senior Economic Dialogue 1": ("", SED_MONTHS),
        "Senior Economic Dialogue 2": ("", SED_MONTHS),
    },
    "confidence": {
        "Security Consultative Meeting 43": ("one-source", "two-sources"),
        "Security Consultative Meeting 57": ("two-sources (scheduled)", "two-sources"),
        "Bilateral Policy Dialogue 3": ("one-source", "two-sources"),
        "Nuclear Consultative Group 3": ("one-source", "two-sources"),
        "Senior Economic Dialogue 1": ("one-source", "two-sources (same origin)"),
        "Senior Economic Dialogue 2": ("one-source", "two-sources (same origin)"),
    },
}


def dialogue_meetings(folder: Folder) -> pd.DataFrame:
    """Tabulate every meeting found of ten series, and examples of other talks, November 1999 to December 2025.

    Visits of leaders are left out.
    """
    raw = read(folder, FILE, dict.fromkeys(COLUMNS, str))
    raw = raw[raw["mechanism"] != VISITS].copy()
    raw[["mechanism", "level"]] = readings(raw, "mechanism", MECHANISMS)
    raw["meeting"] = raw["mechanism"] + " " + raw["round"]
    raw = correct(raw, CORRECTIONS, "meeting")
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


def dialogue_not_found(folder: Folder) -> pd.DataFrame:
    """Tabulate what was looked for in stored pages and not found, mechanism by mechanism."""
    columns = ["mechanism", "sought", "searched", "nearest", "source_title", "source_url"]
    return read(ADDITIONS, "dialogue_not_found.csv", dict.fromkeys(columns, str))
