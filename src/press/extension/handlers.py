"""The steps of a build, one handler for each of Sphinx's events, in their order."""

import copy
import logging
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging as sphinx_logging

from press import ledger, patches, project, state
from press.background import BackgroundTask, WorkerPool
from press.document import transforms
from press.document.directives import LISTS_CLAIMS
from press.document.figures import draw_records
from press.document.hangul import note_hangul
from press.errors import PressError, combined
from press.execution import cache
from press.execution.plan import Rules
from press.extension.execution import plan_chapters
from press.extension.warnings import WarningCollector, stop_on_warnings
from press.html import assets, figures, highlighting, page_context, search, share
from press.pdf.builder import BESIDE_PAGES, build_pdf

logger = sphinx_logging.getLogger(__name__)


def on_config_inited(app: Sphinx, config: Config) -> None:
    """After a build that stopped or was killed half-way, read and write every page again."""
    if _unfinished(app).exists() and BESIDE_PAGES not in app.tags:
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
    config.nb_execution_cache_path = str(state.cache_directory(app) / "outputs")  # also where another was chosen


def collect_warnings(app: Sphinx, config: Config) -> None:
    """Collect warnings from here on: the first are those of settings."""
    run = state.build(app)
    collects = config.press_warnings == "stop" or BESIDE_PAGES in app.tags  # the run for the pages tells them
    collector = WarningCollector(Path(app.srcdir), run.warnings, collects)
    run.log_handler, run.tell = collector, collector.take
    logging.getLogger("sphinx").addHandler(run.log_handler)


def keep_overrides(app: Sphinx, config: Config) -> None:
    """Keep the settings that the run was given, for the run that sets the PDF: extensions change them in place."""
    state.build(app).overrides = copy.deepcopy(config.overrides)


def _unfinished(app: Sphinx) -> Path:
    return Path(app.doctreedir, "unfinished")


def on_builder_inited(app: Sphinx) -> None:
    """Before anything is read, write what the pages carry."""
    if app.builder.format == "html":
        assets.write_assets(app)
        highlighting.cache_highlighting(app)


def on_env_get_outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Run the chapters whose inputs have changed; they are read again. From here on the build is unfinished."""
    _unfinished(app).touch()
    plan = state.build(app).plan = plan_chapters(app)
    state.build(app).always_runs = bool(plan.left) or plan.rules.mode == "force"
    ran, problems = _run_chapters(app, list(plan.chapters), plan.rules)
    if problems:
        raise combined(problems)
    figure_records = [record for shown in ran.values() for record in shown if record["kind"] == "figure"]
    state.build(app).tasks["drawings"] = draw_records(figure_records, state.cache_directory(app))
    return [plan.chapters[path] for path in ran] + plan.left


def _run_chapters(app: Sphinx, chapters: list[Path], rules: Rules) -> tuple[dict[Path, list[dict]], list[PressError]]:
    """Wait for the chapters that were started early, and run the others."""
    early = state.build(app).early_run
    ran, problems = early.result.result() if early else ({}, [])
    if more := [chapter for chapter in chapters if not early or chapter not in early.chapters]:
        folder = Path(app.config.nb_execution_cache_path)
        ran_too, problems_too = cache.refresh(more, project.find_root(app.srcdir), folder, rules.timeout, rules=rules)
        ran, problems = ran | ran_too, problems + problems_too
    return ran, problems


def on_env_purge_doc(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop a page from the ledger before it is read again."""
    patches.free_doctrees(env)
    state.build(app).records_before[docname] = state.book(env).ledger.forget(docname)


def on_env_merge_info(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Join the ledgers of parallel readers."""
    state.book(env).ledger.merge(docnames, state.book(other).ledger)
    state.build(app).pages_read |= set(docnames)


def on_doctree_read(app: Sphinx, document: nodes.document) -> None:
    """Open the cells of a page that was read, and list its claims."""
    docname = app.env.docname
    transforms.unwrap_outputs(document, folds=app.config.press_code == "folded")
    transforms.box_tables(document)
    state.build(app).pages_read.add(docname)
    note_hangul(app.env, docname, document.astext())
    records = state.book(app.env).ledger.records.get(docname, [])
    transforms.list_claims(document, [record for record in records if record["kind"] == "claim"])


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """When a record changed, write those pages again that cite it, or tell something of every page."""
    run, book = state.build(app), state.book(env)
    old, new = (
        [entry for page in run.pages_read for entry in records.get(page, [])]
        for records in (run.records_before, book.ledger.records)
    )
    changed = [entry for entry in old + new if entry not in old or entry not in new] + _renumbered_claims(book)
    of_all = {page for page, metadata in env.metadata.items() if ledger.OF_ALL in metadata} if changed else set()
    patches.forget_first_page(env)
    return sorted(book.ledger.citing(changed) | of_all)


def _renumbered_claims(book: state.BookState) -> list[dict]:
    """Return the claims that have another number than when the pages were written."""
    before, book.claim_numbers = book.claim_numbers, book.ledger.claim_numbers()
    return [
        entry for entry in book.ledger.entries("claim") if before.get(entry["id"]) != book.claim_numbers[entry["id"]]
    ]


def _unlisted_claims(env: BuildEnvironment) -> list[PressError]:
    """Return an error for each chapter whose claims no page lists."""
    if transforms.page_of_claims(env):
        return []
    pages = {entry["chapter"] for entry in state.book(env).ledger.entries("claim")}
    remedy = "Add the {claims} directive near its end, or “{claims} all” on a page for all chapters."
    return [
        PressError(page, "the chapter makes claims but lists none.", remedy)
        for page in sorted(pages)
        if LISTS_CLAIMS not in env.metadata[page]
    ]


def on_env_check_consistency(app: Sphinx, env: BuildEnvironment) -> None:
    """Once all is read, check the ledger; then write figures' files and the PDF while the pages are written."""
    if not app.config.html_title.strip():  # a book without a title goes by that of its first page
        app.config.html_title = env.titles[app.config.root_doc].astext()
    book_ledger, run = state.book(env).ledger, state.build(app)
    for problem in project.changed_tables(project.find_root(app.srcdir)):
        logger.warning("%s %s", problem.what, problem.remedy, location=problem.where)
    told = {str(each): each for each in book_ledger.unknown("number") if app.config.press_warnings == "tell"}
    problems = [each for each in book_ledger.problems() + _unlisted_claims(env) if str(each) not in told]
    if problems:
        raise combined([*run.warnings, *problems])
    for problem in told.values():
        logger.warning("%s %s", problem.what, problem.remedy, location=problem.where)
    stop_on_warnings(run.warnings)
    if app.builder.format == "html":
        run.tasks["files"] = figures.write_files(app)
        run.tasks["share"] = share.write_pictures(app)
        if not run.pages_only:
            run.tasks["pdf"] = BackgroundTask(lambda: build_pdf(app))


def on_build_finished(app: Sphinx, error: Exception | None) -> None:
    """After writing, wait for what goes on in the background and write what tells of all pages; or stop it all."""
    run = state.build(app)
    try:
        if error is None:
            _finish(app)
            _unfinished(app).unlink()
    finally:
        for task in run.tasks.values():  # those that still run: something went wrong
            task.stop()
        if run.log_handler is not None:
            logging.getLogger("sphinx").removeHandler(run.log_handler)


def _ended(task: "BackgroundTask | WorkerPool") -> list[PressError | str]:
    """Wait for what goes on in the background; return what was warned of, or what stopped it."""
    try:
        return task.join() or []
    except PressError as problem:
        return [problem]


def _finish(app: Sphinx) -> None:
    run = state.build(app)
    if app.builder.format != "html":
        stop_on_warnings(run.warnings)
        return
    state.book(app.env).ledger.write(Path(app.outdir) / "ledger.json")
    ended = [problem for task in run.tasks.values() for problem in _ended(task)]
    warned = [problem for problem in ended if not isinstance(problem, PressError)]
    if app.config.press_warnings == "tell":
        for warning in warned:
            run.tell(warning)
        warned = []
    stopped = [problem for problem in ended if isinstance(problem, PressError)]
    problems: list[PressError | str] = [*run.warnings, *warned, *stopped]
    if problems:
        raise combined(problems)
    assets.write_hangul_font(app)
    page_context.write_redirect(app)
    page_context.note_in_downloads(app)
    search.complete_index(app)
    stop_on_warnings(run.warnings)
