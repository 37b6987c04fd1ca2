"""What the pages tell machines."""

import json
from datetime import UTC, datetime

import pytest
from docutils import nodes
from sphinx.util.docutils import new_document

from press import project, state
from press.html import metadata


def told(rain, name):
    return [json.loads(script.text) for script in rain.page(name).xpath("//script[@type='application/ld+json']")]


def test_the_first_page_describes_the_book(rain):
    (book,) = told(rain, "book/index.html")
    assert book["@type"] == "Book" and book["name"] == "Rain in Two Towns" and book["copyrightYear"] == "2026"
    assert book["url"] == "https://nobody.example/rain/book/index.html"
    assert {
        "@type": "Chapter",
        "name": "Rainfall",
        "url": "https://nobody.example/rain/notebooks/01-rainfall.html",
    } in book["hasPart"]


def test_the_page_of_the_data_describes_every_table(rain):
    (graph,) = told(rain, "book/data.html")
    (table,) = graph["@graph"]
    assert table["@type"] == "Dataset" and table["license"] == "CC0-1.0" and table["version"] == "2024"
    assert table["url"] == "https://nobody.example/rain/book/data.html#data-rainfall"
    assert table["distribution"]["contentUrl"] == "https://nobody.example/rain/data/rainfall.csv"
    assert table["variableMeasured"] == ["town", "year", "rain_mm"] and "isBasedOn" not in table


def test_the_page_of_an_item_tells_what_became_of_it(app, monkeypatch):
    item = {"id": "wet", "page": "book/wet", "title": "Wet", "reason": "It rained.", "status": {"short": "kept"}}
    quote = {"kind": "quote", "text": "“will be wet”", "source": ["The forecast", "https://a.b"]}
    monkeypatch.setattr(state.book(app.env).ledger, "entries", lambda kind: [item | {"blocks": [quote]}])
    review = json.loads(metadata.of_page(app, "book/wet", new_document("page")))
    assert review["@type"] == "ClaimReview" and review["claimReviewed"] == "will be wet"
    assert review["reviewRating"]["alternateName"] == "kept" and review["reviewBody"] == "It rained."
    assert review["url"] == "https://nobody.example/rain/book/wet.html"
    assert review["itemReviewed"]["appearance"] == {
        "@type": "CreativeWork",
        "name": "The forecast",
        "url": "https://a.b",
    }


def test_other_pages_describe_nothing(rain):
    assert told(rain, "notebooks/01-rainfall.html") == told(rain, "search.html") == []


def test_nothing_is_told_of_addresses_before_there_is_one(app, monkeypatch):
    monkeypatch.setattr(app.config, "html_baseurl", "")
    document = new_document("page")
    document += nodes.section(press_table="rainfall")
    for page, doctree in (("book/index", new_document("page")), ("book/data", document)):
        text = str(metadata.of_page(app, page, doctree))
        assert "nobody.example" not in text and '"url"' not in text and "contentUrl" not in text
    assert metadata.address(app, "a.html") == ""


def test_of_several_years_the_first_is_that_of_the_copyright(app, monkeypatch):
    monkeypatch.setattr(app.config, "copyright", ("2025", "2026"))
    assert metadata._book(app)["copyrightYear"] == "2025"


def test_no_text_ends_the_script_that_it_stands_in():
    script = metadata._script({"name": "</script><b>"})
    assert "<" not in script and json.loads(script) == {"name": "</script><b>"}


@pytest.mark.parametrize(
    ("base", "address"),
    [("https://x.example", "https://x.example/a.html"), ("https://x.example/b/", "https://x.example/b/a.html")],
)
def test_an_address_has_one_slash(app, monkeypatch, base, address):
    monkeypatch.setattr(app.config, "html_baseurl", base)
    assert metadata.address(app, "a.html") == address


def test_what_is_empty_is_left_out_within_parts_too():
    assert metadata._without_empty({"a": "", "b": [{"c": "", "d": 1}], "e": [], "f": 0}) == {"b": [{"d": 1}]}


def test_the_map_of_the_site_has_the_day_of_the_commit(app, monkeypatch):
    monkeypatch.setattr(
        project, "last_commit", lambda root: project.Commit("a", datetime(2026, 3, 4, tzinfo=UTC), False)
    )
    text = metadata.sitemap(app, ["a&b"])
    assert "<url><loc>https://nobody.example/rain/a&amp;b.html</loc><lastmod>2026-03-04</lastmod></url>" in text
    monkeypatch.setattr(project, "last_commit", lambda root: None)
    assert "lastmod" not in metadata.sitemap(app, ["a"])
