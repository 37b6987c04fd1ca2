"""What the layout of a page asks for, and the pages that are no chapter."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx

from press import project, state
from press.document.directives import DESCRIBES_TABLES
from press.document.hangul import korean
from press.document.nodes import claim_mark, code, gallery, tabular
from press.document.numbering import numbered
from press.document.statuses import counts
from press.execution import cache
from press.html import how_to_cite, metadata, share
from press.html.figure_extras import FOLDER
from press.html.navigation import navigation, way_to

_WORDS_A_MINUTE = 230
# Preloaded, to be there at the first view: the style sheet tells of them too late.
_FONTS = ["SourceSerif4-400", "SourceSans3-400", "SourceSans3-600"]
_FONTS_OF_PROSE = ["SourceSerif4-400-italic", "SourceSerif4-600"]
_NOT_READ = {"claims", "claims-of-all", "legend", "table-legend"}
_REDIRECT = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="refresh" content="0; url={page}"><link rel="canonical" href="{page}">
<link rel="icon" href="_static/favicon.svg" type="image/svg+xml"></head>
<body><p><a href="{page}">{title}</a></p></body></html>
"""


def add_context(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Add what the layout asks for besides Sphinx's own variables."""
    chapter = is_chapter(app, page)
    context["reading_minutes"] = _reading_minutes(doctree) if chapter else 0
    context["shows_contents"] = chapter or (app.config.press_on_page == "all" and page in app.env.found_docs)
    context["folder"] = page.rpartition("/")[0]
    context["what_if"] = project.is_what_if(project.find_root(app.srcdir))
    context["license"], context["data_page"] = app.config.press_license, _data_page(app)
    context["has_ledger"] = any(state.book(app.env).ledger.records.values())
    context["navigation"], context["korean"] = partial(navigation, app, page), korean
    context["faces"] = _fonts(app, page)
    context["pdf"] = app.config.press_pdf
    context["edition"] = app.config.press_edition
    context["item"] = item = share.item_of_page(app, page)
    context["item_name"] = app.config.press_item_name
    told = _standing(app, page, item) or _first_words(doctree) or app.config.press_subtitle
    context.setdefault("description", told)
    context["explores"] = doctree is not None and any(table["explore"] for table in doctree.findall(tabular))
    context["has_gallery"] = doctree is not None and any(node["kind"] == "figure" for node in doctree.findall(gallery))
    list_page = context["explores"] and not item
    context["wide"] = not context["shows_contents"] and (list_page or context["has_gallery"])
    context["way"] = way_to(app, page)
    context["folds_code"] = doctree is not None and any(step["folded"] for step in doctree.findall(code))
    known = page in app.env.found_docs
    if known or template == "figure.html":
        title = app.env.titles[page].astext() if known else context["title"]
        context["report"] = how_to_cite.report_address(app, page, title) or _beside(app, page, app.config.press_errata)
    if known:
        context["citing"] = {
            "words": how_to_cite.citation(app, page, title),
            "bibtex": how_to_cite.bibtex(app, page, title),
        }
        context["how_to_cite"] = _beside(app, page, app.config.press_how_to_cite)
    context["launch"] = launch(app, page)
    context["json_ld"] = metadata.of_page(app, page, doctree)
    picture = context.get("picture") or share.picture_of(app, page) or _first_picture(app, page)
    context["picture"] = picture and (metadata.address(app, picture) or context["pathto"](picture, 1))
    if page == "404":
        _link_from_root(app, context)


def is_chapter(app: Sphinx, page: str) -> bool:
    """Tell whether a page is a notebook, which readers can run."""
    if page not in app.env.found_docs:
        return False
    return str(app.env.doc2path(page)).endswith(".ipynb") or "kernelspec" in app.env.metadata.get(page, {})


def _data_page(app: Sphinx) -> tuple[str, str] | None:
    """Return name and title of the page that describes the tables, if there is one."""
    pages = [page for page, metadata in sorted(app.env.metadata.items()) if DESCRIBES_TABLES in metadata]
    found = [page for page in pages if page in app.env.found_docs]
    return (found[0], app.env.titles[found[0]].astext()) if found else None


def _beside(app: Sphinx, page: str, other: str) -> str:
    """Return the address of another page as seen from one; empty where there is none, or it is the page itself."""
    return app.builder.get_relative_uri(page, other) if other in app.env.found_docs and other != page else ""


def _reading_minutes(doctree: nodes.document | None) -> int:
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else ()
    words = sum(len(paragraph.astext().split()) for paragraph in paragraphs if _is_prose(paragraph))
    return max(1, round(words / _WORDS_A_MINUTE))


def _is_prose(paragraph: nodes.paragraph) -> bool:
    """Tell whether a paragraph is read from beginning to end: in no table, caption, or list of claims."""
    above = paragraph.parent
    while above is not None:
        classes = set(above.get("classes", ()))
        if isinstance(above, (nodes.entry, nodes.figure, nodes.footnote)) or classes & _NOT_READ:
            return False
        above = above.parent
    return True


def _fonts(app: Sphinx, page: str) -> list[str]:
    prose = _FONTS_OF_PROSE if page in app.env.found_docs else []
    hangul = ["hangul"] if app.env.metadata.get(page, {}).get("press_hangul") else []
    return [*_FONTS, *prose, *hangul]


def _first_picture(app: Sphinx, page: str) -> str | None:
    records = state.book(app.env).ledger.records.get(page, [])
    return next((f"{FOLDER}/{record['id']}.landscape.png" for record in records if record["kind"] == "figure"), None)


def _link_from_root(app: Sphinx, context: dict) -> None:
    """Make links for a page that is served at any depth."""
    base = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    context["pageurl"], context["content_root"] = None, base
    context["pathto"] = lambda target, resource=False: (
        base + (target if resource else app.builder.get_target_uri(target))
    )


def launch(app: Sphinx, page: str) -> dict | None:
    """Return where a chapter can be run: addresses made of the one address of the repository."""
    repository = app.config.press_repository.rstrip("/")
    notebook = str(app.env.doc2path(page, base=False)) if page in app.env.found_docs else ""
    if not repository or not notebook.endswith(".ipynb"):
        return None
    name = urlsplit(repository).path.strip("/")
    first_cell = _first_cell(repository, project.find_root(app.srcdir), page.rpartition("/")[0])
    return {
        "repository": repository,
        "lab": f"https://mybinder.org/v2/gh/{name}/HEAD?urlpath=lab/tree/{notebook}",
        "colab": f"https://colab.research.google.com/github/{name}/blob/HEAD/{notebook}",
        "first_cell": "\n".join(first_cell),
    }


def _first_cell(repository: str, root: Path, folder: str) -> list[str]:
    """Return what fetches and installs the book, as far as its folder says how, and goes to the chapter's folder."""
    lines = [f"!git clone -q {repository} book"]
    if (root / "pyproject.toml").exists():
        lines.append("!pip install -q -e book")
    elif (root / "requirements.txt").exists():
        lines.append("!pip install -q -r book/requirements.txt")
    lines.append(f"%cd book/{folder}".rstrip("/"))
    if (root / "src").is_dir():
        up = "../" * (folder.count("/") + 1 if folder else 0)
        lines.append(f"import sys; sys.path.insert(0, '{up}src')")
    return lines


def note_in_downloads(app: Sphinx) -> None:
    """Say in a first line of each notebook that readers can take how it gets its tables, if it is alone."""
    root = project.find_root(app.srcdir)
    for path in sorted(Path(app.outdir, "_sources").rglob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
        folder = path.parent.relative_to(Path(app.outdir, "_sources")).as_posix().strip(".")
        note, cells = _note(app, root, folder), notebook.get("cells")  # none before the fourth format of notebooks
        if cells is not None and not any(
            note["id"] == cell.get("id") or note["source"] == cell["source"] for cell in cells
        ):
            if notebook.get("nbformat_minor", 0) < 5:
                del note["id"]  # cells of such notebooks have none
            cells.insert(0, note)
            path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _note(app: Sphinx, root: Path, folder: str) -> dict:
    """Return the cell that says it."""
    place = f"the folder `{folder}` of a copy of the project" if folder else "a copy of the project"
    text = f"*This notebook takes its tables and functions from the book’s project: run it in {place}"
    if repository := app.config.press_repository.rstrip("/"):
        commands = "; ".join(_first_cell(repository, root, folder))
        text += f", or run this in a first cell, line by line: `{commands}`"
    return {"cell_type": "markdown", "id": "where-it-runs", "metadata": {}, "source": [f"{text}.*"]}


def _standing(app: Sphinx, page: str, item: dict | None) -> str:
    """Return what became of the item whose page it is, or of all; for search engines and link previews."""
    if item:
        return f"{app.config.press_status_name}: {item['status']['short']}. {item['reason']}"
    items = state.book(app.env).ledger.entries("item") if page == app.config.root_doc else []
    told = ", ".join(f"{count} {status['short']}" for status, count in counts(items))
    return f"{told}. {app.config.press_subtitle}" if told else ""


def _first_words(doctree: nodes.document | None, length: int = 155) -> str:
    """Return the first paragraph outside lists, for search engines and link previews; without marks and notes."""
    paragraphs = doctree.findall(nodes.paragraph) if doctree is not None else ()
    first = next((each for each in paragraphs if not isinstance(each.parent, nodes.list_item)), None)
    if first is None:
        return ""
    marks = {
        id(text)
        for mark in first.findall(lambda node: isinstance(node, (claim_mark, nodes.footnote_reference, nodes.raw)))
        for text in mark.findall(nodes.Text)
    }
    text = " ".join("".join(part for part in first.findall(nodes.Text) if id(part) not in marks).split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def write_redirect(app: Sphinx) -> None:
    """Write `index.html`, where the first page lies elsewhere."""
    first = app.config.root_doc
    if first != "index":
        text = _REDIRECT.format(lang=app.config.language, title=escape(app.config.html_title), page=f"{first}.html")
        Path(app.outdir, "index.html").write_text(text, encoding="utf-8")


def extra_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write, after the chapters, the tables themselves, the sitemap, and the page for addresses that are not there."""
    if app.builder.format != "html":
        return
    root = project.find_root(app.srcdir)
    _publish_data(app, root)
    if app.config.html_baseurl:
        figures = [f"{FOLDER}/{item.id}" for item in numbered(app.env, "figure")]
        sitemap = metadata.sitemap(app, [*sorted(app.env.found_docs), *figures])
        Path(app.outdir, "sitemap.xml").write_text(sitemap, encoding="utf-8")
    yield "404", {"title": "Not in the book", "description": "This page is not in the book."}, "404.html"


def _publish_data(app: Sphinx, root: Path) -> None:
    """Write the tables of the data package beside the pages, and nothing else that lies near them."""
    target = Path(app.outdir, "data")
    shutil.rmtree(target, ignore_errors=True)
    for path in project.published_data(root):
        copy = app.outdir / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy)


def stamp_commit(app: Sphinx, error: Exception | None) -> None:
    """Write on every page, last of all, the commit that the book is built from, and when the page was changed."""
    if error is not None or app.builder.format != "html":
        return
    root = project.find_root(app.srcdir)
    words, changes = _commit_words(project.last_commit(root)), project.last_changes(root)
    sources = _made_from(app, root)
    for path in Path(app.outdir).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        stamped = re.sub("<!-- commit -->.*?<!-- /commit -->", f"<!-- commit -->{words}<!-- /commit -->", text)
        made_from = sources.get(path.relative_to(app.outdir).as_posix(), [])
        changed = _change_words(max((changes[name] for name in made_from if name in changes), default=None))
        stamped = re.sub("<!-- changed -->.*?<!-- /changed -->", f"<!-- changed -->{changed}<!-- /changed -->", stamped)
        if stamped != text:
            path.write_text(stamped, encoding="utf-8")


def _made_from(app: Sphinx, root: Path) -> dict[str, list[str]]:
    """Return page of the site → its source, and the tables that its results come from."""
    inputs = cache.recorded_dependencies(Path(app.config.nb_execution_cache_path))

    def tables(chapter: str) -> list[str]:
        names = [name.removeprefix("table ") for name in inputs.get(chapter, ()) if name.startswith("table ")]
        return [f"data/{project.resource(name, root)['path']}" for name in names]

    made = {page: [os.path.relpath(app.env.doc2path(page), root), *tables(page)] for page in app.env.found_docs}
    for item in state.book(app.env).ledger.entries("item"):
        if item["page"] in made:
            made[item["page"]] += tables(item["chapter"])
    figures = {f"{FOLDER}/{id}": made[place.item.page] for id, place in state.book(app.env).figures.items()}
    return {app.builder.get_target_uri(page): files for page, files in (made | figures).items()}


def _commit_words(commit: project.Commit | None) -> str:
    if commit is None:
        return ""
    edited = ", with later changes" if commit.dirty else ""
    return f" Built from commit {commit.name} of {_day(commit.time)}{edited}."


def _change_words(time: datetime | None) -> str:
    return f"Last changed {_day(time)}" if time else ""


def _day(time: datetime) -> str:
    return f"{time:%B} {time.day}, {time.year}"
