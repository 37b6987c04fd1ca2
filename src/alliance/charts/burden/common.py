"""What the charts of this chapter share."""

from collections.abc import Collection, Mapping

import altair as alt
import pandas as pd

from alliance.charts import marks
from press.chapter.theme import YEARS


def below(series: Mapping[str, pd.Series], name: str, value: str = "amount") -> pd.DataFrame:
    """Return yearly Series below one another: year, name of the Series, value."""
    return pd.concat(
        [pd.DataFrame({"year": part.index, name: label, value: part.array}) for label, part in series.items()]
    )


def hollow(frame: pd.DataFrame, y: str, years: Collection[int], hue: str = "kor", x: alt.X = YEARS) -> alt.Chart:
    """Return hollow points over some of the years."""
    return marks.hollow_points(frame[frame["year"].isin(years)], x, f"{y}:Q", hue)


def line_names(frame: pd.DataFrame, text: str, x: alt.X = YEARS, **mark) -> alt.Chart:
    """Return the names of lines, written beside them."""
    return marks.end_labels(frame, x, "amount:Q", text, **{"align": "center", "dx": 0} | mark)


def dashes(solid: str, dashed: str, field: str, pattern: Collection[int] = (4, 3)) -> alt.StrokeDash:
    """Return one series drawn through, the other in dashes."""
    return alt.StrokeDash(field, legend=None).scale(domain=[solid, dashed], range=[[1, 0], list(pattern)])


def key(colors: dict[str, str], field: str) -> alt.Color:
    """Return the color of each series, with a legend."""
    return marks.series_colors(colors, field, legend=alt.Undefined)


def year_bands(**axis) -> alt.X:
    """Return an axis of years for bars."""
    return alt.X("year:O", title=None).axis(labelAngle=0, **axis)
