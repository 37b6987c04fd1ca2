"""Chapters run apart from one another, and say how they ended and what they read."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from conftest import SAMPLE

from press.build import notebook_format
from press.execution import dependencies, pool


@pytest.fixture
def run_cells(tmp_path):
    """Chapter name → code of its cells, run in a book's folder; name → outcome."""

    def run_cells(limit=20, **chapters):
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        for name, cells in chapters.items():
            sources = [{"cell_type": "code", "source": source, "metadata": {}} for source in cells]
            text = notebook_format.canonical(json.dumps({"nbformat": 4, "cells": sources}))
            (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        paths = [folder / f"{name}.ipynb" for name in chapters]
        return {
            os.path.basename(end["chapter"]).removesuffix(".ipynb"): end
            for end in pool.Pool().run(paths, tmp_path, limit)
        }

    return run_cells


def shown(outcome):
    """Text of all that an outcome's cells printed or displayed."""
    outputs = [output for cell in outcome["notebook"]["cells"] for output in cell["outputs"]]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]


CELLS = [
    "import sys\nprint('one')\nprint('two', end='')\nprint('three', file=sys.stderr)",
    "from IPython.display import display\nhandle = display('before', display_id=True)\nhandle.update('after')\n4 + 4",
    "5;",
    "import asyncio\nawait asyncio.sleep(0)\n__name__",
]


def test_what_cells_show_is_kept_in_order(run_cells):
    done = run_cells(a=CELLS)["a"]
    assert shown(done) == ["one\ntwo", "three\n", "'after'", "8", "'__main__'"]
    kinds = [[output["output_type"] for output in cell["outputs"]] for cell in done["notebook"]["cells"]]
    assert kinds == [["stream", "stream"], ["display_data", "execute_result"], [], ["execute_result"]]
    assert [cell["execution_count"] for cell in done["notebook"]["cells"]] == [1, 2, 3, 4]


def test_without_fork_a_chapter_shows_the_same(run_cells, monkeypatch):
    forked = run_cells(a=CELLS)["a"]
    monkeypatch.setenv("PRESS_START_METHOD", "spawn")
    assert run_cells(a=CELLS)["a"]["notebook"] == forked["notebook"]


def test_nothing_that_one_chapter_leaves_behind_reaches_another(run_cells):
    leave = "import os, pandas, sys, json\npandas.options.display.precision = 2\nos.environ['LEFT'] = '1'\njson.left = 1\nos.chdir('/')\nx = 1"
    look = "import os, pandas, json\npandas.options.display.precision, 'LEFT' in os.environ, hasattr(json, 'left'), os.path.basename(os.getcwd()), 'x' in dir()"
    done = run_cells(a=[leave], b=[leave], c=[look], d=[look])
    for name in "cd":
        assert shown(done[name]) == ["(6, False, False, 'notebooks', False)"]


def test_chapters_do_not_share_a_state_of_chance(run_cells):
    draw = "import random, numpy\nrandom.random(), float(numpy.random.rand())"
    done = run_cells(a=[draw], b=[draw])
    assert shown(done["a"]) != shown(done["b"])


@pytest.mark.parametrize(
    ("code", "end", "what"),
    [
        ("1 / 0", "error", "ZeroDivisionError: division by zero"),
        ("1 +", "error", "SyntaxError: invalid syntax"),
        ("import sys\nsys.exit(3)", "error", "SystemExit: 3"),
        ("exit", "error", "SystemExit: the cell calls exit"),
        ("import os\nos._exit(3)", "died", "process ended with exit status 3"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "died", "by signal SIGKILL"),
        ("while True: pass", "timeout", "longer than 2 seconds"),
        ("input()", "error", "EOFError"),
    ],
)
def test_how_a_chapter_ended_is_told_and_the_others_run_on(run_cells, code, end, what):
    done = run_cells(limit=2 if end == "timeout" else 20, bad=["x = 1", code, "never"], good=["'good'"])
    assert done["bad"]["status"] == end and what in done["bad"]["error"] and done["bad"]["cell"] == 2
    assert shown(done["good"]) == ["'good'"]


def test_every_way_of_reading_in_the_folder_is_seen(run_cells, tmp_path):
    (tmp_path / "data").mkdir()
    for name in ("plain.csv", "raw.csv", "late.csv"):
        (tmp_path / "data" / name).write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "data" / "base.db").touch()
    (tmp_path / "measure.py").write_text("import helper\n", encoding="utf-8")
    (tmp_path / "helper.py").write_text("", encoding="utf-8")
    code = """
    import os, pandas, pathlib, sqlite3, sys
    sys.path.insert(0, "..")
    import measure
    pandas.read_csv("../data/plain.csv")
    os.close(os.open("../data/raw.csv", os.O_RDONLY))
    sqlite3.connect("../data/base.db").close()
    list(pathlib.Path("../data").glob("*"))
    open("../data/written.csv", "w").close()
    pathlib.Path("../data/late.csv").write_text("a\\n2\\n")
    pathlib.Path("../data/late.csv").read_text()
    """
    noted = run_cells(a=["\n".join(line.strip() for line in code.splitlines())])["a"]["inputs"]
    inside = {name for name in noted if not name.startswith("/")} - {dependencies.ENVIRONMENT}
    assert inside == {
        "measure.py",
        "helper.py",
        "data",
        "data/plain.csv",
        "data/raw.csv",
        "data/base.db",
        "data/late.csv",
    }
    assert noted["data/late.csv"] == "changed meanwhile" and dependencies.changed(noted, tmp_path) == ["data/late.csv"]


def test_a_chapter_that_starts_a_program_always_runs(run_cells, tmp_path):
    noted = run_cells(a=["import subprocess\nsubprocess.run(['true'])"])["a"]["inputs"]
    assert dependencies.changed(noted, tmp_path) == [dependencies.PROGRAMS]


def test_when_the_build_is_killed_its_chapters_end(tmp_path):
    sleeper = {
        "cell_type": "code",
        "source": "open('../runs', 'w').write(str(__import__('os').getpid()))\nwhile True: pass",
        "metadata": {},
    }
    (tmp_path / "notebooks").mkdir()
    chapter = tmp_path / "notebooks" / "a.ipynb"
    chapter.write_text(notebook_format.canonical(json.dumps({"nbformat": 4, "cells": [sleeper]})), encoding="utf-8")
    code = f"from pathlib import Path\nfrom press.execution import pool\nlist(pool.Pool().run([Path({str(chapter)!r})], Path({str(tmp_path)!r}), None))"
    build = subprocess.Popen([sys.executable, "-c", code])
    until = time.monotonic() + 30
    while not (tmp_path / "runs").exists() or not (tmp_path / "runs").read_text():
        assert time.monotonic() < until, "the chapter did not start"
        time.sleep(0.05)
    child = int((tmp_path / "runs").read_text())
    build.send_signal(signal.SIGKILL)
    build.wait()
    while os.path.exists(f"/proc/{child}") and "Z" not in open(f"/proc/{child}/stat").read().rpartition(")")[2][:3]:
        assert time.monotonic() < until, "the chapter still runs"
        time.sleep(0.05)


def test_the_sample_needs_no_more_than_its_own_table_and_module(tmp_path):
    folder = shutil.copytree(SAMPLE, tmp_path / "rain")
    (outcome,) = pool.Pool().run([folder / "notebooks" / "01-rainfall.ipynb"], folder, 20)
    inside = {name for name in outcome["inputs"] if not name.startswith("/")}
    assert inside == {"src/rain.py", "table rainfall", "book/palette.json", dependencies.ENVIRONMENT}
