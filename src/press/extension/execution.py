"""Which pages of a run of Sphinx are chapters, who runs them, and what of them no page shows."""

import glob
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import cast

from docutils import nodes
from myst_nb.sphinx_ import SphinxEnvType
from sphinx.application import Sphinx

from press import state
from press.execution import cache
from press.execution.notebook_reader import NotebookReader, tags
from press.execution.plan import RUN, Plan, Rules, rules_of_settings
from press.ledger import records_of

_PYTHON = ("default", "ipython", "none", "python", "python3", None)  # names that notebooks give to their language
_REMOVED = {"remove-cell", "remove_cell", "remove-output", "remove_output"}  # tags
_SETTINGS = ("mode", "timeout", "allow_errors", "in_temp", "excludepatterns")


def plan_chapters(app: Sphinx) -> Plan:
    """Return who runs which page, and let MyST-NB take the outputs of all that the press runs from its cache."""
    env = cast(SphinxEnvType, app.env)
    reader = NotebookReader(env.myst_config, env.mystnb_config)
    rules = replace(_rules(app), read=reader)
    pages = {Path(env.doc2path(page)): page for page in sorted(env.found_docs)}
    notebooks = {path: page for path, page in pages.items() if reader.is_notebook(path)}
    plan = Plan(
        {path: page for path, page in notebooks.items() if rules.runs(path)},
        rules,
        [page for path, page in notebooks.items() if rules.leaves(path)],
    )
    if rules.mode in RUN and rules.mode != "cache":
        shown = [glob.escape(path.as_posix()) for path in notebooks if path not in plan.chapters]
        patterns = [*env.mystnb_config.execution_excludepatterns, *shown]
        env.mystnb_config = env.mystnb_config.copy(execution_mode="cache", execution_excludepatterns=patterns)
    return plan


def _rules(app: Sphinx) -> Rules:
    return rules_of_settings({f"nb_execution_{name}": app.config[f"nb_execution_{name}"] for name in _SETTINGS})


def complete_chapter(app: Sphinx, document: nodes.document) -> None:
    """Color the code of a chapter that was read as IPython's, and enter what its hidden cells have recorded."""
    for cell in [node for node in document.findall(nodes.container) if node.get("nb_element") == "cell_code_source"]:
        for block in cell.findall(nodes.literal_block):
            if block.get("language") in _PYTHON:
                block["language"] = "ipython3"
    for block in [node for node in document.findall(nodes.literal_block) if "\r" in node.astext()]:
        _settle(block)
    plan, page = state.build(app).plan, app.env.docname
    path = Path(app.env.doc2path(page))
    if plan and path in plan.chapters and _hides_outputs(app, plan.rules.read(path)):
        _enter_hidden_records(app, page, cache.outputs(plan.rules.read(path), Path(app.config.nb_execution_cache_path)))


def _settle(block: nodes.literal_block) -> None:
    """Let what a program wrote over again, as a bar of progress, stand as it was in the end."""
    text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in block.astext().split("\n"))
    block.rawsource, block.children = text, []
    block += nodes.Text(text)


def _hides_outputs(app: Sphinx, notebook: dict) -> bool:
    """Tell whether a cell of a notebook may show nothing of what it records."""
    key = app.config.nb_cell_metadata_key
    return (
        bool(app.config.nb_remove_code_outputs)
        or "remove_code_outputs" in notebook["metadata"].get(app.config.nb_metadata_key, {})
        or any(
            _REMOVED.intersection(tags(cell)) or "remove_code_outputs" in cell["metadata"].get(key, {})
            for cell in notebook["cells"]
        )
    )


def _enter_hidden_records(app: Sphinx, page: str, notebook: dict) -> None:
    """Enter into the ledger the numbers and claims of a chapter that are not shown; a figure unseen is no figure."""
    ledger = state.book(app.env).ledger
    entered = Counter((entry["kind"], entry["id"]) for entry in ledger.records.get(page, []))
    for record in records_of(notebook):
        if record["kind"] not in ("number", "claim"):
            continue
        name = record["kind"], record["id"]
        if entered[name]:
            entered[name] -= 1
        else:
            ledger.enter(page, record)
