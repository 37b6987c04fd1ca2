"""The press from outside: what stops a build, what it says then, and when a chapter runs again."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import EPOCH, SAMPLE, lend, run

from press.build import notebook_format

pytestmark = pytest.mark.slow

INDEX, CHAPTER = "book/index.md", "notebooks/01-rainfall.ipynb"


def edit(folder, file, old, new):
    """Replace a text that is there; in a notebook, within one line of a cell."""
    path = folder / file
    if path.suffix == ".ipynb":
        old, new = (json.dumps(text, ensure_ascii=False)[1:-1] for text in (old, new))
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{file} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def build(folder):
    return run(folder, "-m", "press", "build")


def printed(folder):
    """Path → content of everything that readers get."""
    return {
        path: path.read_bytes()
        for part in ("html", "pdf")
        for path in (folder / "_build" / part).rglob("*")
        if path.is_file()
    }


def message(done):
    """The one message of a build that stopped."""
    assert done.returncode != 0, "the build should have stopped"
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    lines = [line for line in done.stderr.splitlines() if line and "--debug" not in line]
    assert len(lines) == 1, done.stderr
    assert not re.search(r"\x1b|<class|<function|object at 0x", lines[0]), lines[0]
    return lines[0]


ARLEY = "{glue:text}`rain-arley`"
ROWS = "\n\n```{{data-rows}} rainfall\n:between: {}\n:columns: {}\n```\n"
PROSE = {
    "number nobody defined": (
        INDEX,
        ARLEY,
        "{glue:text}`rain-arly`",
        ["book/index", "line 3", "'rain-arly'", "not defined", "number('rain-arly', …)"],
    ),
    "claim nobody defined": (
        INDEX,
        "{claim}`boxford-drier`",
        "{claim}`boxford-wetter`",
        ["book/index", "line 3", "'boxford-wetter'", "not defined"],
    ),
    "figure that is not there": (
        INDEX,
        "{numref}`fig-rain`",
        "{numref}`fig-snow`",
        ["book/index.md, line 5", "'fig-snow'", "Correct the label"],
    ),
    "page of the contents that is not there": ("_toc.yml", "book/data", "book/date", ["book/date", "_toc.yml"]),
    "what paper cannot show": (
        INDEX,
        ARLEY,
        ARLEY + "\n\n```{raw} html\n<hr>\n```\n",
        ["book/index", "“raw”", "{only} html"],
    ),
    "letter without a font": (INDEX, "Boxford was drier", "𓀀 was drier", ["𓀀", "U+13000", "was drier"]),
    "equation beyond the PDF": (
        CHAPTER,
        "\\bar r",
        "\\undefinedcommand r",
        ["01-rainfall#equation-eq-mean", "undefinedcommand"],
    ),
    "claims that are not listed": (CHAPTER, "```{claims}\n", "```{note}\n", ["01-rainfall", "lists none", "{claims}"]),
    "directive nobody knows": (
        INDEX,
        ARLEY,
        ARLEY + "\n\n```{snow}\n```\n",
        ["book/index.md, line 5", "'snow'", "Correct its name"],
    ),
    "bibliography with an open entry": (
        "book/references.bib",
        "\n}",
        "\n",
        ["syntax error in line 7", "line of the bibliography"],
    ),
    "rows that are not there": (
        INDEX,
        ARLEY,
        ARLEY + ROWS.format("Z Z", "town"),
        ["book/index, line 5", "'rainfall'", "between Z and Z", "'town'"],
    ),
    "column that is not there": (
        INDEX,
        ARLEY,
        ARLEY + ROWS.format("A Z", "town snow"),
        ["book/index, line 5", "'snow'", "rain_mm"],
    ),
    "number in a form that is none": (
        INDEX,
        ARLEY,
        "{glue:text}`rain-arley:,.zf`",
        ["book/index, line 3", "'rain-arley'", "',.zf'", "Python format"],
    ),
    "settings that are not YAML": (
        "_config.yml",
        "title:",
        "title",
        ["_config.yml, line 2", "not valid YAML", "mapping values"],
    ),
    "contents that are not YAML": (
        "_toc.yml",
        "root:",
        "root: [",
        ["_toc.yml, line", "not valid YAML", "Look at this line"],
    ),
    "contents that name no page": (
        "_toc.yml",
        "root: book/index",
        "roots: book/index",
        ["_toc.yml", "'root' key not found", "last one that worked"],
    ),
    "palette that is not JSON": ("book/palette.json", '"page": {', '"page" {', ["palette.json, line 2", "JSON"]),
}
REFERENCES = {
    "citation without entry": (
        INDEX,
        "gauge2024",
        "gauge1999",
        ["book/index.md, line 5", "gauge1999", "Add it to the bibliography"],
    ),
    "section that is not there": (
        INDEX,
        ARLEY,
        ARLEY + " {ref}`snow`",
        ["book/index.md, line 3", "'snow'", "Correct the label"],
    ),
    "equation that is not there": (
        INDEX,
        "eq-mean",
        "eq-median",
        ["book/index.md, line 5", "eq-median", "Correct the label"],
    ),
    "page that is not there": (
        INDEX,
        "01-rainfall.ipynb",
        "02-snow.ipynb",
        ["book/index.md, line 5", "02-snow.ipynb", "Correct the path"],
    ),
}
CODE = {
    "untrue claim": (
        CHAPTER,
        'latest["Boxford"] < ',
        'latest["Boxford"] > ',
        [
            "01-rainfall.ipynb",
            "cell 3",
            "'boxford-drier'",
            "no longer",
            "Boxford had less rain than Arley in 2024.",
            "Correct",
        ],
    ),
    "failing cell": (
        CHAPTER,
        "import rain",
        "import rain\n1 / 0\n",
        ["01-rainfall.ipynb", "cell 2", "ZeroDivisionError", "division by zero"],
    ),
    "id used twice": (
        CHAPTER,
        'id="fig-rain"',
        'id="rain-total"',
        ["01-rainfall", "'rain-total'", "2 times", "number", "figure"],
    ),
    "figure without alternative text": (
        CHAPTER,
        "Arley had about 800 to 900 mm a year, Boxford about 600.",
        "",
        ["01-rainfall.ipynb", "cell 5", "'fig-rain'", "alt is empty", "Write"],
    ),
    "color outside the palette": (
        CHAPTER,
        'color("boxford")',
        '"hotpink"',
        ["fig-rain", "hotpink", "palette.json", "press.color"],
    ),
    "kernel that dies": (
        CHAPTER,
        "import rain",
        "import rain\nimport os\nos._exit(3)\n",
        ["notebooks/01-rainfall.ipynb, cell 2", "process ended with exit status 3", "JupyterLab"],
    ),
    "cell that takes too long": (
        CHAPTER,
        "import rain",
        "import rain\nimport time\ntime.sleep(100)\n",
        ["01-rainfall.ipynb", "cell 2", "20 seconds", "timeout in _config.yml"],
    ),
}
FAULTS = PROSE | CODE


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build_with_one_message_and_leaves_the_printed_book(sample, fault):
    file, old, new, says = FAULTS[fault]
    before = printed(sample)
    edit(sample, file, old, new)
    said = message(build(sample))
    assert all(words in said for words in says), said
    assert printed(sample) == before


def add_chapter(folder, name, code):
    """A second chapter: a title and one cell of code."""
    sources = [
        {"cell_type": kind, "source": source, "metadata": {}}
        for kind, source in (("markdown", f"# {name}"), ("code", code))
    ]
    text = notebook_format.canonical(json.dumps({"nbformat": 4, "cells": sources}))
    (folder / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    edit(folder, "_toc.yml", "01-rainfall\n", f"01-rainfall\n      - file: notebooks/{name}\n")


def test_an_id_used_in_two_chapters_stops_the_build(sample):
    before = printed(sample)
    add_chapter(sample, "02-snow", "from press import number\nnumber('rain-arley', 1.0)")
    said = message(build(sample))
    assert "notebooks/01-rainfall (number) and notebooks/02-snow (number): the id 'rain-arley' is used 2 times" in said
    assert printed(sample) == before


def test_every_broken_reference_is_told_at_once(sample):
    before = printed(sample)
    for file, old, new, _ in REFERENCES.values():
        edit(sample, file, old, new)
    done = build(sample)
    assert done.returncode != 0 and f"{len(REFERENCES)} problems:" in done.stderr and printed(sample) == before
    lines = done.stderr.splitlines()
    for fault, (*_, says) in REFERENCES.items():
        assert any(all(words in line for words in says) for line in lines), f"{fault}:\n{done.stderr}"


def test_every_citation_of_nothing_is_told_at_once(sample):
    edit(sample, INDEX, ARLEY, "{glue:text}`rain-arly`")
    edit(sample, INDEX, "{claim}`boxford-drier`", "{claim}`boxford-wetter`")
    done = build(sample)
    assert done.returncode != 0 and "2 problems:" in done.stderr
    assert (
        "  1. book/index, line 3: number 'rain-arly'" in done.stderr
        and "  2. book/index, line 3: claim 'boxford-wetter'" in done.stderr
    )


@pytest.mark.parametrize(
    "fault", ["untrue claim", "number nobody defined", "figure that is not there", "letter without a font"]
)
def test_after_mending_the_same_book_is_printed(sample, fault):
    """One fault for each stage: running, reading, writing pages, setting the PDF."""
    before = printed(sample)
    file, old, new, _ = FAULTS[fault]
    sound = (sample / file).read_bytes()
    edit(sample, file, old, new)
    message(build(sample))
    if fault == "figure that is not there":
        assert message(build(sample)), "a build that is tried again tells the problem again"
    (sample / file).write_bytes(sound)
    done = build(sample)
    assert done.returncode == 0, done.stderr
    assert printed(sample) == before


# --- when a chapter runs ----------------------------------------------------------------------------------------------


def runs(folder):
    """How often the chapter has run."""
    return (folder / "runs.txt").read_text(encoding="utf-8").count("run")


def number_of(folder, id):
    ledger = json.loads((folder / "_build" / "html" / "ledger.json").read_text(encoding="utf-8"))
    return next(entry["value"] for entry in ledger["numbers"] if entry["id"] == id)


def built(folder):
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return done


def test_nothing_changed_runs_nothing_and_prints_the_same(sample):
    before, ran = printed(sample), runs(sample)
    built(sample)
    assert printed(sample) == before and runs(sample) == ran == 1


def test_a_page_prints_rows_of_a_table_and_words_a_number_anew(printed_sample):
    page = (printed_sample / "_build" / "html" / "book" / "data.html").read_text(encoding="utf-8")
    rows = page.split('class="rows', 1)[1].split("</table>", 1)[0]
    assert rows.count("<tr") == 4 and rows.count("Boxford") == 3 and "Arley" not in rows
    assert '<span class="number">9,025</span>' in page


def test_a_notebook_outside_the_book_does_not_run(sample):
    shutil.copy(sample / "notebooks" / "01-rainfall.ipynb", sample / "notebooks" / "draft.ipynb")
    edit(sample, "notebooks/draft.ipynb", "Boxford is drier than Arley", "Nothing is known")
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    built(sample)
    assert runs(sample) == 1


def test_an_edit_of_the_prose_runs_nothing_and_shows(sample):
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    edit(sample, CHAPTER, "Boxford is drier than Arley", "Boxford is far drier than Arley")
    built(sample)
    html = sample / "_build" / "html"
    assert runs(sample) == 1
    assert "was much drier" in (html / "book" / "index.html").read_text(encoding="utf-8")
    assert "is far drier" in (html / "notebooks" / "01-rainfall.html").read_text(encoding="utf-8")


def test_a_chapter_runs_again_when_what_it_depends_on_has_changed(sample):
    assert number_of(sample, "rain-arley") == 902.5
    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    built(sample)
    assert runs(sample) == 2 and number_of(sample, "rain-arley") == 912.5
    page = (sample / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert "912.5 mm" in page and "902.5 mm" not in page, "a page that cites the number shows the new one"

    total = number_of(sample, "rain-total")
    edit(sample, "src/rain.py", ".sum()", ".sum() * 2")
    built(sample)
    assert runs(sample) == 3 and number_of(sample, "rain-total") == 2 * total

    edit(sample, "data/rainfall.csv", "Arley,2024,912.5", "Arley,2024,1.0")
    assert "no longer support" in message(build(sample)), "a claim is checked against the new table"


def test_only_the_chapter_whose_code_changed_runs(sample):
    add_chapter(sample, "02-snow", '_ = open("../snow.txt", "a").write("run\\n")')
    built(sample)
    assert runs(sample) == 1 and (sample / "snow.txt").read_text(encoding="utf-8") == "run\n"


def test_prose_another_table_and_another_module_run_nothing(sample):
    (sample / "src" / "snow.py").write_text("", encoding="utf-8")
    edit(sample, "data/datapackage.json", '"name": "rain",', '"name": "rains",')
    edit(sample, CHAPTER, "Nobody read the gauge", "Nobody reads the gauge")
    built(sample)
    assert runs(sample) == 1


def test_why_says_what_would_run(sample):
    def why():
        return run(sample, "-m", "press", "why").stdout.strip().removeprefix(f"{CHAPTER}: ")

    assert why() == "nothing has changed"
    edit(sample, "src/rain.py", ".sum()", ".sum() * 2")
    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    assert why() == "changed: src/rain.py; changed: table rainfall"
    edit(sample, CHAPTER, "import rain", "import rain  # again")
    assert why() == "changed: cell 2"
    shutil.rmtree(sample / "_build" / ".press" / "outputs")
    assert why() == "it has not run yet"


@pytest.mark.parametrize(("file", "content"), [("global.db", b"not a database"), ("executed/*/base.ipynb", b"{")])
def test_a_damaged_cache_is_told_and_made_anew(sample, file, content):
    before = printed(sample)
    (damaged,) = (sample / "_build" / ".press" / "outputs").glob(file)
    damaged.write_bytes(content)
    edit(sample, CHAPTER, "Nobody read the gauge", "Nobody reads the gauge")
    assert "are damaged" in built(sample).stdout and runs(sample) == 2
    edit(sample, CHAPTER, "Nobody reads the gauge", "Nobody read the gauge")
    built(sample)
    assert printed(sample) == before


# --- the last good book stays -----------------------------------------------------------------------------------------


def whole(folder):
    """Each published part, as far as it is there."""
    return {
        part: {
            path.relative_to(folder): path.read_bytes()
            for path in (folder / "_build" / part).rglob("*")
            if path.is_file()
        }
        for part in ("html", "pdf")
    }


def test_killed_at_any_moment_the_book_is_the_old_one_or_the_new_one(sample, tmp_path):
    other = shutil.copytree(sample, tmp_path / "other" / "rain")
    edit(other, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    began = time.monotonic()
    built(other)
    duration = time.monotonic() - began
    old, new = whole(sample), whole(other)
    assert old["html"] != new["html"] and old["pdf"] != new["pdf"]

    edit(sample, "data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5")
    variables = dict(os.environ, SOURCE_DATE_EPOCH=EPOCH)
    for tenth in range(1, 11):  # the next build begins where the killed one stopped
        build = subprocess.Popen(
            [sys.executable, "-m", "press", "build"],
            cwd=sample,
            env=variables,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            build.wait(duration * tenth / 11)
        except subprocess.TimeoutExpired:
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
        for part, content in whole(sample).items():
            assert content in (old[part], new[part]), f"{part} after a kill at {tenth} of 11"
    built(sample)
    assert whole(sample) == new


@pytest.mark.parametrize("step", range(6))
def test_killed_between_any_two_steps_of_publishing_the_book_is_whole(sample, step):
    """The steps take less than a kill by the clock can hit, so each is killed by name."""
    old = whole(sample)
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    code = f"""
import itertools, os, shutil
from pathlib import Path
from press import __main__
from press.build import publish
steps = itertools.count()
def killed(function):
    def step(*arguments, **options):
        if next(steps) == {step}:
            os._exit(9)
        return function(*arguments, **options)
    return step
publish.shutil.copytree, publish._swap, publish._note = map(killed, (shutil.copytree, publish._swap, publish._note))
raise SystemExit(__main__.main(["build"]))
"""
    done = run(sample, "-c", code)
    assert done.returncode == 9, done.stderr
    after = whole(sample)
    built(sample)
    new = whole(sample)
    assert all(after[part] in (old[part], new[part]) for part in after) and new["html"] != old["html"]


def test_a_second_build_waits_for_the_first(sample):
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(build, [sample, sample]))
    assert [each.returncode for each in done] == [0, 0]
    assert sorted("waiting for it" in each.stderr for each in done) == [False, True]
    assert sorted("Nothing has changed" in each.stdout for each in done) == [False, True]


def test_a_disk_that_is_full_leaves_the_last_book(sample):
    before = printed(sample)
    edit(sample, INDEX, "Boxford was drier", "Boxford was much drier")
    code = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
    done = run(sample, "-c", code + "from press.__main__ import main\nraise SystemExit(main(['build']))")
    assert "File too large" in message(done) and printed(sample) == before
    built(sample)


# --- the same book from anywhere and by any road ---------------------------------------------------------------------


def differences(one, other):
    """Names of what readers of two books do not get, or get otherwise."""
    one, other = (
        {path.relative_to(folder).as_posix(): content for path, content in printed(folder).items()}
        for folder in (one, other)
    )
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_two_printings_of_the_same_sources_are_the_same_bytes(printed_sample, tmp_path, workshop):
    other = shutil.copytree(SAMPLE, tmp_path / "another place")
    lend(workshop, other)
    built(other)
    assert differences(printed_sample, other) == []


EDITS = {
    "title of a chapter": [(CHAPTER, "# Rainfall", "# Rain, and no snow (눈)")],
    "parts and order of the contents": [
        ("_toc.yml", "About the book", "Back matter"),
        ("_toc.yml", "book/figures", "book/f"),
        ("_toc.yml", "book/data", "book/figures"),
        ("_toc.yml", "book/f\n", "book/data\n"),
    ],
    "data, and the title of a section": [
        ("data/rainfall.csv", "Arley,2024,902.5", "Arley,2024,912.5"),
        (CHAPTER, "## Both towns", "## Two towns"),
    ],
}


@pytest.mark.parametrize("edits", EDITS)
def test_after_an_edit_the_book_is_that_of_a_first_printing(sample, tmp_path, workshop, edits):
    (sample / "book" / "notes.md").write_text("# Notes\n\nA page that cites nothing.\n", encoding="utf-8")
    edit(
        sample,
        "_toc.yml",
        "      - file: book/references",
        "      - file: book/references\n      - file: book/notes\n      - url: https://example.org/\n        title: Elsewhere (다른 곳)",
    )
    built(sample)
    for file, old, new in EDITS[edits]:
        edit(sample, file, old, new)
    built(sample)
    first = shutil.copytree(sample, tmp_path / "first", ignore=shutil.ignore_patterns("_build"))
    lend(workshop, first)
    built(first)
    assert differences(sample, first) == []
    notes = (sample / "_build" / "html" / "book" / "notes.html").read_text(encoding="utf-8")
    assert (
        '<a href="#" aria-current="page">Notes</a>' in notes
        and '<a href="https://example.org/">Elsewhere (<span lang="ko">다른 곳</span>)</a>' in notes
    )


def test_plain_jupyter_book_prints_the_same_book(printed_sample, tmp_path, workshop):
    other = shutil.copytree(SAMPLE, tmp_path / "rain")
    lend(workshop, other)
    done = run(other, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
    assert done.returncode == 0, done.stdout + done.stderr
    ours, stock = printed_sample / "_build" / "html", other / "_build" / "html"
    for path in (path for path in ours.rglob("*") if path.is_file()):
        assert path.read_bytes() == (stock / path.relative_to(ours)).read_bytes(), path


def test_plain_jupyter_book_stops_at_an_untrue_claim_too(sample):
    edit(sample, CHAPTER, 'latest["Boxford"] < ', 'latest["Boxford"] > ')
    done = run(sample, "-c", "from jupyter_book.cli.main import main; main()", "build", ".")
    assert done.returncode != 0 and "no longer support" in done.stdout + done.stderr
