"""The hand-coded tables of the scorecard."""

import pytest

from alliance.collect import scorecard as collected
from alliance.collect.sources import ADDITIONS
from alliance.data import DataError

TABLES = ("commitments", "evidence", "evidence_second_coding", "act_searches", "scorecard_series")


@pytest.fixture
def spoilt(tmp_path, monkeypatch):
    """Return a function that puts `new` in the place of `old` in all tables of the scorecard."""

    def spoil(old, new):
        for name in TABLES:
            text = (ADDITIONS / f"{name}.csv").read_text(encoding="utf-8")
            (tmp_path / f"{name}.csv").write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr("alliance.collect.scorecard.ADDITIONS", tmp_path)
        return tmp_path

    return spoil


def test_evidence_for_an_unknown_promise_is_refused(spoilt):
    with pytest.raises(DataError, match='item D2-1, column promise: "D9" is no promise'):
        collected.evidence(spoilt("D2-1,D2,", "D2-1,D9,"))


def test_a_series_for_an_unknown_promise_is_refused(spoilt):
    with pytest.raises(DataError, match='series Senior Economic Dialogue, column promise: "D9" is no promise'):
        collected.scorecard_series(spoilt("D4,Senior Economic Dialogue", "D9,Senior Economic Dialogue"))


def test_a_search_for_an_unknown_promise_is_refused(spoilt):
    with pytest.raises(DataError, match='column promise: "D9" is no promise'):
        collected.act_searches(spoilt("\nC4,KOR", "\nD9,KOR"))


def test_a_meeting_that_is_itself_the_promise_is_no_session(spoilt):
    folder = spoilt("2021-03-18,,as worded,false", "2021-03-18,,as worded,true")
    with pytest.raises(DataError, match="column session: D1 is of the kind “one-off act”"):
        collected.scorecard_series(folder)


def test_a_session_of_a_statement_is_refused(spoilt):
    with pytest.raises(DataError, match="item D2-1, column session: D2 is of the kind “declaratory”"):
        collected.evidence(
            spoilt("D2-1,D2,2021-10-14,,both,done,as worded,false", "D2-1,D2,2021-10-14,,both,done,as worded,true")
        )


def test_a_card_of_no_evidence_is_refused(spoilt):
    with pytest.raises(DataError, match='column item: "D2-99" is no row of evidence'):
        collected.evidence_second_coding(spoilt("\nD2-1,done", "\nD2-99,done"))


def test_a_card_has_the_source_of_its_row(tmp_path):
    cards = collected.evidence_second_coding(tmp_path).set_index("item")
    rows = collected.evidence(tmp_path).set_index("item")
    assert cards["source_url"].equals(rows.loc[cards.index, "source_url"])
