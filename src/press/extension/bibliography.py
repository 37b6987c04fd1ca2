"""The bibliography: each entry is set once, though it is asked for at every citation and by every builder."""

from typing import ClassVar

from pybtex.plugin import find_plugin, register_plugin
from sphinx.application import Sphinx
from sphinx.config import Config

from press import state

_GROUP = "pybtex.style.formatting"


class CachedEntries:
    """A mixin for pybtex styles that sets an entry once, and after that only gives it back."""

    entries: ClassVar[dict] = {}  # those of the book that is built, see `use_kept_entries`

    def format_entry(self, label, entry, bib_data=None):
        """Return the entry as the style sets it; one that was set before is not set again."""
        key = type(self).__qualname__, label, repr(entry)
        if key not in self.entries:
            self.entries[key] = super().format_entry(label, entry, bib_data)  # type: ignore[misc]
        return self.entries[key]


def cache_style(app: Sphinx, config: Config) -> None:
    """Register the style that the book has chosen, with a cache, and with the plugins it would look up every time.

    pybtex looks through all installed packages for a plugin that is not registered.
    """
    if "bibtex_default_style" not in config:  # a book without a bibliography
        return
    style = find_plugin(_GROUP, config.bibtex_default_style)
    if issubclass(style, CachedEntries):
        return
    plugins = {
        f"default_{kind}_style": find_plugin(f"pybtex.style.{group}", getattr(style, f"default_{kind}_style"))
        for kind, group in (("name", "names"), ("label", "labels"), ("sorting", "sorting"))
    }
    cached = type(style.__name__, (CachedEntries, style), plugins)
    register_plugin(_GROUP, config.bibtex_default_style, cached, force=True)
    for backend in ("docutils", "plaintext"):
        register_plugin("pybtex.backends", backend, find_plugin("pybtex.backends", backend), force=True)


def use_kept_entries(app: Sphinx) -> None:
    """Let the style find the entries that an earlier build has set; they are kept with Sphinx's environment."""
    CachedEntries.entries = state.book(app.env).bibliography
