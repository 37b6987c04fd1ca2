"""What several tests share: the real book, built once, and a small sample book about rain."""

import atexit
import gc
import importlib.metadata
import json
import os
import shutil
from functools import cache

import pytest
from browsing import opened_browser
from helpers import EPOCH, ROOT, SAMPLE, built, lock, share_cache

from press import patches

__all__ = ["EPOCH", "ROOT", "SAMPLE"]

# What is installed does not change: Sphinx and pybtex look through all packages at each build.
importlib.metadata.entry_points = cache(importlib.metadata.entry_points)
patches.skip_optional_json_formats()  # first of all: it spares every import of altair and nbformat a grammar of seconds


def pytest_addoption(parser):
    parser.addoption("--update-snapshots", action="store_true", help="write what snapshots are compared with anew")


def pytest_ignore_collect(collection_path, config):
    """Do not even import what holds slow tests alone, where they are left out: browsers and readers of PDF."""
    if config.option.markexpr == "not slow" and collection_path.suffix == ".py":
        return "\npytestmark = pytest.mark.slow" in collection_path.read_text(encoding="utf-8") or None
    return None


def pytest_collection_finish():
    """Look for garbage seldom, and never among what was imported: that is a tenth of the time of the quick tests."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


# Extensions look for their objects when Python ends, and one complains of what is left; pytest itself looks for garbage
# five times before that, and need not look among what was imported.
atexit.register(gc.unfreeze)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give quick tests to processes by file, those of the press by package: each builds the sample book once."""
    if config.option.dist != "load" or config.option.markexpr != "not slow":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return file.rpartition("/")[0] if file.startswith("tests/press/") else file

    return Scheduling(config, log)


@pytest.fixture
def snapshot(request):
    """Compare a text with the file of that name in the folder `snapshots` beside the test."""

    def compare(name, text):
        path = request.path.parent / "snapshots" / name
        if request.config.getoption("--update-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; if it should: pytest --update-snapshots"

    return compare


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """A folder that all processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def cache_dir(shared):
    """Fonts and the script bundle, where the real book keeps them: there already, or made now."""
    from press.charts import fonts, renderer

    folder = ROOT / "_build" / ".press"
    with lock(shared):
        fonts.make_static_fonts(folder / "fonts")
        renderer.script_bundle(folder)
    return folder


@pytest.fixture(scope="session")
def built_book(cache_dir, shared):
    """The real book, built where it lies as `make book` builds it; its folder. Not to be written to."""
    with lock(shared):
        built(ROOT)
    return ROOT


@pytest.fixture(scope="session")
def book(built_book):
    """`_build` of the real book: `html` and `pdf`."""
    return built_book / "_build"


@pytest.fixture(scope="session")
def built_sample(cache_dir, shared):
    """The sample book, built once for all processes; what the build said lies beside it. Not to be written to."""
    folder = shared / "sample" / "rain"
    with lock(shared):
        if not folder.exists():
            shutil.copytree(SAMPLE, folder)
            share_cache(cache_dir, folder)
            done = built(folder)
            said = json.dumps([done.stdout, done.stderr])
            (folder.parent / "said.json").write_text(said, encoding="utf-8")
    return folder


@pytest.fixture
def sample(built_sample, tmp_path):
    """A copy of the built sample book to edit and build again."""
    return shutil.copytree(built_sample, tmp_path / "rain")


@pytest.fixture(scope="session")
def browser():
    """A real browser."""
    with opened_browser() as opened:
        yield opened
