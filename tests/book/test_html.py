"""The built pages: what the ledger promises is there, and every link, anchor and file resolves."""

import itertools
import json
import re
import subprocess
import sys
from collections import Counter
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from fontTools.ttLib import TTFont
from helpers import ROOT, SAMPLE

pytestmark = pytest.mark.slow

CHAPTER = "notebooks/02-burden-sharing"
TABLES = {
    entry["name"] for entry in json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}
KINDS = ("numbers", "claims", "figures", "tables")


@pytest.fixture(scope="module")
def ledger(book):
    return json.loads((book / "html" / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(book):
    """Path below `html` → the parsed page."""
    root = book / "html"
    return {
        path.relative_to(root).as_posix(): lxml.html.parse(str(path)).getroot() for path in sorted(root.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def chapters(pages):
    """The pages that readers read, without redirect, search, index and the figures' own pages."""
    return {
        name: page
        for name, page in pages.items()
        if page.xpath("//article") and "/" in name and not name.startswith("figures/")
    }


def text(node):
    return " ".join(node.text_content().split())


# --- the build --------------------------------------------------------------------------------------------------------


def test_the_build_is_quiet_and_says_where_the_book_is(built_sample):
    output, errors = json.loads((built_sample.parent / "said.json").read_text(encoding="utf-8"))
    assert errors == ""
    chapter, *lines = output.splitlines()
    assert re.fullmatch(r"notebooks/01-rainfall.ipynb … [\d.]+ s", chapter), "progress: which chapter, how long"
    assert re.fullmatch(r"Built in [\d.]+ s:", lines[0])
    assert [line.strip() for line in lines[1:]] == ["_build/html/index.html", "_build/pdf/rain.pdf"]
    assert all((built_sample / line.strip()).exists() for line in lines[1:])


def test_the_build_leaves_the_sources_alone(built_sample):
    for path in SAMPLE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.read_bytes() == (built_sample / path.relative_to(SAMPLE)).read_bytes(), path


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_ids_are_unique(ledger):
    ids = Counter(entry["id"] for kind in KINDS for entry in ledger[kind])
    assert [id for id, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("kind, least", [("numbers", 20), ("claims", 10), ("figures", 7)])
def test_the_chapter_is_as_full_as_it_should_be(ledger, kind, least):
    assert len([entry for entry in ledger[kind] if entry["chapter"] == CHAPTER]) >= least


def test_every_claim_holds_and_is_listed_on_the_page_of_claims(ledger, pages):
    lists = pages["book/claims.html"].xpath("//ol[contains(@class, 'claims-of-all')]")
    items = [item for found in lists for item in found.xpath("./li")]
    assert [item.get("id") for item in items] == [f"claim-{entry['id']}" for entry in ledger["claims"]]
    for entry, item in zip(ledger["claims"], items, strict=True):
        assert entry["holds"] is True and text(item) == " ".join(entry["statement"].split())
    counts = [len(found.xpath("./li")) for found in lists]
    starts = [int(found.get("start", 1)) for found in lists]
    assert starts == [1 + sum(counts[:place]) for place in range(len(counts))], "numbered through the book"


def test_every_check_mark_leads_to_the_page_of_claims(pages):
    for name, page in pages.items():
        for link in page.xpath("//a[contains(@class, 'claim')]/@href"):
            assert urlsplit(link).path.endswith("claims.html"), f"{name}: {link}"


def test_every_number_is_cited_and_shown_as_recorded(ledger, chapters):
    shown = {name: {text(node) for node in page.xpath("//span[@class='number']")} for name, page in chapters.items()}
    recorded = {" ".join(entry["text"].split()) for entry in ledger["numbers"]}
    in_percent = {f"{100 * entry['value']:.0f}" for entry in ledger["numbers"]}
    in_digits = {f"{entry['value']:.0f}" for entry in ledger["numbers"] if entry["text"].isalpha()}  # spelled elsewhere
    here = set().union(*(numbers for name, numbers in shown.items() if name != "book/yoyak.html"))  # all worded anew
    assert here <= recorded | in_percent | in_digits
    everywhere = set().union(*shown.values())
    uncited = [
        entry["id"]
        for entry in ledger["numbers"]
        if not {" ".join(entry["text"].split()), f"{100 * entry['value']:.0f}"} & everywhere
    ]
    assert uncited == [], "numbers that no prose cites"
    for entry in ledger["numbers"]:
        assert isinstance(entry["value"], (int, float)) and entry["text"].strip(), entry


def test_figures_and_tables_come_from_tables_of_the_data_package(ledger):
    for entry in ledger["figures"] + ledger["tables"]:
        assert entry["sources"] and set(entry["sources"]) <= TABLES, entry
        assert re.fullmatch(r"[0-9a-f]{64}", entry["sha256"])
    prints = [entry["sha256"] for entry in ledger["figures"]]
    assert "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" not in prints, "sha256 of no data at all"


def test_every_figure_is_a_captioned_described_chart(ledger, pages):
    for entry in ledger["figures"]:
        (figure,) = pages[f"{entry['chapter']}.html"].xpath(f"//figure[@id='{entry['id']}']")
        assert [part.tag for part in figure] == ["figcaption", "div", "div", "div"]
        caption = text(figure.xpath("./figcaption//span[@class='caption-text']")[0])
        assert caption == " ".join(entry["title"].split())
        assert re.match(r"Figure A?\d", text(figure.xpath(".//span[@class='caption-number']")[0]))
        labels = [drawing.get("aria-label") for drawing in figure.xpath(".//svg")]
        assert len(labels) == 2 and labels[0] == labels[1] and len(labels[0]) >= 60, entry["id"]
        assert labels[0] != entry["title"]
        line = text(figure.xpath(".//p[contains(@class, 'source')]")[0])
        assert re.match(r"Sources?: ", line) and len(line.split()) <= 13, line
        assert figure.xpath(".//p[contains(@class, 'source')]//a")
        assert len(figure.xpath(".//details[@class='data']//li/a")) == len(entry["sources"])


def test_every_figure_can_be_taken_away(book, ledger, pages):
    for entry in ledger["figures"]:
        figure = pages[f"{entry['chapter']}.html"].get_element_by_id(entry["id"])
        for ending in ("csv", "csv-metadata.json", "svg", "png", "vl.json", "html"):
            least = 40 if ending == "csv" else 100  # bytes; a chart may rest on three rows
            assert (book / "html" / "figures" / f"{entry['id']}.{ending}").stat().st_size > least, (
                f"{entry['id']}.{ending}"
            )
        rows = figure.xpath(".//details[@class='data']//tbody/tr")
        heads = [text(head) for head in figure.xpath(".//details[@class='data']//thead//th")]
        assert rows and all(heads) and len(set(heads)) == len(heads), f"{entry['id']}: {heads}"
        alone = pages[f"figures/{entry['id']}.html"]
        assert text(alone.xpath("//figcaption//span[@class='caption-text']")[0]) == " ".join(entry["title"].split())


def test_every_table_is_a_table_with_caption_and_heads(ledger, pages):
    for entry in ledger["tables"]:
        (table,) = pages[f"{entry['chapter']}.html"].xpath(f"//table[@id='{entry['id']}']")
        assert " ".join(entry["title"].split()) in text(table.xpath("./caption")[0])
        heads = table.xpath("./thead/tr/th")
        assert heads and all(text(head) for head in heads)
        rows = table.xpath("./tbody/tr")
        assert rows and all(len(row) == len(heads) and row[0].tag == "th" for row in rows), "each row has a head"


def test_the_bibliography_lists_what_the_chapter_cites(chapters):
    labels = {
        node.get("id") for node in chapters["book/references.html"].xpath("//div[contains(@class, 'citation')][@id]")
    }
    cited = {
        urlsplit(link).fragment for link in chapters[f"{CHAPTER}.html"].xpath("//a/@href") if "references.html#" in link
    }
    assert cited <= labels | {""} and len(cited) >= 8


# --- the pages --------------------------------------------------------------------------------------------------------


def resources(page):
    """What a browser fetches by itself."""
    return page.xpath(
        "//script/@src | //img/@src | //link[not(@rel='canonical')][@rel!='next'][@rel!='prev']/@href"
        " | //*[@poster]/@poster | //source/@srcset | //iframe/@src | //object/@data | //embed/@src"
    )


def test_no_page_fetches_anything_from_elsewhere(book, pages):
    for name, page in pages.items():
        for address in resources(page):
            parts = urlsplit(address)
            assert not parts.scheme and not parts.netloc, f"{name} fetches {address}"
            place = book / "html" if name == "404.html" else (book / "html" / name).parent
            assert (place / unquote(parts.path).lstrip("/")).resolve().is_file(), (
                f"{name} fetches {address}, which is not there"
            )
    for style in (book / "html" / "_static").glob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", style.read_text(encoding="utf-8")), style.name


def test_every_link_and_anchor_leads_somewhere(book, pages):
    broken = []
    root = (book / "html").resolve()
    for name, page in pages.items():
        for link in page.xpath("//a/@href | //link[@rel='next' or @rel='prev' or @rel='canonical']/@href"):
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            place = root / parts.path.lstrip("/") if name == "404.html" else (root / name).parent / unquote(parts.path)
            target = place.resolve() if parts.path else root / name
            if parts.scheme or not target.is_file() or not target.is_relative_to(root):
                broken.append(f"{name}: {link}")
            elif parts.fragment and target.suffix == ".html":
                there = pages[target.relative_to(root).as_posix()]
                if not there.xpath("//*[@id=$id]", id=unquote(parts.fragment)):
                    broken.append(f"{name}: {link} (no such anchor)")
    assert broken == []


def test_no_id_stands_twice_on_a_page(pages):
    for name, page in pages.items():
        twice = [id for id, times in Counter(page.xpath("//@id")).items() if times > 1]
        assert twice == [], f"{name}: {twice}"


def test_every_page_says_its_language_title_and_purpose(pages):
    for name, page in pages.items():
        assert page.get("lang") == ("ko" if name == "book/yoyak.html" else "en"), name
        assert text(page.xpath("//title")[0]), name
    titles = [text(page.xpath("//title")[0]) for name, page in pages.items() if name != "index.html"]
    assert len(set(titles)) == len(titles), "every page has its own title"


def test_headings_form_one_outline(chapters):
    for name, page in chapters.items():
        levels = [
            int(heading.tag[1])
            for heading in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
        ]
        assert levels[0] == 1 and levels.count(1) == 1, f"{name}: {levels}"
        assert all(below - above <= 1 for above, below in itertools.pairwise(levels)), f"{name} skips a level: {levels}"


def test_korean_is_marked_as_korean(chapters):
    hangul = re.compile("[\uac00-\ud7a3]")
    page = chapters[f"{CHAPTER}.html"]
    unmarked = [
        node
        for node in page.xpath(
            "//main//text()[not(ancestor::pre) and not(ancestor::code)"
            " and not(ancestor::script) and not(ancestor::svg)]"
        )
        if hangul.search(node) and not node.getparent().xpath("ancestor-or-self::*[@lang='ko']")
    ]
    assert page.xpath("//main//*[@lang='ko']") and unmarked == []


def test_the_books_hangul_has_every_letter_that_a_page_shows(book):
    letters = set().union(
        *(re.findall("[\uac00-\ud7a3]", path.read_text("utf-8")) for path in (book / "html").rglob("*.html"))
    )
    known = TTFont(book / "html" / "_static" / "hangul.woff2").getBestCmap()
    assert letters and {letter for letter in letters if ord(letter) not in known} == set()


def test_drawings_are_images_with_a_name_or_hidden(pages):
    for name, page in pages.items():
        for drawing in page.xpath("//svg"):
            assert (drawing.get("role") == "img" and drawing.get("aria-label")) or drawing.get(
                "aria-hidden"
            ) == "true", name
        assert not page.xpath("//img[not(@alt)]"), name


def test_no_page_has_scripts_or_styles_in_its_text(pages):
    """So that a site may serve the book under a policy that allows no script and no style within a page."""
    for name, page in pages.items():
        assert not page.xpath(
            "//script[not(@src)][not(@type='application/ld+json')] | //style | //@style | //@onclick | //@onload"
        ), name


def test_the_front_door_leads_to_the_first_page(pages):
    (refresh,) = pages["index.html"].xpath("//meta[@http-equiv='refresh']/@content")
    (link,) = pages["index.html"].xpath("//a/@href")
    assert refresh.endswith(f"url={link}") and link in pages


def test_the_pdf_is_one_click_away_on_every_page(book, chapters):
    for name, page in chapters.items():
        (link,) = page.xpath("//nav[@aria-label='Tools']//a[normalize-space()='PDF']/@href")
        offered = ((book / "html" / name).parent / link).resolve()
        assert offered.read_bytes() == (book / "pdf" / "us-rok-alliance.pdf").read_bytes()


def test_the_prose_keeps_its_limits(built_book):
    done = subprocess.run(
        [sys.executable, "tools/readability.py"], cwd=built_book, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0 and done.stdout.endswith("Nothing is past a limit.\n"), done.stdout[-2000:]
