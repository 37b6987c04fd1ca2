"""China’s mineral exports in UN Comtrade."""

import pandas as pd
from builders import put

from alliance.collect import comtrade


def test_a_value_without_a_weight_makes_the_sum_of_others_unknown(tmp_path):
    put(
        tmp_path,
        comtrade.FILE,
        "period_dt,partner_name,hs6,val,qty\n2024-01-01,Poland,250410,5,0\n2024-01-01,Italy,250410,5,2\n2024-01-01,Japan,250410,5,2\n",
    )
    weights = comtrade.china_mineral_exports(tmp_path).set_index("destination")["weight_kg"]
    assert pd.isna(weights["others"]) and weights["JPN"] == 2
