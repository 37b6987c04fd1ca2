"""The two commands: what they do, and the one line they print when they cannot."""

import ast
import errno
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# One locked package: its requirement, then everything up to the next one.
LOCKED = [(Requirement(head), rest) for head, rest in re.findall(r"(?m)^(\w.*?) \\\n((?:[ #].*\n)+)", LOCK)]

# What the installers really print, shortened.
UNREACHABLE_PIP = """\
WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection broken by \
'NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused')': /simple/alabaster/
ERROR: Could not find a version that satisfies the requirement alabaster==0.7.16 (from versions: none)
ERROR: No matching distribution found for alabaster==0.7.16
"""
UNREACHABLE_UV = """\
error: Request failed after 3 retries in 9.6s
  cause: Failed to fetch: https://index.invalid/simple/alabaster/
  cause: failed to lookup address information: Name or service not known
"""
ALTERED_PIP = """\
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please \
update the hashes. Otherwise, examine the package contents carefully; someone may have tampered with them.
    alabaster==0.7.16 from https://index.invalid/alabaster-0.7.16-py3-none-any.whl (from -r requirements.lock (line 1)):
        Expected sha256 75a8b99c28a5dad50dd7f8ccdd447a121ddb3892da9e53d1ca5cca3106d58d66
             Got        b46733c07dce03ae4e150330b975c75737fa60f0a7c591b6c8bf4928a28e2c92
"""
ALTERED_UV = """\
error: Failed to download `alabaster==0.7.16`
  cause: Hash mismatch for `alabaster==0.7.16`
"""
NO_WHEEL_PIP = """\
WARNING: Retrying (Retry(total=4, connect=None)) after connection broken by 'ReadTimeout': /simple/typst/
ERROR: Could not find a version that satisfies the requirement typst==0.15.2 (from versions: 0.1.0, 0.15.1)
ERROR: No matching distribution found for typst==0.15.2
"""
NO_WHEEL_UV = """\
error: No solution found when resolving dependencies
  cause: Because typst==0.15.2 has no usable wheels and you require typst==0.15.2, we can conclude that your requirements are \
unsatisfiable.
"""
NO_VERSION_UV = (
    "  cause: Because there is no version of typst==0.15.2 and you require typst==0.15.2, we can conclude that"
)
FULL_PIP = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
FULL_UV = (
    "error: Failed to install: tzdata\n  cause: Failed to copy to `tzdata`: No space left on device (os error 28)\n"
)
READ_ONLY_PIP = "Error: [Errno 30] Read-only file system: '/book/.venv'\n"
READ_ONLY_UV = "error: Failed to create virtual environment\n  cause: `.venv`: Permission denied (os error 13)\n"


def load(path):
    """A file outside the packages as a module."""
    spec = importlib.util.spec_from_file_location(path.stem + "_tool", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Installer:
    """Stands in for uv and pip: makes an empty ``.venv``, prints ``output`` and fails when there is any."""

    def __init__(self, tool):
        self.tool, self.output, self.commands = tool, "", []

    def __call__(self, command):
        self.commands.append(command)
        if "venv" in command and not self.output:
            Path(self.tool.PYTHON).parent.mkdir(parents=True)
            Path(self.tool.PYTHON).touch()
        return subprocess.CompletedProcess(command, 1 if self.output else 0, stdout=self.output)


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
    """The tool of that folder, with a stand-in for the installers, uv on the PATH, and nobody to become."""
    module = load(book / "tools" / "venv.py")
    module.run = Installer(module)
    module.entered = []
    monkeypatch.setattr(module.shutil, "which", lambda name: "/bin/uv" if name == "uv" else None)
    monkeypatch.setattr(module.os, "execve", lambda *call: module.entered.append(call))
    return module


def the_line(capsys):
    """What stands on stderr, which must be exactly one line."""
    err = capsys.readouterr().err
    assert err.endswith("\n") and len(err.splitlines()) == 1, err
    return err.rstrip("\n")


# --- making, keeping, mending .venv ---------------------------------------------------------------------------------


def test_makes_the_environment_once_then_enters_it(tool, book):
    tool.main(["-m", "press", "build"])
    create, packages, project = tool.run.commands
    assert create[:2] == ["/bin/uv", "venv"]
    assert packages[-5:] == ["--require-hashes", "--only-binary", ":all:", "-r", str(book / "requirements.lock")]
    assert project[-4:] == ["--no-deps", "--no-build-isolation", "-e", str(book)]
    python, command, variables = tool.entered[0]
    assert command == [tool.PYTHON, "-m", "press", "build"] and python == tool.PYTHON
    assert variables["PATH"].startswith(tool.SCRIPTS + os.pathsep)

    tool.main(["-c", "pass"])
    assert len(tool.run.commands) == 3 and len(tool.entered) == 2


def spoil_lock(book, tool):
    (book / "requirements.lock").write_text("alabaster==1.0.0\n")


def spoil_stamp(book, tool):
    Path(tool.STAMP).unlink()  # what an interrupted install leaves


def truncate_stamp(book, tool):
    Path(tool.STAMP).write_text('{"python": ')


def move_folder(book, tool):
    text = Path(tool.STAMP).read_text()
    Path(tool.STAMP).write_text(text.replace(str(book), "/elsewhere"))


def upgrade_python(book, tool):
    Path(tool.STAMP).write_text(Path(tool.STAMP).read_text().replace("3.", "2.", 1))


def lose_python(book, tool):
    Path(tool.PYTHON).unlink()
    Path(tool.PYTHON).symlink_to("/no/such/python")


@pytest.mark.parametrize("spoil", [spoil_lock, spoil_stamp, truncate_stamp, move_folder, upgrade_python, lose_python])
def test_makes_the_environment_anew_when_it_is_not_what_it_should_be(tool, book, spoil):
    tool.main([])
    leftover = Path(tool.VENV, "leftover")
    leftover.touch()
    spoil(book, tool)
    tool.run.commands.clear()
    tool.main([])
    assert len(tool.run.commands) == 3 and not leftover.exists()
    tool.main([])
    assert len(tool.run.commands) == 3, "the mended environment is kept"


def test_a_new_pyproject_needs_no_package_again(tool, book):
    tool.main([])
    (book / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    tool.run.commands.clear()
    tool.main([])
    assert [command[-1] for command in tool.run.commands] == ["--help", str(book)]


def test_a_failed_install_leaves_no_stamp(tool, capsys):
    tool.main([])
    spoil_lock(Path(tool.ROOT), tool)
    tool.run.output = FULL_UV
    assert tool.main([]) == 1
    assert not os.path.exists(tool.STAMP) and len(tool.entered) == 1


def test_pip_takes_over_where_uv_fails(tool, capsys):
    honest = tool.run

    def uv_fails(command):
        if command[0] == "/bin/uv":
            return subprocess.CompletedProcess(command, 127, stdout="pyenv: uv: command not found\n")
        return honest(command)

    tool.run = uv_fails
    tool.main([])
    assert [command[1:3] for command in honest.commands] == [["-m", "venv"], ["-m", "pip"], ["-m", "pip"]]
    assert capsys.readouterr().err == "" and len(tool.entered) == 1
    assert "pyenv: uv: command not found" in Path(tool.LOG).read_text()


def test_the_systems_pip_serves_where_ensurepip_is_missing(tool, monkeypatch):
    monkeypatch.setattr(tool.shutil, "which", lambda name: None)
    monkeypatch.setattr(tool, "find_spec", lambda name: None if name == "ensurepip" else "found")
    tool.main([])
    create, packages, _ = tool.run.commands
    assert "--without-pip" in create and packages[1:5] == ["-m", "pip", "--python", tool.PYTHON]


def test_foreign_settings_stay_outside_and_the_index_stays(tool, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_TARGET", "/somewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.invalid/simple")
    tool.main([])
    variables = tool.entered[0][2]
    assert "PYTHONPATH" not in variables and "PIP_TARGET" not in variables
    assert variables["PIP_INDEX_URL"] == "https://index.invalid/simple"


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a shell script")
def test_as_a_process_of_its_own_with_a_uv_on_the_path(book):
    uv = book / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text(
        "#!/bin/sh\necho called >> calls\n"
        f'[ "$1" = venv ] && mkdir -p .venv/bin && ln -s "{sys.executable}" .venv/bin/python\nexit 0\n'
    )
    uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
    command = [sys.executable, "tools/venv.py", "-c", "import sys; print('inside'); sys.exit(7)"]
    variables = dict(os.environ, PATH=f"{uv.parent}{os.pathsep}{os.environ['PATH']}")
    first, second = (
        subprocess.run(command, cwd=book, env=variables, capture_output=True, encoding="utf-8") for _ in range(2)
    )
    assert first.returncode == second.returncode == 7, first.stderr
    assert first.stdout.splitlines()[0].startswith("Making .venv with Python 3.") and first.stdout.endswith("inside\n")
    assert second.stdout == "inside\n" and second.stderr == ""
    assert (book / "calls").read_text().count("called") == 3


# --- one line that says what to do ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "output, says",
    [
        (UNREACHABLE_PIP, ["package index is out of reach", "network", "_build/venv.log"]),
        (UNREACHABLE_UV, ["package index is out of reach", "network"]),
        (ALTERED_PIP, ["alabaster==0.7.16 is not the file", "hash mismatch", "pip cache purge"]),
        (ALTERED_UV, ["alabaster==0.7.16 is not the file", "uv cache clean"]),
        (NO_WHEEL_PIP, ["No wheel of typst==0.15.2", "make book PYTHON="]),
        (NO_WHEEL_UV, ["No wheel of typst==0.15.2", sys.platform]),
        (NO_VERSION_UV, ["No wheel of typst==0.15.2"]),
        (FULL_PIP, ["disk is full", "make room", "1 GB"]),
        (FULL_UV, ["disk is full", "make room"]),
        (READ_ONLY_PIP, ["is not writable"]),
        (READ_ONLY_UV, ["is not writable"]),
    ],
)
def test_what_the_installer_says_becomes_one_line(tool, capsys, output, says):
    tool.run.output = output
    assert tool.main([]) == 1
    line = the_line(capsys)
    assert all(words in line for words in says), line
    assert tool.entered == []


@pytest.mark.parametrize(
    "code, says",
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "is not writable"),
        (errno.EROFS, "is not writable"),
        (errno.EIO, "rm"),
    ],
)
def test_what_the_disk_says_becomes_one_line(tool, capsys, code, says):
    def fail(command):
        raise OSError(code, os.strerror(code))

    tool.run = fail
    assert tool.main([]) == 1
    line = the_line(capsys)
    assert (says if says != "rm" else f"remove {tool.VENV}") in line, line


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_missing_file_is_named(tool, book, capsys, name):
    (book / name).unlink()
    assert tool.main([]) == 1
    assert the_line(capsys) == f"{name} is missing: bring it back from the repository (git checkout -- {name})."


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_debian_without_venv(tool, capsys, monkeypatch, missing):
    monkeypatch.setattr(tool.shutil, "which", lambda name: None)
    monkeypatch.setattr(tool, "find_spec", lambda name: None if name in (missing, "pip") else "found")
    assert tool.main([]) == 1
    assert "apt install python3-venv" in the_line(capsys)


def test_an_old_python_is_named_with_the_way_out(tool, capsys, monkeypatch):
    monkeypatch.setattr(tool.sys, "version_info", (3, 9, 18, "final", 0))
    assert tool.main([]) == 1
    line = the_line(capsys)
    assert line.startswith(f"Python 3.9.18 ({sys.executable}) is too old: the book needs 3.11")
    assert "make book PYTHON=python3.12" in line and line.isascii()


def test_an_old_python_can_read_the_tool_that_far():
    ast.parse((ROOT / "tools" / "venv.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_interrupted_install_says_so(tool, capsys):
    def interrupt(command):
        raise KeyboardInterrupt

    tool.run = interrupt
    assert tool.main([]) == 1
    assert the_line(capsys).startswith("Interrupted")


def test_an_unknown_failure_shows_the_end_of_the_log_and_where_it_is(tool, capsys):
    tool.run.output = "".join(f"line {n}\n" for n in range(50))
    assert tool.main([]) == 1
    err = capsys.readouterr().err
    assert "_build/venv.log" in err.splitlines()[0] and err.endswith("line 49\n") and "line 39\n" not in err
    assert "line 0\n" in Path(tool.LOG).read_text()


# --- Makefile and CI ------------------------------------------------------------------------------------------------


def targets():
    """Target → its recipe lines."""
    blocks = re.findall(r"(?m)^([a-z]+):.*\n((?:\t.*\n)*)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    return {name: recipe.splitlines() for name, recipe in blocks}


def test_every_target_is_one_line_of_python():
    assert {"help", "book", "test", "quick", "lab", "refresh", "lock", "clean"} <= set(targets())
    for name, recipe in targets().items():
        assert len(recipe) == 1 and re.match(r"\t@\$\((VENV|PYTHON)\) ", recipe[0]), name


def make(*arguments):
    """Run make as from a terminal, also when make runs these tests."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=variables, capture_output=True, encoding="utf-8")


def test_help_lists_every_target():
    assert {line.split()[1] for line in make().stdout.splitlines()} == set(targets())


def test_refresh_without_a_folder_says_so():
    done = make("refresh", "FROM=")
    assert done.returncode != 0 and len(done.stderr.splitlines()) == 1 and "make refresh FROM=DIR" in done.stderr


@pytest.mark.parametrize(
    "printed, code, fails",
    [
        ("12 passed in 3 s", 0, False),
        ("SKIPPED [1] tests/test_data.py:3: no source files", 0, False),
        ("SKIPPED [2] tests/test_pages.py:9: browser: none to be had", 0, True),
        ("1 failed in 3 s", 2, True),
    ],
    ids=["passed", "other skip", "skip for want of a browser", "failed"],
)
def test_ci_fails_with_the_suite_and_when_no_browser_ran(tmp_path, printed, code, fails):
    for name, text in {"make": f"echo '{printed}'; exit {code}", "chromium": "exit 0"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    variables = dict(os.environ, PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run(["bash", ".ci/run"], cwd=ROOT, env=variables, capture_output=True, encoding="utf-8")
    assert printed in done.stdout and (done.returncode != 0) == fails, done.stderr


def test_lock_without_uv_says_so(capsys, monkeypatch):
    lock = load(ROOT / "tools" / "lock.py")
    monkeypatch.setattr(lock.shutil, "which", lambda name: None)
    assert lock.main([]) == 1 and "make lock needs uv" in the_line(capsys)


# --- pyproject, lock and conda in step --------------------------------------------------------------------------------


def pins():
    """Every requirement that the project states itself."""
    return [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]]


def test_every_pin_of_the_project_is_the_locks():
    locked = {(canonicalize_name(entry.name), str(entry.specifier)) for entry, _ in LOCKED}
    for pin in pins():
        assert str(pin.specifier).startswith("=="), f"{pin} is not an exact version"
        assert (canonicalize_name(pin.name), str(pin.specifier)) in locked, (
            f"{pin} is not in requirements.lock: make lock"
        )


def test_the_lock_comes_from_these_pins_and_no_others():
    direct = {canonicalize_name(entry.name) for entry, rest in LOCKED if "us-rok-alliance (pyproject.toml)" in rest}
    assert direct == {canonicalize_name(pin.name) for pin in pins()}


def test_every_locked_package_is_exact_and_hashed():
    assert len(LOCKED) == len(re.findall(r"(?m)^\w", LOCK))
    for entry, rest in LOCKED:
        assert re.fullmatch(r"==[^,*]+", str(entry.specifier)), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest), f"{entry} has no hash"


def test_the_lock_names_no_index_and_no_path():
    assert not re.search(r"://|/|--(extra-)?index-url|--find-links|\w @ ", LOCK)


def test_this_environment_is_the_locks():
    wrong = [
        str(entry)
        for entry, _ in LOCKED
        if (entry.marker is None or entry.marker.evaluate())
        and not entry.specifier.contains(importlib.metadata.version(entry.name), prereleases=True)
    ]
    assert wrong == []


def test_conda_installs_the_lock():
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["name"] == PROJECT["name"] and conda["channels"] == ["conda-forge"]
    *packages, with_pip = conda["dependencies"]
    assert packages == ["python=3.11", "pip"] and PROJECT["requires-python"] == ">=3.11"
    assert with_pip == {"pip": ["--require-hashes", "--only-binary=:all:", "-r requirements.lock"]}


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for pin in pins():
        assert re.search(rf'(?m)^  "{re.escape(str(pin))}",\s+# \w.+$', text), f"say why {pin.name} is there"


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
