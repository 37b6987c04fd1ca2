"""Import shares of the World Bank."""

from builders import put

from alliance.collect import wits


def test_small_partners_are_added_up(tmp_path):
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
    frame = wits.import_partner_shares(tmp_path)
    assert frame.set_index("partner")["share_pct"].to_dict() == {"Japan": 99.9, wits.REST: 0.1}
