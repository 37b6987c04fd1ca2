"""The ledger: what it keeps of a record, what it complains of, and what it hands on."""

import json

import pytest

from press.errors import PressError
from press.ledger import RECORD, Ledger, records_of, worded


def entered(**pages):
    ledger = Ledger()
    for page, records in pages.items():
        for kind, id in records:
            ledger.enter(page, {"kind": kind, "id": id, "title": id, "secret": "not kept"})
    return ledger


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("{:,.1f} mm", -1519.24, "−1,519.2 mm"),
        ("{:+}", 3, "+3"),
        ("{}", "A-1", "A-1"),
        ("1991-{}", 3, "1991−3"),
        ("well-known {}", 3, "well-known 3"),
    ],
)
def test_a_number_has_the_minus_of_print_and_a_text_its_hyphens(form, value, text):
    assert worded(form, value) == text


def test_a_record_is_kept_with_its_chapter_and_without_what_only_the_page_needs():
    ledger = entered(one=[("number", "rain")])
    assert ledger.records == {"one": [{"kind": "number", "chapter": "one", "id": "rain", "title": "rain"}]}


def test_ids_used_twice_are_named_and_where():
    ledger = entered(one=[("number", "rain"), ("figure", "rain")], two=[("table", "snow")], three=[("claim", "snow")])
    said = [str(problem) for problem in ledger.problems()]
    assert len(said) == 2
    assert said[0].startswith("one (number) and one (figure): the id 'rain' is used 2 times. Give each its own id.")
    assert said[1].startswith("two (table) and three (claim)")


def test_citations_of_nothing_are_named():
    ledger = entered(one=[("number", "rain")])
    ledger.cite("two", "number", "rain", 3)
    ledger.cite("two", "claim", "rain", 4)
    ledger.cite("two", "number", "snow", 20_005)
    said = [str(problem) for problem in ledger.problems()]
    assert said[0].startswith("two, line 4: claim 'rain' is cited but not defined.")
    assert said[1].startswith(
        "two, cell 2, line 5: number 'snow' is cited but not defined. Define it with number('snow'"
    )
    assert len(said) == 2


def test_a_record_is_found_by_kind_and_id():
    ledger = entered(one=[("number", "rain")], two=[("claim", "wet")])
    assert ledger.find("claim", "wet")["chapter"] == "two"
    with pytest.raises(PressError, match=r"no claim 'rain'. Define it with claim\('rain', …\) in a chapter"):
        ledger.find("claim", "rain")


def test_a_page_that_is_read_again_leaves_nothing_behind():
    ledger = entered(one=[("number", "rain")], two=[("number", "snow")])
    ledger.cite("one", "number", "hail", 1)
    rain = ledger.find("number", "rain")
    assert ledger.forget("one") == [rain]
    assert [entry["id"] for entry in ledger.entries("number")] == ["snow"] and ledger.problems() == []
    assert ledger.forget("one") == []


def test_pages_that_cite_a_record_are_known():
    ledger = entered(one=[("number", "rain"), ("claim", "rain")])
    ledger.cite("two", "number", "rain", 1)
    ledger.cite("three", "claim", "rain", 1)
    assert ledger.citing([ledger.find("number", "rain")]) == {"two"}
    assert ledger.citing(ledger.records["one"]) == {"two", "three"} and ledger.citing([]) == set()


def test_what_another_process_read_is_taken_over_records_and_citations_alike():
    mine, theirs = entered(one=[("number", "rain")]), entered(two=[("number", "snow")], three=[("number", "hail")])
    theirs.cite("two", "number", "rain", 5)
    mine.merge({"two"}, theirs)
    assert mine.find("number", "snow")["chapter"] == "two"
    assert mine.citing([mine.find("number", "rain")]) == {"two"}
    assert "three" not in mine.records, "only the pages that it was given"


def test_records_come_in_the_order_of_pages_and_cells():
    ledger = entered(two=[("number", "c")], one=[("number", "b"), ("claim", "d"), ("number", "a")])
    assert [entry["id"] for entry in ledger.entries("number")] == ["b", "a", "c"]


def test_it_is_written_in_order_and_without_more_than_it_promises(tmp_path):
    entered(two=[("number", "snow")], one=[("number", "rain"), ("figure", "fig-rain")]).write(tmp_path / "ledger.json")
    written = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    assert list(written) == ["numbers", "claims", "figures", "tables", "items"]
    assert written["claims"] == written["items"] == []
    assert written["numbers"] == [
        {"chapter": "one", "id": "rain", "title": "rain"},
        {"chapter": "two", "id": "snow", "title": "snow"},
    ]


def test_records_are_found_among_all_that_a_notebook_displayed():
    outputs = [
        {"output_type": "stream", "text": "Rain"},
        {"output_type": "display_data", "data": {"text/plain": "1"}},
        {"output_type": "display_data", "data": {RECORD: {"kind": "number", "id": "rain"}}},
    ]
    both = [{"kind": "number", "id": "snow"}, {"kind": "claim", "id": "wet"}]
    outputs.append({"output_type": "display_data", "data": {RECORD: {"kind": "several", "records": both}}})
    cells = [{"cell_type": "markdown", "source": "# Rain"}, {"cell_type": "code", "outputs": outputs}]
    assert records_of({"cells": cells}) == [{"kind": "number", "id": "rain"}, *both]
