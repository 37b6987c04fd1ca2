"""What the charts of the scorecard share: the columns of verdicts, the names of promises, axes, and labels of bars."""

import altair as alt
import pandas as pd

#: What promises are called that are kept for good: no later act before the end of 2030 can lower them.
SETTLED = "kept, settled"
#: Columns of the charts, from worse to better, but for the first; those that are settled stand apart.
COLUMNS = ["not measurable", "not kept", "reversed", "lapsed", "open", "partly kept", "kept", SETTLED]

_WIDER = {
    "kept, then reversed": "reversed",
    "kept, then lapsed": "lapsed",
    "partly kept, then lapsed": "lapsed",
    "off track": "open",
    "behind": "open",
    "on track": "open",
}


def grouped(verdicts: pd.Series, settled: pd.Series | None = None) -> pd.Series:
    """Return the column of the charts in which each verdict stands.

    Parameters
    ----------
    verdicts : Series
        Verdicts of the scorecard.
    settled : Series, optional
        Column ``settled`` of the scores: where it says why a promise is settled, and it is kept, it stands apart.
    """
    columns = verdicts.map(lambda verdict: _WIDER.get(verdict, verdict))
    return columns if settled is None else columns.mask((settled != "") & (columns == "kept"), SETTLED)


def tally(scores: pd.DataFrame) -> pd.Series:
    """Count scores by the columns of the charts, in their order, with zeros; what is settled is counted apart."""
    return grouped(scores["verdict"], scores["settled"]).value_counts().reindex(COLUMNS, fill_value=0)


def names(promises: pd.DataFrame) -> pd.Series:
    """Return what the charts call each promise: its sign and its short title.

    Parameters
    ----------
    promises : DataFrame
        With the columns ``promise`` and ``short``: the table ``commitments``, or scores.
    """
    return promises["promise"] + " " + promises["short"]


def names_by_sign(promises: pd.DataFrame) -> dict[str, str]:
    """Return sign → name of each promise."""
    return dict(zip(promises["promise"], names(promises), strict=True))


def verdict_axis(**axis) -> alt.X:
    """Return the axis of verdicts above a chart; `axis` says more, such as `grid=False`."""
    column = alt.X("at:N", title=None, sort=COLUMNS).scale(domain=COLUMNS)
    return column.axis(orient="top", labelAngle=-65, **axis)


def row_axis(field: str, order: list[str] | None = None, **axis) -> alt.Y:
    """Return the axis of names, one row each, that are never cut off; without `order` as in the data."""
    return alt.Y(field, title=None, sort=order).axis(labelLimit=0, **axis)


def value_labels(bars: alt.Chart, x, y, text, **mark) -> alt.Chart:
    """Return the values at the ends of bars."""
    return bars.mark_text(align="left", dx=4, **mark).encode(x=x, y=y, text=text)
