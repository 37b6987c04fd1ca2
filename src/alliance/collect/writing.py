"""Tables as CSV bytes, and their all-or-nothing way into ``data/``."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from alliance import schema
from alliance.data import PACKAGE, package
from alliance.schema import DataError, Description


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
    truths = frame.select_dtypes("bool").columns
    frame = frame.assign(**{column: frame[column].map({True: "true", False: "false"}) for column in truths})
    content = frame.to_csv(index=False, lineterminator="\n").encode("utf-8")
    for problem in schema.problems(content, _described(content, resource), f"new {resource['path']}"):
        raise problem
    return content


def write(frames: Mapping[str, pd.DataFrame], folder: Path | str) -> list[str]:
    """Replace the tables of a data package and refresh its counts and hashes, or change nothing.

    Parameters
    ----------
    frames : dict
        Name of each table of the package: its tidy DataFrame.
    folder : path
        The folder with ``datapackage.json``.

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
    contents = {resource["path"]: csv_bytes(frames[resource["name"]], resource) for resource in described["resources"]}
    described["resources"] = [_described(contents[resource["path"]], resource) for resource in described["resources"]]
    # The description goes last: until it is in place, a half-made set of tables is refused for its hashes.
    contents[PACKAGE] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return _replace({Path(folder) / name: content for name, content in contents.items()})


def _described(content: bytes, resource: Description) -> Description:
    """Refresh the counts and the hash in a table's description."""
    return resource | {
        "rows": content.count(b"\n") - 1,
        "bytes": len(content),
        "hash": schema.fingerprint(content),
    }


def _replace(contents: Mapping[Path, bytes]) -> list[str]:
    """Put new contents in the place of files, in order, once all of them are on the disk; name what changed."""
    changed = {path: content for path, content in contents.items() if not path.exists() or path.read_bytes() != content}
    temporaries = {path.with_name(path.name + ".new"): path for path in changed}
    try:
        for temporary, path in temporaries.items():
            temporary.write_bytes(changed[path])
        for temporary, path in temporaries.items():
            os.replace(temporary, path)
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)
    return [path.name for path in changed]
