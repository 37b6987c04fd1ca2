"""Goods trade by the U.S. Census Bureau."""

import pytest
from builders import put

from alliance.collect import census

GOODS_HEADER = "partner,year,month,exports_m_usd,imports_m_usd\n"


@pytest.fixture
def folder(tmp_path):
    """A folder with a whole year of the sheet, one that it has not whole, and months of both copies."""
    months = ",".join(kind + month for kind in "IE" for month in census.MONTHS)
    zeros = ",".join(["5"] + ["0"] * 23)
    whole = ",".join(["2"] * 24)
    put(
        tmp_path,
        census.SHEET_FILE,
        f'year,CTYNAME,{months}\n2022,"Korea, South",{whole}\n2023,"Korea, South",{zeros}\n',
    )
    put(
        tmp_path,
        census.TYPED_FILE,
        "country_code,year,month,exports,imports\nKOR,2023,1,3,5\nKOR,2025,1,30,50\nWLD_NSA,2025,1,100,200\n",
    )
    put(tmp_path, census.GOODS_FILE, GOODS_HEADER + "KOR,2025,1,31,51\nNLD,2026,1,,7\nCAN,2026,1,8,9\n")
    return tmp_path


def test_a_year_that_the_sheet_has_not_whole_is_left_to_the_typed_months(folder):
    frame = census.us_goods_trade(folder).query("partner == 'KOR' and year < 2025")
    assert len(frame) == 13 and frame["status"].to_list() == ["sheet"] * 12 + ["transcribed"]


def test_the_later_copy_takes_the_place_of_the_earlier_one(folder):
    frame = census.us_goods_trade(folder).query("year >= 2025").set_index("partner")
    assert frame["imports_m_usd"].to_dict() == {"KOR": 51, "CAN": 9, "WLD": 200}  # not 50, and no half-read month


def test_of_2025_only_the_partners_read_are_there_and_marked(folder):
    put(
        folder,
        census.YEARLY_FILE,
        "CTY_CODE,CTY_NAME,YEAR,imports,exports\n-,TOTAL,2024,9e9,9e9\n"
        '5800,"KOREA, SOUTH",2024,4e6,2e6\n1220,CANADA,2024,6e6,2e6\n',
    )
    put(
        folder,
        census.TOTALS_FILE,
        "partner,year,months,exports_m_usd,imports_m_usd\nKOR,2025,1-12,20,50\nKOR,2026,1-8,9,9\n",
    )
    put(
        folder,
        census.SHARES_FILE,
        'reporter,year,partner,iso,imports_usd\nUSA,2024,"KOREA, SOUTH",KR,4000000\nUSA,2024,CANADA,CA,6000000\n'
        "USA,2025,KOR,KOR,50000000\n",
    )
    frame = census.us_trade_partners(folder)
    assert frame["status"].to_list() == ["all partners", "all partners", "23 partners"]
    assert frame["partner"].iloc[-1] == "KOREA, SOUTH"
    shares = census.us_import_shares(folder).set_index(["year", "partner"])["share_pct"]
    assert shares[2024, "CANADA"] == 60 and shares[2025, "KOREA, SOUTH"] == 25  # of the whole of 200 million


def test_a_month_whose_imports_were_not_read_has_no_rate(tmp_path):
    put(
        tmp_path,
        census.DUTIES_FILE,
        "country_code,period,duties,import_value\nALL,2024-12,1e6,5e7\nKOR,2025-01,1e6,5e7\n",
    )
    put(
        tmp_path,
        census.LATER_DUTIES_FILE,
        "partner,year,month,calculated_duties_usd,imports_for_consumption_usd\nKOR,2025,1,2000000,50000000\n"
        "MEX,2026,8,1000000,\n",
    )
    frame = census.us_duties(tmp_path).query(
        "year >= 2024 and partner in ['KOR', 'WLD', 'MEX'] and month in [1, 8, 12]"
    )
    rows = frame[(frame["year"] > 2024) | (frame["partner"] == "WLD")]
    assert rows[["partner", "duties_m_usd"]].to_numpy().tolist() == [["KOR", 2.0], ["WLD", 1.0]]
