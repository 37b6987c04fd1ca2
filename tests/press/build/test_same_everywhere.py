"""The same sources give the same bytes under every clock, language, and terminal."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from helpers import EPOCH, SAMPLE, edit, published, share_cache

pytestmark = pytest.mark.slow

DATES = """
import altair, datetime, locale, pandas, time
from press import color, figure
days = pandas.DataFrame({"day": pandas.date_range("2024-01-01", periods=4, freq="19h"), "mm": [1.0, 2.5, 4.0, 3.0]})
print(datetime.datetime.fromtimestamp(1_700_000_000), time.strftime("%A", time.gmtime(0)))
print(locale.getpreferredencoding(), open("../book/index.md").encoding, sorted(["z", "é", "비", "a"]))
line = altair.Chart(days).mark_line(color=color("arley"), point=True)
line = line.encode(x="day:T", y="mm:Q", tooltip="yearmonthdate(day):T")
figure(line, id="fig-days", title="It rained", subtitle="Millimeters", alt="A line.", source=["rainfall"])
"""
PLACES = {
    "Seoul": {"TZ": "Asia/Seoul", "LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8"},
    "New York": {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "COLUMNS": "40"},
}


def build_at(place, folder, cache_dir):
    """Build the sample, with a chapter about days, from nothing."""
    shutil.copytree(SAMPLE, folder)
    share_cache(cache_dir, folder)
    cells = [nbformat.v4.new_markdown_cell("# Days"), nbformat.v4.new_code_cell(DATES)]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "02-days.ipynb")
    edit(folder, "_toc.yml", "01-rainfall\n", "01-rainfall\n      - file: notebooks/02-days\n")
    variables = os.environ | {"SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": ""} | PLACES[place]
    done = subprocess.run(
        [sys.executable, "-m", "press", "build"], cwd=folder, env=variables, capture_output=True, timeout=500
    )
    assert done.returncode == 0, done.stderr
    return published(folder)


def test_a_book_with_dates_is_the_same_in_seoul_and_in_new_york(cache_dir, tmp_path):
    one, other = (build_at(place, tmp_path / place.replace(" ", "") / "rain", cache_dir) for place in PLACES)
    assert b"2023-11-14 22:13:20" in one["_build/html/notebooks/02-days.html"]
    assert sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)) == []
