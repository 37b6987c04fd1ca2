"""Text from elsewhere stays text: on the pages, in pictures and files, in the PDF."""

import csv
import json
import re
import shutil
import xml.etree.ElementTree as xml

import lxml.html
import pypdf
import pytest
from helpers import CHAPTER, SAMPLE, built, edit, share_cache

pytestmark = pytest.mark.slow

SCRIPT, ATTRIBUTE, FORMULA, TEMPLATE = (
    "<script>alert(1)</script>",
    '"onload=alert(1) x="',
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}</script>",
)
BACKWARDS = "\u202eevil"  # a right-to-left override
HOSTILE = (SCRIPT, ATTRIBUTE, FORMULA, TEMPLATE, BACKWARDS)
TITLE = f"Rain & {SCRIPT} {ATTRIBUTE} {TEMPLATE} {BACKWARDS}"


def inject(folder):
    """Put hostile text into cells, title, caption, alternative text, note and the data package."""
    with (folder / "data" / "rainfall.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [[text, 2024, 100.0 * step] for step, text in enumerate(HOSTILE, 1)]  # one above the other in the chart
        )
    edit(folder, CHAPTER, '.mark_line(color=color("boxford"))', '.mark_text(color=color("boxford"))')
    edit(folder, CHAPTER, 'detail="town:N")', 'text="town:N", tooltip=["town"])')
    for old in (
        "It rains more in Arley",
        "Rain in each year",
        "Arley had about 800 to 900 mm a year, Boxford about 600.",
        "Nobody measured it.",
    ):
        edit(folder, CHAPTER, f'"{old}"', json.dumps(TITLE, ensure_ascii=False))
    edit(folder, "data/datapackage.json", "Rainfall of two towns", json.dumps(TITLE, ensure_ascii=False)[1:-1])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, cache_dir):
    """What was built of the sample book with hostile text in it."""
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp("hostile") / "rain")
    inject(folder)
    share_cache(cache_dir, folder)
    built(folder)
    return folder / "_build"


def page(folder, name):
    return lxml.html.parse(str(folder / name)).getroot()


def text(node):
    return " ".join(node.text_content().split())


def test_hostile_text_stays_text_on_the_pages(hostile):
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html", "book/figures.html", "book/data.html"):
        tree = page(hostile / "html", name)
        assert all(
            script.get("src") or script.get("type") == "application/ld+json" for script in tree.xpath("//script")
        ), name
        assert not tree.xpath("//@onload | //@style"), name
        for told in tree.xpath("//script[@type='application/ld+json']"):
            assert json.loads(told.text)
    chapter = page(hostile / "html", "notebooks/01-rainfall.html")
    cells = [cell.text_content() for cell in chapter.xpath("//figure//td")]
    assert set(HOSTILE) <= set(cells), "the cells of the figure's data say what the table says"
    assert (
        len(
            [
                cell
                for cell in chapter.xpath("//table[@id='tbl-rain']//th[@scope='row' or @class]")
                if SCRIPT in cell.text_content()
            ]
        )
        == 1
    )
    assert SCRIPT in text(chapter.xpath("//figcaption")[0]) and SCRIPT in chapter.xpath("//svg/@aria-label")[0]
    embed = chapter.xpath("//pre[contains(@class, 'embed')]")[0].text_content()
    (frame,) = lxml.html.fragments_fromstring(embed)
    assert frame.tag == "iframe" and frame.get("title") == TITLE and frame.get("onload") is None


def test_hostile_text_stays_text_in_the_pictures(hostile):
    tree = xml.parse(hostile / "html" / "figures" / "fig-rain.svg")
    assert not [node for node in tree.iter() if node.tag.endswith("script") or "onload" in node.attrib]
    words = [node.text for node in tree.iter() if node.tag.endswith("}text")]
    assert set(HOSTILE) <= set(words)


def test_no_cell_of_the_csv_file_is_a_formula(hostile):
    rows = list(csv.reader((hostile / "html" / "figures" / "fig-rain.csv").open(encoding="utf-8", newline="")))
    cells = [cell for row in rows for cell in row]
    assert f"'{FORMULA}" in cells and {SCRIPT, ATTRIBUTE, BACKWARDS} <= set(cells)
    assert [
        cell for cell in cells if cell[:1] in "=+-@\t" and cell and not re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell)
    ] == []


def test_hostile_text_stays_text_in_files_for_machines(hostile):
    files = hostile / "html" / "figures"
    spec = json.loads((files / "fig-rain.vl.json").read_text(encoding="utf-8"))
    assert spec["title"]["text"] == TITLE
    described = json.loads((files / "fig-rain.csv-metadata.json").read_text(encoding="utf-8"))
    assert described["dc:title"] == TITLE
    script = (files / "fig-rain.js").read_text(encoding="utf-8")
    assert json.loads(script[script.index("=", script.index("]")) + 1 :].rstrip(";\n"))["wide"]


def test_hostile_text_stays_text_in_the_pdf(hostile):
    said = "".join("".join(page.extract_text() for page in pypdf.PdfReader(hostile / "pdf" / "rain.pdf").pages).split())
    for hostile_text in (
        SCRIPT,
        FORMULA,
        TEMPLATE,
        "live",
    ):  # what is to be read backwards is set backwards, and the text after it is not
        assert "".join(hostile_text.split()) in said.replace("’", "'"), hostile_text
