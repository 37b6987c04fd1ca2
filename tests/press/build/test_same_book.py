"""The same sources give the same book: from any folder, by any road, after any edit."""

import shutil

import pytest
from helpers import CHAPTER, SAMPLE, built, edit, published, run, share_cache

pytestmark = pytest.mark.slow

STOCK = ("-c", "from jupyter_book.cli.main import main; main()", "build", ".")


def differences(one, other):
    """Names of what readers of two books do not get, or get otherwise."""
    one, other = published(one), published(other)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_builds_of_the_same_sources_are_the_same_bytes(built_sample, tmp_path, cache_dir):
    other = shutil.copytree(SAMPLE, tmp_path / "another place")
    share_cache(cache_dir, other)
    built(other)
    assert differences(built_sample, other) == []


EDITS = {
    "title of a chapter": [(CHAPTER, "# Rainfall", "# Rain, and no snow (눈)")],
    "parts and order of the contents": [
        ("_toc.yml", "About the book", "Back matter"),
        ("_toc.yml", "book/figures", "book/f"),
        ("_toc.yml", "book/data", "book/figures"),
        ("_toc.yml", "book/f\n", "book/data\n"),
    ],
    "data, and the title of a section": [
        ("data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5"),
        (CHAPTER, "## Both towns", "## Two towns"),
    ],
}


@pytest.mark.parametrize("edits", EDITS)
def test_after_an_edit_the_book_is_that_of_a_first_build(sample, tmp_path, cache_dir, edits):
    (sample / "book" / "notes.md").write_text("# Notes\n\nA page that cites nothing.\n", encoding="utf-8")
    edit(
        sample,
        "_toc.yml",
        "      - file: book/references",
        "      - file: book/references\n      - file: book/notes\n"
        "      - url: https://example.org/\n        title: Elsewhere (다른 곳)",
    )
    built(sample)
    for file, old, new in EDITS[edits]:
        edit(sample, file, old, new)
    built(sample)
    first = shutil.copytree(sample, tmp_path / "first", ignore=shutil.ignore_patterns("_build"))
    share_cache(cache_dir, first)
    built(first)
    assert differences(sample, first) == []
    notes = (sample / "_build" / "html" / "book" / "notes.html").read_text(encoding="utf-8")
    assert (
        '<a href="#" aria-current="page">Notes</a>' in notes
        and '<a href="https://example.org/">Elsewhere (<span lang="ko">다른 곳</span>)</a>' in notes
    )


def test_plain_jupyter_book_builds_the_same_book(built_sample, tmp_path, cache_dir):
    other = shutil.copytree(SAMPLE, tmp_path / "rain")
    share_cache(cache_dir, other)
    done = run(other, *STOCK)
    assert done.returncode == 0, done.stdout + done.stderr
    ours, stock = built_sample / "_build" / "html", other / "_build" / "html"
    for path in (path for path in ours.rglob("*") if path.is_file()):
        assert path.read_bytes() == (stock / path.relative_to(ours)).read_bytes(), path


def test_plain_jupyter_book_stops_at_an_untrue_claim_too(sample):
    edit(sample, CHAPTER, 'latest["Boxford"] < ', 'latest["Boxford"] > ')
    done = run(sample, *STOCK)
    assert done.returncode != 0 and "no longer support" in done.stdout + done.stderr
