"""What a figure offers and what a site needs, on the sample book; and that text from elsewhere stays text."""

import csv
import json
import os
import re
import shutil
import subprocess
import xml.etree.ElementTree as xml

import lxml.html
import pypdf
import pytest
from conftest import SAMPLE, lend, run

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
COMMITTED = "2026-03-04T05:06:07+00:00"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".ipynb", ".json"):
        old, new = (json.dumps(part, ensure_ascii=False)[1:-1] for part in (old, new))
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def sow(folder):
    """Hostile text into cells, title, caption, alternative text, note and the data package."""
    with (folder / "data" / "rainfall.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[text, 2024, 100.0] for text in HOSTILE])
    chapter = folder / "notebooks" / "01-rainfall.ipynb"
    edit(chapter, '.mark_line(color=color("boxford"))', '.mark_text(color=color("boxford"))')
    edit(chapter, 'detail="town:N")', 'text="town:N", tooltip=["town"])')
    for old in (
        "It rains more in Arley",
        "Rain in each year",
        "Arley had about 800 to 900 mm a year, Boxford about 600.",
        "Nobody measured it.",
    ):
        edit(chapter, f'"{old}"', json.dumps(TITLE, ensure_ascii=False))
    edit(folder / "data" / "datapackage.json", "Rainfall of two towns", TITLE)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, workshop):
    """The sample book with hostile text in it, under version control, printed."""
    folder = tmp_path_factory.mktemp("hostile") / "rain"
    shutil.copytree(SAMPLE, folder)
    sow(folder)
    (folder / ".gitignore").write_text("_build/\nruns.txt\n__pycache__/\n", encoding="utf-8")
    who = {
        f"GIT_{role}_{fact}": value
        for role in ("AUTHOR", "COMMITTER")
        for fact, value in {"NAME": "A", "EMAIL": "a@b.example", "DATE": COMMITTED}.items()
    }
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Rain"]):
        subprocess.run(["git", *command], cwd=folder, check=True, env=os.environ | who)
    lend(workshop, folder)
    done = run(folder, "-m", "press", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build"


@pytest.fixture(scope="module")
def site(printed_sample):
    return printed_sample / "_build" / "html"


def page(folder, name):
    return lxml.html.parse(str(folder / name)).getroot()


def text(node):
    return " ".join(node.text_content().split())


# --- hostile text ---------------------------------------------------------------------------------------------------------


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
    for name in ("fig-rain.svg", "fig-rain.small.svg"):
        tree = xml.parse(hostile / "html" / "figures" / name)
        assert not [node for node in tree.iter() if node.tag.endswith("script") or "onload" in node.attrib], name
        words = [node.text for node in tree.iter() if node.tag.endswith("}text")]
        assert set(HOSTILE) <= set(words), name


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


def test_the_foot_of_each_page_says_from_which_commit_it_was_printed(hostile, site):
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html", "search.html"):
        assert re.search(
            r"Printed from commit [0-9a-f]{7,} of 4 March 2026\.",
            text(page(hostile / "html", name).xpath("//footer")[0]),
        ), name
        assert "commit" not in text(page(site, name).xpath("//footer")[0]), (
            "nothing is said where there is no version control"
        )
    assert "<lastmod>2026-03-04</lastmod>" in (hostile / "html" / "sitemap.xml").read_text(encoding="utf-8")


# --- every figure ---------------------------------------------------------------------------------------------------------


def test_a_figure_offers_its_data_files_citation_and_embedding(site):
    figure = page(site, "notebooks/01-rainfall.html").get_element_by_id("fig-rain")
    assert [text(summary) for summary in figure.xpath(".//summary")] == [
        f"{what} Figure 1.1" for what in ("Data of", "Download", "Cite", "Embed")
    ]
    assert (
        figure.xpath(".//a[@class='headerlink']/@href") == ["#fig-rain"]
        and text(figure.xpath(".//a[@class='headerlink']")[0]) == "#"
    )
    heads = [text(head) for head in figure.xpath(".//thead//th")]
    assert heads == ["Year", "Town", "Rain mm"]
    assert [text(cell) for cell in figure.xpath(".//tbody/tr[1]/td")] == ["2022", "Arley", "810.5"]
    assert len(figure.xpath(".//tbody/tr")) == 6 and "All 6 rows" in text(figure)
    assert "Rain in Two Towns" in text(
        figure.xpath(".//p[@class='copied']")[0]
    ) and "https://nobody.example/rain/figures/fig-rain.html" in text(figure)
    assert re.search(r"@misc\{fig-rain,\n  author = \{\{The tests\}\},", figure.xpath(".//pre")[0].text_content())
    for link in figure.xpath(".//a[@download]/@href"):
        assert (site / "notebooks" / link).resolve().is_file(), link


def test_the_files_of_a_figure(site):
    files = site / "figures"
    rows = list(csv.DictReader((files / "fig-rain.csv").open(encoding="utf-8")))
    assert rows[0] == {"town": "Arley", "year": "2022", "rain_mm": "810.5"} and len(rows) == 6
    described = json.loads((files / "fig-rain.csv-metadata.json").read_text(encoding="utf-8"))
    (source,) = described["dc:source"]
    assert source["publisher"] == "Nobody" and source["vintage"] == "2024" and source["licenses"][0]["title"] == "CC0"
    assert [column["name"] for column in described["tableSchema"]["columns"]] == ["year", "town", "rain_mm"]
    picture = xml.parse(files / "fig-rain.svg").getroot()
    said = " ".join(node.text for node in picture.iter() if node.tag.endswith("}text") and node.text)
    assert "It rains more in Arley" in said and "Source: Nobody, Rainfall of two towns (2024), CC0." in said
    image = (files / "fig-rain.png").read_bytes()
    width = int.from_bytes(image[16:20], "big")
    assert image.startswith(b"\x89PNG") and width == 2 * float(picture.get("width"))
    import vl_convert

    spec = json.loads((files / "fig-rain.vl.json").read_text(encoding="utf-8"))
    assert "<svg" in vl_convert.vegalite_to_svg(spec) and "Nobody" in spec["usermeta"]["source"]


def test_a_figures_own_page_is_light_and_leads_back(site):
    alone = page(site, "figures/fig-rain.html")
    assert len((site / "figures" / "fig-rain.html").read_bytes()) < 40_000
    assert alone.xpath("//meta[@property='og:image']/@content") == ["https://nobody.example/rain/figures/fig-rain.png"]
    assert alone.xpath("//h1//a/@href") == ["../notebooks/01-rainfall.html#fig-rain"]
    assert alone.xpath("//details[@open]//table") and alone.xpath("//figure[@id='fig-rain']//svg")
    assert alone.xpath("//a[contains(@href, 'data.html#data-rainfall')]")


def test_a_figure_says_what_changed_since_the_last_edition(sample):
    ledger = json.loads((sample / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    ledger["figures"][0] |= {"title": "It rained", "sha256": "0" * 64}
    (sample / "editions").mkdir()
    released = sample / "editions" / "first.json"
    released.write_text(json.dumps({"name": "first", "printed": "2026-01-02", "inputs": {}} | ledger), encoding="utf-8")
    told = "Since edition first: It rained → It rains more in Arley; other data"
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html"):
        assert told not in text(page(sample / "_build" / "html", name))
    assert run(sample, "-m", "press", "build").returncode == 0
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html"):
        (line,) = page(sample / "_build" / "html", name).xpath("//p[@class='changed']")
        assert text(line).startswith(told)


def test_figures_that_are_gone_leave_no_page(sample):
    (sample / "_build" / ".press" / "book" / "html" / "figures" / "fig-snow.html").write_text("old", encoding="utf-8")
    done = run(sample, "-m", "press", "build")
    assert done.returncode == 0 and not (sample / "_build" / "html" / "figures" / "fig-snow.html").exists()


def test_the_lists_of_figures_and_tables(site, printed_sample):
    listed = page(site, "book/figures.html")
    (figure,) = listed.xpath("//ul[contains(@class, 'figures')]/li")
    assert text(figure) == "Figure 1.1 It rains more in Arley" and figure.xpath("./a/@href") == [
        "../notebooks/01-rainfall.html#fig-rain"
    ]
    (picture,) = figure.xpath(".//img")
    assert (
        (site / "book" / picture.get("src")).resolve().is_file()
        and int(picture.get("width")) == 344
        and int(picture.get("height")) > 100
    )
    assert text(listed.xpath("//ul[contains(@class, 'tables')]/li")[0]) == "Table 1.1 Rain in each year"
    printed = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(printed_sample / "_build" / "pdf" / "rain.pdf").pages
    )
    assert re.search(r"Figure 1\.1\s+It rains more in Arley\s+\d+", printed) and re.search(
        r"Table 1\.1\s+Rain in each year\s+\d+", printed
    )


# --- the site -------------------------------------------------------------------------------------------------------------


def test_pages_tell_who_they_are(site):
    chapter = page(site, "notebooks/01-rainfall.html")
    assert chapter.xpath("//link[@rel='canonical']/@href") == ["https://nobody.example/rain/notebooks/01-rainfall.html"]
    (description,) = chapter.xpath("//meta[@name='description']/@content")
    assert description.startswith("Boxford is drier than Arley, which had 902.5 mm") and "✓" not in description
    for name in ("book/index.html", "book/data.html", "book/figures.html", "figures/fig-rain.html", "404.html"):
        assert page(site, name).xpath("//meta[@name='description']/@content")[0], name
    told = json.loads(page(site, "book/index.html").xpath("//script[@type='application/ld+json']")[0].text)
    assert (
        told["@type"] == "Book"
        and told["name"] == "Rain in Two Towns"
        and "Rainfall" in [part["name"] for part in told["hasPart"]]
    )
    (dataset,) = json.loads(page(site, "book/data.html").xpath("//script[@type='application/ld+json']")[0].text)[
        "@graph"
    ]
    assert (
        dataset["@type"] == "Dataset"
        and dataset["distribution"]["contentUrl"] == "https://nobody.example/rain/data/rainfall.csv"
    )
    assert (site / "data" / "rainfall.csv").read_bytes() == (SAMPLE / "data" / "rainfall.csv").read_bytes()


def test_the_map_of_the_site_names_every_page(site):
    found = {node.text for node in xml.parse(site / "sitemap.xml").iter() if node.tag.endswith("loc")}
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {
        "404.html",
        "index.html",
        "search.html",
        "genindex.html",
    }
    assert found == {f"https://nobody.example/rain/{name}" for name in pages}


def test_a_lost_reader_finds_back_from_any_depth(site):
    lost = page(site, "404.html")
    for link in lost.xpath("//@href[not(starts-with(., '#'))] | //@src | //@action"):
        assert link.startswith("/rain/") and (site / link.removeprefix("/rain/")).is_file(), link


def test_a_chapter_can_be_run_elsewhere_or_taken_home(site):
    chapter = page(site, "notebooks/01-rainfall.html")
    links = {text(link): link.get("href") for link in chapter.xpath("//details[@class='run']//a")}
    assert (
        links["JupyterLab on Binder"]
        == "https://mybinder.org/v2/gh/nobody/rain/HEAD?urlpath=lab/tree/notebooks/01-rainfall.ipynb"
    )
    assert (
        links["Colab"] == "https://colab.research.google.com/github/nobody/rain/blob/HEAD/notebooks/01-rainfall.ipynb"
    )
    notebook = (site / "notebooks" / links["Notebook"]).resolve()
    assert notebook.read_bytes() == (SAMPLE / "notebooks" / "01-rainfall.ipynb").read_bytes()


def test_without_an_address_nothing_is_told_of_it(sample):
    edit(sample / "_config.yml", "baseurl: https://nobody.example/rain/", 'baseurl: ""')
    edit(sample / "_config.yml", "press_repository: https://github.com/nobody/rain", 'press_repository: ""')
    done = run(sample, "-m", "press", "build")
    assert done.returncode == 0, done.stderr
    chapter = (sample / "_build" / "html" / "notebooks" / "01-rainfall.html").read_text(encoding="utf-8")
    assert not re.search(r"canonical|og:url|binder|colab|nobody\.example", chapter)
    assert "../figures/fig-rain.png" in chapter
