"""What the charts of several sections share: names and colors of states."""

import altair as alt

from alliance.charts.marks import series_colors

NAMES = {"KOR": "Korea", "JPN": "Japan", "CHN": "China", "USA": "United States", "RUS": "Russia", "DEU": "Germany"}
HOSTS = ["KOR", "JPN", "DEU"]


def hues(codes: list[str]) -> alt.Color:
    """Return the color of each country, by name."""
    return series_colors({NAMES[code]: code.lower() for code in codes})
