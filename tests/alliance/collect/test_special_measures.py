"""The Special Measures Agreements."""

from alliance import data


def test_a_day_before_the_signature_is_no_day_of_entry_into_force():
    agreements = data.load("sma_agreements").set_index("agreement")
    assert agreements.loc[[4, 5], "in_force_on"].isna().all()
    assert agreements.loc[4:6, "note"].str.contains("before the signature").all()
    assert (agreements["not_found"].notna() == agreements["in_force_on"].isna()).all()


def test_two_white_papers_are_one_publisher():
    frame = data.load("sma_contributions")
    both = frame["source_title"].str.startswith("ROK MND") & frame["second_source_title"].str.startswith("ROK MND")
    assert set(frame.loc[both & (frame["status"] == "published"), "confidence"]) == {"two sources, same publisher"}
