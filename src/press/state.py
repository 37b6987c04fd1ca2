"""What the press knows during a build: of the book, kept with Sphinx's environment, and of this run alone."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from press import project
from press.ledger import Ledger

if TYPE_CHECKING:
    from press.background import BackgroundTask, WorkerPool
    from press.execution.cache import EarlyRun
    from press.execution.plan import Plan


class Entry(NamedTuple):
    """A page in the contents: its address, its title with its number, the pages below it."""

    address: str
    title: str
    below: "tuple[Entry, ...]" = ()


Contents = list[tuple[str, list[Entry]]]  # caption of each part, and its pages


class NumberedItem(NamedTuple):
    """A numbered figure or table: its id, its title, its number in words, the page it stands on."""

    id: str
    title: str
    number: str
    page: str


class FigurePlace(NamedTuple):
    """A figure between its neighbors, and a fingerprint of all that its files and own page are made of."""

    previous: NumberedItem | None
    item: NumberedItem
    following: NumberedItem | None
    fingerprint: str


@dataclass
class BookState:
    """What is known of the book from one build to the next; pickled with Sphinx's environment.

    Attributes
    ----------
    ledger : Ledger
        Numbers, claims, figures, tables, and who cites them.
    contents : list
        The contents as the pages show them.
    figures : dict
        Id → place of each figure.
    appendices : dict
        Page → number of the appendix that it belongs to.
    bibliography : dict
        Entries as the style has set them (see `press.extension.bibliography`).
    editions : list of str
        Editions that had been released when the pages were written.
    claim_numbers : dict
        Claim → its number in the book, as the pages were written.
    terms : dict
        Page → the terms that it explains (see `press.document.terms`).
    bearing : dict
        Page → what of it bears on items (see `press.document.bearing`).
    """

    ledger: Ledger = field(default_factory=Ledger)
    contents: Contents | None = None
    figures: dict[str, FigurePlace] = field(default_factory=dict)
    appendices: dict[str, str] = field(default_factory=dict)
    bibliography: dict = field(default_factory=dict)
    editions: list[str] | None = None
    claim_numbers: dict[str, int] = field(default_factory=dict)
    terms: dict[str, list] = field(default_factory=dict)
    bearing: dict[str, tuple] = field(default_factory=dict)


@dataclass
class BuildState:
    """What is known of one run of Sphinx.

    Attributes
    ----------
    pages_only : bool
        Whether the PDF is left out, as in a preview.
    early_run : EarlyRun
        The chapters, when they were started before Sphinx was set up.
    plan : Plan
        Which pages are chapters, and who runs them.
    always_runs : bool
        Whether a chapter runs in every build.
    overrides : dict
        The settings that the run was given, before extensions changed them.
    warnings : list of str
        What was warned of so far, each with its place and a remedy.
    log_handler : logging.Handler
        What collects the warnings.
    tell : callable
        Takes a warning that does not come from a logger.
    pages_read : set of str
        Pages that were read in this run.
    records_before : dict
        Page → its records in the run before, of pages that are read again.
    tasks : dict
        Name → what goes on in the background, to be waited for.
    navigation : dict
        Folder → the contents as pages of that folder link to them.
    changed_figures : list of str
        Figures whose files and own pages are written in this run.
    own_pages_started : bool
        Whether the figures' own pages are being written already.
    edition_released : bool
        Whether an edition was released since the pages were written.
    edition_changes : dict
        Figure → the last edition and what changed since; None until somebody asks.
    """

    pages_only: bool = False
    early_run: "EarlyRun | None" = None
    plan: "Plan | None" = None
    always_runs: bool = False
    overrides: dict = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    log_handler: logging.Handler | None = None
    tell: Callable[[str], None] = print
    pages_read: set[str] = field(default_factory=set)
    records_before: dict[str, list[dict]] = field(default_factory=dict)
    tasks: "dict[str, BackgroundTask | WorkerPool]" = field(default_factory=dict)
    navigation: dict[str, str] = field(default_factory=dict)
    changed_figures: list[str] = field(default_factory=list)
    own_pages_started: bool = False
    edition_released: bool = False
    edition_changes: dict[str, tuple[str, str]] | None = None


_builds: WeakKeyDictionary[Sphinx, BuildState] = WeakKeyDictionary()


def build(app: Sphinx) -> BuildState:
    """Return the state of the run that `app` makes."""
    return _builds.setdefault(app, BuildState())


def book(env: BuildEnvironment) -> BookState:
    """Return the state of the book that `env` holds."""
    return env.__dict__.setdefault("press_state", BookState())


def cache_directory(app: Sphinx) -> Path:
    """Return the cache directory of the book that `app` builds."""
    return project.cache_directory(project.find_root(app.srcdir))
