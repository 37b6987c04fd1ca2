"""Sources of November 2026 that continue or replace older ones."""

from alliance.collect import dmdc, maritime_bureau, owid, sipri


def write(folder, name, *lines):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_the_newest_report_of_soldiers_is_marked_as_transcribed(sources):
    header = "iso3c,year,month,source,troops_ad,Total Active Duty"
    write(sources, dmdc.REPORTS, header, "KOR,2025,December,December 2025,23495,23495", "FRA,2025,June,June 2025,1,1")
    write(sources, dmdc.NEWEST, "iso3,as_of,total_active_duty", "KOR,2026-03-31,23372", "GUM,2026-03-31,7137")
    frame = dmdc.us_troops_abroad(sources)
    kept = frame[["country", "year", "month", "active_duty", "transcribed"]].to_numpy().tolist()
    assert kept == [["KOR", 2025, 12, 23495, False], ["KOR", 2026, 3, 23372, True]]


def test_of_the_fact_sheet_five_states_are_taken(sources):
    write(
        sources,
        sipri.FACT_SHEET,
        "iso3,sipri_estimate," + ",".join(sipri.FACT_SHEET_COLUMNS),
        "KOR,no,47.8,2.6,30,2.6,2.3",
        "RUS,yes,190,5.9,96,7.5,5.4",
        "DEU,no,114,24,118,2.3,1.1",
    )
    frame = sipri.military_expenditure_2025(sources)
    assert frame["country"].to_list() == ["KOR", "RUS"]
    assert frame["estimate"].to_list() == [False, True]
    assert frame["transcribed"].all()


def test_members_of_asean_are_counted_together_and_years_without_launch_are_zero(sources):
    file = owid.NEWER + "owid_unoosa_objects_1957_2025_selected.csv"
    header = "Entity,Code,Year,Annual number of objects launched into outer space"
    write(sources, file, header, "a,SGP,2016,3", "b,IDN,2016,1", "c,KOR,2017,5", "d,KOR,2015,9", "e,PRK,2016,1")
    frame = owid.space_objects(sources).set_index(["launched_by", "year"])["objects"]
    assert frame.to_dict() == {("ASEAN", 2016): 4, ("ASEAN", 2017): 0, ("KOR", 2016): 0, ("KOR", 2017): 5}


def test_of_the_bureaus_reports_the_totals_are_taken_with_their_press_page(sources, monkeypatch):
    monkeypatch.setattr(maritime_bureau, "corrections", lambda *_: {})  # decided for the real file
    file = "vintages-2026-11/security-indo-pacific/imb_piracy_2020_2025.csv"
    write(
        sources,
        file,
        "year,area,measure,value,address,note",
        "2025,World,all incidents,137,https://www.guardian.ng/page,",
        "2025,World,boarded,121,https://www.guardian.ng/page,",
        "2024,Americas,all incidents,2,https://maritimecyprus.com/page,",
    )
    frame = maritime_bureau.ship_attack_totals(sources)
    assert frame[["area", "year", "incidents"]].to_numpy().tolist() == [["World", 2025, 137]]
    assert frame["source_title"].item().endswith("as reported by guardian.ng")
