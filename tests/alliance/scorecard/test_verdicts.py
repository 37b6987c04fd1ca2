"""The verdicts: each rule on made-up promises, and the properties that those of the book must have."""

import pandas as pd
import pytest
from builders import AGREEMENTS, CLIMATE, COMMITMENTS, EVIDENCE, MEETINGS, RULES, SERIES, act, promise, verdict

from alliance import data, scorecard
from alliance.charts import scorecard as charts
from alliance.scorecard import Verdict, by_what_was_done, grade, join, judge
from alliance.scorecard.verdicts import final


def test_a_program_needs_two_years_and_two_publishers():
    assert verdict("program", act("2024-08-01"), act("2025-08-01")) == "kept"
    assert verdict("program", act("2025-02-01"), act("2025-08-01")) == "partly kept"
    alone = [act(date, publishers=("one",)) for date in ("2024-08-01", "2025-08-01")]
    assert verdict("program", *alone) == "partly kept"
    assert verdict("program", alone[0], act("2025-08-01", publishers=("two",))) == "kept"


def test_an_act_in_another_format_counts_half():
    half = [act("2024-08-01", "wider group"), act("2025-08-01", "successor")]
    assert verdict("program", *half) == "partly kept"
    full = RULES | {"wider_weight": 1.0, "successor_weight": 1.0}
    assert verdict("program", *half, rules=full) == "kept"
    none = RULES | {"wider_weight": 0.0, "successor_weight": 0.0}
    assert verdict("program", *half, rules=none) == "not measurable"


def test_a_promise_met_as_worded_and_then_only_otherwise_is_partly_kept():
    acts = [act("2022-08-01"), act("2023-08-01"), act("2025-08-01", "successor")]
    found = judge(promise(), acts, RULES, "KOR")
    assert (found.verdict, by_what_was_done(found)) == ("partly kept", "kept")


@pytest.mark.parametrize(("last", "expected"), [("2024-06-29", "kept, then lapsed"), ("2024-06-30", "kept")])
def test_the_look_back_ends_on_the_day(last, expected):
    assert verdict("program", act("2023-01-01"), act(last)) == expected


def test_what_is_not_continuing_cannot_lapse():
    acts = [act("2021-05-01"), act("2022-05-01")]
    assert verdict("program", *acts, continuing=False) == "kept"
    assert verdict("program", *acts) == "kept, then lapsed"


def test_rounds_are_counted_against_the_rounds_expected():
    rounds = [act(date) for date in ("2021-06-01", "2022-06-01", "2023-06-01", "2024-07-01")]
    assert verdict("recurring meeting", *rounds) == "kept"  # 4 of 5.3
    assert verdict("recurring meeting", *rounds[1:]) == "partly kept"
    held, expected = scorecard.rounds(rounds, promise("recurring meeting"), RULES)
    assert held == 4
    assert expected == pytest.approx(5.284, abs=0.001)


def test_a_formal_act_reverses_for_the_party_that_made_it():
    acts = [act("2024-08-01"), act("2025-01-01"), act("2025-01-20", "", "undo", "USA")]
    assert verdict("program", *acts) == "kept, then reversed"
    assert verdict("program", *acts, party="KOR") == "kept"
    assert verdict("program", *acts, rules=RULES | {"undo": "halves"}) == "partly kept"


def test_an_undoing_before_anything_was_done_undoes_nothing():
    assert verdict("program", act("2021-04-01", "", "undo", "USA"), act("2024-08-01"), act("2025-08-01")) == "kept"


@pytest.mark.parametrize(("weight", "expected"), [(0.0, "kept, then reversed"), (0.5, "partly kept"), (1.0, "kept")])
def test_an_act_against_the_aim_lowers_the_score(weight, expected):
    acts = [act("2024-08-01"), act("2025-01-01"), act("2025-04-15", "", "against", "USA")]
    assert verdict("program", *acts, rules=RULES | {"against_weight": weight}) == expected


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-06-29", "kept"), ("2026-06-30", "partly kept"), (None, "partly kept")]
)
def test_an_act_against_the_aim_counts_only_while_it_is_in_force(until, expected):
    acts = [act("2024-08-01"), act("2025-01-01"), act("2025-04-15", "", "against", "USA", until=until)]
    assert verdict("program", *acts) == expected


def test_a_strict_reader_may_halve_sessions_and_acts_between_the_two():
    sessions = [act(date, session=True) for date in ("2024-08-01", "2025-08-01")]
    assert verdict("program", *sessions) == "kept"
    assert verdict("program", *sessions, rules=RULES | {"session_weight": 0.5}) == "partly kept"
    between = [act(date, "between the two") for date in ("2024-08-01", "2025-08-01")]
    assert verdict("program", *between) == "kept"
    assert verdict("program", *between, rules=RULES | {"bilateral_weight": 0.5}) == "partly kept"


def test_emissions_count_once_the_following_year_is_over():
    figures = [
        act("2020", "", "base", "KOR", value=100.0),
        act("2023", "", "level", "KOR", value=87.0),
        act("2024", "", "level", "KOR", value=82.0),
        act("2030", "", "goal", "KOR", value=64.0),
    ]
    early = RULES | {"cutoff": "2025-01-19"}
    assert verdict("target", act("2021-04-01", party="KOR"), *figures, party="KOR") == "on track"
    assert verdict("target", act("2021-04-01", party="KOR"), *figures, party="KOR", rules=early) == "on track"
    assert (
        verdict(
            "target",
            act("2021-04-01", party="KOR"),
            *figures[:1],
            figures[1]._replace(value=95.0),
            *figures[2:],
            party="KOR",
            rules=early,
        )
        == "off track"
    )


def test_nothing_found_counts_only_where_acts_are_announced():
    search = act("2021-04-01", "", "not found")
    assert verdict("program", search) == "not measurable"
    assert verdict("one-off act", search, absence="counts") == "not kept"


def test_talk_and_a_partys_own_acts_do_not_count():
    assert verdict("program", act("2024-08-01", "", "talk"), act("2025-08-01", "", "own", "USA")) == "not measurable"


def test_acts_outside_the_period_do_not_count():
    assert verdict("program", act("2021-03-17"), act("2026-07-01")) == "not measurable"


@pytest.mark.parametrize(
    ("level", "expected"), [(80.0, "on track"), (87.0, "behind"), (95.0, "off track"), (105.0, "off track")]
)
def test_a_target_is_judged_by_its_pace(level, expected):
    figures = [
        act("2020", "", "base", "KOR", value=100.0),
        act("2024", "", "level", "KOR", value=level),
        act("2030", "", "goal", "KOR", value=64.0),
    ]
    assert verdict("target", act("2021-04-01", party="KOR"), *figures, party="KOR") == expected
    undone = [act("2021-04-01", party="KOR"), *figures, act("2025-01-01", "", "undo", "KOR")]
    assert verdict("target", *undone, party="KOR") == "kept, then reversed"


def test_a_target_without_a_figure_is_refused():
    figures = [
        act("2020", "", "base", "KOR", value=100.0),
        act("2025", "", "level", "KOR", value=90.0),
        act("2030", "", "goal", "KOR", value=64.0),
    ]
    with pytest.raises(ValueError, match="known by the cut-off are base, goal"):
        verdict("target", act("2021-04-01", party="KOR"), *figures, party="KOR")


def test_the_grade_counts_publishers_that_were_read():
    assert grade([act("2024-08-01")]) == "A"
    assert grade([act("2024-08-01", publishers=("one",)), act("2025-08-01", publishers=("one",))]) == "B"
    assert grade([act("2024-08-01", verified=False)]) == "C"
    assert judge(promise(), [act("2022-01-01"), act("2023-01-01")], RULES, "USA").grade == "B"  # rests on a silence


def test_verdicts_are_joined_by_the_weaker():
    pair = {"USA": "kept, then reversed", "KOR": "kept"}
    assert join(pair, "weakest") == "kept, then reversed"
    assert join(pair, "average") == "partly kept"
    assert join(pair, "KOR") == "kept"
    assert join({"USA": "partly kept", "KOR": "kept"}, "average") == "kept"
    with pytest.raises(ValueError, match="joined by weakest, average, KOR or USA, not 'best'"):
        join(pair, "best")


def test_an_unknown_party_is_refused():
    with pytest.raises(ValueError, match="There is no party 'JPN'"):
        judge(promise(), [], RULES, "JPN")


def test_the_other_axis_ignores_what_came_after():
    assert by_what_was_done(Verdict("kept, then reversed", 1.0, "reversed", "A", "")) == "kept"
    assert by_what_was_done(Verdict("not measurable", 0.0, "no evidence", "C", "")) == "not measurable"


def test_every_promise_has_one_verdict_of_the_scale(scores):
    assert list(scores["promise"]) == list(COMMITMENTS["promise"])
    assert len(scores) == 25
    assert set(scores["verdict"]) | set(scores["USA"]) | set(scores["KOR"]) <= set(scorecard.VERDICTS)


def test_the_joint_verdict_is_that_of_one_party_and_never_the_better(scores):
    for row in scores.itertuples():
        assert row.verdict in (row.USA, row.KOR)
        assert scorecard.VERDICTS.index(row.verdict) == min(map(scorecard.VERDICTS.index, (row.USA, row.KOR)))


def test_one_row_of_evidence_changes_a_verdict(evidence, scores):
    before = scores.set_index("promise")["verdict"]
    assert before["I8"] == "partly kept, then lapsed"
    found = EVIDENCE[EVIDENCE["promise"] == "I8"].iloc[[0]].assign(effect="done", form="as worded", date="2025-06-01")
    changed = scorecard.items(pd.concat([EVIDENCE, found]), MEETINGS, SERIES, AGREEMENTS, *CLIMATE)
    after = scorecard.score(COMMITMENTS, changed, RULES).set_index("promise")["verdict"]
    assert after["I8"] == "partly kept"
    assert after.drop("I8").equals(before.drop("I8"))


def test_one_meeting_changes_a_verdict(scores):
    assert scores.set_index("promise")["verdict"]["D1"] == "partly kept"  # since 2024 only under another name
    fourth = MEETINGS[MEETINGS["mechanism"] == "Bilateral Policy Dialogue"].tail(1).assign(date="2025-03-01", round=4)
    changed = scorecard.items(EVIDENCE, pd.concat([MEETINGS, fourth]), SERIES, AGREEMENTS, *CLIMATE)
    assert scorecard.score(COMMITMENTS, changed, RULES).set_index("promise")["verdict"]["D1"] == "kept"


@pytest.mark.parametrize(
    ("forms", "done"),
    [
        (["as worded", "as worded"], 1.0),
        (["successor", "successor"], 0.5),
        (["as worded", "successor"], 0.5),  # one act as worded is not enough, however many others there are
        (["as worded", "successor", "successor"], 0.5),
        (["successor", "successor", "part"], 0.5),  # nor does a weaker act lift the others
        (["as worded", "as worded", "part"], 1.0),
        (["part", "part"], 0.25),
        (["as worded"], 0.5),
    ],
)
def test_a_program_without_enough_acts_as_worded_is_half_done_at_most(forms, done):
    rules = RULES | {"successor_weight": 0.5, "part_weight": 0.25}
    acts = [act(f"{2022 + number}-08-01", form) for number, form in enumerate(forms)]
    assert judge(promise(continuing=False), acts, rules, "KOR").done == done


def test_a_lapse_leaves_what_was_done():
    found = judge(promise(), [act("2022-01-01"), act("2023-01-01")], RULES, "USA")
    assert (found.verdict, found.state, found.done) == ("kept, then lapsed", "lapsed", 1.0)


def test_an_undoing_on_the_day_of_the_first_act_counts():
    acts = [act("2024-08-01"), act("2025-08-01"), act("2024-08-01", "", "undo", "USA")]
    assert verdict("program", *acts) == "kept, then reversed"


def test_an_average_is_kept_from_three_quarters_and_partly_from_one():
    assert join({"USA": "partly kept", "KOR": "kept"}, "average") == "kept"
    assert join({"USA": "not kept", "KOR": "partly kept"}, "average") == "partly kept"
    assert join({"USA": "not kept", "KOR": "kept, then lapsed"}, "average") == "not kept"


@pytest.mark.parametrize(
    ("axis", "missing", "expected"),
    [
        ("state", "apart", ["kept, then lapsed", "not measurable"]),
        ("what was done", "apart", ["kept", "not measurable"]),
        ("state", "not kept", ["kept, then lapsed", "not kept"]),
    ],
)
def test_the_axis_and_missing_evidence_work_on_finished_verdicts(axis, missing, expected):
    rules = RULES | {"axis": axis, "missing": missing, "joint": "weakest"}
    kept = {party: Verdict("kept, then lapsed", 1.0, "lapsed", "B", "") for party in scorecard.PARTIES}
    unknown = {party: Verdict("not measurable", 0.0, "no evidence", "C", "") for party in scorecard.PARTIES}
    assert [final(parties, rules) for parties in (kept, unknown)] == expected


def test_the_earliest_act_against_that_is_in_force_is_named_and_the_others_are_counted():
    acts = [act("2024-08-01"), act("2025-01-01")]
    ended = act("2025-02-01", "", "against", "USA", until="2026-01-01")._replace(fact="Ended early")
    first, second, third = (
        act(date, "", "against", "USA")._replace(fact=f"Act of {date}")
        for date in ("2025-03-01", "2025-04-01", "2026-02-01")
    )
    reason = judge(promise(), [*acts, ended, first], RULES, "USA").reason
    assert reason.endswith(" Against the aim, from March 1, 2025: Act of 2025-03-01.")
    reason = judge(promise(), [*acts, ended, first, second], RULES, "USA").reason
    assert reason.endswith(" Act of 2025-03-01; 1 more such act is in force.")
    reason = judge(promise(), [*acts, ended, first, second, third], RULES, "USA").reason
    assert reason.endswith(" Act of 2025-03-01; 2 more such acts are in force.")


@pytest.mark.parametrize(
    ("level", "weight", "expected"),
    [
        (80.0, 0.5, "partly kept"),
        (87.0, 0.5, "behind"),  # an act against the aim never makes a target better than its pace
        (95.0, 0.5, "off track"),
        (80.0, 1.0, "on track"),
        (80.0, 0.0, "kept, then reversed"),
    ],
)
def test_an_act_against_the_aim_lowers_a_target(level, weight, expected):
    target = [
        act("2021-04-01"),
        act("2020", "", "base", value=100.0),
        act("2024", "", "level", value=level),
        act("2030", "", "goal", value=64.0),
    ]
    against = act("2025-01-01", "", "against", "USA")
    rules = RULES | {"against_weight": weight}
    assert verdict("target", *target, against, rules=rules) == expected
    ended = act("2025-01-01", "", "against", "USA", until="2026-01-01")
    assert verdict("target", *target, ended, rules=rules) == verdict("target", *target)


def test_a_settled_promise_is_kept_whatever_happens_later_and_counted_apart(scores):
    settled = scores[scores["settled"] != ""]
    assert list(settled["promise"]) == ["S1", "S2", "M1"]
    assert set(settled["verdict"]) == {"kept"} == set(settled["best"])
    counts = charts.tally(scores)
    assert counts[charts.SETTLED] == 3 and counts.sum() == 25
    assert counts["kept"] == (scores["verdict"] == "kept").sum() - 3


def test_growth_is_told_with_the_verdict_only_where_the_words_promise_it(scores):
    rows = charts.promise_rows(COMMITMENTS, scores, scorecard.statuses(data.load("verdicts")))
    growth = rows.set_index("promise")["growth"]
    assert set(growth[["D1", "D3", "D4", "S1", "S2", "M1", "E3", "E4", "C2", "C3"]]) == {"not promised"}
    words = COMMITMENTS.set_index("promise")["quotation"].str.contains("expand|enhanc|strengthen")
    assert (growth[words[words].index] != "not promised").all()
    assert (growth["I4"], growth["I5"]) == ("no", "yes")


def test_the_reason_is_that_of_the_party_that_decides():
    rows = [{"pillar": "", "short": "", "difficulty": "", **promise()._asdict()}]
    acts = [act("2024-08-01"), act("2025-08-01"), act("2025-09-01", "", "undo", "USA")]
    found = scorecard.score(pd.DataFrame(rows), acts, RULES).iloc[0]
    assert (found["USA"], found["KOR"], found["verdict"]) == ("kept, then reversed", "kept", "kept, then reversed")
    assert found["reason"] == "2 counted acts, 2024–2025. Undone on September 1, 2025: A thing happened."


def test_a_share_on_the_limit_is_enough():
    held = [act(date) for date in ("2022-06-01", "2023-06-01", "2025-07-01")]
    _, expected = scorecard.rounds(held, promise("recurring meeting"), RULES)
    on_the_limit = {"kept_share": 3 / expected, "partly_share": 0.0}
    assert verdict("recurring meeting", *held, rules=RULES | on_the_limit) == "kept"
    found = judge(promise("recurring meeting"), held, RULES | {"kept_share": 1.0, "partly_share": 3 / expected}, "KOR")
    assert (found.verdict, found.done) == ("partly kept", 0.5)


def test_a_pace_on_the_limit_is_enough_and_half_an_undoing_halves_a_target():
    target = [
        act("2021-04-01"),
        act("2020", "", "base", value=100.0),
        act("2024", "", "level", value=82.0),
        act("2030", "", "goal", value=64.0),
    ]
    ratio = scorecard.pace(*scorecard.figures(target))
    assert verdict("target", *target, rules=RULES | {"on_track": ratio}) == "on track"
    assert verdict("target", *target, rules=RULES | {"on_track": 2.0, "behind": ratio}) == "behind"
    undone = act("2025-01-01", "", "undo", "USA")
    assert verdict("target", *target, undone, rules=RULES | {"undo": "halves"}) == "partly kept"


def test_the_grade_of_both_is_the_weaker():
    rows = [{"pillar": "", "short": "", "difficulty": "", **promise()._asdict()}]
    acts = [act("2024-08-01", party="USA"), act("2025-08-01", party="USA")]
    acts += [act(date, publishers=("one",), party="KOR") for date in ("2024-08-01", "2025-08-01")]
    assert scorecard.score(pd.DataFrame(rows), acts, RULES)["grade"].item() == "B"
