"""What the pages tell machines: schema.org descriptions of book and tables, the map of the site."""

import json
from xml.sax.saxutils import escape

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config

from press import project
from press.html.share import item_of_page

_LANGUAGE = "https://schema.org"


def address(app: Sphinx, path: str) -> str:
    """Return where a file of the site will be found; empty as long as no address is set."""
    return f"{app.config.html_baseurl.rstrip('/')}/{path}" if app.config.html_baseurl else ""


def of_page(app: Sphinx, page: str, doctree) -> Markup | None:
    """Return the JSON-LD of a page: the book on its first page, the tables where they are described."""
    if doctree is None:
        return None
    if page == app.config.root_doc:
        return _script(_book(app))
    if item := item_of_page(app, page):
        return _script(_review(app, page, item))
    if any(section.get("press_table") for section in doctree.findall(lambda node: node.tagname == "section")):
        tables = project.load_data_package(project.find_root(app.srcdir))["resources"]
        return _script({"@context": _LANGUAGE, "@graph": [_dataset(app, page, entry) for entry in tables]})
    return None


def _script(content: dict) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))


def _book(app: Sphinx) -> dict:
    config = app.config
    facts = {
        "@context": _LANGUAGE,
        "@type": "Book",
        "name": config.html_title,
        "description": config.press_subtitle,
        "author": _author(config),
        "inLanguage": config.language,
        "bookFormat": "https://schema.org/EBook",
        "bookEdition": config.press_edition,
        "copyrightYear": config.copyright if isinstance(config.copyright, str) else config.copyright[0],
        "license": config.press_license_address,
        "url": address(app, f"{config.root_doc}.html"),
        "hasPart": [
            {"@type": "Chapter", "name": app.env.titles[page].astext(), "url": address(app, f"{page}.html")}
            for page in app.env.toctree_includes.get(config.root_doc, [])
        ],
    }
    return _without_empty(facts)


def _review(app: Sphinx, page: str, item: dict) -> dict:
    """Return what the book says became of an item: its words, as quoted, and its status."""
    quote = next((block for block in item["blocks"] if block["kind"] == "quote"), {"text": item["title"]})
    title, source = quote.get("source", ("", ""))
    appearance = {"@type": "CreativeWork", "name": title, "url": source}
    facts = {
        "@context": _LANGUAGE,
        "@type": "ClaimReview",
        "url": address(app, f"{page}.html"),
        "claimReviewed": quote["text"].strip("“”"),
        "itemReviewed": {"@type": "Claim", "name": item["title"]} | ({"appearance": appearance} if source else {}),
        "reviewRating": {"@type": "Rating", "alternateName": item["status"]["short"]},
        "reviewBody": item["reason"],
        "author": _author(app.config),
        "datePublished": f"{project.build_time(project.find_root(app.srcdir)):%Y-%m-%d}",
    }
    return _without_empty(facts)


def _author(config: Config) -> dict | str:
    """Return who wrote the book: a person or an organization where the settings say which."""
    kind = config.press_author_type
    return {"@type": kind, "name": config.author} if kind else config.author


def _dataset(app: Sphinx, page: str, entry: dict) -> dict:
    label = f"data-{entry['name'].replace('_', '-')}"
    facts = {
        "@type": "Dataset",
        "name": entry["title"],
        "description": entry["description"],
        "creator": {"@type": "Organization", "name": entry["publisher"]},
        "license": entry["licenses"][0].get("path") or entry["licenses"][0]["name"],
        "version": entry["vintage"],
        "url": address(app, f"{page}.html#{label}"),
        "isBasedOn": [source["path"] for source in entry["sources"] if source.get("path")],
        "variableMeasured": [field.get("title") or field["name"] for field in entry["schema"]["fields"]],
        "distribution": _without_empty(
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address(app, f"data/{entry['path']}")}
        ),
    }
    return _without_empty(facts)


def _without_empty(facts: dict) -> dict:
    """Without what is empty, inside parts as well: no address is facts before it is known."""
    cleaned = {
        key: [_without_empty(part) if isinstance(part, dict) else part for part in value]
        if isinstance(value, list)
        else value
        for key, value in facts.items()
    }
    return {key: value for key, value in cleaned.items() if value}


def sitemap(app: Sphinx, pages: list[str]) -> str:
    """Return `sitemap.xml`, with the day of the commit that the book is built from."""
    commit = project.last_commit(project.find_root(app.srcdir))
    day = f"<lastmod>{commit.time:%Y-%m-%d}</lastmod>" if commit else ""
    entries = "".join(f"<url><loc>{escape(address(app, f'{page}.html'))}</loc>{day}</url>\n" for page in pages)
    opening = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{opening}{entries}</urlset>\n"
