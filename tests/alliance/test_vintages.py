"""A table that ends long before the edition says why, and when a later version was looked for."""

import json
import re

import pytest
from conftest import ROOT

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text())
#: The edition is of November 2026; a yearly table that ends in 2024 is more than eighteen months old.
OLD = 2025
#: Tables about a time that is over, or a document that does not change.
CLOSED = {
    "commitments",
    "support_2015",
    "sma_unspent_construction",
    "nuclear_tests",
    "forecast_2019",
    "smart_cities",
}
#: What a caveat says: a search with its day, or where the source or its edition ends.
REASON = re.compile(r"[Ss]earched (on )?November 2\d, 2026|read on November 2\d, 2026|found on November 2\d, 2026")
#: Nothing is to be brought forward.
STILL = re.compile(r"not meant to be brought forward|not a series")


def last_year(resource):
    years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", resource["coverage"])]
    return max(years, default=None)


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=lambda resource: resource["name"])
def test_an_old_table_says_why_it_is_old(resource):
    last = last_year(resource)
    if last is None or last >= OLD or resource["name"] in CLOSED:
        return
    told = [caveat for caveat in resource["caveats"] if REASON.search(caveat) or STILL.search(caveat)]
    assert told, f"{resource['name']} ends in {last} and does not say why"


def test_closed_tables_are_in_the_package_and_old():
    ends = {resource["name"]: last_year(resource) for resource in PACKAGE["resources"]}
    assert all(ends[name] is None or ends[name] < OLD or name == "nuclear_tests" for name in CLOSED)
