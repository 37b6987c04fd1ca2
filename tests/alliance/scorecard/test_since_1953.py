"""The line of time from 1953: every landmark is an event of the chronology, and names stand where they have room."""

import pandas as pd
import pytest

from alliance import data
from alliance.charts import scorecard as charts
from alliance.charts.scorecard.since_1953 import LANDMARKS, SPANS, landmarks

LAST = pd.Timestamp("2026-11-28")


def test_every_landmark_is_an_event_of_the_chronology():
    chronology = data.load("chronology")
    missing = chronology[chronology["date"] != "2016-07-08"]
    with pytest.raises(KeyError, match="2016-07-08"):
        landmarks(missing)
    events = landmarks(chronology)
    assert (events["words"] != "").sum() == len(LANDMARKS)
    assert not events["category"].eq("politics").any()


def test_each_choice_of_years_begins_where_its_name_says():
    assert all(int(span[:4]) == first for span, first in SPANS.items())
    named = {year for _, wide, phone in LANDMARKS.values() for year in (wide + " " + phone).split()}
    assert named == {str(first) for first in SPANS.values()}


def test_names_stand_in_bands_that_have_room_for_them():
    chart = charts.since_1953(data.load("presidents"), data.load("chronology"), LAST)
    names = chart.layer[1].data
    newest = names.loc[names["span"] == "2017–2026", "surname"]
    assert list(newest) == ["Moon", "Yoon", "Lee", "Trump", "Biden", "Trump"]
    assert "Ford" not in set(names["surname"]) and "Park C." in set(names["surname"])
