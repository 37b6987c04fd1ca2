"""The rules as data: what each is set to, what else it might be, and what an act counts under them."""

from typing import Any

import pandas as pd

from alliance.rows import records
from alliance.scorecard.evidence import Item

#: Rules by name: numbers where the table holds one, else texts.
Rules = dict[str, Any]

#: Rules that say what a form other than the worded one counts.
WEIGHTS = {
    "between the two": "bilateral_weight",
    "successor": "successor_weight",
    "wider group": "wider_weight",
    "part": "part_weight",
}


def read_rules(table: pd.DataFrame) -> Rules:
    """Turn the table ``scorecard_rules`` into values: numbers where the text is one, else texts."""
    return {row.rule: _value(row.value) for row in records(table)}


def alternatives(table: pd.DataFrame) -> dict[str, list]:
    """List the other values that are tried for each rule that has some."""
    rows = records(table.dropna(subset="alternatives"))
    return {row.rule: [_value(text) for text in row.alternatives.split(";")] for row in rows}


def _value(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def weight(item: Item, rules: Rules) -> float:
    """Give what an act counts: the weight of its form, and for a session under a program that of sessions."""
    form = 1.0 if item.form == "as worded" else rules[WEIGHTS[item.form]]
    return form * (rules["session_weight"] if item.session else 1.0)
