"""The book that is being printed: where it lies, its colors and its data package."""

import hashlib
import json
import os
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from press.errors import PressError

CONFIG, TOC = "_config.yml", "_toc.yml"


def root(start: Path | None = None) -> Path:
    """Folder of the book: the nearest one, upward from `start`, that holds `_config.yml`."""
    start = Path(start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).exists():
            return folder
    raise PressError(str(start), f"no {CONFIG} here or above.", "Run this inside the book's folder.")


def _json(path: Path, remedy: str) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PressError(str(path), "the file is missing.", remedy) from None
    except json.JSONDecodeError as error:
        raise PressError(f"{path}, line {error.lineno}", f"not valid JSON: {error.msg}.", remedy) from None


def settings(folder: Path, file: str) -> dict:
    """Return what `_config.yml` or `_toc.yml` say."""
    import yaml

    try:
        said = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PressError(file, "the file is missing.", "Restore it from version control.") from None
    except yaml.YAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if getattr(error, "problem_mark", None) else ""
        raise PressError(
            f"{file}{line}",
            f"not valid YAML: {getattr(error, 'problem', None) or error}.",
            "Look at this line and the one before.",
        ) from None
    if not isinstance(said, dict):
        raise PressError(file, "it holds no settings.", "Restore it from version control.")
    return said


def pages(folder: Path) -> list[str]:
    """Pages of the book, without suffixes, as `_toc.yml` names them."""
    from sphinx_external_toc.parsing import MalformedError, parse_toc_data

    try:
        return sorted(parse_toc_data(settings(folder, TOC)))
    except MalformedError as error:
        raise PressError(TOC, f"{error}.", "Compare it with the last one that worked.") from None


def workshop(folder: Path) -> Path:
    """Return what is made once and kept between builds: faces, drawn charts, outputs of chapters, the script bundle."""
    return folder / "_build" / ".press"


def kept(folder: Path, kind: str, *made_from: str) -> Path:
    """Where something made from these texts is kept, of a kind such as ``"svg"``."""
    return folder / f"{hashlib.sha256(''.join(made_from).encode()).hexdigest()}.{kind}"


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)


@cache
def palette(folder: Path) -> dict:
    """Colors of the book, `{"page": {name: {"light", "dark"}}, "chart": {…}}`, from `book/palette.json`."""
    return _json(folder / "book" / "palette.json", "Restore it from version control.")


def color(name: str) -> str:
    """Hex value of a chart color, by its name in `book/palette.json` (`"ink"`, `"muted"` …)."""
    colors = palette(root())
    known = colors["chart"] | colors["page"]
    if name not in known:
        raise PressError("book/palette.json", f"no color {name!r}.", f"Choose one of {', '.join(known)}.")
    return known[name]["light"]


@cache
def package(folder: Path) -> dict:
    """Return the book's Frictionless Data Package, `data/datapackage.json`."""
    return _json(folder / "data" / "datapackage.json", "Re-make it with `make refresh`.")


def resource(name: str, folder: Path | None = None) -> dict:
    """One table's entry in the data package."""
    entries = {entry["name"]: entry for entry in package(folder or root())["resources"]}
    if name not in entries:
        raise PressError("data/datapackage.json", f"no table {name!r}.", f"Choose one of {', '.join(entries)}.")
    return entries[name]


def credit(name: str, folder: Path | None = None) -> str:
    """Source line of one table: publisher, title (vintage), license."""
    entry = resource(name, folder)
    license = entry["licenses"][0]
    return f"{entry['publisher']}, {entry['title']} ({entry['vintage']}), {license.get('title') or license['name']}"


class Commit(NamedTuple):
    """What version control knows of the sources: short name, time, whether they were edited since."""

    name: str
    time: datetime
    dirty: bool


def commit(folder: Path) -> Commit | None:
    """Return the last commit of the book's folder; None where there is no version control."""
    told = _git(folder, "log", "-1", "--format=%h %ct")
    if not told:
        return None
    name, seconds = told.split()
    return Commit(
        name,
        datetime.fromtimestamp(int(seconds), UTC),
        bool(_git(folder, "status", "--porcelain", "--untracked-files=no")),
    )


def _git(folder: Path, *command: str) -> str:
    try:
        asked = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:  # no git on this machine
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def printing_time(folder: Path) -> datetime:
    """When the book was printed: `SOURCE_DATE_EPOCH`, else the last commit, else now."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    committed = commit(folder)
    return committed.time if committed else datetime.now(UTC)
