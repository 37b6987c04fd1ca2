"""README and CONTRIBUTING: what they tell people to do is done here."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import date
from pathlib import Path

import pytest
import yaml
from helpers import ROOT, copy_book, run

from press import spelled

README, CONTRIBUTING = (ROOT / name for name in ("README.md", "CONTRIBUTING.md"))
TARGET = re.compile(r"\bmake ([a-z-]+)")
in_own_environment = pytest.mark.skipif(
    Path(sys.prefix) != ROOT / ".venv", reason="make would make a second environment: these tests run inside .venv only"
)


def make(*arguments, **options):
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=500, **options)


@pytest.mark.parametrize(
    "document",
    [README, CONTRIBUTING, ROOT / "book" / "cite.md", ROOT / "book" / "colophon.md"],
    ids=lambda path: path.name,
)
def test_every_make_command_is_a_target(document):
    commands = set(re.findall(r"(?:\$ |`)make ([a-z-]+)", document.read_text(encoding="utf-8")))
    assert commands, f"{document.name} names no command"
    for command in commands:
        done = make("-n", command, "FROM=folder")
        assert done.returncode == 0, done.stderr


def test_readme_is_one_screen_and_its_layout_exists():
    text = README.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 70
    rows = text.split("| Folder |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]
    for name in named:
        assert (ROOT / name).exists() and (ROOT / name).is_dir() == name.endswith("/"), name
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}
    assert folders <= {name.split("/")[0] for name in named if "/" in name}, "a folder that no row explains"


def test_readme_links_lead_somewhere():
    for link in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_tables_that_may_not_be_sold_or_passed_on_are_named_alike():
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    closed = re.compile("non-commercial|no redistribution|United Nations terms")
    tables = {entry["name"] for entry in package["resources"] if closed.search(entry["licenses"][0]["title"])}
    told = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "LICENSE", "book/cite.md")]
    for text in [*told, package["description"]]:
        sentence = text[text.index(f"{spelled(len(tables))} tables") :]
        assert (
            set(re.findall(r"\b[a-z]+_[a-z0-9_]+\b", sentence)) & {entry["name"] for entry in package["resources"]}
            == tables
        )


def test_version_and_title_are_told_alike():
    config = (ROOT / "_config.yml").read_text(encoding="utf-8")
    title = re.search(r'^title: "(.*)"', config, re.M)[1]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.*)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[1]
    assert title in citation and title in README.read_text(encoding="utf-8")
    assert f'version: "{version}"' in citation


def test_the_page_on_citing_says_what_the_citation_file_says():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title, author, version, day = (
        re.search(rf'^(?:  - )?{key}: "?([^"\n]*)"?', citation, re.M)[1]
        for key in ("title", "name", "version", "date-released")
    )
    written = f"{date.fromisoformat(day):%B} {int(day[8:])}, {day[:4]}"
    page = (ROOT / "book" / "cite.md").read_text(encoding="utf-8")
    assert f"> {author}: *{title}.* Second edition (version {version}), {written}." in page
    bibtex = {"author": author, "title": title, "version": version, "date": day, "year": day[:4]}
    for field, value in bibtex.items():
        assert re.search(rf"^  {field} += \{{+{re.escape(value)}\}}+,$", page, re.M), field
    ris = {"AU": author, "TI": title, "ET": version, "PY": day[:4], "DA": day.replace("-", "/")}
    for field, value in ris.items():
        assert f"\n{field}  - {value}\n" in page, field


@pytest.mark.slow
@in_own_environment
def test_make_book_prints_both_paths(built_book):
    done = make("book")
    assert done.returncode == 0, done.stderr
    for path in ("_build/html/index.html", "_build/pdf/us-rok-alliance.pdf"):
        assert path in done.stdout
        assert (ROOT / path).exists()


def answer(address, tries=40):
    """JSON from a server that may still be starting."""
    for _ in range(tries):
        try:
            with urllib.request.urlopen(address) as reply:
                return json.load(reply)
        except urllib.error.URLError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not answer")


@pytest.mark.slow
@in_own_environment
def test_make_lab_serves_the_chapters(tmp_path):
    (tmp_path / "jupyter_config.py").write_text(
        "c.ServerApp.open_browser = False\nc.ServerApp.allow_root = True\nc.IdentityProvider.token = ''\n",
        encoding="utf-8",
    )
    variables = dict(os.environ, JUPYTER_CONFIG_DIR=str(tmp_path), JUPYTER_RUNTIME_DIR=str(tmp_path / "runtime"))
    lab = subprocess.Popen(
        ["make", "lab"],
        cwd=ROOT,
        env=variables,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        address = next(
            found[0] for line in lab.stderr if (found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+/", line))
        )
        assert answer(f"{address}api/contents/notebooks/02-burden-sharing.ipynb")["type"] == "notebook"
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait(timeout=60)


@pytest.mark.slow
@in_own_environment
def test_make_refresh_changes_nothing():
    if not (folder := os.environ.get("ALLIANCE_SOURCES")):
        pytest.skip("ALLIANCE_SOURCES names no folder with the publishers' files")
    done = make("refresh", f"FROM={folder}")
    assert done.returncode == 0, done.stderr
    assert "changed: none" in done.stdout


RAIN = {
    "rows": 0,
    "bytes": 0,
    "hash": "new",
    "license_note": "Made up.",
    "name": "rain",
    "path": "rain.csv",
    "profile": "tabular-data-resource",
    "encoding": "utf-8",
    "title": "Rain at one gauge",
    "description": "Made up.",
    "publisher": "Nobody",
    "short": ["Nobody"],
    "vintage": "2026",
    "coverage": "2020–2021",
    "caveats": ["Made up."],
    "sources": [{"title": "Nobody", "path": "https://example.org/rain"}],
    "licenses": [{"name": "CC0-1.0", "title": "CC0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
    "schema": {
        "fields": [
            {
                "name": "year",
                "type": "integer",
                "unit": "year",
                "description": "Year.",
                "constraints": {"required": True},
            },
            {
                "name": "millimeters",
                "type": "number",
                "unit": "mm",
                "description": "Rain.",
                "constraints": {"minimum": 0},
            },
        ],
        "primaryKey": ["year"],
        "missingValues": [""],
    },
}
WRITE = """
import pandas
from alliance import data
from alliance.collect.writing import write
frames = {name: data.load(name) for name in data.tables() if name != "rain"}
frames["rain"] = pandas.DataFrame({"year": [2020, 2021], "millimeters": [610.0, 655.0]})
print(write(frames, data.DATA))
print(data.load("rain")["millimeters"].sum())
"""


@pytest.mark.slow
def test_contributing_leads_to_a_chapter(built_book, tmp_path):
    folder = copy_book(tmp_path / "book")
    package = folder / "data" / "datapackage.json"
    described = json.loads(package.read_text(encoding="utf-8"))
    described["resources"].append(RAIN)
    package.write_text(json.dumps(described), encoding="utf-8")
    (folder / "write_rain.py").write_text(WRITE, encoding="utf-8")
    written = run(folder, "write_rain.py", path=f"{folder / 'src'}{os.pathsep}{folder}")
    assert written.returncode == 0 and "'rain.csv'" in written.stdout and "1265.0" in written.stdout, written.stderr

    drawing, showing, telling = re.findall(r"```python\n(.*?)```", CONTRIBUTING.read_text(encoding="utf-8"), re.S)
    (folder / "src" / "alliance" / "charts" / "rain.py").write_text(drawing, encoding="utf-8")
    prose = (
        "# Rain\n\nIn 2021 it rained {glue:text}`rain-2021`, more than before.{claim}`rain-more` "
        "{numref}`fig-rain` shows it.\n\n## Checked\n\n```{claims}\n```"
    )
    code = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": prose},
        {**code, "id": "b", "source": showing.strip()},
        {**code, "id": "c", "source": telling.strip()},
    ]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
        "cells": cells,
    }
    (folder / "notebooks" / "99-rain.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: notebooks/99-rain\nchapters: [file: book/data]\n", encoding="utf-8"
    )  # it alone: quicker
    config = folder / "_config.yml"
    settings = yaml.safe_load(config.read_text(encoding="utf-8"))
    del settings["sphinx"]["config"]["press_documents"]  # which names pages of the whole book
    config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    tidied = run(folder, "-m", "press", "tidy", path=folder / "src")
    assert "99-rain" in tidied.stdout, tidied.stderr

    built = run(folder, "-m", "press", "build", path=folder / "src")
    assert built.returncode == 0, built.stderr
    ledger = json.loads((folder / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    assert {"id": "rain-2021", "value": 655, "text": "655 mm", "chapter": "notebooks/99-rain"} in ledger["numbers"]
    page = (folder / "_build" / "html" / "notebooks" / "99-rain.html").read_text(encoding="utf-8")
    assert "655 mm" in page and re.search(r"Figure \d", page) and "It rained more in 2021 than in 2020" in page
    assert 'aria-label="Bars from 610 millimeters of rain in 2020 to 655 in 2021."' in page
