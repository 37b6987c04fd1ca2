"""Collectors of the later vintages: bases are kept apart, incomplete rows are left out."""

import pytest
from builders import put

from alliance.collect import commitments_abroad, direct_investment, kita, mofcom, power_official, world_bank
from alliance.data import DataError


def test_a_supplier_s_share_stands_beside_its_amount_and_values_in_dollars_are_left_out(tmp_path):
    put(
        tmp_path,
        kita.FILE,
        "year,supplier,value,unit,note,source_title,source_url\n2018,USA,4.66,Mt,,a,http://b.c\n"
        "2018,USA,10.6,per cent of tonnage,,a,http://b.c\n2018,QAT,32.4,per cent of tonnage,,a,http://b.c\n"
        '2024,USA,5640000,"t, COMPUTED",,a,http://b.c\n2022,WLD,9,M USD,,a,http://b.c\n',
    )
    rows = kita.korea_lng_suppliers(tmp_path).set_index(["year", "supplier"])
    assert len(rows) == 3
    assert rows.loc[(2018, "USA"), ["imports_kt", "share_pct"]].to_list() == [4660.0, 10.6]
    assert rows.loc[(2018, "QAT"), "basis"] == "share published"
    assert rows.loc[(2024, "USA"), "basis"].startswith("computed")


def test_a_row_without_an_address_is_no_row_of_the_investment_table(tmp_path):
    put(
        tmp_path,
        direct_investment.FILE,
        "flow,period,partner,value_bn_usd,basis,note,source_title,source_url\n"
        'Foreign direct investment into Korea,2024,USA,5.24,"notified, COMPUTED",,"News1, 7 Jan 2026",http://b.c\n'
        "Foreign direct investment into Korea,2024,WLD,34.57,notified,,caption,\n",
    )
    frame = direct_investment.direct_investment(tmp_path).query("source_url == 'http://b.c'")
    assert frame[["basis", "state", "vintage"]].to_numpy().tolist() == [["notified", "computed", "January 7, 2026"]]


def test_an_unknown_basis_is_refused(tmp_path):
    put(
        tmp_path,
        direct_investment.FILE,
        "flow,period,partner,value_bn_usd,basis,note,source_title,source_url\n"
        "Korean direct investment abroad,2024,USA,1,net,,a,http://b.c\n",
    )
    with pytest.raises(DataError, match='"net" is not a text this column was known to hold'):
        direct_investment.direct_investment(tmp_path)


def test_awards_are_upper_limits_and_acts_have_no_amount(tmp_path, monkeypatch):
    monkeypatch.setattr(commitments_abroad, "corrections", lambda *_: {})
    put(
        tmp_path,
        commitments_abroad.PLEDGES,
        "date,item,value,unit,fact,source_title,source_url\n"
        "2026-03-12,special act,226-8-8 of 242,votes,passed,a,http://b.c\n",
    )
    put(
        tmp_path,
        commitments_abroad.AWARDS,
        "company,stage,date,award,unit,company_investment_bn_usd,place,source_title,source_url\n"
        'Chips,final award,2024-12-20,4.745,"bn USD, grant, up to",37,Texas,a,http://b.c\n',
    )
    rows = commitments_abroad.investment_commitments(tmp_path)
    frame = rows[rows["source_url"] == "http://b.c"].set_index("kind")
    assert (
        frame.loc["award", "unit"] == "billion USD, up to" and frame.loc["award", "item"] == "Chips, final award, grant"
    )
    assert frame["value"].isna()["act"]


def test_a_suspended_control_is_told_from_one_in_force(tmp_path, monkeypatch):
    monkeypatch.setattr(mofcom, "corrections", lambda *_: {})
    put(
        tmp_path,
        mofcom.FILE,
        "measure,announced,in_force,goods,kind,official_url,where_read\n"
        "No. 58,2025-10-09,2025-11-08,batteries (suspended),license,http://a.b/c,x docs/y\n"
        "No. 39,2023-10-20,2023-12-01,graphite,license,,x\nTruce,2025-11 (day not read),,measures,suspension,,x\n",
    )
    frame = mofcom.china_export_controls(tmp_path).set_index("measure")
    assert frame["state"].to_dict() == {"No. 39": "in force", "No. 58": "suspended", "Truce": "not a control"}
    assert frame.loc["No. 58", "goods"] == "batteries" and frame.loc["Truce", "announced"] == "2025-11-07"
    assert frame.loc["No. 39", "source_url"] == mofcom.PORTAL


def test_months_and_forecasts_of_power_are_left_out(tmp_path):
    put(
        tmp_path,
        power_official.FILE,
        "country,period,source,value,share_pct,basis,source_title,source_url\n"
        'KOR,2024,nuclear,188.8,31.7,"MOTIE, gross generation",a,http://b.c\n'
        'KOR,2025-04,coal,8.2,18.5,"Ember, month",a,http://b.c\n'
        'USA,2025,"total, electric power sector",4260,,STEO,a,http://b.c\n',
    )
    frame = power_official.power_official(tmp_path)
    assert frame[["source", "basis"]].to_numpy().tolist() == [["nuclear", power_official.MINISTRY]]


def test_research_on_rebased_accounts_does_not_continue_the_series(tmp_path):
    put(tmp_path, "economy-climate/wdi_rd_expenditure_pct_gdp_keyed.csv", "geo,time,gb_xpd_rsdv_gd_zs\nkor,2022,5.21\n")
    put(
        tmp_path,
        world_bank.LATER_RESEARCH,
        "country,year,rd_pct_gdp,vintage,source_title,source_url,address_complete\n"
        "KOR,2022,4.85,rebased (GDP base 2020),a,http://b.c,yes\nKOR,2023,4.94,revised,a,a,no\n"
        'KOR,2022,5.21,"first, GDP base 2015",a,http://b.c,yes\n',
    )
    frame = world_bank.research_intensity(tmp_path).set_index("basis")["rd_pct_gdp"]
    assert frame.to_dict() == {"World Bank": 5.21, world_bank.NEW_ACCOUNTS: 4.85}
