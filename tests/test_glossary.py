"""The glossary: every romanization follows from its Hangul by the rules of 2000."""

import re

import pytest
from conftest import ROOT

# Sounds in Unicode's order: initials, vowels, finals as they sound before a consonant or at the end.
INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "-", "j", "jj", "ch", "k", "t", "p", "h"]
VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
FINALS = [
    "-",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "k",
    "m",
    "l",
    "l",
    "l",
    "p",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]
LINKED = {
    1: "g",
    4: "n",
    7: "d",
    8: "r",
    16: "m",
    17: "b",
    19: "s",
    20: "ss",
    22: "j",
    23: "ch",
    24: "k",
    25: "t",
    26: "p",
}  # before a vowel
MET = {
    ("k", "n"): "ngn",
    ("k", "m"): "ngm",
    ("k", "r"): "ngn",
    ("t", "n"): "nn",
    ("t", "m"): "nm",
    ("t", "r"): "nn",
    ("p", "n"): "mn",
    ("p", "m"): "mm",
    ("p", "r"): "mn",
    ("n", "r"): "ll",
    ("l", "n"): "ll",
    ("l", "r"): "ll",
    ("m", "r"): "mn",
    ("ng", "r"): "ngn",
}
HANGUL, ROMAN = r"[가-힣][가-힣 ·()+0-9-]*", r"[A-Za-z][A-Za-z ·()+0-9-]*"
TERM = re.compile(rf"({HANGUL}) \*({ROMAN})\*")


def romanized(hangul):
    """One word in Revised Romanization."""
    codes = [ord(letter) - 0xAC00 for letter in hangul]
    text, final = "", 0
    for place, code in enumerate(codes):
        initial = INITIALS[code // 588]
        if place and initial == "-":
            text += LINKED.get(final, FINALS[final].strip("-"))
        elif place:
            sound = FINALS[final].strip("-")
            text += MET.get((sound, initial), sound + initial)
        text += ("" if place or initial == "-" else initial) + VOWELS[code % 588 // 28]
        final = code % 28
    return text + FINALS[final].strip("-")


def follows(parts, words):
    """Whether each romanized word is that of a part of the Hangul or of its beginning, in order and without rest."""
    if not words or not parts:
        return not words and not parts
    first, *others = parts
    return any(
        romanized(first[:end]) == words[0] and follows([first[end:], *others] if first[end:] else others, words[1:])
        for end in range(1, len(first) + 1)
    )


def terms():
    return TERM.findall((ROOT / "book" / "glossary.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("hangul", "roman"),
    [
        ("백마", "baengma"),
        ("종로", "jongno"),
        ("왕십리", "wangsimni"),
        ("별내", "byeollae"),
        ("신라", "silla"),
        ("구미", "gumi"),
        ("옥천", "okcheon"),
        ("월곶", "wolgot"),
        ("묵호", "mukho"),
        ("집현전", "jiphyeonjeon"),
        ("압구정", "apgujeong"),
    ],
)
def test_the_rules_give_the_examples_of_the_standard(hangul, roman):
    assert romanized(hangul) == roman


@pytest.mark.parametrize(("hangul", "roman"), terms(), ids=[roman for _, roman in terms()])
def test_a_romanization_follows_from_its_hangul(hangul, roman):
    parts, words = re.findall("[가-힣]+", hangul), re.findall("[a-z]+", roman.lower())
    assert follows(parts, words), f"{hangul}: by the rules {' '.join(map(romanized, parts))}"
    marks = re.compile("[()+0-9]")
    assert marks.findall(hangul) == marks.findall(roman)


def test_the_glossary_holds_some_fifty_terms():
    text = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    entries = re.findall(rf"^(.+) – {HANGUL} \*{ROMAN}\*$\n: ", text, re.M)
    assert len(entries) == len(set(entries)) >= 50
