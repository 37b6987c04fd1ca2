"""Editions: what is frozen, what is told of a change, and when the press refuses to release."""

import json
import subprocess

import pytest
from conftest import run
from test_press_build import INDEX, built, edit, message

from press import editions
from press.build import release
from press.errors import PressError


def edition(name="1", value=1.0, title="It rains", rows=(("Arley", "1"),), inputs=None, **more):
    chapter = {"chapter": "notebooks/01"}
    return {
        "name": name,
        "printed": "2026-01-01",
        "inputs": {"notebooks/01": inputs or {"table rain": "a", "src/rain.py": "b"}},
        "numbers": [{"id": "rain", "value": value, "text": f"{value} mm"} | chapter],
        "claims": [{"id": "wet", "statement": "It rained.", "holds": True} | chapter],
        "figures": [{"id": "fig", "title": title, "sources": ["rain"], "sha256": str(value)} | chapter],
        "tables": [
            {
                "id": "tbl",
                "title": "Rain",
                "sources": ["rain"],
                "columns": ["Town", "mm"],
                "rows": [list(row) for row in rows],
                "sha256": "x",
            }
            | chapter
        ],
    } | more


OLD = edition()


def told(new):
    return [str(change) for change in editions.compare(OLD, new)]


def test_an_edition_compared_with_itself_has_no_changes():
    assert told(edition(name="2")) == []


def test_a_changed_number_is_told_with_its_difference_and_what_moved_it():
    new = edition(value=0.5, inputs={"table rain": "c", "src/rain.py": "b"})
    assert told(new) == [
        "number rain: 1.0 mm → 0.5 mm (−0.5, −50.0%); moved by table rain",
        "figure fig: other data; moved by table rain",
    ]


def test_a_figure_is_moved_by_its_own_tables_where_they_changed():
    (change,) = editions.compare(OLD, edition(title="It pours", inputs={"table rain": "c", "src/rain.py": "d"}))
    assert change.what == "It rains → It pours" and change.moved_by == ("table rain",)
    (change,) = editions.compare(OLD, edition(title="It pours", inputs={"table rain": "a", "src/rain.py": "d"}))
    assert change.moved_by == ("src/rain.py",)


def test_rows_of_a_table_are_told_one_by_one():
    (change,) = editions.compare(OLD, edition(rows=[("Arley", "2"), ("Boxford", "3")]))
    assert change.what == "Boxford: new row; Arley, mm: 1 → 2"


def test_what_came_and_what_went_is_told():
    assert told(edition(numbers=[])) == ["number rain: gone: 1.0 mm"]
    assert [str(change) for change in editions.compare(edition(claims=[]), OLD)] == ["claim wet: new: It rained."]


@pytest.mark.parametrize("name", ["now", "First", "a b", "../x", ""])
def test_a_name_that_is_no_name_is_refused(tmp_path, name):
    with pytest.raises(PressError, match="not a valid name"):
        release.release(tmp_path, name)


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def press(folder, *arguments):
    return run(folder, "-m", "press", *arguments)


@pytest.mark.slow
def test_releasing_and_telling_what_changed(sample):
    assert "not under version control" in message(press(sample, "release", "1"))
    (sample / ".gitignore").write_text("_build/\n__pycache__/\nruns.txt\n", encoding="utf-8")
    with open(sample / INDEX, "a", encoding="utf-8") as page:
        page.write("\n```{changes}\n```\n")
    git(sample, "init", "-q")
    assert "it is not committed" in message(press(sample, "release", "1"))
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "Rain")
    assert "was not made from these sources" in message(press(sample, "release", "1"))
    built(sample)
    page = sample / "_build" / "html" / "book" / "index.html"
    assert "No edition has been released yet; there is none to compare this printing with." in page.read_text(
        encoding="utf-8"
    )
    assert press(sample, "release", "1").stdout == "Released editions/1.json: commit it.\n"
    git(sample, "add", "-A")
    git(sample, "commit", "-qm", "Edition 1")
    assert "released already" in message(press(sample, "release", "1"))
    assert "Choose one of 1, now" in message(press(sample, "diff", "2", "now"))

    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    built(sample)
    said = press(sample, "diff", "1", "now").stdout.splitlines()
    assert "number rain-arley: 902.5 mm → 912.5 mm (+10, +1.1%); moved by table rainfall" in said
    assert "number rain-arley: 902.5 mm → 912.5 mm (+10, +1.1%); moved by table rainfall" in page.read_text(
        encoding="utf-8"
    )


def test_rows_marked_as_not_verified_stop_a_release(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "_config.yml").touch()
    package = {
        "resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "year"}, {"name": "verified"}]}}]
    }
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "data" / "a.csv").write_text("year,verified\n2020,true\n2021,false\n", encoding="utf-8")
    with pytest.raises(PressError, match=r"data/a.csv, line 3: the row is not verified"):
        release._check_verified(tmp_path)
