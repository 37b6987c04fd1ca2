"""What the charts of several sections share: colors of states."""

import altair as alt

from alliance.charts.marks import series_colors
from alliance.countries import NAMES

HOSTS = ["KOR", "JPN", "DEU"]


def hues(codes: list[str]) -> alt.Color:
    """Return the color of each country, by name."""
    return series_colors({NAMES[code]: code.lower() for code in codes})
