"""Chapters that are run in processes of their own: all by one pool, which takes two seconds to start."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from helpers import run_chapters


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark the tests of these chapters as slow."""
    for item in items:
        if "ran" in item.fixturenames:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def ran(request, tmp_path_factory):
    """The chapters that are named `CHAPTERS` in the tests of this folder: `root` of their book, and `outcomes`."""
    modules = {item.module for item in request.session.items if item.path.parent == Path(__file__).parent}
    chapters = {name: code for module in modules for name, code in getattr(module, "CHAPTERS", {}).items()}
    root = tmp_path_factory.mktemp("ran") / "book"
    for name in ("book/data/plain.csv", "book/notebooks/data.csv", "elsewhere.csv"):
        (root.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (root.parent / name).write_text("a\n1\n", encoding="utf-8")
    (root / "measure.py").write_text("import helper\n", encoding="utf-8")
    (root / "helper.py").write_text("", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"IPYTHONDIR": str(root / "mine"), "RAIN_YEAR": "2024", "TZ": "Asia/Seoul"}.items():
            patch.setenv(name, value)
        return SimpleNamespace(root=root, outcomes=run_chapters(root, chapters))


@pytest.fixture(scope="session")
def outcomes(ran):
    """How the chapters ended, by name."""
    return ran.outcomes
