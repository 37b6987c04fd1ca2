"""Recovery: output against the forecast of April 2019, and excess deaths."""

import altair as alt
import pandas as pd

from alliance import economy
from alliance.charts.economy.names import NAMES
from alliance.charts.marks import chooser, end_labels, reference_line, series_colors
from press.chapter.theme import POINT

_HUES = dict(zip(NAMES.values(), ["kor", "usa", "jpn", "deu", "other", "other", "chn"], strict=True))
_APART = {"France": -9, "United Kingdom": -3, "Korea": 2, "China": 10}  # px that keep names apart
_YEAR_ENDS = ["2022-01-02", "2023-01-01"]  # the Sundays that end the last weeks of 2021 and 2022


def forecast_gap(gaps: pd.DataFrame) -> alt.LayerChart:
    """Show output against its forecast, with a menu to bring one economy forward.

    Parameters
    ----------
    gaps : DataFrame
        Indexed by year from 2019, a column for each economy: percent of the forecast level.
    """
    later, start = gaps.loc[2020:], gaps.loc[[2019]]
    path = pd.concat(
        [rows.melt(var_name="name", value_name="gap", ignore_index=False).reset_index() for rows in (later, start)]
    )
    ends = path[path["year"] == 2024].assign(nudge=lambda frame: frame["name"].map(_APART).fillna(0).astype(int))
    years = alt.X("year:Q", title=None).axis(format="d", values=list(range(2019, 2025)))
    years = years.scale(domain=[2019, 2026.6], nice=False, zero=False)
    hue = series_colors(_HUES)
    front = alt.when("datum.name == economy || datum.name == 'United States'")
    lines = alt.Chart(path).mark_line(point=POINT)
    lines = lines.encode(
        x=years,
        y=alt.Y("gap:Q", title="percent of the forecast level"),
        color=hue,
        size=front.then(alt.value(3.4)).otherwise(alt.value(1)),
        tooltip=["name", "year", alt.Tooltip("gap:Q", title="gap, %", format="+.1f")],
    )
    labels = end_labels(ends, years, "gap:Q", dy=alt.expr("datum.nudge")).encode(color=hue)
    said = [f"{name} {values[2020]:+.1f} and {values[2024]:+.1f}" for name, values in gaps.items()]
    return (
        (reference_line(0.0) + lines + labels)
        .add_params(chooser("economy", list(gaps.columns), "Bring forward "))
        .properties(
            height=310,
            description=f"Seven lines from zero in 2019. Per cent in 2020 and 2024: {'; '.join(said)}.",
        )
    )


def excess_deaths(deaths: pd.DataFrame, last: str) -> alt.LayerChart:
    """Show deaths above expectation, summed since the beginning of 2020, per 100,000 people.

    Parameters
    ----------
    deaths : DataFrame
        Table `excess_deaths`.
    last : str
        The last day that counts.
    """
    rows = deaths[deaths["end_date"] <= last]
    extra = 1e5 * (rows["total_deaths"] - rows["expected_deaths"]) / rows["population"]
    courses = rows.assign(name=rows["country"].map(NAMES), day=pd.to_datetime(rows["end_date"]), extra=extra)
    courses = courses.sort_values(["country", "day"])
    courses["sum"] = courses.groupby("country")["extra"].cumsum()
    courses = courses[["name", "day", "sum"]]
    days = alt.X("day:T", title=None).axis(format="%Y", tickCount=4).scale(domain=["2020-01-01", "2025-02-01"])
    hue = series_colors({NAMES[code]: code.lower() for code in ("KOR", "USA", "JPN", "DEU")})
    lines = alt.Chart(courses).mark_line(point=POINT)
    lines = lines.encode(
        x=days,
        y=alt.Y("sum:Q", title="per 100,000 people, summed"),
        color=hue,
        tooltip=["name", alt.Tooltip("day:T", format="%d %B %Y"), alt.Tooltip("sum:Q", format=".0f")],
    )
    closing = courses.sort_values("day").groupby("name").tail(1)
    said = []
    for code in ("USA", "DEU", "JPN", "KOR"):
        sums = [economy.excess(deaths, code, day)["per_100k"] for day in (*_YEAR_ENDS, last)]
        said.append(f"{NAMES[code]} " + ", ".join(f"{value:.0f}" for value in sums))
    return (lines + end_labels(closing, days, "sum:Q", dx=5).encode(color=hue)).properties(
        height=290,
        description="Four lines. Excess deaths per 100,000 by the end of 2021, the end of 2022 and 1 October 2023: "
        f"{'; '.join(said)}.",
    )
