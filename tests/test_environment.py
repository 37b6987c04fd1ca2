"""The locked environment: made once, made anew when it must be, and one line that says why it cannot be."""

import ast
import errno
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]]
LOCKS = [(ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "tools/uv.txt")]
# One locked package: its requirement, then everything up to the next one.
LOCKED = [
    (Requirement(head), rest) for lock in LOCKS for head, rest in re.findall(r"(?m)^(\w.*?) \\\n((?:[ #].*\n?)+)", lock)
]

# The line of an installer's or the system's output that counts → words of the line that the reader gets.
REASONS = {
    "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by '[Errno 111] Connection refused'\n"
    "ERROR: No matching distribution found for alabaster==0.7.16": "package index is out of reach",
    "  cause: Failed to fetch: https://index.invalid/simple/alabaster/": "package index is out of reach",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "does not match its hash",
    "  cause: Hash mismatch for `alabaster==0.7.16`": "does not match its hash",
    "WARNING: Retrying (Retry(total=4, connect=None))\nERROR: No matching distribution found for typst": "no wheel",
    "  cause: Because typst==0.15.2 has no usable wheels": "no wheel",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "disk is full",
    "  cause: Failed to copy: No space left on device (os error 28)": "disk is full",
    "Error: [Errno 30] Read-only file system: '/book/.venv'": "is not writable",
    "  cause: `.venv`: Permission denied (os error 13)": "is not writable",
    "/book/.venv/bin/python: No module named ensurepip": "apt install python3-venv",
    "first words\nlast words": "last words",
}


def load(path):
    """A file outside the packages as a module."""
    spec = importlib.util.spec_from_file_location(path.stem + "_tool", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Installer:
    """Stands in for venv, uv, and pip: makes ``.venv``; fails with ``output`` where a command has ``failing`` in it."""

    def __init__(self, tool):
        self.tool, self.output, self.failing, self.commands = tool, "", "python", []

    def __call__(self, command, **_):
        self.commands.append(" ".join(command).replace(str(self.tool.ROOT), "BOOK"))
        failed = self.output and self.failing in self.commands[-1]
        if "venv" in command and not failed:
            shutil.rmtree(self.tool.VENV, ignore_errors=True)
            self.tool.SCRIPTS.mkdir(parents=True)
            self.tool.PYTHON.touch()
        return subprocess.CompletedProcess(command, int(bool(failed)), stdout=self.output if failed else "")


@pytest.fixture
def book(tmp_path):
    """A folder with the tool, a lock and a project, and nothing else."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "venv.py", tmp_path / "tools")
    (tmp_path / "requirements.lock").write_text("alabaster==0.7.16\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


@pytest.fixture
def tool(book, monkeypatch):
    """The tool of that folder, with a stand-in for the installers, no uv on the PATH, and nobody to become."""
    module = load(book / "tools" / "venv.py")
    module.installer, module.entered = Installer(module), []
    module.subprocess = SimpleNamespace(DEVNULL=None, PIPE=None, STDOUT=None, run=module.installer)
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    monkeypatch.setattr(module.os, "execve", lambda *call: module.entered.append(call))
    return module


def the_line(capsys):
    """What stands on stderr, which must be exactly one line."""
    err = capsys.readouterr().err
    assert err.endswith("\n") and len(err.splitlines()) == 1, err
    return err


# --- making, keeping, mending .venv ---------------------------------------------------------------------------------


def test_uv_fills_the_environment_once_then_it_is_entered(tool, book):
    tool.main(["-m", "press", "build"])
    create, pip, uv, packages, project = tool.installer.commands
    assert "-m venv --clear" in create and pip.endswith("-m ensurepip")
    assert re.search(r"-m pip install --require-hashes .* BOOK.tools.uv.txt$", uv)
    assert re.search(
        r"uv(\.exe)? pip install .*--require-hashes --only-binary :all: -r BOOK.requirements.lock$", packages
    )
    assert re.search(r"uv(\.exe)? pip install .*--no-deps --no-build-isolation -e BOOK$", project)
    _, command, variables = tool.entered[0]
    assert command == [str(tool.PYTHON), "-m", "press", "build"]
    assert variables["PATH"].startswith(str(tool.SCRIPTS) + os.pathsep)

    tool.main(["-c", "pass"])
    assert len(tool.installer.commands) == 5 and len(tool.entered) == 2


def test_the_uv_on_the_path_needs_no_pip(tool, monkeypatch):
    monkeypatch.setattr(tool.shutil, "which", lambda name: "/bin/uv")
    tool.main([])
    assert [command.split()[0] for command in tool.installer.commands[1:]] == ["/bin/uv", "/bin/uv"]


@pytest.mark.parametrize("failing", ["uv.txt", "uv pip install"])
def test_pip_takes_over_where_uv_cannot_be_had_or_fails(tool, capsys, failing):
    tool.installer.output, tool.installer.failing = "no wheel, no luck", failing
    tool.main([])
    assert [" -m pip install " in command for command in tool.installer.commands[-2:]] == [True, True]
    assert capsys.readouterr().err == "" and len(tool.entered) == 1
    assert "no wheel, no luck" in tool.LOG.read_text(encoding="utf-8")


SPOILT = {
    "another lock": lambda tool: (tool.ROOT / "requirements.lock").write_text("alabaster==1.0.0\n"),
    "half made": lambda tool: tool.STAMP.unlink(),
    "half a stamp": lambda tool: tool.STAMP.write_text(tool.STAMP.read_text()[:20]),
    "another folder": lambda tool: setattr(tool, "ROOT", shutil.copytree(tool.ROOT, tool.ROOT / "copy", symlinks=True)),
    "another Python": lambda tool: setattr(tool, "sys", SimpleNamespace(**{**vars(sys), "version": "3.99"})),
    "no Python": lambda tool: tool.PYTHON.unlink(),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_environment_is_made_anew_when_it_is_not_what_it_should_be(tool, spoil):
    tool.main([])
    (tool.VENV / "leftover").touch()
    spoil(tool)
    tool.main([])
    assert not (tool.VENV / "leftover").exists() and len(tool.installer.commands) == 10
    tool.main([])
    assert len(tool.installer.commands) == 10, "the mended environment is kept"


def test_a_new_pyproject_needs_no_package_again(tool, book):
    tool.main([])
    (book / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    tool.installer.commands.clear()
    tool.main([])
    assert not any("requirements.lock" in command for command in tool.installer.commands)
    assert tool.installer.commands[-1].endswith("-e BOOK")


def test_a_linked_environment_is_left_alone(tool, tmp_path):
    others = tmp_path / "others"
    others.mkdir()
    (others / "kept").touch()
    tool.VENV.symlink_to(others)
    tool.main([])
    assert (others / "kept").exists() and not tool.VENV.is_symlink()


def test_foreign_settings_stay_outside_and_the_index_stays(tool, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_TARGET", "/somewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.invalid/simple")
    tool.main([])
    variables = tool.entered[0][2]
    assert "PYTHONPATH" not in variables and "PIP_TARGET" not in variables
    assert variables["PIP_INDEX_URL"] == variables["UV_DEFAULT_INDEX"] == "https://index.invalid/simple"


# --- one line that says what to do ----------------------------------------------------------------------------------


@pytest.mark.parametrize("output", REASONS)
def test_what_the_installer_says_becomes_one_line(tool, capsys, output):
    tool.installer.output = output
    assert tool.main([]) == 1 and tool.entered == [] and not tool.STAMP.exists()
    line = the_line(capsys)
    assert REASONS[output] in line and str(tool.LOG) in line
    assert output in tool.LOG.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "code, says", [(errno.ENOSPC, "disk is full"), (errno.EROFS, "not writable"), (errno.EIO, "[Errno 5]")]
)
def test_what_the_disk_says_becomes_one_line(tool, capsys, code, says):
    def fail(*_, **__):
        raise OSError(code, os.strerror(code))

    tool.subprocess.run = fail
    assert tool.main([]) == 1 and says in the_line(capsys)


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_missing_file_is_named(tool, book, capsys, name):
    (book / name).unlink()
    assert tool.main([]) == 1 and str(book / name) in the_line(capsys)


def test_an_old_python_is_named_with_the_way_out(tool, capsys, monkeypatch):
    monkeypatch.setattr(tool.sys, "version_info", (3, 9, 18, "final", 0))
    assert tool.main([]) == 1
    line = the_line(capsys)
    assert sys.executable in line and "needs 3.11" in line and "make book PYTHON=python3.12" in line


def test_an_old_python_can_read_the_tool_that_far():
    ast.parse((ROOT / "tools" / "venv.py").read_text(encoding="utf-8"), feature_version=(3, 8))


# --- pyproject, lock and conda in step --------------------------------------------------------------------------------


def test_every_pin_of_the_project_is_the_locks():
    locked = {(canonicalize_name(entry.name), str(entry.specifier)) for entry, _ in LOCKED}
    for pin in PINS:
        assert str(pin.specifier).startswith("=="), f"{pin} is not an exact version"
        assert (canonicalize_name(pin.name), str(pin.specifier)) in locked, f"{pin} is not locked: make lock"


def test_the_lock_comes_from_these_pins_and_no_others():
    direct = {canonicalize_name(entry.name) for entry, rest in LOCKED if "us-rok-alliance (pyproject.toml)" in rest}
    assert direct == {canonicalize_name(pin.name) for pin in PINS}


def test_every_locked_package_is_exact_and_hashed_and_names_no_index():
    assert len(LOCKED) == sum(len(re.findall(r"(?m)^\w", lock)) for lock in LOCKS) and LOCKED[-1][0].name == "uv"
    for entry, rest in LOCKED:
        assert re.fullmatch(r"==[^,*]+", str(entry.specifier)), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest), f"{entry} has no hash"
    assert not any(re.search(r"://|/|--(extra-)?index-url|--find-links|\w @ ", lock) for lock in LOCKS)


def test_this_environment_is_the_locks():
    here = [entry for entry, _ in LOCKED if entry.name != "uv" and (entry.marker is None or entry.marker.evaluate())]
    versions = {entry: importlib.metadata.version(entry.name) for entry in here}
    assert [entry for entry in here if not entry.specifier.contains(versions[entry], prereleases=True)] == []


def test_conda_installs_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["name"] == PROJECT["name"] and conda["channels"] == ["conda-forge"]
    *packages, with_pip = conda["dependencies"]
    assert packages == ["python=3.11", "pip"] and PROJECT["requires-python"] == ">=3.11"
    assert with_pip == {"pip": ["--require-hashes", "--only-binary=:all:", "-r requirements.lock"]}


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for pin in PINS:
        assert re.search(rf'(?m)^  "{re.escape(str(pin))}",\s+# \w.+$', text), f"say why {pin.name} is there"


def test_lock_without_uv_says_so(capsys, monkeypatch):
    lock = load(ROOT / "tools" / "lock.py")
    monkeypatch.setattr(lock.shutil, "which", lambda name: None)
    assert lock.main([]) == 1 and "make lock needs uv" in the_line(capsys)


def test_lock_writes_both_files_and_keeps_what_is_pinned(monkeypatch):
    lock, calls = load(ROOT / "tools" / "lock.py"), []
    monkeypatch.setattr(lock.shutil, "which", lambda name: "uv")
    monkeypatch.setattr(
        lock.subprocess, "run", lambda *call, **_: calls.append(call[0]) or SimpleNamespace(returncode=0)
    )
    assert lock.main(["--upgrade-package", "pandas"]) == 0
    assert [call[-1] for call in calls] == ["requirements.lock", "tools/uv.txt"]
    assert all("--generate-hashes" in call and "--upgrade-package" in call for call in calls)


# --- for real --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_copy_of_the_book_gets_its_environment(tmp_path):
    copy = tmp_path / "a book"  # a space in the path, for good measure
    copy.mkdir()
    for name in ("pyproject.toml", "requirements.lock", "README.md"):
        shutil.copy(ROOT / name, copy)
    for name in ("src", "tools"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.egg-info", "__pycache__"))
    command = [sys.executable, "tools/venv.py", "-c", "import press, alliance, sys; print(press.__file__, sys.prefix)"]
    done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8")
    if "index is out of reach" in done.stderr:
        pytest.skip("index out of reach")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"{copy / 'src' / 'press' / '__init__.py'} {copy / '.venv'}"
