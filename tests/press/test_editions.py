"""Editions: which there are, and what is told of a change from one to the next."""

import json

import pytest

from press import editions
from press.errors import PressError


def edition(name="1", value=1.0, title="It rains", rows=(("Arley", "1"),), inputs=None, **more):
    chapter = {"chapter": "notebooks/01"}
    return {
        "name": name,
        "built": "2026-01-01",
        "inputs": {"notebooks/01": inputs or {"table rain": "a", "src/rain.py": "b"}},
        "numbers": [{"id": "rain", "value": value, "text": f"{value} mm"} | chapter],
        "claims": [{"id": "wet", "statement": "It rained.", "holds": True} | chapter],
        "figures": [{"id": "fig", "title": title, "sources": ["rain"], "sha256": str(value)} | chapter],
        "tables": [
            {
                "id": "tbl",
                "title": "Rain",
                "sources": ["rain"],
                "columns": ["Town", "mm"],
                "rows": [list(row) for row in rows],
                "sha256": "x",
            }
            | chapter
        ],
    } | more


OLD = edition()


def told(new):
    return [str(change) for change in editions.compare(OLD, new)]


def test_an_edition_compared_with_itself_has_no_changes():
    assert told(edition(name="2")) == []


def test_a_changed_number_is_told_with_its_difference_and_what_moved_it():
    new = edition(value=0.5, inputs={"table rain": "c", "src/rain.py": "b"})
    assert told(new) == [
        "number rain: 1.0 mm → 0.5 mm (−0.5, −50.0%); moved by table rain",
        "figure fig: other data; moved by table rain",
    ]


def test_a_figure_is_moved_by_its_own_tables_where_they_changed():
    (change,) = editions.compare(OLD, edition(title="It pours", inputs={"table rain": "c", "src/rain.py": "d"}))
    assert change.what == "It rains → It pours" and change.moved_by == ("table rain",)
    (change,) = editions.compare(OLD, edition(title="It pours", inputs={"table rain": "a", "src/rain.py": "d"}))
    assert change.moved_by == ("src/rain.py",)


def test_a_change_of_words_alone_is_known_as_such():
    (change,) = editions.compare(OLD, edition(title="It pours"))
    assert change.reworded
    assert not any(change.reworded for change in editions.compare(OLD, edition(value=0.5)))


def test_rows_of_a_table_are_told_one_by_one():
    (change,) = editions.compare(OLD, edition(rows=[("Arley", "2"), ("Boxford", "3")]))
    assert change.what == "Boxford: new row; Arley, mm: 1 → 2"


def test_what_came_and_what_went_is_told():
    assert told(edition(numbers=[])) == ["number rain: gone: 1.0 mm"]
    assert [str(change) for change in editions.compare(edition(claims=[]), OLD)] == ["claim wet: new: It rained."]


def test_what_came_into_a_chapter_and_what_went_moves_it_too():
    (change,) = editions.compare(OLD, edition(title="It pours", inputs={"src/rain.py": "b", "src/snow.py": "c"}))
    assert change.moved_by == ("table rain",), "the figure's own table, which is read no more"
    (change,) = editions.compare(
        OLD, edition(claims=OLD["claims"], title="It pours", inputs=OLD["inputs"]["notebooks/01"])
    )
    assert change.moved_by == () and str(change) == "figure fig: It rains → It pours"


def test_a_table_with_other_columns_is_told_in_two_words():
    other = OLD["tables"][0] | {"columns": ["Town", "inch"]}
    assert told(edition(tables=[other])) == ["table tbl: other columns"]


def test_a_number_that_was_nothing_has_no_percentage():
    assert told(edition(value=0.0))[0].startswith("number rain: 1.0 mm → 0.0 mm (−1, −100.0%)")
    (change, *_) = editions.compare(edition(value=0.0), OLD)
    assert change.what == "0.0 mm → 1.0 mm (+1)"


def test_a_number_in_another_unit_has_no_difference():
    other = [OLD["numbers"][0] | {"value": 0.1, "text": "0.1 cm"}]
    assert told(edition(numbers=other)) == ["number rain: 1.0 mm → 0.1 cm"]


def test_changes_come_in_the_order_of_the_newer_edition_then_what_is_gone():
    def numbers(*ids):
        return [OLD["numbers"][0] | {"id": id, "text": f"{id} {len(ids)}"} for id in ids]

    changes = editions.compare(edition(numbers=numbers("a", "b", "z")), edition(numbers=numbers("b", "a")))
    assert [change.id for change in changes] == ["b", "a", "z"]


@pytest.fixture
def released(tmp_path):
    """A book with two editions; the older has the name that sorts last."""
    (tmp_path / "editions").mkdir()
    for name, day in (("b", "2026-01-01"), ("a", "2026-02-01")):
        text = json.dumps(edition(name) | {"built": day})
        (tmp_path / "editions" / f"{name}.json").write_text(text, encoding="utf-8")
    return tmp_path


def test_editions_come_in_the_order_of_their_release(released, tmp_path):
    assert editions.names(released) == ["b", "a"]
    assert editions.names(tmp_path / "nowhere") == []


def test_an_edition_is_loaded_by_its_name(released):
    assert editions.load(released, "a")["built"] == "2026-02-01"
    with pytest.raises(PressError, match=r"edition 'c': there is none of this name\. Choose one of b, a, now\."):
        editions.load(released, "c")


def test_before_the_first_build_there_is_nothing_to_compare_with(tmp_path):
    with pytest.raises(PressError, match=r"_build/html: no book is published there\. Build it first\."):
        editions.load(tmp_path, editions.NOW)


def test_the_published_book_is_an_edition_too(rain_copy):
    published = rain_copy.root / "_build" / "html"
    rain_copy.html.rename(published)
    now = editions.load(rain_copy.root, editions.NOW)
    assert now["name"] == "now" and now["built"] and now["numbers"][0]["id"] == "rain-arley"
    read = now["inputs"]["notebooks/01-rainfall"]
    assert {"table rainfall", "src/rain.py"} <= set(read)
    assert not [name for name in read if name.startswith("/")], "nothing that lies outside the book's folder"


def test_a_page_tells_a_change_in_brief_and_how_much_it_leaves_out():
    cells = "; ".join(f"2001, rain: {n} → {n + 1}" for n in range(40))
    change = editions.Change("table", "tbl-rain", "01", cells, ("table rain", "table snow", "a.py", "b.py"))
    brief = change.in_brief()
    assert len(brief) < 260 and brief.endswith("; and more")
    assert cells.startswith(brief.removeprefix("table tbl-rain: ").partition("; and more")[0] + "; ")
    few = editions.Change("number", "rain", "01", "1 → 2", ("table rain",))
    assert few.in_brief() == str(few)
