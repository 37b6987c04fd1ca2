"""Source files as their publishers or transcribers left them, and what their cells have been read as."""

import calendar
import csv
import json
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from alliance.collect import registry
from alliance.schema import DataError

#: The folder with the source files.
Folder = Path | str
#: Column: {key of the row: (value expected there, value put in its place)}.
Corrections = Mapping[str, Mapping[Any, tuple[Any, Any]]]

Reading = TypeVar("Reading")

# Rows found after the source files were made, one file per table, in the table's own columns.
ADDITIONS = Path(__file__).parent / "additions"

# Cells of source files that were found wrong or incomplete, one file per table.
CORRECTIONS = Path(__file__).parent / "corrections"

# While tables are collected: the files that the registry lists. None elsewhere, so that a part can be tried out.
_LISTED: ContextVar[Mapping[str, registry.Source] | None] = ContextVar("listed", default=None)

# How the source files word their confidence, and the book's five grades.
CONFIDENCE = {
    "one-source": "one source",
    "one-source (MND)": "one source",
    "two-sources": "two sources",
    "two-sources (both MND)": "two sources, same publisher",
    "two-sources (same origin)": "two sources, same origin",
    "computed (no stored page states it)": "computed",
}

# Text copies of the Defense and Diplomatic White Papers, pinned to the commit that holds them.
TEXT_COPIES = (
    "https://github.com/jandresgannon/militarydoctrines/blob/bb8b814f3369d2cf02cf3d10a83afbc8f0427a26"
    "/content/data_copy/txt_files/southkorea_{}.txt"
)


@contextmanager
def verified(listed: Mapping[str, registry.Source]) -> Iterator[None]:
    """Let `read` and `read_json` accept only files with the bytes that the registry lists."""
    token = _LISTED.set(listed)
    try:
        yield
    finally:
        _LISTED.reset(token)


def typed(name: str) -> bool:
    """Say whether a source file was typed from a page, by the registry.

    Parameters
    ----------
    name : str
        File name in the folder of source files.
    """
    return (_LISTED.get() or registry.sources())[name].transcribed == "true"


def text_copy(name: str) -> str:
    """Give the address of a White Paper's text copy, such as ``2022_DefenseWhitePaper``."""
    return TEXT_COPIES.format(name)


def read(folder: Folder, name: str, columns: Mapping[str, type]) -> pd.DataFrame:
    """Read some columns of a source file, checked and converted.

    Parameters
    ----------
    folder : path
        Folder with the source files.
    name : str
        File name inside it, such as ``"security/sma_agreements_1_to_12.csv"``.
    columns : dict
        Column of the file: ``str``, ``int`` or ``float``. An empty number is missing and only
        allowed for ``float``; an empty text stays an empty text.

    Raises
    ------
    DataError
        The file or a column is missing, the file is not a CSV, or a number is none.
    """
    path = _existing(folder, name)
    if Path(folder) in (ADDITIONS, CORRECTIONS):
        name = f"{Path(folder).name}/{name}"
    texts = _texts(path, name)
    missing = [column for column in columns if column not in texts]
    if missing:
        raise DataError(
            f"{name}, row 1",
            f"missing {', '.join(missing)}",
            f"the file has the columns {', '.join(columns)}.",
            "get the file anew, correct it where it is ours, or adapt its module in alliance.collect.",
        )
    frame = pd.DataFrame({column: _converted(texts[column], kind, name) for column, kind in columns.items()})
    frame.attrs["file"] = name
    return frame


def read_json(folder: Folder, name: str) -> Any:
    """Read a source file that is JSON.

    Parameters
    ----------
    folder : path
        Folder with the source files.
    name : str
        File name inside it.

    Raises
    ------
    DataError
        The file is missing, or is not JSON.
    """
    path = _existing(folder, name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(name, f"not JSON: {error}", "the source file is UTF-8 JSON.", "get the file anew.") from None


def _existing(folder: Folder, name: str) -> Path:
    path = Path(folder) / name
    if not path.is_file():
        raise DataError(
            str(path),
            "the source file is missing",
            "--from names the folder that holds all source files.",
            "add the file, or name another folder.",
        )
    if (listed := _LISTED.get()) and Path(folder) not in (ADDITIONS, CORRECTIONS):
        registry.verify(name, path.read_bytes(), listed)
    return path


def _texts(path: Path, name: str) -> pd.DataFrame:
    """Read the cells of a CSV file as texts, every row as long as the header."""
    rule, remedy = "source files are UTF-8 CSV with a header.", "get the file anew, or correct it where it is ours."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = list(csv.reader(file, strict=True)) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(name, f"not readable as CSV ({error})", rule, remedy) from None
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(header):
            problem = f"the row has {len(cells)} cells, not {len(header)}"
            raise DataError(f"{name}, row {number}", problem, rule, remedy)
    return pd.DataFrame(rows, columns=header, dtype="str")


def _converted(texts: pd.Series, kind: type, name: str) -> pd.Series:
    if kind is str:
        return texts
    values = pd.to_numeric(texts.replace("", None), errors="coerce")
    wrong = values.isna() & ((texts != "") | (kind is int))
    if kind is int:
        wrong |= values % 1 != 0
    if wrong.any():
        row = int(wrong.argmax())
        raise DataError(
            f"{name}, row {row + 2}, column {texts.name}",
            f'"{texts.iloc[row]}" is not a {"whole " * (kind is int)}number',
            "numbers are plain decimal numbers.",
            "get the file anew, or decide on a correction in its module in alliance.collect.",
        )
    return values.astype(kind)


def stated(folder: Folder, name: str, column: str, otherwise: str) -> str:
    """Read what a file that was fetched says of its edition in each row of one column.

    Parameters
    ----------
    folder, name : path, str
        As for `read`, which has read the file before.
    column : str
        The column, which only files that were fetched have.
    otherwise : str
        What holds of the copy that was read before.
    """
    with (Path(folder) / name).open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file)).get(column, otherwise)


def reading(text: str, readings: Mapping[str, Reading], place: str) -> Reading:
    """Look up what a cell of a source file has been read as.

    Parameters
    ----------
    text : str
        The cell.
    readings : dict
        The known cells of that column, each with its reading, decided by hand.
    place : str
        File and column, for the message.

    Raises
    ------
    DataError
        The cell is not one of those decided on: the source file has changed.
    """
    if text in readings:
        return readings[text]
    raise DataError(
        place,
        f'"{text}" is not a text this column was known to hold',
        "every reading of the source is decided by hand.",
        "read the new text and add it to the readings in this module.",
    )


def readings(frame: pd.DataFrame, column: str, known: Mapping[str, Reading]) -> list[Reading]:
    """Look up what each cell of a source file's column has been read as, by `reading`.

    Parameters
    ----------
    frame : DataFrame
        From `read`, or rows of it.
    column : str
        The column to read.
    known : dict
        Its known cells, each with its reading.

    Returns
    -------
    list
        One reading per row.
    """
    return [reading(text, known, f"{frame.attrs['file']}, column {column}") for text in frame[column]]


def correct(frame: pd.DataFrame, corrections: Corrections, *key: str) -> pd.DataFrame:
    """Correct named cells in a copy of a source file.

    Parameters
    ----------
    frame : DataFrame
        From `read`.
    corrections : dict of dict
        Column: {key of the row: (value expected there, value put in its place)}; where several columns identify a row,
        its key has a text for each.
    *key : str
        Columns that together identify the row.

    Raises
    ------
    DataError
        The source no longer holds an expected value: the correction has had its day.
    """
    frame = frame.copy()
    texts = frame[list(key)].astype(str)
    for column, cells in corrections.items():
        for row, (expected, value) in cells.items():
            place = dict(zip(key, row if isinstance(row, tuple) else (row,), strict=True))
            found = frame.loc[(texts == {name: str(cell) for name, cell in place.items()}).all(axis=1), column]
            if list(found) != [expected]:
                raise DataError(
                    f"{frame.attrs['file']}, {', '.join(f'{name} {cell}' for name, cell in place.items())}, "
                    f"column {column}",
                    f"{list(found)} is not the expected [{expected!r}]",
                    "a correction applies to the value it was decided for.",
                    "remove the correction if the source has been mended, else decide again.",
                )
            frame.loc[found.index, column] = value
    return frame


def corrections(table: str, *key: str) -> Corrections:
    """Read the corrections of a table: what stands in the source file, and what is put in its place.

    Parameters
    ----------
    table : str
        Its name; ``corrections/<table>.csv`` holds a row for each cell, with the columns of the key,
        ``column``, ``there``, and ``here``.
    *key : str
        Columns that together identify a row, as for `correct`.
    """
    rows = read(CORRECTIONS, f"{table}.csv", dict.fromkeys([*key, "column", "there", "here"], str))
    cells: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
    for row in rows.to_dict("records"):
        cells.setdefault(row["column"], {})[tuple(row[name] for name in key)] = (row["there"], row["here"])
    return cells


def american(texts: pd.Series) -> pd.Series:
    """Return texts that were written for a source file, in the spelling and with the dates of the tables."""
    days = {rf"\b(\d{{1,2}}) {month[:3]}[a-z]* (\d{{4}})\b": rf"{month} \1, \2" for month in calendar.month_name[1:]}
    words = {"defence": "defense", "initialled": "initialed", "licence": "license"}  # codespell:ignore
    return texts.replace(days | words, regex=True)


def without_shelf_marks(texts: pd.Series) -> pd.Series:
    """Return titles of sources without the marks that say only where our copy lay."""
    marks = r" \(stored index id \d+, repository not named\)| \(ids [\d, ]+\), repositories not named| id \d{9,}"
    return texts.replace({marks: "", "stored text": "a text"}, regex=True)


class Superseded(UserWarning):
    """A row that was found later stands in the source files by now."""


def with_additions(frame: pd.DataFrame, table: str, until_published: Sequence[str] = ()) -> pd.DataFrame:
    """Add to a tidy table the rows that were found after its source files were made.

    Parameters
    ----------
    frame : DataFrame
        The table from its source files, in its final columns.
    table : str
        Its name; ``additions/<table>.csv`` holds the further rows. A row that the source files hold
        as well is refused as a duplicate key when the table is written.
    until_published : sequence of str, optional
        Columns of the key, where the rows stand in only until the publisher has them: its own then take their place,
        and a warning names the rows to delete.
    """
    numbers: dict[str, type] = {"i": int, "f": float}
    kinds = {str(column): numbers.get(values.dtype.kind, str) for column, values in frame.items()}
    added = read(ADDITIONS, f"{table}.csv", kinds)
    if until_published:
        keys = pd.MultiIndex.from_frame(added[list(until_published)])
        held = keys.isin(pd.MultiIndex.from_frame(frame[list(until_published)]))
        if held.any():
            first = " ".join(map(str, keys[held][0]))
            text = f"additions/{table}.csv: its publisher has {held.sum()} rows now, first {first}; delete them"
            warnings.warn(text, Superseded, stacklevel=2)
        added = added[~held]
    return pd.concat([frame, added], ignore_index=True)
