"""Services and investment: what the balance of goods leaves out."""

import altair as alt
import pandas as pd

from alliance.charts.marks import series_colors
from press.chapter.theme import color


def services(balances: pd.Series) -> alt.LayerChart:
    """Show Korea's balance of services with the United States by year; a year that was not found stays empty.

    Parameters
    ----------
    balances : Series
        Indexed by year, billion dollars; minus is a Korean deficit.
    """
    first, last = balances.index.min(), balances.index.max()
    known = balances.rename("bn").rename_axis("year").reset_index().assign(kind="services")
    missing = pd.DataFrame({"year": [year for year in range(first, last + 1) if year not in balances.index]})
    x = alt.X("year:O", title=None, sort=list(range(first, last + 1))).axis(labelAngle=0, labelOverlap=True)
    x = x.scale(domain=list(range(first, last + 1)))
    bars = (
        alt.Chart(known)
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("bn:Q", title="billion dollars").scale(domain=[-17, 0]).axis(values=[0, -5, -10, -15]),
            color=series_colors({"services": "kor"}, "kind:N"),
            tooltip=[
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("bn:Q", title="Korea’s balance, billion dollars", format=".1f"),
            ],
        )
    )
    below = balances[balances.index < missing["year"].iloc[0]].iloc[-1]  # the bar beside it, which is near on a phone
    gap = missing.iloc[[0]].assign(text="not|found", y=below - 0.4)
    words = alt.Chart(gap).mark_text(lineBreak="|", baseline="top", fontSize=13, color=color("muted"))
    middle = alt.X("year:O").bandPosition(len(missing) / 2)
    said = ", ".join(
        f"{balances[year]:.1f} in {year}"
        for year in (first, balances.index[int(balances.argmin())], balances.index[int(balances.argmax())], last)
    )
    absent = " and ".join(str(year) for year in missing["year"])
    return (bars + words.encode(x=middle, y="y:Q", text="text")).properties(
        height=230, description=f"Bars, all below zero. Billion dollars: {said}. {absent} were not found."
    )
