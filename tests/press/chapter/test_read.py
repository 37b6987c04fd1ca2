"""A chapter as it reads on the page, in the notebook that has run it."""

import json

import pandas
import pytest

import press
from press import ledger
from press.chapter import api, cell, item, read, session
from press.errors import PressError

CHAPTER = """# Rain

:::{container} lead
Arley had {glue:text}`rain-arley`, or {glue:text}`rain-arley*10:,.0f` tenths {cite:p}`gauge2024`.{claim}`wet` See
{numref}`tbl-rain` and [](other.md). {cite:t}`gauge2024` says so; {eq}`eq-mean` too.
{glue:text}`of-nobody` {claim}`of-nobody`.
:::

(place)=
## Towns

```{items} Towns
```

```{claims}
```
"""
READ = """# Rain

Arley had \\$902.5, or 9,025 tenths [Gauge, 2024]. ✓ See
Table “Rain” and [Snow](other.md). Gauge, 2024 says so; the equation above too.
[…] .

## Towns

* **wet** Arley. It rained.

* ✓ It rains.
"""
STATUS = {"name": "wet", "short": "wet", "mark": "dot", "color": "kor", "rank": 0}


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    for module in (api, cell, item, read):
        monkeypatch.setattr(module, "display", lambda data, raw, **more: outputs.append(data))
    monkeypatch.setattr(session, "said", {})
    monkeypatch.setattr(read, "said", session.said)
    monkeypatch.setattr(read, "_of_book", lambda root: {})
    monkeypatch.setattr(read, "_sources", lambda: {"gauge2024": "Gauge, 2024"})
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


def test_the_bibliography_gives_author_and_year():
    assert read._sources()["gauge2024"].endswith(", 2024")
