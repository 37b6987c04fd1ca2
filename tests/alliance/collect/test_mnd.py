"""Tables of the Korean Ministry of National Defense."""

from builders import put

from alliance.collect import mnd


def test_total_rows_of_2015_are_left_out(sources):
    put(
        sources,
        "security/rok_direct_indirect_support_2015.csv",
        "class,item,bn_krw_2015,source_title,source_url,confidence\n"
        "direct,KATUSA support,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n"
        "direct,TOTAL direct,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n"
        "total,GRAND TOTAL,9.8,White Paper,https://mnd.go.kr,one-source (MND)\n",
    )
    assert mnd.support_2015(sources)["item"].tolist() == ["KATUSA support"]
