"""Emissions made elsewhere, the carbon price, electric cars, and the table of pilot cities."""

import altair as alt
import pandas as pd

from alliance.charts.climate.common import NAMES
from alliance.charts.marks import end_labels, reference_line, series_colors
from press.chapter.theme import POINT, color

MAKERS = {"KOR": "Republic of Korea", "USA": "United States", "CHN": "China", "JPN": "Japan", "WLD": "world"}
OTHERS = {"CHN": "China", "JPN": "Japan", "DEU": "Germany"}  # beside the two states
ASEAN = {
    "BRN": "Brunei",
    "IDN": "Indonesia",
    "KHM": "Cambodia",
    "LAO": "Laos",
    "MMR": "Myanmar",
    "MYS": "Malaysia",
    "PHL": "Philippines",
    "SGP": "Singapore",
    "THA": "Thailand",
    "VNM": "Viet Nam",
}


def footprints(nets: dict[str, pd.Series]) -> alt.TopLevelMixin:
    """Show net imports of carbon of five countries.

    Parameters
    ----------
    nets : dict of str to Series
        ISO code → percent of territorial emissions, by year.
    """
    names = {country: OTHERS.get(country, NAMES.get(country, country)) for country in nets}
    rows = pd.concat(
        [net.rename("net").rename_axis("year").reset_index().assign(name=names[who]) for who, net in nets.items()]
    )
    end = int(rows["year"].max())
    hues = series_colors({names[country]: country.lower() for country in nets})
    x = alt.X("year:Q", title=None).axis(format="d", values=list(range(1990, end + 1, 5)))
    x = x.scale(domain=[1990, end + 17], nice=False, zero=False)
    tooltip = ["name", "year", alt.Tooltip("net", format=".1f")]
    main = alt.datum.name == NAMES["KOR"], alt.datum.name == NAMES["USA"]
    lines = alt.Chart(rows).mark_line(point=POINT)
    lines = lines.encode(
        x=x,
        y=alt.Y("net:Q", title="% of territorial"),
        color=hues,
        size=alt.when(main[0] | main[1]).then(alt.value(3.2)).otherwise(alt.value(1.2)),
        tooltip=tooltip,
    )
    labels = end_labels(rows[rows["year"] == end], x, "net:Q").encode(color=hues)
    said = []
    for country, name in names.items():
        net = nets[country]
        said.append(f"{name}: {net[1990]:.0f} percent in 1990, {net[2005]:.0f} in 2005, {net[end]:.0f} in {end}.")
    zero = reference_line(0, strokeDash=alt.Undefined)
    return (zero + lines + labels).properties(height=270, description=f"Five lines. {' '.join(said)}")


def carbon_price(price: pd.DataFrame) -> alt.LayerChart:
    """Show the monthly price of a Korean allowance from 2016 on, and where the way of averaging changes.

    Parameters
    ----------
    price : DataFrame
        Table `carbon_price`.
    """
    price = price[price["month"] >= "2016"].assign(date=lambda f: f["month"] + "-01")
    x = alt.X("date:T", title=None).axis(format="%Y", tickCount=6)
    y = alt.Y("price_krw_per_t:Q", title="won a tonne").axis(format=",.0f").scale(domainMin=0)
    won = alt.Tooltip("price_krw_per_t", format=",.0f", title="won a tonne")
    traded = alt.Tooltip("volume_t", format=",.0f", title="tonnes traded")
    lines = alt.Chart(price).mark_line(point=POINT).encode(x=x, y=y, tooltip=["month", won, traded, "basis"])
    basis = pd.DataFrame({"date": ["2024-01-01"], "label": ["other basis"], "price_krw_per_t": [29000]})
    change = alt.Chart(basis).encode(x=x)
    words = change.mark_text(align="left", dx=5, color=color("muted")).encode(y=y, text="label")
    chart = lines + change.mark_rule(strokeDash=[2, 3]) + words
    return chart.properties(height=260, description=_price_text(price.set_index("month")["price_krw_per_t"]))


def electric_cars(cars: pd.DataFrame, narrow: bool = False) -> alt.LayerChart:
    """Show electric cars in percent of the cars sold, as lines with names, on an axis that leaves room for them.

    Parameters
    ----------
    cars : DataFrame
        Table `electric_cars`.
    narrow : bool, optional
        The layout for phones.
    """
    named = cars.assign(name=cars["country"].map(MAKERS))
    colors = dict(zip(MAKERS.values(), ("kor", "usa", "chn", "jpn", "other"), strict=True))
    hues = series_colors(colors)
    ends = named[named["year"] == 2024].assign(
        label=lambda f: f["name"] + " " + f["sales_share_pct"].map("{:.0f} %".format),
        place=lambda f: f["sales_share_pct"] + f["country"].map({"USA": 2.2, "KOR": -1.4}).fillna(0),
    )
    x = alt.X("year:Q", title=None).axis(format="d", values=[2010, 2014, 2018, 2022])
    x = x.scale(domain=[2010, 2036 if narrow else 2029.5], nice=False)
    y = alt.Y("sales_share_pct:Q", title="% of sales").scale(domain=[0, 50])
    tooltip = ["name", "year", "sales_share_pct", "stock_share_pct"]
    lines = alt.Chart(named).mark_line(point=POINT).encode(x=x, y=y, color=hues, tooltip=tooltip)
    names = end_labels(ends, x, "place:Q", text="label").encode(color=hues)
    sold = cars.set_index(["year", "country"])["sales_share_pct"]
    said = ", ".join(f"{name} {sold[2024, country]:.0f} percent" for country, name in MAKERS.items())
    said += f" in 2024. Korea had {sold[2022, 'KOR']:.1f} percent in 2022."
    return (lines + names).properties(height=290, description=said)


def pilot_cities(cities: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the pilot cities by state, and the places that each program named there.

    Parameters
    ----------
    cities, programs : DataFrame
        Tables `smart_cities` and `smart_city_programmes`.

    Returns
    -------
    DataFrame
        `state`, `pilots`, and `usa` and `kor` for the two programs; missing where none was found.
    """
    places = programs.groupby(["country", "asean_country"])["place"].agg(", ".join).unstack("country")
    listed = cities.groupby("country")["city"].agg(", ".join).rename("pilots").reset_index()
    return listed.assign(
        state=listed["country"].map(ASEAN),
        usa=listed["country"].map(places["USA"]),
        kor=listed["country"].map(places["KOR"]),
    )


def _price_text(won: pd.Series) -> str:
    """Prices of six months, the highest and the lowest among them."""
    high, low = str(won.idxmax()), str(won.idxmin())
    return (
        f"A line: {won['2016-01']:,.0f} won in January 2016, {won[high]:,.0f} in {high}, "
        f"{won['2021-06']:,.0f} in June 2021, {won['2022-01']:,.0f} in January 2022, "
        f"{won[low]:,.0f} in {low}, {won['2026-03']:,.0f} in March 2026 and {won.iloc[-1]:,.0f} in {won.index[-1]}."
    )
