"""The measures of prose: sentences, syllables, grades, and what is past a limit."""

import pytest
from test_tooling import load

readability = load("readability")
PAGE = """<article><h1>Rain</h1><div class="lead"><p>{lead}</p></div>
<p>We measured the rain <span class="bibtex-citation">[A. Author. Title.]</span> of Seoul.<a class="claim">✓</a></p>
<figure><figcaption><p><span class="caption-text">{title}</span></p><p class="subtitle">Rain, mm</p></figcaption>
<div class="legend"><p class="note">{note}</p><p class="source">Source: Weather Office.</p></div></figure></article>"""


def page(lead="It rained.", title="It rained more", note="One gauge."):
    return readability.read_page("notebooks/01-rain", PAGE.format(lead=lead, title=title, note=note))


def test_a_sentence_ends_at_its_stop_and_not_at_an_abbreviation():
    text = "The U.S. Senate met in No. 10. It voted. “Why?” Dr. Kim asked. The share was 8.4 percent of U.S. imports."
    assert readability.split(text) == [
        "The U.S. Senate met in No. 10.",
        "It voted.",
        "“Why?”",
        "Dr. Kim asked.",
        "The share was 8.4 percent of U.S. imports.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "count"), [("alliance", 3), ("government’s", 3), ("decarbonization", 6), ("28,500", 1)]
)
def test_syllables_are_those_of_the_dictionary_or_the_groups_of_vowels(word, count):
    assert readability.syllables(word) == count


def test_the_grade_is_that_of_the_published_formula():
    # Six words in two sentences, seven syllables: 0.39 × 3 + 11.8 × 7/6 − 15.59.
    assert readability.grade(["The cat sat.", "The dog waited."]) == pytest.approx(0.39 * 3 + 11.8 * 7 / 6 - 15.59)


def test_a_plain_page_has_no_problem_and_its_apparatus_is_not_read():
    assert readability.problems(page()) == []
    assert page().body == ["We measured the rain of Seoul."]


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"lead": "It rained. " * 5}, "lead: 5 sentences, at most 4"),
        ({"lead": "It rained " + "and " * 24 + "rained."}, "lead: 27 words, at most 25"),
        ({"lead": "It rained 3 mm, 4 mm, and 5 mm."}, "lead: more than 2 numbers"),
        ({"lead": "Notwithstanding meteorological considerations, precipitation intensified."}, "lead: grade"),
        ({"title": "In one year it rained more than in any other year that we know"}, "title: 14 words, at most 12"),
        ({"title": "3, 4, and 5 mm"}, "title: more than 2 numbers"),
        ({"note": "word " * 41}, "note: 41 words, at most 40"),
        ({"note": "Taken from the ledger."}, "house word “ledger”"),
    ],
)
def test_what_is_past_a_limit_is_named(parts, problem):
    assert [found for found in readability.problems(page(**parts)) if found.startswith(problem)]


def test_a_date_is_no_number_of_a_sentence():
    assert readability.problems(page(lead="From March 18, 2021 to June 30, 2026 it rained 3 mm.")) == []


@pytest.mark.slow
def test_british_and_misspelled_words_are_found_and_quotations_left_alone():
    found = readability.spelling([page(lead="The defence programme recieved money, not “labour”.")])
    assert [line.split(": ")[-1] for line in found] == [
        "defence ==> defense",
        "programme ==> program",
        "recieved ==> received",
    ]
