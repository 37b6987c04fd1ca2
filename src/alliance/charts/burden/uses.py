"""What the contribution is used for."""

import altair as alt
import pandas as pd

from alliance.charts.burden.common import key, year_bands

PARTS = {"labour_bn_krw": "labour", "construction_bn_krw": "construction", "logistics_bn_krw": "logistics"}


def categories(table: pd.DataFrame) -> alt.Chart:
    """Show labor, construction and logistics stacked, for the years with a breakdown.

    Parameters
    ----------
    table : DataFrame
        Table ``sma_categories``.
    """
    told = [
        f"{row.year}: {row.labour_bn_krw:.0f}, {row.construction_bn_krw:.0f}, {row.logistics_bn_krw:.0f}."
        for row in table.itertuples()
    ]
    return (
        alt.Chart(table.melt("year", list(PARTS), "part", "amount").replace({"part": PARTS}))
        .mark_bar()
        .encode(
            x=year_bands().scale(domain=list(range(2013, 2023))),
            y=alt.Y("amount:Q", title="billion won"),
            color=key({"labour": "kor", "construction": "tint", "logistics": "other"}, "part:N"),
            order=alt.Order("rank:Q"),
            tooltip=["year", "part", "amount"],
        )
        .transform_calculate(rank=f"indexof({list(PARTS.values())}, datum.part)")
        .properties(
            height=250,
            description=f"Stacked bars of labour, construction and logistics in billion won. {' '.join(told)} "
            "No breakdown was found for the years between.",
        )
    )
