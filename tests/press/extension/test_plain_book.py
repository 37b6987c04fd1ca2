"""A stock Jupyter Book, without palette, data package, bibliography, or settings of the press, is built as it is."""

import json

import pytest
from helpers import share_cache

pytestmark = pytest.mark.slow

CONFIG = """title: A plain book
author: Jane Doe
execute:
  execute_notebooks: cache
sphinx:
  extra_extensions: [press]
  config:
    html_theme: press
"""
CODE = """---
file_format: mystnb
kernelspec: {name: python3, display_name: Python 3}
---

# One

See {ref}`the step <step>` and [the same](step).

(step)=
```{code-cell}
x = 1
```
"""
TOC = """format: jb-book
root: intro
chapters:
  - file: one
    sections:
      - file: deep/two
"""
INTRO = """# Welcome

Hello, $x$.

```{tableofcontents}
```

:::{dropdown} More
Hidden text.
:::

::::{tab-set}
:::{tab-item} First tab
In the first.
:::
:::{tab-item} Second tab
In the second.
:::
::::

::::{grid} 2
:::{grid-item-card} Card title
In the card.
:::
::::

{bdg-primary}`badge`

```{only} latex
On paper alone.
```
"""


@pytest.fixture(scope="module")
def plain(rain, cache_dir, tmp_path_factory):
    """A plain book, built."""
    root = tmp_path_factory.mktemp("plain") / "book"
    pages = {"_config.yml": CONFIG, "_toc.yml": TOC, "intro.md": INTRO, "one.md": CODE}
    for name, text in (pages | {"deep/two.md": "# Two\n\nDeep.\n", "data/secret.csv": "a\n1\n"}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    share_cache(cache_dir, root)
    book = type(rain)(root)
    book.build()
    return book


def test_nothing_is_claimed_that_the_book_does_not_say(plain):
    foot = plain.page("intro.html").xpath("string(//footer)").strip()
    assert foot == ""
    facts = json.loads(plain.page("intro.html").xpath("string(//script[@type='application/ld+json'])"))
    assert facts["author"] == "Jane Doe" and "license" not in facts
    assert "Creative Commons" not in plain.typst


def test_files_that_nobody_declared_are_not_published(plain):
    assert not (plain.html / "data").exists()


def test_the_first_page_goes_by_its_own_title(plain):
    assert plain.page("deep/two.html").xpath("//nav[@class='contents']//li/a")[0].text == "Welcome"


def test_what_sphinx_design_arranges_is_laid_out_one_below_the_other(plain):
    source = plain.typst
    words = [
        "More",
        "Hidden text.",
        "First tab",
        "In the first.",
        "Second tab",
        "In the second.",
        "Card title",
        "badge",
    ]
    places = [source.index(word) for word in words]
    assert places == sorted(places), "where the author has put them, though pages below this one follow"
    assert places[-1] < source.index("Deep.")
    assert "sphinx-design" in "".join(plain.page("intro.html").xpath("//link/@href"))


def test_what_is_meant_for_latex_stands_in_the_pdf_alone(plain):
    assert "On paper alone." in plain.typst
    assert "On paper" not in plain.page("intro.html").xpath("string(//main)")


def test_pages_below_pages_are_sections_in_the_pdf(plain):
    for level, title in ((1, "One"), (2, "Two")):
        assert f'#heading(level: {level}, supplement: [page])[#"{title}";]' in plain.typst
