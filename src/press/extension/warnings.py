"""Warnings and problems of the build: a book with one is not published."""

import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx.util.logging import get_node_location

from press.errors import combined, place, with_remedy

_UNUSED = ("[sphinx-thebe]",)  # extensions that Jupyter Book loads by itself, and whose scripts no page carries


class WarningCollector(logging.Handler):
    """A log handler that adds the text of every warning, with its place and a remedy, to a list.

    Parameters
    ----------
    root : Path
        The book's folder.
    texts : list of str
        The list: what is in it stops the build.
    stops : bool
        Whether warnings stop the build; otherwise they are only told.
    """

    def __init__(self, root: Path, texts: list[str], stops: bool = True):
        super().__init__(logging.WARNING)
        self.root, self.texts = root, texts
        self.stops, self.told, self.process = stops, set[str](), os.getpid()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning."""
        message = _said(record)
        if any(name in message for name in _UNUSED) or os.getpid() != self.process:  # a fork's are handed over
            return
        where = _place_of(getattr(record, "location", None))
        self.take(with_remedy(f"{where}: {message}".replace(f"{self.root}/", "")))

    def take(self, text: str) -> None:
        """Keep a warning, or tell it."""
        if not self.stops:
            self._tell(text)
        elif text not in self.texts:
            self.texts.append(text)

    def _tell(self, text: str) -> None:
        if text not in self.told:
            self.told.add(text)
            print(f"Warning: {text}", file=sys.stderr, flush=True)


def _said(record: logging.LogRecord) -> str:
    """Return a message alone: Sphinx's own records, and those handed over by a fork, have place and level before it."""
    message = logging.LogRecord.getMessage(record)
    where = re.escape(str(getattr(record, "location", None)))
    return re.sub(rf"^(?:{where}: )?(?:WARNING|ERROR|CRITICAL): ", "", message)


def _place_of(location: nodes.Node | tuple | str | None) -> str:
    """Return where a warning comes from; Sphinx's loggers say it in four ways."""
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    if isinstance(location, tuple):
        location = ":".join(str(part or "") for part in location)
    path, _, line = (location or "the book:").rpartition(":")
    return place(path, int(line)) if line.isdigit() else f"{path}{line}"


def stop_on_warnings(texts: Sequence[str]) -> None:
    """Raise one error for all warnings, if there are any."""
    if texts:
        raise combined(texts)
