"""Running chapters: each in a process of its own, forked from one that has imported pandas and Altair already.

A `Server` starts this module as a program, which imports once what every chapter imports
and then runs the chapters in child processes, as many at a time as there are cores.
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
from collections.abc import Iterator
from multiprocessing import connection, get_context
from pathlib import Path

METHOD = os.environ.get("PRESS_START_METHOD") or ("fork" if sys.platform == "linux" else "spawn")
WARM = (
    "nbformat",
    "pandas",
    "altair",
    "press.shell",
)  # not the book's own modules: a chapter imports those as they are now


class Server:
    """The program that runs chapters, started: it imports what they need while its maker goes on."""

    def __init__(self):
        variables = os.environ | {"OPENBLAS_NUM_THREADS": "1"}  # no threads before a fork
        self.program = subprocess.Popen(
            [sys.executable, "-m", "press.execution"],
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
            `chapter`, `end` (`"done"`, `"error"`, `"died"` or `"timeout"`) and `seconds`; when done, the executed
            `notebook`, its `inputs` (see `press.inputs`) and `cell_seconds`, the time of its cells alone; otherwise `cell` (counted from 1), `what` and `traceback`.
        """
        limit = timeout if timeout and timeout > 0 else None
        with tempfile.TemporaryDirectory(prefix="press-") as folder, self.program as server:
            jobs = [
                {"chapter": str(path), "root": str(root), "limit": limit, "target": f"{folder}/{place}.json"}
                for place, path in enumerate(chapters)
            ]
            server.stdin.write(json.dumps(jobs) + "\n")
            server.stdin.flush()  # and stays open: when it closes, the build is gone
            for line in server.stdout:
                outcome = json.loads(line)
                target = Path(outcome.pop("target"))
                yield outcome | (json.loads(target.read_text(encoding="utf-8")) if outcome["end"] == "done" else {})
        if server.returncode:
            raise ChildProcessError(f"the process that runs the chapters ended with status {server.returncode}")


# --- the program that runs them --------------------------------------------------------------------------------------


def serve() -> None:
    """Read jobs from standard input, run them, write an outcome a line to standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it, and closes our input
    context = get_context(METHOD)
    if METHOD == "fork":
        for name in WARM:
            __import__(name)
    gc.set_threshold(
        200_000, 20, 100
    )  # tables and charts are many objects that live long: looking for garbage took a tenth of a chapter
    waiting = json.loads(sys.stdin.readline() or "[]")  # nothing, when the build has ended before it asked
    running: dict = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            child = _Child(context, waiting.pop(0))
            running[child.ear] = child
        ready = connection.wait([sys.stdin, *running], timeout=min(child.left() for child in running.values()))
        if sys.stdin in ready:
            for child in running.values():
                child.process.kill()
            return
        for child in list(running.values()):
            if outcome := child.outcome(heard=child.ear in ready):
                del running[child.ear]
                print(json.dumps(outcome), flush=True)


class _Child:
    """One chapter that runs: its process, and what was heard of it."""

    def __init__(self, context, job: dict):
        self.job, self.cell, self.began = job, 0, time.monotonic()
        self.moved = self.began
        self.ear, mouth = context.Pipe(duplex=False)
        self.process = context.Process(target=work, args=(job, mouth), daemon=True)
        self.process.start()
        mouth.close()

    def left(self) -> float | None:
        """Seconds until the cell has taken too long."""
        limit = self.job["limit"]
        return 60.0 if limit is None else max(0.0, self.moved + limit - time.monotonic())

    def outcome(self, heard: bool) -> dict | None:
        """How the chapter ended; None while it runs."""
        if heard:
            try:
                word = self.ear.recv()
            except EOFError:
                self.process.join()
                return self._end("died", what=_death(self.process.exitcode))
            if "end" in word:
                self.process.join()
                return self._end(**word)
            self.cell, self.moved = word["cell"], time.monotonic()
        elif self.job["limit"] is not None and not self.left():
            self.process.kill()
            self.process.join()
            return self._end("timeout", what=f"it ran longer than {self.job['limit']} seconds")
        return None

    def _end(self, end: str, **more) -> dict:
        seconds = round(time.monotonic() - self.began, 3)
        return {
            "chapter": self.job["chapter"],
            "target": self.job["target"],
            "end": end,
            "cell": self.cell,
            "seconds": seconds,
        } | more


def _death(status: int) -> str:
    how = f"by signal {signal.Signals(-status).name}" if status < 0 else f"with exit status {status}"
    return f"the chapter’s process ended {how}"


def work(job: dict, mouth: connection.Connection) -> None:
    """In the child: run one chapter, saying which cell is next, and write it with its outputs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.dup2(2, 1)  # what native code and other programs print must not reach the server's output
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    os.environ["IPYTHONDIR"] = str(
        Path(job["target"]).with_name("ipython")
    )  # not the reader's own settings and history
    chapter = Path(job["chapter"])
    os.chdir(chapter.parent)
    sys.path.insert(0, "")
    sys.argv = [str(chapter)]
    import nbformat

    from press import inputs, shell

    notebook = nbformat.read(chapter, nbformat.NO_CONVERT)
    watch = inputs.Watch(Path(job["root"]))
    seconds, failure = shell.execute(notebook, lambda cell: mouth.send({"cell": cell}))
    if failure:
        mouth.send({"end": "error"} | failure)
        return
    made = {"notebook": notebook, "inputs": watch.inputs(notebook), "cell_seconds": round(seconds, 3)}
    Path(job["target"]).write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    mouth.send({"end": "done"})


if __name__ == "__main__":
    serve()
