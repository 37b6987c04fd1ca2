"""World Bank, World Development Indicators: prices and output (CC BY 4.0).

A later year of prices comes from the national release; the row says so.
"""

import pandas as pd

from alliance.collect.sources import Folder, american, read, typed, with_additions

INDICATOR = "https://data.worldbank.org/indicator/{}?locations={}"
LOCATIONS = {"KOR": "KR", "USA": "US"}
ASEAN_RECIPIENTS = ["IDN", "KHM", "LAO", "MMR", "MYS", "PHL", "THA", "VNM"]  # its members that receive official aid
# Who got the aid that the source files hold, and the files' series by donor.
RECIPIENTS_READ = [*ASEAN_RECIPIENTS, "KOR"]
AID, AID_FILE = {"KOR": "korl", "USA": "usal"}, "indo-pacific/wdi_dc_dac_{}_cd.csv"
ASEAN = [*ASEAN_RECIPIENTS, "BRN", "SGP"]


def consumer_prices(folder: Folder) -> pd.DataFrame:
    """Tabulate yearly consumer price inflation in percent, Korea and the United States, from 1990."""
    file = "security/worldbank_cpi_inflation_selected.csv"
    raw = read(folder, file, {"Country Code": str, "Year": int, "CPI": float})
    raw = raw.rename(columns={"Country Code": "country", "Year": "year", "CPI": "inflation_pct"})
    frame = _indicator(raw, "FP.CPI.TOTL.ZG", "Consumer price inflation", ["KOR", "USA"], 1990, "inflation_pct")
    return with_additions(frame.assign(note=""), "consumer_prices", ["country", "year"]).sort_values(
        ["country", "year"]
    )


def gdp(folder: Folder) -> pd.DataFrame:
    """Tabulate yearly gross domestic product in billion current U.S. dollars, Korea, from 1991."""
    file = "security/worldbank_gdp_current_usd_selected.csv"
    raw = read(folder, file, {"Country Code": str, "Year": int, "Value": float})
    raw = raw.rename(columns={"Country Code": "country", "Year": "year", "Value": "gdp_bn_usd"})
    frame = _indicator(raw, "NY.GDP.MKTP.CD", "GDP (current US$)", ["KOR"], 1991, "gdp_bn_usd")
    return frame.assign(gdp_bn_usd=frame["gdp_bn_usd"] / 1e9)


def net_aid(folder: Folder) -> pd.DataFrame:
    """Tabulate net official development assistance of the two allies to ASEAN and the Pacific islands, and to Korea.

    The rows say where they were transcribed from a copy of the World Development Indicators. The source files hold
    ASEAN and Korea; the Pacific Island states, from 2018, are added.
    """
    frames = [_net_aid(folder, donor, series) for donor, series in AID.items()]
    frame = with_additions(pd.concat(frames), "net_aid", ["donor", "recipient", "year"])
    frame.insert(4, "transcribed", True)
    machine = [donor for donor, series in AID.items() if not typed(AID_FILE.format(series))]
    frame.loc[frame["donor"].isin(machine) & frame["recipient"].isin(RECIPIENTS_READ), "transcribed"] = False
    return frame.sort_values(["donor", "recipient", "year"])


def _net_aid(folder: Folder, donor: str, series: str) -> pd.DataFrame:
    """Tabulate what one donor gave."""
    column = f"dc_dac_{series}_cd"
    raw = read(folder, AID_FILE.format(series), {"geo": str, "time": int, column: float})
    raw = raw.assign(recipient=raw["geo"].str.upper())
    raw = raw[raw["recipient"].isin(RECIPIENTS_READ)]
    indicator = f"DC.DAC.{series.upper()}.CD"
    return pd.DataFrame(
        {
            "donor": donor,
            "recipient": raw["recipient"],
            "year": raw["time"],
            "net_aid_usd": raw[column].round().astype(int),
            "source_title": f"World Bank, Net bilateral aid flows from DAC donors, {indicator}",
            "source_url": f"https://data.worldbank.org/indicator/{indicator}",
        }
    )


def shipping_connectivity(folder: Folder) -> pd.DataFrame:
    """Tabulate the liner shipping connectivity index on its old base, 2006–2021; transcribed, as the rows say."""
    column = "is_shp_gcnw_xq"
    raw = read(folder, "indo-pacific/wdi_lsci_2006_2021.csv", {"geo": str, "time": int, column: float})
    frame = pd.DataFrame(
        {
            "country": raw["geo"].str.upper(),
            "year": raw["time"],
            "connectivity": raw[column].round(1),
            "transcribed": True,
        }
    )
    return frame.sort_values(["country", "year"]).assign(
        source_title="UNCTAD, through the World Bank, IS.SHP.GCNW.XQ",
        source_url="https://data.worldbank.org/indicator/IS.SHP.GCNW.XQ",
    )


def _indicator(
    raw: pd.DataFrame, indicator: str, title: str, countries: list[str], first: int, column: str
) -> pd.DataFrame:
    """Take one indicator of some countries from a first year on, with its source."""
    frame = raw[raw["country"].isin(countries) & (raw["year"] >= first)]
    frame = frame[["country", "year", column]].sort_values(["country", "year"])
    return frame.assign(
        source_title=f"World Bank, {title}, {indicator}",
        source_url=[INDICATOR.format(indicator, LOCATIONS[country]) for country in frame["country"]],
    )


GAPMINDER = "https://github.com/open-numbers/ddf--gapminder--systema_globalis"
ECONOMIES = ["kor", "usa", "jpn", "deu", "fra", "gbr", "chn"]
OUTCOMES = {
    "total_gdp_us_inflation_adjusted": "gdp_bn_usd_2015",
    "aged_15plus_unemployment_rate_percent": "unemployment_pct",
    "exports_percent_of_gdp": "exports_pct_gdp",
    "imports_percent_of_gdp": "imports_pct_gdp",
    "foreign_direct_investment_net_inflows_percent_of_gdp": "fdi_in_pct_gdp",
    "foreign_direct_investment_net_outflows_percent_of_gdp": "fdi_out_pct_gdp",
    "patent_applications_total": "patent_applications",
}


def economies(folder: Folder) -> pd.DataFrame:
    """Tabulate output, unemployment, openness, investment and patents of seven economies, from 1990.

    As Gapminder compiled them.
    """
    file = "economy-climate/gapminder_sg_wdi_indicators.csv"
    raw = read(folder, file, {"geo": str, "time": int, "indicator": str, "value": float})
    raw = raw[raw["geo"].isin(ECONOMIES) & raw["indicator"].isin(OUTCOMES) & (raw["time"] >= 1990)]
    wide = raw.pivot(index=["geo", "time"], columns="indicator", values="value").rename(columns=OUTCOMES).reset_index()
    wide = wide.assign(
        country=wide["geo"].str.upper(), year=wide["time"], gdp_bn_usd_2015=(wide["gdp_bn_usd_2015"] / 1e9).round(3)
    )
    wide = wide[["country", "year", *OUTCOMES.values()]].sort_values(["country", "year"])
    return wide.assign(source_title="World Bank, WDI, compiled by Gapminder", source_url=GAPMINDER)


LATER_RESEARCH = "vintages-2026-11/economy-climate/rd_intensity_2021_2024_keyed.csv"
RESEARCHERS = ["KOR", "USA", "JPN", "DEU", "CHN"]
NEW_ACCOUNTS, THROUGH_NSF = "ROK Ministry of Science and ICT, accounts of 2020", "OECD, through NSF"
RESEARCH_BASES = {
    "rebased (GDP base 2020)": NEW_ACCOUNTS,
    "first release December 2024": NEW_ACCOUNTS,
    "first release December 2025": NEW_ACCOUNTS,
    "first release December 2025; 131.0462 tn won": NEW_ACCOUNTS,
    "OECD MSTI as quoted by NCSES; Korea on the OLD GDP base": THROUGH_NSF,
    "OECD, one decimal only": "OECD, one decimal",
}


def research_intensity(folder: Folder) -> pd.DataFrame:
    """Tabulate research and development expenditure in percent of GDP, 1996–2024; transcribed.

    The World Bank's series of four economies ends in 2022, on Korea's old accounts; `basis` marks what comes from
    elsewhere, and Korea's figures on its accounts of 2020, which do not continue the series.
    """
    raw = read(
        folder,
        "economy-climate/wdi_rd_expenditure_pct_gdp_keyed.csv",
        {"geo": str, "time": int, "gb_xpd_rsdv_gd_zs": float},
    )
    frame = raw.assign(
        country=raw["geo"].str.upper(),
        year=raw["time"],
        rd_pct_gdp=raw["gb_xpd_rsdv_gd_zs"],
        basis="World Bank",
        status="transcribed",
        source_title="World Bank, GB.XPD.RSDV.GD.ZS",
        source_url="https://data.worldbank.org/indicator/GB.XPD.RSDV.GD.ZS",
    )
    columns = ["country", "year", "rd_pct_gdp", "basis", "status", "source_title", "source_url"]
    return pd.concat([frame, _later_research(folder)], ignore_index=True)[columns].sort_values(
        ["country", "year", "basis"]
    )


def _later_research(folder: Folder) -> pd.DataFrame:
    """Take what was read of later years: the Korean ministry's own figures, and the OECD's through others.

    A figure that only a page without address has, and repetitions of one figure, are left out.
    """
    texts = dict.fromkeys(["country", "vintage", "source_title", "source_url", "address_complete"], str)
    raw = read(folder, LATER_RESEARCH, texts | {"year": int, "rd_pct_gdp": float})
    bases = [RESEARCH_BASES.get(vintage, "") for vintage in raw["vintage"]]
    raw = raw.assign(basis=bases, status="transcribed", source_title=american(raw["source_title"]))
    known = (raw["basis"] != "") & (raw["address_complete"] == "yes") & raw["country"].isin(RESEARCHERS)
    known &= (raw["basis"] != THROUGH_NSF) | (raw["country"] == "CHN")  # the World Bank has the others of these years
    return raw[known].drop_duplicates(["country", "year", "basis"])
