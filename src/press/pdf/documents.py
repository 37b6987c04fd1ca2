"""Which pages stand in which PDF: the setting `press_documents`, and what it means for one book."""

from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.config import Config

from press import project
from press.document.nodes import page_of
from press.errors import PressError

REST = "*"  # all that stands in no other document
FORMS = ("book", "brief")
PAPERS = ("a4", "us-letter")


@dataclass(frozen=True)
class Document:
    """One PDF.

    Attributes
    ----------
    file : str
        Its name.
    pages : tuple of str
        Pages (`book/summary`), with wildcards (`book/promises/*`), or sections of pages (`book/methods#verdicts`), in
        the order of the document; `*` stands for all that is in no other document.
    without : tuple of str
        Sections, and pages, that are left out.
    name : str
        What the other documents call it, and what stands below its title: the annex.
    form : str
        `book`, or `brief`: without cover and contents.
    title, subtitle, language : str
        In place of those of the book.
    board : bool
        Whether it begins with the board of all items.
    index : bool
        Whether it ends with an index.
    paper : str
        `a4` or `us-letter`; without one, what `press_paper` names.
    """

    file: str
    pages: tuple[str, ...] = (REST,)
    without: tuple[str, ...] = ()
    name: str = ""
    form: str = "book"
    title: str = ""
    subtitle: str = ""
    language: str = ""
    board: bool = False
    index: bool = False
    paper: str = "a4"


@dataclass
class Share:
    """What of the book's tree stands in one document: pages and sections in their order, and what they leave out."""

    units: list[nodes.Element] = field(default_factory=list)
    left_out: list[nodes.Element] = field(default_factory=list)


def documents(config: Config) -> list[Document]:
    """Return the documents that the settings name; without any, the whole book in one."""
    given = config.press_documents or {config.press_pdf: {}}
    return [_document(file, settings, config.press_paper) for file, settings in given.items()]


def _document(file: str, given: dict, paper: str) -> Document:
    if not isinstance(given, dict):
        raise _fault(file, f"{given!r} is no setting", "Write the name of one before it: pages, for instance.")
    known = {field.name: field.type for field in fields(Document)}
    if unknown := [name for name in given if name not in known or name == "file"]:
        raise _fault(file, f"there is no setting {unknown[0]!r}", f"Choose from {', '.join(list(known)[1:])}.")
    if letters := next((name for name in ("pages", "without") if isinstance(given.get(name), str)), ""):
        raise _fault(file, f"{letters} is {given[letters]!r}, not a list", f"Write [{given[letters]}].")
    chosen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    document = Document(file, **{"paper": paper} | chosen)
    for name, value, possible in (("form", document.form, FORMS), ("paper", document.paper, PAPERS)):
        if value not in possible:
            raise _fault(file, f"{name} is {value!r}", f"Choose {' or '.join(possible)}.")
    return document


def _fault(file: str, what: str, remedy: str) -> PressError:
    return PressError(f"{project.CONFIG}, press_documents, {file}", f"{what}.", remedy)


def share_out(tree: nodes.document, wanted: list[Document]) -> list[Share]:
    """Return what of a book stands in each document.

    Raises
    ------
    PressError
        When a document names a page or section that is not there.
    """
    pages, sections = _pages(tree), _sections(tree)
    shares = [_named_share(document, pages, sections) for document in wanted]
    taken = [node for share in shares for node in share.units]
    for document, share in zip(wanted, shares, strict=True):
        if REST in document.pages:
            rest = [node for node in pages.values() if node not in taken]
            outside = [node for other in shares if other is not share for node in other.left_out]
            rest += [node for node in outside if node not in taken and page_of(node) in taken]
            share.units += [node for node in rest if node not in share.left_out]
    return shares


def _named_share(document: Document, pages: dict, sections: dict) -> Share:
    """Return what a document names, in its order, and what it leaves out."""
    share = Share()
    for pattern in document.without:
        share.left_out += _matching(document, pattern, pages, sections)
    for pattern in document.pages:
        found = _matching(document, pattern, pages, sections) if pattern != REST else []
        share.units += [node for node in found if node not in share.units and node not in share.left_out]
    return share


def _matching(document: Document, pattern: str, pages: dict, sections: dict) -> list[nodes.Element]:
    known = sections if "#" in pattern else pages
    found = [node for name, node in known.items() if fnmatchcase(name, pattern)]
    if not found and REST not in pattern:
        raise _fault(document.file, f"there is no {pattern!r}", "Name a page as _toc.yml does, or PAGE#SECTION.")
    return found


def _pages(tree: nodes.document) -> dict[str, nodes.Element]:
    """Return every page of a book by its name, in order."""
    return {tree["docname"]: tree} | {node["docname"]: node for node in tree.findall(addnodes.start_of_file)}


def _sections(tree: nodes.document) -> dict[str, nodes.Element]:
    """Return every section below the title of a page, by the names of page and section."""
    found = [node for node in tree.findall(nodes.section) if isinstance(node.parent, nodes.section)]
    return {f"{page_of(node)['docname']}#{id}": node for node in found for id in node["ids"]}


def page_above(node: nodes.Element) -> nodes.Element | None:
    """Return the page that a page stands below in the contents, or that a section is a part of; None where none is."""
    if isinstance(node, nodes.document):
        return None
    above = page_of(node.parent)
    return None if isinstance(above, nodes.document) and not isinstance(node, nodes.section) else above
