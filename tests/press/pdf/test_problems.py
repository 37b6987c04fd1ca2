"""What cannot be set, shown, or told is said in one list, with its place and a remedy."""

import pytest

from press.errors import PressError, with_remedy

pytestmark = pytest.mark.slow

EXTENSION = """from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class odd(nodes.General, nodes.Element):
    pass


class Odd(SphinxDirective):
    def run(self):
        node = odd()
        self.set_source_info(node)
        return [node]


def setup(app):
    app.add_node(odd, html=(lambda self, node: None, lambda self, node: None))
    app.add_directive("odd", Odd)
"""
PAGE = """# A page

```{odd}
```

Some $x \\nosuch y$ and 𓀀.

- item

  ```{odd}
  ```
"""


@pytest.fixture
def said(rain_copy, monkeypatch):
    """Build the sample book with a page; what is said of it."""

    def said(text, extension=""):
        (rain_copy.root / "book/p.md").write_text(text, encoding="utf-8")
        chapter = "      - file: notebooks/01-rainfall\n"
        rain_copy.edit("_toc.yml", chapter, f"{chapter}      - file: book/p\n")
        if extension:
            (rain_copy.root / "odd.py").write_text(extension, encoding="utf-8")
            monkeypatch.syspath_prepend(str(rain_copy.root))
            rain_copy.edit("_config.yml", "sphinxcontrib.bibtex, press]", "sphinxcontrib.bibtex, press, odd]")
        with pytest.raises(PressError) as stopped:
            rain_copy.build()
        return str(stopped.value)

    return said


def test_all_that_the_pdf_cannot_set(said):
    text = said(PAGE, EXTENSION)
    assert "5 problems" in text
    assert "book/p.md, line 6: the page cannot show the equation “x \\nosuch y”" in text
    for place in ("book/p, line 3: the PDF does not know the node “odd”", "book/p, line 10: the PDF does not know"):
        assert place in text
    assert "book/p, line 6: the PDF cannot set the equation “x \\nosuch y”: \\nosuch is unknown to it" in text
    assert "book/p: no font of the book has '𓀀' (U+13000), in “and 𓀀.”" in text
    assert "press/" not in text and "line 0" not in text


def test_images_without_a_text_and_from_elsewhere(said):
    text = said("# A page\n\nText.\n\n![](red.png)\n\n![there](https://example.org/a.png)\n")
    assert "book/p.md, line 5: the image red.png has no alternative text. Say in a few words" in text
    assert "book/p.md, line 7: the image https://example.org/a.png lies elsewhere" in text


def test_an_image_that_paper_does_not_show(said, rain_copy):
    (rain_copy.root / "book/a.bmp").write_bytes(b"BM")
    (rain_copy.root / "book/b.svg").write_text("<svg><rect", encoding="utf-8")
    (rain_copy.root / "book/c.png").write_text("version https://git-lfs.github.com/spec/v1\n", encoding="utf-8")
    text = said("# A page\n\n![a picture](a.bmp)\n\n![broken](b.svg)\n\n![far](c.png)\n")
    for line, name in ((3, "a.bmp"), (5, "b.svg"), (7, "c.png")):
        assert f"book/p, line {line}: the PDF cannot show the image book/{name}: it knows .png, .jpg" in text
    assert "fetch it with “git lfs pull”" in text


def test_an_equation_that_would_be_read_as_money(said):
    text = said("# A page\n\nA 2$\\pi r$ circle.\n")
    assert "book/p.md, line 3: an equation beside a digit is read as an amount: 2$\\pi r$" in text


def test_an_equation_that_the_page_cannot_show(said):
    assert "the page cannot show the equation" in said("# A page\n\n$$\\left( x$$\n")


def test_a_table_that_no_paper_holds(said):
    row = "<td>internationalization1</td>" * 150
    text = said(f'# A page\n\n<table><tr><th colspan="150">All</th></tr><tr>{row}</tr></table>\n')
    assert "book/p, line 3: the PDF has no room for a table of 150 columns. Split it" in text


def test_an_extension_that_is_not_loaded_is_named():
    said = with_remedy("book/p, line 3: Unknown directive type: 'dropdown' [myst.directive_unknown]")
    assert said.endswith("Add sphinx_design to the extensions in _config.yml.")
