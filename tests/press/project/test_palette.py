"""The colors of the book, by their names."""

import pytest
from helpers import SAMPLE

from press import project
from press.errors import PressError


def test_every_color_by_its_name():
    assert project.color("arley") == "#0a5071" and project.color("ink") == "#202020"
    with pytest.raises(PressError, match="book/palette.json: no color 'kor'. Choose one of arley, boxford"):
        project.color("kor")


def test_a_palette_that_is_missing_is_named(tmp_path):
    with pytest.raises(PressError, match="palette.json: the file is missing. Restore it from version control"):
        project.load_palette(tmp_path)


def test_a_palette_has_two_shades_of_each_color():
    for group in project.load_palette(SAMPLE).values():
        assert all(set(shades) == {"light", "dark"} for shades in group.values())
