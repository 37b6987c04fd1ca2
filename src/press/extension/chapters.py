"""Which pages of a run of Sphinx are chapters, and who runs them."""

import glob
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, cast

from myst_nb.sphinx_ import SphinxEnvType
from sphinx.application import Sphinx

from press.execution.chapters import RUN, Rules, TextReader, rules_of_settings

_SETTINGS = ("mode", "timeout", "allow_errors", "in_temp", "excludepatterns")


class Plan(NamedTuple):
    """The chapters that the press runs (path → page) and its rules, and the pages that are left to Jupyter's kernels.

    Those are read again by every build, since nobody knows what they depend on.
    """

    chapters: dict[Path, str]
    rules: Rules
    left: list[str]


def plan_chapters(app: Sphinx) -> Plan:
    """Return who runs which page, and let MyST-NB take the outputs of all that the press runs from its cache."""
    env = cast(SphinxEnvType, app.env)
    reader = TextReader(env.myst_config, env.mystnb_config)
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
