"""What Typst leaves undone in a PDF: names of rows, captions in figures, words for links, metadata, compression."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from press.pdf.kept import Place
from press.project import write_atomic

_ROW = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
_INLINE = frozenset({"/Span", "/Strong", "/Em", "/Link", "/Code", "/Formula", "/Reference"})
_NOTHING_ALONE = frozenset({"/Lbl", "/P", "/Div", "/Span"})
_HOLD_WORDS = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Link", "/Lbl", "/Caption"})
_ABOVE = 10.0  # points: so far above a place Typst lets a link end


def finish(path: Path, facts: dict[str, str], names: Mapping[Place, str] | None = None) -> None:
    """Complete a PDF that Typst has written, and pack it; the same file comes out the same.

    Parameters
    ----------
    path : Path
        The PDF.
    facts : dict
        What its metadata tell besides title and author: `rights` and `publisher`; empty ones are left out.
    names : dict, optional
        What stands at places that links lead to: it describes the links.
    """
    with pikepdf.open(path) as pdf:
        for element in list(_elements(pdf.Root.StructTreeRoot.K)):
            if element.S == pikepdf.Name.TR and pikepdf.Name.TBody == element.P.S:
                _name_row(element)
            elif pikepdf.Name.Caption == element.S:
                _move_caption(element)
        _tidy(pdf.Root.StructTreeRoot.K, words=False)
        _describe_links(pdf, names or {})
        _tell(pdf, facts)
        pdf.save(
            packed := path.with_suffix(".packed"),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    write_atomic(path, packed.read_bytes())
    packed.unlink()


def _tidy(element: Any, words: bool) -> None:
    """Let divisions be what they hold: a paragraph, where that is words; and leave out what is empty.

    Parameters
    ----------
    element : pikepdf.Object
        An element of the structure, or an array of such.
    words : bool
        Whether it stands in a paragraph, a heading, or a link, where a division is a piece of these.
    """
    for kid in _kids(element):
        name = str(kid.S)
        if name == "/Div":
            if words:
                kid.S = pikepdf.Name.Span
            elif "/K" in kid and all(str(other.S) in _INLINE for other in _kids(kid)):
                kid.S = pikepdf.Name.P
        _tidy(kid, words or name in _HOLD_WORDS or kid.S == pikepdf.Name.P)
        if str(kid.S) in _NOTHING_ALONE and _is_empty(kid):
            inside = element.K
            beside = inside if isinstance(inside, pikepdf.Array) else [inside]
            element.K = pikepdf.Array([other for other in beside if other != kid])


def _is_empty(element: Any) -> bool:
    inside = element.get("/K")
    nothing = inside is None or (isinstance(inside, pikepdf.Array) and not len(inside))
    return nothing and not {"/Alt", "/ActualText"} & set(element.keys())


def _kids(element: Any) -> list[Any]:
    """Return the elements directly below one."""
    inside = element if isinstance(element, pikepdf.Array) else element.get("/K", [])
    all_kids = inside if isinstance(inside, pikepdf.Array) else [inside]
    return [kid for kid in all_kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _describe_links(pdf: pikepdf.Pdf, names: Mapping[Place, str]) -> None:
    """Say of each link within a PDF what stands where it leads, and on which page."""
    height = float(pdf.pages[0].mediabox[3])
    pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    known = {(at.page, round(at.x), round(height - max(at.y - _ABOVE, 0))): name for at, name in names.items()}
    known = {_end(pages, target): title for title, target in _outlined(pdf)} | known
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            if isinstance(link.get("/Dest"), pikepdf.Array):
                name, number = known.get(_end(pages, link.Dest)), pages[link.Dest[0].objgen]
                link.Contents = pikepdf.String(f"{name}, page {number}" if name else f"page {number}")


def _end(pages: Mapping[Any, int], target: Any) -> tuple[int, int, int]:
    """Return where a link ends: the number of the page, and points from its left and foot."""
    return pages[target[0].objgen], round(float(target[2])), round(float(target[3]))


def _outlined(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield title and place of each heading in the outline."""
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
    while waiting:
        item = waiting.pop()
        waiting += item.children
        if isinstance(item.destination, pikepdf.Array):
            yield item.title, item.destination


def _elements(kids: Any) -> Iterator[Any]:
    """Yield the elements of the structure below one, in the order in which they are read."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid.get("/K", pikepdf.Array()))


def _name_row(row: Any) -> None:
    """Let the first cell of a row of several be its header."""
    cells = [cell for cell in row.K if isinstance(cell, pikepdf.Dictionary)]
    if len(cells) > 1 and cells[0].S == pikepdf.Name.TD:
        cells[0].S = pikepdf.Name.TH
        cells[0].A = pikepdf.Array([*cells[0].get("/A", []), _ROW])


def _move_caption(caption: Any) -> None:
    """Put a caption into the figure or table that stands beside it."""
    around = caption.P
    found = (each for each in _elements(around.K) if each.S in (pikepdf.Name.Figure, pikepdf.Name.Table))
    owner = next(found, None)
    if owner is None or around.S in (pikepdf.Name.Figure, pikepdf.Name.Table):
        return
    around.K = pikepdf.Array([kid for kid in around.K if kid != caption])
    inside = owner.get("/K", pikepdf.Array())
    owner.K = pikepdf.Array([caption, *(inside if isinstance(inside, pikepdf.Array) else [inside])])
    caption.P = owner


def _tell(pdf: pikepdf.Pdf, facts: dict[str, str]) -> None:
    """Complete the metadata; what is not suspect need not be said, and some readers stumble at it."""
    if "/Suspects" in pdf.Root.MarkInfo and not pdf.Root.MarkInfo.Suspects:
        del pdf.Root.MarkInfo.Suspects
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["xmpMM:RenditionClass"] = "default"
        if facts.get("rights"):
            metadata["dc:rights"] = facts["rights"]
        if facts.get("publisher"):
            metadata["dc:publisher"] = {facts["publisher"]}
