"""The shapes of answers that several publishers share: JSON, CSV, workbooks."""

import csv
import itertools
import json
import math
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl  # type: ignore[import-untyped]
import pandas as pd

from alliance.collect import archives
from alliance.schema import DataError

RULE = "the answer has the form that its publisher describes."
REMEDY = "look at the answer; where the publisher changed its form, adapt alliance.collect.forms."
# So begins a Stata file.
STATA = b"<stata_dta>"


class Answer(NamedTuple):
    """What one address gave: its bytes, or the file that holds them where they are too many for the memory."""

    address: str
    content: bytes
    file: Path | None = None


def bad(address: str, problem: str) -> DataError:
    """Word what is wrong with an answer."""
    return DataError(address, problem, RULE, REMEDY)


def text(answer: Answer) -> str:
    """Decode an answer that has to be UTF-8."""
    if answer.content.startswith(b"PK\x03\x04"):
        raise bad(answer.address, "it is a workbook or an archive, and no text")
    try:
        return answer.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise bad(answer.address, f"byte 0x{answer.content[error.start]:02x} is not UTF-8") from None


def parsed(answer: Answer, whose: str) -> Any:
    """Read an answer that has to be JSON."""
    try:
        return json.loads(text(answer), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise bad(answer.address, f"not {whose} JSON ({type(error).__name__}: {error})") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of names that stand once each; otherwise nobody knows which of the values counts."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a name stands twice among {', '.join(found)}")
    return found


def records(answer: Answer, whose: str, *columns: str) -> list[dict[str, str]]:
    """Read an answer that has to be CSV, or a Stata file, with some columns, as one dict for each row."""
    try:
        header, *lines = _stata(answer) if answer.content.startswith(STATA) else _lines(answer)
        found = [dict(zip(header, line, strict=True)) for line in lines if line]
    except (ValueError, csv.Error) as error:
        raise bad(answer.address, f"not {whose} CSV ({error})") from None
    missing = [column for column in columns if header.count(column) != 1]
    if missing:
        raise bad(
            answer.address, f"not {whose} CSV (its columns are {', '.join(header)}, without {', '.join(missing)})"
        )
    return found


def _lines(answer: Answer) -> list[list[str]]:
    """Read the lines of a CSV file; what begins with # before its header is a remark."""
    lines = itertools.dropwhile(lambda line: line.startswith("#"), StringIO(text(answer)))
    return list(csv.reader(lines, strict=True))


def _stata(answer: Answer) -> list[list[str]]:
    """Read the names and the cells of a Stata file; a number of four bytes holds seven digits."""
    try:
        frame = pd.read_stata(BytesIO(answer.content), convert_categoricals=False)
    except Exception as error:  # whatever the reader of such files stumbles over
        raise bad(answer.address, f"it is no sound Stata file ({type(error).__name__})") from None
    cells = [_cells(values) for _, values in frame.items()]
    return [list(frame), *map(list, zip(*cells, strict=True))]


def _cells(values: pd.Series) -> list[str]:
    digits = ".7g" if values.dtype == "float32" else ""
    return ["" if pd.isna(value) else format(value, digits) for value in values]


def sheet(answer: Answer, name: str = "") -> list[list[Any]]:
    """Read the cells of one sheet of a workbook; of its first where none is named."""
    archives.check(answer.content, answer.address)
    try:
        book = openpyxl.load_workbook(BytesIO(answer.content), read_only=True, data_only=True)
        if name and name not in book.sheetnames:
            raise bad(answer.address, f"the workbook has the sheets {', '.join(book.sheetnames)}, not {name}")
        return [list(row) for row in (book[name] if name else book.worksheets[0]).iter_rows(values_only=True)]
    except DataError:
        raise
    except Exception as error:  # whatever the reader of workbooks stumbles over
        raise bad(answer.address, f"it is no sound workbook ({type(error).__name__})") from None


def number(value: Any) -> float | None:
    """Give back a number of JSON, or nothing; refuse what only looks like one."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return value


def csv_bytes(header: list[str], rows: Iterable[Iterable[Any]]) -> bytes:
    """Write the CSV of a source file."""
    file = StringIO()
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return file.getvalue().encode("utf-8")
