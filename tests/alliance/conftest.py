"""What the tests of alliance share."""

import shutil

import pytest

from alliance import data


@pytest.fixture
def folder(tmp_path):
    """A copy of ``data/`` to spoil."""
    return shutil.copytree(data.DATA, tmp_path / "data")
