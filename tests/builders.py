"""What several tests build with: made-up inflation, promises, acts, source files, spoilt tables."""

from functools import cache

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from alliance import data, scorecard
from alliance.data import DataError
from alliance.dates import day
from alliance.scorecard import Item, judge

# The same examples every time, and no time limit: a busy machine proves nothing.
property_of = settings(derandomize=True, deadline=None, max_examples=30)
percents = st.floats(0, 30, allow_nan=False).map(lambda value: round(value, 1))
amounts = st.floats(100, 5000, allow_nan=False)
yearly_inflation = st.lists(st.floats(-5, 30, allow_nan=False), min_size=1, max_size=20)
#: A table as it lies in the project, read once. Not to be written to.
loaded = cache(data.load)
CAPPED = ["inflation, cap 4 %", "inflation, cap 5 %"]
LINKED = [*CAPPED, "inflation, no cap"]


def inflation_from(values, first=2000):
    return {"inflation": pd.Series(values, index=range(first, first + len(values)))}


RULES = scorecard.read_rules(data.load("scorecard_rules"))
COMMITMENTS = data.load("commitments")
EVIDENCE = data.load("evidence")
MEETINGS, AGREEMENTS = data.load("dialogue_meetings"), data.load("sma_agreements")
SERIES = data.load("scorecard_series")
CLIMATE = (data.load("national_emissions"), data.load("climate_targets"))


def promise(kind="program", continuing=True, absence="does not count", rounds_per_year=1.0):
    row = {
        "promise": "X1",
        "kind": kind,
        "continuing": continuing,
        "absence": absence,
        "rounds_per_year": rounds_per_year,
        "settled": "",
        "baseline": "",
    }
    return next(pd.DataFrame([row]).itertuples())


def act(
    date,
    form="as worded",
    effect="done",
    party="both",
    publishers=("one", "two"),
    value=0.0,
    verified=True,
    until=None,
    session=False,
):
    end = day(until) if until else scorecard.OPEN if effect == "against" else day(date)
    return Item(
        "X1", day(date), end, party, effect, form, "A thing happened", value, frozenset(publishers), verified, session
    )


def verdict(kind, *acts, party="USA", rules=RULES, **traits):
    return judge(promise(kind, **traits), acts, rules, party).verdict


def edit(folder, table, old, new):
    """Replace the first `old` bytes of a table; fail if they are not there."""
    path = folder / f"{table}.csv"
    content = path.read_bytes()
    assert old in content, f"{old} is not in {table}"
    path.write_bytes(content.replace(old, new, 1))


def refusal(folder, table):
    """Return the message with which a table is refused."""
    with pytest.raises(DataError) as caught:
        data.load(table, folder)
    return str(caught.value)


def put(sources, name, text):
    """Write a made-up source file, such as ``security/x.csv``."""
    path = sources / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
