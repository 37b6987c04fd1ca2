"""How nodes become HTML."""

import lxml.html
import pytest
from docutils import nodes

from press.document import tables
from press.document.nodes import board, claim_mark, code, file, gallery, item_list, scroll
from press.document.tables import Link


def parsed(text):
    return lxml.html.fromstring(f"<div>{text}</div>")


def squeeze(text):
    return " ".join(text.split())


# --- charts -----------------------------------------------------------------------------------------------------------


def test_a_chart_stands_behind_its_caption_at_two_widths(html, figure):
    (made,) = parsed(html(figure, page="notebooks/01-rainfall"))
    assert [part.tag for part in made] == ["figcaption", "div", "div", "div"]
    chart = made[1]
    assert chart.get("class") == "chart w400 n400 with-controls" and chart.get("data-figure") == "fig-rain"
    assert [drawing.get("class") for drawing in chart] == ["chart-wide", "chart-narrow"]


@pytest.mark.parametrize(
    ("page", "script"),
    [
        ("notebooks/01-rainfall", "../figures/fig-rain.js"),
        ("figures/fig-rain", "fig-rain.js"),
        ("index", "figures/fig-rain.js"),
    ],
)
def test_a_live_chart_says_where_its_script_lies(html, figure, page, script):
    assert parsed(html(figure, page=page)).xpath("//div/@data-live") == [script]


def test_a_chart_that_does_not_answer_is_a_picture(html, figure):
    (chart,) = figure.findall(lambda node: node.tagname == "chart")
    chart["live"] = chart["controls"] = False
    made = parsed(html(figure, page="notebooks/01-rainfall"))
    assert not made.xpath("//*[@data-live]") and made.xpath("//div[@class='chart w400 n400']")


def test_a_figure_of_the_authors_ends_as_in_sphinx(html):
    picture = nodes.figure(
        "", nodes.paragraph("", "A picture"), nodes.caption("", "Rain"), nodes.legend("", nodes.paragraph("", "More"))
    )
    text = html(picture)
    assert text.count("<figcaption>") == text.count("</figcaption>") == 1
    assert text.index("More") < text.index("</figcaption>") < text.index("</figure>")


# --- items ------------------------------------------------------------------------------------------------------------


def test_the_board_names_items_explains_words_and_breaks_no_name_at_its_number(html):
    status = {"name": "kept", "short": "kept", "mark": "full", "color": "kor", "rank": 0, "long": "Done as promised"}
    item = {"id": "e4", "title": "After COVID-19", "status": status, "reason": "So.", "group": "Trade", "parts": []}
    better = status | {"short": "kept in full", "rank": -1}
    made = parsed(html(board("", items=[item | {"address": "e4.html", "best": better}])))
    assert squeeze(made.xpath("//a")[0].text_content()) == "E4 After COVID-19 kept↓ set back"
    assert made.xpath("//span[@class='tile-title']/span[@class='whole']/text()") == ["COVID-19"]
    told = [squeeze(part.text_content()) for part in made.xpath("//dl/*")]
    assert told == ["kept", "Done as promised", "↓ set back", "By what was done alone it would stand higher"]
    assert [part.text for part in made.xpath("//li[@class='board-fell']")] == ["↓ set back"]
    assert [part.text_content() for part in made.xpath("//div[@class='board-named']/div")] == [
        "kept: E4 After COVID-19"
    ]
    listed = parsed(html(item_list("", items=[item | {"address": ""}])))
    assert squeeze(listed.text_content()) == "kept E4 After COVID-19: So."


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def table():
    """A table of ours with a title, a number, and a link."""
    rows = [
        ["A < B", "902.5", Link("Gauge & Co", "https://gauge.example/?a=1&b=2")],
        ["눈", "−3", "none at all, nowhere"],
    ]
    made = tables.make_table(
        ["Town", "Rain, mm", "Source"],
        rows,
        label='Rain "here"',
        numeric=[False, True, False],
        row_headers=True,
        classes=["rows"],
    )
    tables.add_title(made, "Rain", "mm, 2024")
    made["ids"] = ["tbl-x"]
    return made


def test_a_table_scrolls_by_itself_under_its_name(html, table):
    (box,) = parsed(html(table))
    assert (box.get("class"), box.get("role"), box.get("tabindex")) == ("scroll", "region", "0")
    assert box.get("aria-label") == 'Rain "here"'
    (inner,) = box
    assert (
        inner.tag == "table" and inner.get("id") == "tbl-x" and {"docutils", "rows"} <= set(inner.get("class").split())
    )
    assert inner[0].tag == "caption" and "mm, 2024" in inner[0].text_content()


def test_headers_say_what_they_head(html, table):
    made = parsed(html(table))
    assert [head.get("scope") for head in made.xpath("//thead//th")] == ["col"] * 3
    assert [(head.text_content(), head.get("scope")) for head in made.xpath("//tbody//th")] == [
        ("A < B", "row"),
        ("눈", "row"),
    ]
    table["row_headers"] = False
    assert not parsed(html(table)).xpath("//tbody//th")


def test_numbers_stand_to_the_right_in_head_and_body(html, table):
    made = parsed(html(table))
    for cells in (made.xpath("//thead/tr/*"), *(row.xpath("./*") for row in made.xpath("//tbody/tr"))):
        assert ["num" in (cell.get("class") or "").split() for cell in cells] == [False, True, False]
        assert ["short" in (cell.get("class") or "").split() for cell in cells] == [True, True, False]


def test_what_stands_in_a_cell_is_text_or_a_link(html, table):
    made = parsed(html(table))
    (link,) = made.xpath("//tbody//a")
    assert link.get("href") == "https://gauge.example/?a=1&b=2" and link.text == "Gauge & Co"
    assert "A < B" in made.text_content() and made.xpath("//*[@lang='ko']/text()") == ["눈"]


def test_a_cell_of_an_authors_table_has_no_paragraph_of_its_own(html):
    def row(*cells):
        return nodes.row("", *[nodes.entry("", *parts) for parts in cells])

    single, marked, double = nodes.paragraph("", "a"), nodes.paragraph("", "b", classes=["x"]), nodes.paragraph("", "c")
    body = nodes.tbody("", row([single], [marked], [double, nodes.paragraph("", "d")]))
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in range(3)], body, cols=3)
    cells = parsed(html(nodes.table("", group))).xpath("//td")
    assert [len(cell.xpath("./p")) for cell in cells] == [0, 1, 2]


# --- within and around text -------------------------------------------------------------------------------------------


def test_code_is_folded_and_has_no_marks_that_no_style_uses(html):
    source = "x = f(1)  # rain"
    made = parsed(html(code("", nodes.literal_block(source, source, language="python"), folded=True)))
    (details,) = made.xpath("//details[@class='code']")
    assert details[0].text == "Code of this step"
    marks = {mark.get("class"): mark.text for mark in details.xpath(".//pre//span")}
    assert marks == {"c1": "# rain"}, "names, operators and numbers are not colored"
    assert details.xpath("string(.//pre)").strip() == source


def test_code_that_is_shown_is_not_folded(html):
    made = parsed(html(code("", nodes.literal_block("x", "x", language="python"), folded=False)))
    assert len(made.xpath("//div[@class='code']//pre")) == 1 and not made.xpath("//details")


def test_a_box_that_scrolls_is_named(html):
    assert '<div class="scroll" tabindex="0" role="region" aria-label="&lt;Rain&gt;">' in html(scroll(label="<Rain>"))


def test_the_mark_of_a_claim_says_what_is_checked(html):
    (mark,) = parsed(
        html(nodes.paragraph("", "", claim_mark("", "✓", number=12, statement='It "rained" <much>.')))
    ).xpath("//span")
    assert mark.get("title") == 'Checked by every build (12): It "rained" <much>.'
    assert mark.get("aria-label") == "checked claim" and mark.text == "✓"


@pytest.mark.parametrize(("page", "address"), [("book/data", "../data/rain.csv"), ("index", "data/rain.csv")])
def test_a_file_beside_the_pages_is_taken_away(html, page, address):
    link = file("", "", nodes.literal("", "data/rain.csv"), path="data/rain.csv")
    (made,) = parsed(html(nodes.paragraph("", "", link), page=page)).xpath("//a")
    assert made.get("href") == address and made.get("download") is not None and made.text_content() == "data/rain.csv"


def test_an_entry_of_the_bibliography_goes_without_its_label(html):
    entry = nodes.citation("", nodes.label("", "Gau24"), nodes.paragraph("", "Ada Gauge."), ids=["gau"])
    (made,) = parsed(html(entry))
    assert made.tag == "div" and made.get("class") == "citation" and made.get("id") == "gau"
    assert squeeze(made.text_content()) == "Ada Gauge."


@pytest.mark.parametrize("kind", ["figure", "table"])
def test_a_list_of_figures_or_tables_stands_in_its_place(html, kind):
    assert f'class="gallery {kind}s' in html(gallery(kind=kind), page="book/figures").replace("  ", " ")


# --- equations --------------------------------------------------------------------------------------------------------


def test_an_equation_in_a_line_is_mathml(html):
    made = html(nodes.paragraph("", "", nodes.math("", "n")))
    assert 'display="inline"' in made and "<mi>n</mi>" in made


@pytest.mark.parametrize(("number", "text"), [(1, "(1.1)"), (None, "")])
def test_an_equation_of_its_own_has_its_number(html, number, text):
    block = nodes.math_block(
        "", "n", ids=["equation-eq-mean"], label="eq-mean", number=number, docname="notebooks/01-rainfall"
    )
    made = parsed(html(block, page="notebooks/01-rainfall"))
    assert made.xpath("string(//*[@class='equation-number'])") == text
    assert made.xpath(
        "//div[@class='math'][@id='equation-eq-mean']/div[@class='formula'][@tabindex='0']/math[@display='block']"
    )
