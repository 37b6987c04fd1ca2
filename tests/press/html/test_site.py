"""The pages of the sample book as a reader finds them."""

import json
import re
import xml.etree.ElementTree as xml

import pytest
from helpers import CHAPTER, SAMPLE, commit_all


def text(node):
    return " ".join(node.text_content().split())


def test_the_lists_of_figures_and_tables(rain):
    listed = rain.page("book/figures.html")
    (figure,) = listed.xpath("//ul[contains(@class, 'figures')]/li")
    assert text(figure) == "Figure 1.1 It rains more in Arley"
    assert figure.xpath("./a/@href") == ["../figures/fig-rain.html"]
    (picture,) = figure.xpath(".//img")
    assert (rain.html / "book" / picture.get("src")).resolve().is_file()
    assert figure.xpath(".//span/@data-picture") == [picture.get("src")]
    assert listed.xpath("//form//select/@name") == ["chapter", "country", "kind"]
    assert int(picture.get("width")) == 344 and int(picture.get("height")) == 300
    assert dict(figure.attrib).items() >= {"data-chapter": "Rainfall", "data-country": "", "data-kind": "lines"}.items()
    assert listed.xpath("//script[contains(@src, 'gallery.js')]")
    assert text(listed.xpath("//ul[contains(@class, 'tables')]/li")[0]) == "Table 1.1 Rain in each year"
    assert [text(chapter) for chapter in listed.xpath("//p[@class='gallery-chapter']")] == ["Rainfall"]


def test_pages_tell_who_they_are(rain):
    chapter = rain.page("notebooks/01-rainfall.html")
    assert chapter.xpath("//link[@rel='canonical']/@href") == ["https://nobody.example/rain/notebooks/01-rainfall.html"]
    (description,) = chapter.xpath("//meta[@name='description']/@content")
    assert description.startswith("Boxford is drier than Arley, which had 902.5 mm") and "✓" not in description
    for name in ("book/index.html", "book/data.html", "book/figures.html", "figures/fig-rain.html", "404.html"):
        assert rain.page(name).xpath("//meta[@name='description']/@content")[0], name


def test_the_map_of_the_site_names_every_page(rain):
    found = {node.text for node in xml.fromstring(rain.text("sitemap.xml").encode()).iter() if node.tag.endswith("loc")}
    pages = {path.relative_to(rain.html).as_posix() for path in rain.html.rglob("*.html")}
    pages -= {"404.html", "index.html", "search.html", "genindex.html"}
    assert found == {f"https://nobody.example/rain/{name}" for name in pages}


def test_a_lost_reader_finds_back_from_any_depth(rain):
    lost = rain.page("404.html")
    links = lost.xpath("//@href[not(starts-with(., '#'))] | //@src | //@action")
    assert len(links) > 5
    for link in links:
        assert link.startswith("/rain/") and (rain.html / link.removeprefix("/rain/")).is_file(), link


def test_a_chapter_can_be_run_elsewhere_or_taken_home(rain):
    links = {
        text(link): link.get("href")
        for link in rain.page(CHAPTER.replace("ipynb", "html")).xpath("//details[@class='run']//a")
    }
    github = "nobody/rain"
    assert links["JupyterLab on Binder"] == f"https://mybinder.org/v2/gh/{github}/HEAD?urlpath=lab/tree/{CHAPTER}"
    assert links["Colab"] == f"https://colab.research.google.com/github/{github}/blob/HEAD/{CHAPTER}"
    notebook = (rain.html / "notebooks" / links["Notebook"]).resolve()
    note, *cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    assert cells == json.loads((SAMPLE / CHAPTER).read_text(encoding="utf-8"))["cells"]
    assert "takes its tables and functions from the book’s project" in "".join(note["source"])


def test_the_tables_themselves_lie_beside_the_pages(rain):
    assert (rain.html / "data" / "rainfall.csv").read_bytes() == (SAMPLE / "data" / "rainfall.csv").read_bytes()


def test_a_page_prints_rows_of_a_table_and_words_a_number_anew(rain):
    page = rain.page("book/data.html")
    (table,) = page.xpath("//table[contains(@class, 'rows')]")
    assert len(table.xpath(".//tr")) == 4 and text(table).count("Boxford") == 3 and "Arley" not in text(table)
    assert "9,025" in page.xpath("//span[@class='number']/text()")


def test_the_front_door_leads_to_the_first_page(rain):
    door = rain.page("index.html")
    assert door.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=book/index.html"]
    assert door.xpath("//a/@href") == door.xpath("//link[@rel='canonical']/@href") == ["book/index.html"]


def test_the_ledger_lies_beside_the_pages(rain):
    ledger = json.loads(rain.text("ledger.json"))
    assert {kind: len(entries) for kind, entries in ledger.items()} == {
        "numbers": 2,
        "claims": 1,
        "figures": 1,
        "tables": 1,
        "items": 0,
    }


def test_the_pdf_is_offered_by_every_page(rain):
    for name in ("book/index.html", "notebooks/01-rainfall.html"):
        (link,) = rain.page(name).xpath("//nav[@aria-label='Tools']//a[normalize-space()='PDF']/@href")
        assert (rain.html / name).parent.joinpath(link).resolve().read_bytes().startswith(b"%PDF"), name


@pytest.mark.slow
def test_the_foot_of_each_page_says_from_which_commit_it_was_built(rain_copy, rain):
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html", "search.html"):
        assert "commit" not in text(rain.page(name).xpath("//footer")[0]), "nothing where there is no version control"
    commit_all(rain_copy.root)
    rain_copy.build(pages_only=True)
    for name in ("notebooks/01-rainfall.html", "figures/fig-rain.html", "search.html"):
        foot = text(rain_copy.page(name).xpath("//footer")[0])
        assert re.search(r"Built from commit [0-9a-f]{7,} of March 4, 2026\.", foot), name
    assert "<lastmod>2026-03-04</lastmod>" in rain_copy.text("sitemap.xml")


def test_without_an_address_nothing_is_told_of_it(rain_copy):
    rain_copy.edit("_config.yml", "baseurl: https://nobody.example/rain/", 'baseurl: ""')
    rain_copy.edit("_config.yml", "press_repository: https://github.com/nobody/rain", 'press_repository: ""')
    (rain_copy.html / "sitemap.xml").unlink()
    rain_copy.build(pages_only=True)
    chapter = rain_copy.text("notebooks/01-rainfall.html")
    assert not re.search(r"canonical|og:url|binder|colab|nobody\.example", chapter)
    assert "../figures/fig-rain.landscape.png" in chapter and not (rain_copy.html / "sitemap.xml").exists()
