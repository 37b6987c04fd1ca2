"""What the charts of the scorecard share: the words and colors of verdicts, the names of promises, labels of bars."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from press.chapter.theme import color

#: What promises are called that are kept for good: no later act before the end of 2030 can lower them.
SETTLED = "kept, settled"
#: Columns in which verdicts are counted, from worse to better, but for the first; those that are settled stand apart.
COLUMNS = ["not measurable", "not kept", "reversed", "lapsed", "open", "partly kept", "kept", SETTLED]

#: The marks of verdicts as shapes of Vega, as the board draws them: mark → path in a square from −1 to 1.
SHAPES = {
    "full": "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0Z",
    "half": "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0ZM0,0.65A0.65,0.65,0,0,0,0,-0.65Z",
    "empty": "M-1,0A1,1,0,1,1,1,0A1,1,0,1,1,-1,0ZM-0.65,0A0.65,0.65,0,1,0,0.65,0A0.65,0.65,0,1,0,-0.65,0Z",
    "cross": "M-1,-0.7L-0.7,-1L0,-0.3L0.7,-1L1,-0.7L0.3,0L1,0.7L0.7,1L0,0.3L-0.7,1L-1,0.7L-0.3,0Z",
    "dash": "M-1,-0.3H-0.2V0.3H-1ZM0.2,-0.3H1V0.3H0.2Z",
    "up": "M0,-1L1,0.9H-1Z",
    "level": "M-1,-0.4H1V0.4H-1Z",
    "down": "M0,1L1,-0.9H-1Z",
}

_WIDER = {
    "kept, then reversed": "reversed",
    "kept, then lapsed": "lapsed",
    "partly kept, then lapsed": "lapsed",
    "off track": "open",
    "behind": "open",
    "on track": "open",
}


def grouped(verdicts: pd.Series, settled: pd.Series | None = None) -> pd.Series:
    """Return the column in which each verdict is counted.

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
    """Count scores by their columns, in their order, with zeros; what is settled is counted apart."""
    return grouped(scores["verdict"], scores["settled"]).value_counts().reindex(COLUMNS, fill_value=0)


def names(promises: pd.DataFrame) -> pd.Series:
    """Return what the charts call each promise: its sign and its short title.

    Parameters
    ----------
    promises : DataFrame
        With the columns ``promise`` and ``short``: the table ``commitments``, or scores.
    """
    return promises["promise"] + " " + promises["short"]


def words(verdicts: pd.Series, statuses: Mapping[str, dict]) -> pd.Series:
    """Return the word that a reader sees for each verdict.

    Parameters
    ----------
    verdicts : Series
        Verdicts of the scorecard.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    """
    return verdicts.map({verdict: status["short"] for verdict, status in statuses.items()})


def best_first(statuses: Mapping[str, dict]) -> dict[str, str]:
    """Return the words for verdicts, best first, and the name of the color of each."""
    ranked = sorted(statuses.values(), key=lambda status: status["rank"])
    return {status["short"]: status["color"] for status in ranked}


def verdict_colors(field: str, statuses: Mapping[str, dict], shown: pd.Series | None = None, **channel) -> alt.Color:
    """Return the color of each word for a verdict, best first, without a legend unless `channel` has one.

    Parameters
    ----------
    field : str
        Column of the words.
    statuses : mapping
        From `alliance.scorecard.statuses`.
    shown : Series, optional
        Words that occur in the chart, so that a legend names no others.
    """
    hues = {word: hue for word, hue in best_first(statuses).items() if shown is None or word in set(shown)}
    usual: dict = {"legend": None}
    scale = alt.Scale(domain=list(hues), range=[color(hue) for hue in hues.values()])
    return alt.Color(field, scale=scale, **usual | channel)


def row_axis(field: str, order: list[str] | None = None, **axis) -> alt.Y:
    """Return the axis of names, one row each, that are never cut off; without `order` as in the data."""
    return alt.Y(field, title=None, sort=order).axis(labelLimit=0, labelColor=color("ink"), **axis)


def named_rows(base: alt.Chart, field: str, order: list[str], narrow: bool) -> tuple[alt.Y, list[alt.Chart]]:
    """Return the axis of rows, and the layers of its names: above the bars on a phone, where the side has no room.

    Parameters
    ----------
    base : Chart
        One row for each name, for its layer of names.
    field : str
        Column of the names.
    order : list of str
        The names from top to bottom.
    narrow : bool
        For a phone.
    """
    if not narrow:
        return row_axis(f"{field}:N", order), []
    y = alt.Y(f"{field}:N", sort=order, title=None, axis=None)
    texts = base.mark_text(align="left", baseline="bottom", dy=-8, color=color("ink"))
    return y, [texts.encode(x=alt.value(0), y=y, text=f"{field}:N")]


def value_labels(bars: alt.Chart, x, y, text, **mark) -> alt.Chart:
    """Return the values at the ends of bars."""
    return bars.mark_text(align="left", dx=4, **mark).encode(x=x, y=y, text=text)
