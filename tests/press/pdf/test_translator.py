"""How nodes become Typst markup."""

import json
import re
import string
from datetime import UTC, datetime

import pytest
import typst as compiler
from docutils import nodes
from hypothesis import example, given, settings
from hypothesis import strategies as some
from sphinx import addnodes

from press import state
from press.document import tables
from press.document.nodes import claim_mark, code, figure_extras, file, gallery, scroll
from press.document.tables import Link
from press.pdf import translator
from press.pdf.statuses import retold
from press.pdf.tables import LONG

# --- no text is markup ------------------------------------------------------------------------------------------------

PRINTABLE = some.text(some.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40)
MARKUP = some.text("#[]{}()$*_`\\\"'@<>=~/-+;:.%&^!|\n\t " + string.ascii_lowercase[:3], max_size=40)
LIKE_MARKUP = ["#set page()", "[x]", "*bold*", "_it_", "$x$", "= Head", "- item", "\\", '"', "`raw`", "@ref", "<label>"]
LIKE_MARKUP += ["//c", "~", "--", "https://x.org", "1. one", "#", "\\u007f", "\u2028", "\u007f", "\u00ad", "비\u200b비"]


def typeset(expressions):
    """What Typst understands the expressions to say, all in one compilation."""
    source = "".join(f"#metadata([{expression}]) <text>\n" for expression in expressions)
    return [plain(value) for value in json.loads(compiler.query(source.encode(), "<text>", field="value"))]


def plain(value):
    """The text of a Typst content value; fails when it is anything but text."""
    if value["func"] == "sequence":
        return "".join(map(plain, value["children"]))
    if value["func"] == "space":
        return " "
    assert value["func"] == "text", value
    return value["text"]


@pytest.mark.slow
@settings(max_examples=5, deadline=None, derandomize=True)
@given(some.lists(PRINTABLE | MARKUP, min_size=40, max_size=60))
@example(LIKE_MARKUP)
def test_no_text_is_ever_taken_for_markup(texts):
    assert typeset(map(translator.words, texts)) == texts


def test_no_words_are_no_markup():
    assert translator.words("") == ""


# --- structure --------------------------------------------------------------------------------------------------------


def paragraph(*parts, **options):
    return nodes.paragraph("", "", *[nodes.Text(part) if isinstance(part, str) else part for part in parts], **options)


@pytest.fixture
def setter(app, tmp_path):
    """Make a translator of a page of the sample book."""

    def setter(*parts, page="book/index"):
        tree = nodes.document(None, None, "", *parts, docname=page)
        return translator.Translator(app.builder, tree, tmp_path, state.cache_directory(app))

    return setter


class odd(nodes.General, nodes.Element):
    """What no one has told the press of."""


@pytest.mark.parametrize("boxed", [False, True])
def test_a_node_that_is_not_known_stops_the_build_by_name(setter, boxed):
    """`PdfBuilder.write` raises what is noted; the line may be known only of what the node stands in."""
    unknown = odd()
    outer = nodes.note("", paragraph(unknown)) if boxed else unknown
    outer.line = 20_007
    made = setter(outer, paragraph("Rain"))
    assert made.children(made.tree).endswith('#"Rain";\n\n'), "what follows is looked through too"
    (problem,) = made.problems
    assert str(problem).startswith(
        "book/index, cell 2, line 7: the PDF does not know the node “odd”. Keep it to the page"
    )
    assert "{only}" in problem.remedy


def test_where_it_is_only_told_the_words_of_what_cannot_be_set_stand_in_its_place(setter):
    made = setter(odd("", paragraph("Rain")), odd(), nodes.math("", r"\nosuch"))
    set_ = made.children(made.tree)
    assert '#"Rain";' in set_ and "works on the page only" in set_ and r'#raw("\\nosuch")' in set_
    assert len(made.problems) == 3


@pytest.mark.parametrize(("format", "made"), [("typst", "#emoji.rain"), ("html", ""), ("latex", "")])
def test_what_is_raw_is_set_where_it_is_written_for_typst(typst, format, made):
    """HTML is told in nodes before it comes here."""
    assert typst(nodes.raw("", "#emoji.rain", format=format)) == made


def test_headings_have_their_level_and_number(typst):
    inner = nodes.section("", nodes.title("", "Both towns"), ids=["both-towns"])
    chapter = nodes.section("", nodes.title("", "Rainfall"), inner, ids=["rainfall"])
    file_ = addnodes.start_of_file("", chapter, docname="notebooks/01-rainfall")
    made = typst(file_)
    assert '#metadata(none)#label("notebooks/01-rainfall#")' in made
    assert '#heading(level: 1, supplement: [numbered])[#"1\u2002";#"Rainfall";]' in made
    assert '#heading(level: 2, supplement: [numbered])[#"1.1\u2002";#"Both towns";]' in made
    assert made.index('label("notebooks/01-rainfall#both-towns")') < made.index("Both towns")


def test_a_heading_without_number_has_none(typst):
    assert '[#"Rain";]' in typst(nodes.section("", nodes.title("", "Rain"), ids=["rain"]))


def test_a_place_is_set_once_however_often_its_id_is_passed_down(typst):
    made = typst(nodes.section("", paragraph("Rain", ids=["rain"]), ids=["rain"]))
    assert made.count('#label("book/index#rain")') == 1


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (paragraph("Rain"), '#"Rain";\n\n'),
        (paragraph("Rain", classes=["subtitle"]), '#subtitle-line[#"Rain";]\n\n'),
        (paragraph("Rain", classes=["note"]), '#note-line[#"Rain";]\n\n'),
        (paragraph("Rain", classes=["source"]), '#source-line[#"Rain";]\n\n'),
        (nodes.block_quote("", paragraph("a")), '#quote(block: true)[#"a";\n\n]\n\n'),
        (nodes.bullet_list("", nodes.list_item("", paragraph("a"))), '#list([#"a";\n\n])\n\n'),
        (nodes.enumerated_list("", nodes.list_item("", paragraph("a")), start=3), '#enum(start: 3, [#"a";\n\n])\n\n'),
        (nodes.note("", paragraph("a")), '#aside[#box-title[#"Note";]#"a";\n\n]\n\n'),
        (
            nodes.important("", nodes.note("", paragraph("a"))),
            '#aside[#box-title[#"Important";]#aside[#box-title[#"Note";]#"a";\n\n]\n\n]\n\n',
        ),
        (nodes.admonition("", nodes.title("", "b"), paragraph("a")), '#aside[#box-title[#"b";]\n\n#"a";\n\n]\n\n'),
        (
            nodes.admonition("", nodes.title("", " (b)"), type="algorithm"),
            '#aside[#box-title[#"Algorithm";#" (b)";]\n\n]\n\n',
        ),
        (nodes.topic("", paragraph("a")), '#aside[#"a";\n\n]\n\n'),
        (nodes.transition(), "#line(length: 22%, stroke: 0.4pt + line-color)\n\n"),
        (nodes.rubric("", "a"), '#small-heading[#"a";]\n\n'),
        (nodes.literal_block("", 'x = "a"'), '#raw(block: true, "x = \\"a\\"")\n\n'),
        (nodes.container("", paragraph("a")), '#"a";\n\n'),
        (nodes.container("", paragraph("a"), classes=["table-legend"]), ""),
        (scroll("", paragraph("a"), label="Rain"), '#"a";\n\n'),
        (nodes.footnote("", nodes.label("", "1"), paragraph("a")), '#note-line[#super[#"1";] #"a";\n\n]\n\n'),
        (nodes.citation("", nodes.label("", "Gau24"), paragraph("a")), '#entry[#"[Gau24] ";#"a";\n\n]\n\n'),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, nodes.Node) else "",
)
def test_blocks(typst, node, text):
    assert typst(node) == text


def test_an_entry_of_the_bibliography_that_is_cited_by_its_author_has_no_label(typst, app):
    work = next(iter(app.env.domains["cite"].citations)).citation_id
    node = nodes.citation("", nodes.label("", "Gau24"), paragraph("a"), ids=[work])
    assert typst(node).endswith('#entry[#"a";\n\n]\n\n')


@pytest.mark.parametrize(("classes", "kind"), [(["facts"], "facts("), ([], "definitions(inner: false, ")])
def test_terms_and_what_they_mean(typst, classes, kind):
    item = nodes.definition_list_item("", nodes.term("", "a"), nodes.definition("", paragraph("b")))
    assert typst(nodes.definition_list("", item, classes=classes)) == f'#{kind}([#"a";], [#"b";\n\n]), )\n\n'


def test_key_numbers_stand_side_by_side(typst):
    items = [
        nodes.list_item("", paragraph(nodes.strong("", number), nodes.Text(f" {what}")))
        for number, what in ("1a", "2b")
    ]
    made = typst(nodes.container("", nodes.bullet_list("", *items), classes=["key-numbers"]))
    assert made == '#key-numbers(([#"1";], [#"a";]), ([#"2";], [#"b";]), )\n\n'


@pytest.mark.parametrize(
    "node",
    [
        nodes.comment("", "a"),
        figure_extras(),
        nodes.target(),
        addnodes.index(),
        nodes.meta(),
        nodes.substitution_definition(),
    ],
)
def test_what_has_no_place_on_paper_is_left_out(typst, node):
    assert typst(node) == ""


@pytest.mark.parametrize(("setting", "made"), [("shown", '#cell-code[#raw(block: true, "a")\n\n]\n\n'), ("folded", "")])
def test_code_of_cells_is_set_unless_the_book_folds_it(typst, app, monkeypatch, setting, made):
    monkeypatch.setattr(app.config, "press_code", setting)
    assert typst(code("", nodes.literal_block("a", "a"), folded=False)) == made


def test_what_is_described_stands_above_its_description(typst, parse):
    made = typst(*parse(".. py:function:: f(a, b=1, *c) -> int\n\n   Says *what*.").children)
    head, _, body = made.partition("][")
    assert head.count("#explained[") == 1 and 'emph[#"what";]' in body
    assert "".join(re.findall(r'"([^"]*)"', head)).endswith("f(a, b=1, *c) → int")


def test_a_table_in_a_cell_has_room(typst, parse):
    inner = "* - Training\n             - Validation\n           * - 13720\n             - 2744"
    long = "word " * 60
    made = typst(*parse(f".. list-table::\n\n   * - {long}\n     - .. list-table::\n\n           {inner}\n").children)
    assert float(re.search(r"columns: \([\d.]+pt, ([\d.]+)pt", made)[1]) > 85


def test_an_image_that_is_not_there_is_told_in_words(typst):
    assert typst(nodes.image(uri="nowhere.png", alt="A red box")) == '#"A red box";\n\n'


# --- within a line ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (nodes.Text("a\n  b"), '#"a b";'),
        (nodes.emphasis("", "a"), '#emph[#"a";]'),
        (nodes.title_reference("", "a"), '#emph[#"a";]'),
        (nodes.strong("", "a"), '#strong[#"a";]'),
        (nodes.literal("", "a b"), '#raw("a b")'),
        (nodes.superscript("", "a"), '#super[#"a";]'),
        (nodes.subscript("", "a"), '#sub[#"a";]'),
        (claim_mark("", "✓", statement="a", number=7), '#claim-mark("7")'),
        (file("", "a", path="data/a.csv"), '#"a";'),
        (nodes.inline("", "a", classes=["x"]), '#"a";'),
        (nodes.inline("", "1 mm", classes=["number"]), '#quantity[#"1\u00a0mm";]'),
        (nodes.inline("", "비", classes=["language-ko"]), '#text(lang: "ko")[#"비";]'),
        (nodes.inline("", "a", classes=["table-subtitle"]), '#linebreak()#table-subtitle[#"a";]'),
        (nodes.math("", r"\bar n"), '#term("n bar", $macron(n)$)'),
        (nodes.footnote_reference("", "1", refid="gauge"), '#super[#link(label("book/index#gauge"))[#"1";]]'),
        (nodes.reference("", "a", refid="b"), '#link(label("book/index#b"))[#"a";]'),
        (nodes.reference("", "a", refuri="#b"), '#link(label("book/index#b"))[#"a";]'),
        (nodes.reference("", "a", refuri="%book/data#b"), '#link(label("book/data#b"))[#"a";]'),
        (nodes.reference("", "a", refuri="%book/data"), '#link(label("book/data#"))[#"a";]'),
        (nodes.reference("", "a", refuri='https://x.example/"'), '#link("https://x.example/\\"")[#"a";]'),
    ],
)
def test_parts_of_a_line(typst, node, text):
    assert typst(paragraph(node)) == f"{text}\n\n"


@pytest.mark.parametrize(("number", "text"), [(1, '[#"(1.1)";]'), (None, "none")])
def test_an_equation_of_its_own_has_the_number_of_its_page(typst, number, text):
    block = nodes.math_block(
        "", "n", label="eq-mean", number=number, docname="notebooks/01-rainfall", ids=["equation-eq-mean"]
    )
    assert f'#formula({text}, "n", $ n $)' in typst(block, page="notebooks/01-rainfall")


# --- figures and tables -----------------------------------------------------------------------------------------------


def test_a_figure_has_number_title_picture_and_legend(typst, figure, tmp_path):
    made = typst(figure, page="notebooks/01-rainfall")
    place = '#metadata(none)#label("notebooks/01-rainfall#fig-rain")'
    head = f'#picture([{place}#"Figure 1.1";], [#"It rains more in Arley";]'
    assert f"{head}, placement: auto)[#subtitle-line[" in made
    assert '#shown("fig-rain.svg", alt: "Arley had about 800 to 900 mm a year, Boxford about 600.")' in made
    assert '#source-line[#"Source: ";#link(label("notebooks/01-rainfall#data-rainfall"))[#"Nobody";]' in made
    picture = (tmp_path / "fig-rain.svg").read_text(encoding="utf-8")
    assert 'width="640"' in picture and "'Source Sans 3', 'Noto Sans KR'" in picture and "sans-serif" not in picture


def test_a_list_of_figures_names_the_page_of_each(typst):
    line = '#listed(label("notebooks/01-rainfall#fig-rain"), "Figure 1.1", "It rains more in Arley")'
    assert typst(gallery(kind="figure")) == f"{line}\n\n"


@pytest.fixture
def table():
    """A table of ours with a number, a link, and a long name."""
    rows = [["Arley #1", "902.5", Link("Gauge", "https://gauge.example")]]
    return tables.make_table(["Town", "Rain, mm", "Source"], rows, label="Rain", numeric=[False, True, False])


def test_numbers_stand_to_the_right(typst, table):
    assert typst(table) == (
        "#wide[#plain-grid[#table(columns: 3, align: (left, right, left,), "
        'table.header([#"Town";], [#"Rain, mm";], [#"Source";]), '
        '[#"Arley #1";], [#"902.5";], [#link("https://gauge.example")[#"Gauge";]])]]\n\n'
    )


def test_a_table_with_a_title_has_its_number_and_its_legend(typst, table):
    tables.add_title(table, "Rain", "mm")
    table["ids"] = ["tbl-rain"]
    legend = nodes.container("", paragraph("Nobody", classes=["source"]), classes=["table-legend"])
    made = typst(table, legend, page="notebooks/01-rainfall")
    title = '[#"Rain";#linebreak()#table-subtitle[#"mm";]]'
    place = '#metadata(none)#label("notebooks/01-rainfall#tbl-rain")'
    assert f'#grid-of([{place}#"Table 1.1";], {title}, [#source-line[#"Nobody";]\n\n], false)[#table(' in made
    assert made.count("Nobody") == 1


@pytest.mark.parametrize(
    ("rows", "text", "long"),
    [(LONG - 1, "1", "false"), (LONG, "1", "true"), (LONG - 1, "a lot of rain " * 10, "auto")],
    ids=["short", "rows", "letters"],
)
def test_a_long_table_may_break_over_pages(typst, rows, text, long):
    """The head is a row as well; where it is not known whether the table is long, Typst measures it."""
    made = tables.make_table(["x"], [[text]] * rows, label="Rain")
    tables.add_title(made, "Rain")
    assert f", [], {long})[#table(" in typst(made)


def test_a_table_that_no_page_holds_is_set_in_parts_each_with_the_names_of_rows(typst):
    columns = [f"longcolumn{column:03d}" for column in range(90)]
    rows = [["Arley", *(f"value-{column}" for column in range(1, 90))], ["Boxford", *["0"] * 89]]
    made = typst(tables.make_table(columns, rows, label="Wide"))
    parts = made.count("#table(")
    assert parts > 1 and made.count('[#"Arley";]') == made.count('[#"longcolumn000";]') == parts
    for column in range(1, 90):
        assert made.count(f'#"longcolumn{column:03d}"') == made.count(f'#"value-{column}"') == 1
    assert made.count("plain-grid") == 1 and "page(flipped" not in made


def test_a_table_of_the_authors_is_set_alike(typst):
    def row(*cells):
        return nodes.row("", *[nodes.entry("", paragraph(text), classes=classes) for text, *classes in cells])

    head = nodes.thead("", row(("Town",), ("Rain",), ("Snow",)))
    body = nodes.tbody("", row(("Arley",), ("902", "text-right"), ("3", "num")))
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in range(3)], head, body, cols=3)
    boxed = scroll("", nodes.table("", group), label="Rain")
    assert typst(boxed) == (
        "#wide[#plain-grid[#table(columns: 3, align: (left, right, right,), "
        'table.header([#"Town";], [#"Rain";], [#"Snow";]), '
        '[#"Arley";], [#"902";], [#"3";])]]\n\n'
    )
    titled = scroll("", nodes.table("", nodes.title("", "Rain"), group.deepcopy()), label="Rain")
    assert typst(titled).startswith('#grid-of([], [#"Rain";], [], false)[#table(')


# --- the whole book ---------------------------------------------------------------------------------------------------


def test_the_book_says_what_it_is_and_when_it_was_built(setter):
    book = setter()
    made = book.document(datetime(2026, 3, 4, tzinfo=UTC))
    assert 'title: "Rain in Two Towns", subtitle: "A book that the tests print", author: "The tests"' in made
    assert "date: datetime(year: 2026, month: 3, day: 4)" in made
    seen = dict(book.text)  # what is looked through for letters without a font
    titles = {"Rain in Two Towns", "A book that the tests print", "The tests"}
    assert titles <= {*seen["the title page"].splitlines()}


def test_the_imprint_tells_what_the_settings_add_and_where_the_sources_lie(setter, app, monkeypatch):
    monkeypatch.setattr(app.config, "press_imprint_facts", {"Contact": "the tests"})
    made = setter().document(datetime(2026, 3, 4, tzinfo=UTC))
    assert 'imprint-facts: (("Contact", "the tests"), ("Repository", "https://github.com/nobody/rain"), )' in made


def test_all_text_is_looked_through_for_letters_without_a_font(setter, table):
    parts = [
        paragraph("a1", nodes.literal("", "a2"), nodes.inline("", "a3", classes=["number"])),
        nodes.literal_block("", "a4"),
        table,
        gallery(kind="figure"),
    ]
    book = setter(*parts)
    book.children(book.tree)
    assert {where for where, _ in book.text} == {"book/index"}
    words = {text for _, text in book.text}
    assert {"a1", "a2", "a3", "a4", "Arley #1", "Gauge", "Figure 1.1It rains more in Arley"} <= words


def test_items_are_told_in_the_words_of_a_page_in_another_language():
    page = nodes.section("", nodes.title("", "날씨: 비와 눈"), nodes.bullet_list())
    line = nodes.paragraph("", "", nodes.reference("", "비", refuri="%book/rain#"), nodes.strong("", "이행."))
    page[1] += [nodes.list_item("", line), nodes.list_item("", nodes.paragraph("", "눈"))]
    rain, snow = (
        {"page": f"book/{name}", "title": name, "group": "Weather", "status": {"short": "kept", "mark": "full"}}
        for name in ("rain", "snow")
    )
    told = {"page": "book/rain", "title": "비", "group": "날씨", "status": {"short": "이행", "mark": "full"}}
    assert retold([rain, snow], [page]) == [told, snow]
