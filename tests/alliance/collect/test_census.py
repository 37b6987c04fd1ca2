"""Goods trade by the U.S. Census Bureau."""

from builders import put

from alliance.collect import census


def test_a_year_that_the_sheet_has_not_whole_is_left_to_the_typed_months(tmp_path):
    months = ",".join(kind + month for kind in "IE" for month in census.MONTHS)
    zeros = ",".join(["5"] + ["0"] * 23)
    put(
        tmp_path,
        "economy-climate/census_country_selected_1985_2023-01.csv",
        f'year,CTYNAME,{months}\n2022,"Korea, South",{",".join(["2"] * 24)}\n2023,"Korea, South",{zeros}\n',
    )
    put(
        tmp_path,
        "economy-climate/census_us_goods_monthly_2023_2026-07_keyed.csv",
        "country_code,year,month,exports,imports\nKOR,2023,1,3,5\n",
    )
    frame = census.us_goods_trade(tmp_path)
    assert len(frame) == 13 and frame["status"].to_list() == ["sheet"] * 12 + ["transcribed"]
