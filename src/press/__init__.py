"""How a chapter becomes a page: a few words for authors, and a Sphinx extension for the build.

`press` knows Jupyter Book, Altair and Sphinx; it knows nothing of what the book is about.
"""

# What an author imports, and where it is defined.
_API = {
    "number": "api",
    "claim": "api",
    "figure": "api",
    "table": "api",
    "item": "item",
    "spelled": "api",
    "what_if": "what_if",
    "is_what_if": "what_if",
    "read": "display",
    "color": "theme",
    "YEARS": "theme",
    "POINT": "theme",
}
__all__ = [*_API, "setup"]


def __getattr__(name: str):
    """Import a name of the authors' API when it is used: chapters do not pay for Sphinx, the build not for Altair."""
    if name not in _API:
        raise AttributeError(f"press has no {name!r}; it has {', '.join(_API)}")
    from importlib import import_module

    return getattr(import_module(f"press.chapter.{_API[name]}"), name)


def setup(app):
    """Entry point of the Sphinx extension `press`."""
    from press.extension.setup import setup

    return setup(app)
