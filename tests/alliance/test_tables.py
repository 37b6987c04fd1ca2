"""The tables as they lie in the project: described, sourced, and equal to figures published elsewhere."""

import hashlib
import itertools
import json
import re

import pytest
from builders import loaded

from alliance import data

TABLES = data.tables()


GRADED = [
    name for name in TABLES if "confidence" in [field["name"] for field in data.describe(name)["schema"]["fields"]]
]


@pytest.mark.slow  # another program reads all tables; ours does in each build and in the test of data.check
def test_frictionless_finds_the_package_valid():
    from frictionless import Package

    report = Package(str(data.DATA / data.PACKAGE)).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_rows_bytes_and_hash_are_those_of_the_file(table):
    described = data.describe(table)
    content = (data.DATA / described["path"]).read_bytes()
    assert described["bytes"] == len(content)
    assert described["rows"] == content.count(b"\n") - 1 == len(loaded(table))
    assert described["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


OWN_WORDS = ["act_searches", "verdicts", "verdict_reasons"]  # written for this book: their source is the book itself


@pytest.mark.parametrize("table", OWN_WORDS)
def test_tables_of_our_own_words_say_so(table):
    assert data.describe(table)["publisher"] == "Set for this book"
    assert data.describe(table)["sources"] == [{"title": "This book"}]


@pytest.mark.parametrize("table", [table for table in TABLES if table not in OWN_WORDS])
def test_every_row_has_a_source_that_can_be_read(table):
    frame = loaded(table)
    assert frame["source_title"].notna().all()
    assert frame["source_url"].str.fullmatch(r"https?://[^/\s]+\.[^\s]+").all()
    if "second_source_url" in frame:
        assert frame["second_source_url"].dropna().str.fullmatch(r"https?://[^/\s]+\.[^\s]+").all()
        assert (frame["second_source_title"].isna() == frame["second_source_url"].isna()).all()


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_described(table):
    for field in data.describe(table)["schema"]["fields"]:
        assert field["title"] and field["description"].endswith("."), field["name"]
        assert len(field["description"].split()) > 1 and field["description"] != f"{field['title']}.", field["name"]
        if field["type"] in ("integer", "number"):
            assert field["unit"], f"{field['name']} has no unit"


@pytest.mark.parametrize("table", GRADED)
def test_two_sources_are_named_where_they_are_claimed(table):
    frame = loaded(table)
    claimed = frame["confidence"].str.startswith("two sources")
    if "second_source_url" in frame:
        assert frame.loc[claimed, "second_source_url"].notna().all()
    else:
        assert not claimed.any()


def test_2015_items_add_up_to_the_published_totals():
    sums = data.load("support_2015").groupby("class")["amount_bn_krw"].sum()
    assert sums["direct"] == pytest.approx(2427.9, abs=0.05)
    assert sums["indirect"] == pytest.approx(958.9, abs=0.05)
    assert sums["direct"] + sums["indirect"] == pytest.approx(3386.8, abs=0.05)


def test_categories_add_up_to_the_contribution_of_their_year():
    frame = data.load("sma_categories").set_index("year")
    parts = frame[["labor_bn_krw", "construction_bn_krw", "logistics_bn_krw"]].sum(axis="columns")
    contribution = data.load("sma_contributions").set_index("year")["amount_bn_krw"].loc[frame.index]
    assert parts.to_numpy() == pytest.approx(frame["total_bn_krw"].to_numpy(), abs=0.05)
    assert frame["total_bn_krw"].to_numpy() == pytest.approx(contribution.to_numpy(), abs=0.001)


def test_dollars_end_in_2004_and_won_begins_in_2005():
    frame = data.load("sma_contributions")
    assert frame["year"].tolist() == list(range(1991, 2027))
    assert (frame["amount_m_usd"].notna() == (frame["year"] <= 2004)).all()
    assert (frame["amount_bn_krw"].notna() == (frame["year"] >= 2005)).all()


def test_contributions_lie_within_their_agreements():
    contributions, agreements = data.load("sma_contributions"), data.load("sma_agreements")
    spans = contributions.merge(agreements[["agreement", "first_year", "last_year"]], on="agreement")
    assert len(spans) == len(contributions)
    assert spans["year"].between(spans["first_year"], spans["last_year"]).all()


def test_agreements_follow_each_other_and_state_one_currency():
    frame = data.load("sma_agreements")
    assert (frame["first_year"].iloc[1:].to_numpy() == frame["last_year"].iloc[:-1].to_numpy() + 1).all()
    assert (frame["first_year_amount_bn_krw"].notna() == frame["currency"].str.contains("KRW")).all()
    assert (frame["first_year_amount_m_usd"].notna() == frame["currency"].str.contains("USD")).all()
    amounts = data.load("sma_contributions").set_index("year")["amount_bn_krw"]
    won = frame[frame["currency"] == "KRW"]
    assert won["first_year_amount_bn_krw"].tolist() == amounts.loc[won["first_year"]].tolist()


def test_dates_of_an_agreement_are_in_order():
    dates = data.load("sma_agreements")[["agreed_on", "initialed_on", "signed_on", "in_force_on"]]
    for known in (row.dropna().tolist() for _, row in dates.iterrows()):
        # Only as far as both dates are precise: "2009-03" is not before "2009-03-05".
        assert all(a[: len(b)] <= b[: len(a)] for a, b in itertools.pairwise(known)), known


def test_consumer_prices_of_2025_are_marked_as_national():
    frame = data.load("consumer_prices").set_index(["country", "year"])
    assert frame.loc[("KOR", 2025), "inflation_pct"] == 2.1
    assert "not from the World Bank" in frame.loc[("KOR", 2025), "note"]
    assert frame["note"].notna().sum() == 1
    assert set(frame.loc["KOR"].index) == set(range(1990, 2026))
    assert set(frame.loc["USA"].index) == set(range(1990, 2025))


def test_published_budget_growth_is_that_of_the_budgets():
    frame = data.load("defense_budget").set_index("year")
    computed = (frame["budget_bn_krw"] / frame["budget_bn_krw"].shift() - 1) * 100
    assert (computed - frame["growth_pct"]).abs().max() <= 0.05


def test_amounts_from_2022_to_2025_follow_from_the_formula():
    amounts = data.load("sma_contributions").set_index("year")["amount_bn_krw"]
    growth = data.load("defense_budget").set_index("year")["growth_pct"]
    for year in (2022, 2023, 2024, 2025):
        assert amounts[year] == pytest.approx(amounts[year - 1] * (1 + growth[year - 1] / 100), abs=0.05)


def test_the_package_is_version_1_and_names_its_day():
    described = json.loads((data.DATA / data.PACKAGE).read_text(encoding="utf-8"))
    assert described["profile"] == "tabular-data-package"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", described["created"])
    assert {resource["profile"] for resource in described["resources"]} == {"tabular-data-resource"}


@pytest.mark.parametrize("table", TABLES)
def test_a_reader_learns_whose_a_table_is_and_on_what_terms(table):
    described = data.describe(table)
    assert all(license["name"] and license["title"] and license["path"] for license in described["licenses"])
    assert described["license_note"].endswith((".", ")")) and described["description"].endswith(".")
    assert all(caveat.endswith((".", ")")) for caveat in described["caveats"])
