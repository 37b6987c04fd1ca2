"""Cards of chapters, figures shown once more, and sentences to quote, on the sample's first page."""

import pytest
from bs4 import BeautifulSoup
from docutils import nodes

from press.document import start_page
from press.errors import PressError

FRONT = """# Rain in two towns

:::{chapter-card} ../notebooks/01-rainfall
:figure: fig-rain
It rained {glue:text}`rain-arley`.
:::

```{picture} fig-rain
```

:::{quotable}
* It rained {glue:text}`rain-arley` in Arley.
:::
"""


@pytest.fixture
def first_page(rain_copy):
    (rain_copy.root / "book" / "index.md").write_text(FRONT, encoding="utf-8")
    rain_copy.build()
    return rain_copy


def test_a_start_page_shows_chapters_and_figures_of_other_pages(first_page):
    page = BeautifulSoup(first_page.text("book/index.html"), "html.parser")
    (card,) = page.select(".chapter-card")
    (title,) = card.select(".card-title a")
    assert title.get("href") == "../notebooks/01-rainfall.html"
    (picture,) = card.select("a.thumbnail > svg")
    assert picture.get("aria-label").startswith("Figure 1.1: ")
    assert picture.parent.get("href") == "../notebooks/01-rainfall.html#fig-rain"
    (strip,) = page.select(".strip .chart")
    assert strip.get("data-figure") == "fig-rain-again" and strip.get("data-live") is None
    assert '#chart("fig-rain-again.svg"' in first_page.typst


@pytest.mark.slow
def test_a_sentence_to_quote_has_an_address_and_a_mail(first_page):
    page = BeautifulSoup(first_page.text("book/index.html"), "html.parser")
    (item,) = page.select(".quotable li")
    link, mail = item.select("a.share")
    assert item.get("id") == "quote-1" and link.get("href") == "#quote-1"
    assert mail.get("href").startswith("mailto:?subject=") and "It%20rained%20902.5" in mail.get("href")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```{picture} fig-snow\n```", "no chapter has a figure 'fig-snow'"),
        ("```{chapter-card} ../notebooks/09-snow\n```", "there is no page 'notebooks/09-snow'"),
    ],
)
def test_what_is_nowhere_is_named_with_its_place(rain_copy, text, words):
    (rain_copy.root / "book" / "index.md").write_text(f"# Rain\n\n{text}\n", encoding="utf-8")
    with pytest.raises(PressError, match=words) as told:
        rain_copy.build()
    assert "book/index, line 3" in str(told.value)


def test_counts_name_each_status_once():
    kept = {"name": "kept", "short": "kept", "mark": "full", "color": "kor", "rank": 0}
    lost = kept | {"name": "lost", "short": "lost", "rank": 3}
    paragraph = start_page.counts_of([{"status": lost}, {"status": kept}, {"status": kept}])
    assert isinstance(paragraph, nodes.paragraph) and paragraph.astext().split() == ["2", "kept", "1", "lost"]
