"""Import shares: three publishers, marked row by row."""

from builders import put

from alliance.collect import census, wits


def test_small_partners_are_added_up_and_bases_are_marked(tmp_path):
    years = [str(year) for year in range(1988, 2019)]
    rows = [
        f'"Korea, Rep.",{name},' + ",".join([share] + [""] * 30)
        for name, share in [("Japan", "99.9"), ("Malta", "0.04"), ("Chad", "0.06")]
    ]
    put(
        tmp_path,
        wits.FILE,
        "Reporter Name,Partner Name," + ",".join(years) + "\n" + "\n".join(rows) + "\n",
    )
    put(
        tmp_path,
        wits.LATER,
        "reporter,year,partner,share_pct,source_title,source_url\nKOR,2023,CHN,22.2,a,http://b.c\n",
    )
    months = ",".join(kind + month for kind in "IE" for month in census.MONTHS)
    put(tmp_path, census.SHEET_FILE, f'year,CTYNAME,{months}\n2022,"Korea, South",{",".join(["2"] * 24)}\n')
    put(tmp_path, census.TYPED_FILE, "country_code,year,month,exports,imports\nWLD_NSA,2025,1,100,200\n")
    put(tmp_path, census.GOODS_FILE, "partner,year,month,exports_m_usd,imports_m_usd\nKOR,2025,1,31,51\n")
    put(tmp_path, census.YEARLY_FILE, "CTY_CODE,CTY_NAME,YEAR,imports,exports\n1220,CANADA,2024,6e6,2e6\n")
    put(tmp_path, census.TOTALS_FILE, "partner,year,months,exports_m_usd,imports_m_usd\nCAN,2025,1-12,20,50\n")
    put(
        tmp_path,
        census.SHARES_FILE,
        "reporter,year,partner,iso,imports_usd\nUSA,2024,CANADA,CA,9999000\nUSA,2024,MALTA,MT,1000\n"
        "USA,2025,CAN,CAN,50000000\n",
    )
    frame = wits.import_partner_shares(tmp_path).set_index(["basis", "year", "partner"]).sort_index()
    assert frame.loc["WITS"]["share_pct"].to_dict() == {(1988, "Japan"): 99.9, (1988, wits.REST): 0.1}
    assert frame.loc[("Census", 2024), "share_pct"].to_dict() == {"CANADA": 99.99, wits.REST: 0.01}
    assert (
        frame.loc[("Census", 2025, "CANADA"), "share_pct"] == 25 and not frame.loc[("Census", 2025), "complete"].any()
    )
    assert frame.loc[("ITC, secondary", 2023, "China"), "share_pct"] == 22.2
