"""World Development Indicators."""

from builders import put

from alliance.collect import world_bank


def test_world_bank_keeps_the_two_koreas_apart(sources):
    put(
        sources,
        "security/worldbank_gdp_current_usd_selected.csv",
        "Country Name,Country Code,Year,Value\n"
        '"Korea, Dem. People\'s Rep.",PRK,1995,5000000000\n"Korea, Rep.",KOR,1995,566581003128.2037\n'
        '"Korea, Rep.",KOR,1990,1\nJapan,JPN,1995,2\n',
    )
    frame = world_bank.gdp(sources)
    assert frame[["country", "year"]].to_numpy().tolist() == [["KOR", 1995]]
    assert frame["gdp_bn_usd"].tolist() == [566.5810031282037]
