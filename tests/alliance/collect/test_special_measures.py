"""The Special Measures Agreements."""

from alliance import data
from alliance.collect import special_measures


def test_a_parliament_s_approval_is_no_entry_into_force():
    read_as = special_measures.DATES["entered_into_force"]["2007-04 (National Assembly approval)"]
    assert "in_force_on" not in read_as and read_as["not_found"] == "entry into force not found"
    agreements = data.load("sma_agreements").set_index("agreement")
    assert agreements["in_force_on"].isna()[7]


def test_two_white_papers_are_one_publisher():
    frame = data.load("sma_contributions")
    both = frame["source_title"].str.startswith("ROK MND") & frame["second_source_title"].str.startswith("ROK MND")
    assert set(frame.loc[both & (frame["status"] == "published"), "confidence"]) == {"two sources, same publisher"}
