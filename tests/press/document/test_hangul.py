"""Runs of Hangul are marked as Korean."""

import pytest

from press.document.hangul import KOREAN, UNITS, korean, myriads, note_hangul


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Rain", []),
        ("rain (비) fell", ["비"]),
        ("방위비 분담금", ["방위비 분담금"]),
        ("한미 외교·국방 장관회의, 2+2", ["한미 외교·국방 장관회의"]),
        ("눈 and 비", ["눈", "비"]),
        ("ㄱㄴ", ["ㄱㄴ"]),
    ],
)
def test_a_run_is_words_that_stand_beside_one_another(text, runs):
    assert KOREAN.findall(text) == runs


def test_text_for_the_page_is_marked_and_escaped():
    assert korean("a < 비 & b") == 'a &lt; <span lang="ko">비</span> &amp; b'
    assert korean("Rain") == "Rain"


def test_the_letters_of_a_page_are_kept():
    env = type("Environment", (), {"metadata": {"page": {}}})()
    note_hangul(env, "page", "눈, rain 비 and 비")
    assert env.metadata["page"] == {"press_hangul": "눈비"}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (10389, "jo", "1조 389억"),
        (15191.8, "jo", "1조 5,192억"),
        (478, "jo", "478억"),
        (20000, "jo", "2조"),
        (485.16, "eok", "4억 8,500만"),
        (13, "eok", "1,300만"),
        (0.2, "eok", "0"),
    ],
)
def test_a_large_number_is_grouped_by_four_digits(value, form, text):
    assert myriads(value, UNITS[form]) == text
