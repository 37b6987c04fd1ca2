"""The chronology, which takes agreements and meetings from their own tables."""

from alliance import data


def test_the_chronology_dates_agreements_and_meetings_as_their_tables_do():
    events = data.load("chronology")
    signed = data.load("sma_agreements")["signed_on"].dropna()
    ministers = data.load("dialogue_meetings")[lambda table: table["mechanism"] == "2+2 ministerial"]["date"]
    assert set(events["date"][events["event"].str.contains("Special Measures Agreement signed")]) == set(signed)
    assert set(events["date"][events["event"].str.contains(r"\(2\+2\)")]) == set(ministers)


def test_the_chronology_says_how_exactly_a_date_is_known_and_by_how_many_sources():
    events = data.load("chronology")
    assert list(events["precision"]) == [{4: "year", 7: "month", 10: "day"}[len(date)] for date in events["date"]]
    assert ((events["confidence"] == "one source") >= events["second_source_url"].isna()).all()
    assert (events["source_url"] != events["second_source_url"]).all()
    assert events["date"].is_monotonic_increasing and events["date"].iloc[0] == "1953-07-27"
