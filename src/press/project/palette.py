"""The colors of the book, from `book/palette.json`, or those that the press brings along."""

from functools import cache
from pathlib import Path

from press.errors import PressError
from press.project.json_file import read_json
from press.project.root import find_root

_DEFAULT = Path(__file__).parents[1] / "theme" / "palette.json"


@cache
def load_palette(root: Path) -> dict:
    """Return the colors of the book, `{"page": {name: {"light", "dark"}}, "chart": {…}}`, from `book/palette.json`.

    A book that has none gets the press's own.
    """
    own = root / "book" / "palette.json"
    return read_json(own if own.exists() else _DEFAULT, "Compare it with the palette in press/theme.")


def color(name: str) -> str:
    """Return the hex value of a chart color, by its name in `book/palette.json` (`"ink"`, `"muted"` …)."""
    colors = load_palette(find_root())
    known = colors["chart"] | colors["page"]
    if name not in known:
        raise PressError("book/palette.json", f"no color {name!r}.", f"Choose one of {', '.join(known)}.")
    return known[name]["light"]
