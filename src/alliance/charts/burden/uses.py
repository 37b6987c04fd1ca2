"""What the contribution is used for, and what else counted as support."""

import altair as alt
import pandas as pd

from alliance.charts import marks
from alliance.charts.burden.common import year_bands
from press.chapter.theme import color

PARTS = {
    "labor_bn_krw": "wages",
    "construction_bn_krw": "construction",
    "logistics_bn_krw": "logistics",
}
HUES = dict(zip(PARTS.values(), ["slate", "rose", "mist"], strict=True))
#: The ministry's items that need plainer words.
ITEMS = {
    "US communication lines, combined C4I": "U.S. communication lines, combined command systems (C4I)",
    "SMA defense cost sharing": "payment under the Special Measures Agreement",
    "base relocation (YRP/LPP) etc., 2015": "base relocation (Yongsan plan, land partnership plan), etc.",
}


def categories(table: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show wages, construction, and logistics stacked, for the years with a breakdown.

    Parameters
    ----------
    table : DataFrame
        Table ``sma_categories``.
    """
    frame = table.melt(["year", "total_bn_krw"], list(PARTS), "part", "amount").replace({"part": PARTS})
    frame["share"] = 100 * frame["amount"] / frame["total_bn_krw"]
    frame["_top"] = frame.groupby("year")["amount"].cumsum()
    frame["_bottom"] = frame["_top"] - frame["amount"]
    frame["_middle"] = (frame["_top"] + frame["_bottom"]) / 2
    ticks = {"values": [2013, 2016, 2019, 2022]} if narrow else {}
    x = year_bands(**ticks).scale(domain=list(range(2013, 2023)), paddingInner=0.15)
    y = alt.Y("_bottom:Q", title="billion won; in the bars, percent" if narrow else "billion won")
    base = alt.Chart(frame).encode(x=x)
    bars = base.mark_bar(stroke=color("paper"), strokeWidth=1).encode(
        y=y,
        y2="_top:Q",
        color=marks.series_colors(HUES, "part:N", legend=alt.Undefined if narrow else None),
        tooltip=[
            alt.Tooltip("year", title="Year"),
            alt.Tooltip("part", title="Use"),
            alt.Tooltip("amount", title="Billion won", format=",.1f"),
            alt.Tooltip("share", title="Share of the payment, %", format=".0f"),
        ],
    )
    last = base.transform_filter(f"datum.year == {table['year'].max()}")
    names = last.mark_text(align="left", dx=6, fontWeight=600)
    names = names.encode(x=alt.X("year:O").bandPosition(1), y="_middle:Q", text="part:N")
    sign = "" if narrow else " + '%'"
    percent = base.transform_calculate(words=f"format(datum.share, '.0f'){sign}").mark_text(fontSize=13)
    dark = alt.when("datum.part == 'logistics'").then(alt.value(color("ink"))).otherwise(alt.value(color("paper")))
    percent = percent.encode(y="_middle:Q", text="words:N", color=dark)
    layers = bars + percent if narrow else bars + names + percent
    told = frame[frame["part"] != "logistics"].groupby("year")["share"].sum()
    return layers.properties(
        height=280,
        description=f"Stacked bars for {len(table)} years. Wages and construction together take {told.min():.0f} to "
        f"{told.max():.0f} percent of the payment. Wages are the largest part in 2019 and 2021, construction in the "
        "other years. No breakdown was found for the years between.",
    )


def support_rows(support: pd.DataFrame) -> pd.DataFrame:
    """Word the items of 2015 for a table, with the share of each in its kind.

    Parameters
    ----------
    support : DataFrame
        Table ``support_2015``; its class as ``kind``.
    """
    share = 100 * support["amount_bn_krw"] / support.groupby("kind")["amount_bn_krw"].transform("sum")
    return support.assign(item=support["item"].replace(ITEMS), share=share.where(support["kind"] != "one-off"))
