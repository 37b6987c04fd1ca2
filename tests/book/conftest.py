"""The book as it is served, and readers of it."""

import pytest
from browsing import Reader, served


@pytest.fixture(scope="module")
def site(book):
    """Address of the served book, with a slash at its end."""
    with served(book / "html") as address:
        yield address


@pytest.fixture
def reader(browser, site):
    readers = []

    def new(**settings):
        readers.append(Reader(browser, site, **settings))
        return readers[-1]

    yield new
    for each in readers:
        each.context.close()
