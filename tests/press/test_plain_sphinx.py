"""The press without Jupyter Book: a small Sphinx project of another kind, with what an author may write."""

import shutil

import lxml.html
import pytest
from helpers import SAMPLE, share_cache
from sphinx.testing.util import SphinxTestApp

from press import background
from press.errors import PressError

pytestmark = pytest.mark.slow

CONF = """
extensions = ["myst_nb", "sphinxcontrib.bibtex", "press"]
project, author, copyright, html_title, language = "Snow", "Nobody", "2026", "Snow", "en"
html_theme, html_math_renderer = "press", "mathml"
bibtex_bibfiles, bibtex_default_style = [], "unsrtalpha"
nb_execution_mode = "off"
numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s"}
myst_enable_extensions = ["dollarmath", "deflist"]
suppress_warnings = ["config.cache"]
"""
ODD = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class sleet(nodes.General, nodes.Element):
    pass


class Sleet(SphinxDirective):
    def run(self):
        node = sleet()
        self.set_source_info(node)
        return [node]


def setup(app):
    app.add_node(sleet, html=(lambda self, node: None, lambda self, node: None))
    app.add_directive("sleet", Sleet)
"""
INDEX = """# Snow

It snowed.[^1] A *mean* is **not** a `sum`, $n$ times.

```{note}
A note, and [a link](https://snow.example).
```

> Quoted.

1. One
2. Two

Term
: Meaning

| Town  | Snow |
|-------|-----:|
| Arley |    3 |

```{list-table} Snow in towns
:name: tbl-snow
:header-rows: 1

* - Town
  - Snow
* - Arley
  - 3
```

{numref}`tbl-snow` shows it.

[^1]: On paper.
"""


@pytest.fixture
def project(tmp_path, cache_dir):
    """The sources of a project."""
    root = tmp_path / "snow"
    for name in ("data", "book"):
        shutil.copytree(SAMPLE / name, root / name, ignore=shutil.ignore_patterns("*.md", "*.bib"))
    for name, text in (("_config.yml", ""), ("conf.py", CONF), ("index.md", INDEX)):
        (root / name).write_text(text, encoding="utf-8")
    share_cache(cache_dir, root)
    return root


@pytest.fixture
def build(project, monkeypatch):
    """Build it by one of Sphinx's builders; the application."""
    monkeypatch.setattr(background, "FORKS", False)
    apps = []

    def build(builder):
        apps.append(SphinxTestApp(builder, srcdir=project))
        apps[-1].build()
        return apps[-1]

    yield build
    for app in apps:
        app.cleanup()


def test_a_project_of_another_kind_has_pages_and_a_pdf(build):
    app = build("html")
    page = lxml.html.parse(str(app.outdir / "index.html")).getroot()
    assert [caption.text_content() for caption in page.xpath("//caption/span[@class='caption-number']")] == ["Table 1 "]
    assert page.xpath("//div[@class='scroll']/@aria-label") == ["Table", "Snow in towns"]
    assert (app.outdir / "book.pdf").read_bytes().startswith(b"%PDF")
    markup = (app.outdir.parent / "pdf" / "source" / "book.typ").read_text(encoding="utf-8")
    assert "align: (left, right,)" in markup and '#grid-of([#"Table 1";], [#"Snow in towns";], [], false)' in markup


def test_the_pdf_can_be_built_alone(build):
    app = build("pdf")
    assert (app.outdir / "book.pdf").read_bytes().startswith(b"%PDF") and not list(app.outdir.rglob("*.html"))


def test_what_the_pdf_does_not_know_is_named(build, project, monkeypatch):
    (project / "snow_and_rain.py").write_text(ODD, encoding="utf-8")
    (project / "conf.py").write_text(f'{CONF}extensions.append("snow_and_rain")\n', encoding="utf-8")
    monkeypatch.syspath_prepend(project)
    with open(project / "index.md", "a", encoding="utf-8") as page:
        page.write("\n```{sleet}\n```\n")
    with pytest.raises(
        PressError, match=rf"^index, line {INDEX.count(chr(10)) + 2}: .* does not know the node “sleet”"
    ):
        build("html")


def test_html_is_told_in_the_pdf(build, project):
    with open(project / "index.md", "a", encoding="utf-8") as page:
        page.write("\n```{raw} html\n<hr><p>It <b>thaws</b>.</p>\n```\n")
    app = build("html")
    assert "<p>It <b>thaws</b>.</p>" in (app.outdir / "index.html").read_text(encoding="utf-8")
    markup = (app.outdir.parent / "pdf" / "source" / "book.typ").read_text(encoding="utf-8")
    assert '#strong[#"thaws";]' in markup
