"""Recovery: output against the forecast of April 2019, and excess deaths."""

import altair as alt
import pandas as pd

from alliance import economy
from alliance.charts.economy.names import ECONOMIES
from alliance.charts.economy.text import ROOM_RIGHT, spread
from alliance.charts.marks import end_labels, enumerated, layered, nearest, series_colors
from alliance.countries import NAMES
from press.chapter.theme import POINT, color

_HUES = {NAMES[code]: code.lower() if code not in ("FRA", "GBR") else "other" for code in ECONOMIES}
_SHORT = {"United States": "U.S.", "United Kingdom": "Britain"}  # where the whole name is too long for a phone
_YEAR_ENDS = ["2022-01-02", "2023-01-01"]  # the Sundays that end the last weeks of 2021 and 2022


def forecast_gap(gaps: pd.DataFrame) -> alt.LayerChart:
    """Show output against its forecast; Korea and the United States stand before the others.

    Parameters
    ----------
    gaps : DataFrame
        Indexed by year, a column for each economy: percent of the forecast level. The year before is zero.
    """
    start = gaps.index.min() - 1
    path = pd.concat([pd.DataFrame(0.0, index=pd.Index([start], name="year"), columns=gaps.columns), gaps])
    last = path.index.max()
    told = path.loc[last]
    ends = pd.DataFrame(
        {
            "gap": spread(told, 0.9),
            "year": last,
            "text": [f"{_SHORT.get(str(name), name)} {_signed(gap)}" for name, gap in told.items()],
        }
    )
    x = alt.X("year:Q", title=None).axis(format="d", values=list(range(start, last + 1)))
    x = x.scale(domain=[start, last], nice=False, zero=False)
    y = alt.Y("gap:Q", title="percent above or below the forecast").axis(
        values=[-8, -4, 0, 4], labelExpr="datum.value > 0 ? '+' + datum.label : datum.label"
    )
    lines = _gap_lines(path, x, y.scale(domain=[-10.5, 5]))
    zero = pd.DataFrame({"year": [start], "end": [last], "gap": [0.0]})
    parity = (
        alt.Chart(zero).mark_rule(color=color("muted"), strokeDash=[4, 3]).encode(x="year:Q", x2="end:Q", y="gap:Q")
    )
    forecast = alt.Chart(zero.assign(text="forecast"))
    forecast = forecast.mark_text(align="left", dx=9, color=color("muted"))
    labels = end_labels(ends.reset_index(names="name"), x, "gap:Q", "text", dx=9).encode(color=series_colors(_HUES))
    lowest = pd.DataFrame({"year": [start + 1], "gap": [gaps["United Kingdom"][start + 1]], "name": ["Britain"]})
    britain = end_labels(lowest, x, "gap:Q", dx=9, dy=4, color=color("other"))  # France is gray as well
    then, above, below = gaps.loc[start + 1], told[told > 0], told[told <= 0]
    forecast = forecast.encode(x="end:Q", y="gap:Q", text="text")
    return layered(parity, forecast, lines, *nearest(lines), labels, britain).properties(
        height=340,
        padding=ROOM_RIGHT,
        description=f"Seven lines from zero in {start}. In {start + 1} they lie from {then.max():+.1f} percent "
        f"({then.idxmax()}) to {then.min():+.1f} ({then.idxmin()}). Above the forecast in {last}: "
        f"{enumerated(above.index)}, at {above.max():+.1f}. The others lie from {below.max():+.1f} ({below.idxmax()}) "
        f"to {below.min():+.1f} ({below.idxmin()}), with Korea at {told['Korea']:+.1f}.",
    )


def _gap_lines(path: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return a line for each economy; Korea's and that of the United States are strong."""
    long = path.melt(var_name="name", value_name="gap", ignore_index=False).reset_index()
    front = alt.when("datum.name == 'Korea' || datum.name == 'United States'")
    tips = [
        alt.Tooltip("name:N", title="Economy"),
        alt.Tooltip("year:Q", title="Year"),
        alt.Tooltip("gap:Q", title="Output against the forecast, %", format="+.1f"),
    ]
    size = front.then(alt.value(3.4)).otherwise(alt.value(1.2))
    lines = alt.Chart(long).mark_line(point=POINT)
    return lines.encode(x=x, y=y, color=series_colors(_HUES), size=size, tooltip=tips)


def _signed(gap: float) -> str:
    """Return a number of percent with its sign, a minus and not a hyphen."""
    return f"{gap:+.1f}%".replace("-", "−")


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
    first, end = pd.Timestamp(2020, 1, 1), courses["day"].max()
    years = [pd.Timestamp(year, 1, 1) for year in range(2020, 2024)]
    days = alt.X("day:T", title=None).axis(format="%Y", values=years).scale(domain=[first, end])
    hue = series_colors({NAMES[code]: code.lower() for code in ("KOR", "USA", "JPN", "DEU")})
    lines = alt.Chart(courses).mark_line(point=POINT)
    lines = lines.encode(
        x=days,
        y=alt.Y("sum:Q", title="per 100,000 people, summed").axis(values=[0, 100, 200, 300, 400]),
        color=hue,
        tooltip=[
            alt.Tooltip("name:N", title="Country"),
            alt.Tooltip("day:T", title="To", format="%B %-d, %Y"),
            alt.Tooltip("sum:Q", title="Deaths above expectation per 100,000", format=".0f"),
        ],
    )
    closing = (
        courses.groupby("name").tail(1).assign(text=lambda frame: frame["name"] + frame["sum"].map(" {:.0f}".format))
    )
    said = [
        f"by {words} Korea had {economy.excess(deaths, 'KOR', day)['per_100k']:.0f} and the United States "
        f"{economy.excess(deaths, 'USA', day)['per_100k']:.0f}"
        for words, day in zip(("the end of 2021", "the end of 2022"), _YEAR_ENDS, strict=True)
    ]
    sums = closing.sort_values("sum", ascending=False)["text"]
    labels = end_labels(closing, days, "sum:Q", "text", dx=7).encode(color=hue)
    return layered(lines, *nearest(lines, "day"), labels).properties(
        height=300,
        description=f"Four lines of deaths above expectation per 100,000, summed: {'; '.join(said)}. At the end of the "
        f"lines the sums are {enumerated(sums)}.",
    )
