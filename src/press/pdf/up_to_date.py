"""What a PDF was made of the last time, so that it is made again only when that has changed."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from press import project

_PICTURE = re.compile(r'#(?:shown|chart|small-picture)\(("(?:[^"\\]|\\.)*")')


class Place(NamedTuple):
    """Where something stands in a PDF: its page, and points from the left and the top."""

    page: int
    x: float
    y: float


def fingerprint(source: Path, faces: Path, *facts: str) -> str:
    """Return a fingerprint of what a PDF is made of: its source, template, pictures, and type, the press, and facts."""
    text = source.read_text(encoding="utf-8")
    pictures = {source.parent / json.loads(name) for name in _PICTURE.findall(text)}
    files = [source.parent / "template.typ", *sorted(pictures), *sorted(faces.glob("*.ttf"))]
    made = hashlib.sha256("\0".join([str(project.code_version()), text, *facts]).encode())
    for file in files:
        made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()


def places_in(target: Path, record: Path, made_of: str) -> dict[str, Place] | None:
    """Return the places in a PDF, if it still lies there as it was made of the same; else None."""
    if not (record.exists() and target.exists()):
        return None
    known = json.loads(record.read_text(encoding="utf-8"))
    if (known["made_of"], known["pdf"]) != (made_of, _digest(target)):
        return None
    return {label: Place(*at) for label, at in known["places"].items()}


def keep(target: Path, record: Path, made_of: str, places: Mapping[str, Place]) -> None:
    """Note what a PDF was made of."""
    known = {"made_of": made_of, "pdf": _digest(target), "places": places}
    project.write_atomic(record, json.dumps(known).encode())


def _digest(target: Path) -> str:
    return hashlib.sha256(target.read_bytes()).hexdigest()
