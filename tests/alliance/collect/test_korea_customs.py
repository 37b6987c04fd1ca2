"""Korean exports by product."""

import pandas as pd
import pytest
from builders import put

from alliance.collect import korea_customs
from alliance.data import DataError


def test_a_product_without_the_united_states_among_its_destinations_has_no_figure(tmp_path):
    chips, cars = '{"name": "반도체", "value": 30}', '{"name": "자동차", "value": 6}'
    release = f'{{"totals": {{"exports": 100}}, "groups": [{{"items": [{chips}, {cars}]}}]}}'
    for part, text in {
        "monthly": release,
        "release": f'{{"monthly": {release}}}',
        "item-countries": '{"반도체": [{"name": "중국", "value": 9}], "자동차": [{"name": "미국", "value": 27.4}]}',
    }.items():
        put(tmp_path, korea_customs.FOLDER.format(part, "json"), text)
    to_us = korea_customs.korea_export_definitions(tmp_path).set_index("name_en")["to_us_bn_usd"]
    assert to_us["cars"] == 2.74 and pd.isna(to_us["semiconductors"]) and pd.isna(to_us["all exports"])


def test_a_missing_release_is_named(tmp_path):
    with pytest.raises(DataError, match=r"korea_customs_monthly_2025-08_2026-07\.json: the source file is missing"):
        korea_customs.korea_export_definitions(tmp_path)
