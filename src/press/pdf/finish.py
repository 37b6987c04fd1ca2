"""What Typst leaves undone in a PDF: names of rows, captions in their figures, facts on the file, compression."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from press.project import write_atomic

_ROW = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def finish(path: Path, facts: dict[str, str]) -> None:
    """Complete a PDF that Typst has written, and pack it; the same file comes out the same.

    Parameters
    ----------
    path : Path
        The PDF.
    facts : dict
        What its metadata tell besides title and author: `rights` and `publisher`; empty ones are left out.
    """
    with pikepdf.open(path) as pdf:
        for element in list(_elements(pdf.Root.StructTreeRoot.K)):
            if element.S == pikepdf.Name.TR and pikepdf.Name.TBody == element.P.S:
                _name_row(element)
            elif pikepdf.Name.Caption == element.S:
                _move_caption(element)
        _tell(pdf, facts)
        pdf.save(
            packed := path.with_suffix(".packed"),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    write_atomic(path, packed.read_bytes())
    packed.unlink()


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
    """Complete the metadata."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["xmpMM:RenditionClass"] = "default"
        if facts.get("rights"):
            metadata["dc:rights"] = facts["rights"]
        if facts.get("publisher"):
            metadata["dc:publisher"] = {facts["publisher"]}
