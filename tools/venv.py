#!/usr/bin/env python3
"""Run Python inside the book's locked environment: ``python3 tools/venv.py -m press build``.

The first run makes ``.venv`` from ``requirements.lock``; later runs enter it at once. Another lock, Python, or folder
makes it anew. uv installs the packages in seconds, the one on the PATH or that of ``tools/uv.txt``; else pip does it.
"""

# Standard library only, in the syntax of Python 3.8: an old Python gets as far as saying that it is too old.
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV, LOG = ROOT / ".venv", ROOT / "_build" / "venv.log"
SCRIPTS, EXE = (VENV / "Scripts", ".exe") if os.name == "nt" else (VENV / "bin", "")
PYTHON, STAMP = SCRIPTS / f"python{EXE}", VENV / "stamp.txt"

HASHED = ["--require-hashes", "--only-binary", ":all:", "-r"]
PACKAGES = ("Installing the packages of requirements.lock", [*HASHED, str(ROOT / "requirements.lock")])
PROJECT = ("Installing the project", ["--no-deps", "--no-build-isolation", "-e", str(ROOT)])

# These would send the packages elsewhere or let foreign modules in; what names an index, proxy, or certificate stays.
STRAY = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_REQUIRE_HASHES"}
STRAY |= {"UV_REQUIRE_HASHES", "UV_SYSTEM_PYTHON", "PYTHONDONTWRITEBYTECODE"}  # the last: starts would compile all anew

# What pip, uv, or the system wrote, and the remedy: the first that fits. The index stands before the wheel, since pip
# says "No matching distribution" also when it never reached the index.
REMEDIES = {
    r"(Errno|os error) (28|122)\b": "the disk is full; make room (about 1 GB here and in the temporary folder)",
    r"(Errno|os error) (1|13|30)\b": f"{ROOT} is not writable; work in a copy of the book that is yours",
    "NOT MATCH THE HASHES|Hash mismatch": "a package does not match its hash in requirements.lock; run pip cache purge",
    r"Retry\(total=0|[Ff]ailed to fetch": "the package index is out of reach; check the network and pip config list",
    "No matching distribution|usable wheels": "a package has no wheel for this Python; try make book PYTHON=python3.12",
    "No module named (venv|ensurepip)": "this Python has no venv or ensurepip; install them (apt install python3-venv)",
}


def main(arguments):
    """Enter the environment with ``arguments`` for its Python; return the line for the reader if that cannot be."""
    if tuple(sys.version_info) < (3, 11):
        found = f"Python {sys.version.split()[0]} ({sys.executable})"
        return f"{found} is too old: the book needs 3.11 or newer: make book PYTHON=python3.12"
    try:
        prepare()
        return enter(arguments)
    except OSError as error:
        said = " ".join(str(error).split())
        remedy = next((text for words, text in REMEDIES.items() if re.search(words, said)), said[-200:])
        return f"Cannot make .venv: {remedy}; then run the command again. All of the output is in {LOG}."
    except KeyboardInterrupt:
        return "Interrupted; run the command again to go on."


def prepare():
    """Make or mend ``.venv`` unless its stamp says that it is what the lock and the project ask for."""
    packages = (ROOT / "requirements.lock").read_bytes() + f"{sys.version} {ROOT}".encode()
    project = (ROOT / "pyproject.toml").read_bytes()
    wanted = [hashlib.sha256(content).hexdigest() for content in (packages, project)]
    found = STAMP.read_text().split() if STAMP.exists() and PYTHON.exists() else []
    if found == wanted:
        return
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("")
    if found[:1] == wanted[:1]:  # a new pyproject.toml alone needs no package again, and so no network
        STAMP.unlink()
        install(PROJECT)
    else:
        if VENV.is_symlink():  # what it leads to belongs to somebody else
            VENV.unlink()
        python = getattr(sys, "_base_executable", sys.executable)  # not the one of the .venv that now goes
        step("Making .venv", [python, "-m", "venv", "--clear", "--without-pip", str(VENV)])
        install(PACKAGES, PROJECT)
    STAMP.write_text("\n".join(wanted))


def install(*steps):
    """Take the steps with the first installer that manages them all; raise the last one's error if none does."""
    for installer in installers():
        try:
            return [step(title, installer + options) for title, options in steps]
        except OSError as error:
            last = error
    raise last


def installers():
    """Yield the beginnings of the commands that install into ``.venv``, the fastest first."""
    own, options = str(SCRIPTS / f"uv{EXE}"), ["pip", "install", "--python", str(PYTHON)]
    uv, pip = shutil.which("uv") or shutil.which(own), [str(PYTHON), "-m", "pip", "install"]
    if uv:
        yield [uv, *options]
    step("Adding pip", [str(PYTHON), "-m", "ensurepip"])
    with suppress(OSError):  # where no wheel of uv exists, for example, pip works alone
        step("Adding uv", [*pip, *HASHED, str(ROOT / "tools" / "uv.txt")])
        yield [own, *options]
    yield pip


def step(title, command):
    """Run one command without questions: one line of progress, its output in the log; raise OSError if it fails."""
    print(title, end=" ... ", flush=True)
    start, pipes = time.time(), {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run(command, cwd=ROOT, env=surroundings(), encoding="utf-8", errors="replace", **pipes)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    print("failed" if done.returncode else f"{time.time() - start:.0f} s", flush=True)
    if done.returncode:
        raise OSError(done.stdout)


def enter(arguments):
    """Become the environment's Python (on Windows: run it and return its exit code)."""
    path = str(SCRIPTS) + os.pathsep + os.environ.get("PATH", os.defpath)
    command, variables = [str(PYTHON), *arguments], dict(surroundings(), VIRTUAL_ENV=str(VENV), PATH=path)
    if os.name == "nt":
        return subprocess.call(command, env=variables)
    return os.execve(PYTHON, command, variables)


def surroundings():
    """Return the environment variables for installers and commands: the user's, less those that lead astray."""
    kept = {name: value for name, value in os.environ.items() if name not in STRAY}
    if "PIP_INDEX_URL" in kept:
        kept.setdefault("UV_DEFAULT_INDEX", kept["PIP_INDEX_URL"])
    return dict(kept, PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
