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


# --- appendices -------------------------------------------------------------------------------------------------------

APPENDIX = """(snow)=
# Snow

{numref}`tbl-snow` is in {numref}`melted`, and {eq}`eq-snow` holds.

$$ n = 1 $$ (eq-snow)

```{list-table} Snow in towns
:name: tbl-snow

* - Arley
```

(melted)=
## Melted
"""
PART = "  - caption: Appendices\n    numbered: true\n    chapters:\n      - file: book/snow\n      - file: book/ice\n"


@pytest.mark.slow
def test_appendices_are_numbered_by_themselves(rain_copy):
    (rain_copy.root / "book" / "snow.md").write_text(APPENDIX, encoding="utf-8")
    (rain_copy.root / "book" / "ice.md").write_text("# Ice\n", encoding="utf-8")
    rain_copy.edit("_toc.yml", "  - caption: About the book", f"{PART}  - caption: About the book")
    rain_copy.edit("_config.yml", "press_pdf: rain.pdf", "press_pdf: rain.pdf\n    press_warnings: tell")
    env = rain_copy.build().env
    page = rain_copy.page("book/snow.html")
    (article,) = page.xpath("//article")
    text = " ".join(article.text_content().split())
    for words in ("A1. Snow", "A1.1. Melted", "Table A1.1 Snow in towns", "Table A1.1 is in Section A1.1, and (A1.1)"):
        assert words in text, text
    links = [" ".join(link.text_content().split()) for link in page.xpath("//nav//a")]
    assert {"1. Rainfall", "A1. Snow", "A2. Ice"} <= {*links}
    assert '[#"A1.1\\u2002";#"Melted";]' in rain_copy.typst.replace("\u2002", "\\u2002")
    assert '#grid-of([#"Table A1.1";]' in rain_copy.typst and '#"(A1.1)";' in rain_copy.typst
    first = env.toc_secnumbers["book/snow"][""][0]
    assert first == 2 and str(first) == "A1", "equal to Sphinx's number, so that nothing is written without need"


def test_a_page_that_stops_to_be_an_appendix_is_written_again(app, monkeypatch):
    monkeypatch.setattr(state.book(app.env), "appendices", {"book/data": "A1"})
    assert numbering.number_appendices(app, app.env) == ["book/data"]
    assert numbering.number_appendices(app, app.env) == []
