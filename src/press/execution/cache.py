"""Outputs of chapters, kept between builds in the cache that MyST-NB reads them from."""

import hashlib
import json
import shutil
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from sqlalchemy.exc import SQLAlchemyError

from press import project
from press.errors import PressError
from press.execution import dependencies, notebook_reader, plan, pool
from press.execution.notebook_reader import has_unexpected_error
from press.execution.plan import Rules
from press.ledger import records_of

_DIGEST = "base.sha256"  # beside the outputs of a chapter, of which it is the SHA-256
_REMEDIES = {
    "died": "It ran out of memory, or native code crashed: run the chapter in JupyterLab to see where.",
    "timeout": "Make it faster, or raise execute: timeout in _config.yml.",
    "error": "",
}


def refresh(
    chapters: list[Path],
    root: Path,
    folder: Path,
    timeout: int | None,
    workers: pool.Pool | None = None,
    rules: Rules | None = None,
) -> tuple[dict[Path, list[dict]], list[PressError]]:
    """Run the chapters whose outputs are not those of today's inputs, and keep what they show.

    Parameters
    ----------
    chapters : list of Path
        Notebooks of the book.
    root, folder : Path
        The book's folder, and that of the cache.
    timeout : int or None
        Seconds that one cell may take.
    workers : Pool, optional
        The pool that runs them, where it was started already.
    rules : Rules, optional
        How they are read and run.

    Returns
    -------
    ran, problems
        Chapter with new outputs → the records that it displayed; what stopped the others.
        The outputs of those that ran are kept in any case.
    """
    cache, rules = _open(folder), rules or Rules()
    refused = {chapter: notebook_reader.refusal(rules.read(chapter), _name(chapter, root)) for chapter in chapters}
    problems = [problem for problem in refused.values() if problem]
    stale = [chapter for chapter in chapters if not refused[chapter] and _reasons(chapter, root, cache, rules)]
    ran: dict[Path, list[dict]] = {}
    workers = workers or (pool.Pool() if stale else None)
    if workers:
        workers.rules = rules
    for outcome in workers.run(stale, root, timeout) if workers else ():
        chapter = Path(outcome["chapter"])
        if outcome["status"] == "done":
            _keep(cache, _name(chapter, root), outcome, rules)
            ran[chapter] = records_of(outcome["notebook"])
            print(f"{_name(chapter, root)} … {outcome['seconds']:.1f} s", flush=True)
        else:
            problems.append(_problem(outcome, root, rules))
    return ran, problems


class EarlyRun:
    """The book's `chapters`, run in a thread while the build is still setting itself up.

    Jupyter notebooks only: notebooks of other formats are known once Sphinx is set up.
    `result` is a future of what `refresh` returns.
    """

    def __init__(self, root: Path, workers: pool.Pool | None):
        rules = plan.rules_of_config(root)
        self.chapters = [path for path in plan.notebooks(root) if rules.runs(path)]
        folder = project.cache_directory(root) / "outputs"
        self.result = ThreadPoolExecutor(1).submit(refresh, self.chapters, root, folder, rules.timeout, workers, rules)


def stale_reasons(chapters: list[Path], root: Path, folder: Path, rules: Rules | None = None) -> dict[Path, list[str]]:
    """Return why each chapter would run in the next build; an empty list when it would not."""
    cache = _open(folder)
    return {chapter: _reasons(chapter, root, cache, rules or Rules()) for chapter in chapters}


def outputs(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Return a notebook with the outputs that are kept of it."""
    return _open(folder).merge_match_into_notebook(notebook)[1]


def recorded_dependencies(folder: Path) -> dict[str, dict[str, str]]:
    """Return page of each chapter → the inputs of its latest outputs."""
    records = sorted(_open(folder).list_cache_records(), key=lambda record: record.created)
    return {
        str(PurePosixPath(record.uri).with_suffix("")): record.data["inputs"]
        for record in records
        if "inputs" in record.data
    }


def outside_inputs(folder: Path, pages: Collection[str]) -> dict[str, str]:
    """Return those inputs of these pages that no look at the book's folder could tell of."""
    known = recorded_dependencies(folder)
    return {name: was for page in pages for name, was in dependencies.outside(known.get(page, {})).items()}


def _reasons(chapter: Path, root: Path, cache: JupyterCacheAbstract, rules: Rules) -> list[str]:
    notebook = rules.read(chapter)
    if rules.mode == "force":
        return ["the settings say that it always runs"]
    try:
        record = cache.match_cache_notebook(notebook)
    except KeyError:
        return _reasons_in_cells(_name(chapter, root), notebook, cache)
    folder = cache.path / "executed" / record.hashkey
    if "inputs" not in record.data or not (folder / _DIGEST).exists():
        return ["what it read when it last ran is not known"]
    if not _is_whole(folder, _name(chapter, root)):
        return ["its cached outputs were damaged"]
    own = rules.for_notebook(notebook)
    if record.data.get("tolerated") and not own.allow_errors:
        return ["its errors are no longer allowed"]
    if record.data.get("limit") not in (None, own.timeout):
        return ["a cell that took too long may take another time"]
    return [f"changed: {name}" for name in dependencies.changed(record.data["inputs"], root)]


def _is_whole(folder: Path, name: str) -> bool:
    """Tell whether a chapter's cached outputs are as they were written; remove what is not, with a word."""
    try:
        whole = _digest(folder) == (folder / _DIGEST).read_text(encoding="ascii")
    except (OSError, ValueError):
        whole = False
    if not whole:
        print(f"The cached outputs of {name} are damaged: it runs again.")
        shutil.rmtree(folder, ignore_errors=True)
    return whole


def _digest(folder: Path) -> str:
    """Return the SHA-256 of a chapter's cached outputs."""
    return hashlib.sha256((folder / "base.ipynb").read_bytes()).hexdigest()


def _reasons_in_cells(name: str, notebook: dict, cache: JupyterCacheAbstract) -> list[str]:
    before = [record for record in cache.list_cache_records() if record.uri == name and "cells" in record.data]
    if not before:
        return ["it has not run yet"]
    known = set(max(before, key=lambda record: record.created).data["cells"])
    new = [
        index
        for index, cell in enumerate(notebook["cells"], 1)
        if cell["cell_type"] == "code" and _cell(cell) not in known
    ]
    return [f"changed: cell {index}" for index in new] or ["changed: the order of its cells, or one was taken out"]


def _name(chapter: Path, root: Path) -> str:
    return chapter.relative_to(root).as_posix()


def _cell(cell: dict) -> str:
    """Return a short digest of a cell: its code, and the tags that say how it runs."""
    return hashlib.sha256(json.dumps([cell["source"], cell["metadata"]], sort_keys=True).encode()).hexdigest()[:16]


def _keep(cache: JupyterCacheAbstract, name: str, outcome: dict, rules: Rules) -> None:
    notebook = nbformat.from_dict(outcome["notebook"])
    cells = [_cell(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    data = {
        "execution_seconds": outcome["seconds"],
        "cell_seconds": outcome["cell_seconds"],
        "inputs": outcome["inputs"],
        "cells": cells,
        "tolerated": any(map(has_unexpected_error, notebook["cells"])),
        "limit": rules.for_notebook(notebook).timeout if any(map(_is_late, notebook["cells"])) else None,
    }
    bundle = CacheBundleIn(notebook, name, data=data)
    record = cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    folder = cache.path / "executed" / record.hashkey
    (folder / _DIGEST).write_text(_digest(folder), encoding="ascii")


def _is_late(cell: dict) -> bool:
    """Tell whether a cell shows that it took too long."""
    return any(output.get("ename") == TimeoutError.__name__ for output in cell.get("outputs", []))


def _problem(outcome: dict, root: Path, rules: Rules) -> PressError:
    where = _place(Path(outcome["chapter"]), outcome["cell"], root, rules)
    error = PressError(where, outcome["error"].rstrip(".") + ".", _REMEDIES[outcome["status"]])
    if outcome.get("traceback"):
        error.add_note(outcome["traceback"])
    return error


def _place(chapter: Path, cell: int, root: Path, rules: Rules) -> str:
    """Return where a cell stands: its number in a Jupyter notebook, its line in a text."""
    lines = rules.read(chapter).metadata.get("source_map") if cell else None
    return f"{_name(chapter, root)}, " + (f"line {lines[cell - 1]}" if lines else f"cell {cell}")


def _open(folder: Path) -> JupyterCacheAbstract:
    """Return the cache; a new one where it is damaged."""
    try:
        cache = get_cache(str(folder))
        cache.list_cache_records()
    except SQLAlchemyError as error:
        reason = str(error).partition("\n")[0]
        print(f"The cached outputs in {folder} are damaged ({reason}): every chapter runs again.")
        shutil.rmtree(folder)
        cache = get_cache(str(folder))
    return cache
