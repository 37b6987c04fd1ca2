"""Whether they vote alike: ideal points and roll calls of the United Nations General Assembly."""

from collections.abc import Iterable
from typing import Any, cast

import altair as alt
import pandas as pd

from alliance.charts.marks import (
    by_choice,
    chooser,
    end_labels,
    enumerated,
    layered,
    nearest,
    president_bands,
    series_colors,
    tell_choice,
)
from alliance.countries import NAMES
from press.chapter.theme import POINT, color

#: States whose votes are compared with those of the United States, by ISO code.
STATES = {code: NAMES[code] for code in ("KOR", "JPN", "AUS", "CHN", "RUS", "PRK")}

_SHORT = {"North Korea": "N. Korea"}  # on a phone
_IS_COMPARED = "datum.country == 'Korea' || datum.country == 'Japan'"  # those with thicker lines
_MARGIN = "isValid(datum.half_width) ? format(datum.half_width, '.2f') : 'not published'"

_NUDGES = {  # points of the scale by which names move, so that they do not touch
    "all": {"KOR": 0.0, "JPN": 0.24, "AUS": -0.26},
    "fp": {"KOR": 0.0, "JPN": 0.24, "AUS": -0.1},
    "legacy": {"KOR": 0.0, "JPN": 0.18, "AUS": 0.0},
}
_ABOVE = {"PRK": 2012, "CHN": 2012, "RUS": 2005}  # lines that meet at their ends: year above which a name stands


def distances(far: pd.DataFrame, presidents: pd.DataFrame, since: int, narrow: bool = False) -> alt.LayerChart:
    """Show how far six states’ ideal points lie from the American one, by one of three estimates.

    Parameters
    ----------
    far : DataFrame
        `alliance.dialogue.distances`.
    presidents : DataFrame
        Table ``presidents``.
    since : int
        First year from which Korea stands closer than Japan: a rule marks it.
    """
    far = _banded(far)
    labels = _line_names(far, narrow)
    names, told = _told_by_estimate(far.set_index(["variant", "country", "year"])["distance"])
    far = far.assign(country=far["country"].map(STATES))
    shown = "datum.variant == variant_shown"
    x = _years(2025, 6)
    y = alt.Y("distance:Q", title="points from the United States; lower is closer").scale(domain=[0, 6])
    y = y.axis(values=list(range(7)), format="d", gridColor=color("paper"))
    tooltip = [alt.Tooltip("country:N", title="Country"), *_distance_tooltip()]
    compared = alt.Chart(far).transform_filter(f"{shown} && ({_IS_COMPARED})")
    bands = compared.transform_filter("isValid(datum.half_width)").mark_area(opacity=0.2)
    lines = alt.Chart(far).transform_filter(shown).transform_calculate(margin=_MARGIN).mark_line(strokeWidth=1.8)
    lines = lines.encode(x=x, y=y, color=_hues(), tooltip=tooltip)
    bold = compared.mark_line(strokeWidth=3)
    words = ["Korea closer than", f"Japan since {since}"]
    begins = alt.Chart(pd.DataFrame({"year": [since], "text": [words]})).encode(x=x)
    chart = layered(
        *_in_office(presidents, x, narrow),
        begins.mark_rule(strokeDash=[2, 3]).encode(y=alt.value(24), y2=alt.value(360)),
        begins.mark_text(align="right", dx=-5, y=305, color=color("muted")).encode(text="text:N"),
        bands.encode(x=x, y="low:Q", y2="high:Q", color=_hues()),
        lines,
        bold.encode(x=x, y="distance:Q", color=_hues()),
        *nearest(lines),
        *(names.transform_filter(shown).encode(x=x, color=_hues()) for names in labels),
    )
    chart = chart.add_params(chooser("variant_shown", list(told), "Estimate "))
    choice = {"subtitle": by_choice("variant_shown", names), "description": by_choice("variant_shown", told)}
    return tell_choice(chart, **choice).properties(height=360, description=told["all"])


def _line_names(far: pd.DataFrame, narrow: bool) -> list[alt.Chart]:
    """Return the names at the ends of lines, and those above lines that meet at their ends."""
    at_end, inside = [], []
    lines = far.set_index("year").groupby(["variant", "country"])["distance"]
    for (variant, state), line in cast("Iterable[tuple[tuple[str, str], pd.Series]]", lines):
        name = STATES[state]
        row = {"variant": variant, "country": name, "label": _SHORT.get(name, name) if narrow else name}
        if state in _ABOVE:
            year = _ABOVE[state]
            inside.append(row | {"year": year, "distance": line.loc[year - 2 : year + 2].max() + 0.27})
        else:
            at_end.append(row | {"year": 2023, "distance": line[2023] + _NUDGES[variant][state]})
    right: dict[str, Any] = {"align": "left", "dx": 8 if narrow else 16}
    return [
        alt.Chart(pd.DataFrame(rows)).mark_text(fontWeight=600, **place).encode(y="distance:Q", text="label")
        for rows, place in ((at_end, right), (inside, {}))
    ]


def _told_by_estimate(at: pd.Series) -> tuple[dict[str, str], dict[str, str]]:
    """Return subtitle and description for each estimate; `at` holds distances by estimate, state, and year."""
    names, told = {}, {}
    for variant in ("all", "fp", "legacy"):
        names[variant] = (
            f"Distance from the United States in UN General Assembly votes, estimate “{variant}”, ideal points"
        )
        here = at[variant]
        far = [here[code, 2023] for code in ("CHN", "RUS", "PRK")]
        told[variant] = (
            f"Six lines by the estimate “{variant}”, distance in points. From 1991 to 2023 Korea’s fell from "
            f"{here['KOR', 1991]:.1f} to {here['KOR', 2023]:.1f} and Japan’s from {here['JPN', 1991]:.1f} to "
            f"{here['JPN', 2023]:.1f}; Australia’s ended at {here['AUS', 2023]:.1f}. China, Russia, and North Korea "
            f"ended far above, between {min(far):.1f} and {max(far):.1f}."
        )
    return names, told


def variants(far: pd.DataFrame) -> alt.LayerChart:
    """Show Korea’s distance from the United States by three estimates, with the interval of one.

    Parameters
    ----------
    far : DataFrame
        `alliance.dialogue.distances`.
    """
    korea = _banded(far[far["country"] == "KOR"])
    latest = korea[korea["year"] == korea.groupby("variant")["year"].transform("max")]
    nudges = latest["variant"].map({"all": -0.2, "fp": 0.06, "legacy": 0.08})
    latest = latest.assign(distance=latest["distance"] + nudges)
    at = korea.set_index(["variant", "year"])["distance"]
    told = [
        f"{name}: {at[name, 1991]:.2f} in 1991, {at[name, 2020]:.2f} in 2020, {at[name, 2023]:.2f} in 2023."
        for name in ("all", "fp", "legacy")
    ]
    dashes = {"all": [1, 0], "fp": [6, 3], "legacy": [2, 2]}
    x = _years(2025, 6)
    y = alt.Y("low:Q", title="points from the United States").scale(domain=[0, 3.2], nice=False)
    y = y.axis(values=[0, 1, 2, 3], format="d", gridColor=color("paper"))
    base = alt.Chart(korea).transform_calculate(margin=_MARGIN)
    tooltip = [alt.Tooltip("variant:N", title="Estimate"), *_distance_tooltip()]
    return (
        base.transform_filter("datum.variant == 'all'").mark_area(color=color("shade")).encode(x=x, y=y, y2="high:Q")
        + base.mark_line(point=POINT).encode(
            x=x,
            y="distance:Q",
            strokeDash=alt.StrokeDash("variant:N", legend=None).scale(domain=list(dashes), range=list(dashes.values())),
            tooltip=tooltip,
        )
        + end_labels(latest, x, "distance:Q", "variant", color=color("kor"))
    ).properties(height=270, description=f"Three lines, distance in points: {' '.join(told)}")


def agreement(yearly: pd.DataFrame, presidents: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show six states’ agreement with the United States in roll calls, by year.

    Parameters
    ----------
    yearly : DataFrame
        `alliance.dialogue.yearly_agreement` of the `STATES`.
    presidents : DataFrame
        Table ``presidents``.
    """
    last = yearly["year"].max()
    at = yearly.set_index(["country", "year"])["agreement"]
    yearly = yearly.assign(country=yearly["country"].map(STATES))
    ends = yearly[yearly["year"] == last]
    nudges = ends["country"].map({"Australia": 0.05, "Japan": -0.05, "China": 0.05, "North Korea": -0.04}).fillna(0)
    ends = ends.assign(agreement=ends["agreement"] + nudges)
    ends["label"] = ends["country"].replace(_SHORT if narrow else {})
    x = _years(2024, 8)
    y = alt.Y("agreement:Q", title="agreement, 0 to 1").scale(domain=[0, 1.12], nice=False)
    y = y.axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], gridColor=color("paper"))
    tooltip = [
        alt.Tooltip("country:N", title="Country"),
        alt.Tooltip("year:Q", title="Year", format="d"),
        alt.Tooltip("agreement:Q", title="Agreement, 0 to 1", format=".2f"),
        alt.Tooltip("votes:Q", title="Votes compared"),
    ]
    lines = alt.Chart(yearly).mark_line(strokeWidth=1.8).encode(x=x, y=y, color=_hues(), tooltip=tooltip)
    bold = alt.Chart(yearly).transform_filter("datum.country == 'Korea'").mark_line(strokeWidth=3.4, color=color("kor"))
    korea, now = at["KOR"].loc[1992:], at.xs(last, level="year").sort_values(ascending=False).rename(index=STATES)
    told = (
        f"Six lines. Korea’s was lowest in {korea.idxmin()}, at {korea.min():.2f}, highest in {korea.idxmax()}, at "
        f"{korea.max():.2f}, and {korea[last]:.2f} in {last}. That year {enumerated(now.index[:3])} lie between "
        f"{now.iloc[2]:.2f} and {now.iloc[0]:.2f}, and {enumerated(now.index[3:])} at {now.iloc[3]:.2f} or below."
    )
    return layered(
        *_in_office(presidents, x, narrow),
        lines,
        bold.encode(x=x, y="agreement:Q"),
        *nearest(lines),
        end_labels(ends, x, "agreement:Q", "label").encode(color=_hues()),
    ).properties(height=340, description=told)


def issues(every: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show agreement with the United States by subject in several periods, for one of six states.

    Parameters
    ----------
    every : DataFrame
        `alliance.dialogue.issues_by_period` of the `STATES`; periods in order.
    narrow : bool
        For a phone: the subjects stand above their rows.
    """
    every = every[~every["issue"].isin(["none of these"])]
    periods = dict(zip(every["period"].unique(), ["mist", "slate", "rose"], strict=True))
    korea = every[every["state"] == STATES["KOR"]]
    last = korea[korea["period"] == list(periods)[-1]].sort_values("agreement", ascending=False)
    latest = every[every["period"] == list(periods)[-1]]
    base = alt.Chart(every).transform_filter("datum.state == state_shown")
    order = sorted(last["issue"], key=lambda issue: issue != "all roll calls")  # the sum first, then its parts
    y = alt.Y("issue:N", title=None, sort=order).axis(labelLimit=0, grid=False, domain=False, minExtent=140)
    names = alt.Chart(last[["issue"]]).mark_text(align="left", baseline="bottom", dy=-9)
    if narrow:
        y = alt.Y("issue:N", sort=order).axis(None)
    base = base.encode(y=y)
    ranges = base.transform_aggregate(low="min(agreement)", high="max(agreement)", groupby=["issue"])
    x = alt.X("low:Q", title="agreement, 0 to 1").scale(domain=[0, 1]).axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    tooltip = [
        alt.Tooltip("state:N", title="Country"),
        alt.Tooltip("issue:N", title="Subject"),
        alt.Tooltip("period:N", title="Years"),
        alt.Tooltip("agreement:Q", title="Agreement, 0 to 1", format=".2f"),
        alt.Tooltip("votes:Q", title="Votes compared"),
    ]
    hue = series_colors(periods, "period:N", legend=alt.Legend())
    chart = ranges.mark_rule(color=color("rule"), strokeWidth=2).encode(x=x, x2="high:Q") + base.mark_circle(
        size=110, opacity=1, stroke=color("paper"), strokeWidth=1
    ).encode(x="agreement:Q", tooltip=tooltip, color=hue)
    if narrow:
        chart += names.encode(x=alt.value(0), y=y, text="issue:N")
    choice = chooser("state_shown", list(STATES.values()), "Agreement of the United States with ")
    titles, told = ({name: say(name, latest) for name in STATES.values()} for say in (_most_agreed, _agreed_on))
    chart = tell_choice(
        chart.add_params(choice), title=by_choice("state_shown", titles), description=by_choice("state_shown", told)
    )
    return chart.properties(height=330 if narrow else 280, description=told[STATES["KOR"]])


def _most_agreed(state: str, latest: pd.DataFrame) -> str:
    """Name the subject on which a state agreed most with the United States."""
    subjects = latest[(latest["state"] == state) & (latest["issue"] != "all roll calls")]
    most = subjects.nlargest(1, "agreement")["issue"].item()
    return f"{state} and the United States agreed most on {most}, {latest['period'].iloc[0]}"


def _agreed_on(state: str, latest: pd.DataFrame) -> str:
    """Say how far a state agreed with the United States on each subject."""
    rows = latest[latest["state"] == state].sort_values("agreement", ascending=False)
    told = [f"{row.issue} {row.agreement:.2f}" for row in rows.itertuples()]
    return f"Dots by subject, agreement with {state} in {latest['period'].iloc[0]}: {', '.join(told)}."


def _years(stop: int, step: int) -> alt.X:
    """Return an axis of years from 1991, with a tick after each `step` before `stop`."""
    ticks = list(range(1991, stop, step))
    return alt.X("year:Q", title=None).axis(format="d", values=ticks).scale(domain=[1991, 2024], nice=False, zero=False)


def _hues() -> alt.Color:
    """Return the colors of countries."""
    return series_colors({name: code.lower() for code, name in STATES.items()}, "country:N")


def _in_office(presidents: pd.DataFrame, x: alt.X, narrow: bool) -> list[alt.Chart]:
    """Return the bands of U.S. presidents; on a phone Trump’s name stands lower, clear of those beside it."""
    bands = president_bands(presidents, "USA", (1991, 2024), min_years=4.5 if narrow else 2.5)
    if not narrow:
        return bands
    for year, name, y in ((2019, "Trump", 20), (2022.5, "Biden", 4)):
        one = alt.Chart(alt.InlineData(values=[{"year": year, "text": name}], name=f"name-{name}"))
        mark = one.mark_text(y=y, baseline="top", color=color("muted"), fontSize=13)
        bands.append(mark.encode(x=x, text="text:N"))
    return bands


def _banded(far: pd.DataFrame) -> pd.DataFrame:
    """Add the ends of the interval, `low` and `high`; no distance is negative."""
    low = (far["distance"] - far["half_width"]).clip(lower=0)
    return far.assign(low=low, high=far["distance"] + far["half_width"])


def _distance_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("year:Q", title="Year", format="d"),
        alt.Tooltip("distance:Q", title="Points from the United States", format=".2f"),
        alt.Tooltip("margin:N", title="Plus or minus (90%)"),
    ]
