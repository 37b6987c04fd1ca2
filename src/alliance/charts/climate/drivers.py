"""What moved emissions: the factors of the Kaya identity, sectors, and sources of electricity."""

import altair as alt
import pandas as pd

from alliance import climate
from alliance.charts.climate.common import BOTH, HUES, STATE, STATES, YEAR, named_lines
from alliance.charts.marks import end_labels, enumerated, layered, nearest, panels, series_colors
from alliance.countries import NAMES
from press.chapter.theme import color

#: Factors of the Kaya identity in everyday words, in its order.
FACTORS = {
    "population": "More people",
    "output per person": "More output per person",
    "energy per output": "Less energy per output",
    "carbon per energy": "Less carbon per energy",
}
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
    frame = pd.concat([climate.decomposition(table, country, years) for country in BOTH])
    start = {country: climate.emissions(table, country, "co2_mt") for country in BOTH}
    rows = zip(frame["effect_mt"], frame["country"], frame["first"], strict=True)
    return frame.assign(
        period=frame["first"].astype(str) + "–" + frame["last"].astype(str),
        share_pct=[100 * effect / start[country][first] for effect, country, first in rows],
    )


def kaya(frame: pd.DataFrame, first: int, narrow: bool = False) -> alt.HConcatChart | alt.VConcatChart:
    """Show the effects of the factors in one period as a waterfall for each state, the whole change at its foot.

    Parameters
    ----------
    frame : DataFrame
        What `effects` returns.
    first : int
        First year of the period.
    narrow : bool, optional
        The layout for phones.
    """
    size = {"width": 174, "height": 190} if narrow else {"width": 227, "height": 210}
    period = frame[frame["first"] == first]
    steps = {country: _steps(period[period["country"] == country]) for country in BOTH}
    parts = [
        _waterfall(rows, country, labels=narrow or country == "KOR").properties(**size)
        for country, rows in steps.items()
    ]
    said = []
    for country, rows in steps.items():
        people, output, energy, carbon, whole = rows["moved"]
        said.append(
            f"{NAMES[country]}: more people and more output came to {people + output:+.1f} percent of {first}, less "
            f"energy per output to {energy:+.1f}, less carbon per energy to {carbon:+.1f}, all together {whole:+.1f}."
        )
    return panels(*parts, narrow=narrow).properties(description="Waterfalls. " + " ".join(said))


def sectors(points: dict[str, pd.Series], changes: dict[str, pd.Series]) -> alt.Chart:
    """Show the change of each sector's carbon dioxide in both states.

    Parameters
    ----------
    points : dict of str to Series
        ISO code → change by sector, in points of the state's total of the first year.
    changes : dict of str to Series
        The same in million metric tons, for the reader who points at a bar.
    """
    moved = pd.concat(
        [
            values.rename("points").reset_index().assign(country=NAMES[country], change_mt=changes[country].array)
            for country, values in points.items()
        ]
    )
    order = list(points["KOR"].sort_values().index)
    share = alt.Tooltip("points:Q", format="+.1f", title="Percent of the total of 2018")
    mt = alt.Tooltip("change_mt:Q", format="+,.0f", title="Million metric tons")
    axis = alt.X("points:Q", title="percent of the total of 2018").axis(tickCount=5)
    bars = _pairs(moved, axis, "sector", order, height=11)
    said = []
    for country, values in points.items():
        fell = values.sort_values()
        said.append(
            f"{NAMES[country]}: {_signed(fell.iloc[:2])}; the other sectors lie between {fell.iloc[2]:+.1f} and "
            f"{fell.iloc[-1]:+.1f} ({fell.index[-1]})."
        )
    bars = bars.encode(tooltip=[STATE, alt.Tooltip("sector:N", title="Sector"), share, mt])
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
    size = {"width": 230, "height": 120} if narrow else {"width": 200, "height": 140}
    parts = [_source(mix[mix["source"] == name]).properties(title=name, **size) for name in names]
    rows = parts if narrow else [panels(*parts[:2]), panels(*parts[2:])]
    at = mix.set_index(["country", "source", "year"])["share"]
    first, last = 2000, mix["year"].max()
    said = [
        f"{name[0].upper()}{name[1:]}: "
        + enumerated(
            f"from {at[country, name, first]:.0f} to {at[country, name, last]:.0f} percent in {where}"
            for country, where in zip(HUES, ("Korea", "the United States"), strict=True)
        )
        for name in names
    ]
    return alt.vconcat(*rows).properties(description=f"Lines from {first} to {last}. {'. '.join(said)}.")


def intensity(grams: dict[str, pd.Series]) -> alt.TopLevelMixin:
    """Show the carbon dioxide of a kilowatt-hour in both states; `grams` is ISO code → grams by year."""
    kor, usa = grams["KOR"], grams["USA"]
    last = kor.index.max()
    y = alt.Y("grams:Q", title="grams per kilowatt-hour").axis(tickCount=5).scale(domainMin=0)
    places = pd.DataFrame({"country": list(HUES), "year": [2012, 2008], "grams": [kor[2012] + 45, usa[2008] - 90]})
    said = (
        f"Two lines. Korea: {kor[2000]:.0f} in 2000, {kor.max():.0f} at most, in {kor.idxmax()}, "
        f"{kor[last]:.0f} in {last}. "
        f"United States: {usa[2000]:.0f}, falling to {usa[last]:.0f}."
    )
    lines, names = named_lines(grams, "grams", y, ".0f", "Grams per kilowatt-hour", places)
    return (lines + names).properties(height=260, description=said)


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    """Where each bar of a waterfall begins and ends, the whole change last."""
    moved = rows.set_index("factor")["share_pct"][list(climate.KAYA)]
    end = moved.cumsum()
    steps = pd.DataFrame({"words": list(FACTORS.values()), "moved": moved, "start": end - moved, "end": end})
    whole = {"words": "All together", "moved": moved.sum(), "start": 0.0, "end": moved.sum()}
    steps = pd.concat([steps, pd.DataFrame([whole])], ignore_index=True)
    kinds = ["added" if value > 0 else "taken off" for value in moved]
    country = NAMES[rows["country"].iloc[0]]
    return steps.assign(country=country, kind=[*kinds, country], _text=steps["moved"].map(_percent))


def _waterfall(steps: pd.DataFrame, country: str, labels: bool) -> alt.LayerChart:
    """One state's waterfall, its rows named or not."""
    hue = color(country.lower())
    order = list(steps["words"])
    x = alt.X("start:Q", axis=None).scale(domain=[-17, 19], nice=False)  # each bar has its number
    y = alt.Y("words:N", title=None, sort=order).axis(labels=labels, labelLimit=160, domain=False)
    fills = series_colors({"added": "blush", "taken off": "slate"} | HUES, "kind:N")
    moved = alt.Tooltip("moved:Q", format="+.1f", title="Percent")
    rows = alt.Chart(steps).encode(y=y)
    bars = rows.mark_bar(height=22).encode(
        x=x, x2="end:Q", color=fills, tooltip=[alt.Tooltip("words:N", title="Factor"), moved]
    )
    words = rows.transform_calculate(right="max(datum.start, datum.end, 0)")
    values = words.mark_text(align="left", dx=5).encode(x=alt.X("right:Q", axis=None), text="_text:N")
    return layered(bars, values, _zero()).properties(title=alt.Title(NAMES[country], color=hue))


def _zero() -> alt.Chart:
    """Return a rule from which bars of change begin, on a horizontal axis that is not drawn."""
    return alt.Chart(pd.DataFrame({"x": [0]})).mark_rule(color=color("muted")).encode(x=alt.X("x:Q", axis=None))


def _percent(value: float) -> str:
    """Print a signed figure with a true minus sign."""
    return f"{value:+.1f}".replace("-", "−")


def _pairs(frame: pd.DataFrame, x: alt.X, field: str, order: list[str], height: int) -> alt.Chart:
    """Bars of both states, a pair for each value of `field`."""
    y = alt.Y(f"{field}:N", title=None, sort=order).axis(grid=False, labelLimit=240)
    return alt.Chart(frame).mark_bar(height=height).encode(x=x, y=y, yOffset="country:N", color=STATES)


def _source(frame: pd.DataFrame) -> alt.LayerChart:
    """One source of electricity in both states, with the last shares at the ends of the lines."""
    x = alt.X("year:Q", title=None).axis(format="d", values=[2000, 2012, 2024]).scale(zero=False, nice=False)
    y = alt.Y("share:Q", title=None).scale(domain=[0, 60]).axis(values=[0, 30, 60])
    share = alt.Tooltip("share:Q", format=".1f", title="Percent of electricity")
    hues = STATES.legend(None)
    lines = alt.Chart(frame).mark_line().encode(x=x, y=y, color=hues, tooltip=[STATE, YEAR, share])
    ends = frame[frame["year"] == frame["year"].max()]
    ends = ends.assign(text=ends["country"].replace("United States", "U.S.") + ends["share"].map(" {:.0f}%".format))
    names = end_labels(ends, x, "share:Q", "text").encode(color=hues)
    return layered(lines, *nearest(lines, name="nearest_" + frame["source"].iloc[0].replace(" ", "_")), names)


def _grouped(shares: pd.DataFrame) -> pd.DataFrame:
    """Shares of the sources that are drawn: `year`, `source`, `share`."""
    long = shares.reset_index().melt("year", var_name="fuel", value_name="share")
    return long.assign(source=long["fuel"].map(GROUPS)).groupby(["year", "source"])["share"].sum().reset_index()


def _signed(values: pd.Series) -> str:
    return ", ".join(f"{name} {value:+.1f}" for name, value in values.items())
