"""What the index of a PDF lists, and where the prose speaks of it."""

import pytest

from press.document.terms import Term
from press.errors import PressError
from press.pdf.index import Index, read_names

NAMES = {"Rain Act": "Rain Act of 1990", "Arley": "Arley", "Arley Mill": "Mill of Arley"}
TERMS = [Term(("Rain gauge", "RG"), "term-rain-gauge", "Measures rain.")]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It rained.", [("", "It rained.")]),
        ("", []),
        ("Arley’s rain", [("Arley", "Arley’s rain")]),
        ("In Arley Mill it rained.", [("", "In "), ("Mill of Arley", "Arley Mill it rained.")]),
        ("two rain gauges, an RG", [("", "two "), ("Rain gauge (RG)", "rain gauges, an "), ("Rain gauge (RG)", "RG")]),
        ("the rain act of Arleyford", [("", "the rain act of Arleyford")]),
    ],
)
def test_a_text_is_split_where_it_speaks_of_an_entry(text, pieces):
    assert list(Index(NAMES, TERMS).split(text)) == pieces


def test_an_index_of_nothing_finds_nothing():
    assert list(Index({}).split("It rained.")) == [("", "It rained.")]


def test_names_are_read_with_the_forms_that_the_text_writes(tmp_path):
    (tmp_path / "names.csv").write_text('entry,forms\n"Mill, Arley",Arley Mill|the mill\nBoxford,\n', encoding="utf-8")
    assert read_names(tmp_path / "names.csv", "names.csv") == {
        "Arley Mill": "Mill, Arley",
        "the mill": "Mill, Arley",
        "Boxford": "Boxford",
    }


def test_a_list_of_names_without_its_columns_is_refused(tmp_path):
    (tmp_path / "names.csv").write_text("name\nArley\n", encoding="utf-8")
    with pytest.raises(PressError, match="no column 'entry'"):
        read_names(tmp_path / "names.csv", "names.csv")
