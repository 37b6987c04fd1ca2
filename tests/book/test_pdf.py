"""The built PDF, read back: text, type, tags, outline and links."""

import csv
import itertools
import json
import re
import shutil
from datetime import date
from pathlib import Path

import lxml.html
import pikepdf
import pytest
from pdfs import ANNEX, BOOK, BRIEFS, solid, texts

from press import project
from press.pdf import layout_check
from press.pdf.builder import compile_pdf

pytestmark = pytest.mark.slow

TYPE = ("SourceSerif4", "SourceSans3", "NotoSansKR", "NotoSerifKR", "NewCMMath", "DejaVuSansMono")
HANGUL = re.compile("[\uac00-\ud7a3]+")
CHAPTER = "notebooks/02-burden-sharing.html"


ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=[BOOK, ANNEX])
def path(book, request):
    return book / "pdf" / request.param


@pytest.fixture(scope="module")
def pdf(path):
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def both(book):
    """The book and its annex, which together hold what the pages hold."""
    with pikepdf.open(book / "pdf" / BOOK) as first, pikepdf.open(book / "pdf" / ANNEX) as second:
        yield first, second


@pytest.fixture(scope="module")
def text(book):
    """The letters of the book and its annex, without numbers of claims and names of the other document."""
    text = "".join(page for name in (BOOK, ANNEX) for page in texts(book / "pdf" / name))
    return solid(re.sub(r"✓\s*\d+|\sin\s*the\s(annex|book)(,\s*p\.\s*\d+)?", "", text))


@pytest.fixture(scope="module")
def ledger(book):
    return json.loads((book / "html" / "ledger.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def page(book):
    return lxml.html.parse(str(book / "html" / CHAPTER)).getroot()


@pytest.fixture(scope="module")
def chapters(book):
    return [lxml.html.parse(str(path)).getroot() for path in sorted((book / "html" / "notebooks").glob("*.html"))]


@pytest.fixture(scope="module")
def other_pages(book):
    """The pages in `book`, but for the first, which may show a figure of a chapter again."""
    paths = sorted((book / "html/book").glob("*.html"))
    return [lxml.html.parse(str(path)).getroot() for path in paths if path.stem != "index"]


@pytest.fixture(scope="module")
def promises(book):
    """The pages of the promises, each with its trail of evidence as a chart."""
    return [lxml.html.parse(str(path)).getroot() for path in sorted((book / "html/book/promises").glob("*.html"))]


def objects(pdf, type_):
    return [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == type_]


def tags(pdf, name):
    return [element for element in objects(pdf, "/StructElem") if name == element.S]


# --- the text ---------------------------------------------------------------------------------------------------------


def test_every_title_of_a_figure_or_table_is_in_the_text_with_the_number_of_its_page(ledger, chapters, text):
    for caption in [found for page in chapters for found in page.xpath("//article//*[@class='caption-text']")]:
        number = caption.getprevious()
        assert solid(number.text_content() + caption.text_content()) in text
    for entry in ledger["figures"] + ledger["tables"]:
        assert solid(entry["title"]) in text, entry["id"]


def test_every_number_and_claim_is_in_the_text(ledger, text, book):
    """Of numbers, those that some page prints as they are recorded; a page may end within a claim."""
    pages = [lxml.html.parse(str(path)).getroot() for path in (book / "html").rglob("*.html")]
    printed = solid(" ".join(page.text_content() for page in pages))
    for entry in ledger["numbers"]:
        assert solid(entry["text"]) in text or solid(entry["text"]) not in printed, entry
    for entry in ledger["claims"]:
        statement = solid(entry["statement"])
        assert statement[:40] in text and statement[-40:] in text, entry


def test_the_prose_of_the_chapters_is_in_the_text(chapters, text):
    """Beginning and end of every paragraph (a page may end within), but for formulas, which read differently.

    What only a page offers below a figure (downloads, what changed since an edition) and below its title (how the
    promises stand) is not prose. A chapter's list of what is checked stands in the annex with those of the others.
    """
    paragraphs = [
        found
        for page in chapters
        for found in page.xpath(
            "//article//p[not(ancestor::details) and not(.//math) and not(ancestor::table)]"
            "[not(ancestor::div[@class='offers']) and not(ancestor::section[@id='what-is-checked'])]"
            "[not(ancestor::ul[contains(@class, 'standing')])]"
        )
    ]
    assert len(paragraphs) > 30
    for paragraph in paragraphs:
        for mark in paragraph.xpath(".//a[contains(@class, 'claim') or contains(@class, 'headerlink')]"):
            mark.drop_tree()
    prose, text = [solid(paragraph.text_content()) for paragraph in paragraphs], re.sub(r"✓\d{1,3}", "", text)
    assert [words for words in prose if words[:40] not in text or words[-40:] not in text] == []


def test_hangul_can_be_extracted(chapters, text):
    words = {
        word
        for page in chapters
        for word in HANGUL.findall(" ".join(page.xpath("//main//text()[not(ancestor::details)]")))
    }
    assert words and {word for word in words if word not in text} == set()


def test_no_markup_of_the_sources_shows(text):
    for markup in ("{glue", "{numref", "{cite", "{claim", "```", "#metadata", "#link", "undefined", "??"):
        assert markup not in text, markup


# --- pictures and type ------------------------------------------------------------------------------------------------


def test_no_picture_is_a_raster(pdf):
    assert [
        thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
    ] == []


def test_every_font_is_one_of_the_books_and_embedded(pdf):
    faces = objects(pdf, "/Font")
    assert len(faces) > 5
    for face in faces:
        name = re.sub(r"^/[A-Z]{6}\+", "", str(face.BaseFont))
        assert name.startswith(TYPE), f"{name} is a substitute"
        assert "/ToUnicode" in face or face.Subtype != "/Type0", f"text in {name} cannot be extracted"
    described = objects(pdf, "/FontDescriptor")
    assert described and all({"/FontFile", "/FontFile2", "/FontFile3"} & set(face.keys()) for face in described)
    assert any("KR" in str(face.BaseFont) for face in faces)


# --- for readers who cannot see it ------------------------------------------------------------------------------------


def test_it_is_tagged_and_says_what_it_is(pdf):
    assert pdf.Root.MarkInfo.Marked and pdf.Root.StructTreeRoot and str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as facts:
        assert facts["pdfuaid:part"] == "1" and facts["dc:title"].startswith("Promises Kept? ")
        assert facts["dc:language"] in ("en", {"en"}, ["en"])
        assert all(facts[f"dc:{name}"] for name in ("creator", "description", "rights", "publisher"))
        assert facts["pdf:Keywords"] and facts["xmpMM:RenditionClass"] == "default"


def test_every_figure_has_the_alternative_text_of_its_page(both, chapters, promises, other_pages):
    labels = [
        svg.get("aria-label")
        for page in [*chapters, *promises, *other_pages]
        for svg in page.xpath("//svg[contains(@class, 'chart-wide')]")
    ]
    assert len(promises) >= 25 and all(page.xpath("//article//svg[@aria-label]") for page in promises)
    alternatives = [str(tag.get("/Alt", "")) for pdf in both for tag in tags(pdf, "/Figure")]
    assert sorted(alternatives) == sorted(labels) and len(labels) >= 7
    assert len(set(alternatives)) == len(alternatives), "one text for several figures is a placeholder"


def test_every_formula_can_be_read(both, chapters):
    alternatives = [str(tag.get("/Alt", "")).strip() for pdf in both for tag in tags(pdf, "/Formula")]
    assert len(alternatives) >= sum(len(page.xpath("//article//math")) for page in chapters) > 0 and all(alternatives)


def test_tables_have_heads_and_captions(both, ledger):
    tables, heads, captions = (
        [tag for pdf in both for tag in tags(pdf, name)] for name in ("/Table", "/THead", "/Caption")
    )
    assert len(tables) >= len(ledger["tables"]) and len(heads) == len(tables)
    assert len(captions) == len(ledger["figures"]) + len(ledger["tables"])
    assert {str(caption.P.S) for caption in captions} == {"/Figure", "/Table"}, "each stands in what it names"


def test_the_first_cell_of_a_row_names_it(pdf):
    rows = [row for body in tags(pdf, "/TBody") for row in body.K if len(row.K) > 1]
    names = [row.K[0] for row in rows]
    assert len(names) > 100 and {str(cell.S) for cell in names} == {"/TH"}
    assert all(any(fact.get("/Scope") == "/Row" for fact in cell.A) for cell in names)


def test_headings_skip_no_level(pdf):
    levels = [
        int(str(element.S)[2])
        for element in in_order(pdf.Root.StructTreeRoot.K)
        if re.fullmatch(r"/H[1-6]", str(element.S))
    ]
    assert levels[0] == 1 and all(below - above <= 1 for above, below in itertools.pairwise(levels))


def in_order(kids):
    """Structure elements in reading order."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from in_order(kid.get("/K", pikepdf.Array()))


def test_korean_is_marked_as_korean(both, chapters):
    marked = sum(page.Contents.read_bytes().count(b"/Lang(ko)") for pdf in both for page in pdf.pages)
    assert marked >= sum(len(page.xpath("//article//*[@lang='ko']")) for page in chapters) > 0


# --- finding one's way ------------------------------------------------------------------------------------------------


def test_the_outline_holds_the_chapters_and_their_sections(both, page):
    with both[0].open_outline() as outline:
        entries = {solid(entry.title): [solid(below.title) for below in entry.children] for entry in outline.root}
        assert all(entry.destination is not None for entry in outline.root)
    (title,) = page.xpath("//article//h1")
    (chapter,) = [below for entry, below in entries.items() if strip(entry) == strip(solid(title.text_content()))]
    assert [strip(name) for name in chapter] == [
        strip(solid(heading.text_content()))
        for heading in page.xpath("//article//h2")
        if "What is checked" not in heading.text_content()
    ]


def strip(heading):
    return re.sub(r"^[\d.]+|[¶#]$", "", heading)


def test_every_link_leads_to_a_page_that_exists_or_out_of_the_book(pdf):
    pages = {page.objgen for page in pdf.pages}
    inside = outside = 0
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            assert link.Subtype == "/Link" and str(link.get("/Contents", "")), "a link says where it leads"
            if "/Dest" in link:
                assert link.Dest[0].objgen in pages
                inside += 1
            else:
                assert re.match(r"https?://\S+$", str(link.A.URI))
                outside += 1
    assert inside > 50 and outside >= 8


@pytest.fixture(scope="module")
def lines(pdf):
    """Page → what stands on it: left, right, and line of each run of letters, and the letters."""
    fonts = {}
    return {
        page.objgen: [
            (run.left, run.right, run.line, run.text)
            for run in layout_check._runs(page, layout_check._content(page), fonts)
        ]
        for page in pdf.pages
    }


def text_of(link, lines):
    """The words that a link covers."""
    left, low, right, high = map(float, link.Rect)
    covered = [run for run in lines if left - 2 < (run[0] + run[1]) / 2 < right + 2 and low - 2 < run[2] < high + 2]
    return "".join(text for *_, text in sorted(covered, key=lambda run: (-round(run[2]), run[0])))


def test_every_reference_to_a_figure_or_table_leads_to_it_and_names_its_page(path, pdf, lines):
    """Where it leads, the number stands as a caption begins; in a list, the page's number ends the line."""
    number = re.compile(r"((?:Figure|Table)A?\d+(?:\.\d+)?)")
    places = {page.objgen: place for place, page in enumerate(pdf.pages, 1)}
    in_text = in_lists = 0
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            words = solid(text_of(link, lines[page.objgen])).rstrip(").,;:’”")
            found = number.match(words)
            if not found or "/Dest" not in link or (words != found[1] and not words[-1].isdigit()):
                continue
            target, _, _, top, *_ = link.Dest
            at = [text for *_, line, text in lines[target.objgen] if abs(line - float(top)) < 40]
            assert found[1] in solid("".join(at)), f"{words} on page {places[page.objgen]}"
            if words == found[1] or words.startswith(f"{found[1]}:"):  # the number, or number and title
                in_text += 1
            else:
                in_lists += 1
                assert words.endswith(str(places[target.objgen])), words
    assert path.name == ANNEX or (in_text > 20 and in_lists > 20)


def test_links_are_described_by_what_stands_where_they_lead(pdf, lines):
    """All but those of the index, which name a page."""
    number = re.compile(r"((?:Figure|Table)\s?A?\d+\.\d+)$")
    described = []
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            words = text_of(link, lines[page.objgen]).replace("\u00a0", " ").strip()
            said = str(link.Contents)
            if "/Dest" in link and number.match(words):
                assert said.startswith(f"{words},"), (words, said)
            if "/Dest" in link and re.search(r"[^\W\d]", words):
                described.append(not re.fullmatch(r"page \d+", said))
            if "/Dest" in link and words.startswith("✓"):
                described.append(not re.fullmatch(r"page \d+", said))
    assert len(described) > 100 and sum(described) / len(described) > 0.95


def test_lists_have_their_tags(pdf):
    items = tags(pdf, "/LI")
    assert len(items) > 100 and {tuple(str(part.S) for part in item.K) for item in items} <= {
        ("/LBody",),
        ("/Lbl", "/LBody"),
    }


def test_no_float_is_far_from_its_section(book):
    """A figure or table stands at most one page after the page on which its section ends."""
    source = (book / "pdf" / "source" / f"{BOOK.removesuffix('.pdf')}.typ").read_text(encoding="utf-8")
    with pikepdf.open(book / "pdf" / BOOK) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            headings = [entry for part in outline.root for entry in (part, *part.children)]
            begins = [places[entry.destination[0].objgen] for entry in headings if solid(entry.title) != "Index"]
        listed = {
            str(link.Contents).partition(",")[0]: places[link.Dest[0].objgen]
            for page in pdf.pages
            for link in page.get("/Annots", [])
            if "/Dest" in link
        }
    section, far = -1, []
    parts = r'#heading\(level: (1|2),|#(?:picture|grid-of)\(\[[^]]*?"([FT]\w+\s[\d.]+)";\]'
    for level, number in re.findall(parts, source):
        if level:
            section += 1
        elif listed[number.replace("\u00a0", " ")] > begins[section + 1] + 1:
            far.append(number)
    assert section + 1 == len(begins) and far == []


def test_the_index_names_pages_on_which_its_entries_stand(book, lines_of_book):
    source = (book / "pdf" / "source" / f"{BOOK.removesuffix('.pdf')}.typ").read_text(encoding="utf-8")
    listed = {row["entry"] for row in csv.DictReader((ROOT / "book/index-names.csv").open(encoding="utf-8"))}
    marked = {json.loads(entry) for entry in re.findall(r'#indexed\(("(?:[^"\\]|\\.)*")\)', source)}
    assert len(listed & marked) > 0.9 * len(listed), "the list follows the text"
    found = lines_of_book
    index = next(number for number, text in found.items() if solid(text).startswith("Index"))
    for name in ("Blinken, Antony", "Kerry, John", "Paris Agreement"):
        pages = re.search(re.escape(solid(name)) + r"((?:,?\d+)+)", solid(found[index]))
        assert pages, name
        for page in pages[1].strip(",").split(","):
            assert name.partition(",")[0] in found[int(page)], (name, page)


@pytest.fixture(scope="module")
def lines_of_book(book):
    """Page → its text."""
    return dict(enumerate(texts(book / "pdf" / BOOK), 1))


def test_the_back_cover_counts_the_promises_as_the_ledger_does(ledger, lines_of_book):
    promised = next(entry["value"] for entry in ledger["numbers"] if entry["id"] == "score-promises")
    assert f"{promised:.0f} promises" in " ".join(lines_of_book[max(lines_of_book)].split())


def test_the_imprint_names_the_last_day_judged_and_a_contact(lines_of_book):
    rules = (ROOT / "data/scorecard_rules.csv").read_text(encoding="utf-8")
    last = date.fromisoformat(
        next(row["value"] for row in csv.DictReader(rules.splitlines()) if row["rule"] == "cutoff")
    )
    imprint = " ".join(lines_of_book[2].split())
    assert f"Judged to {last:%B} {last.day}, {last.year}" in imprint and "Contact" in imprint


def test_chapters_open_with_three_numbers_and_their_verdicts(book, ledger):
    source = (book / "pdf" / "source" / f"{BOOK.removesuffix('.pdf')}.typ").read_text(encoding="utf-8")
    openers = re.findall(r"#heading\(level: 1, supplement: \[numbered\]\)(.*?)#heading\(level: 2", source, re.S)
    assert len(openers) == 6
    for opener in openers:
        numbers = re.search(r"#key-numbers\((.*?)\)\n\n", opener, re.S)[1]
        assert numbers.count("([") == 3 and "#items(" in opener and "#lead[" in opener


@pytest.mark.parametrize("name", [BOOK, ANNEX])
def test_on_us_letter_every_word_has_its_place_too(book, name, tmp_path):
    source = shutil.copytree(book / "pdf" / "source", tmp_path / "source") / f"{name.removesuffix('.pdf')}.typ"
    source.write_text(
        source.read_text(encoding="utf-8").replace('paper: "a4"', 'paper: "us-letter"', 1), encoding="utf-8"
    )
    compile_pdf(source, tmp_path / name, project.cache_directory(ROOT) / "fonts")
    assert layout_check.check_layout(tmp_path / name, tmp_path / "kept.txt") == []
    with pikepdf.open(tmp_path / name) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]
    assert len(texts(tmp_path / name)[3].splitlines()) > 20, "the contents stand on one page"


def test_pages_are_numbered_and_the_contents_name_the_numbers(path):
    pages = texts(path)
    contents = next(text for text in pages if "Contents" in text)
    numbers = [int(number) for number in re.findall(r"(?m)(\d+)\s*$", contents)]
    assert len(numbers) >= 10 and max(numbers) <= len(pages)


def test_the_contents_leave_no_lines_for_a_page_of_their_own(path):
    assert len(texts(path)[3].splitlines()) > 20


def test_the_contents_name_the_page_on_which_each_chapter_begins(pdf, lines):
    places = {page.objgen: place for place, page in enumerate(pdf.pages, 1)}
    with pdf.open_outline() as outline:
        for entry in outline.root:
            title = solid(entry.title)
            page = pdf.pages[places[entry.destination[0].objgen] - 1]
            assert title[:12] in solid("".join(run[3] for run in lines[page.objgen])), entry.title


# --- the files --------------------------------------------------------------------------------------------------------


def test_a_brief_is_two_pages_and_can_be_sent(book):
    for name in BRIEFS:
        path = book / "pdf" / name
        assert len(texts(path)) <= 2 and path.stat().st_size <= 300_000, name


def test_the_korean_brief_begins_with_a_board_of_all_promises_in_korean(book, ledger):
    titles = re.findall(r"\* \[([^]]+)\]\(promises/", (ROOT / "book" / "yoyak.md").read_text(encoding="utf-8"))
    board = solid(texts(book / "pdf" / BRIEFS[2])[0].partition("2026년 6월 30일")[0])
    assert len(titles) == len(ledger["items"]) and [title for title in titles if solid(title) not in board] == []
    words = {"이행": "kept", "부분 이행": "partly kept", "단절": "lapsed", "철회": "reversed"}
    counts = {word: sum(item["status"]["short"] == short for item in ledger["items"]) for word, short in words.items()}
    assert all(f"{count}{solid(word)}" in board for word, count in counts.items())


def test_the_book_and_the_annex_can_be_sent(path):
    assert path.stat().st_size <= 2_000_000


def test_each_document_is_offered_beside_the_pages(book):
    for name in (BOOK, ANNEX, *BRIEFS):
        assert (book / "html" / name).read_bytes() == (book / "pdf" / name).read_bytes()


def test_chapters_begin_on_the_right(both):
    book = both[0]
    places = {page.objgen: place for place, page in enumerate(book.pages, 1)}
    with book.open_outline() as outline:
        chapters = [entry for entry in outline.root if re.match(r"\d", entry.title)]
        assert len(chapters) >= 6 and all(places[entry.destination[0].objgen] % 2 for entry in chapters)


def test_paper_does_not_speak_of_what_only_a_page_does(path):
    text = re.sub(r"\s+", " ", " ".join(texts(path)))
    for words in ("point at", "hover", "readers can choose", "make book", "make test", "make what-if"):
        assert words not in text, words
