"""How cells run and what they show: as in a notebook that Jupyter has run."""

import atexit
import os
import sys
import time

import nbformat
import pytest
from helpers import run_chapters

from press.execution import interpreter, plots


@pytest.fixture
def execute(monkeypatch, tmp_path):
    """Run cells in this process, each its code, or its code and its tags; the notebook, and the failure."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    for name in ("displayhook", "excepthook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    interpreter.Interpreter.clear_instance()

    def execute(*cells, **options):
        notebook = nbformat.v4.new_notebook()
        for cell in cells:
            source, *tags = [cell] if isinstance(cell, str) else cell
            notebook.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
        return notebook, interpreter.execute(notebook, lambda cell: None, **options)[1]

    yield execute
    if shell := interpreter.Interpreter._instance:
        atexit.unregister(shell.atexit_operations)  # a quarter of a second each
    interpreter.Interpreter.clear_instance()


def shown(cell):
    """What a cell shows, as texts."""
    return [
        output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain")
        for output in cell["outputs"]
    ]


# --- tags -------------------------------------------------------------------------------------------------------------


def test_a_cell_that_is_to_be_skipped_does_not_run_and_keeps_its_outputs(execute):
    notebook, failure = execute(("1 / 0", "skip-execution"), "x = 1")
    assert failure is None and notebook.cells[0].outputs == [] and notebook.cells[0].execution_count is None


@pytest.mark.parametrize("code", ["1 / 0", "x =", "import sys; sys.exit(3)", "raise KeyError('rain')"])
def test_an_error_that_is_expected_is_shown_and_the_chapter_goes_on(execute, code):
    notebook, failure = execute((code, "raises-exception"), "print('after')")
    assert failure is None and shown(notebook.cells[1]) == ["after\n"]
    assert "error" in {output["output_type"] for output in notebook.cells[0].outputs}


def test_a_cell_that_may_fail_need_not(execute):
    assert execute(("1", "raises-exception"))[1] is None


def test_where_errors_are_allowed_every_cell_runs(execute):
    notebook, failure = execute("1 / 0", "print('after')", allow_errors=True)
    assert failure is None and shown(notebook.cells[0]) == ["division by zero"]
    assert shown(notebook.cells[1]) == ["after\n"]


def test_an_error_that_nobody_expects_ends_the_chapter(execute):
    notebook, failure = execute("1 / 0", "print('after')")
    assert failure["error"].startswith("ZeroDivisionError: division by zero. Mend the cell")
    assert notebook.cells[1].outputs == []


@pytest.mark.parametrize(
    "code",
    [
        "frame['years']",
        "frame.years",
        "frame.groupby('rain')['years'].sum()",
        "frame.sort_values('years')",
        "frame.merge(frame.rename(columns={'year': 'years'}), on='years')",
        pytest.param("frame.query('years > 1')", marks=pytest.mark.slow),
        pytest.param("frame.apply(lambda row: row['years'], axis=1)", marks=pytest.mark.slow),
    ],
)
def test_a_column_that_a_table_lacks_is_told_with_those_that_it_has(execute, code):
    _, failure = execute("import pandas\nframe = pandas.DataFrame({'year': [1], 'rain': [2]})", code)
    assert "years" in failure["error"]
    assert failure["error"].endswith(
        "The table has the columns year, rain: correct the name in the cell, or in the file."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "code", ["{}['year']", "frame.loc['years']", "frame['rain'].astype('years')", "open('years.csv')"]
)
def test_of_another_error_no_columns_are_told(execute, code):
    _, failure = execute("import pandas\nframe = pandas.DataFrame({'year': [1], 'rain': [2]})", code)
    assert "columns" not in failure["error"] and failure["error"].endswith(".")


def test_code_is_that_of_ipython(execute):
    assert execute("1")[0].metadata.language_info == {"name": "python", "pygments_lexer": "ipython3"}


# --- what is shown, and taken back ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("print('a'); clear_output(); print('b')", ["b\n"]),
        ("print('a'); clear_output()", []),
        ("print('a'); clear_output(wait=True); print('b')", ["b\n"]),
        ("print('a'); clear_output(wait=True)", ["a\n"]),
        ("print('a'); clear_output(wait=True); display('b'); print('c')", ["'b'", "c\n"]),
        ("for i in range(9): clear_output(wait=True); print(i)", ["8\n"]),
    ],
)
def test_outputs_are_cleared_at_once_or_when_the_next_comes(execute, code, texts):
    notebook, failure = execute(f"from IPython.display import clear_output, display\n{code}", "1;")
    assert failure is None and shown(notebook.cells[0]) == texts


def test_an_update_reaches_every_display_of_its_name_in_whichever_cell(execute):
    notebook, _ = execute(
        "shown = display('a', display_id='one')",
        "display('b', display_id='one'); display('c', display_id='two');",
        "shown.update('d')",
    )
    assert [shown(cell) for cell in notebook.cells] == [["'d'"], ["'d'", "'c'"], []]


def test_an_update_of_what_was_never_shown_shows_nothing(execute):
    notebook, _ = execute("from IPython.display import update_display\nupdate_display('a', display_id='nobody')")
    assert notebook.cells[0].outputs == []


# --- figures of matplotlib --------------------------------------------------------------------------------------------


def test_the_backend_that_shows_figures_asks_for_no_window(execute):
    assert execute("get_ipython().enable_gui(None)")[1] is None


class Words:
    """Stands for whatever in a figure answers with fixed words."""

    def __init__(self, **answers):
        for name, answer in answers.items():
            setattr(self, name, answer if isinstance(answer, (list, tuple)) else lambda *_, answer=answer: answer)


def axis(label, *marks):
    formatter = Words()
    formatter.format_ticks = lambda places: list(marks)
    made = Words(get_label_text=label, get_major_formatter=formatter)
    made.get_view_interval, made.get_majorticklocs = lambda: (0, len(marks)), lambda: range(len(marks))
    return made


def test_a_figure_is_told_in_words():
    line, legend = Words(get_xdata="ab"), Words()
    legend.get_texts = lambda: [Words(get_text="Arley"), Words(get_text="Boxford")]
    drawn = Words(has_data=True, get_title="Rain", lines=[line, line], collections=[], patches=[], images=[])
    drawn.get_legend, drawn.xaxis, drawn.yaxis = (
        lambda: legend,
        axis("year", "2022", "2023", "2024"),
        axis("", 0, 9),  # labels that the author gave as numbers
    )
    figure = Words(axes=[drawn, Words(has_data=False)], get_suptitle="Two towns")
    assert plots.described(figure) == (
        "Two towns. Rain Rain Rain. A plot of 2 lines. Horizontal: year, 2022 to 2024. Vertical: 0 to 9. "
        "Named: Arley, Boxford."
    )
    assert plots.described(Words(axes=[], get_suptitle="")) == "An empty plot."


def test_a_figure_that_has_no_words_says_why(execute):
    code = "class Odd:\n    def _repr_png_(self): return b'png'\n    def __repr__(self): return '<Figure>'\n"
    notebook, _ = execute(f"{code}Odd.__module__ = 'matplotlib.figure'\nOdd()")
    assert shown(notebook.cells[0]) == ["<Figure> has no words: AttributeError: 'Odd' object has no attribute 'axes'"]


@pytest.mark.slow
@pytest.mark.parametrize("magic", ["", "%matplotlib inline\n"])
def test_a_figure_is_a_picture_with_words(tmp_path, magic):
    pytest.importorskip("matplotlib")
    code = f"{magic}import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('Rain')\nplt.show()"
    outcome = run_chapters(tmp_path, {"a": code})["a"]
    (output,) = outcome["notebook"]["cells"][0]["outputs"]
    assert output["data"]["image/png"].startswith("iVBOR") and output["data"]["text/plain"].startswith(
        "Rain. A plot of"
    )


# --- work beside the chapter's own process ----------------------------------------------------------------------------

POOL = """
from concurrent.futures import ProcessPoolExecutor
with ProcessPoolExecutor(2) as workers:
    print(list(workers.map(abs, [-1, -2])))
"""
LEAVE = """
import multiprocessing, os, subprocess, sys, time
other = multiprocessing.get_context("fork").Process(target=time.sleep, args=[600])
other.start()
program = subprocess.Popen(["sleep", "600"])
open(f"{sys.argv[0]}.left", "w").write(f"{other.pid} {program.pid}")
"""
NUMPY = """
import numpy
display({"image/png": b"rain", "text/plain": "x"}, raw=True, metadata={"size": numpy.int64(3)})
"""
CHAPTERS = {
    "parallel": POOL,
    "leaves": LEAVE,
    "leaves_and_dies": f"{LEAVE}os.kill(os.getpid(), 9)",
    "leaves_and_fails": f"{LEAVE}1 / 0",
    "numpy": NUMPY,
}


@pytest.mark.skipif(os.name != "posix", reason="processes are those of Unix")
def test_a_chapter_may_work_in_parallel(outcomes):
    outcome = outcomes["parallel"]
    assert outcome["status"] == "done" and shown(outcome["notebook"]["cells"][0]) == ["[1, 2]\n"]


@pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="processes are looked up in /proc")
@pytest.mark.parametrize(
    ("name", "status"), [("leaves", "done"), ("leaves_and_dies", "died"), ("leaves_and_fails", "error")]
)
def test_what_a_chapter_leaves_running_ends_with_it(ran, name, status):
    outcome = ran.outcomes[name]
    assert outcome["status"] == status and outcome["seconds"] < 15
    left = (ran.root / "notebooks" / f"{name}.ipynb.left").read_text(encoding="utf-8").split()
    until = time.monotonic() + 5
    while alive := [process for process in left if is_alive(process)]:
        assert time.monotonic() < until, f"still running: {alive}"
        time.sleep(0.05)


def is_alive(process):
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_bytes_and_numbers_of_numpy_are_kept_as_json_knows_them(outcomes):
    (output,) = outcomes["numpy"]["notebook"]["cells"][0]["outputs"]
    assert output["data"]["image/png"] == "cmFpbg==" and output["metadata"] == {"size": 3}
