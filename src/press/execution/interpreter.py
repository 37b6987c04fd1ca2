"""A chapter's interpreter: IPython, with what cells show kept as notebook outputs."""

import io
import sys
import time
from collections.abc import Callable

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config


class _Stream(io.TextIOBase):
    """Standard output or error as outputs of the cell that runs."""

    def __init__(self, name: str, shell: "Interpreter"):
        self.name, self.shell = name, shell

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self.shell.outputs[-1] if self.shell.outputs else {}
        if last.get("name") == self.name:
            last["text"] += text
        elif text:
            self.shell.outputs.append({"output_type": "stream", "name": self.name, "text": text})
        return len(text)


class _Publisher(DisplayPublisher):
    shell: "Interpreter"

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **_) -> None:
        """Keep what `display` shows; an update replaces what was shown under the same name."""
        name = (transient or {}).get("display_id")
        shown = self.shell.displays.get(name) if update else None
        if shown:
            shown.update(data=data, metadata=metadata or {})
            return
        self.shell.outputs.append({"output_type": "display_data", "data": data, "metadata": metadata or {}})
        if name:
            self.shell.displays[name] = self.shell.outputs[-1]

    def clear_output(self, wait: bool = False) -> None:
        self.shell.outputs.clear()


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
        self.shell.outputs.append(result)


class Interpreter(InteractiveShell):
    """IPython without a terminal, a kernel or a history."""

    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)

    def __init__(self, **options):
        self.outputs: list = []
        self.displays: dict = {}
        self.seconds = 0.0
        quiet = Config({"InteractiveShell": {"colors": "nocolor"}, "HistoryManager": {"enabled": False}})
        super().__init__(config=quiet, **options)

    def _showtraceback(self, etype, evalue, stb) -> None:
        """Keep an error's traceback as a notebook does."""
        self.outputs.append(
            {"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        )

    def ask_exit(self) -> None:
        """End the chapter, since a cell asks for it."""
        raise SystemExit("the cell calls exit")


def execute(notebook: NotebookNode, announce: Callable[[int], None]) -> tuple[float, dict | None]:
    """Run a notebook's cells in order, up to the first that fails, and put their outputs into it.

    Parameters
    ----------
    notebook : NotebookNode
        As `nbformat.read` gives it.
    announce : callable
        Called with the place of each code cell, counted from 1 over all cells, before it runs.

    Returns
    -------
    seconds, failure
        How long the cells took; None, or the `error` that the last cell raised and its `traceback`.
    """
    shell = Interpreter.instance()
    sys.stdout, sys.stderr, sys.stdin = _Stream("stdout", shell), _Stream("stderr", shell), io.StringIO()
    for index, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        announce(index)
        shell.outputs = cell.outputs = []
        began = time.monotonic()
        result = shell.run_cell(cell.source, store_history=True)
        shell.seconds += time.monotonic() - began
        cell.execution_count = result.execution_count
        if not result.success:
            return shell.seconds, _failure(result.error_before_exec or result.error_in_exec, cell.outputs)
    return shell.seconds, None


def _failure(error: BaseException, outputs: list) -> dict:
    traceback = "\n".join(
        line for output in outputs if output["output_type"] == "error" for line in output["traceback"]
    )
    return {"error": f"{type(error).__name__}: {error}", "traceback": traceback}
