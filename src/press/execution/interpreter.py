"""A chapter's interpreter: IPython, with what cells show kept as notebook outputs."""

import io
import re
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from press.errors import PressError, likeliest
from press.execution import plots
from press.execution.notebook_reader import FAILING, SKIPPED, tags
from press.execution.streams import Descriptors, Stream

_ASKED = re.compile(r"""['"]([^'"]+)['"]|: (\w+)$""")
_REMEDIES = {
    ModuleNotFoundError: "Install it into the environment of the book.",
    FileNotFoundError: "Correct the path: it is taken from the folder of the chapter.",
}
_REMEDY = "Mend the cell; where readers shall see the error, tag it raises-exception."
LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}  # what a kernel tells of itself


class _Publisher(DisplayPublisher):
    shell: "Interpreter"

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_) -> None:
        """Keep what `display` shows; whatever was shown under the same name, in whichever cell, shows it too."""
        name = (transient or {}).get("display_id")
        shown = self.shell.displays.setdefault(name, []) if name else []
        for output in shown:
            output.update(data=data, metadata=metadata or {})
        if not update:
            shown.append({"output_type": "display_data", "data": data, "metadata": metadata or {}})
            self.shell.show(shown[-1])

    def clear_output(self, wait: bool = False) -> None:
        """Take back what the cell has shown: now, or when it shows something else."""
        self.shell.clear(wait)


class _Hook(DisplayHook):
    """Keep the value of a cell's last line."""

    shell: "Interpreter"

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        result = {
            "output_type": "execute_result",
            "data": format_dict,
            "metadata": md_dict or {},
            "execution_count": self.prompt_count,
        }
        self.shell.show(result)


class _Formatter(DisplayFormatter):
    def format(self, obj, include=None, exclude=None) -> tuple[dict, dict]:
        """Return an object in all forms; a figure of matplotlib also in words, or with the reason why it has none."""
        data, metadata = super().format(obj, include, exclude)
        if "text/plain" in data and len(data) > 1 and plots.is_plot(obj):
            try:
                data["text/plain"] = plots.described(obj)
            except Exception as error:  # of matplotlib, or of the author's own formatter of axes
                data["text/plain"] += f" has no words: {type(error).__name__}: {error}"
        return data, metadata


class Interpreter(InteractiveShell):
    """IPython without a terminal, a kernel or a history."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **options):
        self.outputs: list = []
        self.displays: dict[str, list[dict]] = {}
        self.descriptors: Descriptors | None = None
        self.clears_first = False
        self.seconds = 0.0
        quiet = Config({"InteractiveShell": {"colors": "nocolor"}, "HistoryManager": {"enabled": False}})
        super().__init__(config=quiet, **options)

    def init_display_formatter(self) -> None:
        """Choose what makes texts, pictures, and HTML of objects."""
        self.display_formatter = _Formatter(parent=self)
        self.configurables.append(self.display_formatter)  # type: ignore[arg-type]  # as IPython does

    def begin_cell(self, outputs: list) -> None:
        """Keep what is shown from now on in another list."""
        self.outputs, self.clears_first = outputs, False

    def end_cell(self) -> None:
        """Keep also what was written beside Python, to its last byte."""
        if self.descriptors:
            self.descriptors.flush()
        self._keep_written()

    def show(self, output: dict) -> None:
        """Keep one output, after what other programs have written before it."""
        self._keep_written()
        self._keep(output)

    def show_text(self, name: str, text: str) -> None:
        """Keep a text that Python writes to a stream, after what other programs have written before it."""
        self._keep_written()
        self._keep_text(name, text)

    def clear(self, wait: bool) -> None:
        """Take back what the cell has shown: now, or when it shows something else."""
        self._keep_written()
        self.clears_first = wait
        if not wait:
            self.outputs.clear()

    def _keep_written(self) -> None:
        for name, text in self.descriptors.read() if self.descriptors else ():
            self._keep_text(name, text)

    def _keep_text(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs and not self.clears_first else {}
        if last.get("name") == name:
            last["text"] += text
        elif text:
            self._keep({"output_type": "stream", "name": name, "text": text})

    def _keep(self, output: dict) -> None:
        if self.clears_first:
            self.outputs.clear()
            self.clears_first = False
        self.outputs.append(output)

    def enable_gui(self, gui=None) -> None:
        """Do nothing: no window opens; `%matplotlib` asks for this before it shows figures among the outputs."""

    def _showtraceback(self, etype, evalue, stb) -> None:
        """Keep an error's traceback as a notebook does."""
        self.show({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)})

    def ask_exit(self) -> None:
        """End the chapter, since a cell asks for it."""
        raise SystemExit("the cell calls exit")


def execute(
    notebook: NotebookNode,
    announce: Callable[[int], None],
    allow_errors: bool = False,
    descriptors: Descriptors | None = None,
    limit: float | None = None,
) -> tuple[float, dict | None]:
    """Run a notebook's cells in order, up to the first that fails, and put their outputs into it.

    Parameters
    ----------
    notebook : NotebookNode
        As `nbformat.read` gives it.
    announce : callable
        Called with the place of each code cell, counted from 1 over all cells, before it runs.
    allow_errors : bool
        Whether a failing cell only shows its error; a cell tagged `raises-exception` always does.
    descriptors : Descriptors, optional
        Where other programs and native code write to.
    limit : float, optional
        Seconds after which a cell fails with a `TimeoutError`, where the system can do that.

    Returns
    -------
    seconds, failure
        How long the cells took; None, or the `error` that the last cell raised and its `traceback`.
    """
    shell = Interpreter.instance()
    shell.descriptors = descriptors
    notebook.metadata["language_info"] = NotebookNode(LANGUAGE)
    before = sys.stdout, sys.stderr, sys.stdin
    sys.stdout, sys.stderr, sys.stdin = Stream(1, shell.show_text), Stream(2, shell.show_text), io.StringIO()
    try:
        failure = _run_cells(shell, notebook, announce, allow_errors, limit)
    finally:
        sys.stdout, sys.stderr, sys.stdin = before
    return shell.seconds, failure


def _run_cells(
    shell: Interpreter, notebook: NotebookNode, announce: Callable, allow_errors: bool, limit: float | None
) -> dict | None:
    for index, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code" or not cell.source.strip() or SKIPPED in tags(cell):
            continue
        announce(index)
        error = _run(shell, cell, limit)
        if error and not allow_errors and FAILING not in tags(cell):
            return _failure(error, cell.outputs)
    return None


def _run(shell: Interpreter, cell: NotebookNode, limit: float | None) -> BaseException | None:
    """Run one cell, and return what it raised."""
    cell.outputs = []
    shell.begin_cell(cell.outputs)
    began = time.monotonic()
    with _ended_after(limit):
        result = shell.run_cell(cell.source, store_history=True)
    shell.end_cell()
    shell.seconds += time.monotonic() - began
    cell.execution_count = result.execution_count
    return result.error_before_exec or result.error_in_exec


@contextmanager
def _ended_after(limit: float | None) -> Iterator[None]:
    """Raise a `TimeoutError` in what takes longer, unless native code is at work."""
    if limit is None or not hasattr(signal, "setitimer"):  # on Windows
        yield
        return

    def end(*_) -> None:
        raise TimeoutError(f"the cell ran longer than {limit} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _failure(error: BaseException, outputs: list) -> dict:
    lines = "\n".join(line for output in outputs if output["output_type"] == "error" for line in output["traceback"])
    if isinstance(error, PressError):  # ours say all in words
        return {"error": f"{error}", "traceback": lines}
    said = f"{type(error).__name__}: {error}".rstrip(".")
    return {"error": f"{said}. {_columns_of(error) or _remedy_of(error)}", "traceback": lines}


def _remedy_of(error: BaseException) -> str:
    return next((words for kind, words in _REMEDIES.items() if isinstance(error, kind)), _REMEDY)


def _columns_of(error: BaseException) -> str:
    """Return, where a data frame was asked for a column that it lacks, which columns it has; else nothing."""
    is_key = isinstance(error, KeyError) and bool(error.args)
    said = f"{error.args[0] if is_key else error}"
    asked = ["".join(found) for found in _ASKED.findall(said)] or ([said] if is_key else [])
    if (frame := _frame_of(error)) is None:
        return ""
    columns = list(map(str, frame.columns))
    if not (unknown := [name for name in asked if name not in columns]):
        return ""
    known = likeliest(unknown[-1], columns)
    return f"The table has the columns {known}: correct the name in the cell, or in the file."


def _frame_of(error: BaseException) -> Any:
    """Return the data frame in which an error arose, where pandas raised it."""
    pandas = sys.modules.get("pandas")
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    if pandas is None or not frames or any(frame.f_code.co_name == "xs" for frame in frames):  # that looks for a row
        return None
    if not str(frames[-1].f_globals.get("__name__", "")).startswith("pandas."):
        return None
    of_methods = [frame.f_locals.get("self") for frame in reversed(frames)]
    found = [each for own in of_methods for each in (own, getattr(own, "__dict__", {}).get("obj"))]
    return next((each for each in found if isinstance(each, pandas.DataFrame)), None)
