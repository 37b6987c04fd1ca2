"""Long words that can be broken."""

from press.pdf.markup import breakable


def test_only_words_that_are_too_long_are_broken():
    assert breakable("short words") == "short words"
    assert breakable("x" * 64) == "x" * 64
    assert breakable("a " + "x" * 70).replace("\u200b", "|") == "a " + "|".join(["x" * 24, "x" * 24, "x" * 22])


def test_addresses_are_left_to_typst():
    assert breakable("https://example.org/" + "x" * 80) == "https://example.org/" + "x" * 80
