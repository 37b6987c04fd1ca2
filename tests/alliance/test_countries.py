"""Which Korea is meant."""

import pytest
from builders import edit, refusal

from alliance import countries


@pytest.mark.parametrize(
    "name", ["South Korea", "Korea, Rep.", "Korea, Republic of", "KOREA, SOUTH", "ROK", "Republic of Korea"]
)
def test_names_of_the_republic_of_korea(name):
    assert countries.code(name) == "KOR"


@pytest.mark.parametrize("name", ["North Korea", "Korea, Dem. People's Rep.", "DPRK"])
def test_names_of_the_dprk(name):
    assert countries.code(name) == "PRK"


@pytest.mark.parametrize("name", ["Korea", "korea", "KOREA"])
def test_a_bare_korea_is_refused(name):
    with pytest.raises(ValueError, match="which Korea"):
        countries.code(name)


def test_an_unknown_country_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"Corea.*Korea, Rep\."):
        countries.code("Corea")


def test_prk_cannot_slip_into_a_table_of_the_republic(folder):
    edit(folder, "gdp", b"KOR,1995", b"PRK,1995")
    message = refusal(folder, "gdp")
    assert 'data/gdp.csv, row 6 (country PRK, year 1995), column country: "PRK" is unknown' in message
    assert "Rule: one of KOR." in message
