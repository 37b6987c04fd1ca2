"""The cache of outputs: which chapters run, why, and what is kept of them."""

import json
import os
from dataclasses import replace

import nbformat
import pytest
from helpers import CHAPTER
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn

from press import project
from press.execution import cache, plan, pool
from press.execution.dependencies import ENVIRONMENT
from press.ledger import RECORD

READ = "data/rain.csv"


class Pool:
    """Stands for the pool: says of each chapter that it ran, or how it ended, and notes what it was asked to run."""

    def __init__(self, **endings):
        self.endings, self.asked = endings, []

    def run(self, chapters, root, timeout):
        self.asked += [chapter.stem for chapter in chapters]
        for chapter in chapters:
            notebook = nbformat.read(chapter, nbformat.NO_CONVERT)
            record = {"kind": "number", "id": chapter.stem}
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    data = {RECORD: record, "text/plain": "1"}
                    cell.outputs = [{"output_type": "display_data", "data": data, "metadata": {}}]
            done = {
                "status": "done",
                "seconds": 1.25,
                "cell_seconds": 1.0,
                "notebook": json.loads(json.dumps(notebook)),
                "inputs": {name: cache.dependencies.fingerprint(name, root) for name in (READ, ENVIRONMENT)},
            }
            yield {"chapter": str(chapter)} | (self.endings.get(chapter.stem) or done)


class Book:
    """Chapters in a folder, and the cache of their outputs."""

    def __init__(self, root):
        self.root, self.folder = root, root / "_build" / ".press" / "outputs"
        (root / "notebooks").mkdir()
        (root / "data").mkdir()
        (root / READ).write_text("1\n", encoding="utf-8")
        self.pool = Pool()

    def path(self, name):
        return self.root / "notebooks" / f"{name}.ipynb"

    def write(self, name, *code, prose="# Rain"):
        cells = [nbformat.v4.new_markdown_cell(prose), *map(nbformat.v4.new_code_cell, code)]
        path = self.path(name)
        before = path.stat().st_mtime_ns if path.exists() else 0
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        os.utime(path, ns=(before + 10**9, before + 10**9))  # another time, however fast the test is
        return path

    @property
    def chapters(self):
        return sorted((self.root / "notebooks").glob("*.ipynb"))

    def refresh(self):
        return cache.refresh(self.chapters, self.root, self.folder, 20, self.pool)

    def why(self, name):
        return cache.stale_reasons(self.chapters, self.root, self.folder)[self.path(name)]


@pytest.fixture
def book(tmp_path):
    """A book of two chapters."""
    book = Book(tmp_path)
    book.write("a", "x = 1", "x")
    book.write("b", "y = 1")
    return book


def test_a_chapter_runs_once_and_its_records_are_told(book, capsys):
    assert book.why("a") == ["it has not run yet"]
    ran, problems = book.refresh()
    assert problems == [] and {path.stem: [r["id"] for r in records] for path, records in ran.items()} == {
        "a": ["a", "a"],
        "b": ["b"],
    }
    assert capsys.readouterr().out == "notebooks/a.ipynb … 1.2 s\nnotebooks/b.ipynb … 1.2 s\n"
    assert book.why("a") == [] and book.refresh() == ({}, [])
    assert book.pool.asked == ["a", "b"]


def test_where_nothing_runs_no_pool_is_started(book, monkeypatch):
    book.refresh()
    monkeypatch.setattr(pool, "Pool", None)
    book.pool = None
    assert book.refresh() == ({}, [])


def test_prose_runs_nothing(book):
    book.refresh()
    book.write("a", "x = 1", "x", prose="# Snow")
    assert book.why("a") == []


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        (["x = 1", "x + 1"], ["changed: cell 3"]),
        (["x = 2", "x + 1"], ["changed: cell 2", "changed: cell 3"]),
        (["x", "x = 1"], ["changed: the order of its cells, or one was taken out"]),
        (["x = 1"], ["changed: the order of its cells, or one was taken out"]),
    ],
)
def test_a_cell_that_changed_is_told_by_its_place(book, code, reasons):
    book.refresh()
    book.write("a", *code)
    assert book.why("a") == reasons and book.why("b") == []


def test_a_changed_input_is_told_by_its_name(book):
    book.refresh()
    (book.root / READ).write_text("2\n", encoding="utf-8")
    assert book.why("a") == [f"changed: {READ}"]
    book.refresh()
    assert book.pool.asked == ["a", "b"] * 2 and book.why("a") == []


def test_a_cell_that_took_too_long_runs_again_when_it_may_take_another_time(book):
    rules = plan.Rules(timeout=20, allow_errors=True)
    outcome = next(book.pool.run([book.path("a")], book.root, 20))
    outcome["notebook"]["cells"][1]["outputs"] = [
        {"output_type": "error", "ename": "TimeoutError", "evalue": "", "traceback": []}
    ]
    cache._keep(get_cache(str(book.folder)), "notebooks/a.ipynb", outcome, rules)
    for limit, reasons in ((20, []), (30, ["a cell that took too long may take another time"])):
        own = replace(rules, timeout=limit)
        assert cache.stale_reasons([book.path("a")], book.root, book.folder, own) == {book.path("a"): reasons}


def test_code_that_is_as_it_was_before_needs_no_new_run(book):
    book.refresh()
    book.write("b", "y = 2")
    book.refresh()
    book.write("b", "y = 1")
    assert book.why("b") == [] and book.pool.asked == ["a", "b", "b"]


def test_outputs_that_somebody_else_put_there_are_not_trusted(book):
    """As `jcache` and MyST-NB do, which do not note what a chapter reads."""
    notebook = nbformat.read(book.path("a"), nbformat.NO_CONVERT)
    bundle = CacheBundleIn(notebook, "notebooks/a.ipynb", data={"execution_seconds": 1.0})
    get_cache(str(book.folder)).cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    assert book.why("a") == ["what it read when it last ran is not known"]


@pytest.mark.parametrize("damage", ["{", None], ids=["cut", "gone"])
def test_damaged_outputs_of_a_chapter_are_told_and_it_runs_again(book, capsys, damage):
    book.refresh()
    kept = next(path for path in book.folder.glob("executed/*/base.ipynb") if '"a"' in path.read_text(encoding="utf-8"))
    kept.unlink()
    if damage:
        kept.write_text(damage, encoding="utf-8")
    assert book.why("a") == ["its cached outputs were damaged"]
    assert "The cached outputs of notebooks/a.ipynb are damaged" in capsys.readouterr().out
    ran, _ = book.refresh()
    assert book.why("a") == [] and book.path("b") not in ran


def test_a_damaged_cache_is_told_and_made_anew(book, capsys):
    book.refresh()
    (book.folder / "global.db").write_bytes(b"not a database")
    ran, problems = book.refresh()
    assert len(ran) == 2 and problems == []
    assert "are damaged" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        ({"status": "error", "error": "ZeroDivisionError: division by zero"}, "division by zero."),
        ({"status": "died", "error": "the chapter’s process ended by signal SIGKILL"}, "It ran out of memory, or"),
        ({"status": "timeout", "error": "it ran longer than 20 seconds"}, "Make it faster, or raise execute: timeout"),
    ],
)
def test_what_stopped_a_chapter_is_told_and_the_others_are_kept(book, ending, says):
    book.pool.endings["a"] = ending | {"cell": 2, "seconds": 1.0, "traceback": "line 1"}
    ran, (problem,) = book.refresh()
    assert list(ran) == [book.path("b")] and book.why("b") == [] and book.why("a") == ["it has not run yet"]
    assert str(problem).startswith("notebooks/a.ipynb, cell 2: ") and says in str(problem)
    assert problem.__notes__ == ["line 1"]


def test_the_latest_inputs_of_each_chapter_are_known(book):
    book.refresh()
    (book.root / READ).write_text("2\n", encoding="utf-8")
    book.write("b", "y = 2")
    book.refresh()
    known = cache.recorded_dependencies(book.folder)
    assert known.keys() == {"notebooks/a", "notebooks/b"}
    assert known["notebooks/b"][READ] == cache.dependencies.fingerprint(READ, book.root)


# --- ahead of the build -----------------------------------------------------------------------------------------------


@pytest.fixture
def configured(book):
    """The book, with settings and contents."""

    def configure(settings, contents="format: jb-book\nroot: notebooks/a\nchapters:\n- file: notebooks/gone\n"):
        (book.root / "_config.yml").write_text(f"execute: {{{settings}}}\n", encoding="utf-8")
        (book.root / "_toc.yml").write_text(contents, encoding="utf-8")
        rules = plan.rules_of_config(book.root)
        return [path for path in plan.notebooks(book.root) if rules.runs(path)], rules.timeout

    return configure


def test_chapters_of_the_contents_run_ahead_as_far_as_they_are_there(configured, book):
    assert configured("execute_notebooks: cache, timeout: 7") == ([book.path("a")], 7)
    assert configured("execute_notebooks: cache") == ([book.path("a")], 30), "Jupyter Book's own limit"


def test_a_book_that_is_not_to_be_run_is_not(configured):
    assert configured("execute_notebooks: off")[0] == configured("execute_notebooks: 'off'")[0] == []


def test_a_book_that_says_nothing_is_run_as_jupyter_book_does(configured, book):
    assert configured("")[0] == [book.path("a")]


def test_the_build_waits_for_what_was_started_early(configured, book):
    configured("execute_notebooks: cache")
    early = cache.EarlyRun(book.root, book.pool)
    ran, problems = early.result.result(timeout=60)
    assert early.chapters == [book.path("a")] == list(ran) and problems == []
    assert book.why("a") == [] and book.folder == project.cache_directory(book.root) / "outputs"


def test_the_sample_needs_no_more_than_its_own_table_and_module(rain):
    noted = cache.recorded_dependencies(project.cache_directory(rain.root) / "outputs")["notebooks/01-rainfall"]
    inside = {name for name in noted if not name.startswith("/")}
    assert inside == {"src/rain.py", "table rainfall", "book/palette.json", ENVIRONMENT}
    assert cache.stale_reasons([rain.root / CHAPTER], rain.root, project.cache_directory(rain.root) / "outputs") == {
        rain.root / CHAPTER: []
    }
