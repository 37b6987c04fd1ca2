"""The measures of the chapter on the economy: against published figures, by their properties, on four engines."""

import os
import shutil

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import data, economy, series
from alliance.charts.economy.text import spread

FLOWS = st.lists(
    st.tuples(st.sampled_from([2001, 2002]), st.sampled_from("ABCDEF"), st.integers(1, 10**9)), min_size=1, max_size=40
).map(lambda rows: pd.DataFrame(rows, columns=["year", "partner", "value"]))
SHARES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 1000), min_size=1).map(
    lambda sizes: pd.Series(sizes, dtype=float) / sum(sizes.values())
)
BY = {"of": "partner", "by": ["year"], "value": "value"}


@pytest.fixture(scope="module")
def partners():
    return data.load("us_trade_partners")


@pytest.fixture(scope="module")
def korea():
    trade = data.load("us_goods_trade")
    return {flow: series.months(trade, f"{flow}_m_usd", partner="KOR") for flow in ("exports", "imports")}


# --- four engines ------------------------------------------------------------------------


def ordered(frame):
    return frame.sort_values([name for name in ("reporter", "year", "partner") if name in frame]).reset_index(drop=True)


MEASURES = pytest.mark.parametrize(
    "measure",
    [
        lambda flows: economy.totals(flows, ["reporter", "year"], "share_pct"),
        lambda flows: economy.shares(flows, "partner", ["reporter", "year"], "share_pct"),
        lambda flows: economy.top(flows, "partner", ["reporter", "year"], "share_pct", 5),
        lambda flows: economy.concentration(flows, "partner", ["reporter", "year"], "share_pct"),
    ],
    ids=["totals", "shares", "top", "concentration"],
)


@pytest.mark.slow
@MEASURES
@pytest.mark.parametrize("engine", ["polars", "spark"])
def test_pandas_and_a_further_engine_agree(measure, engine):
    flows = data.load("us_trade_partners")[["partner", "year", "imports_m_usd"]]
    flows = flows.rename(columns={"imports_m_usd": "share_pct"}).assign(reporter="USA").dropna()
    told = measure(ENGINES[engine](flows))
    told = pd.DataFrame(told.collect().to_dict(as_series=False)) if engine == "polars" else told.toPandas()
    pd.testing.assert_frame_equal(ordered(measure(flows)), ordered(told), check_dtype=False, rtol=1e-9)


def in_polars(flows):
    return pytest.importorskip("polars").DataFrame(flows.to_dict("list")).lazy()


def in_spark(flows):
    spark = pytest.importorskip("pyspark.sql", reason="PySpark is not installed: pip install pyspark, with Java")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Java is not installed: PySpark runs on it")
    session = spark.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    return session.createDataFrame(flows.to_dict("records"))


ENGINES = {"polars": in_polars, "spark": in_spark}


@MEASURES
def test_pandas_and_duckdb_agree(measure):
    flows = data.load("import_partner_shares")
    lazy = measure(duckdb.from_df(flows))
    assert isinstance(lazy, duckdb.DuckDBPyRelation)  # nothing has been computed yet
    pd.testing.assert_frame_equal(ordered(measure(flows)), ordered(lazy.df()), check_dtype=False, rtol=1e-9)


@pytest.mark.slow
@settings(max_examples=6, deadline=None)
@given(FLOWS)
def test_pandas_and_duckdb_agree_on_anything(flows):
    both = economy.concentration(flows, **BY), economy.concentration(duckdb.from_df(flows), **BY).df()
    pd.testing.assert_frame_equal(*map(ordered, both), check_dtype=False, rtol=1e-9)


# --- properties --------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(FLOWS)
def test_shares_sum_to_one_and_keep_the_whole(flows):
    found = economy.shares(flows, **BY)
    assert found.groupby("year")["share"].sum().to_list() == pytest.approx([1.0] * flows["year"].nunique())
    assert found["value"].sum() == flows["value"].sum()


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(FLOWS)
def test_the_index_lies_between_equal_partners_and_one(flows):
    found = economy.concentration(flows, **BY)
    assert ((found["hhi"] >= 1 / found["partners"] - 1e-12) & (found["hhi"] <= 1 + 1e-12)).all()
    assert ((found["effective"] >= 1 - 1e-9) & (found["effective"] <= found["partners"] + 1e-9)).all()


def test_four_equal_partners_are_four():
    found = economy.concentration(pd.DataFrame({"year": 2001, "partner": list("ABCD"), "value": 5.0}), **BY)
    assert found[["hhi", "partners", "effective"]].iloc[0].to_list() == pytest.approx([0.25, 4, 4])


def test_what_is_no_partner_counts_in_the_sum_only():
    flows = pd.DataFrame({"year": 2001, "partner": ["A", "Unspecified"], "value": [1.0, 1.0]})
    found = economy.concentration(flows, **BY).iloc[0]
    assert (found["hhi"], found["partners"]) == (0.25, 1)


def test_equal_partners_are_ranked_by_name():
    flows = pd.DataFrame({"year": 2001, "partner": list("CAB"), "value": [1.0, 1.0, 2.0]})
    ranked = economy.top(flows, n=2, **BY).sort_values("rank")
    assert ranked["partner"].to_list() == ["B", "A"]


@settings(max_examples=40, deadline=None)
@given(SHARES, SHARES)
def test_contributions_sum_to_the_change_of_the_index(before, after):
    parts = economy.contributions(before, after)
    assert parts["effect"].sum() == pytest.approx((after**2).sum() - (before**2).sum(), abs=1e-12)


def test_partners_add_up_to_the_bureau_s_totals(partners):
    sums = economy.totals(partners, ["year"], "imports_m_usd").set_index("year")["imports_m_usd"]
    assert sums[2024] == pytest.approx(3_266_410.195, abs=0.2)  # million dollars, printed by the Bureau
    assert sums[2013] == pytest.approx(2_267_986.734, abs=0.2)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.floats(-20, 20), min_size=1, max_size=8))
def test_growth_chained_and_compared_with_itself_leaves_no_gap(rates):
    growth = pd.Series(rates, index=range(2001, 2001 + len(rates)))
    assert economy.shortfall(growth, growth, 2000, 2000 + len(rates)) == pytest.approx(0)


def test_growth_with_a_gap_is_refused():
    with pytest.raises(ValueError, match=r"Growth after 2000 lacks \[2002\]: it is known for \[2001, 2003\]"):
        economy.cumulated(pd.Series({2001: 1.0, 2003: 1.0}), 2000)


def test_average_rate_lies_among_the_monthly_ones():
    duties = data.load("us_duties")
    monthly = economy.collected_rate(duties, "KOR").loc["2025"]
    assert monthly.min() < economy.average_rate(duties, "KOR", "2025-01", "2025-12") < monthly.max()


@pytest.mark.parametrize(
    ("partner", "year", "duties", "imports"),  # whole dollars, yearly totals of the Bureau
    [
        ("KOR", 2011, 805_756_461, 56_002_780_687),
        ("KOR", 2012, 670_257_685, 57_931_567_159),
        ("KOR", 2015, 627_989_332, 69_473_308_442),
        ("KOR", 2016, 185_124_539, 71_583_892_427),
        ("KOR", 2024, 245_273_806, 130_363_118_808),
        ("KOR", 2025, 10_261_432_669, 123_674_438_748),
        ("JPN", 2011, 2_127_719_066, 128_031_338_042),
        ("JPN", 2024, 2_282_856_422, 150_071_730_523),
    ],
)
def test_transcribed_months_add_up_to_the_published_year(partner, year, duties, imports):
    table = data.load("us_duties").query("partner == @partner and year == @year")
    assert len(table) == 12
    assert table["duties_m_usd"].sum() == pytest.approx(
        duties / 1e6, abs=0.012
    )  # twelve months, each rounded to a thousand dollars
    assert table["imports_m_usd"].sum() == pytest.approx(imports / 1e6, abs=0.012)


@pytest.mark.parametrize("partner", ["KOR", "JPN"])
def test_goods_that_pay_duty_are_nearly_all_that_arrive(partner):
    duties, trade = data.load("us_duties"), data.load("us_goods_trade")
    for_consumption, general = (
        series.months(table, "imports_m_usd", partner=partner).loc["2011":"2024"] for table in (duties, trade)
    )
    assert len(for_consumption) == 12 * 14
    assert (for_consumption / general - 1).abs().max() < 0.1  # the two leave and enter warehouses in other months
    assert for_consumption.sum() / general.sum() == pytest.approx(1, abs=0.02)


def test_excess_is_deaths_less_expected():
    found = economy.excess(data.load("excess_deaths"), "KOR", "2023-10-01")
    assert found["excess"] == found["total"] - found["expected"]
    assert found["per_100k"] == pytest.approx(found["excess"] / 518.15808)


# --- against published figures -----------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "exports", "imports"), [(1985, 5956.3, 10013.3), (2011, 43461.6, 56661.4), (2019, 56504.3, 77476.3)]
)
def test_goods_trade_as_the_bureau_prints_it(korea, year, exports, imports):
    assert series.whole_years(korea["exports"])[year] == pytest.approx(exports, abs=1)
    assert series.whole_years(korea["imports"])[year] == pytest.approx(imports, abs=1)


def test_the_deficit_of_2025_as_reported_in_the_press(korea):
    balance = series.whole_years(korea["exports"])[2025] - series.whole_years(korea["imports"])[2025]
    assert balance / 1000 == pytest.approx(-56.4, abs=0.15)


@pytest.mark.parametrize(
    ("partner", "billions", "within"), [("CHN", 25.93, 0.02), ("JPN", 4.78, 0.02), ("KOR", 3.3, 0.2)]
)
def test_duties_of_april_to_june_2025_as_the_chamber_of_commerce_counted_them(partner, billions, within):
    monthly = series.months(data.load("us_duties"), "duties_m_usd", partner=partner)
    assert monthly.loc["2025-04":"2025-06"].sum() / 1000 == pytest.approx(
        billions, abs=within
    )  # reported on 21 September 2025, revised since


def test_both_tables_of_the_bureau_agree_within_a_per_cent(korea, partners):
    rows = partners[partners["census_code"] == "5800"].set_index("year")
    for flow, monthly in korea.items():
        both = pd.concat([series.whole_years(monthly), rows[f"{flow}_m_usd"]], axis=1).dropna()
        assert len(both) == 13 and (both.iloc[:, 0] / both.iloc[:, 1] - 1).abs().max() < 0.01


def test_no_month_is_an_unpublished_zero():
    trade = data.load("us_goods_trade")
    assert (trade[["exports_m_usd", "imports_m_usd"]] > 0).all(axis=None)
    assert (trade["partner"] == "KOR").sum() == 12 * 41 + 8


def test_korea_s_growth_as_published():
    gdp = data.load("economies").query("country == 'KOR'").set_index("year")["gdp_bn_usd_2015"]
    assert (100 * gdp.pct_change()).loc[[2020, 2022, 2024]].round(1).to_list() == [-0.7, 2.7, 2.0]


def test_research_intensity_as_published():
    table = data.load("research_intensity").query("basis == 'World Bank'").set_index(["country", "year"])["rd_pct_gdp"]
    assert table[("KOR", 2022)] == pytest.approx(5.2, abs=0.05) and table[("USA", 2022)] == pytest.approx(3.6, abs=0.05)


@pytest.mark.parametrize(("year", "billions"), [(2016, -14.28), (2018, -13.37), (2022, -2.58), (2024, -7.18)])
def test_korea_s_services_balance_as_the_bank_of_korea_published_it(year, billions):
    table = data.load("regional_balance").query("partner == 'USA' and item == 'services balance'").set_index("year")
    assert table.loc[year, "balance_bn_usd"] == billions


def test_parts_of_korea_s_current_account_of_2024_add_up_but_for_transfers():
    table = data.load("regional_balance").query("partner == 'USA' and year == 2024").set_index("item")["balance_bn_usd"]
    parts = table[["goods balance", "services balance", "primary income balance"]].sum()
    assert parts == pytest.approx(table["current account"], abs=2.0)


def test_suppliers_of_gas_add_up_to_what_their_report_names_as_their_part():
    table = data.load("korea_lng_suppliers").query("year == 2025").set_index("supplier")["imports_kt"]
    assert table.drop("WLD").sum() / table["WLD"] == pytest.approx(0.951, abs=0.001)


def test_a_share_of_2025_is_over_all_imports_and_no_index_is_computed_from_it():
    table = data.load("import_partner_shares").query("reporter == 'USA' and basis == 'Census'")
    assert table.query("partner == 'KOREA, SOUTH' and year == 2025")["share_pct"].item() == pytest.approx(
        3.68, abs=0.01
    )
    sums = table.groupby("year")["share_pct"].sum()
    assert sums.loc[:2024].to_list() == pytest.approx([100] * 6, abs=0.01) and sums[2025] == pytest.approx(
        86.6, abs=0.1
    )
    assert set(table.loc[~table["complete"], "year"]) == {2025}


def test_china_s_share_in_korea_s_imports_as_published():
    shares = data.load("import_partner_shares").set_index(["reporter", "year", "partner"])["share_pct"]
    assert shares["KOR", 2018, "China"] == pytest.approx(19.9, abs=0.05)  # Statistics Korea, 105.3 billion dollars


def test_a_row_that_ends_on_the_last_day_counts_and_a_later_one_is_left_out_whole():
    deaths = pd.DataFrame(
        {
            "country": ["KOR", "KOR", "KOR", "JPN"],
            "end_date": ["2020-01-05", "2020-01-12", "2020-01-13", "2020-01-05"],
            "population": 200_000,
            "total_deaths": [10.0, 20.0, 40.0, 80.0],
            "expected_deaths": [8.0, 16.0, 32.0, 64.0],
        }
    )
    found = economy.excess(deaths, "KOR", "2020-01-12")
    assert found.to_dict() == {"total": 30.0, "expected": 24.0, "excess": 6.0, "per_100k": 3.0}


def test_what_is_no_partner_has_no_rank_but_counts_in_the_whole():
    flows = pd.DataFrame({"year": 2001, "partner": ["A", "Unspecified", "B"], "value": [1.0, 2.0, 1.0]})
    ranked = economy.top(flows, n=1, **BY)
    assert ranked[["partner", "share", "rank"]].values.tolist() == [["A", 0.25, 1]]


def test_contributions_come_with_the_largest_first():
    found = economy.contributions(pd.Series({"A": 0.5, "B": 0.5}), pd.Series({"A": 0.2, "C": 0.8}))
    assert list(found.index) == ["C", "A", "B"]


def test_growth_of_the_base_year_is_not_chained():
    assert economy.cumulated(pd.Series({2000: 50.0, 2001: 10.0}), 2000).to_dict() == {
        2000: 100.0,
        2001: pytest.approx(110),
    }


# --- labels of charts --------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.floats(-20, 20), min_size=1))
def test_labels_keep_apart_and_in_order(values):
    places = spread(pd.Series(values), 2)
    ordered = places[pd.Series(values).sort_values().index]
    assert (ordered.diff().dropna() >= 2 - 1e-9).all()
    assert places.mean() == pytest.approx(pd.Series(values).mean(), abs=1e-9)


def test_labels_that_stand_apart_stay_where_they_are():
    assert spread(pd.Series({"A": 5.0, "B": 1.0}), 2).to_dict() == {"A": 5.0, "B": 1.0}
