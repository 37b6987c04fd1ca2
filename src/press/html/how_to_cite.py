"""How a page is cited, and where an error on it is told."""

from urllib.parse import urlencode

from sphinx.application import Sphinx

from press.html import metadata
from press.html.figure_extras import as_sentence, escape_tex


def citation(app: Sphinx, page: str, title: str) -> str:
    """Return how to cite a page, in words."""
    config = app.config
    named = f"{config.author}, {config.html_title}"
    text = as_sentence(named if page == config.root_doc else f"{config.author}, “{title}”, in {config.html_title}")
    edition = as_sentence(config.press_edition) if config.press_edition else ""
    return " ".join(filter(None, [text, edition, metadata.address(app, f"{page}.html")]))


def bibtex(app: Sphinx, page: str, title: str) -> str:
    """Return how to cite a page, for BibTeX."""
    config = app.config
    whole = page == config.root_doc
    year = config.copyright if isinstance(config.copyright, str) else config.copyright[0]
    facts = {
        "author": f"{{{escape_tex(config.author)}}}",
        "title": f"{{{escape_tex(config.html_title if whole else title)}}}",
        "booktitle": "" if whole else f"{{{escape_tex(config.html_title)}}}",
        "edition": escape_tex(config.press_edition),
        "year": escape_tex(year),
        "url": metadata.address(app, f"{page}.html"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in facts.items() if value]
    key = page.rpartition("/")[2]
    return "\n".join([f"@{'book' if whole else 'incollection'}{{{key},", *lines, "}"])


def report_address(app: Sphinx, page: str, title: str) -> str:
    """Return where an error on a page is told: a new issue of the repository; empty without one."""
    repository = app.config.press_repository.rstrip("/")
    if not repository:
        return ""
    return f"{repository}/issues/new?{urlencode({'title': f'Error in “{title}”', 'body': f'Page: {page}'})}"
