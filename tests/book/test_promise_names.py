"""A promise has one name: that of the data, also on its own page and where the text leads to it."""

import csv
import json
import re

import pytest
from helpers import ROOT

_LINK = re.compile(r"\[([^]]+)\]\((?:\.\./book/)?promises/(\w+)\.md\)")
_OTHER_WORDS = {"evidence", "sources"}  # that name what the page holds

with (ROOT / "data" / "commitments.csv").open(encoding="utf-8", newline="") as file:
    NAMES = {row["promise"].lower(): row["short"] for row in csv.DictReader(file)}


def words(text):
    return {word.removesuffix("s") for word in re.findall(r"[\w-]+", text.lower())} - {"the", "a"}


def prose(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.mark.parametrize("promise", NAMES)
def test_the_page_of_a_promise_is_called_as_the_promise(promise):
    title = (ROOT / "book" / "promises" / f"{promise}.md").read_text(encoding="utf-8").partition("\n")[0]
    assert title == f"# {NAMES[promise]}"


def test_no_two_promises_share_a_name():
    assert len(set(NAMES.values())) == len(NAMES) == 25


def test_the_text_leads_to_a_promise_by_its_name():
    pages = [*sorted((ROOT / "notebooks").glob("*.ipynb")), ROOT / "book" / "summary.md"]
    found = [(path.name, *link) for path in pages for link in _LINK.findall(prose(path))]
    assert len(found) > 25
    for page, text, promise in found:
        assert text in _OTHER_WORDS or words(text) <= words(NAMES[promise]), f"{page}: {text} → {promise}"
