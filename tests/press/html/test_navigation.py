"""The contents of the book beside every page."""

import lxml.html
import pytest

from press import state
from press.html import navigation
from press.state import Entry

CONTENTS = [
    ("Chapters", [Entry("notebooks/01-rainfall.html", "1. Rainfall")]),
    (
        "About the book",
        [
            Entry("book/figures.html", "Figures and tables"),
            Entry("book/data.html", "The data"),
            Entry("book/references.html", "References"),
        ],
    ),
]


def test_the_contents_are_parts_with_numbered_pages(app):
    assert navigation.contents(app) == CONTENTS


def links(text):
    return {link.text_content(): link.get("href") for link in lxml.html.fromstring(f"<div>{text}</div>").xpath("//a")}


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        ("book/data", ["index.html", "../notebooks/01-rainfall.html", "figures.html", "#", "references.html"]),
        (
            "notebooks/01-rainfall",
            ["../book/index.html", "#", "../book/figures.html", "../book/data.html", "../book/references.html"],
        ),
        (
            "search",
            [
                "book/index.html",
                "notebooks/01-rainfall.html",
                "book/figures.html",
                "book/data.html",
                "book/references.html",
            ],
        ),
    ],
)
def test_each_page_links_to_all_from_where_it_lies_and_marks_itself(app, page, addresses):
    text = navigation.navigation(app, page)
    assert list(links(text).values()) == addresses
    assert text.count('href="#" aria-current="page"') == addresses.count("#")


def test_the_contents_are_set_once_for_a_folder(app, monkeypatch):
    state.build(app).navigation.clear()
    rendered = []
    render = navigation._render
    monkeypatch.setattr(navigation, "_render", lambda app, folder: rendered.append(folder) or render(app, folder))
    for page in ("book/data", "book/figures", "search"):
        navigation.navigation(app, page)
    assert rendered == ["book/", ""]


def test_captions_and_titles_are_escaped_and_korean_is_marked(app, monkeypatch):
    monkeypatch.setattr(state.build(app), "navigation", {})
    below = (Entry("notebooks/snow.html", "<Snow> (눈)"),)
    monkeypatch.setattr(
        state.book(app.env),
        "contents",
        [("A & <b>", [Entry("https://x.example/?a&b", "Elsewhere (다른 곳)", below)])],
    )
    text = navigation.navigation(app, "book/data")
    assert "A &amp; &lt;b&gt;" in text and '<span lang="ko">다른 곳</span>' in text
    assert links(text)["Elsewhere (다른 곳)"] == "https://x.example/?a&b", "what lies elsewhere stays there"
    assert '&lt;Snow&gt; (<span lang="ko">눈</span>)' in text, "pages below others, too"
    assert links(text)["<Snow> (눈)"] == "../notebooks/snow.html"


def test_all_pages_are_written_again_when_the_contents_changed(app):
    assert navigation.note_contents(app, app.env) == []
    state.book(app.env).contents = CONTENTS[:1]
    assert navigation.note_contents(app, app.env) == sorted(app.env.found_docs)
    assert state.book(app.env).contents == CONTENTS


@pytest.mark.slow
def test_a_page_that_is_moved_or_renamed_shows_everywhere(rain_copy):
    rain_copy.edit("book/data.md", "# The data", "# Data (눈)")
    rain_copy.build(pages_only=True)
    for page in ("book/index.html", "notebooks/01-rainfall.html"):
        assert 'Data (<span lang="ko">눈</span>)' in rain_copy.text(page), page


def test_a_page_knows_the_way_that_leads_to_it(app, monkeypatch):
    below = navigation.Entry("book/data.html", "Data")
    parts = [("Part", [navigation.Entry("notebooks/01-rainfall.html", "1. Rainfall", (below,))])]
    monkeypatch.setattr(state.book(app.env), "contents", parts)
    assert navigation.way_to(app, "book/data") == [("Part", ""), ("1. Rainfall", "../notebooks/01-rainfall.html")]
    assert navigation.way_to(app, "notebooks/01-rainfall") == [("Part", "")] and navigation.way_to(app, "search") == []
