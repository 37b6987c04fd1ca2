"""Highlighting of code: each piece is highlighted once and kept in the cache directory."""

import re
from pathlib import Path
from typing import cast

import pygments
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.highlighting import PygmentsBridge

from press import project, state

_OF_IPYTHON = re.compile(r"^\s*(?:[%!?]|>>>)|=\s*[%!]|\?\s*$", re.M)  # magics, shell lines, help


class CachedHighlighter(PygmentsBridge):
    """Sphinx's highlighter, with a cache on the disk.

    Parameters
    ----------
    bridge : PygmentsBridge
        The highlighter that the builder has set up.
    folder : Path
        Of the cache.
    run : BuildState
        What is highlighted with a warning is not kept, so that the next build warns again.
    """

    def __init__(self, bridge: PygmentsBridge, folder: Path, run: state.BuildState):
        self.__dict__.update(bridge.__dict__)
        self.folder, self.run = folder, run

    def highlight_block(self, source, lang, opts=None, force=False, location=None, **kwargs) -> str:
        """Return the source as HTML, highlighted."""
        key = repr((pygments.__version__, source, lang, opts, force, sorted(kwargs.items())))
        path = project.cache_path(self.folder, "html", key)
        if path.exists():
            return path.read_text(encoding="utf-8")
        before = len(self.run.warnings)
        if lang == "ipython3" and not _OF_IPYTHON.search(source):
            lang = "python3"  # colors the same in two thirds of the time
        highlighted = super().highlight_block(source, lang, opts, force, location, **kwargs)
        if len(self.run.warnings) == before:
            project.write_atomic(path, highlighted.encode())
        return highlighted


def cache_highlighting(app: Sphinx) -> None:
    """Let the builder highlight each piece of code once."""
    builder = cast(StandaloneHTMLBuilder, app.builder)
    builder.highlighter = CachedHighlighter(builder.highlighter, state.cache_directory(app) / "code", state.build(app))
