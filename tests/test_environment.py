"""The environment: made once, made anew when it must be, and one line that says why it cannot be."""

import ast
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from helpers import ROOT, load

# What an installer or the system says → words of the line that the reader gets.
OUT_OF_REACH, NO_HASH, NO_WHEEL = "package index is out of reach", "does not match its hash", "no wheel"
REASONS = {
    "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by '[Errno 111] Connection refused'\n"
    "ERROR: No matching distribution found for alabaster==0.7.16": OUT_OF_REACH,
    "  cause: Failed to fetch: https://index.invalid/simple/alabaster/": OUT_OF_REACH,
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": NO_HASH,
    "  cause: Hash mismatch for `alabaster==0.7.16`": NO_HASH,
    "WARNING: Retrying (Retry(total=4, connect=None))\nERROR: No matching distribution found for typst": NO_WHEEL,
    "  cause: Because typst==0.15.2 has no usable wheels": NO_WHEEL,
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "disk is full",
    "  cause: Failed to copy: No space left on device (os error 28)": "disk is full",
    "Error: [Errno 30] Read-only file system: '/book/.venv'": "is not writable",
    "  cause: `.venv`: Permission denied (os error 13)": "is not writable",
    "/book/.venv/bin/python: No module named ensurepip": "apt install python3-venv",
    "first words\nlast words": "first words last words; then run the command again",
}


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
def tool(tmp_path, monkeypatch):
    """The tool in a folder with a lock and a project; installers stand in, no uv is on the PATH, nobody is entered."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "requirements.lock").write_text("alabaster==0.7.16\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    module = load(shutil.copy(ROOT / "tools" / "venv.py", tmp_path / "tools"))
    module.installer, module.entered = Installer(module), []
    module.subprocess = SimpleNamespace(DEVNULL=None, PIPE=None, STDOUT=None, run=module.installer)
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    monkeypatch.setattr(module.os, "execve", lambda *call: module.entered.append(call))
    return module


def stopped(tool, capsys):
    """The one line with which a tool stops."""
    line = tool.main([])
    assert len(line.splitlines()) == 1 and capsys.readouterr().err == ""
    return line


def test_uv_fills_the_environment_once_then_it_is_entered(tool):
    tool.main(["-m", "press", "build"])
    create, pip, uv, packages, project = tool.installer.commands
    assert "-m venv --clear" in create and pip.endswith("-m ensurepip")
    assert re.search(r"-m pip install --require-hashes .* BOOK.tools.uv.txt$", uv)
    with_uv = r"uv(\.exe)? pip install .*"
    assert re.search(with_uv + "--require-hashes --only-binary :all: -r BOOK.requirements.lock$", packages)
    assert re.search(with_uv + "--no-deps --no-build-isolation -e BOOK$", project)
    _, command, variables = tool.entered[0]
    assert command == [str(tool.PYTHON), "-m", "press", "build"]
    assert variables["PATH"].startswith(str(tool.SCRIPTS) + os.pathsep)
    tool.main(["-c", "pass"])
    assert len(tool.installer.commands) == 5 and len(tool.entered) == 2


def test_the_uv_on_the_path_needs_no_pip(tool, monkeypatch):
    monkeypatch.setattr(tool.shutil, "which", lambda name: "/bin/uv")
    tool.main([])
    assert [command.split()[0] for command in tool.installer.commands[1:]] == ["/bin/uv"] * 2


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


def test_a_new_pyproject_needs_no_package_again(tool):
    tool.main([])
    (tool.ROOT / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    tool.installer.commands.clear()
    tool.main([])
    assert "requirements.lock" not in str(tool.installer.commands) and tool.installer.commands[-1].endswith("-e BOOK")


def test_a_linked_environment_is_left_alone(tool, tmp_path):
    tool.VENV.symlink_to(tmp_path / "tools")
    tool.main([])
    assert (tmp_path / "tools" / "venv.py").exists() and not tool.VENV.is_symlink()


def test_foreign_settings_stay_outside_and_the_index_stays(tool, monkeypatch):
    for name in ("PYTHONPATH", "PIP_TARGET", "PIP_INDEX_URL"):
        monkeypatch.setenv(name, "https://index.invalid/simple")
    tool.main([])
    variables = tool.entered[0][2]
    assert "PYTHONPATH" not in variables and "PIP_TARGET" not in variables
    assert variables["PIP_INDEX_URL"] == variables["UV_DEFAULT_INDEX"] == "https://index.invalid/simple"


@pytest.mark.parametrize("output", REASONS)
def test_what_the_installer_says_becomes_one_line(tool, capsys, output):
    tool.installer.output = output
    line = stopped(tool, capsys)
    assert tool.entered == [] and not tool.STAMP.exists() and REASONS[output] in line and str(tool.LOG) in line
    assert output in tool.LOG.read_text(encoding="utf-8")


@pytest.mark.parametrize("code, says", [(28, "disk is full"), (30, "not writable"), (5, "[Errno 5]")])
def test_what_the_disk_says_becomes_one_line(tool, capsys, monkeypatch, code, says):
    monkeypatch.setattr(tool.subprocess, "run", Mock(side_effect=OSError(code, os.strerror(code))))
    assert says in stopped(tool, capsys)


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_missing_file_is_named(tool, name):
    (tool.ROOT / name).unlink()
    done = subprocess.run([sys.executable, "tools/venv.py"], cwd=tool.ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 1 and str(tool.ROOT / name) in done.stderr and done.stderr.count("\n") == 1


def test_an_old_python_is_named_with_the_way_out(tool, capsys, monkeypatch):
    monkeypatch.setattr(tool.sys, "version_info", (3, 9, 18, "final", 0))
    line = stopped(tool, capsys)
    assert sys.executable in line and "needs 3.11" in line and "make book PYTHON=python3.12" in line
    ast.parse((ROOT / "tools" / "venv.py").read_text(encoding="utf-8"), feature_version=(3, 8))


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
