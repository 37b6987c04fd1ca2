"""Releasing an edition: the ledger of the published book, frozen in `editions/NAME.json`."""

import csv
import json
import re
import subprocess
from pathlib import Path

from press import project
from press.build import publish
from press.editions import NOW, edition_path, published
from press.errors import PressError
from press.execution.dependencies import PACKAGE

_NAME = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")


def release(root: Path, name: str) -> Path:
    """Freeze the published book as an edition.

    Parameters
    ----------
    root : Path
        The book's folder.
    name : str
        Name of the edition; lower case, digits, points and hyphens.

    Returns
    -------
    Path
        `editions/NAME.json`, to be committed.

    Raises
    ------
    PressError
        When the name is taken, something is not committed, the published book is not of these sources, or a table
        holds rows that are marked as not verified.
    """
    if not _NAME.fullmatch(name) or name == NOW:
        raise PressError(
            f"edition {name!r}", "not a valid name.", "Use lower case letters, digits, points and hyphens."
        )
    path = edition_path(root, name)
    if path.exists():
        raise PressError(
            f"edition {name!r}", "it is released already.", "A released edition does not change: choose another name."
        )
    _check_committed(root)
    if not publish.is_current(root, publish.sources_digest(root)):
        raise PressError(
            f"edition {name!r}", "what is published was not made from these sources.", "Build the book, then release."
        )
    _check_verified(root)
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        json.dumps(published(root, name), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return path


def _check_committed(root: Path) -> None:
    done = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PressError(
            str(root), "it is not under version control.", "An edition is a commit that can be found again: use git."
        )
    if done.stdout:
        first = done.stdout.splitlines()[0][3:]
        raise PressError(first, "it is not committed.", "Commit or remove what is not, then release.")


def _check_verified(root: Path) -> None:
    """Rows that a table itself marks as not verified, in a column of that name."""
    for entry in project.load_data_package(root)["resources"] if (root / PACKAGE).exists() else ():
        if "verified" in [field["name"] for field in entry["schema"]["fields"]]:
            with open(root / "data" / entry["path"], encoding="utf-8", newline="") as file:
                for line, row in enumerate(csv.DictReader(file), 2):
                    if row["verified"] != "true":
                        raise PressError(
                            f"data/{entry['path']}, line {line}",
                            "the row is not verified.",
                            "Read its source, or take it out.",
                        )
