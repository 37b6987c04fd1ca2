"""Roll calls of the United Nations from two copies, and the names of their resolutions."""

import pytest

from alliance.collect import un_votes
from alliance.schema import DataError

STATES = "USA,KOR,JPN,AUS,CHN,RUS,PRK"
LATER = un_votes.NEWER + "unga_rollcalls_2019_2024-06_selected.csv"
FIRST = un_votes.NEWER + "unga_resolution_numbers_2019-11_2021-03.csv"
SECOND = un_votes.NEWER + "state_unga_contested_votes_2020_2023.csv"


def write(folder, name, *lines):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def folder(sources):
    names = "United States,South Korea,Japan,Australia,China,Russia,North Korea"
    write(
        sources,
        un_votes.ROLL_CALLS,
        f"rcid,date,unres,importantvote,issues,{names}",
        "7,2018-05-01,R/72/1,0,co|ec,yes,no,,,,,",
        "9,2019-05-01,R/73/1,,co|di|ec|nu,yes,no,,,,,",
    )
    write(
        sources,
        LATER,
        f"rcid,date,co,di,ec,hr,me,nu,{STATES}",
        "10,2019-12-01,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,1,1,1,1,1,1,1",
        "12,2020-02-02,TRUE,TRUE,TRUE,FALSE,FALSE,TRUE,3,2,1,1,1,1,8",
        "11,2020-02-01,FALSE,FALSE,FALSE,TRUE,FALSE,FALSE,1,1,1,1,1,1,1",
        "13,2020-03-01,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,8,1,1,1,1,1,1",
        "14,2024-03-01,FALSE,FALSE,FALSE,FALSE,FALSE,FALSE,1,1,1,1,1,1,1",
    )
    write(sources, FIRST, "rcid,unres", "11,A/RES/74/1", "12,A/RES/74/2")
    write(
        sources,
        SECOND,
        "resolution,important,rcid,match",
        "A/RES/74/1,yes,11,tally and US vote equal",
        "A/RES/74/9,yes,12,tally and US vote equal",
    )
    return sources


def test_the_later_copy_continues_the_first_and_ends_with_a_whole_year(folder):
    frame = un_votes.un_roll_calls(folder)
    assert frame["rcid"].to_list() == [7, 9, 11, 12]
    assert frame.iloc[-1][["usa", "kor", "prk"]].to_list() == ["no", "abstain", ""]


def test_codes_that_are_faulty_from_2019_are_left_out(folder):
    assert un_votes.un_roll_calls(folder)["issues"].to_list() == ["co ec", "di nu", "hr", "di nu"]


def test_a_resolution_that_two_lists_name_differently_loses_its_judgment(folder):
    frame = un_votes.un_roll_calls(folder).set_index("rcid")
    assert frame.loc[11, ["resolution", "important"]].to_list() == ["A/RES/74/1", "yes"]
    assert frame.loc[12, ["resolution", "important"]].to_list() == ["A/RES/74/2", ""]


def test_a_vote_of_another_kind_is_refused(folder):
    write(folder, LATER, f"rcid,date,co,di,ec,hr,me,nu,{STATES}", "11,2020-02-01" + ",FALSE" * 6 + ",9" + ",1" * 6)
    with pytest.raises(DataError, match='"9" is not a text'):
        un_votes.un_roll_calls(folder)
