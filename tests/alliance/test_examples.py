"""The examples in the docstrings hold."""

import doctest
import importlib
from pathlib import Path

import pytest

import alliance

SOURCE = Path(alliance.__file__).parent
FILES = [path.relative_to(SOURCE).with_suffix("") for path in sorted(SOURCE.rglob("*.py"))]
MODULES = [".".join(["alliance", *file.parts]) for file in FILES if file.parts[0] != "charts" and file.name[0] != "_"]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 12
