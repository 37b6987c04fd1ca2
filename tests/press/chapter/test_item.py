"""Items: what a chapter says of what the book judges."""

import altair as alt
import pandas as pd
import pytest

from press.chapter import item as module
from press.errors import PressError
from press.ledger import RECORD

KEPT = {"name": "kept", "short": "kept", "mark": "full", "color": "kor", "rank": 0}
PROMISE = {"title": "Rain", "status": KEPT, "reason": "It rained."}


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(module, "display", lambda output, raw: outputs.append(output))
    return outputs


def test_an_item_is_recorded_with_status_reason_and_blocks(shown):
    table = {"kind": "table", "columns": ["Day"], "rows": [["2021-03-18"]], "label": "Days"}
    module.item("r1", **PROMISE, group="Weather", parts=[("North", KEPT, "It rained there.")], blocks=[table])
    record = shown[0][RECORD]
    assert record["kind"] == "item" and record["status"] == KEPT and record["blocks"] == [table]
    assert record["parts"] == [["North", KEPT, "It rained there."]]
    assert shown[0]["text/plain"] == "Rain: kept. It rained."


def test_a_chart_is_recorded_as_its_specification_and_description(shown):
    chart = alt.Chart(pd.DataFrame({"mm": [1]})).mark_bar().encode(y="mm:Q").properties(description="One bar.")
    module.item("r1", **PROMISE, blocks=[{"kind": "chart", "id": "strip", "chart": chart, "narrow": None}])
    block = shown[0][RECORD]["blocks"][0]
    assert block["alt"] == "One bar." and block["spec"]["mark"]["type"] == "bar" and block["narrow"] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": {"name": "kept"}}, "a status has no 'short'"),
        ({"reason": " "}, "reason is empty"),
        ({"blocks": [{"kind": "song"}]}, "no kind of block is 'song'"),
        ({"blocks": [{"kind": "table", "columns": [], "rows": []}]}, "the table has no 'label'"),
        ({"blocks": [{"kind": "chart", "id": "a", "chart": "bar", "narrow": None}]}, "str is no chart"),
    ],
)
def test_an_incomplete_item_is_refused_with_what_it_lacks(shown, change, message):
    with pytest.raises(PressError, match=message):
        module.item("r1", **PROMISE | change)
    assert shown == []
