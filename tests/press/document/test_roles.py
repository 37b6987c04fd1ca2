"""What prose can cite."""

import pytest

from press import state
from press.document.nodes import cited


@pytest.mark.parametrize(
    ("text", "id", "form", "factor"),
    [
        ("rain-arley", "rain-arley", None, 1.0),
        ("rain-arley:,.0f", "rain-arley", ",.0f", 1.0),
        ("rain-arley*10:,.0f", "rain-arley", ",.0f", 10.0),
        ("rain-arley*0.001:.2f", "rain-arley", ".2f", 0.001),
        ("rain-arley*10", "rain-arley*10", None, 1.0),
    ],
)
def test_a_number_is_cited_in_its_own_words_or_worded_anew(parse, text, id, form, factor):
    (node,) = parse(f":glue:text:`{text}`").findall(cited)
    assert (node["kind"], node["id"], node["form"], node["factor"]) == ("number", id, form, factor)


def test_a_claim_is_cited_by_its_id_whatever_it_holds(parse):
    (node,) = parse(":claim:`boxford*2:drier`").findall(cited)
    assert (node["kind"], node["id"], node["form"]) == ("claim", "boxford*2:drier", None)


def test_the_ledger_knows_where_it_is_cited(parse, app):
    parse("Rain.\n\nMore :glue:text:`rain-arley:,.0f`.\n\n:claim:`boxford-drier`")
    assert state.book(app.env).ledger.citations["book/snippet"] == [
        {"kind": "number", "id": "rain-arley", "line": 3},
        {"kind": "claim", "id": "boxford-drier", "line": 5},
    ]
