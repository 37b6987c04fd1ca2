"""China’s mineral exports in UN Comtrade."""

import pandas as pd
from builders import put

from alliance.collect import comtrade


def test_a_value_without_a_weight_is_a_weight_not_known(tmp_path):
    rows = ["2024-01-01,South Korea,250410,5,0", "2024-01-01,USA,250410,5,2", "2024-01-01,Japan,250410,5,2"]
    put(tmp_path, comtrade.FILE, "\n".join(["period_dt,partner_name,hs6,val,qty", *rows]) + "\n")
    weights = comtrade.china_mineral_exports(tmp_path).set_index("destination")["weight_kg"]
    assert pd.isna(weights["KOR"]) and weights["JPN"] == 2


def test_no_more_is_passed_on_than_the_chapters_use(tmp_path):
    rows = ["2020-12-01,Japan,250410,5,1", "2024-01-01,Poland,250410,5,2", "2024-01-01,Japan,811292,5,2"]
    put(tmp_path, comtrade.FILE, "\n".join(["period_dt,partner_name,hs6,val,qty", *rows]) + "\n")
    assert comtrade.china_mineral_exports(tmp_path).empty
