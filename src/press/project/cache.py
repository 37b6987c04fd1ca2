"""The cache directory: what one build makes and later builds find."""

import hashlib
import os
from pathlib import Path


def cache_directory(root: Path) -> Path:
    """Return the folder of fonts, drawn charts, outputs of chapters, and scripts that are kept between builds."""
    return root / "_build" / ".press"


def cache_path(folder: Path, kind: str, *made_from: str) -> Path:
    """Return the file in `folder` that keeps what was made from these texts, of a kind such as ``"svg"``."""
    return folder / f"{hashlib.sha256(''.join(made_from).encode()).hexdigest()}.{kind}"


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def mark_what_if(root: Path) -> None:
    """Mark a copy of a book's sources as one that is built to see what would change."""
    write_atomic(_mark(root), b"")


def is_what_if(root: Path) -> bool:
    """Tell whether the sources are such a copy: its pages say so, and claims may fail."""
    return _mark(root).exists()


def _mark(root: Path) -> Path:
    return cache_directory(root) / "what-if"
