"""Releasing an edition, and when that is refused."""

import json

import pytest
from helpers import INDEX, built, commit_all, edit, git, message, press

from press.build import release
from press.errors import PressError
from press.project import data_package


@pytest.mark.parametrize("name", ["now", "First", "a b", "../x", "", "1.", "-1"])
def test_a_name_that_is_no_name_is_refused(tmp_path, name):
    with pytest.raises(PressError, match=r"not a valid name\. Use lower case letters"):
        release.release(tmp_path, name)


@pytest.fixture
def committed(rain_copy, monkeypatch):
    """The sample book, published and committed; its folder."""
    for part in ("html", "pdf"):
        (rain_copy.staging / part).rename(rain_copy.root / "_build" / part)
    commit_all(rain_copy.root)
    monkeypatch.setattr(release.publish, "is_current", lambda root, sources: True)
    return rain_copy.root


def test_an_edition_is_the_ledger_with_its_date_and_what_each_chapter_read(committed):
    path = release.release(committed, "2026.1")
    written = json.loads(path.read_text(encoding="utf-8"))
    ledger = json.loads((committed / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    assert path == committed / "editions" / "2026.1.json"
    assert written["name"] == "2026.1" and written["inputs"].keys() == {"notebooks/01-rainfall"}
    assert {key: written[key] for key in ledger} == ledger
    assert list(written) == sorted(written), "one order: an edition differs where the book does"


def test_an_edition_is_released_once(committed):
    release.release(committed, "1")
    with pytest.raises(PressError, match=r"edition '1': it is released already\. A released edition does not change"):
        release.release(committed, "1")


def test_what_is_not_committed_is_named(committed):
    (committed / "draft.md").touch()
    with pytest.raises(PressError, match=r"draft\.md: it is not committed\. Commit or remove what is not"):
        release.release(committed, "1")


def test_a_book_without_version_control_has_no_editions(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(PressError, match=r"it is not under version control\. An edition is a commit"):
        release.release(tmp_path, "1")


def test_a_book_that_was_not_built_from_these_sources_is_no_edition(committed, monkeypatch):
    monkeypatch.setattr(release.publish, "is_current", lambda root, sources: False)
    with pytest.raises(PressError, match=r"what is published was not made from these sources\. Build the book"):
        release.release(committed, "1")
    assert not (committed / "editions").exists()


@pytest.fixture
def checked(tmp_path):
    """A folder with one table in which rows are marked as verified or not; the table's path."""
    (tmp_path / "data").mkdir()
    fields = [{"name": "year"}, {"name": "verified"}]
    package = {"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": fields}}]}
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    data_package.load_data_package.cache_clear()
    return tmp_path / "data" / "a.csv"


def test_rows_marked_as_not_verified_stop_a_release(checked):
    checked.write_text("year,verified\n2020,true\n2021,false\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"data/a.csv, line 3: the row is not verified"):
        release._check_verified(checked.parents[1])


def test_verified_rows_do_not(checked):
    checked.write_text("year,verified\n2020,true\n", encoding="utf-8")
    release._check_verified(checked.parents[1])


@pytest.mark.slow
def test_releasing_and_telling_what_changed(sample):
    assert "not under version control" in message(press(sample, "release", "1"))
    with open(sample / INDEX, "a", encoding="utf-8") as page:
        page.write("\n```{changes}\n```\n")
    commit_all(sample)
    assert "was not made from these sources" in message(press(sample, "release", "1"))
    built(sample)
    page = sample / "_build" / "html" / "book" / "index.html"
    assert "No edition has been released yet" in page.read_text(encoding="utf-8")
    assert press(sample, "release", "1").stdout == "Released editions/1.json: commit it.\n"
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "Edition 1")
    assert "released already" in message(press(sample, "release", "1"))
    assert "Choose one of 1, now" in message(press(sample, "diff", "2", "now"))

    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    built(sample)
    change = "number rain-arley: 902.5 mm → 912.5 mm (+10, +1.1%); moved by table rainfall"
    assert change in press(sample, "diff", "1", "now").stdout.splitlines()
    assert change in page.read_text(encoding="utf-8")
