"""The registry of source files: whose they are, where to get them, on what terms, and which bytes were read.

``registry.csv`` has one row for each file. Its columns:

* ``file``, ``tables``: the name in the folder of source files, and what is made from it
* ``publisher``, ``page``: who publishes the figures, and where a reader finds them
* ``interface``, ``form``, ``key``: the address for machines, or several with blanks between them; how its answer
  becomes the file; the environment variable with the key that it asks for. ``{2013..}`` in an address stands for each
  year from 2013 to the present one, ``{..}`` for the present one alone; an address of a list of files ends with ``#``
  and a pattern of the name wanted, one that is asked by POST with ``#`` and the JSON that is sent to it.
  ``large 4000000000 FORM`` is the form of an answer that may have so many bytes
* ``by_hand``, ``searched``: why no form can be had (empty where there is one), and the day on which somebody last
  looked for newer figures
* ``copy``: the public copy that was read instead of the publisher's own file
* ``sha256``, ``retrieved``: the bytes, and the day on which they were read
* ``terms``, ``cadence``, ``transcribed``: the page with the terms, how often a newer one appears, and whether the file
  was typed from a page
"""

import csv
import hashlib
import re
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from alliance.schema import DataError

#: The list itself.
REGISTRY = Path(__file__).parent / "registry.csv"
SHA256 = re.compile("[0-9a-f]{64}")
# Stands in an address for each year from this one on.
YEARS = re.compile(r"\{(\d{4})\.\.\}")
# Stands in an address for the present year.
THIS_YEAR = "{..}"
LARGE = re.compile(r"large (\d+) ")
# A year in the path of an address is that of an edition.
EDITION = re.compile(r"(?<![\d{])(?:19|20)\d\d(?!\d)")


class Source(NamedTuple):
    """One row of the registry; all cells are texts."""

    file: str
    tables: str
    publisher: str
    page: str
    interface: str
    form: str
    key: str
    by_hand: str
    searched: str
    copy: str
    sha256: str
    retrieved: str
    terms: str
    cadence: str
    transcribed: str


def sources(path: Path = REGISTRY) -> dict[str, Source]:
    """Read the registry: name of each source file, and its row.

    Raises
    ------
    DataError
        The registry is not what `csv_bytes` writes, or a row of it is spoilt.
    """
    try:
        text = path.read_text(encoding="utf-8")
        header, *rows = csv.reader(StringIO(text), strict=True)
    except (OSError, ValueError, csv.Error) as error:
        raise _bad(path.name, f"it cannot be read ({error})") from None
    if tuple(header) != Source._fields or not text.endswith("\n"):
        raise _bad(path.name, "its header has other columns, or its last line no end")
    found: dict[str, Source] = {}
    for number, cells in enumerate(rows, start=2):
        if len(cells) != len(header):
            raise _bad(f"{path.name}, row {number}", f"the row has {len(cells)} cells, not {len(header)}")
        source = Source(*cells)
        if source.file in found or not (
            SHA256.fullmatch(source.sha256) and _are_days(source.retrieved, source.searched)
        ):
            raise _bad(f"{path.name}, row {number} ({source.file})", "it stands twice, or its SHA-256 or a day is none")
        found[source.file] = source
    return found


def _are_days(*texts: str) -> bool:
    try:
        return all(date.fromisoformat(text).isoformat() == text for text in texts)
    except ValueError:
        return False


def _bad(place: str, problem: str) -> DataError:
    return DataError(
        place, problem, f"the columns are {', '.join(Source._fields)}.", "restore registry.csv, or mend the row."
    )


def addresses(source: Source) -> list[str]:
    """List the addresses to ask for one source file, with years filled in."""
    found, present = [], date.today().year
    for address in source.interface.replace(THIS_YEAR, str(present)).split():
        first = YEARS.search(address)
        years = range(int(first[1]), present + 1) if first else [0]
        found += [YEARS.sub(str(year), address) for year in years]
    return found


def largest(source: Source) -> int:
    """Give the limit in bytes of an answer that may be larger than others, and is asked for by name alone; else 0."""
    found = LARGE.match(source.form)
    return int(found[1]) if found else 0


def edition(source: Source) -> str:
    """Name the edition that the address of a source file is of, by its last year; nothing where it is of none."""
    paths = [urlsplit(address).path for address in source.interface.split()]
    return max((year for path in paths for year in EDITION.findall(path)), default="")


def of_table(table: str, listed: Mapping[str, Source]) -> list[Source]:
    """Find the source files of a table."""
    return [source for source in listed.values() if table in source.tables.split()]


def read_by_machine(listed: Mapping[str, Source]) -> set[str]:
    """Name the tables with a source file that nobody typed."""
    return {table for source in listed.values() if source.transcribed == "false" for table in source.tables.split()}


def csv_bytes(listed: Mapping[str, Source]) -> bytes:
    """Write the registry as the bytes of its file."""
    lines = [Source._fields, *(listed[file] for file in sorted(listed))]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines).encode("utf-8")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell


def sha256(content: bytes) -> str:
    """Compute the SHA-256 of a source file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def newer(folder: Path | str, listed: Mapping[str, Source]) -> dict[str, Source]:
    """List the files of a folder with their present bytes, those that changed as retrieved today."""
    found = {name: Path(folder) / name for name in listed}
    sums = {name: sha256(path.read_bytes()) for name, path in found.items() if path.is_file()}
    today = date.today().isoformat()
    return {
        name: source._replace(sha256=sums[name], retrieved=today, searched=today)
        if sums.get(name, source.sha256) != source.sha256
        else source
        for name, source in listed.items()
    }


def verify(name: str, content: bytes, listed: Mapping[str, Source]) -> None:
    """Refuse a source file that is not the one that was read before.

    Parameters
    ----------
    name : str
        Name in the folder of source files.
    content : bytes
        What the file holds.
    listed : dict
        From `sources`.

    Raises
    ------
    DataError
        The file is not in the registry, or its bytes are others.
    """
    if name not in listed:
        raise DataError(
            name,
            "the source file is not in the registry",
            "every file that is read is listed in registry.csv.",
            "add its row: publisher, addresses, terms, cadence.",
        )
    if sha256(content) != listed[name].sha256:
        raise DataError(
            name,
            f"the file is not the one retrieved on {listed[name].retrieved}: its SHA-256 begins with "
            f"{sha256(content)[:12]}, not {listed[name].sha256[:12]}",
            "tables are made from the files that the registry lists.",
            f"get it again ({(listed[name].interface or listed[name].page).split()[0]}), or take it as new with NEW=1.",
        )
