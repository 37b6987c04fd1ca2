"""What the tests of the collection share."""

import pytest


@pytest.fixture
def sources(tmp_path):
    """A folder of made-up source files."""
    (tmp_path / "from" / "security").mkdir(parents=True)
    return tmp_path / "from"
