"""The colors of the book, by their names."""

import pytest
from helpers import SAMPLE

from press import project
from press.errors import PressError


def test_every_color_by_its_name():
    assert project.color("arley") == "#0a5071" and project.color("ink") == "#202020"
    with pytest.raises(PressError, match=r"book/palette\.json: no color 'kor'\. Choose one of arley, boxford"):
        project.color("kor")


def test_a_book_without_a_palette_gets_one(tmp_path):
    palette = project.load_palette(tmp_path)
    assert {"paper", "panel", "ink", "muted", "rule", "link"} <= palette["page"].keys() and len(palette["chart"]) > 5


def test_a_palette_has_two_shades_of_each_color():
    for group in project.load_palette(SAMPLE).values():
        assert all(set(shades) == {"light", "dark"} for shades in group.values())
