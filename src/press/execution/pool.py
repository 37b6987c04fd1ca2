"""A pool of worker processes that run chapters, each forked from a process that has imported pandas and Altair.

A `Pool` starts `main` in a program of its own, which imports once what every chapter imports
and then runs the chapters in worker processes, as many at a time as there are cores.
A chapter finds the clean interpreter of a fresh kernel, and nothing it leaves behind reaches another.
Where processes cannot safely be forked (macOS, Windows) each starts anew: slower, otherwise the same.
"""

import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

METHOD = os.environ.get("PRESS_START_METHOD") or ("fork" if sys.platform == "linux" else "spawn")
# Imported before the first fork. Not the book's own modules: a chapter imports those as they are now.
WARM = ("nbformat", "pandas", "altair", "press.execution.interpreter")


class Pool:
    """The program that runs chapters, started: it imports what they need while its maker goes on."""

    def __init__(self):
        variables = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # no threads before a fork
        self.program = subprocess.Popen(
            [sys.executable, "-m", "press", "run-chapters"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=variables,
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
        limit = timeout if timeout and timeout > 0 else None
        with tempfile.TemporaryDirectory(prefix="press-") as folder, self.program as program:
            jobs = [
                {"chapter": str(path), "root": str(root), "limit": limit, "target": f"{folder}/{index}.json"}
                for index, path in enumerate(chapters)
            ]
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


# --- the program that runs them ---------------------------------------------------------------------------------------


def main(prepare: Callable[[], None]) -> None:
    """Read jobs from standard input, run them, write an outcome a line to standard output.

    Parameters
    ----------
    prepare : callable
        Called before the first fork, once the packages of `WARM` are imported.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it, and closes our input
    context = get_context(METHOD)
    if METHOD == "fork":
        for name in WARM:
            __import__(name)
        prepare()
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
                worker.process.kill()
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
        self.process = context.Process(target=run_chapter, args=(job, writer), daemon=True)
        self.process.start()
        writer.close()

    def left(self) -> float:
        """Return the seconds until the cell has taken too long, or until one looks again."""
        limit = self.job["limit"]
        return 60.0 if limit is None else max(0.0, self.cell_began + limit - time.monotonic())

    def outcome(self, has_message: bool) -> dict | None:
        """Return how the chapter ended; None while it runs."""
        if has_message:
            return self._outcome_of_message()
        if self.job["limit"] is not None and not self.left():
            self.process.kill()
            self.process.join()
            return self._ended("timeout", error=f"it ran longer than {self.job['limit']} seconds")
        return None

    def _outcome_of_message(self) -> dict | None:
        try:
            message = self.reader.recv()
        except EOFError:
            self.process.join()
            return self._ended("died", error=_death(self.process.exitcode))
        if "status" in message:
            self.process.join()
            return self._ended(**message)
        self.cell, self.cell_began = message["cell"], time.monotonic()
        return None

    def _ended(self, status: str, **more) -> dict:
        seconds = round(time.monotonic() - self.began, 3)
        job = {"chapter": self.job["chapter"], "target": self.job["target"]}
        return job | {"status": status, "cell": self.cell, "seconds": seconds} | more


def _death(status: int) -> str:
    how = f"by signal {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    return f"the chapter’s process ended {how}"


def run_chapter(job: dict, writer: connection.Connection) -> None:
    """In a worker: run one chapter, saying which cell is next, and write it with its outputs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(2, 1)  # what native code and other programs print must not reach the pool's output
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    os.environ["IPYTHONDIR"] = str(Path(job["target"]).with_name("ipython"))  # not the reader's settings and history
    chapter = Path(job["chapter"])
    os.chdir(chapter.parent)
    sys.path.insert(0, "")
    sys.argv = [str(chapter)]
    import nbformat

    from press.execution import dependencies, interpreter

    notebook = nbformat.read(chapter, nbformat.NO_CONVERT)
    tracker = dependencies.Tracker(Path(job["root"]))
    seconds, failure = interpreter.execute(notebook, lambda cell: writer.send({"cell": cell}))
    if failure:
        writer.send({"status": "error"} | failure)
        return
    made = {"notebook": notebook, "inputs": tracker.dependencies(notebook), "cell_seconds": round(seconds, 3)}
    Path(job["target"]).write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    writer.send({"status": "done"})
