"""The command line: what each command does, says, and returns."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from helpers import SAMPLE

from press import __main__, project
from press.__main__ import main
from press.build import publish, sphinx_run
from press.errors import PressError
from press.execution.dependencies import PROGRAMS


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The sources of the sample, in the folder that one works in."""
    root = shutil.copytree(SAMPLE, tmp_path / "rain")
    monkeypatch.chdir(root / "notebooks")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.setattr(publish, "lock", lambda root: None)
    return root


@pytest.fixture
def builds(book, monkeypatch):
    """Builds that write one page and one PDF, and are counted."""
    made = []

    def build_book(root, staging):
        made.append(root)
        for part, name in (("html", "index.html"), ("pdf", "rain.pdf")):
            (staging / part).mkdir(parents=True, exist_ok=True)
            (staging / part / name).write_text(f"build {len(made)}", encoding="utf-8")
        return made

    monkeypatch.setattr(sphinx_run, "build_book", build_book)
    monkeypatch.setattr(sphinx_run, "outside_inputs", lambda app: {} if app is made else None)
    return made


def test_a_book_is_built_and_published_and_said_to_be(book, builds, capsys):
    assert main(["build"]) == 0 and builds == [book]
    assert (book / "_build" / "html" / "index.html").read_text(encoding="utf-8") == "build 1"
    first, *paths = capsys.readouterr().out.splitlines()
    assert first.startswith("Built in ") and paths == ["  _build/html/index.html", "  _build/pdf/rain.pdf"]


def test_a_book_that_is_current_is_not_built_again(book, builds, capsys):
    main(["build"])
    capsys.readouterr()
    assert main(["build"]) == 0 and len(builds) == 1
    assert capsys.readouterr().out.startswith("Nothing has changed since the last build:\n  _build/html/index.html")
    (book / "book" / "index.md").write_text("# Rain\n", encoding="utf-8")
    assert main(["build"]) == 0 and len(builds) == 2


def test_a_book_is_built_again_when_what_its_chapters_read_elsewhere_changed(book, builds, monkeypatch):
    monkeypatch.setattr(sphinx_run, "outside_inputs", lambda app: {PROGRAMS: ""} if app is builds else {})
    main(["build"])
    assert main(["build"]) == 0 and len(builds) == 2, "nobody knows what a program read"


def test_on_us_letter_the_pdfs_lie_beside_the_others(book, builds, monkeypatch, capsys):
    def set_on_letter(root, staging):
        assert (staging / "pdf" / "rain.pdf").exists(), "the book is built first"
        folder = root / "_build" / "us-letter"
        folder.mkdir()
        (folder / "rain.pdf").write_bytes(b"")
        return folder

    monkeypatch.setattr(sphinx_run, "set_on_letter", set_on_letter)
    assert main(["letter"]) == 0 and builds == [book]
    assert capsys.readouterr().out.splitlines()[-1] == "  _build/us-letter/rain.pdf"


def test_what_a_killed_build_left_is_put_right_first(book, builds):
    main(["build"])
    (book / "_build" / "html").rename(book / "_build" / "html.old")
    assert main(["build"]) == 0 and len(builds) == 1, "the old book is back, and current"


@pytest.mark.parametrize(
    "failure", [PressError("chapter", "it is wrong.", "Mend it."), ValueError("no")], ids=["book", "other"]
)
def test_a_build_that_stops_says_why_and_leaves_the_published_book(book, builds, monkeypatch, capsys, failure):
    main(["build"])
    (book / "book" / "index.md").write_text("# Rain\n", encoding="utf-8")

    def fail(root, staging):
        (staging / "html" / "index.html").write_text("half", encoding="utf-8")
        raise failure

    monkeypatch.setattr(sphinx_run, "build_book", fail)
    capsys.readouterr()
    assert main(["build"]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "Traceback" not in said.err
    assert (
        "chapter: it is wrong. Mend it." if isinstance(failure, PressError) else "ValueError: no.\n(--debug"
    ) in said.err
    assert ("--debug" in said.err) != isinstance(failure, PressError), "what is the author's is not to be debugged"
    assert (book / "_build" / "html" / "index.html").read_text(encoding="utf-8") == "build 1"


def test_a_failure_is_shown_whole_to_who_asks(book, monkeypatch):
    monkeypatch.setattr(sphinx_run, "build_book", None)
    with pytest.raises(TypeError):
        main(["build", "--debug"])


def test_an_interrupted_build_says_so(book, monkeypatch, capsys):
    def interrupt(root, staging):
        raise KeyboardInterrupt

    monkeypatch.setattr(sphinx_run, "build_book", interrupt)
    assert main(["build"]) == 130
    assert capsys.readouterr().err == "Stopped. The published book is untouched.\n"


def test_outside_of_a_book_nothing_is_built(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 1 and "no _config.yml here or above" in capsys.readouterr().err


def test_why_says_what_would_run(book, capsys):
    assert main(["why"]) == 0
    assert capsys.readouterr().out == "notebooks/01-rainfall.ipynb: it has not run yet\n"


def test_why_says_when_nothing_would(rain, monkeypatch, capsys):
    monkeypatch.chdir(rain.root)
    assert main(["why"]) == 0
    assert capsys.readouterr().out == "notebooks/01-rainfall.ipynb: nothing has changed\n"


def test_tidy_rewrites_only_what_needs_it(book, capsys):
    chapter = book / "notebooks" / "01-rainfall.ipynb"
    before = chapter.read_bytes()
    chapter.write_text(json.dumps(json.loads(before), indent=4), encoding="utf-8")
    assert main(["tidy"]) == 0 and capsys.readouterr().out == f"Tidied {Path('notebooks', chapter.name)}\n"
    assert chapter.read_bytes() == before
    assert main(["tidy"]) == 0 and capsys.readouterr().out == ""


def test_the_preview_is_served_at_a_port(book, monkeypatch):
    served = []
    monkeypatch.setattr("press.preview.serve", lambda root, port: served.append((root, port)))
    assert main(["preview"]) == main(["preview", "--port", "0"]) == 0
    assert served == [(book, 8765), (book, 0)]


def test_an_edition_is_released_by_its_name(book, monkeypatch, capsys):
    monkeypatch.setattr("press.build.release.release", lambda root, name: root / "editions" / f"{name}.json")
    assert main(["release", "1"]) == 0
    assert capsys.readouterr().out == "Released editions/1.json: commit it.\n"


def test_two_editions_are_compared(book, capsys):
    (book / "editions").mkdir()
    empty = {"built": "2026-01-01", "inputs": {}, "numbers": [], "figures": [], "tables": []}
    claim = {"id": "wet", "statement": "It rained.", "holds": True, "chapter": "a"}
    for name, claims in (("1", []), ("2", [claim])):
        text = json.dumps(empty | {"name": name, "claims": claims})
        (book / "editions" / f"{name}.json").write_text(text, encoding="utf-8")
    assert main(["diff", "1", "2"]) == main(["diff", "1", "1"]) == 0
    assert capsys.readouterr().out == "claim wet: new: It rained.\nNothing has changed.\n"


@pytest.mark.parametrize("arguments", [[], ["snow"], ["release"], ["preview", "--port", "x"]])
def test_a_command_that_is_none_is_explained(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2 and "usage: python -m press" in capsys.readouterr().err


def test_help_says_what_each_command_does(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert all(f"{name} " in said for name in __main__.COMMANDS) and "run-chapters" not in said
    assert "Say which chapters the next build would run, and why." in said


def test_a_build_asks_for_the_pool_by_a_command(monkeypatch):
    asked = []
    monkeypatch.setattr("press.execution.pool.main", lambda: asked.append(1))
    assert main(["run-chapters"]) == 0
    assert asked == [1]


def test_the_process_ends_at_once_once_all_is_said(monkeypatch):
    ended, flushed = [], []
    monkeypatch.setattr(__main__.os, "_exit", lambda status: ended.append((status, len(flushed))))
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "flush", lambda: flushed.append(1), raising=False)
    __main__.exit_now(3)
    assert ended == [(3, 2)]


def test_the_cache_directory_is_one_of_the_book(book):
    assert project.cache_directory(book) == book / "_build" / ".press"
