"""Charts of the scorecard: what they place where."""

import pytest
from builders import COMMITMENTS

from alliance import data, scorecard
from alliance.charts import scorecard as charts


@pytest.fixture(scope="module")
def statuses():
    return scorecard.statuses(data.load("verdicts"))


@pytest.fixture(scope="module")
def single(evidence):
    frame = scorecard.one_at_a_time(COMMITMENTS, evidence, data.load("scorecard_rules"))
    return frame.assign(variant=charts.variants(frame))


def _points(chart):
    """Return the rows of the first layer: the ends of the lines."""
    return chart.layer[0].data


def test_a_line_falls_where_the_united_states_stands_lower(scores, statuses):
    points = _points(charts.parties(scores, statuses)).set_index(["name", "_place"])["_at"].unstack()
    assert len(points) == (scores["USA"] != scores["KOR"]).sum()
    assert (points[1] > points[0]).all()


def test_every_promise_has_a_row_of_its_own_on_both_sides(scores, statuses):
    points = _points(charts.falls(scores, statuses))
    assert (points.groupby("_place")["_at"].nunique() == len(scores)).all()
    best = points[points["_place"] == 0].sort_values("_at")["verdict"].map({"kept": 0, "partly kept": 1}).fillna(2)
    assert best.is_monotonic_increasing


def test_the_table_of_changes_names_each_verdict_that_moves_once(single, scores):
    rows = charts.change_rows(single, scores)
    assert rows["total"].is_monotonic_decreasing
    assert rows["total"].sum() == (single["change"] != 0).sum()
    best = rows[rows["variant"] == "counted only what was done"].iloc[0]
    assert best["worse"] == "none" and best["total"] == (scores["best"] != scores["verdict"]).sum()
