"""Long words that can be broken."""

from press.pdf.markup import breakable, ended, uncolored


def test_only_words_that_are_too_long_are_broken():
    assert breakable("short words") == "short words"
    assert breakable("x" * 64) == "x" * 64
    assert breakable("a " + "x" * 70).replace("\u200b", "|") == "a " + "|".join(["x" * 24, "x" * 24, "x" * 22])


def test_addresses_are_left_to_typst():
    assert breakable("https://example.org/" + "x" * 80) == "https://example.org/" + "x" * 80


def test_a_line_may_end_behind_a_link_with_a_long_word():
    """Typst 0.15 stops where a justified word that is longer than its line begins in a link and goes on behind it."""
    assert ended('#"a link";') == '#"a link";'
    long = f'#"{breakable("x" * 70)}";'
    assert ended(long) == long + '#"\u200b";'


def test_colors_of_a_terminal_are_left_out():
    assert uncolored("\x1b[91mred\x1b[0m \x1b[1;38;5;28mgreen\x1b[K") == "red green"
