"""What the partners and the two allies have: vaccinated and connected people, electricity, gas, objects in space."""

import altair as alt
import pandas as pd

from alliance import indo_pacific as region
from alliance.charts.indo_pacific.parts import (
    ALLIES,
    LEGEND,
    country_colors,
    ends_apart,
    listed,
    named_lines,
    year_axis,
)
from alliance.charts.marks import end_labels, series_colors
from press.chapter.theme import color


def beside_allies(frame: pd.DataFrame, measure: str) -> alt.LayerChart:
    """Show a share of the population: partners as dots in order, the two allies as lines.

    Parameters
    ----------
    frame : DataFrame
        Columns `country` and `measure`, in percent; one row for each country.
    """
    named = frame.assign(name=frame["country"].map(region.NAMES), high=frame["country"].map({"KOR": -21, "USA": -6}))
    own = named["country"].isin(ALLIES)
    partners = named[~own].sort_values(measure, ascending=False)
    x = alt.X(f"{measure}:Q", title="per cent of the population").scale(domain=[0, 100])
    dots = alt.Chart(partners).mark_circle(size=80, opacity=1, color=color("ink"))
    dots = dots.encode(
        x=x,
        y=alt.Y("name:N", title=None, sort=partners["name"].to_list()),
        tooltip=["name", alt.Tooltip(f"{measure}:Q", title="%", format=".1f")],
    )
    lines = alt.Chart(named[own]).encode(x=x, color=country_colors(ALLIES))
    names = lines.mark_text(align="right", dx=5, baseline="bottom", fontWeight=600)
    names = names.encode(y=alt.Y("high:Q", scale=None), text="name:N")
    of = frame.set_index("country")[measure]
    text = listed(
        f"Dots for partners, lines for the allies. Korea {of['KOR']:.0f} per cent, the United States {of['USA']:.0f}. ",
        (f"{name} {share:.0f}" for name, share in zip(partners["name"], partners[measure], strict=True)),
    )
    chart = (lines.mark_rule(strokeWidth=2) + names + dots).resolve_scale(y="independent")
    return chart.properties(height=20 * len(partners), description=text)


def electricity(access: pd.DataFrame) -> alt.LayerChart:
    """Show the shares of people with electricity in 2000 and in 2023, a pair of dots for each state.

    Parameters
    ----------
    access : DataFrame
        Table `electricity_access`: percent of the population by country and year.
    """
    ends = access[access["year"].isin([2000, 2023])]
    ends = ends.assign(name=ends["country"].map(region.NAMES), when=ends["year"].astype(str))
    span = ends.pivot(index="name", columns="when", values="access_pct").sort_values("2023")
    y = alt.Y("name:N", title=None, sort=span.index.to_list())
    x = alt.X("access_pct:Q", title="per cent of the population").scale(domain=[0, 100])
    lines = alt.Chart(ends).mark_line(color=color("rule"), strokeWidth=3).encode(x=x, y=y, detail="name:N")
    hues = series_colors({"2000": "other", "2023": "ink"}, "when:N", **LEGEND)
    dots = alt.Chart(ends).mark_circle(size=80, opacity=1)
    dots = dots.encode(x="access_pct:Q", y=y, color=hues, tooltip=["name", "year", "access_pct"])
    text = listed(
        "Pairs of dots, per cent in 2000 and in 2023: ",
        (f"{name} {row['2000']:.1f} and {row['2023']:.1f}" for name, row in span.iterrows()),
    )
    return (lines + dots).properties(height=470, description=text)


def gas_imports(gas: pd.DataFrame) -> alt.LayerChart:
    """Show imports of liquefied natural gas by nine states; the three smallest are gray and without a name.

    Parameters
    ----------
    gas : DataFrame
        Table `lng_imports`: billion cubic meters by country and year.
    """
    buyers = ["CHN", "JPN", "KOR", "IND", "TWN", "THA", "PAK", "SGP", "MYS"]
    frame = gas.assign(name=gas["country"].map(region.NAMES))
    ends = frame[(frame["year"] == 2024) & frame["country"].isin(buyers[:6])]
    x, y = year_axis([2000, 2008, 2016, 2024], 2029), alt.Y("imports_bn_m3:Q", title="billion cubic meters")
    hues = country_colors(buyers)
    chart = named_lines(frame, x, y, hues, ["name", "year", "imports_bn_m3"]).encode(detail="name:N")
    told = frame[frame["year"].isin([2000, 2012, 2024])].groupby("country")["imports_bn_m3"]
    text = listed(
        "Nine lines, billion cubic meters in 2000, 2012 and 2024: ",
        (f"{region.NAMES[c]} " + ", ".join(f"{v:.0f}" for v in told.get_group(c)) for c in buyers),
    )
    names = end_labels(ends, x, "imports_bn_m3:Q").encode(color=hues)
    return alt.LayerChart(layer=[chart, names]).properties(height=280, description=text)


def space(launched: pd.DataFrame) -> alt.LayerChart:
    """Show the objects that states launched a year, on an axis that is logarithmic above one and begins with zero.

    Parameters
    ----------
    launched : DataFrame
        Objects launched in each year, indexed by year; columns, named `launched_by`, are country codes and `ASEAN`.
    """
    lines = launched.reset_index().melt("year", value_name="objects").sort_values("year", kind="stable")
    lines = lines.assign(name=lines["launched_by"].map(region.NAMES | {"ASEAN": "ASEAN"}))
    last = lines[lines["year"] == lines["year"].max()]
    own = {"United States": "usa", "China": "chn", "Japan": "jpn", "Korea": "kor"}
    hues = series_colors(own | {"ASEAN": "other"})
    x = year_axis([2016, 2019, 2022, 2025], 2027.6)
    y = alt.Y("objects:Q", title="objects a year").scale(type="symlog", domain=[0, 5000], nice=False)
    y = y.axis(values=[0, 1, 3, 10, 30, 100, 300, 1000, 3000])
    chart = named_lines(lines, x, y, hues, ["name", "year", "objects"])
    each = (f"{name} {int(lines.loc[lines['name'] == name, 'objects'].sum()):,}" for name in last["name"])
    text = (
        f"Lines of objects launched a year, 2016–2025; sums of the ten years: {', '.join(each)}. Korea "
        + ", ".join(f"{count} in {year}" for year, count in launched["KOR"].items())
        + "."
    )
    names = ends_apart(last, x, "objects:Q", hues, dy=-3, korea=8)
    return alt.LayerChart(layer=[chart, *names]).properties(height=300, description=text)
