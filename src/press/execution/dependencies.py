"""What a chapter's outputs depend on: noted while it runs, compared before the next build.

The stock cache knows a notebook by its code cells alone. The press also notes what the cells read and
imported: tables (their rows, and what the data package says of them), other files and listings of the
book's folder, modules that are not installed as packages, the locked environment, Python. Prose, other
tables and other chapters' modules do not matter.
"""

import hashlib
import json
import os
import sys
import time
from pathlib import Path

from press import project
from press.ledger import records_of

LOCK = "requirements.lock"
PACKAGE = "data/datapackage.json"  # counted table by table
ENVIRONMENT = "the environment (Python or requirements.lock)"
PROGRAMS = "another program, which may read anything"
_PATH_EVENTS = ("os.listdir", "os.scandir", "sqlite3.connect")
_IMPORTER = "importlib"  # and its metadata, and the backport of those: they list every folder on sys.path
_PROCESS_EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")


class Tracker:
    """Notes what this process reads below a book's folder, from now to its end.

    Not seen: files that native code opens by itself, and a mere look whether a file exists.
    """

    def __init__(self, root: Path):
        self.root, self.began = root, time.time_ns()
        self.read_paths: set[str] = set()
        self.ran_programs = False
        sys.addaudithook(self._on_event)

    def _on_event(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes)) and not flags & (os.O_WRONLY | os.O_TRUNC):
                self.read_paths.add(os.path.abspath(os.fsdecode(path)))
        elif event in _PATH_EVENTS and _IMPORTER not in sys._getframe(1).f_code.co_filename:
            path = arguments[0] or "."
            if isinstance(path, (str, bytes)):
                self.read_paths.add(os.path.abspath(os.fsdecode(path)))
        elif event in _PROCESS_EVENTS:
            self.ran_programs = True

    def dependencies(self, notebook: dict) -> dict[str, str]:
        """Return name → fingerprint of all that the outputs of a notebook depend on, now that it has run."""
        inside = {Path(path) for path in self.read_paths if Path(path).is_relative_to(self.root)}
        files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
        modules = {Path(os.path.abspath(file)) for file in files if file}
        names = {_name(path, self.root) for path in inside | modules if not _installed(path, self.root)}
        tables = _paths_of_tables(self.root)
        read = {f"table {tables[name]}" if name in tables else name for name in names if name not in (PACKAGE, ".")}
        read |= {f"table {source}" for source in _sources(notebook)} | {ENVIRONMENT}
        noted = {name: self._settled(name) for name in sorted(read)}
        return noted | ({PROGRAMS: ""} if self.ran_programs else {})

    def _settled(self, name: str) -> str:
        """Return the fingerprint of what did not change while the chapter ran."""
        path = _path(name, self.root)
        if path.is_file() and path.stat().st_mtime_ns > self.began:
            return "changed meanwhile"
        return fingerprint(name, self.root)


def _name(path: Path, root: Path) -> str:
    """Return the path from the book's folder where it lies below, elsewhere the whole path."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def changed(noted: dict[str, str], root: Path) -> list[str]:
    """Return the names of noted inputs that are no longer what they were."""
    return [name for name, was in noted.items() if name == PROGRAMS or fingerprint(name, root) != was]


def fingerprint(name: str, root: Path) -> str:
    """Return the SHA-256 of one input, by its name; “missing” where there is none."""
    description = {ENVIRONMENT: sys.version}.get(name) or json.dumps(_entry(name, root), sort_keys=True)
    return hashlib.sha256(description.encode() + _content(_path(name, root))).hexdigest()


def _path(name: str, root: Path) -> Path:
    """Return the file or folder that an input is, or is mostly."""
    entry = _entry(name, root)
    return root / (f"data/{entry['path']}" if entry else LOCK if name == ENVIRONMENT else name)


def _content(path: Path) -> bytes:
    """Return what a file holds, or the names in a folder."""
    if path.is_dir():
        return "\n".join(sorted(os.listdir(path))).encode()
    return path.read_bytes() if path.exists() else b"missing"


def _entries(root: Path) -> list[dict]:
    return project.load_data_package(root)["resources"] if (root / PACKAGE).exists() else []


def _entry(name: str, root: Path) -> dict | None:
    """Return what the data package says of the table that an input is; None for other inputs."""
    return {f"table {entry['name']}": entry for entry in _entries(root)}.get(name)


def _paths_of_tables(root: Path) -> dict[str, str]:
    return {f"data/{entry['path']}": entry["name"] for entry in _entries(root)}


def _sources(notebook: dict) -> set[str]:
    """Return the tables that its figures and tables name as their sources."""
    return {source for record in records_of(notebook) for source in record.get("sources", [])}


def _installed(path: Path, root: Path) -> bool:
    """Tell whether it belongs to Python or a package, or is something the build itself made."""
    places = {Path(sys.prefix), Path(sys.base_prefix), Path(os.__file__).parent, root / "_build"}
    return (
        "site-packages" in path.parts
        or "__pycache__" in path.parts
        or any(path.is_relative_to(place) for place in places)
    )
