"""JSON files of the book, with errors that name file and line."""

import json
from pathlib import Path

from press.errors import PressError
from press.project.root import typed


def read_json(path: Path, remedy: str) -> dict:
    """Read a JSON file; an error names the file and line, and ends with `remedy`."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PressError(typed(path), "the file is missing.", remedy) from None
    except json.JSONDecodeError as error:
        raise PressError(f"{typed(path)}, line {error.lineno}", f"not valid JSON: {error.msg}.", remedy) from None
