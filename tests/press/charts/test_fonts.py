"""The type of the book: static fonts, small files for the pages, and letters that no font has."""

import os

import pytest
from fontTools.ttLib import TTFont

from press.charts import fonts
from press.errors import PressError


@pytest.fixture(scope="module")
def faces(cache_dir):
    """The folder of the book's fonts."""
    return cache_dir / "fonts"


def test_the_fonts_are_found_by_family_weight_and_style(faces):
    for face in fonts.FACES:
        family, style, weight = face
        with TTFont(faces / fonts._name(*face)) as font:
            assert font["name"].getBestFamilyName() == family and "fvar" not in font
            assert font["OS/2"].usWeightClass == weight
            assert bool(font["OS/2"].fsSelection & 1) == (style == "italic"), face
            assert not font["OS/2"].fsSelection & 32 and not font["head"].macStyle & 1, "no legacy bold"
            assert set(map(ord, "aZ09₩−–“”…éŁ")) <= set(font.getBestCmap())
            assert font["name"].getDebugName(0) and font["name"].getDebugName(13), "copyright and license stay"


def test_pages_load_a_small_font_and_the_rest_where_it_is_needed(faces):
    for face in fonts.FACES:
        whole = faces / fonts._name(*face)
        small, more = fonts._for_pages(whole).values()
        assert small.stat().st_size < 15_000 and more.stat().st_size < 20_000
        assert not fonts.characters(small) & fonts.characters(more)
        assert fonts.characters(small) | fonts.characters(more) == fonts.characters(whole)
    assert set(map(ord, "aZ09₩−–“”…é")) <= fonts.characters(small) and set(map(ord, "ñŁ")) <= fonts.characters(more)


def test_the_style_sheet_names_each_font_and_its_letters():
    lines = fonts.css().splitlines()
    assert len(lines) == 2 * len(fonts.FACES) and all(line.startswith("@font-face") for line in lines)
    assert 'url("SourceSerif4-400-italic.woff2")' in fonts.css() and "U+20-7E, U+A0-A0" in lines[0]


def test_a_picture_brings_along_the_faces_that_it_needs(faces):
    for letters, files in (("Rain", 2), ("Łódź", 4)):
        picture = fonts.embedded(f"<svg><title>{letters}</title><text>{letters}</text></svg>", faces)
        assert picture.count("@font-face") == picture.count("data:font/woff2;base64,") == files
        assert picture.count("Source Sans 3") == files and picture.endswith(f"<text>{letters}</text></svg>")


def test_fonts_that_are_there_are_not_made_again(faces, monkeypatch):
    monkeypatch.setattr(fonts, "_make_file", None)
    assert fonts.make_static_fonts(faces) == faces


@pytest.mark.parametrize("missing", ["SourceSans3-600.ttf", "SourceSerif4-400-more.woff2"])
def test_a_font_that_is_missing_is_made(faces, tmp_path, monkeypatch, missing):
    for path in faces.iterdir():
        if path.name != missing:
            os.symlink(path, tmp_path / path.name)
    made = []
    monkeypatch.setattr(fonts, "_make_file", lambda package, name, wanted: made.append(package))
    fonts.make_static_fonts(tmp_path)
    assert set(made) == {"fontpkg_source_sans_3", "fontpkg_source_serif_4"}


def test_fonts_that_other_code_has_made_are_made_again(faces, tmp_path, monkeypatch):
    for path in faces.iterdir():
        os.symlink(path, tmp_path / path.name)
    assert fonts.are_made(tmp_path)
    for mark in tmp_path.glob("*.made"):
        mark.unlink()
    assert not fonts.are_made(tmp_path)


@pytest.mark.slow
def test_a_font_is_cut_from_its_package(tmp_path):
    """One of the four files; all take half a minute."""
    face = ("Source Sans 3", "italic", 400)
    package, name, _ = fonts.FACES[face]
    path = tmp_path / fonts._name(*face)
    fonts._make_file(package, name, {face: path})
    assert sorted(made.name for made in tmp_path.iterdir()) == [
        "SourceSans3-400-italic-more.woff2",
        "SourceSans3-400-italic.ttf",
        "SourceSans3-400-italic.woff2",
    ]
    assert "a" in fonts.advance_widths(path)


def test_a_package_that_is_not_installed_is_named():
    with pytest.raises(PressError, match=r"font no_such_font: the wheel is not installed\. Run `make book`"):
        fonts._package("no_such_font")


def test_letters_move_the_pen_by_their_width(faces):
    widths = fonts.advance_widths(faces / "SourceSans3-400.ttf")
    assert widths == fonts._advance_widths(faces / "SourceSans3-400.ttf"), "also where they are kept"
    assert widths["i"] < widths["a"] < widths["W"] < 1 and widths["1"] == widths["2"]


def test_a_letter_without_a_font_is_named_with_its_line(faces):
    fonts.check_glyphs("Rain 비 ₩1,519.2 bn − “quoted”\u00a0…\u200d\n", faces, "the PDF")
    with pytest.raises(PressError, match=r"the PDF: no font of the book has '𓀀' \(U\+13000\), in “then 𓀀 here”"):
        fonts.check_glyphs("first line\nthen 𓀀 here\n", faces, "the PDF")


@pytest.mark.slow
def test_the_hangul_font_holds_just_the_syllables_of_the_pages(tmp_path):
    path = tmp_path / "hangul.woff2"
    fonts.subset_hangul("Rain is 비, burden is 방위비. ㄱ", path)
    with TTFont(path) as font:
        assert set(map(ord, "비방위ㄱ")) <= set(font.getBestCmap())
        assert ord("한") not in font.getBestCmap() and ord("R") not in font.getBestCmap()
    first, made = path.read_bytes(), path.stat().st_mtime_ns
    fonts.subset_hangul("위 방 비 ㄱ!", path)
    assert path.stat().st_mtime_ns == made, "the same syllables need no new font"
    path.with_suffix(".txt").unlink()
    fonts.subset_hangul("비방위ㄱ", path)
    assert path.read_bytes() == first
    fonts.subset_hangul("눈", path)
    with TTFont(path) as font:
        assert ord("눈") in font.getBestCmap() and ord("비") not in font.getBestCmap()
