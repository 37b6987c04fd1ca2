"""Work on another core, in a fork of this process: for steps of a build that do not wait for one another."""

import os
import pickle
import sys
from collections.abc import Callable
from multiprocessing import get_context

FORKS = sys.platform == "linux" and (os.cpu_count() or 1) > 1  # elsewhere forking is not safe, or of no use


class Aside:
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
            self.ear, mouth = context.Pipe(duplex=False)
            self.process = context.Process(target=_work, args=(function, mouth))
            self.process.start()
            mouth.close()

    def join(self):
        """What the function returns, or raises, once it has ended. Where nothing forks it runs now."""
        if not FORKS:
            return self.function()
        try:
            result, error = pickle.loads(self.ear.recv_bytes())
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


def _work(function: Callable, mouth) -> None:
    try:
        told = function(), None
    except Exception as error:
        told = None, error
    mouth.send_bytes(pickle.dumps(told))


def each(function: Callable, things: list) -> None:
    """Call a function for each of many things, on all cores, for the files it leaves behind.

    A failure is not told: what was not done here is done, and fails again, where its result is wanted.
    """
    if not FORKS:
        return
    cores = os.cpu_count() or 1
    parts = [part for part in (things[place::cores] for place in range(cores)) if part]
    for aside in [Aside(lambda part=part: [_attempt(function, thing) for thing in part] and None) for part in parts]:
        aside.join()


def _attempt(function: Callable, thing: object) -> None:
    try:
        function(thing)
    except Exception:  # told where the result is wanted
        return
