"""Words of the glossary, linked where a page first uses them."""

import pytest
from docutils import nodes

from press import state
from press.document import terms
from press.document.nodes import term_link


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        ("Special Measures Agreement (SMA) – 방위비분담특별협정 *bangwibi*", ("Special Measures Agreement", "SMA")),
        ("Mean", ()),
        ("Rain gauge", ("Rain gauge",)),
        ("Meeting of ministers (2+2)", ("Meeting of ministers", "2+2")),
    ],
)
def test_a_term_has_a_name_and_an_abbreviation(term, forms):
    assert terms.forms_of(term) == forms


def test_a_page_notes_the_terms_that_it_explains(parse, app):
    text = ".. glossary::\n\n   Rain gauge (RG)\n      Measures rain.\n\n   Mean\n      Of all.\n"
    made = parse(text)
    app.env.temp_data["docname"] = "book/snippet"
    try:
        terms.note_terms(app, made)
    finally:
        app.env.temp_data.clear()
    (term,) = app.env.metadata["book/snippet"].pop(terms.TERMS)
    assert term.forms == ("Rain gauge", "RG") and term.meaning == "Measures rain." and term.id


@pytest.fixture
def linked(parse, app, monkeypatch):
    """Link the words of a page of the sample book."""
    gauge = terms.Term(("Rain gauge", "RG"), "term-rain-gauge", "Measures rain.")
    monkeypatch.setattr(state.book(app.env), "terms", {"book/data": [gauge]})

    def linked(text, page="book/index"):
        made = parse(text)
        app.env.temp_data["docname"] = page
        try:
            terms.LinkTerms(made).run()
        finally:
            app.env.temp_data.clear()
        return list(made.findall(term_link))

    return linked


@pytest.mark.parametrize(
    "text", ["A rain gauge, and an RG.", "Rain gauges stand *here*.", "*All rain gauges*", "* An RG."]
)
def test_a_term_is_linked_at_its_first_use(linked, text):
    (link,) = linked(text)
    assert link["refuri"] == "data.html#term-rain-gauge" and link["meaning"] == "Measures rain."
    assert link.astext().lower() in ("rain gauge", "rain gauges", "rg")


@pytest.mark.parametrize(
    "text",
    [
        "Rain gauge\n==========\n\nNone.",
        "`Rain gauge <https://gauge.example>`_",
        "``rain gauge``",
        "A Rain-gauge, an RGB, a terrain gauge.",
        ".. figure:: x.png\n   :alt: x\n\n   A rain gauge\n\n   An RG.",
    ],
    ids=["heading", "link", "code", "other words", "caption"],
)
def test_no_term_is_linked_in(linked, text):
    assert linked(text) == []


def test_the_glossary_does_not_lead_to_itself(linked):
    assert linked("A rain gauge.", page="book/data") == []


def test_all_pages_are_written_again_when_the_glossary_changed(app, monkeypatch):
    monkeypatch.setattr(state.book(app.env), "terms", {"book/gone": []})
    assert "book/index" in terms.rewrite_all_when_terms_changed(app, app.env)
    assert terms.rewrite_all_when_terms_changed(app, app.env) == []


def test_on_the_page_a_term_brings_its_meaning_and_on_paper_it_is_a_word(html, typst):
    link = term_link("", "RG", refuri="data.html#term-rain-gauge", meaning='Measures "rain" <daily>.')
    made = html(nodes.paragraph("", "", link))
    assert 'data-meaning="Measures &quot;rain&quot; &lt;daily&gt;."' in made and 'class="term"' in made
    assert "link" not in typst(nodes.paragraph("", "", link.deepcopy()))
