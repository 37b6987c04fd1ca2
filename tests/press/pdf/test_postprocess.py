"""A PDF of Typst, completed and packed."""

import pikepdf
import pytest

from press import state
from press.charts import fonts
from press.pdf.builder import compile_pdf
from press.pdf.postprocess import finish

MARKUP = """#set document(title: "Rain")
#set text(font: "Source Serif 4", lang: "en")
#title[Rain]
#metadata(none)<towns>
= #grid(columns: 2)[1][Towns]
See #link(<towns>)[the towns].
#block(text(size: 8pt)[Of two towns.])
#block(block(height: 3pt))
#list(marker: none, [Arley], [Boxford])
#figure(kind: table, supplement: none, numbering: none, caption: [Rain in towns],
  table(columns: 2, table.header([Town], [Rain]), [Arley], [900], [Boxford], [600], table.cell(colspan: 2)[Nobody]))
#context [#metadata({ let at = locate(<towns>).position(); (("towns", at.page, at.x.pt(), at.y.pt()),) })<places>]
"""


@pytest.fixture
def made(app, tmp_path):
    """Compile and finish the markup; the path."""
    faces = state.cache_directory(app) / "fonts"
    fonts.make_static_fonts(faces)

    def made(name="rain", **facts):
        source, target = tmp_path / f"{name}.typ", tmp_path / f"{name}.pdf"
        source.write_text(MARKUP, encoding="utf-8")
        (at,) = compile_pdf(source, target, faces).values()
        finish(target, facts, {at: "1 Towns"})
        return target

    return made


def elements(pdf, name):
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == name]


def test_the_first_cell_of_a_row_of_several_is_its_header(made):
    with pikepdf.open(made()) as pdf:
        (body,) = elements(pdf, "/TBody")
        assert [[str(cell.S) for cell in row.K] for row in body.K] == [["/TH", "/TD"], ["/TH", "/TD"], ["/TD"]]
        assert body.K[0].K[0].A[-1].Scope == "/Row"


def test_a_caption_stands_in_its_table(made):
    with pikepdf.open(made()) as pdf:
        (caption,), (table,) = elements(pdf, "/Caption"), elements(pdf, "/Table")
        assert table == caption.P and table.K[0] == caption
        assert len([1 for thing in elements(pdf, "/Div") for kid in thing.K if kid == caption]) == 0


def test_a_division_of_words_is_a_paragraph_and_in_a_heading_a_part_of_it(made):
    with pikepdf.open(made()) as pdf:
        (heading,) = elements(pdf, "/H1")
        assert {str(kid.S) for kid in heading.K if isinstance(kid, pikepdf.Dictionary)} == {"/Span"}
        assert all(
            any(str(kid.get("/S", "")) in ("/P", "/Figure", "/Table", "/Div") for kid in division.K)
            for division in elements(pdf, "/Div")
        )


def test_what_is_empty_is_left_out(made):
    with pikepdf.open(made()) as pdf:
        empty = [
            name for name in ("/P", "/Div", "/Span") for each in elements(pdf, name) if not len(each.get("/K", []))
        ]
        assert empty == []


def test_a_list_without_marks_has_no_empty_labels(made):
    with pikepdf.open(made()) as pdf:
        assert [[str(part.S) for part in item.K] for item in elements(pdf, "/LI")] == [["/LBody"], ["/LBody"]]


def test_a_link_says_what_stands_where_it_leads(made):
    with pikepdf.open(made()) as pdf:
        assert [str(link.Contents) for link in pdf.pages[0].Annots] == ["1 Towns, page 1"]
        assert "/Suspects" not in pdf.Root.MarkInfo


def test_the_metadata_are_complete(made):
    with pikepdf.open(made(rights="CC BY 4.0", publisher="Nobody")) as pdf, pdf.open_metadata() as facts:
        assert facts["dc:rights"] == "CC BY 4.0" and "Nobody" in facts["dc:publisher"]
        assert facts["xmpMM:RenditionClass"] == "default" and facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == "Rain"


def test_what_is_not_known_is_not_told(made):
    with pikepdf.open(made(rights="", publisher="")) as pdf, pdf.open_metadata() as facts:
        assert "dc:rights" not in facts and "dc:publisher" not in facts


def test_the_same_file_comes_out_the_same(made):
    assert made("one").read_bytes() == made("two").read_bytes()
