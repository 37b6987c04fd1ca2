"""The pace of targets."""

import pytest
from builders import AGREEMENTS, CLIMATE, EVIDENCE, MEETINGS, SERIES

from alliance import scorecard
from alliance.scorecard import pace, straight_pace


def test_pace_is_one_on_the_path_and_negative_the_wrong_way():
    assert pace((2018, 100), (2024, 80), (2030, 64)) == pytest.approx(1)
    assert straight_pace((2018, 100), (2024, 80), (2030, 60)) == pytest.approx(1)
    assert pace((2018, 100), (2024, 110), (2030, 64)) < 0
    assert (
        pace((2018, 100), (2034, 50), (2050, 0))
        == straight_pace((2018, 100), (2034, 50), (2050, 0))
        == pytest.approx(1)
    )


def test_published_figures_give_the_published_pace():
    korea = [
        item
        for item in scorecard.items(EVIDENCE, MEETINGS, SERIES, AGREEMENTS, *CLIMATE)
        if item.promise == "C3" and item.party == "KOR"
    ]
    base, level, goal = scorecard.figures(korea)
    assert base[1] - level[1] == pytest.approx(93.89)  # million tons below 2018, published 20 August 2025
    assert level[1] - goal[1] == pytest.approx(202, abs=0.5)  # said to be left, in round figures
