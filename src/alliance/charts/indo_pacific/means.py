"""What the partners and the two allies have: vaccinated and connected people, electricity, gas, objects in space."""

import altair as alt
import pandas as pd

from alliance.charts.indo_pacific.parts import (
    ALLIES,
    YEAR,
    country_colors,
    ends_apart,
    listed,
    named_lines,
    year_axis,
)
from alliance.charts.marks import layered, nearest, series_colors
from alliance.countries import NAMES
from press.chapter.theme import color

STATE = alt.Tooltip("name:N", title="state")


def beside_allies(frame: pd.DataFrame, measure: str) -> alt.LayerChart:
    """Show a share of the population: partners as dots in order, the two allies as lines.

    Parameters
    ----------
    frame : DataFrame
        Columns `country` and `measure`, in percent; one row for each country.
    """
    named = frame.assign(name=frame["country"].map(NAMES), high=frame["country"].map({"KOR": -22, "USA": -5}))
    own = named["country"].isin(ALLIES)
    partners = named[~own].sort_values(measure, ascending=False)
    x = (
        alt.X(f"{measure}:Q", title="percent of the population")
        .scale(domain=[0, 100])
        .axis(values=[0, 25, 50, 75, 100])
    )
    dots = alt.Chart(partners).mark_circle(size=80, opacity=1, color=color("slate"))
    dots = dots.encode(
        x=x,
        y=alt.Y("name:N", title=None, sort=partners["name"].to_list()),
        tooltip=[STATE, alt.Tooltip(f"{measure}:Q", title="percent", format=".1f")],
    )
    lines = alt.Chart(named[own]).encode(x=x, color=country_colors(ALLIES))
    names = lines.mark_text(align="right", dx=5, baseline="bottom", fontWeight=600)
    names = names.encode(y=alt.Y("high:Q", scale=None), text="name:N")
    of = frame.set_index("country")[measure]
    text = (
        f"Dots for {len(partners)} partners, lines for the allies: Korea {of['KOR']:.0f} percent, the United States "
        f"{of['USA']:.0f}. The highest partner is {partners['name'].iloc[0]} with {partners[measure].iloc[0]:.0f}, the "
        f"lowest {partners['name'].iloc[-1]} with {partners[measure].iloc[-1]:.0f}."
    )
    chart = (lines.mark_rule(strokeWidth=2) + names + dots).resolve_scale(y="independent")
    return chart.properties(height=24 * len(partners), description=text)


def electricity(access: pd.DataFrame) -> alt.LayerChart:
    """Show the shares of people with electricity in 2000 and in 2023, a pair of dots for each state.

    Parameters
    ----------
    access : DataFrame
        Table `electricity_access`: percent of the population by country and year.
    """
    ends = access[access["year"].isin([2000, 2023])]
    ends = ends.assign(name=ends["country"].map(NAMES), when=ends["year"].astype(str))
    span = ends.pivot(index="name", columns="when", values="access_pct").sort_values("2023")
    y = alt.Y("name:N", title=None, sort=span.index.to_list())
    x = (
        alt.X("access_pct:Q", title="percent of the population")
        .scale(domain=[0, 100])
        .axis(values=[0, 25, 50, 75, 100])
    )
    lines = alt.Chart(ends).mark_line(color=color("rule"), strokeWidth=3).encode(x=x, y=y, detail="name:N")
    hues = series_colors({"2000": "mist", "2023": "ink"}, "when:N", legend=alt.Legend())
    dots = alt.Chart(ends).mark_circle(size=90, opacity=1)
    share = alt.Tooltip("access_pct:Q", title="percent", format=".1f")
    dots = dots.encode(x="access_pct:Q", y=y, color=hues, tooltip=[STATE, YEAR, share])
    told = span.loc[[span["2023"].idxmin(), (span["2023"] - span["2000"]).idxmax()]]
    text = f"Pairs of dots for {len(span)} states, percent in 2000 and in 2023. " + listed(
        "The lowest and the fastest: ",
        (f"{name} {row['2000']:.0f} and {row['2023']:.0f}" for name, row in told.iterrows()),
    )
    return (lines + dots).properties(height=23 * len(span), description=text)


def gas_imports(gas: pd.DataFrame) -> alt.LayerChart:
    """Show imports of liquefied natural gas by nine states.

    Parameters
    ----------
    gas : DataFrame
        Table `lng_imports`: billion cubic meters by country and year.
    """
    buyers = ["CHN", "JPN", "KOR", "IND", "TWN", "THA", "PAK", "SGP", "MYS"]
    frame = gas[gas["country"].isin(buyers)]
    frame = frame.assign(name=frame["country"].map(NAMES))
    x, hues = year_axis([2000, 2008, 2016, 2024], 2024), country_colors(buyers)
    y = alt.Y("imports_bn_m3:Q", title="billion cubic meters").axis(values=[0, 40, 80, 120])
    volume = alt.Tooltip("imports_bn_m3:Q", title="billion cubic meters", format=".1f")
    chart = named_lines(frame, x, y, hues, [STATE, YEAR, volume]).encode(detail="name:N")
    told = frame[frame["year"].isin([2000, 2024])].groupby("country")["imports_bn_m3"]
    text = listed(
        "Nine lines, billion cubic meters in 2000 and 2024: ",
        (f"{NAMES[c]} " + " and ".join(f"{v:.0f}" for v in told.get_group(c)) for c in buyers[:5]),
    )
    ends = frame[frame["year"] == 2024]
    shifts = {"India": -2, "Thailand": -9, "Pakistan": -3, "Singapore": 4, "Malaysia": 11}
    names = ends_apart(ends, x, "imports_bn_m3:Q", hues, shifts)
    return layered(chart, *nearest(chart), *names).properties(height=380, description=text)


def space(launched: pd.DataFrame) -> alt.LayerChart:
    """Show how many objects states launched in all years together, the most first.

    Parameters
    ----------
    launched : DataFrame
        Objects launched in each year, indexed by year; columns, named `launched_by`, are country codes and `ASEAN`.
    """
    sums = launched.rename(columns=NAMES | {"ASEAN": "ASEAN"}).sum().sort_values(ascending=False)
    frame = sums.rename("objects").rename_axis("name").reset_index()
    own = {"United States": "usa", "China": "chn", "Japan": "jpn", "Korea": "kor"}
    x = alt.X("objects:Q", axis=None).scale(domain=[0, 1.28 * sums.max()], nice=False)
    base = alt.Chart(frame).encode(x=x, y=alt.Y("name:N", title=None, sort=list(sums.index)).axis(domain=False))
    count = alt.Tooltip("objects:Q", title="objects", format=",.0f")
    bars = base.mark_bar(height=24).encode(
        color=series_colors(own | {"ASEAN": "other"}), tooltip=[alt.Tooltip("name:N", title="launched by"), count]
    )
    ends = base.mark_text(align="left", dx=5).encode(text=alt.Text("objects:Q", format=",.0f"))
    said = ", ".join(f"{name} {value:,.0f}" for name, value in sums.items())
    text = f"Bars of objects launched, {launched.index.min()}–{launched.index.max()}: {said}."
    return (bars + ends).properties(height=170, description=text)
