"""World Bank, World Development Indicators: prices and output (CC BY 4.0).

A later year of prices comes from the national release; the row says so.
"""

from alliance.collect.sources import read, with_additions

INDICATOR = "https://data.worldbank.org/indicator/{}?locations={}"
LOCATIONS = {"KOR": "KR", "USA": "US"}


def consumer_prices(folder):
    """Yearly consumer price inflation in per cent, Republic of Korea and United States, from 1990."""
    file = "security/worldbank_cpi_inflation_selected.csv"
    raw = read(folder, file, {"Country Code": str, "Year": int, "CPI": float})
    raw = raw.rename(columns={"Country Code": "country", "Year": "year", "CPI": "inflation_pct"})
    frame = _indicator(
        raw, "FP.CPI.TOTL.ZG", "Consumer price inflation", ["KOR", "USA"], 1990, "inflation_pct"
    )
    return with_additions(frame.assign(note=""), "consumer_prices").sort_values(["country", "year"])


def gdp(folder):
    """Yearly gross domestic product in billion current US dollars, Republic of Korea, from 1991."""
    file = "security/worldbank_gdp_current_usd_selected.csv"
    raw = read(folder, file, {"Country Code": str, "Year": int, "Value": float})
    raw = raw.rename(columns={"Country Code": "country", "Year": "year", "Value": "gdp_bn_usd"})
    frame = _indicator(raw, "NY.GDP.MKTP.CD", "GDP (current US$)", ["KOR"], 1991, "gdp_bn_usd")
    return frame.assign(gdp_bn_usd=frame["gdp_bn_usd"] / 1e9)


def _indicator(raw, indicator, title, countries, first, column):
    frame = raw[raw["country"].isin(countries) & (raw["year"] >= first)]
    frame = frame[["country", "year", column]].sort_values(["country", "year"])
    return frame.assign(
        source_title=f"World Bank, {title}, {indicator}",
        source_url=[INDICATOR.format(indicator, LOCATIONS[country]) for country in frame["country"]],
    )
