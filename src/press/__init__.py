"""How a chapter becomes a page: a few words for authors, and a Sphinx extension for the build.

`press` knows Jupyter Book, Altair and Sphinx; it knows nothing of what the book is about.
"""

import sys

# Optional formats of jsonschema, of which one compiles a grammar for two seconds at import; nothing here validates by them.
for _format in ("rfc3987_syntax", "rfc3986_validator"):
    sys.modules.setdefault(_format, None)

_WORDS = {
    "number": "words",
    "claim": "words",
    "figure": "words",
    "table": "words",
    "spelled": "words",
    "colour": "book",
    "YEARS": "look",
    "POINT": "look",
}
__all__ = [*_WORDS, "setup"]


def __getattr__(name: str):
    """Import a word when it is used: a chapter does not pay for Sphinx, nor the build for the words."""
    if name not in _WORDS:
        raise AttributeError(f"press has no {name!r}; it has {', '.join(_WORDS)}")
    from importlib import import_module

    return getattr(import_module(f"press.{_WORDS[name]}"), name)


def setup(app):
    """Entry point of the Sphinx extension `press`."""
    from press.extension import setup

    return setup(app)
