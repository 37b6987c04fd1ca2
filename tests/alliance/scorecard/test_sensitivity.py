"""What the verdicts hang on: one act, one rule, all rules at once."""

import pandas as pd
import pytest
from builders import AGREEMENTS, CLIMATE, COMMITMENTS, EVIDENCE, MEETINGS, RULES, SERIES, act

from alliance import data, scorecard


def test_a_verdict_that_hangs_on_one_act_is_found():
    row = pd.DataFrame(
        [
            {
                "promise": "X1",
                "kind": "program",
                "continuing": True,
                "absence": "does not count",
                "rounds_per_year": 1.0,
            }
        ]
    )
    acts = [act("2022-08-01"), act("2023-08-01"), act("2025-08-01")]
    found = scorecard.without_each(row, acts, RULES)
    assert found[["base", "verdict", "change"]].values.tolist() == [["kept", "kept, then lapsed", -1]]
    assert scorecard.without_each(row, [*acts, act("2025-09-01")], RULES).empty


def test_changing_a_rule_to_its_own_value_changes_nothing(evidence):
    table = data.load("scorecard_rules").assign(
        alternatives=lambda frame: frame["value"].where(frame["alternatives"].notna())
    )
    assert (scorecard.one_at_a_time(COMMITMENTS, evidence, table)["change"] == 0).all()


@pytest.mark.slow
def test_a_row_of_the_grid_is_what_the_rules_of_the_row_give(evidence):
    table = data.load("scorecard_rules")
    variants = scorecard.grid(COMMITMENTS, evidence, table)
    for _, row in variants.iloc[::1999].iterrows():
        rules = scorecard.read_rules(table) | {rule: row[rule] for rule in scorecard.alternatives(table)}
        assert (
            row[COMMITMENTS["promise"]].to_list() == scorecard.score(COMMITMENTS, evidence, rules)["verdict"].to_list()
        )


def test_the_grid_holds_the_books_own_choice_once(evidence, scores):
    table = data.load("scorecard_rules")
    table["alternatives"] = table["alternatives"].where(table["rule"].isin(["joint", "missing", "against_weight"]))
    variants = scorecard.grid(COMMITMENTS, evidence, table)
    assert len(variants) == 4 * 3 * 3
    own = variants[
        (variants["joint"] == "weakest") & (variants["missing"] == "apart") & (variants["against_weight"] == 0.5)
    ]
    assert len(own) == 1
    assert own[list(COMMITMENTS["promise"])].iloc[0].tolist() == scores["verdict"].tolist()
    shares = scorecard.stability(COMMITMENTS, variants, scores.set_index("promise")["verdict"])
    assert shares["share"].between(1 / 36, 1).all()


def test_from_not_measurable_keeping_is_better_and_anything_else_worse(evidence):
    without = [item for item in evidence if (item.promise, item.effect) != ("I8", "done")]  # its only act
    changes = scorecard.one_at_a_time(COMMITMENTS, without, data.load("scorecard_rules"))
    unknown = changes[(changes["base"] == "not measurable") & (changes["rule"] == "missing")]
    assert set(unknown["promise"]) == {"I8"}
    assert set(zip(unknown["value"], unknown["change"], strict=True)) == {("not kept", -1), ("kept", 1)}


@pytest.mark.slow
def test_evidence_that_is_read_otherwise_moves_its_own_verdict_alone():
    def verdicts(evidence):
        found = scorecard.items(evidence, MEETINGS, SERIES, AGREEMENTS, *CLIMATE)
        return scorecard.score(COMMITMENTS, found, RULES)

    choices = {
        "the consultation of 2025 is no successor": {"D1-1": ("talk", "")},
        "one act against fewer": {"I2-6": ("context", "")},
        "both acts against fewer": {"I2-6": ("context", ""), "I2-14": ("context", "")},
    }
    found = scorecard.contested(choices, EVIDENCE, verdicts)
    assert found[["promise", "base", "verdict"]].values.tolist() == [
        ["D1", "partly kept", "kept, then lapsed"],
        ["I2", "partly kept", "partly kept"],
        ["I2", "partly kept", "kept"],
    ]
