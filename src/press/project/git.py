"""What version control knows of the sources, and the date of a build."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from press.project.root import CONFIG


class Commit(NamedTuple):
    """What version control knows of the sources: short name, time, whether they were edited since."""

    name: str
    time: datetime
    dirty: bool


def last_commit(root: Path) -> Commit | None:
    """Return the last commit of the book's own repository; None where there is none, or git does not tell."""
    if not _is_own(root):
        return None
    answer = _git(root, "log", "-1", "--format=%h %ct")
    if not answer:
        return None
    name, seconds = answer.split()
    return Commit(
        name,
        datetime.fromtimestamp(int(seconds), UTC),
        bool(_git(root, "status", "--porcelain", "--untracked-files=no", "--", ".")),
    )


def last_changes(root: Path) -> dict[str, datetime]:
    """Return when each file of the book was last committed; nothing where the history is cut short or not told."""
    if not _is_own(root) or _git(root, "rev-parse", "--is-shallow-repository") == "true":
        return {}
    times: dict[str, datetime] = {}
    at = datetime.now(UTC)
    for line in _git(root, "log", "--format=@%ct", "--name-only", "--relative", "--no-renames").splitlines():
        if line.startswith("@"):
            at = datetime.fromtimestamp(int(line[1:]), UTC)
        elif line:
            times.setdefault(line, at)
    return times


def _is_own(root: Path) -> bool:
    """Tell whether the repository that a book lies in is that of the book, not one around it that leaves it out."""
    top = _git(root, "rev-parse", "--show-toplevel")
    return bool(top) and (os.path.realpath(top) == os.path.realpath(root) or bool(_git(root, "ls-files", "--", CONFIG)))


def _git(root: Path, *command: str) -> str:
    try:
        done = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except FileNotFoundError:  # no git on this machine
        return ""
    if done.returncode == 0:
        return done.stdout.strip()
    if (root / ".git").exists() and "does not have any commits" not in done.stderr:
        _say_refusal(root, done.stderr.strip().partition("\n")[0])
    return ""


@cache
def _say_refusal(root: Path, reason: str) -> None:
    """Say once that the pages will name no commit."""
    allow = f" If you trust its files: git config --global --add safe.directory {root}"
    remedy = allow if "dubious ownership" in reason else ""
    print(
        f"git does not tell the commit of this book ({reason}): the pages name none, "
        f"and their date is that of today.{remedy}",
        file=sys.stderr,
    )


def build_time(root: Path) -> datetime:
    """Return the date of a build: `SOURCE_DATE_EPOCH`, else the last commit, else now."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    commit = last_commit(root)
    return commit.time if commit else datetime.now(UTC)
