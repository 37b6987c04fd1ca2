"""What becomes of the sample's chapter, as a whole: doctree, page, and the markup of the PDF.

A change of one of them is seen in the difference of a text file; when it is meant: pytest --update-snapshots.
"""

import re


def test_the_doctree_of_the_chapter(rain, snapshot):
    tree = rain.app.env.get_doctree("notebooks/01-rainfall").pformat()
    tree = re.sub(r"(spec|source)=\"[^\n]*?\"(?=[ >]\w|>\n|>$)", r'\1="…"', tree)
    snapshot("chapter.doctree.txt", tree)


def test_the_page_of_the_chapter(rain, snapshot):
    page = rain.text("notebooks/01-rainfall.html")
    article = re.search(r"<article.*</article>", page, re.DOTALL)[0]
    article = re.sub(r"(<svg [^>]*>).*?</svg>", r"\1…</svg>", article, flags=re.DOTALL)
    snapshot("chapter.html.txt", f"{article}\n")


def test_the_markup_of_the_pdf(rain, snapshot):
    snapshot("book.typ.txt", re.sub(r"date: datetime\([^)]*\)", "date: …", rain.typst))
