"""A chapter as it reads on the page, in the notebook that has run it."""

import json
import re
from pathlib import Path

import pandas
import pytest

import press
from press import ledger
from press.chapter import api, cell, display, item, markdown, session
from press.errors import PressError

CHAPTER = """# Rain

:::{container} lead
Arley had {glue:text}`rain-arley`, or {glue:text}`rain-arley*10:,.0f` tenths
{cite:p}`gauge2024`.{claim}`wet` See {numref}`tbl-rain` and [](other.md).
{cite:t}`gauge2024` says so; {eq}`eq-mean` too.
{glue:text}`of-nobody` {claim}`of-nobody`.
:::

(place)=
## Towns

$$
a = b
$$ (eq-mean)

:::{note} Mind the gauge
:class: wide
It costs \\$5, leaks, and ``{glue:text}`rain-arley` `` prints it.

```python
"{claim}`wet`"
```
:::

{ref}`Elsewhere <place>` it is {status}`arley`.

```{items} Towns
```

```{claims}
```
"""
READ = """# Rain

Arley had <span>&#36;</span>902.5, or 9,025 tenths
[[Gauge, 2024](<https://gauge.example>)].\u00a0<span title="It rains.">✓</span> See Table “Rain” and [Snow](other.md).
[Gauge, 2024](<https://gauge.example>) says so; (1) too.
[…] .

## Towns

$$
a = b
\\tag{1}
$$

> **Mind the gauge**
>
> It costs <span>&#36;</span>5, leaks, and ``{glue:text}`rain-arley` `` prints it.
>
> ```python
> "{claim}`wet`"
> ```

Elsewhere it is wet.

* **Arley: wet.** It rained.

* ✓ It rains.
"""
STATUS = {"name": "wet", "short": "wet", "mark": "dot", "color": "kor", "rank": 0}


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    for module in (api, cell, item, display):
        monkeypatch.setattr(module, "display", lambda data, raw, **more: outputs.append(data))
    monkeypatch.setattr(session, "said", {})
    monkeypatch.setattr(session, "_lab", [])
    monkeypatch.setattr(markdown, "_of_book", lambda root: {})
    monkeypatch.setattr(markdown, "_sources", lambda: {"gauge2024": "[Gauge, 2024](<https://gauge.example>)"})
    return outputs


@pytest.fixture
def chapter(tmp_path, shown):
    """A notebook that has run."""
    press.number("rain-arley", 902.5, "${:,.1f}")
    press.claim("wet", True, "It rains.")
    press.item("arley", title="Arley", status=STATUS, reason="It rained.", group="Towns")
    rain = pandas.DataFrame({"town": ["Arley"]})
    press.table(rain, id="tbl-rain", title="Rain", columns={"town": "Town"}, source=["rainfall"])
    shown.clear()
    (tmp_path / "other.md").write_text("# Snow\n", encoding="utf-8")
    cells = [
        {"cell_type": "markdown", "source": [CHAPTER]},
        {"cell_type": "code", "source": ['table(rain, id="tbl-rain")\n', 'other(id="of-nobody")']},
    ]
    path = tmp_path / "rain.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_a_chapter_reads_as_on_the_page(chapter, shown):
    press.read(chapter)
    text, table = shown
    assert text["text/markdown"] == READ
    assert "<td>Arley</td>" in table["text/html"]
    assert [output[ledger.RECORD] for output in shown] == [{"kind": "lab"}] * 2, "a build has it already"


def test_the_notebook_is_known_where_jupyter_tells_it(chapter, shown, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(chapter))
    press.read()
    assert len(shown) == 2


def test_a_notebook_that_is_not_known_is_to_be_named(shown, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    with pytest.raises(PressError, match=r"there is no file 'unknown'\. Name it"):
        press.read()


def test_jupyterlab_gets_the_words_of_each_cell_and_is_told_them_once(chapter, shown, capsys):
    told = markdown.told([CHAPTER, "{glue:text}`rain-arley`"], f"notebooks/{chapter.name}")
    assert told.data["{glue:text}`rain-arley`"] == "<span>&#36;</span>902.5" and told.data[CHAPTER].startswith("# Rain")
    display.read()
    assert shown == [] and capsys.readouterr().out == "The text between the cells above shows the values of this run.\n"


OF_BOOK = {
    "rain-arley": {"kind": "number", "id": "rain-arley", "chapter": "notebooks/rain", "text": "5", "value": 5},
    "snow": {"kind": "number", "id": "snow", "chapter": "notebooks/snow", "text": "6", "value": 6},
    "rain-gone": {"kind": "number", "id": "rain-gone", "chapter": "notebooks/rain", "text": "7", "value": 7},
}
NUMBERS = ["{glue:text}`rain-arley`", "{glue:text}`snow`", "{glue:text}`rain-gone`"]


def test_before_a_run_the_numbers_are_those_of_the_book_and_then_only_those_of_other_chapters(shown, monkeypatch):
    monkeypatch.setattr(markdown, "_of_book", lambda root: OF_BOOK)
    notebook = Path("rain.ipynb")
    assert markdown.in_words(NUMBERS, notebook) == ["5", "6", "7"]
    press.number("rain-arley", 902.5, "{:.0f}")
    assert markdown.in_words(NUMBERS, notebook) == ["902", "6", "[…]"]


def test_a_claim_that_fails_is_marked_in_the_text(shown):
    with pytest.raises(PressError):
        press.claim("dry", False, "It never rains.")
    assert markdown.in_words(["{claim}`dry`"], Path("rain.ipynb")) == ['\u00a0<span title="It never rains.">✗</span>']


def test_without_a_built_book_the_last_edition_tells_of_other_chapters(tmp_path):
    (tmp_path / "editions").mkdir()
    for name, text in (("2025-01", "old"), ("2026-01", "new")):
        content = {"numbers": [OF_BOOK["snow"] | {"text": text}]}
        (tmp_path / "editions" / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    assert markdown._of_book(tmp_path)["snow"]["text"] == "new"
    assert markdown._of_book(tmp_path / "editions") == {}


def test_the_bibliography_gives_author_year_and_address():
    assert re.fullmatch(r"\[.+, 2024\]\(<https?://.+>\)|.+, 2024", markdown._sources()["gauge2024"])
