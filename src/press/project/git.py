"""What version control knows of the sources, and the date of a build."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple


class Commit(NamedTuple):
    """What version control knows of the sources: short name, time, whether they were edited since."""

    name: str
    time: datetime
    dirty: bool


def last_commit(root: Path) -> Commit | None:
    """Return the last commit of the book's folder; None where there is no version control."""
    answer = _git(root, "log", "-1", "--format=%h %ct")
    if not answer:
        return None
    name, seconds = answer.split()
    return Commit(
        name,
        datetime.fromtimestamp(int(seconds), UTC),
        bool(_git(root, "status", "--porcelain", "--untracked-files=no")),
    )


def _git(root: Path, *command: str) -> str:
    try:
        done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError:  # no git on this machine
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def build_time(root: Path) -> datetime:
    """Return the date of a build: `SOURCE_DATE_EPOCH`, else the last commit, else now."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    commit = last_commit(root)
    return commit.time if commit else datetime.now(UTC)
