"""What if: what a changed table does is told, and the book stays as it is."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from helpers import CHAPTER, edit, message, press, published

from press.build import effects
from press.editions import Change

pytestmark = pytest.mark.slow
TABLE = "data/rainfall.csv"


def what_if(folder, *arguments):
    done = press(folder, "what-if", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def everything(folder):
    """What readers get, and what builds have kept."""
    kept = [folder / "_build" / ".press" / name for name in ("outputs", "book", "published.json")]
    files = [file for path in kept for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return published(folder) | {str(file): file.read_bytes() for file in files if file.name != "global.db"}


def test_a_changed_table_names_the_sentences_that_fall_and_leaves_the_book(sample):
    before = everything(sample)
    edit(sample, TABLE, "Boxford,2024,612.0", "Boxford,2024,950.0")
    said = what_if(sample)
    assert everything(sample) == before
    assert "Changed sources: table rainfall." in said and "1 claim no longer holds:" in said
    assert "✗ boxford-drier (notebooks/01-rainfall): Boxford had less rain than Arley in 2024." in said
    assert "book/index: “Boxford was drier.”" in said
    assert "notebooks/01-rainfall: “Boxford is drier than Arley,”" in said
    assert "In short: 1 claim no longer holds; " in said
    assert re.search(
        r"fig-rain: “[^”]+”: other data; 1 of \d+ values differ, most in rain_mm: 612 → 950, by 55.2%", said
    )
    assert ", in notebooks/01-rainfall\n" in said.partition("fig-rain")[2]
    assert re.search(r"tbl-rain: “[^”]+”: ", said) and "612.0 → 950.0" in said
    page = (sample / "_build" / "what-if" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert "<title>What if?" in page and 'class="what-if"' in page and "No longer holds" in page and "✗" in page
    assert "noindex" in page and "✗" not in (sample / "_build/html/book/index.html").read_text(encoding="utf-8")
    assert (sample / "_build" / "what-if" / "html" / "what-if.txt").read_text(encoding="utf-8") in said + "\n"

    edit(sample, TABLE, "Boxford,2024,950.0", "Boxford,2024,612.0")
    assert "No claims no longer hold" not in (said := what_if(sample))
    assert "In short: nothing changed." in said and "Every claim still holds." in said and "changed:" not in said


def test_a_table_may_be_changed_elsewhere_and_a_number_is_told_with_its_difference(sample, tmp_path):
    changed = tmp_path / "mine" / "rainfall.csv"
    changed.parent.mkdir()
    text = (sample / TABLE).read_text(encoding="utf-8")
    changed.write_text(text.replace("Arley,2024,902.5", "Arley,2024,1000.0"), encoding="utf-8")
    edit(sample, CHAPTER, "Boxford is drier than Arley", "Boxford is much drier than Arley")
    edit(sample, CHAPTER, "Boxford had less rain than Arley", "Boxford was drier than Arley")
    said = what_if(sample, "--tables", str(changed.parent))
    assert f"Changed sources: {CHAPTER}, table rainfall." in said
    places = "book/data, book/index, notebooks/01-rainfall"
    assert f"rain-arley: 902.5 mm → 1,000.0 mm (+97.5, +10.8%), in {places}" in said
    assert "1 claim came, went, or changed in wording:\n  boxford-drier (notebooks/01-rainfall): Boxford had" in said
    assert "      notebooks/01-rainfall: “Boxford is much drier than Arley,”" in said
    assert (sample / TABLE).read_text(encoding="utf-8") == text
    package = json.loads((sample / "_build/what-if/sources/data/datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][0]["bytes"] == len(changed.read_bytes())
    changed.rename(changed.with_name("snow.csv"))
    assert "data/snow.csv: the book has no such table." in message(press(sample, "what-if", "--tables", "../mine"))


def test_a_chapter_that_stops_for_another_reason_stops_the_build(sample):
    edit(sample, CHAPTER, 'number("rain-arley", latest["Arley"]', 'number("rain-arley", latest["Snow"]')
    of_another = sample / "_build" / "what-if" / "html" / "what-if.txt"
    of_another.parent.mkdir(parents=True)
    of_another.touch()
    said = message(press(sample, "what-if"))
    assert not of_another.exists()
    assert "notebooks/01-rainfall.ipynb, cell 3: KeyError: 'Snow'. Mend the cell" in said
    assert said.startswith("what-if: a chapter stops. ") and said.endswith("The book is untouched.")


def test_without_a_book_there_is_nothing_to_compare_with(sample):
    (sample / "_build" / "html").rename(sample / "_build" / "elsewhere")
    assert message(press(sample, "what-if")).startswith("what-if: there is no book to compare with. Build it first.")


def test_figures_with_more_rows_say_so(tmp_path):
    for name, text in (("old", "a\n1\n"), ("new", "a\n1\n2\n")):
        (tmp_path / name / "figures").mkdir(parents=True)
        (tmp_path / name / "figures" / "fig.csv").write_text(text, encoding="utf-8")
    change = Change("figure", "fig", "a", "other data", ())
    assert effects.measured(change, tmp_path / "old", tmp_path / "new").what == "other data; 1 rows of data → 2 rows"


def test_a_sentence_does_not_end_at_an_abbreviation():
    page = '<p>It rained. Arley had U.S. gauges, and more rain.<a class="claim" href="#claim-wet">✗</a></p>'
    assert effects._sentence(BeautifulSoup(page, "html.parser").a) == "Arley had U.S. gauges, and more rain."


def test_of_a_table_a_few_cells_are_told():
    change = Change("table", "tbl", "a", "; ".join(f"{row}, Rain: 1 → 2" for row in "ABCDEF"), ())
    told = effects._told(change, {"tables": [{"id": "tbl", "title": "Rain"}]}, Path("old"), Path("new"))
    assert told.what == "“Rain”: A, Rain: 1 → 2; B, Rain: 1 → 2; C, Rain: 1 → 2; D, Rain: 1 → 2; and 2 more"


def test_a_verdict_is_told_with_its_title_once():
    change = Change("item", "e1", "a", "Closer ties: partly kept → Closer ties: kept", ())
    told = effects._told(change, {"items": [{"id": "e1", "title": "Closer ties"}]}, Path("old"), Path("new"))
    assert told.what == "Closer ties: partly kept → kept"


def test_a_book_that_judges_says_that_no_verdict_changed():
    number = Change("number", "rain", "a", "1 → 2", ())
    assert "In short: no verdict, 1 number changed." in str(effects.Effects([], [], [number], judges=True))
