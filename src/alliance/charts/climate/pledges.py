"""What was pledged: the table of pledges, and who was a party to the Paris Agreement when."""

import altair as alt
import pandas as pd

from alliance.charts.climate.common import BOTH, HUES, one_or_two
from alliance.charts.marks import end_labels, series_colors
from alliance.countries import NAMES
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


def timeline(spans: pd.DataFrame, events: pd.DataFrame, targets: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show memberships of the Paris Agreement as bars with their months, pledges and other acts as points on them.

    Parameters
    ----------
    spans : DataFrame
        What `memberships` returns.
    events, targets : DataFrame
        Tables `climate_events` and `climate_targets`.
    narrow : bool, optional
        The layout for phones, which shortens the months.
    """
    ticks = [2016, 2018, 2020, 2022, 2024, 2026]
    span = alt.X("start:Q", title=None).axis(format="d", values=ticks)
    span = span.scale(domain=[2016, 2026.7], nice=False, zero=False)
    time, rows = alt.X("at:Q"), alt.Y("name:N", title=None).axis(None)
    hues, gray = series_colors(HUES), color("muted")
    kinds = alt.Shape("kind:N").scale(domain=["pledge", "other act"], range=["circle", "diamond"])
    kinds = kinds.legend(symbolFillColor=gray, symbolStrokeColor=gray)
    tooltip = [
        alt.Tooltip("name:N", title="Country"),
        alt.Tooltip("day:N", title="Date"),
        alt.Tooltip("event:N", title="Act"),
    ]
    acts = _acts(events, targets)
    form = "%b ’%y" if narrow else "%B %Y"
    months = [
        f"{_month(start, form)} – {_month(stop, form)}" for start, stop in zip(spans["date"], spans["to"], strict=True)
    ]
    spans = spans.assign(months=months, middle=(spans["start"] + spans["stop"]) / 2)
    named, party = alt.Chart(spans), alt.Tooltip("months:N", title="Party to the Paris Agreement")
    bars = named.mark_bar(height=18, opacity=0.35).encode(x=span, x2="stop:Q", y=rows, color=hues, tooltip=[party])
    dots = alt.Chart(acts).mark_point(filled=True, size=80, opacity=1)
    numbered = alt.Chart(_last_pledges(acts, targets)).mark_text(dy=-18, fontSize=13)
    heads = pd.DataFrame({"name": list(HUES), "at": [2016, 2016]})
    return (
        bars
        + dots.encode(x=time, y=rows, color=hues, shape=kinds, tooltip=tooltip)
        + numbered.encode(x=time, y=rows, text="text:N", color=hues)
        + named.mark_text(dy=22, fontSize=13, color=gray).encode(x="middle:Q", y=rows, text="months:N")
        + end_labels(heads, time, rows, dx=0, dy=-34, fontSize=14).encode(color=hues)
    ).properties(height=210, description=_timeline_text(spans, len(targets), len(events)))


def _last_pledges(acts: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Take the last pledge of each state for 2030 and for 2035, with the words that name it."""
    latest = targets[targets["target_year"].isin([2030, 2035])].groupby(["country", "target_year"]).tail(1)
    days = set(zip(latest["country"].map(NAMES), latest["submitted_on"], strict=True))
    rows = acts[acts["kind"] == "pledge"]
    rows = rows[[key in days for key in zip(rows["name"], rows["date"], strict=True)]]
    return rows.assign(text=[f"for {year:.0f}" for year in rows["year"]])


def _month(day: str, form: str) -> str:
    return pd.Timestamp(day).strftime(form)


def _acts(events: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Pledges and other acts in one table, in words and decimal years."""
    pledges = targets.rename(columns={"submitted_on": "date", "instrument": "event", "target_year": "year"}).assign(
        kind="pledge"
    )
    acts = pd.concat([pledges, events.assign(kind="other act")])
    days = pd.to_datetime(acts["date"]).dt.strftime("%B %-d, %Y")
    acts = acts.assign(name=acts["country"].map(NAMES), at=_decimal_years(acts["date"]), day=days)
    return acts[["name", "at", "date", "day", "event", "kind", "year"]]


def _timeline_text(spans: pd.DataFrame, pledges: int, others: int) -> str:
    bars = "; ".join(
        f"{name} from {start} to {stop}" for name, start, stop in spans[["name", "date", "to"]].itertuples(index=False)
    )
    return f"Two rows of bars. {bars}. Points mark {pledges} pledges and {others} other acts."


def _decimal_years(days: pd.Series) -> pd.Series:
    day = pd.to_datetime(days)
    return day.dt.year + (day.dt.day_of_year - 1) / 365.25
