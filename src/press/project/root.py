"""Where the book lies: the nearest folder that holds `_config.yml`."""

from pathlib import Path

from press.errors import PressError

CONFIG, TOC = "_config.yml", "_toc.yml"


def find_root(start: Path | None = None) -> Path:
    """Return the folder of the book: the nearest one, upward from `start`, that holds `_config.yml`."""
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).exists():
            return folder
    raise PressError(str(start), f"no {CONFIG} here or above.", "Run this inside the book's folder.")


def typed(path: Path) -> str:
    """Return a path as an author would type it: from the folder at hand, if it lies there."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
