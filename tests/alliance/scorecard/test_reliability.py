"""Agreement of two codings: published examples, properties, and the book's own tables."""

import math

import pytest
from builders import EVIDENCE

from alliance import data, scorecard
from alliance.scorecard import reliability

CODINGS = data.load("evidence_second_coding")


def test_alpha_is_that_of_the_published_examples():
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2007): its examples, the last with missing codes."""
    meg, owen = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert reliability.alpha([meg, owen]) == pytest.approx(0.095, abs=0.0005)
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert reliability.alpha([ben, gerry]) == pytest.approx(0.692, abs=0.0005)
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    assert reliability.alpha(observers) == pytest.approx(0.743, abs=0.0005)
    assert reliability.alpha(observers, [1, 2, 3, 4, 5]) == pytest.approx(0.815, abs=0.0005)


def test_full_agreement_is_one_and_one_code_alone_says_nothing():
    found = reliability.agreement(list("abcabc"), list("abcabc"))
    assert found[:3] == (6, 1.0, 1.0) and found.low == found.high == 1.0
    assert math.isnan(reliability.alpha(["aaa", "aaa"]))


@pytest.mark.slow
def test_the_interval_is_the_same_every_time_and_holds_the_estimate():
    one, two = list("aabbdcccedda") * 3, list("babbbcccedddd"[:12]) * 3
    first = reliability.agreement(one, two)
    assert first == reliability.agreement(one, two)
    assert first.low < first.alpha < first.high
    assert first.low != reliability.agreement(one, two, seed=1).low


def test_what_one_coder_leaves_open_is_left_out():
    assert reliability.agreement(["a", "b", None, "a"], ["a", "b", "b", None]).units == 2


@pytest.mark.slow
def test_a_near_miss_counts_less_among_verdicts_than_a_far_one():
    scale = scorecard.VERDICTS[:-1]
    near = [*scale[:-1], scale[-2]]
    far = [*scale[:-1], scale[0]]
    assert reliability.of_verdicts(scale, near).alpha > reliability.of_verdicts(scale, far).alpha
    assert reliability.of_verdicts([*scale, "not measurable"], [*near, "kept"]).units == len(scale)


def test_every_row_of_evidence_that_is_no_search_has_its_card():
    acts = set(EVIDENCE.loc[EVIDENCE["effect"] != "not found", "item"])
    assert set(CODINGS["item"]) == acts
    for prefix in ("first_", ""):
        assert ((CODINGS[f"{prefix}effect"] == "done") == CODINGS[f"{prefix}form"].notna()).all()


def test_every_disagreement_is_settled_and_nothing_else_is():
    differ = reliability.disagreements(CODINGS)
    settled = CODINGS[CODINGS["settled"].notna()]
    assert list(settled["item"]) == list(differ["item"])
    assert settled["settled_how"].notna().all() and CODINGS["settled_how"].notna().sum() == len(settled)


def test_the_evidence_stands_as_the_disagreements_were_settled():
    rows = EVIDENCE.set_index("item")
    for card in CODINGS.to_dict("records"):
        now = tuple(str(rows.loc[card["item"], field]) for field in reliability.FIELDS)
        first = tuple(str(card[f"first_{field}"]) for field in reliability.FIELDS)
        second = tuple(str(card[field]) for field in reliability.FIELDS)
        if card["settled"] == "second":
            assert now == second != first, card["item"]
        elif card["settled"] == "each in part":
            assert now not in (first, second) and all(
                code in pair for code, *pair in zip(now, first, second, strict=True)
            )
        else:
            assert now == first, card["item"]


def test_a_coding_put_into_the_evidence_can_be_read_back():
    for first in (True, False):
        rows = reliability.recoded(EVIDENCE, CODINGS, first=first).set_index("item")
        for field in reliability.FIELDS:
            codes = CODINGS.set_index("item")[f"first_{field}" if first else field]
            assert rows.loc[codes.index, field].astype(str).equals(codes.astype(str).rename(field))
        assert list(rows.reset_index().columns) == list(EVIDENCE.columns)
        searches = EVIDENCE[EVIDENCE["effect"] == "not found"].set_index("item")
        assert rows.loc[searches.index].equals(searches)
