"""A chapter's interpreter: what cells show is kept as a notebook keeps it."""

import atexit
import io
import sys
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from press.execution import interpreter, streams


@pytest.fixture
def execute(monkeypatch, tmp_path):
    """Run cells in this process; the notebook, how long it took, the failure, and the cells that were announced."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    for name in ("stdout", "stderr", "stdin", "displayhook", "excepthook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    interpreter.Interpreter.clear_instance()

    def execute(*sources, **options):
        cells = [
            nbformat.v4.new_markdown_cell(source[1:]) if source.startswith("#") else nbformat.v4.new_code_cell(source)
            for source in sources
        ]
        notebook, announced = nbformat.v4.new_notebook(cells=cells), []
        seconds, failure = interpreter.execute(notebook, announced.append, **options)
        return notebook, seconds, failure, announced

    yield execute
    if shell := interpreter.Interpreter._instance:
        atexit.unregister(shell.atexit_operations)  # a quarter of a second each
    interpreter.Interpreter.clear_instance()


def outputs(notebook, kind=None):
    """Text of all outputs, or of all of one kind, cell by cell."""
    return [
        [
            output.get("text") or output["data"]["text/plain"]
            for output in cell["outputs"]
            if kind in (None, output["output_type"])
        ]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def test_what_cells_print_and_display_is_kept_in_order(execute):
    notebook, *_ = execute(
        "import sys\nprint('one')\nprint('two', end='')\nprint('three', file=sys.stderr)\nprint('four')",
        "display('shown')\n4 + 4",
        "5;",
    )
    assert outputs(notebook) == [["one\ntwo", "three\n", "four\n"], ["'shown'", "8"], []]
    assert [output["output_type"] for output in notebook.cells[1].outputs] == ["display_data", "execute_result"]
    nbformat.validate(notebook)


def test_cells_are_announced_by_their_place_and_counted_by_their_run(execute):
    notebook, _, failure, announced = execute("#Rain", "1", "  \n", "2")
    assert announced == [2, 4] and failure is None
    assert [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"] == [1, None, 2]


def test_an_update_replaces_what_was_displayed_under_its_name(execute):
    notebook, *_ = execute("handle = display('before', display_id=True)", "handle.update('after')\ndisplay('more')")
    assert outputs(notebook) == [["'after'"], ["'more'"]]


def test_what_a_cell_clears_is_not_kept(execute):
    notebook, *_ = execute("from IPython.display import clear_output\nprint('one')\nclear_output()\nprint('two')")
    assert outputs(notebook) == [["two\n"]]


def test_the_outputs_of_other_cells_are_not_cleared(execute):
    notebook, *_ = execute("print('one')", "from IPython.display import clear_output\nclear_output(wait=True)")
    assert outputs(notebook) == [["one\n"], []]


@pytest.mark.filterwarnings("ignore:To exit")
@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("1 +", "SyntaxError: invalid syntax"),
        ("import sys\nsys.exit(3)", "SystemExit: 3"),
        ("exit", "SystemExit: the cell calls exit"),
        ("input()", "EOFError"),
    ],
)
def test_the_first_cell_that_fails_ends_the_chapter(execute, code, error):
    notebook, _, failure, announced = execute("x = 1", code, "print('never')")
    assert error in failure["error"] and announced == [1, 2]
    assert notebook.cells[2].outputs == []


def test_a_failure_keeps_its_traceback_without_colors(execute):
    notebook, _, failure, _ = execute("def fail():\n    1 / 0\nfail()")
    (output,) = notebook.cells[0].outputs
    assert output["output_type"] == "error" and output["ename"] == "ZeroDivisionError"
    assert "1 / 0" in failure["traceback"] and "\x1b" not in failure["traceback"]


def test_a_cell_that_takes_too_long_fails_and_the_chapter_goes_on_where_errors_are_shown(execute):
    notebook, _, failure, _ = execute("while True: pass", "1", allow_errors=True, limit=0.05)
    assert notebook.cells[0].outputs[0]["evalue"] == "the cell ran longer than 0.05 seconds"
    assert failure is None and outputs(notebook, "execute_result")[1] == ["1"]


def test_a_cell_may_await_and_is_the_main_program(execute):
    with ThreadPoolExecutor(1) as thread:  # a browser that other tests opened has its event loop in this one
        notebook, *_ = thread.submit(execute, "import asyncio\nawait asyncio.sleep(0)\n__name__").result()
    assert outputs(notebook) == [["'__main__'"]]


def test_no_history_is_written(execute, tmp_path):
    execute("1")
    assert not list(tmp_path.rglob("history.sqlite"))


def test_the_time_is_that_of_the_cells_alone(execute, monkeypatch):
    clock = iter([10.0, 12.0, 20.0, 20.5])
    monkeypatch.setattr(interpreter.time, "monotonic", lambda: next(clock))
    _, seconds, *_ = execute("1", "2")
    assert seconds == 2.5


def test_a_stream_is_text_that_can_be_written():
    kept = []
    stream = streams.Stream(1, lambda *written: kept.append(written))
    assert isinstance(stream, io.TextIOBase) and stream.writable() and stream.write("Rain") == 4
    assert kept == [("stdout", "Rain")]


def test_nothing_printed_is_no_output(execute):
    notebook, *_ = execute("print(end='')")
    assert notebook.cells[0].outputs == []
