"""What a chapter's outputs depend on: noted while it runs, compared before the next build.

The stock cache knows a notebook by its code cells alone. The press also notes what the cells read and
imported: tables (their rows, and what the data package says of them), other files and listings of folders,
modules that are not installed as packages, environment variables, the locked environment, Python. Prose, other
tables and other chapters' modules do not matter. What nobody can follow – other programs, the network, libraries
that open files by themselves – makes a chapter run always.
"""

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

from press import project
from press.execution import native_libraries, variables
from press.ledger import records_of

LOCK = "requirements.lock"
PACKAGE = "data/datapackage.json"  # counted table by table
ENVIRONMENT = "the environment (Python or requirements.lock)"
PROGRAMS = "another program, which may read anything"
NETWORK = "the network, which may answer anything"
_READER = "{}, which reads files by itself"
_VARIABLE = "variable "
_PATH_EVENTS = ("os.listdir", "os.scandir", "sqlite3.connect")
_IMPORTER = "importlib"  # and its metadata, and the backport of those: they list every folder on sys.path
_PROCESS_EVENTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.forkpty", "pty.spawn")
_SPAWNERS = (
    "multiprocessing.popen_spawn_posix",
    "multiprocessing.popen_spawn_win32",
    "multiprocessing.popen_forkserver",
    "loky.backend.popen_loky_posix",
    "joblib.externals.loky.backend.popen_loky_posix",
)  # modules that start programs by themselves
_NEAR = ("127.", "::1", "localhost")
# Of the operating system: no chapter means these.
_SYSTEM = tuple(f"/{name}/" for name in ("bin", "dev", "etc", "lib", "lib64", "proc", "run", "sbin", "sys", "usr"))


class Tracker:
    """Notes what this process and its forks read, from now to the end.

    Not seen: files that native code opens by itself, and a mere look whether a file exists.

    Parameters
    ----------
    root : Path
        The book's folder.
    scratch : Path, optional
        A folder that is gone after the run: what is read there does not count, and forks leave there what they read.
    """

    def __init__(self, root: Path, scratch: Path | None = None):
        self.root, self.scratch, self.began = root, scratch, time.time_ns()
        self.read_paths: set[str] = set()
        self.read_variables: set[str] = set()
        self.ran_programs = self.used_network = False
        self.variables, self.readers, self.modules = dict(os.environ), native_libraries.loaded(), set(sys.modules)
        self.temporary = tempfile.gettempdir()
        self.process, self.report = os.getpid(), _open_report(scratch)
        sys.addaudithook(self._on_event)

    def watch_variables(self) -> None:
        """Note also which environment variables are read."""
        variables.watch(lambda name: self._note(_VARIABLE, name))

    def _on_event(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes)) and not flags & (os.O_WRONLY | os.O_TRUNC):
                self._note("path", os.path.abspath(os.fsdecode(path)))
        elif event in _PATH_EVENTS and _IMPORTER not in sys._getframe(1).f_code.co_filename:
            path = arguments[0] or "."
            if isinstance(path, (str, bytes)):
                self._note("path", os.path.abspath(os.fsdecode(path)))
        elif event in _PROCESS_EVENTS:
            self._note(PROGRAMS, "")
        elif event == "socket.connect" and _is_far(arguments[1]):
            self._note(NETWORK, "")

    def _note(self, kind: str, name: str) -> None:
        """Note one input; a fork, whose memory is its own, reports it."""
        if os.getpid() != self.process:
            with contextlib.suppress(OSError, TypeError):  # a fork that closes all files is about to be another program
                os.write(cast(int, self.report), json.dumps([kind, name]).encode() + b"\n")
        elif kind == "path":
            self.read_paths.add(name)
        elif kind == _VARIABLE:
            self.read_variables.add(name)
        elif kind == PROGRAMS:
            self.ran_programs = True
        else:
            self.used_network = True

    def dependencies(self, notebook: dict) -> dict[str, str]:
        """Return name → fingerprint of all that the outputs of a notebook depend on, now that it has run.

        What cannot be followed has an empty fingerprint.
        """
        self._take_reports()
        modules = self._own_modules(sys.modules)
        paths = {path for path in map(Path, self.read_paths) if self._counts(path)}
        names = {_name(path, self.root) for path in paths | modules}
        tables = _paths_of_tables(self.root)
        read = {f"table {tables[name]}" if name in tables else name for name in names if name not in (PACKAGE, ".")}
        read |= {f"table {source}" for source in _sources(notebook)} | {ENVIRONMENT}
        noted = {name: self._settled(name) for name in sorted(read)}
        noted |= {_VARIABLE + name: _of_variable(name, self.variables) for name in sorted(self.read_variables)}
        return noted | {name: "" for name in self._untracked(notebook)}

    def _take_reports(self) -> None:
        if self.scratch and self.report is not None:
            for line in _report_path(self.scratch).read_text(encoding="utf-8").splitlines():
                self._note(*json.loads(line))

    def _counts(self, path: Path) -> bool:
        """Tell whether what was read belongs to the author, not to the system, a package, or this run alone."""
        if _installed(path, self.root) or (self.scratch and path.is_relative_to(self.scratch)):
            return False
        if path.is_relative_to(self.root):
            return True
        is_scratch = path.is_relative_to(self.temporary) and _written(path) > self.began
        return not is_scratch and ".cache" not in path.parts and not path.as_posix().startswith(_SYSTEM)

    def _own_modules(self, names: Iterable[str]) -> set[Path]:
        """Return the files of those of the modules that are not installed."""
        files = [getattr(sys.modules.get(name), "__file__", None) for name in list(names)]
        paths = {Path(os.path.abspath(file)) for file in files if file}
        return {path for path in paths if not _installed(path, self.root)}

    def _untracked(self, notebook: dict) -> Iterator[str]:
        """Yield what may have read anything."""
        if self.ran_programs or any(name in sys.modules for name in _SPAWNERS):
            yield PROGRAMS
        if self.used_network:
            yield NETWORK
        new = self._own_modules(sys.modules.keys() - self.modules)
        yield from map(_READER.format, native_libraries.used(self.readers, _code(notebook, new)))

    def _settled(self, name: str) -> str:
        """Return the fingerprint of what did not change while the chapter ran."""
        path = _path(name, self.root)
        if path.is_file() and _written(path) > self.began:
            return "changed meanwhile"
        return fingerprint(name, self.root)


def _report_path(scratch: Path) -> Path:
    return scratch / f"reads-{os.getpid()}"


def _open_report(scratch: Path | None) -> int | None:
    return os.open(_report_path(scratch), os.O_WRONLY | os.O_CREAT | os.O_APPEND) if scratch else None


def _is_far(address: object) -> bool:
    """Tell whether an address of a socket is that of another machine."""
    return isinstance(address, tuple) and not str(address[0]).startswith(_NEAR)


def _written(path: Path) -> int:
    """Return when a file was last written; now, where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return time.time_ns()


def _code(notebook: dict, modules: Iterable[Path]) -> Iterator[str]:
    """Yield the code of a chapter's cells, and that of the modules which are not installed."""
    yield from (cell.get("source", "") for cell in notebook["cells"] if cell["cell_type"] == "code")
    yield from (path.read_text(encoding="utf-8", errors="replace") for path in modules if path.suffix == ".py")


def _name(path: Path, root: Path) -> str:
    """Return the path from the book's folder where it lies below, elsewhere the whole path."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def changed(noted: dict[str, str], root: Path) -> list[str]:
    """Return the names of noted inputs that are no longer what they were."""
    return [name for name, was in noted.items() if not was or fingerprint(name, root) != was]


def outside(noted: dict[str, str]) -> dict[str, str]:
    """Return those of noted inputs that no look at the book's folder could tell of."""
    return {
        name: was for name, was in noted.items() if not was or name.startswith(_VARIABLE) or Path(name).is_absolute()
    }


def is_of_machine(name: str) -> bool:
    """Tell whether an input belongs to the machine a book is built on, not to the book."""
    return name.startswith(_VARIABLE) or Path(name).is_absolute()


def fingerprint(name: str, root: Path) -> str:
    """Return the SHA-256 of one input, by its name; “missing” where there is none."""
    if name.startswith(_VARIABLE):
        return _of_variable(name.removeprefix(_VARIABLE), os.environ)
    description = {ENVIRONMENT: sys.version}.get(name) or json.dumps(_entry(name, root), sort_keys=True)
    return hashlib.sha256(description.encode() + _content(_path(name, root))).hexdigest()


def _of_variable(name: str, environment: Mapping[str, str]) -> str:
    return hashlib.sha256(environment.get(name, "missing").encode(errors="surrogateescape")).hexdigest()


def _path(name: str, root: Path) -> Path:
    """Return the file or folder that an input is, or is mostly."""
    entry = _entry(name, root)
    return root / (f"data/{entry['path']}" if entry else LOCK if name == ENVIRONMENT else name)


def _content(path: Path) -> bytes:
    """Return what a file holds, or the names in a folder."""
    if path.is_dir():
        return "\n".join(sorted(os.listdir(path))).encode()
    if path.name == LOCK and not path.exists():
        return _packages()
    return path.read_bytes() if path.exists() else b"missing"


@cache
def _packages() -> bytes:
    """Return names and versions of all installed packages, where none are locked."""
    folders = [Path(folder) for folder in sys.path if "site-packages" in folder and os.path.isdir(folder)]
    return "\n".join(sorted(path.name for folder in folders for path in folder.glob("*.dist-info"))).encode()


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
