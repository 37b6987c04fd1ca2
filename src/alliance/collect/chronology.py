"""Dated events of the alliance: made by hand from documents and press, with what two other tables date already."""

import pandas as pd

from alliance.collect import dialogue, special_measures
from alliance.collect.sources import ADDITIONS, Folder, read

COLUMNS = ["date", "precision", "event", "category"]
SOURCES = ["source_title", "source_url", "second_source_title", "second_source_url", "confidence", "note"]
SPELLED = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh Twelfth"
ORDINALS = dict(enumerate(SPELLED.split(), start=1))
OPENED = ["Bilateral Policy Dialogue", "Nuclear Consultative Group"]  # series whose first round is an event


def chronology(folder: Folder) -> pd.DataFrame:
    """Tabulate events from the armistice of 1953 to 2026; agreements and meetings come from their own tables."""
    events = read(ADDITIONS, "chronology.csv", dict.fromkeys(COLUMNS + SOURCES, str))
    signed = _signatures(special_measures.sma_agreements(folder))
    met = _meetings(dialogue.dialogue_meetings(folder))
    return pd.concat([events, signed, met], ignore_index=True).sort_values(["date", "event"])


def presidents(folder: Folder) -> pd.DataFrame:
    """Tabulate who governed the two countries when, since 1953."""
    texts = ["country", "president", "surname", "took_office", "left_office", *SOURCES[:4]]
    return read(ADDITIONS, "presidents.csv", dict.fromkeys(texts, str)).sort_values(["country", "took_office"])


def _signatures(agreements: pd.DataFrame) -> pd.DataFrame:
    """Take the Special Measures Agreements whose day of signature is known."""
    signed = agreements[agreements["signed_on"].fillna("").str.len() == 10]
    one, last = signed["first_year"] == signed["last_year"], "–" + signed["last_year"].astype(str)
    years = signed["first_year"].astype(str) + last.mask(one, "")
    events = signed["agreement"].map(ORDINALS) + " Special Measures Agreement signed (" + years + ")"
    return _events(signed, date=signed["signed_on"], precision="day", event=events, category="burden sharing")


def _meetings(meetings: pd.DataFrame) -> pd.DataFrame:
    """Take every meeting of the four ministers, and the first round of the newer series."""
    ministers = meetings[meetings["mechanism"] == "2+2 ministerial"]
    nth = ministers["round"].map(ORDINALS)
    events = nth + " meeting of the foreign and defense ministers (2+2), " + ministers["place"]
    first = meetings[meetings["mechanism"].isin(OPENED) & (meetings["round"] == 1)]
    begun = "First round of the " + first["mechanism"] + ", " + first["place"]
    return pd.concat(
        [
            _events(ministers, event=events, category="alliance and command"),
            _events(first, event=begun, category="alliance and command"),
        ]
    )


def _events(table: pd.DataFrame, **columns: pd.Series | str) -> pd.DataFrame:
    """Give the rows of another table the columns of events."""
    return table.assign(**columns)[COLUMNS + SOURCES]
