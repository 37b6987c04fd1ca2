"""Environment variables: those that chapters run with, and those that they read."""

import os
import sys
from collections.abc import Callable

# The same for every chapter on every machine: one clock, one encoding, no terminal, figures among the outputs.
FIXED = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",  # no threads before a fork
    "PAGER": "cat",
    "PYTHONUTF8": "1",
    "TERM": "dumb",
    "TZ": "UTC",
} | ({"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})
_ABSENT = ("COLUMNS", "LINES", "PYTHONIOENCODING")  # of a terminal
_OWN = {*FIXED, *_ABSENT, "IPYTHONDIR"}
_OF_A_SHELL = {"_", "OLDPWD", "PWD", "SHLVL", "PYTEST_CURRENT_TEST"}  # another at every start: no chapter means these


def of_chapters() -> dict[str, str]:
    """Return the variables that chapters run with."""
    return {name: value for name, value in os.environ.items() if name not in _ABSENT} | FIXED


def watch(note: Callable[[str], None]) -> None:
    """Call `note` with the name of every variable that is read by Python from now on."""
    kind = type(os.environ)

    class Watched(kind):  # type: ignore[valid-type, misc]  # the type has no public name
        def __getitem__(self, name):
            if isinstance(name, str) and name not in _OWN | _OF_A_SHELL:
                note(name)
            return super().__getitem__(name)

    os.environ.__class__ = Watched
