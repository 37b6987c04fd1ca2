"""Statuses as marks, counts, groups, and pages."""

from xml.etree import ElementTree

import pytest
from docutils import nodes

from press.document import statuses
from press.document.nodes import chart, status_chip, tabular


def status(name, rank, short=None):
    return {"name": name, "short": short or name, "mark": "full", "color": "kor", "rank": rank}


def item(id, one, group="Weather", **more):
    usual = {"id": id, "title": id.upper(), "status": one, "reason": "So.", "group": group, "page": "", "parts": []}
    return usual | {"blocks": []} | more


KEPT, LAPSED, HALF = status("kept", 0), status("kept, then lapsed", 3, "lapsed"), status("partly, lapsed", 4, "lapsed")


@pytest.mark.parametrize("mark", statuses.MARKS)
def test_every_mark_is_a_picture_in_the_color_asked_for(mark):
    picture = statuses.mark_svg(mark, "#123456")
    ElementTree.fromstring(picture)
    assert "COLOR" not in picture and "#123456" in picture


def test_counts_go_by_the_word_and_begin_with_the_best():
    items = [item("a", LAPSED), item("b", KEPT), item("c", HALF), item("d", KEPT)]
    assert [(one["short"], count) for one, count in statuses.counts(items)] == [("kept", 2), ("lapsed", 2)]


def test_words_are_explained_once_and_the_best_first():
    kept, lapsed = KEPT | {"long": "Done."}, LAPSED | {"long": "Stopped."}
    items = [item("a", lapsed), item("b", HALF), item("c", kept), item("d", lapsed)]
    assert statuses.explained(items) == [kept, lapsed]


def test_an_item_has_fallen_if_it_once_stood_higher():
    assert [statuses.has_fallen(item("a", LAPSED, best=best)) for best in (KEPT, LAPSED, None)] == [True, False, False]


def test_the_board_shows_items_in_the_order_of_the_chapter(app):
    items = [item("a", LAPSED, "Rain"), item("b", KEPT, "Rain"), item("c", KEPT, "Snow")]
    made = statuses.make_board(items, "book/index", app.builder)
    assert [each["id"] for each in made["items"]] == ["a", "b", "c"]


def test_the_page_of_a_group_says_in_a_line_for_each_status_how_items_stand(app):
    items = [item("a", LAPSED), item("b", KEPT, page="book/wet"), item("c", KEPT)]
    made = statuses.make_standing(items, "book/index", app.builder)
    assert [line.astext() for line in made] == ["kept B, C", "lapsed A"]
    assert [link["refuri"] for link in made.findall(nodes.reference)] == ["wet.html"]


def test_groups_keep_the_order_of_the_chapter():
    items = [item("b", KEPT, "Rain"), item("a", KEPT, "Rain"), item("c", KEPT, "Snow")]
    assert [(group, [one["id"] for one in members]) for group, members in statuses.by_group(items)] == [
        ("Rain", ["b", "a"]),
        ("Snow", ["c"]),
    ]


def test_the_page_of_an_item_shows_parts_only_where_they_differ():
    same = item("a", KEPT, parts=[["North", KEPT, "It rained."], ["South", KEPT, "It rained."]])
    apart = item("a", LAPSED, parts=[["North", KEPT, "It rained."], ["South", LAPSED, "It stopped."]])
    assert [node.astext() for node in statuses.item_nodes(same)] == ["kept: So."]
    assert [node.astext() for node in statuses.item_nodes(apart)] == [
        "lapsed: So.",
        "North kept: It rained.",
        "South lapsed: It stopped.",
    ]


def test_the_page_of_an_item_says_what_its_words_mean():
    one = item("a", LAPSED | {"long": "Begun, then left"}, parts=[["North", KEPT | {"long": "Done"}, "It rained."]])
    *_, words = statuses.item_nodes(one | {"parts": [*one["parts"], ["South", LAPSED, "It stopped."]]})
    assert words.astext() == "kept: Done. lapsed: Begun, then left. "


def test_a_table_is_shown_with_the_columns_that_its_page_names():
    block = {"kind": "table", "label": "Days", "columns": ["Day", "What"], "rows": [["1", "Rain"]]}
    block["names"] = ["", "Sought"]
    _, table = statuses.item_nodes(item("a", KEPT, blocks=[block]))
    assert (table["columns"], table["rows"]) == (["Sought"], [["Rain"]])


def test_of_words_that_few_items_have_the_items_are_named():
    items = [item("a", LAPSED), *(item(id, KEPT) for id in "bcde")]
    assert statuses.of_few(items) == [(LAPSED, items[:1])]


def test_blocks_become_nodes_of_their_kind():
    picture = {"kind": "chart", "id": "strip", "alt": "One mark.", "spec": {"mark": "bar"}, "narrow": None}
    blocks = [
        {"kind": "heading", "text": "What happened"},
        {"kind": "quote", "text": "will rain", "marked": "rain", "source": ["The forecast", "https://a.b"]},
        {"kind": "table", "label": "Days", "columns": ["Day", "Source"], "rows": [["1", ["Gauge", "https://a.b"]]]},
        picture,
        {"kind": "text", "text": "More rain."},
    ]
    _, heading, quote, table, strip, text = statuses.item_nodes(item("a", KEPT, blocks=blocks))
    assert isinstance(heading, nodes.rubric) and isinstance(quote, nodes.block_quote)
    [source] = quote.findall(nodes.attribution)
    assert [part.astext() for part in quote[0]] == ["will ", "rain", ""]
    assert source.astext() == "The forecast" and source.next_node(nodes.reference)["refuri"] == "https://a.b"
    assert isinstance(table, tabular) and table["rows"][0][1].address == "https://a.b"
    [drawing] = strip.findall(chart)
    assert drawing["figure"] == "a-strip" and drawing["alt"] == "One mark."
    assert isinstance(text, nodes.paragraph)


def test_a_chip_holds_its_word_as_text():
    node = statuses.chip(KEPT)
    assert isinstance(node, status_chip) and node.astext() == "kept" and node["mark"] == "full"
