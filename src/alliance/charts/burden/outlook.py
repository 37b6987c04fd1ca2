"""What the twelfth agreement saves or costs, beside the eleventh's formula."""

import altair as alt
import pandas as pd

from alliance.charts import marks
from press.chapter.theme import color

_KINDS = {"saves": "slate", "costs more": "rose"}


def saving(saved: pd.Series) -> alt.LayerChart:
    """Show what the twelfth agreement saves Korea over its five years, by the growth of the defense budget.

    Parameters
    ----------
    saved : Series
        Growth of the defense budget, percent a year → billion won that the twelfth agreement costs less than the
        eleventh's formula would; below zero where it costs more.
    """
    frame = pd.DataFrame({"growth": saved.index, "saved": saved.array})
    frame["kind"] = (frame["saved"] > 0).map({True: "saves", False: "costs more"})
    frame["words"] = frame["saved"].map("{:,.0f}".format).str.replace("-", "−")
    x = alt.X("growth:O", title="growth of the defense budget, percent a year").axis(labelAngle=0)
    y = alt.Y("saved:Q", title="billion won").axis(tickCount=5)
    y = y.scale(domain=[saved.min() - 60, saved.max() + 60], nice=False)
    base = alt.Chart(frame).encode(x=x, y=y)
    bars = base.mark_bar().encode(
        color=marks.series_colors(_KINDS, "kind:N", legend=alt.Legend(symbolType="square")),
        tooltip=[
            alt.Tooltip("growth", title="Growth of the budget, percent a year"),
            alt.Tooltip("kind", title="The twelfth agreement"),
            alt.Tooltip("saved", title="Billion won over 2026–2030", format="+,.0f"),
        ],
    )
    above = base.transform_filter("datum.saved > 0").mark_text(dy=-9, fontWeight=600).encode(text="words")
    below = base.transform_filter("datum.saved <= 0").mark_text(dy=11, fontWeight=600).encode(text="words")
    zero = marks.reference_line(0, strokeDash=[1, 0], color=color("ink"))
    costs, saves = saved[saved <= 0], saved[saved > 0]
    return (bars + zero + above + below).properties(
        height=280,
        description="Bars that rise with the growth of the defense budget. If it grows by "
        f"{costs.index.max()} percent a year or less, the twelfth agreement costs more, up to {-costs.min():,.0f} "
        f"billion won over five years. From {saves.index.min()} percent on it saves money, {saves.max():,.0f} billion "
        f"won at {saves.index.max()} percent.",
    )
