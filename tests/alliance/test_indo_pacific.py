"""Indo-Pacific cooperation: measures against published figures and by their properties."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance import data, indo_pacific

RINGS = st.lists(st.tuples(st.integers(-90, 90), st.integers(-60, 60)), min_size=3, max_size=8, unique=True)
FLOWS = st.lists(
    st.tuples(
        st.sampled_from(["MHL", "FJI"]), st.sampled_from(["KOR", "USA"]), st.integers(2010, 2012), st.integers(0, 10**9)
    ),
    min_size=1,
    max_size=20,
)


def test_groups_lie_within_one_another():
    assert set(indo_pacific.MEKONG) < set(indo_pacific.ASEAN)
    assert set(indo_pacific.COMPACT) < set(indo_pacific.PACIFIC)
    assert len(indo_pacific.PACIFIC) == 14


# -- published figures -----------------------------------------------------------------------------


def test_net_aid_is_what_the_world_bank_publishes():
    aid = data.load("net_aid").set_index(["donor", "recipient", "year"])["net_aid_usd"]
    assert aid["KOR", "IDN", 2000] == 3_790_000
    assert aid["KOR", "IDN", 2001] == 23_000_000


def test_the_pacific_aid_map_equals_the_committee_s_figures_for_korea():
    """Three cells that the World Bank publishes as net aid are spending in the map, to the dollar."""
    aid = data.load("pacific_aid").set_index(["donor", "recipient", "year"])["spent_usd"]
    assert [aid["KOR", "SLB", 2015], aid["KOR", "WSM", 2019], aid["KOR", "PNG", 2022]] == [
        2_833_588,
        1_148_780,
        2_789_724,
    ]


def test_net_aid_to_the_islands_is_what_the_pacific_aid_map_has_where_nothing_is_repaid():
    """The two come from the same reports: most cells agree to the dollar, and none is far off."""
    keys = ["donor", "recipient", "year"]
    both = data.load("net_aid").merge(data.load("pacific_aid"), on=keys)
    gap = (both["net_aid_usd"] - both["spent_usd"]).abs()
    assert len(both) == 128 and (gap <= 1).sum() == 80
    assert (gap <= 0.23 * both["spent_usd"].clip(lower=500_000)).all()


def test_doses_of_the_united_states_add_up_to_the_published_900_million():
    doses = data.load("covax_doses").set_index("donor").loc["USA"]
    assert sum(doses[f"{stage}_doses"] for stage in ("delivered", "only_donated", "only_announced")) == 900_000_000


def test_the_vaccinated_of_april_2022_are_a_part_of_each_people():
    shares = data.load("vaccination").set_index("country")["fully_vaccinated_pct"]
    assert shares["KOR"] == pytest.approx(86.7, abs=0.1) and shares["USA"] == pytest.approx(
        65.6, abs=0.1
    )  # as reported at the time
    assert set(shares.index) < {"KOR", "USA", "SGP", *indo_pacific.ASEAN, *indo_pacific.PACIFIC} and len(shares) == 18


def test_attacks_of_2020_are_near_the_bureau_s_195():
    attacks = data.load("ship_attacks")
    assert attacks[attacks["year"] == 2020]["reports"].sum() == pytest.approx(195, rel=0.03)
    assert attacks["reports"].sum() == 7511


def test_the_bureau_s_totals_are_the_published_ones():
    totals = data.load("ship_attack_totals").set_index(["area", "year"])["incidents"]
    assert totals["World"].loc[2020:].to_list() == [195, 132, 115, 120, 116, 137]
    assert totals["Singapore Straits", 2025] == 80


def test_objects_of_korea_in_the_register():
    objects = data.load("space_objects").set_index(["launched_by", "year"])["objects"]
    assert objects["KOR"].loc[2022:].to_list() == [8, 12, 5, 22]
    assert len(objects) == 50


def test_lng_of_korea_is_the_published_one():
    gas = data.load("lng_imports").set_index(["country", "year"])["imports_bn_m3"]
    assert gas["KOR", 2019] == 55.6 and gas["KOR", 2024] == 63.6
    assert gas.xs(2024, level="year").nlargest(5).index.to_list() == ["CHN", "JPN", "KOR", "IND", "TWN"]


# -- properties ------------------------------------------------------------------------------------


@pytest.mark.parametrize("donor", ["KOR", "USA"])
def test_contributions_add_up_to_the_change_of_the_group(donor):
    aid = data.load("net_aid")
    frame = indo_pacific.before_and_after(aid, "net_aid_usd", donor, indo_pacific.ASEAN)
    whole = indo_pacific.aid_by_year(aid, "net_aid_usd", donor, indo_pacific.ASEAN)
    change = indo_pacific.mean(whole, indo_pacific.AFTER) - indo_pacific.mean(whole, indo_pacific.BEFORE)
    assert frame["change"].sum() == pytest.approx(change)
    assert frame["recipient"].to_list() == indo_pacific.ASEAN


@given(st.floats(0.1, 10), st.integers(-3, 3))
def test_growth_is_the_same_in_every_currency_and_moves_with_its_periods(factor, shift):
    years = range(indo_pacific.BEFORE[0] + shift, indo_pacific.AFTER[1] + shift + 1)
    series = pd.Series([1.0] * 5 + [3.0] * 5, index=years)
    assert indo_pacific.growth(series * factor, shift) == pytest.approx(200)


def test_growth_needs_every_year():
    with pytest.raises(ValueError, match="are missing from the period"):
        indo_pacific.growth(pd.Series(1.0, index=range(2013, 2022)))


def test_moved_periods_give_the_change_of_those_years():
    table = pd.DataFrame({"donor": "KOR", "recipient": "IDN", "year": range(2012, 2022), "usd": [1.0] * 5 + [4.0] * 5})
    assert indo_pacific.before_and_after(table, "usd", "KOR", ["IDN"], -1)["change"].item() == 3


def test_shares_of_donors_sum_to_a_hundred():
    shares = indo_pacific.share(data.load("pacific_aid"), "spent_usd", indo_pacific.PACIFIC, (2010, 2023))
    assert shares.sum() == pytest.approx(100) and shares.index[0] in {"AUS", "others"}


def test_yearly_averages_add_up_to_the_average_of_the_group():
    aid = data.load("net_aid")
    given = indo_pacific.yearly(aid, "net_aid_usd", indo_pacific.ASEAN, (2019, 2023))
    whole = indo_pacific.aid_by_year(aid, "net_aid_usd", "KOR", indo_pacific.ASEAN)
    assert given["KOR"].sum() == pytest.approx(indo_pacific.mean(whole, (2019, 2023)))
    assert given.index.to_list() == indo_pacific.ASEAN
    assert indo_pacific.yearly(aid, "net_aid_usd", ["COK"], (2019, 2023)).isna().all(axis=None)


def test_acts_are_joint_or_against_an_aim_and_none_is_earlier_than_asked():
    since = pd.Timestamp(2021, 3, 18)
    acts = indo_pacific.acts(data.load("evidence"), since)
    assert set(acts["effect"]) == {"done", "against"} and (acts["day"] >= since).all()
    assert set(acts.loc[acts["effect"] == "against", "party"]) == {"USA"}
    assert acts["day"].is_monotonic_increasing and acts["promise"].str.startswith("I").all()


def test_an_act_with_japan_is_one_with_others_whatever_it_counts():
    acts = indo_pacific.acts(data.load("evidence"), pd.Timestamp(2021, 3, 18))
    told = acts["fact"].str.contains(r"[Tt]rilateral|three (?:states|coast guards|leaders)|Camp David|Japan|Friends")
    assert acts.loc[told, "with_others"].all() and not acts["with_others"].all()


def test_a_group_is_the_sum_of_its_parts():
    aid = data.load("net_aid")
    parts = sum(indo_pacific.aid_by_year(aid, "net_aid_usd", "KOR", [state]) for state in indo_pacific.ASEAN)
    assert parts.equals(indo_pacific.aid_by_year(aid, "net_aid_usd", "KOR", indo_pacific.ASEAN))


def test_an_unknown_donor_and_a_missing_year_are_named():
    aid = data.load("net_aid")
    with pytest.raises(ValueError, match=r"'JPN'.*KOR, USA"):
        indo_pacific.aid_by_year(aid, "net_aid_usd", "JPN", ["VNM"])
    with pytest.raises(ValueError, match=r"\[2024\]"):
        indo_pacific.mean(indo_pacific.aid_by_year(aid, "net_aid_usd", "KOR", ["VNM"]), (2022, 2024))


@settings(max_examples=15, deadline=None)
@given(FLOWS)
def test_with_and_without_differ_by_the_importer_left_out(rows):
    flows = pd.DataFrame(rows, columns=["importer", "partner", "year", "imports_usd"])
    found = indo_pacific.imports_from(flows, "KOR", "MHL").set_index("year")
    left = flows[(flows["partner"] == "KOR") & (flows["importer"] == "MHL")].groupby("year")["imports_usd"].sum()
    assert ((found["all_usd"] - found["without_usd"]) == left.reindex(found.index, fill_value=0)).all()
    assert (found["without_usd"] >= 0).all()


def test_an_engine_for_large_tables_gives_the_same_sums():
    flows = data.load("pacific_imports")
    relation = indo_pacific.imports_from(duckdb.from_df(flows), "KOR", "MHL")
    assert relation.df().astype("int64").equals(indo_pacific.imports_from(flows, "KOR", "MHL").reset_index(drop=True))


@settings(max_examples=30, deadline=None)
@given(RINGS)
def test_a_ring_is_wound_clockwise_and_keeps_its_points(points):
    ring = ", ".join(f"{x} {y}" for x, y in points)
    feature = indo_pacific.Outlines(pd.DataFrame({"country": ["XXX"], "ring": [ring]})).features[0]
    drawn = feature["geometry"]["coordinates"][0]
    assert indo_pacific.signed_area(drawn) <= 0 and sorted(map(tuple, drawn)) == sorted(points)


def test_every_outline_is_closed():
    assert all(
        f["geometry"]["coordinates"][0][0] == f["geometry"]["coordinates"][0][-1]
        for f in indo_pacific.Outlines(data.load("coastlines")).features
    )


def test_a_small_map_has_fewer_points_and_no_small_islands():
    rings = ["0 0, 0 1, 0 9, 9 9, 9 0, 0 0", "20 20, 20 21, 21 21, 20 20"]
    coasts = pd.DataFrame({"country": ["XXX", "YYY"], "ring": rings})
    (land,) = indo_pacific.Outlines(coasts, apart=2).features
    assert land["geometry"]["coordinates"][0] == [[0, 0], [0, 9], [9, 9], [9, 0], [0, 0]]


def test_only_the_period_counts_and_what_is_not_reported_is_nothing():
    aid = pd.DataFrame(
        {"donor": ["KOR", "KOR", "USA"], "recipient": "VNM", "year": [2013, 2020, 2020], "usd": [5.0, 10.0, 30.0]}
    )
    assert indo_pacific.share(aid, "usd", ["VNM"], (2018, 2022)).to_dict() == {"USA": 75.0, "KOR": 25.0}
    found = indo_pacific.before_and_after(aid, "usd", "KOR", ["VNM", "LAO"]).set_index("recipient")
    assert found.loc["VNM"].to_dict() == {"before": 1.0, "after": 2.0, "change": 1.0}
    assert found.loc["LAO"].to_dict() == {"before": 0.0, "after": 0.0, "change": 0.0}
