"""Charts of North Korea's launches: by year, by class, and by week beside the allies' meetings."""

import altair as alt
import pandas as pd

from alliance.charts.deterrence.meetings import NAMED
from alliance.charts.marks import layered, series_colors
from alliance.dates import in_words
from press.chapter.theme import color

FAR = "intercontinental range"
CLASSES = [
    "short range",
    "medium and intermediate range",
    FAR,
    "submarine-launched",
    "space launch",
    "not identified",
]
#: Steps of the calendar: most missiles in a week → their words and the color of the cell, darker for more.
WEEKS = {1: ("1", "mist"), 4: ("2 to 4", "slate"), 9: ("5 to 9", "prk"), 99: ("10 or more", "ink")}


def missiles(tests: pd.DataFrame, nuclear: pd.DataFrame) -> alt.LayerChart:
    """Show missiles launched a year since 2006, those of intercontinental range apart, and years of nuclear tests.

    Parameters
    ----------
    tests, nuclear : DataFrame
        Tables ``missile_tests`` and ``nuclear_tests``.
    """
    rows = tests[tests["year"] >= 2006]
    far = rows[rows["class"] == FAR].groupby("year")["missiles"].sum()
    total = rows.groupby("year")["missiles"].sum().reindex(range(2006, 2027), fill_value=0)
    years = pd.DataFrame({"total": total, "intercontinental": far}).fillna(0).astype(int).rename_axis("year")
    years["other"] = years["total"] - years["intercontinental"]
    long = years.reset_index().melt(["year", "total"], ["intercontinental", "other"], "kind", "missiles")
    long["_rank"] = (long["kind"] == "other").astype(int)
    long["words"] = long["kind"].map({"intercontinental": "of intercontinental range", "other": "others"})
    names = "datum.label == 'others' ? 'other missiles and rockets' : datum.label"
    legend = alt.Legend(labelExpr=names, symbolType="square")
    x = alt.X("year:O", title=None).axis(labelAngle=0, values=list(range(2006, 2027, 4)))
    y = alt.Y("missiles:Q", title="missiles and rockets").scale(domain=[0, 78]).axis(values=[0, 20, 40, 60])
    tips = [
        alt.Tooltip("year:O", title="Year"),
        alt.Tooltip("total:Q", title="Missiles and rockets launched"),
        alt.Tooltip("words:N", title="In this part"),
        alt.Tooltip("missiles:Q", title="Their number"),
    ]
    bars = (
        alt.Chart(long)
        .mark_bar(stroke=color("paper"), strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=series_colors({"others": "mist", "of intercontinental range": "rose"}, "words:N", legend=legend),
            order=alt.Order("_rank:Q"),
            tooltip=tips,
        )
    )
    sums = years[years["total"] > 0].reset_index()
    numbers = alt.Chart(sums).mark_text(dy=-8, fontSize=13).encode(x=x, y=alt.Y("total:Q"), text="total:Q")
    unknown = int(rows[(rows["year"] == 2022) & (rows["class"] == "not identified")]["missiles"].sum())
    told = (
        f"Bars of missiles and rockets launched a year: few before 2014, none in 2018, {total[2022]} in 2022, "
        f"{total[2025]} in 2025, and {total[2026]} in the first months of 2026. Of intercontinental range were "
        f"{far.sum()}, in 2017 and from 2022 to 2024. Triangles mark nuclear tests from 2006 to 2017."
    )
    return layered(bars, numbers, _triangles(nuclear, x), _words(x, unknown)).properties(height=320, description=told)


def missile_classes(tests: pd.DataFrame) -> pd.DataFrame:
    """Return missiles by year (text) and class since 2012, with ``total`` and ``failed``: the rows of a table."""
    recent, years = tests[tests["year"] >= 2012], range(2012, 2027)
    grid = recent.groupby(["year", "class"])["missiles"].sum().unstack(fill_value=0)
    grid = grid.reindex(index=years, columns=CLASSES, fill_value=0)
    grid["total"] = grid.sum(axis=1)
    grid["failed"] = recent.groupby("year")["failures"].sum().reindex(years, fill_value=0)
    return grid.reset_index().astype({"year": str})


def calendar(tests: pd.DataFrame, launched: pd.DatetimeIndex, held: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """Show the launches of each week as cells, one row a year, with the allies' meetings on top.

    Parameters
    ----------
    tests : DataFrame
        Table ``missile_tests``.
    launched : DatetimeIndex
        The launch days of the period.
    held : DataFrame
        The consultations of the period, with ``date``, ``mechanism`` and ``round``.
    """
    x = alt.X("_start:T", title=None).axis(format="%b", tickCount="month", labelAlign="left", grid=False)
    x = x.scale(nice=False)
    y = alt.Y("year:O", title=None).scale(domain=[str(year) for year in range(2016, 2026)], paddingInner=0.25)
    told = (
        f"One row a year from 2016 to 2025, a cell for each week with a launch, darker for more missiles; "
        f"{len(held)} meetings as diamonds. Launches come in bursts, none in 2018, the darkest week in November 2022. "
        "Meetings fall mostly between September and December."
    )
    rows = tests[tests["date"].isin(launched.strftime("%Y-%m-%d"))]
    mark, words = _meeting_key()
    layers = layered(_weeks(rows, x, y), _meetings(held, y), mark, words)
    return layers.properties(height=330, description=told)


def _weeks(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return a cell for each week with a launch, darker for more missiles."""
    weeks = rows.assign(**_place(rows["date"])).groupby(["year", "_start", "_end"])["missiles"].sum().reset_index()
    weeks["step"] = pd.cut(weeks["missiles"], [0, *WEEKS], labels=[words for words, _ in WEEKS.values()]).astype(str)
    weeks["week"] = [f"{day:%B} {day.day}" for day in weeks["_start"]]
    legend = alt.Legend(title="missiles in a week", columns=4)
    tips = [
        alt.Tooltip("week:N", title="Week from"),
        alt.Tooltip("year:N", title="Year"),
        alt.Tooltip("missiles:Q", title="Missiles and rockets launched"),
    ]
    cells = alt.Chart(weeks).mark_rect(stroke=color("paper"), strokeWidth=0.5)
    hue = series_colors(dict(WEEKS.values()), "step:N", legend=legend)
    return cells.encode(x=x, x2="_end:T", y=y, color=hue, tooltip=tips)


def _meetings(held: pd.DataFrame, y: alt.Y) -> alt.Chart:
    """Return a diamond for each meeting, in the row of its year."""
    meetings = held.assign(**_place(held["date"]))[["year", "_middle", "mechanism", "round", "date"]]
    meetings["name"] = meetings["mechanism"].map(NAMED).str.replace("|", " ")
    meetings["when"] = meetings["date"].map(in_words)
    tips = [
        alt.Tooltip("when:N", title="Day"),
        alt.Tooltip("name:N", title="Meeting"),
        alt.Tooltip("round:Q", title="Round"),
    ]
    rings = alt.Chart(meetings).mark_point(
        shape="diamond", size=70, filled=True, fill=color("rose"), stroke=color("paper"), strokeWidth=1.2
    )
    return rings.encode(x=alt.X("_middle:T"), y=y, tooltip=tips)


def _meeting_key() -> tuple[alt.Chart, alt.Chart]:
    """Return what a diamond stands for, beside the legend of the weeks."""
    key = alt.Chart(pd.DataFrame({"text": ["allied meeting"]}))
    place = {"x": alt.value(170), "y": alt.value(-55)}
    mark = key.mark_point(shape="diamond", size=70, filled=True, color=color("rose"), opacity=1).encode(**place)
    words = key.mark_text(align="left", dx=9, fontSize=13, color=color("muted")).encode(text="text:N", **place)
    return mark, words


def _triangles(nuclear: pd.DataFrame, x: alt.X) -> alt.LayerChart:
    """Return a triangle for each year with nuclear tests, and what they mean beside the last."""
    years = nuclear.groupby("year").size().rename("tests").reset_index()
    tips = [alt.Tooltip("year:O", title="Year"), alt.Tooltip("tests:Q", title="Nuclear tests")]
    marks = alt.Chart(years).mark_point(shape="triangle-down", filled=True, size=90, color=color("ink"), opacity=1)
    name = alt.Chart(years.tail(1)).mark_text(align="left", dx=11, fontSize=13, text="nuclear tests")
    return marks.encode(x=x, y=alt.value(10), tooltip=tips) + name.encode(x=x, y=alt.value(10))


def _words(x: alt.X, unknown: int) -> alt.LayerChart | alt.FacetChart:
    """Return what explains the highest bar and the missing one."""
    notes = pd.DataFrame({"year": [2018], "missiles": [32], "text": [["no launch", "in 2018"]]})
    pause = alt.Chart(notes).mark_text(fontSize=13, color=color("muted"), baseline="bottom", dy=-16)
    unnamed = pd.DataFrame({"year": [2022], "missiles": [58], "text": [[f"{unknown} of them", "not identified"]]})
    record = alt.Chart(unnamed).mark_text(fontSize=13, color=color("muted"), align="right", dx=-17, baseline="top")
    return layered(*(text.encode(x=x, y=alt.Y("missiles:Q"), text="text:N") for text in (pause, record)))


def _place(dates: pd.Series) -> dict[str, pd.Series]:
    """Place days by year and, all in one leap year so that every day exists, by the week that begins on January 1."""
    days = pd.to_datetime("2020" + dates.str[4:])
    start = days - pd.to_timedelta((days.dt.day_of_year - 1) % 7, "D")
    end = (start + pd.Timedelta(days=7)).map(lambda day: min(day, pd.Timestamp("2020-12-31")))
    return {"year": dates.str[:4], "_middle": days, "_start": start, "_end": end}
