"""The data package, and JSON files of the book that are missing or broken."""

import hashlib
import json

import pytest
from helpers import SAMPLE

from press import project
from press.errors import PressError


def test_a_book_without_a_data_package_has_no_tables(tmp_path):
    assert project.load_data_package(tmp_path) == {"resources": []}
    assert project.published_data(tmp_path) == []
    with pytest.raises(PressError, match=r"data/datapackage\.json: no table 'snow'\. Describe it there\."):
        project.resource("snow", tmp_path)


def test_only_tables_that_are_declared_are_published():
    assert [path.name for path in project.published_data(SAMPLE)] == ["datapackage.json", "rainfall.csv"]


def test_a_data_package_that_is_broken_is_named_with_its_line(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text('{"name":\n oops}', encoding="utf-8")
    with pytest.raises(PressError, match=r"datapackage\.json, line 2: not valid JSON: Expecting value\. Mend it there"):
        project.load_data_package(tmp_path)


def test_a_table_is_found_by_its_name():
    assert project.resource("rainfall", SAMPLE)["path"] == "rainfall.csv"
    assert project.resource("rainfall") == project.resource("rainfall", SAMPLE), "from the folder one works in"
    with pytest.raises(PressError, match=r"no table 'snow'\. Choose one of rainfall\."):
        project.resource("snow", SAMPLE)


def test_a_source_line_names_each_publisher_once_and_in_short(monkeypatch):
    entry = project.resource("rainfall", SAMPLE)
    assert project.source_line(["rainfall", "rainfall"], SAMPLE) == "Source: Nobody."
    monkeypatch.setitem(entry, "short", ["One Bank", "Another Bank"])
    assert project.source_line(["rainfall"], SAMPLE) == "Sources: One Bank; Another Bank."


def test_a_source_line_has_at_most_twelve_words(monkeypatch):
    monkeypatch.setitem(
        project.resource("rainfall", SAMPLE), "short", [f"The Office of Rain {place}" for place in "abc"]
    )
    assert project.source_line(["rainfall"], SAMPLE) == "Sources: The Office of Rain a; The Office of Rain b; others."
    assert project.publishers(["rainfall"], SAMPLE)[-1] == ("others", "rainfall")


def test_a_full_source_names_publisher_title_vintage_and_license(monkeypatch):
    assert project.credit("rainfall", SAMPLE) == "Nobody, Rainfall of two towns (2024), CC0"
    (license,) = project.resource("rainfall", SAMPLE)["licenses"]
    monkeypatch.delitem(license, "title")
    assert project.credit("rainfall", SAMPLE).endswith("(2024), CC0-1.0"), "without a title the license's name"


def package(folder, **entry):
    """Write a data package of one table."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "snow.csv").write_bytes(b"town\nArley\n")
    described = json.dumps({"resources": [{"name": "snow", "path": "snow.csv"} | entry]})
    (folder / "data" / "datapackage.json").write_text(described, encoding="utf-8")
    project.load_data_package.cache_clear()
    return folder


def test_a_table_that_is_not_the_one_of_the_data_package_is_named(tmp_path):
    content = b"town\nArley\n"
    for said in (hashlib.sha256(content).hexdigest(), ""):
        assert project.changed_tables(package(tmp_path, hash=said and f"sha256:{said}")) == []
    assert project.changed_tables(package(tmp_path, hash=hashlib.md5(content).hexdigest())) == []
    (problem,) = project.changed_tables(package(tmp_path, hash="sha256:abc"))
    assert (
        str(problem).startswith("data/snow.csv: its hash is sha256:")
        and "json says sha256:abc. Restore" in f"{problem}"
    )
    (problem,) = project.changed_tables(package(tmp_path, path="hail.csv"))
    assert str(problem).startswith("data/hail.csv: the file is missing.")
    project.load_data_package.cache_clear()


def test_tables_that_are_no_files_are_no_problem(tmp_path):
    for path in ("https://snow.example/snow.csv", ["snow.csv", "snow.csv"]):
        assert project.changed_tables(package(tmp_path, path=path, hash="sha256:abc")) == []
    assert [path.name for path in project.published_data(tmp_path)] == ["datapackage.json", "snow.csv", "snow.csv"]
    with pytest.raises(PressError, match=r"json, table 'snow': it has no 'publisher'\. Describe it there\."):
        project.source_line(["snow"], tmp_path)
    project.load_data_package.cache_clear()
