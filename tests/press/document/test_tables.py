"""Tables of ours: one node, and how its columns are set."""

from docutils import nodes

from press.document.tables import Link, add_title, cell_text, column_classes, make_table


def table(**options):
    rows = [["Arley", "902.5", Link("A gauge's own page", "https://gauge.example")]]
    return make_table(["Town", "Rain, mm", "Source"], rows, label="Rain", **options)


def test_a_table_holds_its_cells_and_their_text_for_the_search():
    made = table(row_headers=True, classes=["rows"])
    assert made["columns"] == ["Town", "Rain, mm", "Source"] and made["row_headers"] and made["classes"] == ["rows"]
    assert made.astext() == "Town Rain, mm Source Arley 902.5 A gauge’s own page"


def test_quotation_marks_are_those_of_print_and_addresses_stay():
    (row,) = table()["rows"]
    assert row[2] == Link("A gauge’s own page", "https://gauge.example")
    assert make_table(['"Rain"'], [['"It" rained']], label="")["rows"] == [["“It” rained"]]


def test_numbers_stand_to_the_right_and_short_texts_are_not_broken():
    made = table(numeric=[False, True, False])
    assert column_classes(made) == ["short", "num short", ""]
    assert column_classes(table()) == ["short", "short", ""], "no column is of numbers unless it is said"


def test_a_column_is_short_when_every_cell_is():
    rows = [["a" * 14, "a" * 15], ["a", "a"]]
    assert make_table(["x", "y"], rows, label="")["short"] == [True, False]


def test_a_table_without_rows_is_one():
    assert column_classes(make_table(["x", "y"], [], label="")) == ["", ""]


def test_a_title_stands_first_and_its_subtitle_in_it():
    made = table()
    add_title(made, "Rain", "mm, 2024")
    assert isinstance(made[0], nodes.title) and made[0].astext() == "Rainmm, 2024"
    assert made[0][1]["classes"] == ["table-subtitle"]


def test_the_words_of_a_cell():
    assert cell_text("a") == cell_text(Link("a", "https://gauge.example")) == "a"
