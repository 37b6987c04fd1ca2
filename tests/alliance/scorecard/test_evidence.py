"""The evidence: what counts, from when, and who states it."""

import pandas as pd
import pytest
from builders import AGREEMENTS, CLIMATE, COMMITMENTS, EVIDENCE, MEETINGS, SERIES, act

from alliance import dates, scorecard


def test_a_statement_of_one_day_is_met_by_the_meeting_of_that_day_alone():
    found = scorecard.items(EVIDENCE, MEETINGS, SERIES, AGREEMENTS, *CLIMATE)
    assert [item.day for item in found if item.promise == "M1" and item.effect == "done"] == [scorecard.PROMISE]
    assert len([item for item in found if item.promise == "M2" and item.fact.startswith("2+2")]) > 1


def test_every_promise_has_evidence_and_every_item_a_promise(evidence):
    assert {item.promise for item in evidence} == set(COMMITMENTS["promise"])


def test_what_counts_has_a_form_and_nothing_else_has(evidence):
    assert all((item.effect == "done") == bool(item.form) for item in evidence)


def test_sessions_are_marked_only_where_something_was_done_for_a_program():
    kinds = COMMITMENTS.set_index("promise")["kind"]
    sessions = EVIDENCE[EVIDENCE["session"]]
    assert (sessions["effect"] == "done").all()
    assert (sessions["promise"].map(kinds) == "program").all()
    assert set(SERIES.loc[SERIES["session"], "promise"].map(kinds)) == {"program"}


def test_only_acts_against_an_aim_have_an_end():
    assert set(EVIDENCE.loc[EVIDENCE["until"].notna(), "effect"]) == {"against"}


def test_counted_evidence_was_read_again():
    counted = EVIDENCE[EVIDENCE["effect"].isin(["done", "undo", "against"])]
    assert counted["verified"].all()


def test_a_series_that_the_table_does_not_name_is_refused():
    renamed = MEETINGS.replace({"mechanism": {"Senior Economic Dialogue": "Economic Dialogue"}})
    with pytest.raises(ValueError, match="No meetings of Senior Economic Dialogue are in the table"):
        scorecard.items(EVIDENCE, renamed, SERIES, AGREEMENTS, *CLIMATE)


@pytest.mark.parametrize(
    ("date", "counts"), [("2021-03-17", False), ("2021-03-18", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_acts_count_from_the_day_of_the_fact_sheet_to_the_cutoff_both_included(date, counts):
    assert scorecard.known(act(date), pd.Timestamp("2026-06-30")) is counts


@pytest.mark.parametrize(("cutoff", "counts"), [("2025-12-30", False), ("2025-12-31", True)])
def test_emissions_of_a_year_count_on_the_last_day_of_the_next(cutoff, counts):
    assert scorecard.known(act("2024", "", "level"), pd.Timestamp(cutoff)) is counts


@pytest.mark.parametrize(
    ("confidence", "publishers"),
    [
        ("two sources", {"Ministry", "Newspaper"}),
        ("two sources, same origin", {"Ministry"}),
        ("two sources, same publisher", {"Ministry"}),
        ("one source", {"Ministry"}),
    ],
)
def test_two_sources_of_one_origin_or_publisher_count_once(confidence, publishers):
    told = {"source_title": "Ministry", "second_source_title": "Newspaper", "confidence": confidence}
    found = scorecard.items(EVIDENCE, MEETINGS.assign(**told), SERIES, AGREEMENTS.assign(**told), *CLIMATE)
    meetings = [item for item in found if item.fact.startswith("Bilateral Policy Dialogue")]
    agreements = [item for item in found if item.fact.startswith("Agreement")]
    assert len(meetings) == 3 and len(agreements) == 4
    assert all(item.publishers == publishers for item in meetings + agreements)


def test_an_agreement_holds_to_its_last_year_and_its_signature_for_a_day(evidence):
    signed, in_force = (item for item in evidence if item.fact.startswith("Agreement 12"))
    assert (signed.form, signed.until) == ("part", signed.day)
    assert (in_force.form, in_force.until) == ("as worded", pd.Timestamp("2030-12-31"))


def test_rounds_of_a_series_under_a_program_are_sessions(evidence):
    rounds = [item for item in evidence if ", round " in item.fact]
    programs = set(SERIES.loc[SERIES["session"], "promise"])
    assert {item.promise for item in rounds if item.session} == programs == {"I1", "M2"}
    assert all(item.session == (item.promise in programs) for item in rounds)


def test_a_round_has_the_form_that_held_on_its_day(evidence):
    forms = {item.when: item.form for item in evidence if item.promise == "D3" and item.fact.startswith("Southeast")}
    later = dict.fromkeys(["2022-02-04", "2022-10-12", "2022-11-01"], "successor")
    assert forms == {"2021-05-13": "as worded"} | later


def test_a_round_counts_in_one_form_only(evidence):
    rounds = [
        (item.promise, item.fact, item.when) for item in evidence if item.fact.split(",")[0] in set(SERIES["series"])
    ]
    assert len(rounds) == len(set(rounds))


def test_a_target_in_percent_is_aimed_at_from_its_own_base():
    american = CLIMATE[1].query("country == 'USA' and target_year == 2030").iloc[0]
    base = CLIMATE[0].query("country == 'USA' and series == 'national inventory, net' and year == 2005").iloc[0]
    goal = next(
        item.value
        for item in scorecard.items(EVIDENCE, MEETINGS, SERIES, AGREEMENTS, *CLIMATE)
        if (item.promise, item.party, item.effect) == ("C3", "USA", "goal")
    )
    assert goal == pytest.approx(base["emissions_mt_co2e"] * (1 - american["cut_low_pct"] / 100))


def test_an_act_against_an_aim_holds_to_its_end_or_without_one(evidence):
    rows = EVIDENCE[EVIDENCE["effect"] == "against"].set_index("fact")["until"]
    ends = {item.fact: item.until for item in evidence if item.effect == "against"}
    assert ends == {fact: scorecard.OPEN if pd.isna(until) else dates.day(until) for fact, until in rows.items()}
    assert set(ends.values()) > {scorecard.OPEN}
