"""What the charts of the chapter share: the two states, their colors, and lines of both."""

import altair as alt
import pandas as pd

from alliance.charts.marks import end_labels, layered, nearest, series_colors
from alliance.countries import NAMES
from press.chapter.theme import YEARS

#: The two states by ISO code, in the order in which charts and tables have them.
BOTH = ("KOR", "USA")

HUES = {NAMES[code]: code.lower() for code in BOTH}
STATES = series_colors(HUES, "country:N", legend=alt.Undefined)  # with the legend of the theme

#: What a tooltip says first.
STATE, YEAR = alt.Tooltip("country:N", title="Country"), alt.Tooltip("year:Q", title="Year", format="d")


def by_year(series: dict[str, pd.Series], field: str) -> pd.DataFrame:
    """Return yearly series of several states as one table: `year`, the values as `field`, `country` in words."""
    return pd.concat(
        [
            values.rename(field).rename_axis("year").reset_index().assign(country=NAMES[country])
            for country, values in series.items()
        ]
    )


def named_lines(
    series: dict[str, pd.Series], field: str, y: alt.Y, form: str, words: str, places: pd.DataFrame
) -> tuple[alt.LayerChart, alt.Chart]:
    """Return two layers: a line for each state, and their names.

    Parameters
    ----------
    series : dict of str to Series
        ISO code → values by year.
    field : str
        How the column of the values is called.
    y : alt.Y
        Their axis.
    form : str
        How the value is printed where the reader points at a line.
    words : str
        What the value is called there.
    places : DataFrame
        Where the names stand: `country` in words, `year`, and `field`.
    """
    hues = STATES.legend(None)
    tooltip = [STATE, YEAR, alt.Tooltip(field, format=form, title=words)]
    lines = alt.Chart(by_year(series, field)).mark_line().encode(x=YEARS, y=y, color=hues, tooltip=tooltip)
    names = end_labels(places, YEARS, f"{field}:Q", text="country", align="center", dx=0).encode(color=hues)
    return layered(lines, *nearest(lines)), names


def one_or_two(low: float, high: float) -> str:
    """Print a range of figures, or one where both ends are the same.

    Examples
    --------
    >>> one_or_two(50.0, 52.0), one_or_two(24.4, 24.4)
    ('50–52', '24.4')
    """
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
