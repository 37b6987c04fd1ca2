"""An act stands on the same day in every table where it should: in the evidence, the chronology, and the meetings.

Where it does not, `acts_alone.csv` says why: the table that holds it, its date, some of its words, and the reason.
A day that the prose names is in a table, too.
"""

import calendar
import json
import re
from functools import cache

import pandas as pd
import pytest
from conftest import ROOT

from alliance import data
from alliance.dates import PROMISE
from alliance.dialogue import CUTOFF

ALONE = pd.read_csv(ROOT / "tests" / "alliance" / "acts_alone.csv", dtype=str, keep_default_na=False)
#: Categories of the chronology whose events the two governments bring about together.
JOINT = ["alliance and command", "deterrence", "burden sharing"]
#: Evidence of what the two did or said together.
EFFECTS = ["done", "talk"]


def days_of_visits():
    """Every day on which a leader was in the other country."""
    visits = data.load("leader_visits")
    spans = [pd.date_range(start, end) for start, end in zip(visits["start"], visits["end"], strict=True)]
    return {f"{day:%Y-%m-%d}" for span in spans for day in span}


def days_of_exercises():
    """The days that the notes of the exercises give."""
    return set(re.findall(r"\d{4}-\d{2}-\d{2}", " ".join(data.load("exercises")["note"].dropna())))


def days_of_meetings():
    return {*data.load("dialogue_meetings")["date"], *data.load("other_dialogues")["date"], *days_of_visits()}


def known_days():
    """The days of every table but the evidence and the chronology."""
    agreements = data.load("sma_agreements")
    steps = pd.concat([agreements[name] for name in agreements.columns if name.endswith("_on") or "force" in name])
    return days_of_meetings() | days_of_exercises() | set(steps.dropna().astype(str))


def acts(table, dates, words):
    """Dates and words of the rows whose day is known, from the promise to the cut-off."""
    frame = pd.DataFrame({"table": table, "date": dates, "words": words}).astype(str)
    frame = frame[frame["date"].str.len() == 10]
    return frame[pd.to_datetime(frame["date"]).between(PROMISE, CUTOFF)]


def unexplained(gaps):
    """The rows that no line of `acts_alone.csv` explains."""
    told = [
        any(
            line.table == gap.table and line.date == gap.date and line.words.lower() in gap.words.lower()
            for line in ALONE.itertuples()
        )
        for gap in gaps.itertuples()
    ]
    rest = gaps[[not explained for explained in told]]
    return [f"{gap.table} {gap.date}: {gap.words}" for gap in rest.itertuples()]


def joint_evidence(session):
    evidence = data.load("evidence")
    rows = evidence[(evidence["party"] == "both") & evidence["effect"].isin(EFFECTS) & (evidence["session"] == session)]
    return acts("evidence", rows["date"], rows["fact"])


def test_a_session_in_the_evidence_is_a_meeting_of_that_day():
    sessions = joint_evidence(session=True)
    assert unexplained(sessions[~sessions["date"].isin(days_of_meetings())]) == []


def test_a_joint_act_in_the_evidence_is_in_another_table_on_that_day():
    others = joint_evidence(session=False)
    held = known_days() | set(data.load("chronology")["date"])
    assert unexplained(others[~others["date"].isin(held)]) == []


def test_a_round_of_another_dialogue_is_evidence_on_that_day():
    dialogues = data.load("other_dialogues")
    rounds = acts("other_dialogues", dialogues["date"], dialogues["mechanism"])
    assert unexplained(rounds[~rounds["date"].isin(data.load("evidence")["date"])]) == []


def test_a_joint_event_in_the_chronology_is_evidence_or_in_another_table_on_that_day():
    events = data.load("chronology")[lambda table: table["category"].isin(JOINT)]
    rows = acts("chronology", events["date"], events["event"])
    held = known_days() | set(data.load("evidence")["date"])
    assert unexplained(rows[~rows["date"].isin(held)]) == []


def test_a_month_in_the_evidence_is_not_a_day_in_the_meetings():
    """A session is not dated by its month alone where the table of its series has the day."""
    evidence = data.load("evidence")[lambda table: table["session"] & (table["date"].str.len() == 7)]
    dialogues = data.load("other_dialogues")[lambda table: table["date"].str.len() == 10]
    clashes = [
        (row.date, row.fact, round_.mechanism)
        for row in evidence.itertuples()
        for round_ in dialogues[dialogues["date"].str[:7] == row.date].itertuples()
        if round_.mechanism.lower() in row.fact.lower()
    ]
    gaps = pd.DataFrame([("evidence", date, fact) for date, fact, _ in clashes], columns=["table", "date", "words"])
    assert unexplained(gaps) == []


@pytest.mark.parametrize("line", list(ALONE.itertuples(index=False)), ids=lambda line: f"{line.date} {line.words}")
def test_an_exception_names_an_act_and_a_reason(line):
    assert line.table in {"evidence", "other_dialogues", "chronology"}
    assert re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", line.date) and line.words and line.reason


def gaps():
    """Every act that stands in one table alone, explained or not."""
    evidence, held = data.load("evidence"), known_days()
    sessions, others, dialogues = joint_evidence(True), joint_evidence(False), data.load("other_dialogues")
    rounds = acts("other_dialogues", dialogues["date"], dialogues["mechanism"])
    events = data.load("chronology")[lambda table: table["category"].isin(JOINT)]
    dated = acts("chronology", events["date"], events["event"])
    return pd.concat(
        [
            sessions[~sessions["date"].isin(days_of_meetings())],
            others[~others["date"].isin(held | set(data.load("chronology")["date"]))],
            rounds[~rounds["date"].isin(evidence["date"])],
            dated[~dated["date"].isin(held | set(evidence["date"]))],
        ]
    )


def test_every_exception_is_needed():
    alone = gaps()
    needless = [
        f"{line.date} {line.words}"
        for line in ALONE.itertuples()
        if not any(
            line.table == gap.table and line.date == gap.date and line.words.lower() in gap.words.lower()
            for gap in alone.itertuples()
        )
    ]
    assert needless == []


MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
DAY = re.compile(rf"({'|'.join(MONTHS)}) (\d{{1,2}}), (\d{{4}})")


def days_written_in(text):
    return {f"{year}-{MONTHS[month]:02}-{int(day):02}" for month, day, year in DAY.findall(text)}


def prose(path):
    """The sentences of a notebook, or a page without its headings: those of the errata bear the day of a correction."""
    if path.suffix == ".md":
        return re.sub(r"^#+ .*$", "", path.read_text(), flags=re.MULTILINE)
    cells = json.loads(path.read_text())["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@cache
def days_in_the_tables():
    tables = "\n".join(file.read_text() for file in (ROOT / "data").glob("*.csv"))
    return set(re.findall(r"\d{4}-\d{2}-\d{2}", tables)) | days_written_in(tables)


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "notebooks").glob("*.ipynb")), *sorted((ROOT / "book").glob("*.md"))], ids=lambda p: p.stem
)
def test_a_day_in_the_prose_is_a_day_in_the_tables(path):
    assert days_written_in(prose(path)) <= days_in_the_tables()
