#!/usr/bin/env python3
"""Run Python inside the book's locked environment: ``python3 tools/venv.py -m press build``.

``.venv`` is made when it is missing, half made, moved, or older than ``requirements.lock``; otherwise the command starts at
once. Installing takes ``uv`` when it is on the PATH, else the standard ``venv`` and pip, with the index that the user has set.

Standard library only, and no syntax newer than Python 3.6, so that an old Python gets as far as saying that it is too old.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
VENV = os.path.join(ROOT, ".venv")
SCRIPTS = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if os.name == "nt" else "python")
STAMP = os.path.join(VENV, "stamp.json")
LOG = os.path.join(ROOT, "_build", "venv.log")

# Settings that would send the packages somewhere else, or let foreign modules in. Everything about the index stays.
STRAY = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_DRY_RUN",
    "PIP_REQUIRE_HASHES",
    "UV_REQUIRE_HASHES",
    "UV_SYSTEM_PYTHON",
)

FULL = "The disk is full: make room (about 1 GB in {root} and in the temporary folder), then run the command again."
LOCKED = "{root} is not writable: give yourself the right to write there, or work in a copy of the book that is yours."
NO_VENV = (
    "{python} cannot make environments (venv or ensurepip is missing): install them (Debian, Ubuntu: "
    "apt install python3-venv) or uv, then run the command again."
)
NO_LOCK = "{missing} is missing: bring it back from the repository (git checkout -- {missing})."

# What pip or uv wrote, and what the reader is to do about it; the first that fits, so the order matters: pip says
# "No matching distribution" also when it never reached the index.
REMEDIES = (
    (r"\[Errno (?:28|122)\]|\(os error (?:28|122)\)|No space left on device", FULL),
    (r"\[Errno (?:1|13|30)\]|\(os error (?:1|13|30)\)", LOCKED),
    (
        r"DO NOT MATCH THE HASHES[^\n]*\n\s+(\S+)|Hash mismatch for `([^`]+)`",
        "{found} is not the file that requirements.lock names (hash mismatch): empty the cache (pip cache purge, "
        "uv cache clean) and run the command again; if it stays, the package index serves an altered file.",
    ),
    (
        r"Retry\(total=0,|Max retries exceeded|Could not fetch URL|HTTP error \d+|[Ff]ailed to fetch|error sending request"
        r"|ReadTimeoutError|network was disabled",
        "The package index is out of reach: check the network, the proxy and pip's index setting (pip config list), "
        "then run the command again; details in {log}.",
    ),
    (
        r"No matching distribution found for (\S+)|Because (?:there (?:is|are) no versions? of |only )?([\w.-]+==[\w.+!]+)"
        r"|Because ([\w.-]+) was not found",
        "No wheel of {found} for Python {version} on {platform}: name another Python (make book PYTHON=python3.12) or "
        "another package index (PIP_INDEX_URL); details in {log}.",
    ),
)


class Stop(Exception):
    """Why the environment cannot be made, in one line that says what to do."""

    def __init__(self, message, **values):
        values.update(root=ROOT, log=os.path.relpath(LOG, ROOT), python=sys.executable)
        super().__init__(message.format(**values))


def main(arguments):
    """Enter the environment with ``arguments`` for its Python; return 1 after one line on stderr when that cannot be."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal without "…" is no reason to stop
    try:
        require_python(sys.version_info, sys.executable)
        prepare()
        return enter(arguments)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as error:
        print(of_errno(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("Interrupted; the next run makes .venv anew where it is half made.", file=sys.stderr)
    return 1


def require_python(version, executable):
    """Stop when the Python at ``executable`` is older than the book needs."""
    if tuple(version[:2]) < NEEDED:
        raise Stop(
            "Python {old} ({path}) is too old: the book needs {needed} or newer; name another, for example: "
            "make book PYTHON=python3.12",
            old=".".join(map(str, version[:3])),
            path=executable,
            needed=".".join(map(str, NEEDED)),
        )


def of_errno(error):
    """Return the one line for an error of the file system itself."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stop(FULL)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Stop(LOCKED)
    return Stop("{error}: remove {root}/.venv and run the command again.", error=error)


def prepare():
    """Make or mend ``.venv`` unless its stamp says that it is what the lock and the project ask for."""
    wanted, found = state(), stamp()
    if found == wanted and os.path.exists(PYTHON):
        return
    os.makedirs(os.path.dirname(LOG), exist_ok=True)
    open(LOG, "w").close()
    # An environment that only lacks a new pyproject.toml is kept, and needs no network; anything else starts from nothing,
    # so that no package of an older lock stays behind.
    only_project = os.path.exists(PYTHON) and dict(found, project=wanted["project"]) == wanted
    for path in (STAMP,) if only_project else (STAMP, VENV):
        remove(path)
    install(only_project)
    with open(STAMP, "w") as file:
        json.dump(wanted, file)


def state():
    """Return what an environment of today consists of."""
    return {
        "python": sys.version,
        "folder": ROOT,
        "lock": digest("requirements.lock"),
        "project": digest("pyproject.toml"),
    }


def digest(name):
    """Return the sha256 of a file in the book's folder."""
    try:
        with open(os.path.join(ROOT, name), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except FileNotFoundError:
        raise Stop(NO_LOCK, missing=name) from None


def stamp():
    """Return the state in which ``.venv`` was finished; empty when it never was."""
    try:
        with open(STAMP) as file:
            return json.load(file)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}


def remove(path):
    """Remove a file, a link or a folder if it is there."""
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


def install(only_project):
    """Fill ``.venv`` with the first installer that manages; stop with the last one's reason when none does."""
    reason = Stop(NO_VENV)
    for name, create, add in installers():
        try:
            if not (only_project and can(add)):
                remove(VENV)
                step("Making .venv with Python {} and {}".format(sys.version.split()[0], name), create)
                locked = ["--require-hashes", "--only-binary", ":all:", "-r", os.path.join(ROOT, "requirements.lock")]
                step("Installing the packages of requirements.lock (once; a minute or two)", add + locked)
            return step("Installing the project", [*add, "--no-deps", "--no-build-isolation", "-e", ROOT])
        except Stop as stop:
            reason = stop
    raise reason


def installers():
    """Yield the ways to install, best first: name, command that creates ``.venv``, beginning of the command that adds."""
    python = getattr(sys, "_base_executable", sys.executable)  # not the python of a .venv that is about to go
    uv = shutil.which("uv")
    if uv:
        yield (
            "uv",
            [uv, "venv", "--python", python, VENV],
            [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON],
        )
    if find_spec("venv") and find_spec("ensurepip"):
        yield "pip", [python, "-m", "venv", VENV], [PYTHON, "-m", "pip", "install"]
    elif find_spec("venv") and find_spec("pip"):  # Debian with python3-pip but without python3-venv
        create = [python, "-m", "venv", "--without-pip", VENV]
        yield "the system's pip", create, [python, "-m", "pip", "--python", PYTHON, "install"]


def can(add):
    """Whether an installer works on the ``.venv`` there is: one that uv made has no pip of its own."""
    return run([*add, "--help"]).returncode == 0


def step(title, command):
    """Run one command of an installer: one line of progress, its output in the log."""
    print(title, end=" … ", flush=True)
    start, outcome = time.time(), "failed"
    try:
        done = run(command)
        with open(LOG, "a", encoding="utf-8") as log:
            log.write("$ {}\n{}\n".format(" ".join(command), done.stdout))
        if done.returncode != 0:
            raise explain(done.stdout)
        outcome = "{:.0f} s".format(time.time() - start)
    finally:
        print(outcome, flush=True)


def run(command):
    """Run a command of an installer without letting it ask questions."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(),
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def explain(output):
    """Return the reason that an installer's output gives; its last lines when it is none we know."""
    for pattern, remedy in REMEDIES:
        match = re.search(pattern, output)
        if match:
            found = next(filter(None, match.groups()), "")
            return Stop(remedy, found=found, version=sys.version.split()[0], platform=sys.platform)
    tail = "\n".join(output.strip().splitlines()[-10:])
    return Stop(
        "The environment could not be made; all of the installer's output is in {log}, its end:\n{tail}", tail=tail
    )


def surroundings():
    """Return the environment variables for installers and commands: the user's, less those that lead astray."""
    kept = {name: value for name, value in os.environ.items() if name not in STRAY}
    return dict(kept, PIP_USER="0", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")


def enter(arguments):
    """Become the environment's Python (on Windows: run it and return its exit code)."""
    path = SCRIPTS + os.pathsep + os.environ.get("PATH", os.defpath)
    variables = dict(surroundings(), VIRTUAL_ENV=VENV, PATH=path)
    if os.name == "nt":
        return subprocess.call([PYTHON, *arguments], env=variables)
    sys.stdout.flush()
    return os.execve(PYTHON, [PYTHON, *arguments], variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
