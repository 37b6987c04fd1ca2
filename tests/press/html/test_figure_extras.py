"""What every figure offers besides its chart."""

import re
from types import SimpleNamespace

import lxml.html
import pytest

from press import editions, state
from press.charts.data_table import Column, DataTable
from press.document.nodes import chart
from press.html import figure_extras

CHAPTER = "notebooks/01-rainfall"


def text(node):
    return " ".join(node.text_content().split())


@pytest.fixture
def offered(html, figure):
    """What stands below the sample's figure on a page, parsed."""

    def offered(page=CHAPTER):
        (made,) = lxml.html.fromstring(html(figure, page=page)).xpath("//div[@class='offers']")
        return made

    return offered


def test_a_figure_offers_data_files_citation_and_embedding(offered):
    made = offered()
    summaries = [text(summary) for summary in made.xpath("./details/summary")]
    assert summaries == [f"{what} Figure 1.1" for what in ("Data of", "Download", "Cite", "Embed")]
    assert not made.xpath("./details[@open]") and made.get("id") == "fig-rain-offers"
    (alone,) = made.xpath("./a[@class='own-page']")
    assert alone.get("href") == "../figures/fig-rain.html" and text(alone) == "Figure 1.1 alone"


def test_its_data_is_a_table_with_heads(offered):
    table = offered().xpath("./details[@class='data']//table")[0]
    assert [(text(head), head.get("class")) for head in table.xpath(".//th")] == [
        ("Year", "num"),
        ("Town", None),
        ("Rain mm", "num"),
    ]
    assert [text(cell) for cell in table.xpath("./tbody/tr[1]/td")] == ["2022", "Arley", "810.5"]
    assert len(table.xpath("./tbody/tr")) == 6 and "All 6 rows" in text(offered())


@pytest.mark.parametrize(
    ("page", "shown", "says"),
    [
        (CHAPTER, 30, "The first 30 of 600 rows; more on"),
        ("figures/fig-rain", 500, "The first 500 of 600 rows, all in"),
    ],
)
def test_of_many_rows_the_first_are_shown_more_on_the_figures_own_page(offered, monkeypatch, page, shown, says):
    many = DataTable([Column("n", "N", "", True)], [[n] for n in range(600)])
    monkeypatch.setattr(figure_extras, "data_table_of", lambda node, root: many)
    made = offered(page)
    assert len(made.xpath(".//tbody/tr")) == shown and says in text(made)


def test_on_its_own_page_the_data_is_open_and_nothing_leads_there(offered):
    made = offered("figures/fig-rain")
    assert made.xpath("./details[@class='data'][@open]") and not made.xpath("./a[@class='own-page']")
    files = {f"fig-rain.{ending}" for ending in ("csv", "csv-metadata.json", "svg", "png", "landscape.png", "vl.json")}
    assert {link for link in made.xpath(".//a/@href")} == files | {"../book/data.html#data-rainfall"}


def test_it_can_be_cited_with_its_address(offered):
    cite = offered().xpath("./details[3]")[0]
    assert text(cite[1]) == (
        "The tests, “It rains more in Arley”, Figure 1.1 of Rain in Two Towns. No edition. "
        "https://nobody.example/rain/figures/fig-rain.html"
    )
    assert cite[2].text.startswith("@misc{fig-rain,\n  author = {{The tests}},\n  title = {{It rains more in Arley}},")


def test_what_is_to_be_embedded_is_a_frame_of_the_right_height(offered):
    (frame,) = lxml.html.fragments_fromstring(offered().xpath("string(.//pre[contains(@class, 'embed')])"))
    assert frame.tag == "iframe" and frame.get("title") == "It rains more in Arley"
    assert frame.get("src") == "https://nobody.example/rain/figures/fig-rain.html"
    assert 400 < int(frame.get("height")) < 700


def test_without_an_address_it_is_embedded_from_where_it_lies(offered, app, monkeypatch):
    monkeypatch.setattr(app.config, "html_baseurl", "")
    made = offered()
    assert 'src="../figures/fig-rain.html"' in text(made) and "https://" not in text(made)


# --- citations --------------------------------------------------------------------------------------------------------

CONFIG = SimpleNamespace(author="A & B", html_title="Rain?", press_edition="Second edition", copyright="2026")
NODE = chart(figure="fig-rain", title="100% of {rain}")


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("Rain", "Rain."), ("Rain?", "Rain?"), ("Rain!", "Rain!"), ("Rain.", "Rain."), ("U.S", "U.S.")],
)
def test_a_sentence_has_its_full_stop_unless_the_title_ends_it(title, sentence):
    assert figure_extras.as_sentence(title) == sentence


def test_a_citation_is_a_sentence_an_edition_and_an_address():
    made = figure_extras.citation(CONFIG, NODE, "Figure 1", "https://x.example")
    assert made == "A & B, “100% of {rain}”, Figure 1 of Rain? Second edition. https://x.example"
    assert figure_extras.citation(CONFIG, NODE, "Figure 1", "").endswith("Second edition.")


def test_nothing_in_bibtex_is_taken_for_a_command():
    made = figure_extras.bibtex(CONFIG, NODE, "Figure 1", "")
    assert r"author = {{A \& B}}" in made and r"title = {{100\% of \{rain\}}}" in made
    assert r"howpublished = {Figure 1 of \emph{Rain?}}" in made and "year = {2026}" in made and "url" not in made
    assert "url = {https://x.example}" in figure_extras.bibtex(CONFIG, NODE, "Figure 1", "https://x.example")
    assert figure_extras.escape_tex("a\\b~c^d_e#f$") == (
        r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d\_e\#f\$"
    )


def test_of_several_years_of_copyright_the_first_counts():
    config = SimpleNamespace(**{**vars(CONFIG), "copyright": ("2025", "2026")})
    assert "year = {2025}" in figure_extras.bibtex(config, NODE, "Figure 1", "")


# --- editions ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(app):
    """The state of the run, which is undone."""
    made = state.build(app)
    before = made.edition_changes, made.edition_released
    made.edition_changes = None
    yield made
    made.edition_changes, made.edition_released = before


@pytest.fixture
def released(app, monkeypatch):
    """Say that an edition was released in which the figure was another."""
    content = state.book(app.env).ledger.content()
    (figure,) = content["figures"]
    old = content | {"figures": [figure | {"title": "It rained", "sha256": "0"}], "inputs": {}, "name": "first"}
    monkeypatch.setattr(editions, "names", lambda root: ["first"])
    monkeypatch.setattr(editions, "load", lambda root, name: old)


def test_a_figure_says_what_changed_since_the_last_edition(run, released, offered):
    (line,) = offered().xpath(".//p[@class='changed']")
    assert text(line).startswith("Since edition first: It rained → It rains more in Arley; other data")


def test_a_figure_that_did_not_change_says_nothing(run, offered):
    assert not offered().xpath(".//p[@class='changed']") and run.edition_changes == {}


def test_all_pages_are_written_again_after_a_release(run, app, monkeypatch):
    assert figure_extras.rewrite_after_release(app, app.env) == [] and not run.edition_released
    monkeypatch.setattr(editions, "names", lambda root: ["first"])
    assert "book/index" in figure_extras.rewrite_after_release(app, app.env) and run.edition_released
    assert figure_extras.rewrite_after_release(app, app.env) == []


def test_in_a_first_build_there_is_nothing_to_write_again(run, app):
    state.book(app.env).editions = None
    assert figure_extras.rewrite_after_release(app, app.env) == []


def test_a_figure_without_number_is_a_figure(html, figure):
    assert re.search(r">Data<span[^>]*> of Figure</span>", html(figure, page="book/data"))
