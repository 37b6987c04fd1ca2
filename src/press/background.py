"""Functions that run in forks of this process, for steps of a build that do not wait for one another."""

import os
import pickle
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

CORES = os.cpu_count() or 1
FORKS = sys.platform == "linux" and CORES > 1  # elsewhere forking is not safe, or of no use


class BackgroundTask:
    """A function that runs beside this process; what it changes in memory is lost, files stay.

    Parameters
    ----------
    function : callable
        Without arguments; what it returns must pickle.
    """

    def __init__(self, function: Callable):
        self.function = function
        if FORKS:
            context = get_context("fork")
            self.reader, writer = context.Pipe(duplex=False)
            self.process = context.Process(target=_work, args=(function, writer))
            self.process.start()
            writer.close()

    def join(self):
        """Return or raise what the function does, once it has ended; where nothing forks it runs now."""
        if not FORKS:
            return self.function()
        try:
            result, error = pickle.loads(self.reader.recv_bytes())
        except EOFError:
            result, error = None, ChildProcessError("a process of the build was killed")
        self.process.join()
        if error is not None:
            raise error
        return result

    def stop(self) -> None:
        """End it, whatever it is doing."""
        if FORKS:
            self.process.kill()
            self.process.join()


def _work(function: Callable, writer: Connection) -> None:
    outcome: tuple[Any, Exception | None]
    try:
        outcome = function(), None
    except Exception as error:
        outcome = None, error
    writer.send_bytes(pickle.dumps(outcome))


class WorkerPool:
    """A function called for each of many items, for the files it leaves behind.

    It runs on all cores but this one, and on this one too once `join` is called.
    """

    def __init__(self, function: Callable, items: list):
        self.function, self.items = function, items
        self.next = get_context("fork" if FORKS else None).Value("i", 0)
        self.tasks = [BackgroundTask(self._work) for _ in range(min(CORES - 1, len(items)))] if FORKS else []

    def _work(self) -> None:
        while (index := self._take()) < len(self.items):
            self.function(self.items[index])

    def _take(self) -> int:
        with self.next.get_lock():
            self.next.value += 1
            return self.next.value - 1

    def join(self) -> None:
        """Do what nobody has begun, and wait for the rest; raises what the first failure raised."""
        self._work()
        for task in self.tasks:
            task.join()

    def stop(self) -> None:
        """End them, whatever they are doing."""
        for task in self.tasks:
            task.stop()
