"""What of the book bears on an item."""

from docutils import nodes

from press import state
from press.document import bearing

ITEM = {"kind": "item", "id": "wet", "page": "book/wet", "group": "Weather", "title": "Wet"}


def noted(parse, app, text):
    made = parse(text)
    app.env.temp_data["docname"] = "book/snippet"
    try:
        bearing.note_bearing(app, made)
    finally:
        app.env.temp_data.clear()
    return app.env.metadata["book/snippet"].pop(bearing.BEARS)


def test_a_page_notes_its_groups_and_to_what_its_sections_lead(parse, app):
    text = (
        ".. items:: Weather\n\nRain\n====\n\nSee :doc:`wet`.\n\n"
        "Snow\n----\n\n:status:`wet` now, as :numref:`fig-rain` shows.\n\nHail\n----\n\nNone."
    )
    groups, sections = noted(parse, app, text)
    state.book(app.env).ledger.forget("book/snippet")
    app.env.metadata["book/snippet"].clear()
    assert groups == ["Weather"]
    assert [(section.id, section.title) for section in sections] == [("rain", "Rain"), ("snow", "Snow")]
    assert "book/wet" in sections[0].leads_to and "item wet" in sections[1].leads_to
    assert (sections[0].figures, sections[1].figures) == ((), ("fig-rain",))


def test_an_item_lists_its_chapter_the_sections_that_lead_to_it_and_the_figures_where_its_status_stands(
    app, monkeypatch
):
    section = bearing.Section("rain", "How it rains", ("book/wet", "item wet"), ("fig-rain",))
    passing = bearing.Section("hail", "How it hails", ("book/wet",), ("fig-rain",))
    other = bearing.Section("snow", "How it snows", ("book/cold",), ())
    known = {"notebooks/01-rainfall": (["Weather"], [section, passing, other]), "book/data": (["Weather", "Other"], [])}
    monkeypatch.setattr(state.book(app.env), "bearing", known)
    heading, listed = bearing.bearing_nodes(app.env, app.builder, ITEM, "book/wet")
    assert isinstance(heading, nodes.rubric)
    links = [(link["refuri"], link.astext()) for link in listed.findall(nodes.reference)]
    assert links == [
        ("../notebooks/01-rainfall.html", "Rainfall"),
        ("../notebooks/01-rainfall.html#rain", "How it rains"),
        ("../notebooks/01-rainfall.html#fig-rain", "Figure 1.1: It rains more in Arley"),
        ("../notebooks/01-rainfall.html#hail", "How it hails"),
    ]
    monkeypatch.setitem(app.env.metadata["notebooks/01-rainfall"], "language", "ko")
    assert bearing.bearing_nodes(app.env, app.builder, ITEM, "book/wet") == [], "a page in another language"
    monkeypatch.setattr(state.book(app.env), "bearing", {})
    assert bearing.bearing_nodes(app.env, app.builder, ITEM, "book/wet") == []


def test_pages_of_items_are_written_again_when_that_changed(app, monkeypatch):
    monkeypatch.setattr(state.book(app.env), "bearing", {"book/gone": ([], [])})
    monkeypatch.setattr(state.book(app.env).ledger, "entries", lambda kind: [ITEM])
    assert bearing.rewrite_when_bearing_changed(app, app.env) == ["book/wet"]
    assert bearing.rewrite_when_bearing_changed(app, app.env) == []
