"""The type of the book: static fonts, small files for the pages, and letters that no font has."""

import pytest

from press.charts import fonts
from press.errors import PressError


@pytest.fixture(scope="module")
def faces():
    folder = ROOT / "_build" / ".press" / "fonts"
    if not folder.exists():
        pytest.skip("faces are not cut yet: make book")
    return folder


def test_the_faces_are_found_by_family_weight_and_style(faces):
    from fontTools.ttLib import TTFont

    for face in fonts.FACES:
        family, style, weight = face
        with TTFont(faces / fonts._name(*face)) as font:
            assert font["name"].getBestFamilyName() == family and "fvar" not in font
            assert font["OS/2"].usWeightClass == weight
            assert bool(font["OS/2"].fsSelection & 1) == (style == "italic"), face
            assert bool(font["OS/2"].fsSelection & 32) == bool(font["head"].macStyle & 1) == False, face  # noqa: E712 – no legacy bold
            assert set(map(ord, "aZ09₩−–“”…éŁ")) <= set(font.getBestCmap())
            assert font["name"].getDebugName(0) and font["name"].getDebugName(13), "copyright and license stay"


def test_pages_load_a_small_face_and_the_rest_where_it_is_needed(faces):
    for face in fonts.FACES:
        whole = faces / fonts._name(*face)
        small, more = fonts._for_pages(whole).values()
        assert small.stat().st_size < 15_000 and more.stat().st_size < 20_000
        assert not fonts.characters(small) & fonts.characters(more)
        assert fonts.characters(small) | fonts.characters(more) == fonts.characters(whole)
    assert set(map(ord, "aZ09₩−–“”…é")) <= fonts.characters(small) and set(map(ord, "ñŁ")) <= fonts.characters(more)
    assert fonts.css().count("@font-face") == 2 * len(fonts.FACES) and "U+20-7E, U+A0" in fonts.css()


def test_a_letter_without_a_font_is_named_with_its_line(faces):
    fonts.check_glyphs("Rain 비 ₩1,519.2 bn − “quoted”\u00a0…\n", faces, "the PDF")
    with pytest.raises(PressError, match=r"the PDF: no font of the book has '𓀀' \(U\+13000\), in “then 𓀀 here”"):
        fonts.check_glyphs("first line\nthen 𓀀 here\n", faces, "the PDF")


def test_the_hangul_font_holds_just_the_syllables_of_the_pages(tmp_path):
    from fontTools.ttLib import TTFont

    path = tmp_path / "hangul.woff2"
    fonts.subset_hangul("Rain is 비, burden is 방위비. ㄱ", path)
    with TTFont(path) as font:
        assert set(map(ord, "비방위ㄱ")) <= set(font.getBestCmap())
        assert ord("한") not in font.getBestCmap() and ord("R") not in font.getBestCmap()
    first = path.read_bytes()
    made = path.stat().st_mtime_ns
    fonts.subset_hangul("위 방 비 ㄱ!", path)
    assert path.stat().st_mtime_ns == made, "the same syllables need no new font"
    path.with_suffix(".txt").unlink()
    fonts.subset_hangul("비방위ㄱ", path)
    assert path.read_bytes() == first
    fonts.subset_hangul("눈", path)
    with TTFont(path) as font:
        assert ord("눈") in font.getBestCmap() and ord("비") not in font.getBestCmap()
