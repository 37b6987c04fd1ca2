"""What Korea pays: in each agreement’s currency, at constant prices, in dollars."""

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import below, dashes, hollow, line_names
from press.chapter.theme import POINT, YEARS, color


def measures(
    series: Mapping[str, pd.Series], base: int, computed: Collection[int], narrow: bool = False
) -> alt.LayerChart:
    """Show several measures of the contribution as an index of one year.

    Parameters
    ----------
    series : mapping of str to Series
        Name of the measure → yearly amounts; the first is drawn in Korea's color.
    base : int
        The year that is 100.
    """
    index = {name: 100 * part / part[base] for name, part in series.items()}
    frame = below(index, "measure")
    last = int(frame["year"].max())
    x = YEARS.scale(domain=[2005, last], nice=False, zero=False)
    y = alt.Y("amount:Q", title=f"{base} = 100").scale(domain=[50, 125]).axis(tickCount=4)
    names = dict(zip(series, ["kor", "slate", "rose"], strict=False))
    hue = marks.series_colors(names, "measure:N", legend=None)
    tooltip = [
        alt.Tooltip("year", title="Year"),
        alt.Tooltip("measure", title="Payment"),
        alt.Tooltip("amount", title=f"{base} = 100", format=".0f"),
    ]
    lines = alt.Chart(frame).mark_line().encode(x=x, y=y, color=hue, tooltip=tooltip)
    ends = frame[frame["year"] == last]
    words = ends["amount"].map("{:.0f} ".format) + ends["measure"].str.replace("in won, ", "")
    ends = ends.assign(words=words.str.replace("after ", "after/") if narrow else words)
    ends["_at"] = ends["amount"] + 3.5 * ends["words"].str.contains("/")  # two lines, as far above as below
    start = pd.DataFrame({"year": [base], "text": ["11th agreement"]})
    points = [hollow(frame[frame["measure"] == name], "amount", computed, hue, x=x) for name, hue in names.items()]
    layers = marks.layered(
        alt.Chart(pd.DataFrame({"amount": [100]})).mark_rule(strokeDash=[4, 3]).encode(y=y),
        *marks.event_rules(start, x, align="right", dx=-4),
        lines,
        *points,
        *marks.nearest(lines),
        marks.end_labels(ends, x, "_at:Q", "words", lineBreak="/").encode(color=hue),
    )
    told = "; ".join(f"{name} from {part.iloc[0]:.0f} in 2005 to {part[last]:.0f}" for name, part in index.items())
    return layers.properties(
        height=300,
        description=f"Three lines that meet at 100 in {base} and part by {last}: {told}.",
    )


def dollars(converted: pd.DataFrame, us_index: pd.Series, computed: Collection[int]) -> alt.LayerChart:
    """Show the contribution in dollars, current and of 2024, broken where the agreements' currency changes.

    Parameters
    ----------
    converted : DataFrame
        From `alliance.burden.converted`.
    us_index : Series
        U.S. consumer prices by year; 2024 is 1.
    """
    frame = _in_dollars(converted, us_index)
    at = frame.set_index(["basis", "year"])["amount"]
    now, then = at["current dollars"], at["dollars of 2024"]
    lines = (
        alt.Chart(frame)
        .mark_line(point=POINT)
        .encode(
            x=YEARS,
            y=alt.Y("amount:Q", title="million dollars").axis(tickCount=4).scale(domain=[0, 1600], nice=False),
            strokeDash=dashes("current dollars", "dollars of 2024", "basis:N"),
            detail="series:N",
            tooltip=[
                alt.Tooltip("year", title="Year"),
                alt.Tooltip("series", title="Payment"),
                alt.Tooltip("basis", title="In"),
                alt.Tooltip("amount", title="Million dollars", format=",.0f"),
            ],
        )
    )
    names = pd.DataFrame({"year": [2015, 2015], "basis": ["current dollars", "dollars of 2024"], "amount": [480, 1290]})
    divide = alt.Chart(pd.DataFrame({"year": [2004.5]})).mark_rule(strokeDash=[2, 3]).encode(x=YEARS)
    tags = line_names(names, "basis", color=color("kor"))
    return (divide + lines + hollow(frame, "amount", computed) + tags + _regimes()).properties(
        height=280,
        description=f"Two lines, each in two parts. In current dollars from {now[1991]:.0f} in 1991 to {now[2004]:.0f} "
        f"in 2004 as agreed; converted from won, {now[2005]:,.0f} in 2005, "
        f"{now[2009]:,.0f} in 2009, {now[2021]:,.0f} in 2021, and {now.iloc[-1]:,.0f} in {now.index[-1]}. "
        f"In dollars of 2024 from {then[1991]:,.0f} in 1991 to {then[2004]:,.0f} in 2004, "
        f"and {then[2024]:,.0f} in 2024.",
    )


def _in_dollars(converted: pd.DataFrame, us_index: pd.Series) -> pd.DataFrame:
    """Return the contribution in million dollars, current and of 2024: what was agreed, and what won were worth."""
    current = pd.DataFrame(
        {
            "year": converted["year"],
            "series": converted["agreed_in"].map({"USD": "agreed in dollars", "KRW": "won, converted"}),
            "amount": converted["amount_m_usd"].fillna(converted["converted_m_usd"]),
        }
    )
    constant = current[current["year"] <= 2024]
    constant = constant.assign(basis="dollars of 2024", amount=constant["amount"] / us_index[constant["year"]].array)
    return pd.concat([current.assign(basis="current dollars"), constant])


def _regimes() -> alt.Chart:
    """Return the words above the years of each currency."""
    words = pd.DataFrame({"year": [1991.2, 2005], "text": [["agreed in", "dollars"], ["agreed in", "won"]]})
    text = alt.Chart(words).mark_text(align="left", color=color("muted"), fontStyle="italic")
    return text.encode(x=YEARS, y=alt.value(14), text="text")
