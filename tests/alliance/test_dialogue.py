"""The measures of policy dialogue: against published figures, and by their properties."""

import pandas as pd
import pytest

from alliance import data, dialogue


@pytest.fixture(scope="module")
def meetings():
    return data.load("dialogue_meetings")


@pytest.fixture(scope="module")
def visits():
    return data.load("leader_visits")


@pytest.fixture(scope="module")
def points():
    return data.load("ideal_points")


@pytest.fixture(scope="module")
def votes():
    return data.load("un_roll_calls")


def made_up(*dates, mechanism="Tea"):
    """Meetings on some days."""
    precision = ["day" if len(date) == 10 else "month" for date in dates]
    return pd.DataFrame({"mechanism": mechanism, "date": dates, "precision": precision})


# --- the chronology --------------------------------------------------------------------


def test_rounds_run_in_order_of_time(meetings):
    for name, group in dialogue.dated(meetings).dropna(subset="round").groupby("mechanism"):
        assert group["round"].is_monotonic_increasing and group["round"].is_unique, name


@pytest.mark.parametrize("table", ["dialogue_meetings", "other_dialogues"])
def test_a_source_older_than_its_meeting_is_called_an_advance_notice(table):
    known = data.load(table).query("precision == 'day'")
    for column in ["source_title", "second_source_title"]:
        day = known[column].str.extract(r"(\d{4}-\d\d-\d\d)", expand=False)
        early = known[(day < known["date"]) & ~known[column].str.contains("advance notice", na=False)]
        # The 17th Integrated Defense Dialogue, held online, began on April 21 by the clock of Washington.
        assert set(early["source_title"]) <= {"U.S. Department of Defense 2020-04-21, joint press statement"}, column


@pytest.mark.parametrize(
    ("mechanism", "first", "last"),
    [
        ("Security Consultative Meeting", 31, 57),
        ("2+2 ministerial", 1, 6),
        ("Extended Deterrence Strategy and Consultation Group", 1, 5),
        ("Nuclear Consultative Group", 1, 5),
        ("Integrated Defense Dialogue", 1, 27),
        ("Strategic Dialogue", 1, 10),
        ("Senior Economic Dialogue", 1, 10),
        ("Bilateral Policy Dialogue", 1, 3),
    ],
)
def test_no_round_is_missing(meetings, mechanism, first, last):
    rounds = meetings.loc[meetings["mechanism"] == mechanism, "round"]
    assert sorted(rounds) == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("mechanism", "round_", "date"),
    [
        ("Security Consultative Meeting", 34, "2002-12-05"),  # DoD release 619-02
        ("Security Consultative Meeting", 43, "2011-10-28"),  # Korea Herald, text of the communiqué
        ("2+2 ministerial", 5, "2021-03-18"),
        ("Strategic Dialogue", 1, "2006-11-07"),  # joint press release of the State Department
        ("Strategic Dialogue", 5, "2013-12-17"),  # MOFA, January 2014
        ("Senior Economic Dialogue", 1, "2015-11-20"),  # Dong-A Ilbo, from MOFA
        ("Bilateral Policy Dialogue", 1, "2021-03-19"),
        ("Bilateral Policy Dialogue", 2, "2021-06-29"),
        ("Bilateral Policy Dialogue", 3, "2021-10-14"),
        ("Nuclear Consultative Group", 3, "2024-06-10"),
        ("Integrated Defense Dialogue", 3, "2013-02-21"),  # DoD release 105-13
        ("Integrated Defense Dialogue", 20, "2021-09-27"),  # joint press statement
        ("Integrated Defense Dialogue", 25, "2024-09-23"),  # joint press statement
    ],
)
def test_published_days(meetings, mechanism, round_, date):
    row = meetings[(meetings["mechanism"] == mechanism) & (meetings["round"] == round_)]
    assert row["date"].item() == date


def test_other_dialogues_are_series_of_their_own_with_rounds_in_order_of_time(meetings):
    others = data.load("other_dialogues")
    assert not set(others["mechanism"]) & set(meetings["mechanism"])
    assert set(others["heading"]) <= set(data.load("commitments")["pillar"])
    for name, group in dialogue.dated(others).dropna(subset="round").groupby("mechanism"):
        assert group["round"].is_monotonic_increasing and group["round"].is_unique, name


def test_every_series_has_a_line_among_what_was_not_found(meetings):
    assert set(meetings["mechanism"]) <= set(data.load("dialogue_not_found")["mechanism"])


def test_the_strategic_dialogue_of_2025_came_after_four_years_and_three_months(meetings):
    """As News1 counted on 10 October 2025."""
    gaps = dialogue.intervals(meetings[meetings["mechanism"] == "Strategic Dialogue"])
    assert gaps["days"].iloc[-1] / 30.44 == pytest.approx(4 * 12 + 3, abs=0.7)


# --- intervals and silences ------------------------------------------------------------


def test_an_interval_between_months_may_be_off_by_a_month():
    gap = dialogue.intervals(made_up("2020-01", "2020-03", "2020-03-20"))
    assert list(gap["days"]) == [60, 5]
    assert list(gap["slack_days"]) == [30, 15]


def test_the_intervals_of_a_series_add_up_to_its_length(meetings):
    summary = dialogue.by_series(meetings)
    sums = dialogue.intervals(meetings).groupby("mechanism")["days"].sum()
    assert (sums == (summary["last"] - summary["first"]).dt.days[sums.index]).all()


def test_a_lasting_silence_counts_and_is_named_open():
    summary = dialogue.by_series(made_up("2020-01-01", "2020-02-01"), pd.Timestamp(2021, 2, 1)).loc["Tea"]
    assert (summary["longest_days"], summary["open"], summary["since_last_days"]) == (366, True, 366)


def test_a_single_meeting_has_no_median():
    assert pd.isna(dialogue.by_series(made_up("2020-01-01")).loc["Tea", "median_days"])


def test_a_meeting_after_the_cutoff_is_refused():
    with pytest.raises(ValueError, match="2026-01-01 is later than the cut-off 2025-12-31"):
        dialogue.by_series(made_up("2026-01-01"))


# --- rates -----------------------------------------------------------------------------


def test_before_and_after_are_equally_long_and_share_no_day():
    promise, cutoff = pd.Timestamp(2021, 3, 18), pd.Timestamp(2021, 3, 28)
    counts = dialogue.before_after(
        made_up("2021-03-08", "2021-03-09", "2021-03-18", "2021-03-19", "2021-03-28"), promise, cutoff
    )
    assert list(counts.loc["all", ["before", "after"]]) == [2, 2]


def test_the_series_add_up_to_all(meetings):
    counts = dialogue.before_after(meetings)[["before", "after"]]
    assert (counts.drop("all").sum() == counts.loc["all"]).all()


def test_the_first_window_is_that_of_before_and_after(meetings):
    first = dialogue.windows(meetings).iloc[0]
    counts = dialogue.before_after(meetings).loc["all"]
    assert list(first[["before", "after"]]) == list(counts[["before", "after"]])
    assert first["before_rate"] == pytest.approx(counts["before_rate"])


def test_groups_of_series_add_up_to_all(meetings):
    names = sorted(set(meetings["mechanism"]))
    rates = dialogue.grouped_rates(meetings, {"some": names[:3], "rest": names[3:], "all": names})
    assert (rates.loc[["some", "rest"], ["before", "after"]].sum() == rates.loc["all", ["before", "after"]]).all()


def test_a_window_compares_rates_and_not_counts():
    yearly = [f"{year}-06-01" for year in range(2012, 2026)]
    assert dialogue.windows(made_up(*yearly))["ratio"].tolist()[1:] == pytest.approx([1, 1], rel=0.01)


def test_yearly_counts_add_up(meetings):
    assert dialogue.yearly_counts(meetings)["meetings"].sum() == len(meetings)


# --- visits ----------------------------------------------------------------------------


def test_every_visit_ends_after_it_starts(visits):
    assert (pd.to_datetime(visits["end"]) >= pd.to_datetime(visits["start"])).all()


def test_visits_missing_from_the_american_list_are_there(visits):
    added = visits[visits["note"].fillna("").str.contains("not in the list")]
    assert list(added["start"]) == [
        "2017-06-29",
        "2017-09-18",
        "2018-09-23",
        "2019-09-22",
        "2021-09-19",
        "2022-09-19",
        "2023-09-18",
        "2025-08-24",
        "2025-09-22",
        "2025-10-29",
        "2026-01-22",
        "2026-03-12",
    ]


def test_a_visit_to_korea_has_local_days(visits):
    """Biden landed at Osan on the evening of May 20, 2022, by Korean reports; the American list gives May 19."""
    biden = visits[visits["visitor"] == "Joseph R. Biden"].set_index("direction").loc["to Korea"]
    assert (biden["start"], biden["end"]) == ("2022-05-20", "2022-05-22")


def test_decades_hold_all_leaders_but_prime_ministers_and_the_president_elect(visits):
    leaders = ~visits["office"].isin(["prime minister", "president-elect"])
    assert dialogue.visits_by_decade(visits)["visits"].sum() == leaders.sum()


def test_park_was_not_head_of_state_in_1961(visits):
    """Yun Posun was president until March 1962; the publisher calls Park chairman in 1961, acting president in 1963."""
    park = visits[visits["visitor"] == "Park Chung-hee"].set_index("start")["office"]
    assert park["1961-11-13"] == "chairman of the ruling council"
    assert park["1963-11-24"] == "acting head of state"


# --- votes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        ("yes", "yes", 1),
        ("no", "no", 1),
        ("abstain", "abstain", 1),
        ("yes", "abstain", 0.5),
        ("abstain", "no", 0.5),
        ("yes", "no", 0),
    ],
)
def test_scores_of_pairs(one, other, score):
    pair = pd.DataFrame({"usa": [one], "kor": [other]})
    assert list(dialogue.agreement(pair, "usa", "kor")) == [score]
    assert list(dialogue.agreement(pair, "kor", "usa")) == [score]


def test_an_absence_is_left_out():
    pair = pd.DataFrame({"usa": ["yes", "yes"], "kor": ["yes", None]})
    assert len(dialogue.agreement(pair, "usa", "kor")) == 1


def test_agreement_of_1991_is_the_one_computed_independently(votes):
    """71 votes, mean score 0.3592, counted by others from the same package."""
    yearly = dialogue.yearly_agreement(votes, "usa", ["kor"]).set_index("year")
    assert yearly.loc[1991, "votes"] == 71
    assert yearly.loc[1991, "agreement"] == pytest.approx(0.35915, abs=1e-5)


def test_a_state_agrees_with_itself(votes):
    assert dialogue.agreement(votes, "kor", "kor").eq(1).all()


def test_agreement_of_2023_is_near_what_the_state_department_reports(votes):
    """Its count takes one abstention as a half too, and has emergency sessions that the roll calls lack."""
    scores = dialogue.yearly_agreement(votes, "usa", ["kor", "jpn"]).set_index(["country", "year"])["agreement"]
    official = data.load("voting_coincidence").query("votes == 'all contested'").set_index(["country", "year"])
    for place in [("KOR", 2020), ("KOR", 2023), ("JPN", 2023)]:
        assert 100 * scores[place] == pytest.approx(official.loc[place, "coincidence_pct"], abs=1.5)


def test_coincidence_follows_from_the_votes_reported():
    rows = data.load("voting_coincidence").query("year <= 2020")
    share = 100 * (rows["same"] + rows["partial"] / 2) / (rows["same"] + rows["partial"] + rows["opposite"])
    assert (share - rows["coincidence_pct"]).abs().max() <= 1


def test_issues_and_the_rest_cover_all_roll_calls(votes):
    issues = dialogue.agreement_by_issue(votes, "usa", "kor").set_index("issue")
    assert issues.loc["all roll calls", "votes"] == len(votes)
    coded = votes["issues"].notna().sum()
    assert issues.loc["none of these", "votes"] == len(votes) - coded
    assert issues["agreement"].between(0, 1).all()


def test_periods_hold_the_votes_of_their_years(votes):
    every = dialogue.issues_by_period(votes, {"nineties": (1991, 2000)}, {"KOR": "Korea"})
    scores = dialogue.yearly_agreement(votes, "usa", ["kor"]).query("year <= 2000")
    assert every.set_index("issue").loc["all roll calls", "votes"] == scores["votes"].sum()
    assert set(every["period"]) == {"nineties"} and set(every["state"]) == {"Korea"}


def test_distances_are_symmetrical(points):
    there = dialogue.distances(points).query("country == 'KOR'").reset_index(drop=True)
    back = dialogue.distances(points, "KOR").query("country == 'USA'").reset_index(drop=True)
    pd.testing.assert_frame_equal(there.drop(columns="country"), back.drop(columns="country"))


def test_the_distance_of_2023_is_the_difference_of_the_published_points(points):
    """Published: United States 1.986836, Republic of Korea 0.906714 (variant all)."""
    row = dialogue.distances(points).query("country == 'KOR' and year == 2023 and variant == 'all'")
    assert row["distance"].item() == pytest.approx(1.080122, abs=1e-6)


def test_moves_of_two_states_explain_the_change_of_distance(points):
    """On this line the United States stand at one end, so that distance is origin minus other."""
    moved = dialogue.moves(points, "KOR", 2020, 2023)
    change = moved["origin"] - moved["other"]
    assert (moved["end"] - moved["start"]).tolist() == pytest.approx(change.tolist())


def test_one_variant_has_no_interval(points):
    missing = dialogue.distances(points).groupby("variant")["half_width"].apply(lambda widths: widths.isna().all())
    assert missing.to_dict() == {"all": False, "fp": False, "legacy": True}


def test_unknown_states_are_refused(points, votes):
    with pytest.raises(ValueError, match="no state 'ROK'"):
        dialogue.distances(points, "ROK")
    with pytest.raises(ValueError, match="no column 'rok'"):
        dialogue.agreement(votes, "usa", "rok")


def test_the_half_width_joins_both_intervals():
    points = pd.DataFrame(
        {"country": ["USA", "KOR"], "year": 2020, "variant": "all", "ideal_point": [3.0, 1.0], "q5": [2.7, 0.6]}
    ).assign(q95=lambda table: 2 * table["ideal_point"] - table["q5"])
    row = dialogue.distances(points).iloc[0]
    assert (row["distance"], row["half_width"]) == (2.0, pytest.approx(0.5))  # √(0.3² + 0.4²)
