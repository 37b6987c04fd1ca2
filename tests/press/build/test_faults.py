"""What stops a build, and what it says then."""

import json

import pytest
from helpers import CHAPTER, INDEX, built, edit, message, press, published

from press.build import normalize_notebooks
from press.errors import explain

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
        ARLEY + "\n\n![Rain in towns](../data/rainfall.csv)\n",
        ["book/index, line 5", "the PDF cannot show the image data/rainfall.csv", ".png", "Save it in one of these"],
    ),
    "letter without a font": (INDEX, "Boxford was drier", "𓀀 was drier", ["𓀀", "U+13000", "was drier"]),
    "equation beyond the PDF": (
        CHAPTER,
        "\\bar r",
        "\\undefinedcommand r",
        [
            "notebooks/01-rainfall, cell 1, line 7",
            "\\undefinedcommand is unknown",
            "define the macro under mathjax3_config",
        ],
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


def stopped(book, **options):
    """What the build of a book says when it stops."""
    with pytest.raises(Exception) as refused:  # whatever it is: `explain` says it in one message
        book.build(**options)
    return explain(refused.value)


# What reads a page or sets the PDF takes a build; each way of complaining has a quick test of its own.
QUICK = [name for name, (file, *_) in PROSE.items() if file in ("_config.yml", "_toc.yml") and "page" not in name]
QUICK += ["letter without a font", "claims that are not listed"]


@pytest.mark.parametrize(
    "fault", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in PROSE]
)
def test_a_fault_of_the_prose_is_told_with_its_place_and_a_remedy(rain_copy, fault):
    file, old, new, says = PROSE[fault]
    rain_copy.edit(file, old, new)
    said = stopped(rain_copy)
    assert all(words in said for words in says), said


@pytest.mark.slow
def test_every_broken_reference_is_told_at_once(rain_copy):
    for file, old, new, _ in REFERENCES.values():
        rain_copy.edit(file, old, new)
    said = stopped(rain_copy)
    assert f"{len(REFERENCES)} problems:" in said
    for fault, (*_, says) in REFERENCES.items():
        assert any(all(words in line for words in says) for line in said.splitlines()), f"{fault}:\n{said}"


def test_every_citation_of_nothing_is_told_at_once(rain_copy):
    rain_copy.edit(INDEX, ARLEY, "{glue:text}`rain-arly`")
    rain_copy.edit(INDEX, "{claim}`boxford-drier`", "{claim}`boxford-wetter`")
    said = stopped(rain_copy)
    assert "2 problems:" in said
    assert "  1. book/index, line 3: number 'rain-arly'" in said
    assert "  2. book/index, line 3: claim 'boxford-wetter'" in said


@pytest.mark.slow
@pytest.mark.parametrize("fault", CODE)
def test_a_fault_of_the_code_stops_the_build_with_one_message_and_leaves_the_published_book(sample, fault):
    file, old, new, says = CODE[fault]
    before = published(sample)
    edit(sample, file, old, new)
    said = message(press(sample, "build"))
    assert all(words in said for words in says), said
    assert published(sample) == before


@pytest.mark.slow
def test_an_id_used_in_two_chapters_stops_the_build(sample):
    sources = [("markdown", "# Snow"), ("code", "from press import number\nnumber('rain-arley', 1.0)")]
    cells = [{"cell_type": kind, "source": source, "metadata": {}} for kind, source in sources]
    text = normalize_notebooks.canonical(json.dumps({"nbformat": 4, "cells": cells}))
    (sample / "notebooks" / "02-snow.ipynb").write_text(text, encoding="utf-8")
    edit(sample, "_toc.yml", "01-rainfall\n", "01-rainfall\n      - file: notebooks/02-snow\n")
    said = message(press(sample, "build"))
    assert "notebooks/01-rainfall (number) and notebooks/02-snow (number): the id 'rain-arley' is used 2 times" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", ["untrue claim", "number nobody defined", "figure that is not there", "letter without a font"]
)
def test_after_mending_the_same_book_is_built(sample, fault):
    """One fault for each stage: running, reading, writing pages, setting the PDF."""
    before = published(sample)
    file, old, new, _ = (PROSE | CODE)[fault]
    sound = (sample / file).read_bytes()
    edit(sample, file, old, new)
    message(press(sample, "build"))
    assert published(sample) == before, "the last good book stays"
    if fault == "figure that is not there":
        assert message(press(sample, "build")), "a build that is tried again tells the problem again"
    (sample / file).write_bytes(sound)
    built(sample)
    assert published(sample) == before
