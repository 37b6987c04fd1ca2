"""The examples in the docstrings hold."""

import doctest
import importlib
import pkgutil

import pytest

import alliance

MODULES = [
    module.name
    for module in pkgutil.walk_packages(alliance.__path__, "alliance.")
    if not module.name.startswith("alliance.charts") and not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(importlib.import_module(name)) if test.examples]
    assert len(found) >= 12
