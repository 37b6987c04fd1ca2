"""Each file that is read by hand, on a few rows of our own: the columns described, and what a row becomes."""

import sys

import pytest
from builders import put

from alliance import data
from alliance.collect import (
    bank_of_korea,
    climate_ministry,
    dialogue,
    economist,
    exercises,
    host_nations,
    imf,
    korea_customs,
    mineral_flows,
    mnd,
    registry,
    special_measures,
    state_history,
    un_votes,
)
from alliance.collect.tables import TABLES
from alliance.collect.writing import csv_bytes

COLLECTED = {table.__name__: table for table in TABLES}
DESCRIBED = {resource["name"]: resource for resource in data.package()["resources"]}
LISTED = registry.sources()
OURS = [name for name in COLLECTED if not registry.of_table(name, LISTED)]
BUDGET, CATEGORIES, AGREEMENTS = (
    ",".join(columns) for columns in (mnd.BUDGET_COLUMNS, mnd.CATEGORY_COLUMNS, special_measures.AGREEMENT_COLUMNS)
)
EVENTS = "security/csis_nk_provocations_1958_2026_titles_only.csv"
MONTHS = "25.08,109.8"
VISIT = "US president to Korea,Barack Obama,2014-04-25,2014-04-26,Seoul,Met the President.,http://a.b"
FIXTURES = {
    "arms_imports": (
        {
            "security/sipri_arms_register_to_south_korea_1995_2025.csv": "Supplier,Recipient,Delivery year,"
            "TIV delivery values\nGermany,South Korea,2020,1.5\nGermany,South Korea,2020,2.25\n"
        },
        {"year": 2020, "supplier": "Germany", "tiv_m": 3.75},
    ),
    "covax_doses": (
        {
            "indo-pacific/owid_covax_donations_2022-04.csv": "Code,delivered,only_donated,only_announced\n"
            ",9,9,9\nKOR,1,2,3\n"
        },
        {"donor": "KOR", "delivered_doses": 1, "only_donated_doses": 2, "only_announced_doses": 3},
    ),
    "vaccination": (
        {
            "indo-pacific/owid_covid_latest_2022.csv": "iso_code,last_updated_date,"
            "people_fully_vaccinated_per_hundred\nFRA,2022-04-01,78\nKOR,2022-04-01,86.7\n"
        },
        {"country": "KOR", "date": "2022-04-01", "fully_vaccinated_pct": 86.7},
    ),
    "defense_budget": (
        {mnd.BUDGET: f"{BUDGET}\n2024,594244,2.3,12.8,4.2,White Paper,http://a.b,one-source,\n"},
        {"year": 2024, "budget_bn_krw": 59424.4, "confidence": "one source", "provisional": False},
    ),
    "sma_categories": (
        {mnd.CATEGORIES: f"{CATEGORIES}\n1990,3,4,5,12,2016 Defense White Paper Chart 5-1,one-source\n"},
        {"year": 1990, "labor_bn_krw": 3.0, "source_title": "ROK MND, 2016 Defense White Paper, Chart 5-1"},
    ),
    "excess_deaths": (
        {
            economist.FILE: "country,start_date,end_date,population,total_deaths,covid_deaths,expected_deaths\n"
            "South Korea,2020-01-06,2020-01-12,51780579,6000,,5999.96\n"
        },
        {"country": "KOR", "start_date": "2020-01-06", "expected_deaths": 6000.0},
    ),
    "dialogue_meetings": (
        {
            dialogue.FILE: f"{','.join(dialogue.COLUMNS)}\n"
            "2+2 Foreign and Defense Ministerial,5,2021-03-18,day,Seoul,,a,http://b.c,,,one-source\n"
        },
        {"mechanism": "2+2 ministerial", "round": 5, "date": "2021-03-18", "level": "ministers", "host": "KOR"},
    ),
    "exercises": (
        {
            "security/mme_v7_exercises_with_south_korea_1980_2010.csv": "MMEID,Ex_Name,s.year,n_states,usa,"
            f"{','.join(exercises.FLAGS)}\nA1,-9,1980,2,True,1,0,0,1,0\n"
        },
        {"exercise_id": "A1", "exercise": "not named in the list", "forms": "command post, sea"},
    ),
    "forecast_2019": (
        {imf.FILE: "country,year,value,indicator\nkor,2020,2.8,ngdp_rpch\nkor,2020,4,lur\nkor,2018,3,lur\n"},
        {"country": "KOR", "year": 2020, "growth_pct": 2.8, "unemployment_pct": 4.0},
    ),
    "host_nation_support": (
        {
            host_nations.FILE: f"{','.join(host_nations.COLUMNS)}\n"
            "South Korea,Camp Humphreys total cost (rounded),10.7-13,billion USD,http://a.b,GAO,,one-source\n"
        },
        {"country": "KOR", "value_low": 10.7, "value_high": 13.0, "confidence": "one source"},
    ),
    "kets_allocation": (
        {
            climate_ministry.FILE: "item,period,value,unit,note,source_title,source_url\n"
            "cap,phase 3,2537300000,t CO2e,,a,http://b.c\n"
        },
        {"item": "cap", "period": "2021-2025", "value": 2537.3, "unit": "Mt CO2e"},
    ),
    "korea_exports": (
        {
            korea_customs.FOLDER.format("exports_monthly", "csv"): "dim,name,month_yy.mm,exports_100m_usd\n"
            f"region,중국,{MONTHS}\n",
            korea_customs.FOLDER.format("trend", "json"): '[{"m": "25.08", "exp": 582.4}]',
        },
        {"kind": "destination", "name_en": "China", "year": 2025, "month": 8, "exports_bn_usd": 10.98},
    ),
    "leader_visits": (
        {state_history.FILE: f"{','.join(state_history.COLUMNS)}\n{VISIT}\n"},
        {"direction": "to Korea", "visitor": "Barack Obama", "office": "president", "start": "2014-04-25"},
    ),
    "mineral_flows": (
        {
            mineral_flows.FILE: "flow,good,period,unit,note,source_title,source_url,value\n"
            "China exports,gallium,2024,t,,A paper (stored index id 12; repository not named),hani.co.kr/x,43\n"
        },
        {"good": "gallium", "value": 43.0, "source_url": mineral_flows.HANKYOREH, "transcribed": True},
    ),
    "nuclear_tests": (
        {EVENTS: "date,year,type\n2017-09-03,2017,Nuclear Provocation\n2017-09-15,2017,Missile Provocation\n"},
        {"date": "2017-09-03", "year": 2017},
    ),
    "provocation_days": (
        {EVENTS: "date,year,type\n2017-09-03,2017,Nuclear Provocation\n1983-10-09,1983,Other Provocation\n"},
        {"year": 2017, "type": "nuclear", "entries": 1},
    ),
    "pacific_imports": (
        {
            "indo-pacific/baci_pacific_imports_by_partner.csv": "Pacific ISO2,Counterpart Code,year,value_usd\n"
            "FJ,FR,2024,2\nFJ,DE,2024,3.4\n"
        },
        {"importer": "FJI", "partner": "others", "year": 2024, "imports_usd": 5},
    ),
    "regional_balance": (
        {
            bank_of_korea.FILE: "partner,year,item,korea_balance_bn_usd,vintage,source_title,source_url\n"
            "USA,1990,goods,-1.5,June 1991,a,http://b.c\n"
        },
        {"partner": "USA", "year": 1990, "balance_bn_usd": -1.5, "transcribed": True},
    ),
    "ship_attacks": (
        {
            "indo-pacific/imb_pirate_attacks_1993_2020_FULL.csv": "date,longitude,latitude,"
            "nearest_country,data_source\n1995-01-01,103.5,1.2,SGP,mapfile\n1995-01-02,103.6,1.1,IDN,mapfile\n"
        },
        {"year": 1995, "area": "Straits of Malacca and Singapore", "reports": 2},
    ),
    "shipping_connectivity": (
        {"indo-pacific/wdi_lsci_2006_2021.csv": "geo,time,is_shp_gcnw_xq\nkor,2021,108.94\n"},
        {"country": "KOR", "year": 2021, "connectivity": 108.9, "transcribed": True},
    ),
    "sma_agreements": (
        {
            special_measures.AGREEMENTS: f"{AGREEMENTS}\n9,2014-2018,2014-01-11,2014-02-02,2009-03,KRW,"
            '"KRW 920.0bn (2014)","CPI of the year before last, cap 4%",,a,http://b.c,,,one-source\n'
        },
        {"agreement": 9, "in_force_on": "2009-03", "first_year_amount_bn_krw": 920.0, "rule": "inflation, cap 4 %"},
    ),
    "sma_unspent_construction": (
        {
            special_measures.UNSPENT: f"{','.join(special_measures.UNSPENT_COLUMNS)}\n"
            "2013,not executed,71,a,http://b.c,,,one-source\n"
        },
        {"year": 2013, "item": "not executed", "amount_bn_krw": 71.0, "confidence": "one source"},
    ),
    "smart_cities": (
        {"economy-climate/ascn_26_pilot_cities.csv": "country,city\nViet Nam,Da Nang\n"},
        {"country": "VNM", "city": "Da Nang"},
    ),
    "us_construction": (
        {
            "security/troopdata_builddata_2008_2019_selected.csv": "iso3c,year,location,spend_construction\n"
            "KOR,2008,Camp Humphreys,1500\nKOR,2008,Camp Humphreys,250\n"
        },
        {"country": "KOR", "year": 2008, "place": "Camp Humphreys", "amount_m_usd": 1.75},
    ),
    "voting_coincidence": (
        {
            f"{un_votes.NEWER}state_un_voting_coincidence_2019_2023.csv": "year,vote_set,iso3,coincidence_printed,"
            "same,partial,opposite,absent\n2020,important votes,KOR,57%,10,,5,0\n"
        },
        {"country": "KOR", "votes": "important", "coincidence_pct": 57, "same": 10},
    ),
}


@pytest.fixture
def undecided(monkeypatch):
    """Leave out what is decided for single cells of the real files: it does not fit made-up ones."""
    monkeypatch.setattr(mnd, "BUDGET_CORRECTIONS", {})
    monkeypatch.setattr(special_measures, "AGREEMENT_CORRECTIONS", {})
    for module in [module for name, module in sys.modules.items() if name.startswith("alliance.collect.")]:
        if hasattr(module, "corrections"):
            monkeypatch.setattr(module, "corrections", lambda *_: {})


@pytest.mark.slow  # a second for files that seldom change
@pytest.mark.usefixtures("undecided")
@pytest.mark.parametrize("name", FIXTURES)
def test_a_file_read_by_hand_becomes_its_table(tmp_path, name):
    files, expected = FIXTURES[name]
    for file, text in files.items():
        put(tmp_path, file, text)
        assert file in LISTED
    frame = COLLECTED[name](tmp_path)
    assert list(frame) == [field["name"] for field in DESCRIBED[name]["schema"]["fields"]]
    rows = frame[list(expected)].to_dict("records")
    assert expected in rows and all(value == value for value in expected.values())


@pytest.mark.parametrize("name", OURS)
def test_a_table_that_is_kept_in_additions_needs_no_file(tmp_path, name):
    content = csv_bytes(COLLECTED[name](tmp_path), DESCRIBED[name])
    assert content == (data.DATA / DESCRIBED[name]["path"]).read_bytes()
