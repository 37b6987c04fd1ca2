"""Where the two governments consult on deterrence: four mechanisms, day by day, curated with a source per row."""

from alliance.collect.sources import CONFIDENCE, read, with_additions

FILE = "security/us_rok_dialogue_chronology.csv"
MECHANISMS = {
    "2+2 Foreign and Defense Ministerial": "2+2",
    "Security Consultative Meeting (SCM)": "SCM",
    "EDSCG": "EDSCG",
    "Nuclear Consultative Group": "NCG",
}
COLUMNS = ["mechanism", "round", "date", "place", "note"]
SOURCES = ["source_title", "source_url", "second_source_title", "second_source_url", "confidence"]
# Rows the additions replace, because a source was read that says more than an advance notice.
SUPERSEDED = [("SCM", 57)]


def deterrence_consultations(folder):
    """Rounds of the ministerial, the Security Consultative Meeting, EDSCG and NCG, 1999–2025."""
    raw = read(folder, FILE, dict.fromkeys(COLUMNS + SOURCES, str) | {"round": float})
    raw = raw[raw["mechanism"].isin(MECHANISMS)]
    frame = raw.assign(
        mechanism=raw["mechanism"].map(MECHANISMS),
        round=raw["round"].astype(int),
        confidence=[CONFIDENCE.get(text, text) for text in raw["confidence"]],
    )
    held = [pair not in SUPERSEDED for pair in zip(frame["mechanism"], frame["round"], strict=True)]
    frame = with_additions(frame[held][COLUMNS + SOURCES], "deterrence_consultations")
    return frame.sort_values(["date", "mechanism"])
