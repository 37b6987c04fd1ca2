"""The evidence: what counts, from when, and who states it."""

import pytest
from builders import AGREEMENTS, CLIMATE, COMMITMENTS, EVIDENCE, MEETINGS

from alliance import scorecard


def test_a_statement_of_one_day_is_met_by_the_meeting_of_that_day_alone():
    found = scorecard.items(EVIDENCE, MEETINGS, AGREEMENTS, *CLIMATE)
    assert [item.day for item in found if item.promise == "M1"] == [scorecard.PROMISE]
    assert len([item for item in found if item.promise == "M2" and item.fact.startswith("2+2")]) > 1


def test_every_promise_has_evidence_and_every_item_a_promise(evidence):
    assert {item.promise for item in evidence} == set(COMMITMENTS["promise"])


def test_what_counts_has_a_form_and_nothing_else_has(evidence):
    assert all((item.effect == "done") == bool(item.form) for item in evidence)


def test_sessions_are_marked_only_where_something_was_done_for_a_programme():
    kinds = COMMITMENTS.set_index("promise")["kind"]
    sessions = EVIDENCE[EVIDENCE["session"]]
    assert (sessions["effect"] == "done").all()
    assert (sessions["promise"].map(kinds) == "programme").all()
    assert all(kinds[promise] == "programme" for promise in scorecard.PROGRAMS)


def test_only_acts_against_an_aim_have_an_end():
    assert set(EVIDENCE.loc[EVIDENCE["until"].notna(), "effect"]) == {"against"}


def test_counted_evidence_was_read_again():
    counted = EVIDENCE[EVIDENCE["effect"].isin(["done", "undo", "against"])]
    assert counted["verified"].all()


def test_a_series_that_the_table_does_not_name_is_refused():
    renamed = MEETINGS.replace({"mechanism": {"Senior Economic Dialogue": "Economic Dialogue"}})
    with pytest.raises(ValueError, match="No meetings of Senior Economic Dialogue are in the table"):
        scorecard.items(EVIDENCE, renamed, AGREEMENTS, *CLIMATE)
