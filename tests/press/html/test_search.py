"""The index of the search page."""

import json

import pytest

from press.html import search


def index_of(path):
    return json.loads(path.read_text(encoding="utf-8").removeprefix("Search.setIndex(").removesuffix(")"))


def test_words_that_no_page_holds_any_more_are_dropped(app, monkeypatch, tmp_path):
    index = {"terms": {"rain": 0, "snow": [], "hail": [1, 2]}, "titleterms": {"눈": [], "비": [0]}, "docnames": ["a"]}
    index["alltitles"] = {}
    (tmp_path / "searchindex.js").write_text(f"Search.setIndex({json.dumps(index)})", encoding="utf-8")
    monkeypatch.setattr(app, "outdir", tmp_path)
    search.complete_index(app)
    index = index_of(tmp_path / "searchindex.js")
    assert index["terms"] == {"hail": [1, 2], "rain": 0} and index["titleterms"] == {"비": [0]}
    assert "비" in (tmp_path / "searchindex.js").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_a_page_no_longer_says_is_not_found(rain_copy):
    assert "taken" in index_of(rain_copy.html / "searchindex.js")["terms"]
    rain_copy.edit("book/index.md", "how a mean is taken", "how a mean is drawn")
    rain_copy.build(pages_only=True)
    terms = index_of(rain_copy.html / "searchindex.js")["terms"]
    assert "taken" not in terms and "drawn" in terms


def test_figures_and_tables_are_found_by_their_titles_and_pages_are_named(rain):
    index = index_of(rain.html / "searchindex.js")
    chapter = index["docnames"].index("notebooks/01-rainfall")
    assert [chapter, "fig-rain"] in index["alltitles"]["It rains more in Arley"]
    assert index["numbers"] == {"fig-rain": "Figure 1.1", "tbl-rain": "Table 1.1"}
    assert index["kinds"][chapter] == "Chapter 1" and set(index["kinds"]) == {"Chapter 1", "Page"}


def test_cells_of_tables_and_the_words_of_chapters_are_found(rain):
    index = index_of(rain.html / "searchindex.js")
    chapter = index["docnames"].index("notebooks/01-rainfall")
    for word in ("boxford", "655", "gaug"):
        pages = index["terms"].get(word, index["titleterms"].get(word))
        assert pages is not None and chapter in (pages if isinstance(pages, list) else [pages]), word
