"""The trail of a promise, the words of verdicts, and the reasons beside them."""

import json

import pandas as pd
import pytest

from alliance import data, scorecard
from alliance.charts.scorecard import firmness
from alliance.charts.scorecard.strip import strip
from alliance.scorecard.trail import ROLES

EVIDENCE = data.load("evidence")
ITEMS = scorecard.items(
    EVIDENCE,
    data.load("dialogue_meetings"),
    data.load("scorecard_series"),
    data.load("sma_agreements"),
    data.load("national_emissions"),
    data.load("climate_targets"),
)


def trail(promise):
    own = scorecard.by_promise(ITEMS)[promise]
    return scorecard.trail(own, EVIDENCE, data.load("dialogue_meetings"), data.load("sma_agreements"))


@pytest.mark.slow
def test_every_row_of_evidence_stands_in_the_trail_of_its_promise_with_its_source():
    for promise, rows in EVIDENCE.groupby("promise"):
        found = trail(promise)
        own = found[found["fact"].isin(rows["fact"])]
        assert len(own) == len(rows)
        assert own["source_url"].str.startswith("http").all()


def test_a_trail_is_in_order_of_time_and_names_where_its_meetings_were_read():
    found = trail("D4")
    found = found[found["kind"] != "missed"]
    assert found["day"].is_monotonic_increasing
    assert (found.loc[found["fact"].str.startswith("Senior Economic Dialogue"), "source_url"] != "").all()


def test_what_undoes_a_promise_is_told_from_what_counts_and_from_what_was_considered():
    kinds = trail("C3").set_index("fact")["kind"]
    assert set(kinds) <= {"counted", "against", "considered", "missed"} and (kinds == "against").any()


def test_what_was_searched_for_in_vain_comes_last_and_is_no_event_on_the_strip():
    found = trail("C1")
    missed = found["kind"] == "missed"
    assert missed.any() and missed.is_monotonic_increasing
    drawn = json.dumps(strip(found, pd.Timestamp(2026, 6, 30)).to_dict())
    assert all((json.dumps(fact) in drawn) != gone for fact, gone in zip(found["fact"], missed, strict=True))


def test_the_words_of_a_promise_stand_in_its_sentence():
    table = data.load("commitments")
    assert all(words in whole for words, whole in zip(table["quotation"], table["sentence"], strict=True))
    assert table["sentence"].str.fullmatch(r"[A-Z].+\.").all() and table["sentence"].nunique() == 12


def test_what_counts_half_is_a_half_filled_dot():
    spec = strip(trail("D1"), pd.Timestamp(2026, 6, 30)).to_dict()
    assert "1 of them half" in spec["description"] and json.dumps(spec).count('"mark": "half"') == 1


def test_how_firm_a_verdict_is_stands_in_sentences():
    stable = pd.DataFrame({"promise": ["D1", "D2"], "share": [0.084, 1.0]})
    single = pd.DataFrame(
        [
            ("joint", "KOR", "D1", "kept", 1, "judged Korea alone"),
            ("axis", "what was done", "D1", "kept", 1, "counted only what was done"),
            ("missing", "apart", "D1", "not measurable", -1, "added a new rule"),
            ("joint", "KOR", "D2", "kept", 0, "judged Korea alone"),
        ],
        columns=["rule", "value", "promise", "verdict", "change", "variant"],
    )
    statuses = scorecard.statuses(data.load("verdicts"))
    assert firmness("D1", stable, single, 31104, statuses) == [
        "The verdict would be kept if we judged Korea alone or counted only what was done. "
        "It could not be judged if we added a new rule.",
        "With several rules changed at once, the verdict is the same under 8 percent of the 31,104 combinations of "
        "rules that we tried. This is a stress test and not a probability.",
    ]
    assert firmness("D2", stable, single, 31104, statuses) == [
        "No single change of a rule alters the verdict, and it is the same under all 31,104 combinations of "
        "rules that we tried."
    ]


def test_every_effect_and_form_in_the_evidence_has_a_role_in_plain_words():
    pairs = {(row.effect, row.form) for row in ITEMS} - {("base", ""), ("level", ""), ("goal", "")}
    assert all(pair in ROLES or pair[0] in ROLES for pair in pairs)


def test_every_verdict_has_words_a_mark_and_a_color_in_both_languages():
    for language in ("en", "ko"):
        statuses = scorecard.statuses(data.load("verdicts"), language)
        assert set(statuses) == set(scorecard.VERDICTS)
        assert all(status["short"] and status["mark"] and status["color"] for status in statuses.values())


def test_a_verdict_without_words_is_named():
    table = data.load("verdicts")
    with pytest.raises(ValueError, match="no row for kept;"):
        scorecard.statuses(table[table["verdict"] != "kept"])


def test_a_reason_holds_for_its_verdict_alone():
    reasons = pd.DataFrame(
        [("D1", "joint", "kept", "It met."), ("D1", "USA", "kept", "They met.")],
        columns=["promise", "party", "verdict", "reason"],
    )
    assert scorecard.reason(reasons, "D1", "kept") == "It met."
    assert scorecard.reason(reasons, "D1", "kept", "USA") == "They met."
    assert scorecard.reason(reasons, "D1", "kept", "KOR") == "It met."
    with pytest.raises(ValueError, match="no sentence for D1, joint, 'not kept'"):
        scorecard.reason(reasons, "D1", "not kept")
    assert scorecard.reason(reasons, "D1", "not kept", strict=False).startswith("No sentence")
