"""Numbered figures and tables: their places, and which figures have changed."""

import pytest

from press import state
from press.document import numbering
from press.state import NumberedItem

RAIN = NumberedItem("fig-rain", "It rains more in Arley", "Figure 1.1", "notebooks/01-rainfall")


def test_figures_and_tables_are_told_with_number_and_page(app):
    assert numbering.numbered(app.env, "figure") == [RAIN]
    assert numbering.numbered(app.env, "table") == [
        NumberedItem("tbl-rain", "Rain in each year", "Table 1.1", "notebooks/01-rainfall")
    ]


def test_they_come_in_the_order_of_their_numbers_not_of_their_pages(app, monkeypatch):
    ledger = state.book(app.env).ledger
    for page, id in (("a", "fig-b"), ("b", "fig-a"), ("c", "fig-c")):
        ledger.enter(page, {"kind": "figure", "id": id, "title": id})
    monkeypatch.setitem(app.env.toc_fignumbers, "a", {"figure": {"fig-b": (2, 10)}})
    monkeypatch.setitem(app.env.toc_fignumbers, "b", {"figure": {"fig-a": (2, 9)}})
    found = [(item.id, item.number) for item in numbering.numbered(app.env, "figure")]
    assert found == [("fig-c", ""), ("fig-rain", "Figure 1.1"), ("fig-a", "Figure 2.9"), ("fig-b", "Figure 2.10")]


@pytest.fixture
def note(app):
    """Note the figures, as if some pages were read, and say which have changed."""
    run = state.build(app)
    before = run.pages_read, run.edition_released, run.changed_figures

    def note(read=(), released=False):
        run.pages_read, run.edition_released = set(read), released
        assert numbering.note_figures(app, app.env) == []
        return run.changed_figures

    yield note
    run.pages_read, run.edition_released, run.changed_figures = before


def test_a_figure_stands_between_its_neighbors(app, note):
    place = state.book(app.env).figures["fig-rain"]
    assert (place.previous, place.item, place.following) == (None, RAIN, None)


def test_a_figure_that_is_as_it_was_is_not_written_again(note):
    assert note() == [] and note(read=["notebooks/01-rainfall"]) == []


def test_a_figure_whose_chart_or_text_changed_is_written_again(app, note):
    chapter = numbering.figures_of_page(app, "notebooks/01-rainfall")["fig-rain"].chart
    alt = chapter["alt"]
    chapter["alt"] = "It snowed."
    try:
        assert note() == [], "its page was not read again"
        assert note(read=["notebooks/01-rainfall"]) == ["fig-rain"]
    finally:
        chapter["alt"] = alt


def test_a_figure_with_another_neighbor_is_written_again(app, note, monkeypatch):
    other = RAIN._replace(id="fig-snow", number="Figure 1.2")
    monkeypatch.setattr(numbering, "numbered", lambda env, kind: [RAIN, other])
    monkeypatch.setattr(numbering, "_fingerprint", lambda app, item, before: before.get(item.id, item)[-1])
    assert note() == ["fig-rain", "fig-snow"]


def test_after_a_release_every_figure_is_written_again(note):
    assert note(released=True) == ["fig-rain"]


def test_what_the_data_package_says_belongs_to_a_figure(app, note, monkeypatch):
    (entry,) = numbering.project.load_data_package(numbering.project.find_root(app.srcdir))["resources"]
    monkeypatch.setitem(entry, "vintage", "2025")
    assert note(read=["notebooks/01-rainfall"]) == ["fig-rain"]
