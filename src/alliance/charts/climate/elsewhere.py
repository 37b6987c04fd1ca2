"""Emissions made elsewhere, the carbon price, electric cars, and the table of pilot cities."""

import altair as alt
import pandas as pd

from alliance.charts.climate.common import YEAR
from alliance.charts.marks import end_labels, enumerated, event_rules, layered, nearest, reference_line, series_colors
from alliance.countries import NAMES
from alliance.dates import in_words
from alliance.rows import records

MAKERS = {code: NAMES[code] for code in ("KOR", "USA", "CHN", "JPN")} | {"WLD": "world"}

#: What the Korean government decided on the price, by day; a slash breaks the line.
DECISIONS = pd.DataFrame(
    {"date": ["2021-04-01", "2025-11-11"], "text": ["April 2021:/price floor", "Nov. 2025:/tighter cap"]}
)
NAME = alt.Tooltip("name:N", title="Country")


def footprints(nets: dict[str, pd.Series]) -> alt.TopLevelMixin:
    """Show net imports of carbon of five countries.

    Parameters
    ----------
    nets : dict of str to Series
        ISO code → percent of territorial emissions, by year.
    """
    names = {country: NAMES[country] for country in nets}
    rows = pd.concat(
        [net.rename("net").rename_axis("year").reset_index().assign(name=names[who]) for who, net in nets.items()]
    )
    end = int(rows["year"].max())
    hues = series_colors({names[country]: country.lower() for country in nets})
    x = alt.X("year:Q", title=None).axis(format="d", values=list(range(1990, end + 1, 10)))
    x = x.scale(domain=[1990, end], nice=False, zero=False)
    tooltip = [NAME, YEAR, alt.Tooltip("net:Q", format="+.0f", title="Net imports, percent of emissions at home")]
    main = alt.datum.name == NAMES["KOR"], alt.datum.name == NAMES["USA"]
    lines = alt.Chart(rows).mark_line()
    lines = lines.encode(
        x=x,
        y=alt.Y("net:Q", title="percent of emissions at home").axis(values=[-20, 0, 20, 40]),
        color=hues,
        size=alt.when(main[0] | main[1]).then(alt.value(3.2)).otherwise(alt.value(1.2)),
        tooltip=tooltip,
    )
    labels = end_labels(rows[rows["year"] == end], x, "net:Q").encode(color=hues)
    said = [
        f"{names[who]}: from {net[1990]:.0f} percent in 1990 to {net[end]:.0f} in {end}."
        for who, net in nets.items()
        if who in ("KOR", "USA")
    ]
    others = (f"{name} {nets[who][end]:.0f}" for who, name in names.items() if who not in ("KOR", "USA"))
    said.append(f"In {end}, too: {enumerated(others)}.")
    zero = reference_line(0, strokeDash=alt.Undefined)
    return layered(zero, lines, *nearest(lines), labels).properties(
        height=270, description=f"Five lines. {' '.join(said)}"
    )


def carbon_price(price: pd.DataFrame) -> alt.LayerChart:
    """Show the monthly price of a Korean allowance from 2016 on, with its turns and what governments decided.

    Parameters
    ----------
    price : DataFrame
        Table `carbon_price`.
    """
    price = price[price["month"] >= "2016"].assign(date=lambda f: f["month"] + "-01")
    won = price.set_index("month")["price_krw_per_t"]
    x = alt.X("date:T", title=None).axis(format="%Y", tickCount=6)
    y = (
        alt.Y("price_krw_per_t:Q", title="won per metric ton")
        .axis(format=",.0f", tickCount=5)
        .scale(domain=[0, 50000], nice=False)
    )
    tooltip = [
        alt.Tooltip("date:T", title="Month", format="%B %Y"),
        alt.Tooltip("price_krw_per_t:Q", format=",.0f", title="Won per metric ton"),
        alt.Tooltip("volume_t:Q", format=",.0f", title="Metric tons traded"),
    ]
    turns = price[price["month"].isin([won.idxmax(), won.idxmin(), won.index[-1]])]
    turns = turns.assign(text=turns["price_krw_per_t"].map("₩{:,.0f}".format))
    lines = alt.Chart(price).mark_line().encode(x=x, y=y, tooltip=tooltip)
    points = alt.Chart(turns).encode(x=x, y=y)
    peak, low, last = (points.transform_filter(f"datum.month == '{month}'") for month in turns["month"])
    return layered(
        *event_rules(DECISIONS.iloc[[0]], x, y=4, lineBreak="/", baseline="top"),
        *event_rules(DECISIONS.iloc[[1]], x, y=44, lineBreak="/", baseline="top", align="right", dx=-5),
        lines,
        *nearest(lines, "date"),
        points.mark_point(size=50),
        peak.mark_text(dx=-8, dy=-14, fontWeight=600).encode(text="text:N"),
        low.mark_text(dy=16, fontWeight=600).encode(text="text:N"),
        last.mark_text(align="left", dx=7, fontWeight=600).encode(text="text:N"),
    ).properties(height=290, description=_price_text(won))


def electric_cars(cars: pd.DataFrame) -> alt.LayerChart:
    """Show electric cars in percent of the cars sold, as lines with names.

    Parameters
    ----------
    cars : DataFrame
        Table `electric_cars`.
    """
    named = cars.assign(name=cars["country"].map(MAKERS))
    colors = dict(zip(MAKERS.values(), ("kor", "usa", "chn", "jpn", "other"), strict=True))
    hues = series_colors(colors)
    ends = named[named["year"] == 2024].assign(
        label=lambda f: f["name"] + " " + f["sales_share_pct"].map("{:.0f}%".format),
        place=lambda f: f["sales_share_pct"] + f["country"].map({"USA": 2.2, "KOR": -1.4}).fillna(0),
    )
    x = alt.X("year:Q", title=None).axis(format="d", values=[2010, 2014, 2018, 2022])
    x = x.scale(domain=[2010, 2024], nice=False)
    y = alt.Y("sales_share_pct:Q", title="percent of sales").scale(domain=[0, 50]).axis(tickCount=5)
    tooltip = [
        NAME,
        YEAR,
        alt.Tooltip("sales_share_pct:Q", title="Percent of cars sold"),
        alt.Tooltip("stock_share_pct:Q", title="Percent of cars on the road"),
    ]
    lines = alt.Chart(named).mark_line().encode(x=x, y=y, color=hues, tooltip=tooltip)
    names = end_labels(ends, x, "place:Q", text="label").encode(color=hues)
    sold = cars.set_index(["year", "country"])["sales_share_pct"]
    said = ", ".join(f"{name} {sold[2024, country]:.0f} percent" for country, name in MAKERS.items())
    said += f" in 2024. Korea had {sold[2022, 'KOR']:.1f} percent in 2022."
    return layered(lines, *nearest(lines), names).properties(height=290, description=said)


def pilot_cities(cities: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the pilot cities by state, and the places that each program named there.

    Parameters
    ----------
    cities, programs : DataFrame
        Tables `smart_cities` and `smart_city_programs`.

    Returns
    -------
    DataFrame
        `state`, `pilots`, and `usa` and `kor` for the two programs; missing where none was found.
    """
    places = programs.groupby(["country", "asean_country"])["place"].agg(", ".join).unstack("country")
    listed = cities.groupby("country")["city"].agg(", ".join).rename("pilots").reset_index()
    return listed.assign(
        state=listed["country"].map(NAMES),
        usa=listed["country"].map(places["USA"]),
        kor=listed["country"].map(places["KOR"]),
    )


def _price_text(won: pd.Series) -> str:
    """Say where the price begins, where it is highest and lowest, and where it ends."""
    price = won.rename_axis("month").reset_index(name="won")
    chosen = price.iloc[[0, int(won.argmax()), int(won.argmin()), -1]]
    start, high, low, end = (f"{row.won:,.0f} won in {in_words(str(row.month)[:7])}" for row in records(chosen))
    return f"A line from {start} up to {high}, the highest, down to {low}, the lowest, and up again to {end}."
