"""Tables as CSV bytes, and their all-or-nothing way into ``data/``.

While files are replaced, copies of the old ones lie in ``.refresh`` with a journal. Whatever ends the replacing, a
fault or a kill, `recover` puts the old ones back; until then `alliance.data` refuses the tables by name.
"""

import json
import os
import shutil
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd

from alliance import schema
from alliance.collect.changes import Change, of_table
from alliance.collect.plausibility import Finding, compare
from alliance.data import JOURNAL, PACKAGE, load, package
from alliance.schema import DataError, Description

# What a file is called until it is in its place.
FRESH = ".new"
# Faults of one table that a refusal lists.
SHOWN = 10


def csv_bytes(frame: pd.DataFrame, resource: Description) -> bytes:
    """Turn a tidy DataFrame into the CSV bytes of its table.

    Parameters
    ----------
    frame : DataFrame
        With exactly the columns of the schema, in its order.
    resource : dict
        The table's entry in ``datapackage.json``.

    Raises
    ------
    DataError
        The bytes would break the schema; the first fault is raised.
    """
    content = _bytes(frame)
    for problem in schema.problems(content, _described(content, resource), f"new {resource['path']}"):
        raise problem
    return content


def _bytes(frame: pd.DataFrame) -> bytes:
    truths = frame.select_dtypes("bool").columns
    frame = frame.assign(**{column: frame[column].map({True: "true", False: "false"}) for column in truths})
    return frame.to_csv(index=False, lineterminator="\n").encode("utf-8")


def findings(frames: Mapping[str, pd.DataFrame], folder: Path | str, compared: Container[str]) -> list[Finding]:
    """Check new tables before any of them counts: by their schemas, and against the present ones.

    Parameters
    ----------
    frames : dict
        Name of a table: its new, tidy DataFrame.
    folder : path
        The data package as it is.
    compared : container of str
        Tables that are compared with the present ones; the others are checked by their schemas alone.
    """
    found = []
    for resource in package(folder)["resources"]:
        name, content = resource["name"], _bytes(frames[resource["name"]])
        if schema.fingerprint(content) == resource["hash"]:
            continue
        faults = schema.problems(content, _described(content, resource), f"new {resource['path']}")
        broken = [Finding(name, "schema", str(fault)) for fault in faults]
        found += broken[:SHOWN] + [Finding(name, "schema", f"{len(broken) - SHOWN} more")] * (len(broken) > SHOWN)
        present = _present(name, folder)
        if not broken and present is not None and name in compared:
            found += compare(schema.frame(content, resource), present, resource)
    return found


def changed_tables(frames: Mapping[str, pd.DataFrame], folder: Path | str) -> set[str]:
    """Name the tables whose bytes would change."""
    return {
        resource["name"]
        for resource in package(folder)["resources"]
        if schema.fingerprint(_bytes(frames[resource["name"]])) != resource["hash"]
    }


def compared(frames: Mapping[str, pd.DataFrame], folder: Path | str, vintages: Mapping[str, str]) -> list[Change]:
    """Compare the tables that change, those that `vintages` names, with the present ones."""
    changes = []
    for resource in package(folder)["resources"]:
        name, present = resource["name"], _present(resource["name"], folder)
        if name in vintages and present is not None:
            new = schema.frame(_bytes(frames[name]), resource)
            changes.append(of_table(new, present, resource, vintages[name] or resource["vintage"]))
    return changes


def _present(name: str, folder: Path | str) -> pd.DataFrame | None:
    """Load the present table; one that is new or spoilt cannot be compared with."""
    try:
        return load(name, folder)
    except DataError:
        return None


def write(
    frames: Mapping[str, pd.DataFrame],
    folder: Path | str,
    also: Mapping[Path, bytes] | None = None,
    properties: Mapping[str, Description] | None = None,
) -> list[str]:
    """Replace the tables of a data package and refresh its counts and hashes, or change nothing.

    Parameters
    ----------
    frames : dict
        Name of each table of the package: its tidy DataFrame.
    folder : path
        The folder with ``datapackage.json``.
    also : dict, optional
        Further files that change with the tables: path, and new content.
    properties : dict, optional
        Name of a table: what else changes in its description, such as ``vintage``.

    Returns
    -------
    list of str
        Names of the files whose bytes changed.

    Raises
    ------
    DataError
        A table breaks its schema, or the tables are not those of the package.
    """
    described = package(folder)
    names = [resource["name"] for resource in described["resources"]]
    if sorted(names) != sorted(frames):
        raise DataError(
            PACKAGE,
            f"tables {sorted(frames)} were collected, {sorted(names)} are described",
            "every table is collected and described.",
            "add what is missing on either side.",
        )
    changes = properties or {}
    contents = {resource["path"]: csv_bytes(frames[resource["name"]], resource) for resource in described["resources"]}
    described["resources"] = [
        _described(contents[resource["path"]], resource | changes.get(resource["name"], {}))
        for resource in described["resources"]
    ]
    contents[PACKAGE] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return _replace({Path(folder) / name: content for name, content in contents.items()} | dict(also or {}), folder)


def _described(content: bytes, resource: Description) -> Description:
    """Refresh the counts and the hash in a table's description."""
    return resource | {
        "rows": content.count(b"\n") - 1,
        "bytes": len(content),
        "hash": schema.fingerprint(content),
    }


def _replace(contents: Mapping[Path, bytes], folder: Path | str) -> list[str]:
    """Put new contents in the place of files, all or none of them; name what changed. A link stays a link."""
    changed = {
        path.resolve(): (path.name, content)
        for path, content in contents.items()
        if not path.exists() or path.read_bytes() != content
    }
    if not changed:
        return []
    fresh = {path: path.with_name(path.name + FRESH) for path in changed}
    try:
        for path, (_, content) in changed.items():
            _keep(fresh[path], content)
        _begin(list(changed), Path(folder) / JOURNAL)
        for path in changed:
            os.replace(fresh[path], path)
        _end(Path(folder) / JOURNAL)
    except OSError as error:
        place, problem = str(error.filename or folder), f"it cannot be written ({error.strerror})"
        rule, remedy = "tables change all together or not at all", "make room, or get the right to write there"
        try:
            recover(folder)
        except OSError:
            rule, remedy = f"{rule}; the old state is not back yet.", f"{remedy}, then run alliance.collect --recover."
            raise DataError(place, problem, rule, remedy) from error
        raise DataError(place, problem, f"{rule}; nothing was changed.", f"{remedy}, and try again.") from error
    except BaseException:
        recover(folder)
        raise
    finally:
        with suppress(OSError):  # of a folder that cannot be written to
            for path in fresh.values():
                path.unlink(missing_ok=True)
    return [name for name, _ in changed.values()]


def _begin(paths: list[Path], journal: Path) -> None:
    """Copy the old files beside the journal, then write the journal: from here on `recover` has something to do."""
    shutil.rmtree(journal.parent, ignore_errors=True)  # what an earlier refresh left when it was done
    journal.parent.mkdir()
    entries = {f"{number}.old": path for number, path in enumerate(paths)}
    for name, path in entries.items():
        if path.exists():
            _keep(journal.parent / name, path.read_bytes())
    here = journal.parent.resolve()
    listed = {name: [os.path.relpath(path, here), path.exists()] for name, path in entries.items()}
    _keep(journal.with_suffix(FRESH), json.dumps(listed).encode("utf-8"))
    os.rename(journal.with_suffix(FRESH), journal)
    _on_disk(journal.parent)


def _end(journal: Path) -> None:
    """Forget the old files: without its journal a refresh is done."""
    journal.unlink(missing_ok=True)
    shutil.rmtree(journal.parent, ignore_errors=True)


def recover(folder: Path | str) -> bool:
    """Put the old files back if a refresh was cut off, and say whether one was.

    The copies are moved, not copied once more, so that it works on a full disk; cut off itself, it goes on where it
    was. Files that a refresh wrote before its journal are deleted.

    Parameters
    ----------
    folder : path
        The folder with ``datapackage.json``.
    """
    journal = Path(folder) / JOURNAL
    found = journal.exists()
    if found:
        here = journal.parent.resolve()
        for name, (path, was_there) in json.loads(journal.read_text(encoding="utf-8")).items():
            target, old = here / path, here / name
            if old.exists():
                os.replace(old, target)
            elif not was_there:
                target.unlink(missing_ok=True)
        _on_disk(Path(folder))
    _end(journal)
    for path in Path(folder).glob(f"*{FRESH}"):
        path.unlink()
    return found


@contextmanager
def alone(folder: Path | str) -> Iterator[None]:
    """Keep other refreshes of the same folder away until this one ends, however it ends.

    Parameters
    ----------
    folder : path
        The folder with ``datapackage.json``.

    Raises
    ------
    DataError
        Another refresh is under way.
    """
    try:
        import fcntl  # only where files can be locked so that the lock ends with its process
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise DataError(
            str(folder),
            "another refresh is under way",
            "one refresh at a time writes the tables.",
            "wait until it ends.",
        ) from None
    finally:
        os.close(handle)


def _keep(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    try:
        path.write_bytes(content)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)  # a full disk names no file
        raise


def _on_disk(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
