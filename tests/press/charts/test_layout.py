"""How a chart is laid out for a page."""

from press.charts import layout


def test_charts_side_by_side_keep_their_widths():
    pair = (bars() | bars()).to_dict()
    assert layout.widen(pair) == pair
    assert layout.widen(bars().to_dict())["width"] == layout.WIDE
