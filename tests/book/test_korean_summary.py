"""The Korean summary: its verdicts are those of the book, and it cites what the English summary cites."""

import csv
import json
import re

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow

ADDITIONS = ROOT / "src" / "alliance" / "collect" / "additions"
KOREAN, ENGLISH = ((ROOT / "book" / f"{name}.md").read_text(encoding="utf-8") for name in ("yoyak", "summary"))


def test_each_promise_has_its_verdict_in_korean(book):
    items = json.loads((book / "html" / "ledger.json").read_text(encoding="utf-8"))["items"]
    with (ADDITIONS / "verdicts.csv").open(encoding="utf-8") as file:
        words = {row["short_en"]: row["short_ko"] for row in csv.DictReader(file)}
    told = dict(re.findall(r"\* \[[^]]+\]\(promises/(\w+)\.md\) – \*\*([^.]+)\.\*\*", KOREAN))
    assert told == {item["id"]: words[item["status"]["short"]] for item in items}


def test_it_follows_the_english_summary_claim_by_claim():
    claims, followed = (re.findall(r"\{claim\}`([^`]+)`", text) for text in (ENGLISH, KOREAN))
    assert followed[: len(claims)] == claims


def test_the_page_says_that_it_is_korean(book):
    page = (book / "html" / "book" / "yoyak.html").read_text(encoding="utf-8")
    assert '<html lang="ko"' in page and '<header class="masthead" lang="en">' in page
