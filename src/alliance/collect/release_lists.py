"""Lists of files, of publishers who give each release a new name: a Dataverse, the Defense Manpower Data Center, CEPII.

An address in the registry that leads to a list ends with ``#`` and a pattern of the names wanted. Of a data set in a
Dataverse the newest file that fits is fetched, from the archive's own store too, and held to the checksum in the list;
of the Center's page, every workbook that fits; of CEPII's page about BACI, the archive of the newest version.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from alliance.collect.forms.shapes import Answer, bad, parsed, text

#: Hosts to which an archive hands on those who ask for a file.
STORES = {"dataverse.harvard.edu": "dvn-cloud.s3.amazonaws.com"}
DATAVERSE, WORKBOOKS, VERSIONS = "/api/datasets/", "/dwp/api/page", "/DATA_DOWNLOAD/baci/doc/"
# Where CEPII keeps the archives that its page leads to, and what is an archive in the text of that page.
VERSIONS_KEPT, VERSION = "/DATA_DOWNLOAD/baci/data/", re.compile(r"BACI_HS\d\d_V(\d{6}[a-z]?)\.zip")


class File(NamedTuple):
    """A file in a list: its number, its address, which ends with its name, and its checksum where the list has one."""

    number: str
    address: str
    algorithm: str = ""
    checksum: str = ""


def is_list(address: str) -> bool:
    """Say whether an address leads to a list of files."""
    return urlsplit(address).path.startswith((DATAVERSE, WORKBOOKS, VERSIONS))


def is_page(address: str) -> bool:
    """Say whether an address leads to a web page with links, where others lead to data."""
    return urlsplit(address).path.startswith(VERSIONS)


def wanted(listed: Answer) -> list[File]:
    """Find the files whose names fit the address of their list.

    Parameters
    ----------
    listed : Answer
        What the publisher says of its files, as JSON or as a web page.

    Raises
    ------
    DataError
        It is no such list, or no name fits.
    """
    scheme, host, path, _, pattern = urlsplit(listed.address)
    names_wanted = re.compile(pattern, re.IGNORECASE)
    try:
        if is_page(listed.address):
            names, files = _versions(text(listed), names_wanted)
        else:
            found = _newest if path.startswith(DATAVERSE) else _workbooks
            names, files = found(parsed(listed, "the list’s"), names_wanted)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise bad(listed.address, f"not the list’s JSON ({type(error).__name__}: {error})") from None
    if not files:
        raise bad(listed.address, f"it has no file of that name, but {', '.join(names) or 'none at all'}")
    return [file._replace(address=f"{scheme}://{host}{file.address}") for file in files]


def _newest(listed: Any, pattern: re.Pattern[str]) -> tuple[list[str], list[File]]:
    """Give the names of all files of a data set, and the newest that fits."""
    files = [entry["dataFile"] for entry in listed["data"]["latestVersion"]["files"]]
    names = [file.get("originalFileName", file["filename"]) for file in files]
    fitting = [(file["creationDate"], int(file["id"]), name, file) for name, file in zip(names, files, strict=True)]
    fitting = [found for found in fitting if pattern.match(found[2])]
    if not fitting:
        return names, []
    _, number, name, file = max(fitting, key=lambda found: found[:2])
    # Of a file that the archive has converted, the checksum is that of the original.
    form = "?format=original" if "originalFileName" in file else ""
    kind, value = file["checksum"]["type"], file["checksum"]["value"]
    address = f"/api/access/datafile/{number}{form}#{name}"
    return names, [File(str(number), address, kind.replace("-", "").lower(), value.lower())]


def _workbooks(listed: Any, pattern: re.Pattern[str]) -> tuple[list[str], list[File]]:
    """Give the names of all files of a page, in whatever depth they stand there, and those that fit."""
    entries = {str(entry["fileName"]): entry for entry in _entries(listed)}
    files = []
    for name in sorted(filter(pattern.match, entries)):
        number, group = (quote(str(entries[name][key]), safe="") for key in ("fileId", "groupName"))
        files.append(File(number, f"/dwp/api/downloadZ?fileId={number}&groupName={group}#{name}"))
    return sorted(entries), files


def _versions(page: str, pattern: re.Pattern[str]) -> tuple[list[str], list[File]]:
    """Give the names of all archives on a page, and the one that fits and has the newest version."""
    versions = {found[0]: found[1] for found in VERSION.finditer(page)}
    fitting = sorted(filter(pattern.fullmatch, versions), key=lambda name: versions[name])
    return sorted(versions), [File(versions[name], f"{VERSIONS_KEPT}{name}") for name in fitting[-1:]]


def _entries(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and "fileName" in value:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _entries(part)


def verify(file: File, kept: Path) -> None:
    """Refuse a file that is not the one in the list.

    Parameters
    ----------
    file : File
        From `wanted`.
    kept : path
        What its address gave.

    Raises
    ------
    DataError
        The list states another checksum, or one of a kind that is not known.
    """
    if not file.algorithm:
        return
    if file.algorithm not in hashlib.algorithms_guaranteed:
        raise bad(file.address, f"the list states a checksum of the kind {file.algorithm}, which there is not")
    with kept.open("rb") as content:
        found = hashlib.file_digest(content, lambda: hashlib.new(file.algorithm, usedforsecurity=False)).hexdigest()
    if found != file.checksum:
        raise bad(file.address, f"its checksum is {found}, and not {file.checksum} as the list states")
