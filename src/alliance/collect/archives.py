"""Archives and workbooks, which are archives too: looked through before anything is taken out of them.

Nothing is unpacked onto the disk, and no file is run.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from alliance.schema import DataError

#: How large the files of an archive may be together, in bytes.
LARGEST = 200_000_000
RULE = "an archive holds plain files under names of its own."
REMEDY = "look at the archive, and get it again; where the publisher changed it, adapt its row of registry.csv."


def member(archive: bytes, name: str, address: str, limit: int = LARGEST) -> bytes:
    """Take one file out of a ZIP archive.

    Parameters
    ----------
    archive : bytes
        The archive.
    name : str
        The file wanted, by its whole name.
    address : str
        Where the archive came from, for messages.
    limit : int, optional
        How large all its files may be together.

    Raises
    ------
    DataError
        It is no archive, holds names that lead out of it or links, is larger than the limit, or lacks the file.
    """
    with opened(archive, address, limit) as file:
        if name not in file.namelist():
            raise bad(address, f"the archive lacks {name}")
        return file.read(name)


@contextmanager
def opened(archive: bytes | Path, address: str, limit: int = LARGEST) -> Iterator[zipfile.ZipFile]:
    """Open an archive, to read its files one after the other as they are needed.

    Parameters
    ----------
    archive, address, limit
        As in `member`; the archive can lie on the disk.

    Raises
    ------
    DataError
        As in `member`, also where a file turns out to be damaged while it is read.
    """
    check(archive, address, limit)
    broken = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
    try:
        with zipfile.ZipFile(_file(archive)) as file:
            yield file
    except (*broken, OSError) as error:
        raise bad(address, f"it is no sound ZIP archive ({error})") from None


def _file(archive: bytes | Path) -> BytesIO | Path:
    return archive if isinstance(archive, Path) else BytesIO(archive)


def check(archive: bytes | Path, address: str, limit: int = LARGEST) -> None:
    """Refuse an archive that is unsound, leads out of its folder, or is larger than it may be.

    Parameters
    ----------
    archive, address, limit
        As in `opened`.
    """
    try:
        with zipfile.ZipFile(_file(archive)) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, ValueError) as error:
        raise bad(address, f"it is no sound ZIP archive ({error})") from None
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise bad(address, f"the archive holds a name twice: {max(names, key=names.count)}")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise bad(address, f"the archive holds a name that leads out of it: {entry.filename}")
        if (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise bad(address, f"the archive holds a link: {entry.filename}")
    if sum(entry.file_size for entry in entries) > limit:
        raise bad(address, f"unpacked, the archive is larger than {limit} bytes")


def bad(address: str, problem: str) -> DataError:
    """Word what is wrong with an archive."""
    return DataError(address, problem, RULE, REMEDY)
