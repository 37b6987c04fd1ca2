"""Rules at two events that stand close together."""

import altair as alt
import pandas as pd

from press.chapter.theme import color


def flanked_rules(events: pd.DataFrame) -> alt.LayerChart:
    """Return thin dashed rules at two events, the first with its words on the left, the second on the right.

    Parameters
    ----------
    events : DataFrame
        Two rows: `month` and `text`.
    """
    rules = alt.Chart(events).mark_rule(strokeDash=[2, 3]).encode(x="month:T")
    left = alt.Chart(events[:1]).mark_text(align="right", dx=-4, y=4, color=color("muted"))
    right = alt.Chart(events[1:]).mark_text(align="left", dx=4, y=4, color=color("muted"))
    return rules + left.encode(x="month:T", text="text") + right.encode(x="month:T", text="text")
