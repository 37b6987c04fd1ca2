"""What pages can list, and what is wrong with what they ask for."""

import pytest
from docutils import nodes

from press import ledger, project
from press.document import directives
from press.document.nodes import changes, file, folded, gallery, tabular
from press.document.tables import Link
from press.errors import PressError

ROWS = """
.. data-rows:: {}
   :columns: {}
   :between: {}
"""


def test_claims_begin_as_an_empty_list_folded_away(parse):
    (box,) = parse(".. claims::").children
    (found,) = box.children
    assert isinstance(box, folded)
    assert found["press_claims"] and found["classes"] == ["claims"] and not found.children


@pytest.mark.parametrize(("name", "kind"), [("figures", "figure"), ("tables", "table")])
def test_a_list_of_figures_or_tables_is_one_of_the_whole_book(parse, app, name, kind):
    (found,) = parse(f".. {name}::").children
    assert isinstance(found, gallery) and found["kind"] == kind
    assert app.env.metadata["book/snippet"][ledger.OF_ALL] is True, "written again when any record changes"


def test_changes_are_of_the_whole_book_too(parse, app):
    (found,) = parse(".. changes::").children
    assert isinstance(found, changes) and app.env.metadata["book/snippet"][ledger.OF_ALL] is True


# --- rows of a table --------------------------------------------------------------------------------------------------


def test_rows_of_a_table_are_shown_in_chosen_columns_and_bounds(parse, app):
    (table,) = parse(ROWS.format("rainfall", "town rain_mm", "B B")).children
    assert isinstance(table, tabular) and table["columns"] == ["town", "rain_mm"]
    assert table["rows"] == [["Boxford", "640.0"], ["Boxford", "655.5"], ["Boxford", "612.0"]]
    assert table["label"] == "Rainfall of two towns"
    assert {path.rpartition("/")[2] for path in app.env.dependencies["book/snippet"]} == {
        "rainfall.csv",
        "datapackage.json",
    }


@pytest.mark.parametrize(
    ("bounds", "years"),
    [
        ("2023 2024", ["2023", "2024", "2023", "2024"]),
        ("2024 2024", ["2024", "2024"]),
        ("2 2022", ["2022", "2022"]),
        ("202 202", ["2022", "2023", "2024"] * 2),
    ],
)
def test_bounds_are_included_as_far_as_they_are_written(parse, bounds, years):
    (table,) = parse(ROWS.format("rainfall", "year", bounds)).children
    assert [row[0] for row in table["rows"]] == years


def test_without_options_all_of_a_table_is_shown(parse):
    (table,) = parse(".. data-rows:: rainfall").children
    assert table["columns"] == ["town", "year", "rain_mm"] and len(table["rows"]) == 6


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("snow", "town", "A Z"), "no table 'snow'. Choose one of rainfall."),
        (("rainfall", "town snow", "A Z"), "line 2: 'rainfall' has no column 'snow'. Choose from town, year, rain_mm."),
        (("rainfall", "town", "Y Z"), "line 2: no row of 'rainfall' lies between Y and Z. Choose bounds of the column"),
    ],
)
def test_what_is_not_there_is_named_with_its_place(parse, arguments, says):
    with pytest.raises(PressError) as refused:
        parse(ROWS.format(*arguments))
    assert says in str(refused.value) and ("line 2" not in says or refused.value.where == "book/snippet, line 2")


def test_a_cell_whose_table_has_an_address_for_it_is_a_link():
    row = {"year": "2024", "a_title": "Gauge", "a_url": "https://gauge.example", "b_title": "", "b_url": ""}
    assert directives._cell(row, "a_title") == Link("Gauge", "https://gauge.example")
    assert directives._cell(row, "year") == "2024" and directives._cell(row, "b_title") == ""


# --- the data package -------------------------------------------------------------------------------------------------


@pytest.fixture
def section(parse):
    """The section of the sample's one table, once its entry is changed."""

    def section(**change):
        entry = project.resource("rainfall")
        with pytest.MonkeyPatch.context() as patch:
            for name, value in change.items():
                patch.setitem(entry, name, value)
            patch.setattr(project, "load_data_package", lambda root: {"resources": [entry]})
            return parse("Rain.\n\n.. data-package::").children[-1]

    return section


def facts(section):
    """Term → paragraphs of each fact."""
    items = next(node for node in section.children if "facts" in node.get("classes", []))
    return {item[0].astext(): [part.astext() for part in item[1]] for item in items}


def test_each_table_has_a_section_that_can_be_referred_to(section, app):
    found = section()
    assert found["ids"] == ["data-rainfall"] and found["press_table"] == "rainfall"
    assert found[0].astext() == "Rainfall of two towns" and found[1].astext() == "Made up; neither town exists."
    assert app.env.domains["std"].anonlabels["data-rainfall"][1] == "data-rainfall"


def test_all_that_the_package_says_of_a_table_is_told(section):
    found = section(hash="sha256:abc")
    assert facts(found) == {
        "File": ["data/rainfall.csv", "6 rows"],
        "Publisher": ["Nobody"],
        "Source": ["No source"],
        "License": ["CC0"],
        "Vintage": ["2024"],
        "Coverage": ["Arley and Boxford, 2022–2024, yearly"],
        "Caveats": ["Nobody measured it."],
        "SHA-256": ["abc"],
    }
    (table,) = found.findall(tabular)
    assert table["rows"][0] == ["town (key)", "string", "", "Town."] and table["row_headers"]
    assert table["rows"][2] == ["rain_mm", "number", "mm", "Rain in the year."]
    assert [node["path"] for node in found.findall(file)] == ["data/rainfall.csv"]


def test_sources_and_licenses_that_have_an_address_are_links(section):
    found = section(
        sources=[{"title": "Gauge", "path": "https://gauge.example"}],
        licenses=[{"name": "CC0-1.0", "path": "https://cc0.example"}],
        license_note="Or nearly.",
        caveats=[],
    )
    links = {link.astext(): link["refuri"] for link in found.findall(nodes.reference)}
    assert links == {"Gauge": "https://gauge.example", "CC0-1.0": "https://cc0.example"}
    assert facts(found)["License"] == ["CC0-1.0", "Or nearly."] and "Caveats" not in facts(found)
