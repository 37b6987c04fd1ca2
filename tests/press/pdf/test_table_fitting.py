"""How a table fits on paper."""

import pytest

from press.pdf.table_fitting import LANDSCAPE, PORTRAIT, Measure, Needs, fit, holds


def test_a_table_that_fits_finds_its_own_widths():
    assert fit([Needs(30, 60)] * 4) == (None, 1.0, False, 0)
    assert fit([]) == (None, 1.0, False, 0)


def test_a_long_column_beside_short_ones_wraps():
    first, second = fit([Needs(30, 50), Needs(60, 4000)]).widths
    assert 50 < first < 60 and first + second == pytest.approx(PORTRAIT)


def test_a_column_with_a_long_word_gets_room_for_it():
    chosen = fit([Needs(200, 200), *[Needs(30, 400)] * 5])
    assert chosen.widths[0] >= 200 and sum(chosen.widths) <= PORTRAIT + 0.1 and chosen.scale == 1


def test_a_wider_table_is_set_smaller_then_turned_then_with_broken_words():
    small = fit([Needs(40, 60)] * 10)
    turned = fit([Needs(40, 60)] * 18)
    broken = fit([Needs(60, 60)] * 24)
    assert 0.8 <= small.scale < 1 and not small.turned
    assert turned.turned and turned.scale >= 0.6 and sum(turned.widths) <= LANDSCAPE + 0.1
    assert broken.turned and broken.longest >= 4


def test_a_table_that_cannot_be_read_is_refused():
    assert fit([Needs(60, 60)] * 120) is None
    assert fit([Needs(200, 200)] * 40, depth=1) is None


@pytest.fixture(scope="module")
def measure(cache_dir):
    return Measure(cache_dir / "fonts")


def test_words_are_measured_as_they_are_broken(measure):
    assert (
        measure.needs("Secretary/Director-General-level").least
        < measure.needs("Secretary+Director+General+level").least
    )
    assert measure.needs("infrastructure").least < measure.needs("1234567890123").least
    assert measure.needs("한글").least > 0
    assert measure.needs("bold", bold=True).least > measure.needs("bold").least


def test_no_line_begins_with_a_slash_or_ends_with_a_bracket(measure):
    assert measure.needs("Green / SAP").least == measure.needs("Green\u00a0/").least > measure.needs("Green").least
    assert measure.needs("( Center").least > measure.needs("Center").least


def test_widths_that_an_author_gives_hold_only_where_words_have_room():
    assert holds([Needs(30, 50), Needs(30, 900)], [10, 90]) and not holds([Needs(90, 90), Needs(30, 900)], [10, 90])
    assert not holds([Needs(150, 150), Needs(150, 150)], [50, 50], depth=1)
