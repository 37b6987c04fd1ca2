"""Charts of military spending."""

import altair as alt
import pandas as pd

from alliance.charts.deterrence.shared import hues
from alliance.charts.marks import end_labels, hollow_points, layered, nearest, president_bands
from alliance.countries import NAMES
from press.chapter.theme import color

STATES = ["USA", "CHN", "RUS", "JPN", "KOR"]
_YEARS = alt.X("year:Q", title=None).axis(format="d", values=list(range(1990, 2021, 10)))
_TO_2024 = _YEARS.scale(domain=[1990, 2024], nice=False, zero=False)
_TO_2025 = _YEARS.scale(domain=[1990, 2025], nice=False, zero=False)


def expenditure(milex: pd.DataFrame) -> alt.LayerChart:
    """Show the military expenditure of five states on a logarithmic axis.

    Parameters
    ----------
    milex : DataFrame
        Table ``military_expenditure``.
    """
    states = _named(milex)
    y = (
        alt.Y("bn:Q", title="billion dollars of 2023, logarithmic")
        .scale(type="log", domain=[10, 1500], nice=False)
        .axis(values=[10, 30, 100, 300, 1000])
    )
    ends = states[states["year"] == 2024]
    korea = ends["country"] == "KOR"  # its name stands below the end of the line, away from that of Japan
    names = end_labels(ends[~korea], _TO_2024, y, dx=5, dy=-3).encode(color=hues(STATES))
    korean = end_labels(ends[korea], _TO_2024, y, dx=5, dy=7).encode(color=hues(STATES))
    told = f"Billion dollars in 2000 and in 2024: {_then_and_now(states, 'bn', '.0f')}."
    lines = _over_years(states).mark_line().encode(y=y)
    return layered(lines, *nearest(lines), names, korean).properties(
        height=320, description=f"Five lines on a logarithmic axis. {told} Russia’s line begins in 1992."
    )


def share_of_output(milex: pd.DataFrame, newest: pd.DataFrame, goal: float) -> alt.LayerChart | alt.FacetChart:
    """Show the military expenditure of five states as a share of GDP, and the level that Korea plans.

    Parameters
    ----------
    milex : DataFrame
        Table ``military_expenditure``.
    newest : DataFrame
        Table ``military_expenditure_2025``, indexed by ``country``: its shares follow the lines as hollow points.
    goal : float
        Percent of GDP.
    """
    states = _named(milex)
    y = alt.Y("share_gdp_pct:Q", title="percent of GDP").scale(domainMin=0)
    width = alt.when("datum.country == 'KOR'").then(alt.value(3.4)).otherwise(alt.value(1.3))
    ends = newest.loc[STATES, ["share_gdp_pct"]].reset_index().assign(year=2025)
    ends["name"] = ends["country"].map(NAMES)
    hollow = alt.Chart(ends).mark_point(size=42, filled=False, fill=color("paper"), strokeWidth=1.6, opacity=1)
    hollow = hollow.encode(x=_TO_2025, y=y, color=hues(STATES))
    lower = ends["country"].isin(["KOR", "JPN"])  # below the ends of their lines, away from the names above
    names = [
        end_labels(rows, _TO_2025, y, dx=7, dy=dy).encode(color=hues(STATES))
        for rows, dy in ((ends[~lower], -3), (ends[lower], 7))
    ]
    plan = pd.DataFrame({"year": [2018, 2025], "share_gdp_pct": goal})
    line = alt.Chart(plan).mark_line(color=color("kor"), strokeDash=[5, 4], strokeWidth=1.4).encode(x=_TO_2025, y=y)
    planned = end_labels(plan.tail(1).assign(name=f"plan: {goal}%"), _TO_2025, y, dx=7, dy=-8, color=color("kor"))
    told = f"Percent of GDP in 2000 and in 2024: {_then_and_now(states, 'share_gdp_pct', '.1f')}."
    lines = _over_years(states, _TO_2025).mark_line().encode(y=y, size=width)
    follow = nearest(_over_years(states, _TO_2025).mark_line().encode(y=y))
    return layered(line, planned, lines, hollow, *follow, *names).properties(
        height=320,
        description=f"Five lines, Korea’s thick. {told} Hollow points give 2025. A dash marks Korea’s plan of {goal}.",
    )


def ratio(quotient: pd.Series, newest: float, presidents: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show Korea’s military expenditure divided by Japan’s, and the line at which they are equal.

    Parameters
    ----------
    quotient : Series
        Ratio by year, from `alliance.deterrence.ratio`.
    newest : float
        The ratio of 2025, in dollars of that year: a hollow point after the line.
    presidents : DataFrame
        Table ``presidents``: Korea’s stand behind the line.
    narrow : bool
        For a phone: presidents stand there by surname alone, those of a short time without it.
    """
    rows = quotient.rename("ratio").reset_index()
    y = alt.Y("ratio:Q", title="Korea’s spending as a share of Japan’s").scale(domain=[0, 1.45], nice=False)
    y = y.axis(values=[0, 0.25, 0.5, 0.75, 1], format="%")
    parity = alt.Chart(pd.DataFrame({"year": [1990, 2025], "ratio": 1.0})).encode(x=_TO_2025, y=y)
    dashes = parity.mark_line(color=color("muted"), strokeDash=[4, 3])
    words = parity.transform_filter("datum.year < 2000").mark_text(align="left", dx=4, dy=-9, color=color("muted"))
    tips = [
        alt.Tooltip("year:Q", title="Year"),
        alt.Tooltip("ratio:Q", title="Korea’s spending as a share of Japan’s", format=".0%"),
    ]
    line = alt.Chart(rows).mark_line(color=color("kor"), strokeWidth=2.6).encode(x=_TO_2025, y=y, tooltip=tips)
    last = pd.DataFrame({"year": [2025], "ratio": [newest]})
    marked = pd.concat([rows[rows["year"] == quotient.idxmax()], last])
    marked = marked.assign(name=marked["ratio"].map("{:.0%}".format))
    peak = end_labels(marked.head(1), _TO_2025, y, align="center", dx=-4, dy=-11, color=color("kor"))
    end = hollow_points(last, _TO_2025, y) + end_labels(marked.tail(1), _TO_2025, y, dx=8, color=color("kor"))
    above = quotient[quotient > 1].index
    told = (
        f"A line from {quotient[1990]:.0%} in 1990 up to {quotient.max():.0%} in {quotient.idxmax()} and down to "
        f"{quotient[2024]:.0%} in 2024; a hollow point gives {newest:.0%} in 2025. "
        f"The line is above 100% from {above.min()} to {above.max()}."
    )
    if narrow:
        presidents = presidents.assign(surname=presidents["surname"].str.split().str[0])
    bands = president_bands(presidents, "KOR", (1990, 2025), min_years=4 if narrow else 2.5)
    equal = words.encode(text=alt.value("as much as Japan"))
    return layered(*bands, dashes, equal, line, *nearest(line), peak, end).properties(height=280, description=told)


def _named(milex: pd.DataFrame) -> pd.DataFrame:
    """Add the names of states, and expenditure in billions."""
    return milex.assign(name=milex["country"].map(NAMES), bn=milex["expenditure_m_usd_2023"] / 1000)


def _over_years(states: pd.DataFrame, x: alt.X = _TO_2024) -> alt.Chart:
    """Return what the charts of the states share; mark and vertical axis are still open."""
    return alt.Chart(states).encode(
        x=x,
        color=hues(STATES),
        tooltip=[
            alt.Tooltip("name:N", title="State"),
            alt.Tooltip("year:Q", title="Year"),
            alt.Tooltip("bn:Q", title="Billion dollars of 2023", format=",.1f"),
            alt.Tooltip("share_gdp_pct:Q", title="Percent of GDP", format=".1f"),
        ],
    )


def _then_and_now(states: pd.DataFrame, column: str, form: str) -> str:
    """Put into words what each state had in 2000 and in 2024."""
    at = states.set_index(["country", "year"])[column]
    return "; ".join(f"{NAMES[state]} {at[state, 2000]:{form}} and {at[state, 2024]:{form}}" for state in STATES)
