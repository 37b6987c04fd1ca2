"""A PDF that lies there as it was made of the same is not made again."""

import pytest

from press.pdf import up_to_date
from press.pdf.up_to_date import Place

PLACES = {"book/index#rain": Place(3, 80.0, 120.5)}


@pytest.fixture
def made(tmp_path):
    """The folder of a document that was set and kept."""
    for name, content in {
        "rain.typ": '#shown("rain.svg", alt: "Rain", width: 100%)',
        "template.typ": "#let shown() = {}",
        "rain.svg": "<svg/>",
        "face.ttf": "type",
        "rain.pdf": "a PDF",
    }.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    up_to_date.keep(tmp_path / "rain.pdf", tmp_path / "rain.json", fingerprint(tmp_path), PLACES)
    return tmp_path


def fingerprint(folder):
    return up_to_date.fingerprint(folder / "rain.typ", folder, "facts")


def places(folder):
    return up_to_date.places_in(folder / "rain.pdf", folder / "rain.json", fingerprint(folder))


def test_places_are_known_while_nothing_changed(made):
    assert places(made) == PLACES


@pytest.mark.parametrize("name", ["rain.typ", "template.typ", "rain.svg", "face.ttf", "rain.pdf"])
def test_a_change_makes_it_again(made, name):
    path = made / name
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert places(made) is None


@pytest.mark.parametrize("name", ["rain.pdf", "rain.json"])
def test_what_is_missing_is_made_again(made, name):
    (made / name).unlink()
    assert places(made) is None
