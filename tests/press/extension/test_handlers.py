"""The steps of a build: what each leaves for the next, and what a build that stops leaves behind."""

import logging
from pathlib import Path
from types import SimpleNamespace

import pytest

from press import ledger, state
from press.background import BackgroundTask
from press.errors import PressError
from press.extension import handlers
from press.pdf.builder import BESIDE_PAGES

CHAPTER = "notebooks/01-rainfall"


def read(book):
    """Pages that the last build has read."""
    return state.build(book.app).pages_read


# --- from one build to the next ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_build_without_changes_reads_nothing(rain_copy):
    rain_copy.build(pages_only=True)
    assert len(read(rain_copy)) == 5, "in another folder everything is read"
    rain_copy.build(pages_only=True)
    assert read(rain_copy) == set()
    rain_copy.edit("book/index.md", "Boxford was drier", "Boxford was much drier")
    rain_copy.build(pages_only=True)
    assert read(rain_copy) == {"book/index"} and "much drier" in rain_copy.text("book/index.html")


@pytest.mark.slow
def test_after_a_build_that_stopped_everything_is_read_again(rain_copy):
    rain_copy.build(pages_only=True)
    unfinished = rain_copy.staging / "doctrees" / "unfinished"
    assert not unfinished.exists()
    rain_copy.edit("book/index.md", "{numref}`fig-rain`", "{numref}`fig-snow`")
    for _ in range(2):  # a build that is tried again tells the problem again
        with pytest.raises(PressError, match="fig-snow"):
            rain_copy.build(pages_only=True)
        assert unfinished.exists()
    rain_copy.edit("book/index.md", "{numref}`fig-snow`", "{numref}`fig-rain`")
    rain_copy.build(pages_only=True)
    assert len(read(rain_copy)) == 5 and not unfinished.exists()


def test_what_is_warned_of_while_pages_are_read_stops_the_build_before_one_is_written(rain_copy):
    before = rain_copy.text("book/index.html")
    rain_copy.edit("book/index.md", "Boxford was drier", "{snow}`much` drier")
    with pytest.raises(PressError, match="Unknown interpreted text role"):
        rain_copy.build(pages_only=True)
    assert rain_copy.text("book/index.html") == before


@pytest.mark.parametrize(("tags", "kept"), [([], False), ([BESIDE_PAGES], True)])
def test_the_run_that_sets_the_pdf_keeps_the_environment_that_was_just_saved(tmp_path, tags, kept):
    for name in ("unfinished", "environment.pickle", "_config.yml"):
        (tmp_path / name).touch()
    app = SimpleNamespace(doctreedir=tmp_path, tags=tags, srcdir=tmp_path)
    handlers.on_config_inited(app, SimpleNamespace(nb_execution_cache_path="kept"))
    assert (tmp_path / "environment.pickle").exists() == kept


def test_settings_are_kept_as_they_were_given(app):
    config = SimpleNamespace(overrides={"intersphinx_mapping": {"x": ["https://x.example", None]}})
    run, before = state.build(app), state.build(app).overrides
    handlers.keep_overrides(app, config)
    config.overrides["intersphinx_mapping"]["x"] = ("x", ("https://x.example", (None,)))
    assert run.overrides == {"intersphinx_mapping": {"x": ["https://x.example", None]}}
    run.overrides = before


@pytest.mark.parametrize("chosen", ["", "elsewhere"])
def test_outputs_are_kept_in_the_cache_directory_also_where_another_was_chosen(app, tmp_path, chosen):
    at = SimpleNamespace(doctreedir=tmp_path, tags=[], srcdir=app.srcdir)
    config = SimpleNamespace(nb_execution_cache_path=chosen)
    handlers.on_config_inited(at, config)
    assert config.nb_execution_cache_path == str(state.cache_directory(app) / "outputs")


# --- chapters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def outdated(app, monkeypatch):
    """Ask which pages are to be read again, where chapters have run; refreshed chapters and what is drawn are noted."""
    run = state.build(app)
    monkeypatch.setattr(run, "early_run", None)
    monkeypatch.setattr(run, "tasks", {})
    noted = SimpleNamespace(refreshed=[], drawn=None)
    monkeypatch.setattr(handlers, "draw_records", lambda records, folder: setattr(noted, "drawn", records))

    def outdated(ran=(), problems=()):
        def refresh(chapters, root, folder, timeout, *, rules):
            noted.refreshed += chapters
            assert rules is state.build(app).plan.rules and timeout == rules.timeout
            return {path: records for path, records in ran if path in chapters}, list(problems)

        monkeypatch.setattr(handlers.cache, "refresh", refresh)
        return handlers.on_env_get_outdated(app, app.env, set(), set(), set()), noted

    yield outdated
    handlers._unfinished(app).unlink(missing_ok=True)


def test_chapters_that_ran_are_read_again_and_their_figures_drawn_ahead(outdated, app):
    path = Path(app.env.doc2path(CHAPTER))
    figure, number = {"kind": "figure", "id": "fig-rain"}, {"kind": "number", "id": "rain"}
    pages, noted = outdated(ran=[(path, [number, figure])])
    assert pages == [CHAPTER] and noted.drawn == [figure] and noted.refreshed == [path]
    assert handlers._unfinished(app).exists()


def test_a_chapter_that_did_not_run_stops_the_build(outdated):
    problem = PressError("notebooks/01-rainfall.ipynb, cell 2", "it fails.", "")
    with pytest.raises(PressError) as refused:
        outdated(problems=[problem])
    assert refused.value is problem


def test_a_chapter_that_was_started_early_is_waited_for_and_not_run_again(outdated, app, monkeypatch):
    path = Path(app.env.doc2path(CHAPTER))
    result = SimpleNamespace(result=lambda: ({path: []}, []))
    monkeypatch.setattr(state.build(app), "early_run", SimpleNamespace(chapters=[path], result=result))
    pages, noted = outdated()
    assert pages == [CHAPTER] and noted.refreshed == []


def test_a_book_that_does_not_run_its_chapters_is_left_alone(outdated, app, monkeypatch):
    monkeypatch.setattr(app.config, "nb_execution_mode", "off")
    pages, noted = outdated()
    assert pages == [] and noted.refreshed == []


# --- records ----------------------------------------------------------------------------------------------------------


def number(text):
    return {"kind": "number", "id": "snow", "value": 1, "text": text}


@pytest.fixture
def rewritten(app, monkeypatch):
    """Which pages are written again when a chapter is read anew and shows a number."""
    run, book = state.build(app), state.book(app.env)
    monkeypatch.setattr(run, "pages_read", {"a"})
    monkeypatch.setattr(run, "records_before", {})
    for citing, id in (("b", "snow"), ("c", "rain-arley")):
        book.ledger.cite(citing, "number", id, 1)
    app.env.metadata["d"][ledger.OF_ALL] = True

    def rewritten(before, now):
        for record in before:
            book.ledger.enter("a", record)
        handlers.on_env_purge_doc(app, app.env, "a")
        for record in now:
            book.ledger.enter("a", record)
        return handlers.on_env_updated(app, app.env)

    return rewritten


@pytest.mark.parametrize(
    ("before", "now"),
    [([number("1 cm")], [number("2 cm")]), ([], [number("1 cm")]), ([number("1 cm")], [])],
    ids=["changed", "new", "gone"],
)
def test_pages_that_cite_a_changed_number_or_tell_of_all_are_written_again(rewritten, before, now):
    assert set(rewritten(before, now)) >= {"b", "d"} and "c" not in rewritten(before, now)


def test_where_no_record_changed_nothing_is_written_again(rewritten):
    assert rewritten([number("1 cm")], [number("1 cm")]) == []


def test_what_parallel_readers_have_read_is_joined(app):
    other = SimpleNamespace()
    state.book(other).ledger.enter("a", number("1 cm"))
    state.book(other).ledger.cite("a", "claim", "boxford-drier", 1)
    handlers.on_env_merge_info(app, app.env, {"a"}, other)
    book = state.book(app.env).ledger
    assert book.find("number", "snow")["chapter"] == "a" and "a" in book.citing([book.find("claim", "boxford-drier")])
    assert "a" in state.build(app).pages_read
    state.build(app).pages_read.discard("a")


# --- the end ----------------------------------------------------------------------------------------------------------


def test_a_build_that_stops_ends_what_goes_on_beside_it(app, monkeypatch):
    stopped = []
    task = SimpleNamespace(stop=lambda: stopped.append(1))
    monkeypatch.setattr(state.build(app), "tasks", {"files": task, "pdf": task})
    monkeypatch.setattr(state.build(app), "log_handler", logging.NullHandler())
    logging.getLogger("sphinx").addHandler(state.build(app).log_handler)
    handlers.on_build_finished(app, ValueError("no"))
    assert len(stopped) == 2 and state.build(app).log_handler not in logging.getLogger("sphinx").handlers


def test_what_is_warned_of_while_the_pdf_is_set_stops_the_build_too(app, monkeypatch):
    monkeypatch.setattr("press.background.FORKS", False)
    warned = ["book/index: It rains."]
    run = state.build(app)
    monkeypatch.setattr(run, "warnings", [])
    monkeypatch.setattr(run, "tasks", {"pdf": BackgroundTask(lambda: warned)})
    with pytest.raises(PressError, match="book/index: It rains"):
        handlers._finish(app)


def test_the_log_is_left_as_it_was_found(rain):
    handlers = logging.getLogger("sphinx").handlers
    assert state.build(rain.app).log_handler not in handlers
