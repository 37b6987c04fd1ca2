"""Files in a Dataverse, an archive that gives each release of a data set new file numbers.

Its address in the registry leads to the list of a data set's files and ends with ``#`` and a pattern of their names.
The newest file that fits is fetched, from the archive's own store too, and held to the checksum in the list.
"""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from alliance.collect.forms.shapes import Answer, bad, parsed

#: Hosts to which an archive hands on those who ask for a file.
STORES = {"dataverse.harvard.edu": "dvn-cloud.s3.amazonaws.com"}
LIST = "/api/datasets/"


class File(NamedTuple):
    """One file of a data set: its address, which ends with its name, and the checksum that the list states."""

    number: int
    address: str
    algorithm: str
    checksum: str


def is_list(address: str) -> bool:
    """Say whether an address leads to a list of files."""
    return urlsplit(address).path.startswith(LIST)


def newest(listed: Answer) -> File:
    """Find the newest file whose name fits the address of the list.

    Parameters
    ----------
    listed : Answer
        What the archive says of a data set, as JSON.

    Raises
    ------
    DataError
        It is no such list, or no name fits.
    """
    scheme, host, _, _, pattern = urlsplit(listed.address)
    try:
        files = [entry["dataFile"] for entry in parsed(listed, "the Dataverse’s")["data"]["latestVersion"]["files"]]
        names = {int(file["id"]): file.get("originalFileName", file["filename"]) for file in files}
        fitting = [file for file in files if re.match(pattern, names[int(file["id"])], re.IGNORECASE)]
        if not fitting:
            raise bad(listed.address, f"the data set has no file of that name; it has {', '.join(names.values())}")
        file = max(fitting, key=lambda file: (file["creationDate"], int(file["id"])))
        number, checksum = int(file["id"]), file["checksum"]
        # Of a file that the archive has converted, the checksum is that of the original.
        form = "?format=original" if "originalFileName" in file else ""
        address = f"{scheme}://{host}/api/access/datafile/{number}{form}#{names[number]}"
        return File(number, address, checksum["type"].replace("-", "").lower(), checksum["value"])
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise bad(listed.address, f"not the Dataverse’s JSON ({type(error).__name__}: {error})") from None


def verify(file: File, content: bytes) -> None:
    """Refuse a file that is not the one in the list.

    Parameters
    ----------
    file : File
        From `newest`.
    content : bytes
        What its address gave.

    Raises
    ------
    DataError
        The checksum is another, or of a kind that is not known.
    """
    if file.algorithm not in hashlib.algorithms_guaranteed:
        raise bad(file.address, f"the list states a checksum of the kind {file.algorithm}, which there is not")
    found = hashlib.new(file.algorithm, content, usedforsecurity=False).hexdigest()
    if found != file.checksum.lower():
        raise bad(file.address, f"its checksum is {found}, and not {file.checksum} as the list states")
