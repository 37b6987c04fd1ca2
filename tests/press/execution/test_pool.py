"""Chapters run apart from one another, and say how they ended and what they read."""

import ast
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest
from helpers import run_chapters, write_chapters

from press.execution import dependencies, pool


def shown(outcome):
    """Text of all that an outcome's cells printed or displayed."""
    outputs = [output for cell in outcome["notebook"]["cells"] for output in cell["outputs"]]
    return [output.get("text") or output["data"]["text/plain"] for output in outputs]


LEAVE = """
import os, pandas, json
pandas.options.display.precision = 2
os.environ["LEFT"] = "1"
json.left = 1
os.chdir("/")
x = 1
"""
LOOK = """
import os, pandas, json
here = os.path.basename(os.getcwd())
pandas.options.display.precision, "LEFT" in os.environ, hasattr(json, "left"), here, "x" in dir()
"""
DRAW = "import random, numpy\nrandom.random(), float(numpy.random.rand())"
NATIVE = """
import os, subprocess
_ = os.write(1, b'{"chapter": "nobody", "status": "done"}\\n')
subprocess.run(["echo", "not for the pool"])
print("for the page")
"""
READ = """
import os, pandas, sys
sys.path.insert(0, "..")
import measure
pandas.read_csv("../data/plain.csv")
list(os.scandir("../data"))
open("../data/written.csv", "w").close()
"""
CHAPTERS = {
    "leave": [LEAVE],
    "look": [LOOK],
    "look_again": [LOOK],
    "draw": [DRAW],
    "draw_again": [DRAW],
    "native": [NATIVE],
    "read": [READ],
    "profile": ["import IPython\nIPython.paths.get_ipython_dir(), get_ipython().ipython_dir"],
    "told": ["import sys\nsys.argv, __name__"],
    "error": ["x = 1", "1 / 0", "never"],
    "died": ["x = 1", "import os\nos._exit(3)", "never"],
    "killed": ["x = 1", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "never"],
    "good": ["'good'"],
}


def test_nothing_that_one_chapter_leaves_behind_reaches_another(outcomes):
    for name in ("look", "look_again"):
        assert shown(outcomes[name]) == ["(6, False, False, 'notebooks', False)"]


def test_chapters_do_not_share_a_state_of_chance(outcomes):
    assert shown(outcomes["draw"]) != shown(outcomes["draw_again"])


def test_what_native_code_and_other_programs_print_is_not_taken_for_an_outcome(outcomes):
    assert set(CHAPTERS) <= set(outcomes)
    assert shown(outcomes["native"]) == ['{"chapter": "nobody", "status": "done"}\nnot for the pool\nfor the page\n']


def test_the_readers_own_settings_of_ipython_do_not_count(outcomes):
    (text,) = shown(outcomes["profile"])
    assert "mine" not in text and text.count("press-") == 2


def test_a_chapter_is_a_program_of_its_own(outcomes):
    (text,) = shown(outcomes["told"])
    (path,), name = ast.literal_eval(text)
    assert path.endswith("notebooks/told.ipynb") and name == "__main__"


def test_what_a_chapter_read_is_noted(outcomes):
    inside = {name for name in outcomes["read"]["inputs"] if not name.startswith("/")}
    assert inside == {"measure.py", "helper.py", "data", "data/plain.csv", dependencies.ENVIRONMENT}


@pytest.mark.parametrize(
    ("name", "status", "error"),
    [
        ("error", "error", "ZeroDivisionError: division by zero"),
        ("died", "died", "process ended with exit status 3"),
        ("killed", "died", "by signal SIGKILL"),
    ],
)
def test_how_a_chapter_ended_is_told_and_the_others_run_on(outcomes, name, status, error):
    outcome = outcomes[name]
    assert outcome["status"] == status and error in outcome["error"] and outcome["cell"] == 2
    assert shown(outcomes["good"]) == ["'good'"] and outcomes["good"]["seconds"] > outcomes["good"]["cell_seconds"]


# --- how long a cell may take -----------------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch):
    """The time, which stands still until a test moves it."""
    now = [100.0]
    monkeypatch.setattr(pool.time, "monotonic", lambda: now[0])
    return now


class Process:
    """Stands for a worker's process: nothing runs in it."""

    exitcode = 0

    def __init__(self, target, args, daemon):
        self.writer, self.calls = os.dup(args[1].fileno()), []

    def start(self):
        self.calls.append("start")

    def kill(self):
        self.calls.append("kill")

    def join(self, timeout=None):
        self.calls.append("join")


class Context:
    """Stands for multiprocessing: real pipes, no processes."""

    Pipe, Process = staticmethod(multiprocessing.Pipe), Process


@pytest.fixture
def worker(clock):
    """A function that starts a chapter that may take so many seconds a cell, and the chapter's end of the pipe."""

    def start(limit):
        job = {"chapter": "a.ipynb", "target": "a.json", "limit": limit, "allow_errors": False}
        made = pool._Worker(Context, job)
        return made, multiprocessing.connection.Connection(made.process.writer)

    return start


def test_the_limit_is_one_of_each_cell_not_of_the_chapter(worker, clock):
    chapter, says = worker(limit=10)
    for cell in (1, 2, 3):
        says.send({"cell": cell})
        assert chapter.outcome(has_message=True) is None and chapter.left() == 10
        clock[0] += 9
        assert chapter.outcome(has_message=False) is None and chapter.left() == 1
    clock[0] += 1
    outcome = chapter.outcome(has_message=False)
    assert outcome["status"] == "timeout" and outcome["cell"] == 3 and outcome["seconds"] == 28
    assert outcome["error"] == "it ran longer than 10 seconds"
    assert chapter.process.calls == ["start", "kill", "join"]


def test_without_a_limit_a_cell_takes_as_long_as_it_likes(worker, clock):
    chapter, _ = worker(limit=None)
    clock[0] += 1e9
    assert chapter.outcome(has_message=False) is None and chapter.left() == 60


def test_a_chapter_that_is_done_says_so(worker, clock):
    chapter, says = worker(limit=10)
    says.send({"cell": 4})
    chapter.outcome(has_message=True)
    clock[0] += 2
    says.send({"status": "done"})
    outcome = chapter.outcome(has_message=True)
    assert outcome == {"chapter": "a.ipynb", "target": "a.json", "status": "done", "cell": 4, "seconds": 2}


@pytest.mark.parametrize(("status", "says"), [(3, "with exit status 3"), (-signal.SIGTERM, "by signal SIGTERM")])
def test_a_chapter_whose_process_is_gone_has_died(worker, status, says):
    chapter, connection = worker(limit=10)
    connection.close()
    chapter.process.exitcode = status
    outcome = chapter.outcome(has_message=True)
    assert outcome["status"] == "died" and outcome["error"] == f"the chapter’s process ended {says}"


# --- the program ------------------------------------------------------------------------------------------------------


class Program:
    """Stands for the program that runs the chapters: what it was asked, and how it ends."""

    def __init__(self, lines=(), status=0):
        self.stdin, self.stdout, self.returncode = self, iter(lines), status
        self.asked = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def write(self, text):
        self.asked += text

    def flush(self):
        self.asked += "!"


@pytest.fixture
def program(monkeypatch):
    """Put a program in the place of the real one."""

    def replace(**facts):
        made = Program(**facts)
        monkeypatch.setattr(pool.subprocess, "Popen", lambda *_, **__: made)
        return made

    return replace


@pytest.mark.parametrize(("timeout", "limit"), [(20, 20), (None, None), (-1, None), (0, None)])
def test_a_limit_that_is_none_is_none(program, tmp_path, timeout, limit):
    asked = program()
    (chapter,) = write_chapters(tmp_path, {"a": ["1"]})
    assert list(pool.Pool().run([chapter], tmp_path, timeout)) == []
    (job,) = json.loads(asked.asked.removesuffix("\n!"))
    assert job["limit"] == limit and job["chapter"] == str(chapter) and job["root"] == str(tmp_path)


def test_a_pool_that_ends_before_its_chapters_is_told(program, tmp_path):
    program(status=1)
    with pytest.raises(ChildProcessError, match="ended with status 1"):
        list(pool.Pool().run(write_chapters(tmp_path, {"a": ["1"]}), tmp_path, 20))


def test_a_pool_that_is_asked_for_nothing_ends(monkeypatch):
    """As when the build was interrupted before it knew its chapters."""
    monkeypatch.setattr(pool, "WARM", ())
    monkeypatch.setattr(pool.signal, "signal", lambda *_: None)
    monkeypatch.setattr(pool.gc, "set_threshold", lambda *_: None)
    with open(os.devnull, encoding="utf-8") as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert pool.main() is None


# --- what takes longer ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_cell_that_takes_too_long_is_ended(tmp_path):
    outcome = run_chapters(tmp_path, {"late": ["x = 1", "while True: pass"]}, limit=2)["late"]
    assert outcome["status"] == "timeout" and "longer than 2 seconds" in outcome["error"] and outcome["cell"] == 2


@pytest.mark.slow
def test_without_fork_a_chapter_shows_the_same(tmp_path, monkeypatch):
    cells = {"a": ["print('one')", "from IPython.display import display\ndisplay('two')\n3"]}
    forked = run_chapters(tmp_path, cells)["a"]
    monkeypatch.setenv("PRESS_START_METHOD", "spawn")
    assert (
        run_chapters(tmp_path, cells)["a"]["notebook"]["cells"][1]["outputs"]
        == forked["notebook"]["cells"][1]["outputs"]
    )


@pytest.mark.slow
def test_when_the_build_is_killed_its_chapters_end(tmp_path):
    (chapter,) = write_chapters(
        tmp_path, {"a": ["import os\nopen('../runs', 'w').write(str(os.getpid()))\nwhile True: pass"]}
    )
    code = (
        "from pathlib import Path\nfrom press.execution import pool\n"
        f"list(pool.Pool().run([Path({str(chapter)!r})], Path({str(tmp_path)!r}), None))"
    )
    build = subprocess.Popen([sys.executable, "-c", code])
    until = time.monotonic() + 30
    while not (tmp_path / "runs").exists() or not (tmp_path / "runs").read_text(encoding="utf-8"):
        assert time.monotonic() < until, "the chapter did not start"
        time.sleep(0.05)
    child = int((tmp_path / "runs").read_text(encoding="utf-8"))
    build.send_signal(signal.SIGKILL)
    build.wait()
    while alive(child):
        assert time.monotonic() < until, "the chapter still runs"
        time.sleep(0.05)


def alive(process):
    """Whether a process is there, and no zombie."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return "Z" not in file.read().rpartition(")")[2][:3]
    except FileNotFoundError:
        return False
