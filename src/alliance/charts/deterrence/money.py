"""Charts of the section “Money”."""

import altair as alt
import pandas as pd

from alliance import deterrence
from alliance.charts.deterrence.shared import NAMES, chooser, hues
from alliance.charts.marks import end_labels, reference_line
from press.chapter.theme import POINT, YEARS, color

STATES = ["USA", "CHN", "RUS", "JPN", "KOR"]
_TO_2024 = (
    alt.X("year:Q", title=None)
    .axis(format="d", values=list(range(1990, 2021, 10)))
    .scale(domain=[1990, 2037], nice=False, zero=False)
)  # with room for names on the right


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
    return (_over_years(states).mark_line(point=POINT).encode(y=y) + names + korean).properties(
        height=320, description=f"Five lines on a logarithmic axis. {told} Russia’s line begins in 1992."
    )


def share_of_output(milex: pd.DataFrame) -> alt.LayerChart:
    """Show the military expenditure of five states as a share of GDP; a reader can bring one of them forward.

    Parameters
    ----------
    milex : DataFrame
        Table ``military_expenditure``.
    """
    states = _named(milex)
    y = alt.Y("share_gdp_pct:Q", title="per cent of GDP").scale(domainMin=0)
    width = alt.when("datum.name == state").then(alt.value(3.2)).otherwise(alt.value(1.3))
    names = end_labels(states[states["year"] == 2024], _TO_2024, "share_gdp_pct:Q", dx=5).encode(color=hues(STATES))
    told = f"Per cent of GDP in 2000 and in 2024: {_then_and_now(states, 'share_gdp_pct', '.1f')}."
    first = deterrence.expenditure(milex, "KOR", "share_gdp_pct")[1990]
    options = [NAMES[state] for state in ["KOR", "JPN", "CHN", "USA", "RUS"]]
    return (
        (_over_years(states).mark_line(point=POINT).encode(y=y, size=width) + names)
        .add_params(chooser("state", "Bring forward ", options))
        .properties(height=300, description=f"Five lines. {told} Korea had {first:.1f} in 1990.")
    )


def ratio(quotient: pd.Series) -> alt.LayerChart:
    """Show Korea’s military expenditure divided by Japan’s, and the line at which they are equal.

    Parameters
    ----------
    quotient : Series
        Ratio by year, from `alliance.deterrence.ratio`.
    """
    parity = alt.Chart(pd.DataFrame({"year": [1991], "y": [1.0]})).encode(x=YEARS, y="y:Q")
    words = parity.mark_text(align="left", dy=-8, color=color("muted")).encode(text=alt.value("as much as Japan"))
    line = (
        alt.Chart(quotient.rename("ratio").reset_index())
        .mark_line(point=POINT, color=color("kor"))
        .encode(
            x=YEARS,
            y=alt.Y("ratio:Q", title="Korea ÷ Japan").scale(domain=[0, 1.2]),
            tooltip=["year", alt.Tooltip("ratio", format=".2f")],
        )
    )
    above = quotient[quotient > 1].index
    told = (
        f"A line from {quotient[1990]:.2f} in 1990 up to {quotient.max():.2f} in {quotient.idxmax()} and down to "
        f"{quotient[2024]:.2f} in 2024. It is above one from {above.min()} to {above.max()}."
    )
    return (reference_line(1.0) + words + line).properties(height=240, description=told)


def _named(milex: pd.DataFrame) -> pd.DataFrame:
    """Add the names of states, and expenditure in billions."""
    return milex.assign(name=milex["country"].map(NAMES), bn=milex["expenditure_m_usd_2023"] / 1000)


def _over_years(states: pd.DataFrame) -> alt.Chart:
    """Return what the charts of the states share; mark and vertical axis are still open."""
    return alt.Chart(states).encode(
        x=_TO_2024,
        color=hues(STATES),
        tooltip=[
            "name",
            "year",
            alt.Tooltip("bn:Q", title="bn dollars of 2023", format=",.1f"),
            alt.Tooltip("share_gdp_pct:Q", title="% of GDP", format=".2f"),
        ],
    )


def _then_and_now(states: pd.DataFrame, column: str, form: str) -> str:
    """Put into words what each state had in 2000 and in 2024."""
    at = states.set_index(["country", "year"])[column]
    return "; ".join(f"{NAMES[state]} {at[state, 2000]:{form}} and {at[state, 2024]:{form}}" for state in STATES)
