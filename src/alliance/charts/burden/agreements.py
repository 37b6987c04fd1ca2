"""Which years the agreements cover, and what each says."""

import altair as alt
import pandas as pd

from alliance import dates
from alliance.burden import RULES
from alliance.charts.burden.common import key
from press.chapter.theme import color


def timeline(spans: pd.DataFrame, agreements: pd.DataFrame) -> alt.LayerChart:
    """Show the years that each agreement covers, before and after its entry into force.

    Parameters
    ----------
    spans : DataFrame
        From `alliance.burden.spans`.
    agreements : DataFrame
        Table ``sma_agreements``.
    """
    spans = spans.assign(name=spans["agreement"].map(_ordinal))
    waits, early = _waits(spans), _early(agreements)
    state = {"in force": "slate", "not yet in force": "rose", "entry into force not found": "mist"}
    name = alt.Y("name:N", title=None, sort=None).axis(grid=False)
    bars = (
        alt.Chart(spans)
        .mark_bar(height=15, stroke=color("paper"), strokeWidth=1)
        .encode(
            x=alt.X("start:T", title=None).axis(format="%Y", tickCount=8),
            x2="end:T",
            y=name,
            color=key(state, "state:N"),
            tooltip=[
                alt.Tooltip("name", title="Agreement"),
                alt.Tooltip("state", title="Time"),
                alt.Tooltip("start:T", title="From", format="%B %-d, %Y"),
                alt.Tooltip("end:T", title="To the day before", format="%B %-d, %Y"),
            ],
        )
    )
    labels = alt.Chart(waits).encode(y=name, text="label")
    ahead = labels.transform_filter("datum.agreement > 1").encode(x="start:T")
    behind = labels.transform_filter("datum.agreement == 1").encode(x="end_of_term:T")
    before = alt.Chart(early).encode(x="start:T", y=name)
    layers = (
        bars
        + ahead.mark_text(align="right", dx=-5)
        + behind.mark_text(align="left", dx=6)
        + before.mark_rule(color=color("slate"), strokeWidth=3).encode(x2="end:T")
        + before.mark_text(align="right", dx=-5, fontWeight=600).encode(text="label")
    )
    return layers.properties(
        height=300,
        description="Twelve horizontal bars from 1991 to 2030, one for each agreement. "
        f"Of {len(waits)} the first months had passed before they entered into force, {waits['label'].iloc[-1]} "
        f"in the case of the {waits['name'].iloc[-1]}. The 2nd and 3rd began on time; the 12th was in force "
        f"{early['label'].iloc[0]}. "
        "For the 4th and 5th the day is not known.",
    )


def agreement_rows(agreements: pd.DataFrame) -> pd.DataFrame:
    """Word the agreements for a table: number, years, amount of the first year, formula for the later ones."""
    names, one_source = agreements["agreement"].map(_ordinal), agreements["confidence"] == "one source"
    first, last = agreements["first_year"].astype(str), agreements["last_year"].astype(str)
    amounts = agreements[["first_year_amount_m_usd", "first_year_amount_bn_krw"]]
    return agreements.assign(
        name=names + one_source.map({True: "†", False: ""}),
        years=first.where(first == last, first + "–" + last),
        amount=[_in_currencies(*both) for both in amounts.itertuples(index=False)],
        rule_words=[RULES[rule].text for rule in agreements["rule"]],
    )


def _waits(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the spans before entry into force, labeled with their length, and when the agreement's term ended."""
    waits = spans[spans["state"] == "not yet in force"]
    label = _months(waits["end"] - waits["start"])
    end_of_term = waits["agreement"].map(spans.groupby("agreement")["end"].max())
    return waits.assign(label=label, end_of_term=end_of_term)


def _early(agreements: pd.DataFrame) -> pd.DataFrame:
    """Return the agreements that were in force before their first year: from entry into force to its January 1."""
    entry = agreements["in_force_on"].map(lambda text: dates.span(text)[0])
    first = pd.to_datetime(agreements["first_year"].astype(str))
    frame = pd.DataFrame({"name": agreements["agreement"].map(_ordinal), "start": entry, "end": first})
    frame = frame[frame["start"] < frame["end"]]
    return frame.assign(label=_months(frame["end"] - frame["start"]) + " early")


def _months(length: pd.Series) -> pd.Series:
    """Word lengths of time in months, rounded."""
    return (length.dt.days / 30.44).round().astype(int).astype(str) + " months"


def _in_currencies(dollars: float, won: float) -> str:
    """Word an amount agreed in million dollars, in billion won, or partly in each."""
    parts = [(f"${dollars:,.1f} m", dollars), (f"₩{won:,.1f} bn", won)]
    return " + ".join(words for words, amount in parts if pd.notna(amount))


def _ordinal(number: int) -> str:
    """Return 1st to 12th."""
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
