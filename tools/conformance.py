#!/usr/bin/env python3
"""Build a Jupyter Book with the stock tool and with the press, and count what stands on the pages and in the PDF.

``python tools/conformance.py FOLDER`` copies the book's folder twice to a temporary place, builds one copy with
``jupyter-book build`` and one with ``python -m press build``, and prints the counts side by side. It ends with
status 1 where the press has lost something, or where one of the two does not build.

``--settings FILE`` names a YAML file whose settings are laid over those of `_config.yml` in both copies, ``--pages``
the pages that are kept (with wildcards), ``--keep FOLDER`` a place where the copies stay.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path
from urllib.parse import unquote, urljoin

import yaml
from bs4 import BeautifulSoup, Tag

from press import project

# What the copy for the press has in its settings, and the stock one has not.
PRESS = {"sphinx": {"extra_extensions": ["press"], "config": {"html_theme": "press", "press_warnings": "tell"}}}
KINDS = (
    "images",
    "tables",
    "equations",
    "headings",
    "citations",
    "bibliography",
    "footnotes",
    "boxes",
    "code cells",
    "other code",
    "links",
)
# What stands beside the text of a page, or is made for it: of no kind.
_BESIDE = (
    "script, style, nav:not(.contents), .headerlink, .toctree-wrapper, .prev-next-footer, .copybtn, .backrefs, "
    ".fn-backref, a[role=doc-backlink], .sd-tab-set > input, .offers, a.term"
)
_BOXES = (
    ".admonition:not(details.hide), aside.topic, nav.contents, aside.sidebar, .sd-card, "
    ".sd-tab-label, .versionmodified, details.toggle-details"
)
_SMALLEST = 48  # px
_SHAPES = ["path", "rect", "circle", "ellipse", "line", "polygon", "polyline", "text", "image", "use"]
_CHARTS = "div.chart, div[id^=altair-viz]"


def main(arguments: list[str] | None = None) -> int:
    """Build both copies, print the counts, and return the status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the book's folder: that of _config.yml")
    parser.add_argument("--settings", type=Path, help="a YAML file laid over _config.yml")
    parser.add_argument("--pages", nargs="*", default=["*"], help="pages that are kept, with wildcards")
    parser.add_argument("--keep", type=Path, help="where the copies stay")
    parser.add_argument("--again", action="store_true", help="build the press's copy alone; the stock one is there")
    given = parser.parse_args(arguments)
    place = given.keep or Path(tempfile.mkdtemp(prefix="conformance-"))
    try:
        return compared(given, place)
    finally:
        if not given.keep:
            shutil.rmtree(place)


def compared(given: argparse.Namespace, place: Path) -> int:
    """Return 0 where both copies build and nothing is lost."""
    more = yaml.safe_load(given.settings.read_text(encoding="utf-8")) if given.settings else {}
    stock, own = place / "stock", place / "press"
    if not given.again:
        copy(given.folder, stock, [more], given.pages)
        if not ran([str(Path(sys.executable).with_name("jupyter-book")), "build", "."], stock):
            return 1
    copy(given.folder, own, [more, PRESS], given.pages)
    if not ran([sys.executable, "-m", "press", "build"], own):
        return 1
    return counts_told(stock, own)


def counts_told(stock: Path, own: Path) -> int:
    """Count what both copies have become, and print it; return 1 where something differs."""
    pages = [re.sub(r"\.(md|ipynb|rst|Rmd|txt)$", "", page) for page in project.list_pages(own)]
    before, after = on_pages(stock / "_build/html", pages), on_pages(own / "_build/html", pages)
    return told(before, after, in_pdf(own), pages=pages)


def copy(folder: Path, target: Path, more: list[dict], wanted: list[str]) -> None:
    """Copy a book's folder, with more settings and with fewer pages; what an earlier build has kept stays."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("_build", ".git"), dirs_exist_ok=True)
    path = target / "_config.yml"
    settings = reduce(joined, more, yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    path.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    if wanted != ["*"]:
        toc = target / "_toc.yml"
        kept = reduced(yaml.safe_load(toc.read_text(encoding="utf-8")), wanted)
        toc.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False), encoding="utf-8")


def joined(settings: dict, more: dict) -> dict:
    """Return settings with more laid over them: mappings are joined, extensions added, all else replaced."""
    made = dict(settings)
    for name, value in more.items():
        if isinstance(value, dict):
            made[name] = joined(made.get(name) or {}, value)
        elif name == "extra_extensions" and "press" in value:
            made[name] = [*(made.get(name) or []), *value]
        else:
            made[name] = value
    return made


def reduced(toc: dict, wanted: list[str]) -> dict:
    """Return the contents with the pages that are wanted; a page above one of them stays, too."""
    made = dict(toc)
    for part in ("parts", "chapters", "sections"):
        if part in toc:
            below = [reduced(entry, wanted) for entry in toc[part]]
            made[part] = [entry for entry in below if has_page(entry, wanted)]
            if not made[part]:
                del made[part]
    return made


def has_page(entry: dict, wanted: list[str]) -> bool:
    """Tell whether an entry of the contents is wanted, or one below it."""
    name = str(entry.get("file", "")).removesuffix(".md").removesuffix(".ipynb")
    below = [each for part in ("chapters", "sections") for each in entry.get(part, [])]
    return any(fnmatch(name, pattern) for pattern in wanted) or any(has_page(each, wanted) for each in below)


def ran(command: list[str], folder: Path) -> bool:
    """Run a build; tell whether it ended well, and show its last lines where it did not."""
    variables = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", errors="replace")
    (folder.parent / f"{folder.name}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        print(f"{folder.name}: {' '.join(command[1:])} ended with status {done.returncode}", file=sys.stderr)
        print("\n".join((done.stderr or done.stdout).strip().splitlines()[-40:]), file=sys.stderr)
    return done.returncode == 0


# -- pages


def on_pages(folder: Path, pages: list[str]) -> dict[str, Counter]:
    """Return page → what stands on it."""
    read = {page: article(folder / f"{page}.html") for page in pages}
    entries = {f"{page}.html#{entry['id']}" for page, body in read.items() for entry in body.select("div.citation[id]")}
    return {page: counted(body, page, entries) for page, body in read.items()}


def article(path: Path) -> Tag:
    """Return the text of a page."""
    if not path.exists():
        return BeautifulSoup("", "html.parser")
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    body = soup.select_one("article.bd-article") or soup.select_one("main article") or soup.select_one("main") or soup
    for beside in body.select(_BESIDE):
        beside.extract()
    for text in body.select("[class$=text-repr-fallback]"):  # the PDF has the text that an object brings along
        text.parent.replace_with(soup.new_tag("pre", attrs={"class": "literal-block"}))
    return body


def counted(body: Tag, page: str, entries: set[str]) -> Counter:
    """Return how many of each kind stand in a text."""
    found: Counter = Counter()
    charts = body.select(_CHARTS)
    for chart in charts:
        chart.extract()
    near = [image for image in body.select("img, object") if "://" not in str(image.get("src"))]
    found["images"] = len(near) + len(charts) + sum(map(is_drawing, body.select("svg[width]")))
    found["links"] = len(body.select("img")) - len(near) + len(body.select("iframe[src^=http]"))
    found["tables"] = len(body.select("table:has(td, th):not(.highlighttable, .hlist)"))
    found["equations"] = len(body.select("span.math, div.math, :not(div.math) > math, div.formula > math")) - len(
        body.select("div.math:has(math)")
    )
    found["headings"] = len(
        body.select("h1, h2, h3, h4, h5, h6, p.rubric:not(.sd-tab-label), p.centered, .text_html caption")
    )
    found["bibliography"] = len(body.select("div.citation"))
    found["footnotes"] = len(body.select("aside.footnote"))
    found["boxes"] = len(body.select(_BOXES))
    found["code cells"] = len(body.select(".cell_input div.highlight, .code div.highlight"))
    blocks = body.select("div.highlight, pre.literal-block, .text_html pre:not(.highlight pre, .literal-block)")
    found["other code"] = len(blocks) - found["code cells"]
    for link in body.select("a[href]"):
        address, kind = str(link["href"]), set(link.get("class") or [])
        target = unquote(urljoin(f"{page}.html", address)) if not address.startswith("#") else f"{page}.html{address}"
        is_note = "footnote-reference" in kind
        if not leads_to_itself(link):
            found["citations" if target in entries else "footnotes cited" if is_note else "links"] += 1
    return found


def leads_to_itself(link: Tag) -> bool:
    """Tell whether a link is a picture that leads to itself, as a scaled one does; the press names its copy anew."""
    picture, address = link.find("img"), str(link["href"])
    if picture is None:
        return False
    return picture.get("src") == address or ("image-reference" in (link.get("class") or []) and "://" not in address)


def is_drawing(svg: Tag) -> bool:
    """Tell whether an SVG within HTML is a drawing, and no icon."""
    width = re.match(r"\d+(?!\S*(?:em|%))", str(svg["width"]))
    return width is not None and int(width[0]) >= _SMALLEST and svg.find(_SHAPES) is not None


# -- the PDF

_PAGE = re.compile(r'#metadata\(none\)#label\("([^"#]*)#"\)\n')
_STRING = re.compile(r'(label\()?"(?:[^"\\]|\\.)*"')
_LABEL = r'label\(("(?:[^"\\]|\\.)*")\)'
_ENTRY = re.compile(r'((?:#metadata\(none\)#label\("(?:[^"\\]|\\.)*"\))+)#entry\[')
_LINK = re.compile(rf'#(?:link|numbered)\((?:{_LABEL}|"")\)\[')


def in_pdf(folder: Path) -> dict[str, Counter]:
    """Return page → how many of each kind stand in the press's PDFs, by the markup that they are set from."""
    sources = (folder / "_build/pdf/source").glob("*.typ")
    text = "".join(path.read_text(encoding="utf-8") for path in sources if path.name != "template.typ")
    bare = _STRING.sub(lambda found: found[0] if found[1] else '""', text)  # the book's words are no markup
    entries = {label for place in _ENTRY.findall(bare) for label in re.findall(_LABEL, place)}
    _, *parts = _PAGE.split(bare)
    return {page: set_in(part, entries) for page, part in zip(parts[::2], parts[1::2], strict=True)}


def set_in(bare: str, entries: set[str]) -> Counter:
    """Return the counts of a part of the source."""
    linked = _LINK.findall(bare)
    notes = bare.count("#super[#link(label(")
    found = Counter(
        {
            "images": len(re.findall(r"#(?:image|shown|small-picture|chart)\(", bare)),
            "tables": len(re.findall(r"#(?:plain-grid\[|grid-of\()", bare)),
            "equations": len(re.findall(r"#(?:term|formula)\(", bare)),
            "headings": len(re.findall(r"#(?:heading\(|small-heading\[)", bare)),
            "citations": sum(target in entries for target in linked),
            "bibliography": bare.count("#entry["),
            "footnotes": bare.count("#note-line[#super["),
            "boxes": bare.count("#aside["),
            "code cells": bare.count("#cell-code["),
            "footnotes cited": notes,
        }
    )
    found["links"] = len(linked) - found["citations"] - notes
    found["other code"] = bare.count("#raw(block: true") - found["code cells"]
    return found


# -- what is told


def told(*counts: dict[str, Counter], pages: list[str]) -> int:
    """Print the counts of all pages, and of those that differ; return 1 where any does."""
    totals = [sum(each.values(), Counter()) for each in counts]
    print(f"{len(pages)} pages\n\n{'':18}{'stock':>8}{'press':>8}{'PDF':>8}")
    for kind in KINDS:
        print(f"{kind:18}{''.join(f'{total[kind]:8}' for total in totals)}{'  differs' * differs(totals, kind)}")
    status = 0
    for page in pages:
        found = [each.get(page, Counter()) for each in counts]
        if differing := [kind for kind in KINDS if differs(found, kind)]:
            status = 1
            print(f"{page}: " + "; ".join(f"{kind} {', '.join(str(c[kind]) for c in found)}" for kind in differing))
    return status


def differs(counts: list[Counter], kind: str) -> bool:
    """Tell whether counts of one kind are not the same."""
    return len({count[kind] for count in counts}) > 1


if __name__ == "__main__":
    sys.exit(main())
