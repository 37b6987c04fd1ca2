"""Whether they vote alike: ideal points and roll calls of the United Nations General Assembly."""

import altair as alt
import pandas as pd

from alliance.charts.marks import chooser, end_labels, series_colors
from press.chapter.theme import POINT, color

#: States whose votes are compared with those of the United States, by ISO code.
STATES = {
    "KOR": "Republic of Korea",
    "JPN": "Japan",
    "AUS": "Australia",
    "CHN": "China",
    "RUS": "Russia",
    "PRK": "DPRK",
}

#: The same, as the ends of lines name them.
NAMES = STATES | {"KOR": "Korea"}

_NUDGES = {  # points of the scale by which names move, so that they do not touch
    "all": {"KOR": -0.16, "JPN": 0.12, "AUS": -0.3, "CHN": -0.28, "RUS": 0.0, "PRK": 0.3},
    "fp": {"KOR": -0.08, "JPN": 0.12, "AUS": -0.1, "CHN": 0.25, "RUS": -0.12, "PRK": 0.08},
    "legacy": {"KOR": -0.08, "JPN": 0.08, "AUS": 0.0, "CHN": 0.25, "RUS": -0.1, "PRK": 0.03},
}


def distances(far: pd.DataFrame) -> alt.LayerChart:
    """Show how far six states’ ideal points lie from the American one, by one of three estimates.

    Parameters
    ----------
    far : DataFrame
        `alliance.dialogue.distances`.
    """
    far = _banded(far)
    ends = far[far["year"] == 2023]
    nudges = [_NUDGES[variant][state] for variant, state in zip(ends["variant"], ends["country"], strict=True)]
    ends = ends.assign(text=ends["country"].map(NAMES), distance=ends["distance"] + nudges)
    shown = "datum.variant == variant_shown"
    x = _years(2025, 6, end=2031)
    lines = alt.Chart(far).transform_filter(shown).mark_line(point=POINT)
    chart = (
        alt.Chart(far.dropna(subset="half_width"))
        .transform_filter(shown)
        .mark_area(opacity=0.13)
        .encode(x=x, y="low:Q", y2="high:Q", color=_hues())
        + lines.encode(
            x=x,
            y=alt.Y("distance:Q", title="distance, points").scale(domain=[0, 6]),
            color=_hues(),
            tooltip=["country", "year", "variant", *_distance_tooltip()],
        )
        + alt.Chart(far)
        .transform_filter(f"{shown} && datum.country == 'KOR'")
        .mark_line(strokeWidth=3.4)
        .encode(x=x, y="distance:Q")
        + end_labels(ends, x, "distance:Q", "text", dx=14).transform_filter(shown).encode(color=_hues())
    )
    at = far[far["variant"] == "all"].set_index(["country", "year"])["distance"]
    told = ", ".join(f"{name} {at[state, 1991]:.1f} and {at[state, 2023]:.1f}" for state, name in STATES.items())
    return chart.add_params(chooser("variant_shown", ["all", "fp", "legacy"], "Estimate ")).properties(
        height=340, description=f"Six lines by the estimate “all”, distance in points in 1991 and 2023: {told}."
    )


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
    x = _years(2025, 6, end=2028)
    y = alt.Y("low:Q", title="distance, points").scale(domain=[0, 3.2])
    base = alt.Chart(korea)
    return (
        base.transform_filter("datum.variant == 'all'").mark_area(color=color("shade")).encode(x=x, y=y, y2="high:Q")
        + base.mark_line(point=POINT).encode(
            x=x,
            y="distance:Q",
            strokeDash=alt.StrokeDash("variant:N", legend=None).scale(domain=list(dashes), range=list(dashes.values())),
            tooltip=["variant", "year", *_distance_tooltip()],
        )
        + end_labels(latest, x, "distance:Q", "variant", color=color("kor"))
    ).properties(height=270, description=f"Three lines, distance in points: {' '.join(told)}")


def agreement(yearly: pd.DataFrame) -> alt.LayerChart:
    """Show six states’ agreement with the United States in roll calls, by year.

    Parameters
    ----------
    yearly : DataFrame
        `alliance.dialogue.yearly_agreement` of the `STATES`.
    """
    last = yearly["year"].max()
    ends = yearly[yearly["year"] == last]
    nudges = ends["country"].map({"AUS": 0.04, "JPN": -0.04, "CHN": 0.04, "PRK": -0.03}).fillna(0)
    ends = ends.assign(text=ends["country"].map(NAMES), agreement=ends["agreement"] + nudges)
    x = _years(2024, 8, end=2030)
    lines = alt.Chart(yearly).mark_line(point=POINT)
    chart = (
        lines.encode(
            x=x,
            y=alt.Y("agreement:Q", title="agreement, 0 to 1").scale(domain=[0, 1]),
            color=_hues(),
            tooltip=["country", "year", alt.Tooltip("agreement", format=".2f"), "votes"],
        )
        + alt.Chart(yearly[yearly["country"] == "KOR"]).mark_line(strokeWidth=3.4).encode(x=x, y="agreement:Q")
        + end_labels(ends, x, "agreement:Q", "text").encode(color=_hues())
    )
    at = yearly.set_index(["country", "year"])["agreement"]
    told = ", ".join(f"{name} {at[state, 1991]:.2f} and {at[state, last]:.2f}" for state, name in STATES.items())
    return chart.properties(height=320, description=f"Six lines, agreement in 1991 and {last}: {told}.")


def issues(every: pd.DataFrame) -> alt.LayerChart:
    """Show agreement with the United States by subject in several periods, for one of six states.

    Parameters
    ----------
    every : DataFrame
        `alliance.dialogue.agreement_by_issue` with ``period`` and ``state`` (one of `NAMES`); periods in order.
    """
    periods = dict(zip(every["period"].unique(), ["other", "tint", "kor"], strict=True))
    korea = every[every["state"] == NAMES["KOR"]]
    last = korea[korea["period"] == list(periods)[-1]]
    order = last.sort_values("agreement", ascending=False)["issue"].tolist()
    told = [
        f"{name}: " + ", ".join(f"{row.agreement:.2f} in {row.period}" for row in part.itertuples()) + "."
        for name, part in korea.groupby("issue", sort=False)
    ]
    base = alt.Chart(every).transform_filter("datum.state == state_shown")
    base = base.encode(y=alt.Y("issue:N", title=None, sort=order).axis(labelLimit=160))
    ranges = base.transform_aggregate(low="min(agreement)", high="max(agreement)", groupby=["issue"])
    x = alt.X("low:Q", title="agreement, 0 to 1").scale(domain=[0, 1])
    chart = ranges.mark_rule(color=color("muted")).encode(x=x, x2="high:Q") + base.mark_circle(
        size=85, opacity=1
    ).encode(
        x="agreement:Q",
        tooltip=["state", "issue", "period", alt.Tooltip("agreement", format=".2f"), "votes"],
        color=series_colors(periods, "period:N", legend=alt.Legend()),
    )
    choice = chooser("state_shown", list(NAMES.values()), "Agreement of the United States with ")
    return chart.add_params(choice).properties(
        height=270, description=f"Dots by subject, agreement in three periods: {' '.join(told)}"
    )


def _years(stop: int, step: int, end: int) -> alt.X:
    """Return an axis of years from 1991, with space for names up to `end`."""
    ticks = list(range(1991, stop, step))
    return alt.X("year:Q", title=None).axis(format="d", values=ticks).scale(domain=[1991, end], nice=False, zero=False)


def _hues() -> alt.Color:
    return series_colors({state: state.lower() for state in STATES}, "country:N")


def _banded(far: pd.DataFrame) -> pd.DataFrame:
    """Add the ends of the interval, `low` and `high`; no distance is negative."""
    low = (far["distance"] - far["half_width"]).clip(lower=0)
    return far.assign(low=low, high=far["distance"] + far["half_width"])


def _distance_tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("distance", format=".2f"),
        alt.Tooltip("half_width", title="± (90%)", format=".2f"),
    ]
