"""Exchange rates of the Federal Reserve."""

from builders import put

from alliance.collect import federal_reserve


def test_federal_reserve_reads_won_per_dollar(sources):
    put(
        sources,
        "security/fed_fx_annual_selected.csv",
        "Date,Country,Exchange rate\n1990-01-01,South Korea,710.644\n1998-01-01,South Korea,1400.4036\n"
        "1998-01-01,Japan,130.99\n",
    )
    frame = federal_reserve.exchange_rates(sources)
    assert frame[["country", "year", "krw_per_usd"]].to_numpy().tolist() == [["KOR", 1998, 1400.4036]]
