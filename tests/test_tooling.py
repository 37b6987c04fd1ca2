"""The commands of the Makefile and of continuous integration."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
