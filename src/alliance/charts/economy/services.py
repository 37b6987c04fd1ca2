"""Services and investment: what the balance of goods leaves out."""

import altair as alt
import pandas as pd

from alliance.charts.marks import series_colors


def services(balances: pd.Series) -> alt.Chart:
    """Show Korea's balance of services with the United States by year.

    Parameters
    ----------
    balances : Series
        Indexed by year, billion dollars; minus is a Korean deficit.
    """
    first, last = balances.index.min(), balances.index.max()
    known = balances.rename("bn").rename_axis("year").reset_index().assign(kind="services")
    said = ", ".join(
        f"{balances[year]:.1f} in {year}"
        for year in (first, balances.index[int(balances.argmin())], balances.index[int(balances.argmax())], last)
    )
    return (
        alt.Chart(known)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None).axis(labelAngle=0, labelOverlap=True),
            y=alt.Y("bn:Q", title="billion dollars").scale(domain=[-17, 0]).axis(values=[0, -5, -10, -15]),
            color=series_colors({"services": "kor"}, "kind:N"),
            tooltip=[
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("bn:Q", title="Korea’s balance, billion dollars", format=".1f"),
            ],
        )
        .properties(height=230, description=f"Bars, all below zero. Billion dollars: {said}.")
    )
