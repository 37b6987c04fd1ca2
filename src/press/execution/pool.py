"""A pool of worker processes that run chapters, each forked from a process that has imported pandas and Altair.

A `Pool` starts `main` in a program of its own, which imports once what every chapter imports
and then runs the chapters in worker processes, as many at a time as there are cores.
A chapter finds the clean interpreter of a fresh kernel, and nothing it leaves behind reaches another.
Where processes cannot safely be forked (macOS, Windows) each starts anew: slower, otherwise the same.
"""

import contextlib
import gc
import json
import numbers
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from press.execution import variables
from press.execution.plan import Rules
from press.execution.streams import Descriptors

METHOD = os.environ.get("PRESS_START_METHOD") or ("fork" if sys.platform == "linux" else "spawn")
LATE = 10.0  # seconds for a cell to fail that may not take longer, where the chapter goes on
PATIENCE = 2.0  # seconds for a chapter's process to end, once its outputs are written
# Imported before the first fork. Not the book's own modules: a chapter imports those as they are now.
WARM = ("nbformat", "pandas", "altair", "press.execution.interpreter")


class Pool:
    """The program that runs chapters, started: it imports what they need while its maker goes on.

    `rules` say how chapters are read and run.
    """

    def __init__(self, rules: Rules | None = None):
        self.rules = rules or Rules()
        self.program = subprocess.Popen(
            [sys.executable, "-m", "press", "run-chapters"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=variables.of_chapters(),
            encoding="utf-8",
        )

    def run(self, chapters: list[Path], root: Path, timeout: int | None) -> Iterator[dict]:
        """Run chapters; yield one outcome for each as it ends. Once only: then the program ends.

        Parameters
        ----------
        chapters : list of Path
            Notebooks.
        root : Path
            The book's folder: files in it are noted as inputs when a chapter reads them.
        timeout : int or None
            Seconds that one cell may take; None or a negative number for as long as it likes.

        Yields
        ------
        dict
            `chapter`, `status` (`"done"`, `"error"`, `"died"`, or `"timeout"`), and `seconds`. When done, also the
            executed `notebook`, its `inputs` (see `press.execution.dependencies`), and `cell_seconds`, the time of its
            cells alone; otherwise `cell` (counted from 1), `error`, and `traceback`.
        """
        with tempfile.TemporaryDirectory(prefix="press-") as folder, self.program as program:
            jobs = [self._job(path, root, timeout, Path(folder, str(index))) for index, path in enumerate(chapters)]
            if program.stdin is None or program.stdout is None:
                raise RuntimeError("the program was started without pipes")
            program.stdin.write(json.dumps(jobs) + "\n")
            program.stdin.flush()  # and stays open: when it closes, the build is gone
            for line in program.stdout:
                outcome = json.loads(line)
                target = Path(outcome.pop("target"))
                yield outcome | (json.loads(target.read_text(encoding="utf-8")) if outcome["status"] == "done" else {})
        if program.returncode:
            raise ChildProcessError(f"the process that runs the chapters ended with status {program.returncode}")

    def _job(self, chapter: Path, root: Path, timeout: int | None, folder: Path) -> dict:
        """Return what a worker needs to know of a chapter, with its notebook in a folder of its own."""
        import nbformat  # slow, and not needed to start the program

        notebook = self.rules.read(chapter)
        rules = replace(self.rules, timeout=timeout).for_notebook(notebook)
        folder.mkdir()
        (folder / "source.ipynb").write_text(nbformat.writes(notebook, nbformat.NO_CONVERT), encoding="utf-8")
        return {
            "chapter": str(chapter),
            "root": str(root),
            "limit": rules.timeout if rules.timeout and rules.timeout > 0 else None,
            "allow_errors": rules.allow_errors,
            "in_temp": rules.in_temp,
            "target": str(folder / "done.json"),
        }


# --- the program that runs them ---------------------------------------------------------------------------------------


def main() -> None:
    """Read jobs from standard input, run them, write an outcome a line to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it, and closes our input
    context = get_context(METHOD)
    if METHOD == "fork":
        for name in WARM:
            __import__(name)
        sys.modules["nbformat.validator"].get_validator(4, 5)  # compiled here, and not by every fork
    # Tables and charts are many objects that live long: looking for garbage took a tenth of a chapter.
    gc.set_threshold(200_000, 20, 100)
    waiting = json.loads(sys.stdin.readline() or "[]")  # nothing, when the build has ended before it asked
    running: dict = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            worker = _Worker(context, waiting.pop(0))
            running[worker.reader] = worker
        sources: list[Any] = [sys.stdin, *running]
        ready = connection.wait(sources, timeout=min(worker.left() for worker in running.values()))
        if sys.stdin in ready:
            for worker in running.values():
                worker.stop()
            return
        for worker in list(running.values()):
            if outcome := worker.outcome(worker.reader in ready):
                del running[worker.reader]
                print(json.dumps(outcome), flush=True)


class _Worker:
    """One chapter that runs: its process, and the latest message from it."""

    def __init__(self, context, job: dict):
        self.job, self.cell, self.began = job, 0, time.monotonic()
        self.cell_began = self.began
        self.reader, writer = context.Pipe(duplex=False)
        # Not a daemon: those may have no children, and chapters may work in parallel.
        self.process = context.Process(target=run_chapter, args=(job, writer), daemon=False)
        self.process.start()
        writer.close()

    def stop(self, wait: float = 0.0) -> None:
        """End the chapter's process, which is given some seconds to end by itself, and all that it has started."""
        if wait:
            self.process.join(wait)
        with contextlib.suppress(ProcessLookupError, PermissionError, AttributeError):  # not on Windows
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()

    def left(self) -> float:
        """Return the seconds until the cell has taken too long, or until one looks again."""
        limit = self.job["limit"]
        if limit is None:
            return 60.0
        late = LATE if self.job["allow_errors"] else 0.0
        return max(0.0, self.cell_began + limit + late - time.monotonic())

    def outcome(self, has_message: bool) -> dict | None:
        """Return how the chapter ended; None while it runs."""
        if has_message:
            return self._outcome_of_message()
        if self.job["limit"] is not None and not self.left():
            self.stop()
            return self._ended("timeout", error=f"it ran longer than {self.job['limit']} seconds")
        return None

    def _outcome_of_message(self) -> dict | None:
        try:
            message = self.reader.recv()
        except EOFError:
            self.stop(wait=PATIENCE)
            return self._ended("died", error=_death(self.process.exitcode), traceback=self._last_words())
        if "status" in message:
            self.stop(wait=PATIENCE)
            return self._ended(**message)
        self.cell, self.cell_began = message["cell"], time.monotonic()
        return None

    def _last_words(self) -> str:
        """Return the end of what the chapter's process wrote beside Python, such as the fault that ended it."""
        path = Path(self.job["target"]).with_name("written.stderr")
        return path.read_text(encoding="utf-8", errors="replace")[-2000:] if path.exists() else ""

    def _ended(self, status: str, **more) -> dict:
        seconds = round(time.monotonic() - self.began, 3)
        job = {"chapter": self.job["chapter"], "target": self.job["target"]}
        return job | {"status": status, "cell": self.cell, "seconds": seconds} | more


def _death(status: int) -> str:
    how = f"by signal {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    return f"the chapter’s process ended {how}"


def run_chapter(job: dict, writer: connection.Connection) -> None:
    """In a worker: run one chapter, saying which cell is next, and write it with its outputs."""
    if hasattr(os, "setsid"):
        os.setsid()  # what the chapter starts ends with it
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    target, chapter = Path(job["target"]), Path(job["chapter"])
    written = Descriptors(target.parent, "written")  # nothing of it may reach the pool's output
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=writer.close)  # its end tells that this process has ended, not its children
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    os.environ["IPYTHONDIR"] = str(target.with_name("ipython"))  # not the reader's settings and history
    os.chdir(_working_folder(job))
    sys.path.insert(0, "")
    sys.argv = [str(chapter)]
    import nbformat

    from press.execution import dependencies, interpreter

    notebook = nbformat.read(target.with_name("source.ipynb"), nbformat.NO_CONVERT)
    interpreter.Interpreter.instance()  # before the tracker: what it reads is nothing of the chapter
    tracker = dependencies.Tracker(Path(job["root"]), target.parent)
    tracker.watch_variables()
    limit = job["limit"] if job["allow_errors"] else None  # else the pool ends the chapter
    seconds, failure = interpreter.execute(
        notebook, lambda cell: writer.send({"cell": cell}), job["allow_errors"], written, limit
    )
    if failure:
        writer.send({"status": "error"} | failure)
        return
    made = {"notebook": notebook, "inputs": tracker.dependencies(notebook), "cell_seconds": round(seconds, 3)}
    # Half a letter, as Python may print it, is written as a question mark.
    target.write_text(json.dumps(made, ensure_ascii=False, default=_plain), encoding="utf-8", errors="replace")
    writer.send({"status": "done"})


def _working_folder(job: dict) -> Path:
    """Return the folder that a chapter runs in: its own, or one that is thrown away."""
    if not job["in_temp"]:
        return Path(job["chapter"]).parent
    folder = Path(job["target"]).with_name("run")
    folder.mkdir()
    return folder


def _plain(value: object) -> object:
    """Return as JSON knows it what a cell shows: bytes of pictures, numbers of NumPy."""
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, numbers.Number) and hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be kept in a notebook")
