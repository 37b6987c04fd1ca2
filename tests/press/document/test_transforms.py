"""Changes of the document tree: opened cells, boxes, lists, citations, numbers, Korean."""

import pytest
from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import new_document

from press import editions, state
from press.document import directives, tables, transforms
from press.document.nodes import changes, cited, claim_mark, code, scroll
from press.errors import PressError
from press.ledger import RECORD


def document(*children):
    made = new_document("page")
    made += children
    return made


# --- cells ------------------------------------------------------------------------------------------------------------


def cell(source, *outputs):
    """A cell as MyST-NB reads it."""
    made = nodes.container(nb_element="cell_code")
    block = nodes.container("", nodes.literal_block("", source), nb_element="cell_code_source")
    made += [block, nodes.container("", *outputs, nb_element="cell_code_output")] if outputs else [block]
    return made


def displayed(*made):
    """What a cell displayed, as our record and as what JupyterLab shows."""
    ours = nodes.container("", *made, mime_type=RECORD)
    return nodes.container("", ours, nodes.container("", nodes.paragraph("", "lab"), mime_type="text/html"))


def shape(made):
    """What stands in a document: kind, and text."""
    return [(type(child).__name__, child.astext()) for child in made.children]


def test_what_a_cell_shows_stands_alone_and_its_code_is_folded_behind_it():
    made = document(cell("figure()", displayed(nodes.figure("", nodes.caption("", "Rain")))))
    transforms.unwrap_outputs(made, folds=True)
    assert shape(made) == [("figure", "Rain"), ("code", "figure()")]


def test_outputs_of_others_stay_as_they_are():
    made = document(cell("print(1)", nodes.literal_block("", "1")))
    transforms.unwrap_outputs(made, folds=True)
    assert shape(made) == [("literal_block", "1"), ("code", "print(1)")]


def test_a_record_that_shows_nothing_leaves_nothing():
    made = document(cell("number()", displayed(nodes.comment())), nodes.paragraph("", "Rain."))
    transforms.unwrap_outputs(made, folds=True)
    assert shape(made) == [("code", "number()"), ("paragraph", "Rain.")]


def test_the_code_of_cells_that_show_nothing_is_folded_with_the_next_that_does():
    figure = displayed(nodes.figure("", nodes.caption("", "Rain")))
    made = document(cell("a"), nodes.paragraph("", "Prose."), cell("b", figure), cell("c"))
    transforms.unwrap_outputs(made, folds=True)
    assert [kind for kind, _ in shape(made)] == ["paragraph", "figure", "code", "code"]
    first, last = made.findall(code)
    assert [block.astext() for block in first] == ["a", "b"] and [block.astext() for block in last] == ["c"]


def test_where_code_is_shown_it_stands_before_what_it_shows():
    made = document(cell("a", nodes.literal_block("", "1")), cell("b"), cell("c"))
    transforms.unwrap_outputs(made, folds=False)
    assert shape(made) == [("code", "a"), ("literal_block", "1"), ("code", "b"), ("code", "c")]
    assert not any(step["folded"] for step in made.findall(code))


@pytest.mark.parametrize(("mode", "folded"), [("input", True), ("all", True), ("output", False)])
def test_code_that_an_author_hides_is_folded_where_it_stands(mode, folded):
    made = document(cell("a", nodes.literal_block("", "1")))
    made[0]["hide_mode"] = mode
    transforms.unwrap_outputs(made, folds=False)
    assert made.next_node(code)["folded"] is folded and made.index(made.next_node(code)) == 0


# --- tables and claims ------------------------------------------------------------------------------------------------


def test_a_table_of_the_authors_is_boxed_under_its_name():
    named, unnamed = nodes.table("", nodes.title("", "Rain"), nodes.tgroup()), nodes.table("", nodes.tgroup())
    third = nodes.table("", nodes.tgroup())
    ours = tables.make_table(["x"], [["1"]], label="Ours")
    made = document(named, unnamed, third, ours)
    transforms.box_tables(made)
    assert [type(child) for child in made.children] == [scroll, scroll, scroll, type(ours)]
    assert [box["label"] for box in made.findall(scroll)] == ["Rain", "Table", "Table 2 of this page"]
    assert made[0][0] is named


def test_claims_are_listed_where_the_marks_lead():
    made = document(nodes.bullet_list(press_claims=True), nodes.bullet_list())
    claims = [
        {"id": "wet", "statement": "It rained.", "holds": True},
        {"id": "dry", "statement": "No.", "holds": False},
    ]
    transforms.list_claims(made, claims)
    item, untrue = made[0].children
    assert item["ids"] == ["claim-wet"] and item.astext() == "It rained." and not made[1].children
    assert untrue["classes"] == ["untrue"] and item["classes"] == []


# --- citations --------------------------------------------------------------------------------------------------------


@pytest.fixture
def resolve(parse, app):
    """Read a page, and resolve it by one transform."""

    def resolve(text, transform):
        made = parse(text)
        app.env.temp_data["docname"] = "book/snippet"
        try:
            transform(made).run()
        finally:
            app.env.temp_data.clear()
        return made

    return resolve


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("rain-arley", "902.5 mm"),
        ("rain-arley:,.0f", "902"),
        ("rain-arley*10:,.0f", "9,025"),
        ("rain-arley*-1:.1f", None),
    ],
)
def test_a_number_is_printed_as_its_chapter_or_the_page_words_it(resolve, asked, text):
    if text is None:
        with pytest.raises(PressError, match=r"no number 'rain-arley\*-1:\.1f'"):
            resolve(f":glue:text:`{asked}`", transforms.ResolveCited)
        return
    made = resolve(f"It rained :glue:text:`{asked}`.", transforms.ResolveCited)
    (number,) = made.findall(nodes.inline)
    assert number.astext() == text and number["classes"] == ["number"] and not list(made.findall(cited))


def test_a_form_that_is_none_is_named_with_its_place(resolve):
    with pytest.raises(PressError, match=r"book/snippet, line 3: the number 'rain-arley' cannot be printed as ',.zf'"):
        resolve("Rain.\n\n:glue:text:`rain-arley:,.zf`", transforms.ResolveCited)


def test_a_claim_is_a_mark_that_leads_to_its_statement(resolve):
    made = resolve(":claim:`boxford-drier`", transforms.ResolveCited)
    (link,) = made.findall(nodes.reference)
    assert link["refuri"] == "../notebooks/01-rainfall.html#claim-boxford-drier" and link["classes"] == ["claim"]
    (mark,) = made.findall(claim_mark)
    assert mark["statement"] == "Boxford had less rain than Arley in 2024." and mark.astext() == "✓"


def test_where_a_page_lists_all_claims_the_mark_leads_there(resolve, app, monkeypatch):
    monkeypatch.setitem(app.env.metadata["book/data"], directives.LISTS_CLAIMS, "all")
    (link,) = resolve(":claim:`boxford-drier`", transforms.ResolveCited).findall(nodes.reference)
    assert link["refuri"] == "data.html#claim-boxford-drier"


def test_the_claims_of_all_chapters_are_numbered_through_the_book(resolve, app):
    app.env.metadata["book/snippet"].clear()
    made = resolve(".. claims:: all", transforms.ResolveClaims)
    (heading,), (listed,) = made.findall(nodes.rubric), made.findall(nodes.enumerated_list)
    assert heading.astext() == "Rainfall" and listed["start"] == 1
    assert [item["ids"] for item in listed] == [["claim-boxford-drier"]]
    app.env.metadata["book/snippet"].clear()


def test_on_its_own_page_a_claim_is_near(resolve, app):
    state.book(app.env).ledger.find("claim", "boxford-drier")["chapter"] = "book/snippet"
    (link,) = resolve(":claim:`boxford-drier`", transforms.ResolveCited).findall(nodes.reference)
    assert link["refuri"] == "#claim-boxford-drier"


# --- numbers of figures and tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "text"), [("fig-rain", "Figure 1.1"), ("tbl-rain", "Table 1.1")])
def test_a_figure_or_table_is_called_by_its_number(resolve, label, text):
    made = resolve(f":numref:`{label}`", transforms.ResolveNumbers)
    (link,) = made.findall(addnodes.number_reference)
    assert link.astext() == text and link["refuri"] == f"../notebooks/01-rainfall.html#{label}"


@pytest.mark.parametrize("asked", [":numref:`fig-snow`", ":numref:`Picture %s <fig-rain>`", ":ref:`fig-rain`"])
def test_other_references_are_left_to_sphinx(resolve, asked):
    made = resolve(asked, transforms.ResolveNumbers)
    assert list(made.findall(addnodes.pending_xref)) and not list(made.findall(addnodes.number_reference))


def test_a_format_that_names_the_title_is_left_to_sphinx(resolve, app, monkeypatch):
    monkeypatch.setitem(app.config.numfig_format, "figure", "Figure {number}")
    assert list(resolve(":numref:`fig-rain`", transforms.ResolveNumbers).findall(addnodes.pending_xref))


# --- changes ----------------------------------------------------------------------------------------------------------


def edition(name, day, **ledger):
    return {"name": name, "built": day, "inputs": {}, "numbers": [], "claims": [], "figures": [], "tables": []} | ledger


@pytest.fixture
def released(monkeypatch):
    """Say which editions have been released."""

    def release(*found):
        monkeypatch.setattr(editions, "names", lambda root: [each["name"] for each in found])
        monkeypatch.setattr(editions, "load", lambda root, name: next(e for e in found if e["name"] == name))

    return release


def test_before_the_first_edition_there_is_nothing_to_compare(resolve, released):
    released()
    assert resolve(".. changes::", transforms.ResolveChanges).astext().startswith("No edition has been released yet")


def test_changes_are_told_from_edition_to_edition_the_last_first(resolve, released):
    number = {"id": "rain", "chapter": "notebooks/01-rainfall", "value": 1.0, "text": "1 mm"}
    released(edition("1", "2026-01-01"), edition("2", "2026-02-01", numbers=[number]))
    made = resolve(".. changes::", transforms.ResolveChanges)
    told = made.astext().split("\n\n")
    assert told[0] == "From edition 2, 2026-02-01, to this one" and "\n\nnumber rain: gone: 1 mm" in made.astext()
    assert told[-2:] == ["From edition 1, 2026-01-01, to edition 2, 2026-02-01", "number rain: new: 1 mm"]
    assert not list(made.findall(changes))


def test_a_trial_is_no_edition(resolve, released, monkeypatch):
    number = {"id": "rain", "chapter": "notebooks/01-rainfall", "value": 1.0, "text": "1 mm"}
    released(edition("1", "2026-01-01"), edition("2", "2026-02-01", numbers=[number]))
    monkeypatch.setattr(transforms.project, "is_what_if", lambda root: True)
    told = resolve(".. changes::", transforms.ResolveChanges).astext().split("\n\n")
    assert told[0].startswith("What this trial changes is told apart") and len(told) == 3
    assert told[1:] == ["From edition 1, 2026-01-01, to edition 2, 2026-02-01", "number rain: new: 1 mm"]


def test_editions_that_are_the_same_are_said_to_be(resolve, released):
    released(edition("1", "2026-01-01"), edition("2", "2026-02-01"))
    assert (
        resolve(".. changes::", transforms.ResolveChanges)
        .astext()
        .endswith("No number, claim, figure or table changed.")
    )


# --- Korean -----------------------------------------------------------------------------------------------------------


def test_runs_of_hangul_are_marked(resolve):
    made = resolve("Rain is 비, and snow 눈.", transforms.MarkKorean)
    marked = [node for node in made.findall(nodes.inline) if node["classes"] == ["language-ko"]]
    assert [node.astext() for node in marked] == ["비", "눈"] and made.astext() == "Rain is 비, and snow 눈."


def test_hangul_in_code_is_not(resolve):
    made = resolve("``비``\n\n::\n\n  눈\n", transforms.MarkKorean)
    assert not [node for node in made.findall(nodes.inline) if "language-ko" in node["classes"]]
