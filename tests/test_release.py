"""A release: everything in one archive, the same bytes each time."""

import importlib.util
import json
import shutil
import zipfile

import duckdb
import pandas as pd
import pytest
from conftest import ROOT

from alliance import data

specification = importlib.util.spec_from_file_location("release", ROOT / "tools" / "release.py")
release = importlib.util.module_from_spec(specification)
specification.loader.exec_module(release)
FEW = ["gdp", "sma_contributions", "us_troops_abroad", "carbon_price", "evidence"]


@pytest.fixture
def book(tmp_path):
    """A book with few tables and one page."""
    root = tmp_path / "book"
    for place in ("html/index.html", "html/a/b.html", "pdf/book.pdf", "us-letter/book.pdf"):
        (root / "_build" / place).parent.mkdir(parents=True, exist_ok=True)
        (root / "_build" / place).write_text(place, encoding="utf-8")
    for name in [*release.TEXTS, "pyproject.toml"]:
        shutil.copy(ROOT / name, root / name)
    described = data.package()
    described["resources"] = [entry for entry in described["resources"] if entry["name"] in FEW]
    (root / "data").mkdir()
    (root / "data" / data.PACKAGE).write_text(json.dumps(described), encoding="utf-8")
    for entry in described["resources"]:
        shutil.copy(data.DATA / entry["path"], root / "data")
    return root


@pytest.mark.slow
def test_the_same_book_gives_the_same_bytes(book, tmp_path):
    first, second = (release.pack(book, tmp_path / name) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    names = [name.partition("/")[2] for name in zipfile.ZipFile(first).namelist()]
    assert names == sorted(names) and {"SHA256SUMS", "CITATION.cff", ".zenodo.json", "site/a/b.html"} <= set(names)
    assert {"data/datapackage.json", "data/gdp.csv", "data/parquet/gdp.parquet"} <= set(names)
    assert {"pdf/book.pdf", "us-letter/book.pdf"} <= set(names)


@pytest.mark.slow
def test_parquet_holds_what_the_table_holds(book, tmp_path):
    folder = release.pack(book, tmp_path / "one").with_suffix("")
    for path in (folder / "data" / "parquet").iterdir():
        told = duckdb.sql(f"SELECT * FROM '{path}'").df()
        frame = data.load(path.stem).convert_dtypes(dtype_backend="numpy_nullable")
        pd.testing.assert_frame_equal(
            told.convert_dtypes(dtype_backend="numpy_nullable"), frame, check_dtype=False, check_exact=True
        )


def test_an_unbuilt_book_says_what_to_do(book, monkeypatch, capsys):
    shutil.rmtree(book / "_build" / "pdf")
    monkeypatch.setattr(release, "ROOT", book)
    assert release.main() == 1
    assert capsys.readouterr().err == "_build/pdf is missing: run make book, then make release again.\n"
