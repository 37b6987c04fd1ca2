"""What was pledged: the table of pledges, and who was a party to the Paris Agreement when."""

import altair as alt
import pandas as pd

from alliance.charts.climate.common import BOTH, HUES, one_or_two
from alliance.charts.marks import end_labels, enumerated, series_colors
from alliance.countries import NAMES
from alliance.dates import in_words
from alliance.rows import records
from press.chapter.theme import color


def pledged(targets: pd.DataFrame) -> pd.DataFrame:
    """Put the cuts and base years of `climate_targets` in words, in the columns `name`, `cut`, and `base`."""
    rows = list(zip(targets["cut_low_pct"], targets["cut_high_pct"], targets["base_year"], strict=True))
    return targets.assign(
        name=targets["country"].map(NAMES),
        cut=["net zero" if low == 100 else one_or_two(low, high) + "%" for low, high, _ in rows],
        base=[
            "business as usual" if pd.isna(year) and low < 100 else "–" if pd.isna(year) else str(year)
            for low, _, year in rows
        ],
    )


def memberships(joined: pd.DataFrame, left: pd.DataFrame, end: str) -> pd.DataFrame:
    """Return the times for which states were parties to an agreement.

    Parameters
    ----------
    joined, left : DataFrame
        Rows of `climate_events`: entries into force for a state, and departures that took effect.
    end : str
        Day on which a membership ends that was not left.

    Returns
    -------
    DataFrame
        One row for each membership, by its first day: `name` of the state, `start` and `stop` as decimal years,
        and the same two as days, `date` and `to`.
    """
    until = {country: [*sorted(left.loc[left["country"] == country, "date"]), end] for country in BOTH}
    spans = joined.sort_values("date").assign(
        name=lambda f: f["country"].map(NAMES), to=lambda f: [until[country].pop(0) for country in f["country"]]
    )
    spans = spans.assign(start=_decimal_years(spans["date"]), stop=_decimal_years(spans["to"]))
    return spans[["name", "start", "stop", "date", "to"]]


def timeline(spans: pd.DataFrame, targets: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show memberships of the Paris Agreement as bars with their months, and the last pledges as points on them.

    Parameters
    ----------
    spans : DataFrame
        What `memberships` returns.
    targets : DataFrame
        Table `climate_targets`.
    narrow : bool, optional
        The layout for phones, which shortens the months.
    """
    span = alt.X("start:Q", title=None).axis(format="d", values=[2016, 2018, 2020, 2022, 2024, 2026])
    span = span.scale(domain=[2016, 2026.7], nice=False, zero=False)
    rows, hues, gray = alt.Y("name:N", title=None).axis(None), series_colors(HUES), color("muted")
    pledges = _last_pledges(targets)
    form = "%b ’%y" if narrow else "%B %Y"
    months = [
        f"{_month(start, form)} – {_month(stop, form)}" for start, stop in zip(spans["date"], spans["to"], strict=True)
    ]
    spans = spans.assign(months=months, _middle=(spans["start"] + spans["stop"]) / 2)
    named, party = alt.Chart(spans), alt.Tooltip("months:N", title="Party to the Paris Agreement")
    bars = named.mark_bar(height=20, opacity=0.35).encode(x=span, x2="stop:Q", y=rows, color=hues, tooltip=[party])
    tooltip = [
        alt.Tooltip("name:N", title="Country"),
        alt.Tooltip("day:N", title="Filed"),
        alt.Tooltip("text:N", title="What"),
    ]
    dots = alt.Chart(pledges).mark_point(filled=True, size=110, opacity=1)
    words = alt.Chart(pledges).mark_text(dy=-20, fontSize=13)
    heads = pd.DataFrame({"name": list(HUES), "_at": [2016, 2016]})
    return (
        bars
        + dots.encode(x="_at:Q", y=rows, color=hues, tooltip=tooltip)
        + words.encode(x="_beside:Q", y=rows, text="text:N", color=hues)
        + named.mark_text(dy=23, fontSize=13, color=gray).encode(x="_middle:Q", y=rows, text="months:N")
        + end_labels(heads, "_at:Q", rows, dx=0, dy=-34, fontSize=14).encode(color=hues)
    ).properties(height=210, description=_timeline_text(spans, pledges))


def _last_pledges(targets: pd.DataFrame) -> pd.DataFrame:
    """Take the last pledge of each state for 2030 and for 2035, with the words that name it and where they stand."""
    last = targets[targets["target_year"].isin([2030, 2035])].groupby(["country", "target_year"]).tail(1)
    at = _decimal_years(last["submitted_on"])
    return pd.DataFrame(
        {
            "name": last["country"].map(NAMES),
            "_at": at,
            "_beside": at.clip(upper=2025.5),  # the words stay within the chart
            "day": last["submitted_on"].map(in_words),
            "text": [f"{year:.0f} pledge" for year in last["target_year"]],
        }
    )


def _month(day: str, form: str) -> str:
    return pd.Timestamp(day).strftime(form)


def _timeline_text(spans: pd.DataFrame, pledges: pd.DataFrame) -> str:
    said = []
    for name, part in spans.groupby("name"):
        member = [f"from {in_words(row.date)}, to {in_words(row.to)}" for row in records(part)]
        filed = [f"its {row.text} on {row.day}" for row in pledges[pledges["name"] == name].itertuples()]
        said.append(f"{name}: a party {', and '.join(member)}; it filed {enumerated(filed)}.")
    return f"Two rows of bars with points. {' '.join(said)}"


def _decimal_years(days: pd.Series) -> pd.Series:
    day = pd.to_datetime(days)
    return day.dt.year + (day.dt.day_of_year - 1) / 365.25
