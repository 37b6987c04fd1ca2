"""What Typst leaves undone in a PDF: names of rows, captions in figures, words for links, metadata, compression."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from press.pdf.up_to_date import Place
from press.project import write_atomic

_ROW = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
_INLINE = frozenset({"/Span", "/Strong", "/Em", "/Link", "/Code", "/Formula", "/Reference"})
_OWNERS = frozenset({"/Figure", "/Table"})  # of captions
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
        _tidy(pdf.Root.StructTreeRoot, "", words=False)
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


def _tidy(element: Any, kind: str, words: bool) -> None:
    """Name the rows below an element, put captions where they belong, and let divisions be what they hold.

    A division of words is a paragraph; what is empty is left out. All in one walk: to touch an element takes long.

    Parameters
    ----------
    element : pikepdf.Object
        An element of the structure.
    kind : str
        What it is, "/TBody" for one.
    words : bool
        Whether it stands in a paragraph, a heading, or a link, where a division is a piece of these.
    """
    for kid in _kids(element):
        kid_kind = str(kid.S)
        if kid_kind == "/TR" and kind == "/TBody":
            _name_row(kid)
        elif kid_kind == "/Div":
            kid_kind = _settle_division(kid, words)
        _tidy(kid, kid_kind, words or kid_kind in _HOLD_WORDS)
        if kid_kind == "/Caption" and kind not in _OWNERS:
            _move_caption(kid, element)
        elif kid_kind in _NOTHING_ALONE and _is_empty(kid):
            element.K = pikepdf.Array([other for other in _all_kids(element) if other != kid])


def _settle_division(division: Any, words: bool) -> str:
    """Let a division be what it holds; return its kind."""
    if words:
        division.S = pikepdf.Name.Span
    elif "/K" in division and all(str(kid.S) in _INLINE for kid in _kids(division)):
        division.S = pikepdf.Name.P
    return str(division.S)


def _is_empty(element: Any) -> bool:
    inside = element.get("/K")
    nothing = inside is None or (isinstance(inside, pikepdf.Array) and not len(inside))
    return nothing and not {"/Alt", "/ActualText"} & set(element.keys())


def _all_kids(element: Any) -> list[Any]:
    """Return what stands directly below an element: elements, and marks of what is on the page."""
    inside = element.get("/K", [])
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def _kids(element: Any) -> list[Any]:
    """Return the elements directly below one."""
    return [kid for kid in _all_kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


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


def _elements(element: Any) -> Iterator[Any]:
    """Yield the elements of the structure below one, in the order in which they are read."""
    for kid in _kids(element):
        yield kid
        yield from _elements(kid)


def _name_row(row: Any) -> None:
    """Let the first cell of a row of several be its header."""
    cells = [cell for cell in row.K if isinstance(cell, pikepdf.Dictionary)]
    if len(cells) > 1 and cells[0].S == pikepdf.Name.TD:
        cells[0].S = pikepdf.Name.TH
        cells[0].A = pikepdf.Array([*cells[0].get("/A", []), _ROW])


def _move_caption(caption: Any, around: Any) -> None:
    """Put a caption into the figure or table that stands beside it."""
    owner = next((each for each in _elements(around) if str(each.S) in _OWNERS), None)
    if owner is None:
        return
    around.K = pikepdf.Array([kid for kid in _all_kids(around) if kid != caption])
    owner.K = pikepdf.Array([caption, *_all_kids(owner)])
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
