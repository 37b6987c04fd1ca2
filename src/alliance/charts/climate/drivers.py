"""What moved emissions: the factors of the Kaya identity, sectors, and sources of electricity."""

import altair as alt
import pandas as pd

from alliance import climate
from alliance.charts.climate.common import HUES, NAMES, STATES, named_lines
from alliance.charts.marks import panels, series_colors
from press.chapter.theme import POINT, color

GROUPS = {"coal": "coal", "gas": "gas", "nuclear": "nuclear", "wind": "wind and sun", "solar": "wind and sun"}


def effects(table: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    """Return the effects of the four factors on both states' carbon dioxide, also in percent of where it began.

    Parameters
    ----------
    table : DataFrame
        Table `kaya`.
    years : list of int
        Limits of the periods, ascending.

    Returns
    -------
    DataFrame
        As `climate.decomposition` has it, with the columns `period` and `share_pct`.
    """
    frame = pd.concat([climate.decomposition(table, country, years) for country in NAMES])
    start = {country: climate.emissions(table, country, "co2_mt") for country in NAMES}
    rows = zip(frame["effect_mt"], frame["country"], frame["first"], strict=True)
    return frame.assign(
        period=frame["first"].astype(str) + "–" + frame["last"].astype(str),
        share_pct=[100 * effect / start[country][first] for effect, country, first in rows],
    )


def kaya(frame: pd.DataFrame, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show the effects of the factors by period, stacked, with their sum as a diamond.

    Parameters
    ----------
    frame : DataFrame
        What `effects` returns.
    narrow : bool, optional
        The layout for phones.
    """
    size = {"width": 280, "height": 200} if narrow else {"width": 285, "height": 230}
    parts = [_stack(frame[frame["country"] == country], country).properties(**size) for country in NAMES]
    said = []
    for country, name in NAMES.items():
        for period, rows in frame[frame["country"] == country].groupby("period", sort=False):
            mt = rows.set_index("factor")["effect_mt"]
            each = ", ".join(f"{factor} {effect:+,.0f}" for factor, effect in mt.items())
            said.append(f"{name}, {period}: {each}, sum {mt.sum():+,.0f} million tonnes.")
    return panels(*parts, narrow=narrow).properties(description=" ".join(said))


def sectors(points: dict[str, pd.Series], changes: dict[str, pd.Series]) -> alt.Chart:
    """Show the change of each sector's carbon dioxide in both states.

    Parameters
    ----------
    points : dict of str to Series
        ISO code → change by sector, in points of the state's total of the first year.
    changes : dict of str to Series
        The same in million tonnes, for the reader who points at a bar.
    """
    moved = pd.concat(
        [
            values.rename("points").reset_index().assign(country=NAMES[country], change_mt=changes[country].array)
            for country, values in points.items()
        ]
    )
    order = list(points["KOR"].sort_values().index)
    share = alt.Tooltip("points", format=".1f")
    mt = alt.Tooltip("change_mt", format=",.0f", title="million tonnes")
    bars = _pairs(moved, alt.X("points:Q", title="points of 2018’s total"), "sector", order, height=11)
    said = [f"{NAMES[country]}: {_signed(values[order])}." for country, values in points.items()]
    bars = bars.encode(tooltip=["country", "sector", share, mt])
    return bars.properties(height=270, description=" ".join(said))


def power(shares: dict[str, pd.DataFrame], narrow: bool = False) -> alt.VConcatChart:
    """Show the shares of four sources of electricity, a panel for each with both states.

    Parameters
    ----------
    shares : dict of str to DataFrame
        ISO code → `climate.generation_shares`, percent.
    narrow : bool, optional
        The layout for phones.
    """
    mix = pd.concat([_grouped(table).assign(country=NAMES[country]) for country, table in shares.items()])
    names = list(dict.fromkeys(GROUPS.values()))
    size = {"width": 285, "height": 110} if narrow else {"width": 290, "height": 140}
    parts = [_source(mix[mix["source"] == name]).properties(title=name, **size) for name in names]
    rows = parts if narrow else [panels(*parts[:2]), panels(*parts[2:])]
    at = mix.set_index(["country", "source", "year"])["share"]
    first, last = 2000, mix["year"].max()
    said = []
    for country in HUES:
        each = [
            f"{name} from {at[country, name, first]:.0f} to {at[country, name, last]:.0f} percent" for name in names
        ]
        said.append(f"{country}: {', '.join(each)}.")
    return alt.vconcat(*rows).properties(description=" ".join(said))


def fuel_gap(shares: dict[str, pd.DataFrame], years: list[int], last: int) -> alt.Chart:
    """Show what each source gained or lost since a first year that the reader chooses; the last is shown at first.

    Parameters
    ----------
    shares : dict of str to DataFrame
        As in `power`.
    years : list of int
        First years to choose from.
    last : int
        Year up to which changes are counted.
    """
    steps = pd.concat(
        [
            _gain(table, since, last).reset_index().assign(country=NAMES[country], since=since)
            for country, table in shares.items()
            for since in years
        ]
    )
    default = years[-1]
    order = list(_gain(shares["KOR"], default, last).sort_values().index)
    chosen = alt.param(name="since", value=default, bind=alt.binding_select(options=years, name="First year "))
    x = alt.X("points:Q", title="points").scale(domain=[-40, 30])
    bars = _pairs(steps, x, "fuel", order, height=10).transform_filter("datum.since == since")
    bars = bars.encode(tooltip=["country", "fuel", "since", alt.Tooltip("points", format="+.1f")])
    said = [
        f"{NAMES[country]}, {default}–{last}: {_signed(_gain(table, default, last)[order])} points."
        for country, table in shares.items()
    ]
    return bars.add_params(chosen).properties(height=300, description=" ".join(said))


def intensity(grams: dict[str, pd.Series]) -> alt.TopLevelMixin:
    """Show the carbon dioxide of a kilowatt-hour in both states; `grams` is ISO code → grams by year."""
    kor, usa = grams["KOR"], grams["USA"]
    last = kor.index.max()
    y = alt.Y("grams:Q", title="grams per kWh").scale(domainMin=0)
    places = pd.DataFrame({"country": list(HUES), "year": 2012, "grams": [kor[2012] + 45, usa[2012] - 55]})
    said = (
        f"Two lines. Korea: {kor[2000]:.0f} in 2000, {kor.max():.0f} at most, in {kor.idxmax()}, "
        f"{kor[last]:.0f} in {last}. "
        f"United States: {usa[2000]:.0f}, falling to {usa[last]:.0f}."
    )
    lines, names = named_lines(grams, "grams", y, ".0f", places)
    return (lines + names).properties(height=260, description=said)


def _stack(frame: pd.DataFrame, country: str) -> alt.LayerChart:
    """One state's effects by period, with their sum."""
    hue = color(country.lower())
    x = alt.X("period:N", title=None).axis(labelAngle=0)
    y = alt.Y("share_pct:Q", title="% of the start").scale(domain=[-50, 150])
    hues = dict(zip(climate.KAYA, ("shade", "other", "tint", "ink"), strict=True))
    share, mt = alt.Tooltip("share_pct", format=".1f"), alt.Tooltip("effect_mt", format=",.0f")
    rows = alt.Chart(frame)
    bars = rows.mark_bar(size=44, stroke=color("muted"), strokeWidth=0.6).encode(
        x=x,
        y=y,
        color=series_colors(hues, "factor:N", legend=alt.Undefined),
        tooltip=["period", "factor", share, mt],
    )
    sums = rows.transform_aggregate(total="sum(share_pct)", groupby=["period"])
    points = sums.mark_point(
        shape="diamond", size=130, fill=hue, stroke=color("paper"), strokeWidth=1.8, opacity=1
    ).encode(x=x, y="total:Q", tooltip=["period", alt.Tooltip("total:Q", format=".1f")])
    return (bars + points).properties(title=alt.Title(NAMES[country], color=hue))


def _pairs(frame: pd.DataFrame, x: alt.X, field: str, order: list[str], height: int) -> alt.Chart:
    """Bars of both states, a pair for each value of `field`."""
    y = alt.Y(f"{field}:N", title=None, sort=order).axis(grid=False, labelLimit=240)
    return alt.Chart(frame).mark_bar(height=height).encode(x=x, y=y, yOffset="country:N", color=STATES)


def _source(frame: pd.DataFrame) -> alt.Chart:
    """One source of electricity in both states."""
    x = alt.X("year:Q", title=None).axis(format="d", values=[2000, 2010, 2020]).scale(zero=False, nice=False)
    y = alt.Y("share:Q", title="%").scale(domain=[0, 60])
    lines = alt.Chart(frame).mark_line(point=POINT)
    return lines.encode(x=x, y=y, color=STATES, tooltip=["country", "year", alt.Tooltip("share", format=".1f")])


def _grouped(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares of the sources that are drawn: `year`, `source`, `share`."""
    long = shares.reset_index().melt("year", var_name="fuel", value_name="share")
    return long.assign(source=long["fuel"].map(GROUPS)).groupby(["year", "source"])["share"].sum().reset_index()


def _gain(shares: pd.DataFrame, first: int, last: int) -> pd.Series:
    """Points that each source gained between two years."""
    fuels = shares.T
    return (fuels[last] - fuels[first]).rename("points")


def _signed(values: pd.Series) -> str:
    return ", ".join(f"{name} {value:+.1f}" for name, value in values.items())
