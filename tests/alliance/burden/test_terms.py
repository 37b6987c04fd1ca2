"""The time with and without an agreement in force."""

import pandas as pd
import pytest

from alliance import burden, data


def test_gaps_of_known_precision(agreements):
    found = burden.gaps(agreements).set_index("agreement")
    assert found.loc[11, ["precision", "days_least", "days_most"]].tolist() == ["day", 609, 609]
    assert found.loc[[6, 9, 10], "days_most"].tolist() == [186, 168, 94]
    assert found.loc[[3, 12], "days_most"].tolist() == [0, 0]


def test_gap_arithmetic():
    table = pd.DataFrame({"agreement": range(1, 6), "last_year": [2000, 2001, 2002, 2003, 2004]})
    table["in_force_on"] = ["2000-01-01", "2001-01-01", "2002-03", "2003", None]
    found = burden.gaps(table)
    assert found["precision"].tolist() == ["day", "month", "year", "not known"]
    assert found["days_least"].tolist()[:3] == [0, 59, 0]
    assert found["days_most"].tolist()[:3] == [0, 89, 364]
    assert found["days_least"].isna().tolist() == [False, False, False, True]


def test_months_without_an_agreement(agreements):
    months = burden.months_without(burden.gaps(agreements))
    eleventh = months[months["agreement"] == 11]
    assert len(eleventh) == 20 and eleventh["whole"].all()  # January 2020 to August 2021
    tenth = months[months["agreement"] == 10]
    assert tenth["month"].tolist() == [1, 2, 3, 4]
    assert tenth["whole"].tolist() == [True, True, True, False]  # in force on 5 April 2019
    assert not {3, 12} & set(months["agreement"])


@pytest.mark.parametrize("text", ["2019-13", "5 April 2019", "19-04", "2019-02-30"])
def test_a_date_in_another_form(text):
    table = pd.DataFrame({"agreement": [1, 2], "last_year": [2000, 2001], "in_force_on": [None, text]})
    with pytest.raises(ValueError, match=f"'{text}' is not a date; write YYYY-MM-DD"):
        burden.gaps(table)


def test_spans_fill_each_agreements_years_without_overlap():
    agreements = data.load("sma_agreements")
    spans = burden.spans(agreements)
    for terms in agreements.itertuples():
        own = spans[spans["agreement"] == terms.agreement]
        assert own["start"].iloc[0] == pd.Timestamp(terms.first_year, 1, 1)
        assert own["end"].iloc[-1] == pd.Timestamp(terms.last_year + 1, 1, 1)
        assert list(own["start"].iloc[1:]) == list(own["end"].iloc[:-1])


def test_spans_agree_with_the_gaps():
    agreements = data.load("sma_agreements")
    waiting = burden.spans(agreements).query("state == 'not yet in force'").set_index("agreement")
    days = (waiting["end"] - waiting["start"]).dt.days
    gaps = burden.gaps(agreements).set_index("agreement")["days_least"]
    assert days.drop(1).to_dict() == gaps[gaps > 0].to_dict()


def test_an_agreement_expires_on_the_last_day_of_its_last_year(agreements):
    expired = burden.gaps(agreements).set_index("agreement")["expired_on"]
    assert expired[11] == pd.Timestamp("2019-12-31")


def test_a_gap_that_may_have_had_no_day_has_no_month():
    table = pd.DataFrame({"agreement": [1, 2], "last_year": [2002, 2003], "in_force_on": ["2000-01-01", "2003"]})
    found = burden.gaps(table)
    assert (found["days_least"].item(), found["days_most"].item()) == (0, 364)
    assert burden.months_without(found).empty
