"""CSV files of the book, as spreadsheets and programs save them, with errors that name file, line, and way out."""

import csv
import io
from collections.abc import Collection
from pathlib import Path

from press.errors import PressError

_SAVE = "In Excel, save it as “CSV UTF-8”."


def read_rows(path: Path, columns: Collection[str], where: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file; a mark at its beginning (BOM) and either end of lines are no matter.

    Parameters
    ----------
    path : Path
        The file: UTF-8, commas, one line of names.
    columns : collection of str
        Names that must be there.
    where : str
        What an error calls the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PressError(
            where, "the file is missing.", "Put it there, or correct its path in datapackage.json."
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise PressError(f"{where}, line {line}", f"not UTF-8: {_excerpt(error)}.", _SAVE) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = reader.fieldnames or []
    if missing := [name for name in columns if name not in names]:
        raise PressError(f"{where}, line 1", f"no column {missing[0]!r}; it has {_named(names)}.", _remedy(names))
    return [_whole(row, f"{where}, line {reader.line_num}") for row in reader]


def opens_everywhere(path: Path) -> bool:
    """Tell whether a file opens in every program alike: no letters beyond ASCII, or a mark (BOM) that says UTF-8."""
    content = path.read_bytes()
    return content.isascii() or content.startswith(b"\xef\xbb\xbf")


def _excerpt(error: UnicodeDecodeError) -> str:
    line = error.object[: error.start].rpartition(b"\n")[2] + error.object[error.start :].partition(b"\n")[0]
    return f"“{line[:60].decode('utf-8', 'backslashreplace').strip()}”"


def _named(names: Collection[str]) -> str:
    return ", ".join(repr(name) for name in names) if names else "none"


def _remedy(names: Collection[str]) -> str:
    for sign, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and sign in next(iter(names)):
            return f"Its columns are separated by {word}: save it with commas."
    return "Correct the name there, or in datapackage.json."


def _whole(row: dict, where: str) -> dict[str, str]:
    """Return a row that has as many fields as there are names."""
    if None in row or None in row.values():
        raise PressError(
            where, "the row has more or fewer fields than the first line has names.", "Quote fields with commas."
        )
    return row
